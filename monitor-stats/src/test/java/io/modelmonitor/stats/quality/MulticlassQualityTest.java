package io.modelmonitor.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Metric;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MulticlassQualityTest {

    private static final List<String> LABELS = List.of("a", "b", "c");

    private static void addRandomRow(MulticlassQuality quality, SplittableRandom random) {
        double[] scores = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
        double sum = scores[0] + scores[1] + scores[2];
        int best = 0;
        for (int i = 0; i < 3; i++) {
            scores[i] /= sum;
            best = scores[i] > scores[best] ? i : best;
        }
        double coin = random.nextDouble();
        int actual = coin < scores[0] ? 0 : coin < scores[0] + scores[1] ? 1 : 2;
        quality.add(quality.position(LABELS.get(actual)), quality.position(LABELS.get(best)), scores);
    }

    private static QualitySummary summary(MulticlassQuality quality) {
        return quality.summary(ConstantClassifier.ofMajority());
    }

    private static void add(MulticlassQuality quality, String actual, String predicted) {
        quality.add(quality.position(actual), quality.position(predicted));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void splitAndMergedEqualsWhole(long seed) {
        MulticlassQuality whole = MulticlassQuality.scoring(LABELS);
        MulticlassQuality one = MulticlassQuality.scoring(LABELS);
        MulticlassQuality other = MulticlassQuality.scoring(LABELS);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 5_000; i++) {
            long row = random.nextLong();
            addRandomRow(whole, new SplittableRandom(row));
            addRandomRow(random.nextInt(10) == 0 ? one : other, new SplittableRandom(row));
        }
        other.merge(one);

        QualitySummary expected = summary(whole);
        QualitySummary actual = summary(other);

        assertThat(actual.deviations()).isEqualTo(expected.deviations());
        assertThat(actual.confusion()).isEqualTo(expected.confusion());
        for (int i = 0; i < expected.metrics().size(); i++) {
            Metric metric = expected.metrics().get(i);
            boolean rounds = metric.name().matches("log_loss|brier_score");
            assertThat(actual.metrics().get(i).value())
                    .as(metric.name())
                    .isCloseTo(metric.value(), within(rounds ? 1e-13 : 0.0));
        }
    }

    @Test
    void labelsMergeByNameWhateverOrderTheyCameIn() {
        MulticlassQuality one = MulticlassQuality.empty();
        MulticlassQuality other = MulticlassQuality.empty();
        add(one, "x", "y");
        add(other, "z", "y");
        add(other, "y", "x");
        one.merge(other);

        assertThat(one.count("x", "y")).isEqualTo(1);
        assertThat(one.count("z", "y")).isEqualTo(1);
        assertThat(one.count("y", "x")).isEqualTo(1);
        assertThat(one.count("y", "w")).isZero();
        assertThat(one.labels()).containsExactlyInAnyOrder("x", "y", "z");
    }

    @Test
    void labelsAreInTheOrderOfNumbersThenOfText() {
        MulticlassQuality quality = MulticlassQuality.empty();
        for (String label : List.of("b", "10", "2", "a", "-1", "2.5", "")) {
            add(quality, label, label);
        }

        assertThat(summary(quality).confusion().labels()).containsExactly("-1", "2", "2.5", "10", "", "a", "b");
    }

    @Test
    void labelsWithScoresComeFirstInTheOrderGiven() {
        MulticlassQuality quality = MulticlassQuality.scoring(List.of("z", "a"));
        quality.add(quality.position("b"), quality.position("a"), new double[] {0.3, 0.7});
        QualitySummary summary = summary(quality);

        assertThat(summary.confusion().labels()).containsExactly("z", "a", "b");
        assertThat(summary.metric("log_loss").note()).contains("a label without a score");
    }

    @Test
    void aLabelThatIsNeverPredictedCountsAsZeroInAverages() {
        MulticlassQuality quality = MulticlassQuality.empty();
        add(quality, "a", "a");
        add(quality, "b", "a");
        QualitySummary summary = summary(quality);

        assertThat(summary.metric("class=b", "precision").note()).isEqualTo("0/0: no row was predicted positive");
        assertThat(summary.metric("macro_precision").value()).isEqualTo(0.25);
        assertThat(summary.metric("macro_f1").value()).isCloseTo(1.0 / 3, within(1e-15));
    }

    @Test
    void rowsOfTooManyLabelsAreCountedAndLeftOut() {
        MulticlassQuality quality = MulticlassQuality.empty();
        for (int i = 0; i < MulticlassQuality.MOST_LABELS + 5; i++) {
            add(quality, "label" + i, "label" + i);
        }
        MulticlassQuality other = MulticlassQuality.empty();
        add(other, "another", "label0");
        quality.merge(other);

        assertThat(quality.rows()).isEqualTo(MulticlassQuality.MOST_LABELS);
        assertThat(summary(quality).metric("rows_of_labels_beyond_limit").value())
                .isEqualTo(6);
        assertThat(summary(quality).metric("accuracy").value()).isEqualTo(1);
    }

    @Test
    void invalidScoresAreCounted() {
        MulticlassQuality quality = MulticlassQuality.scoring(List.of("a", "b"));
        quality.add(0, 0, new double[] {0.5, Double.NaN});
        quality.add(0, MulticlassQuality.TOO_MANY, new double[] {0.5, 0.5});
        QualitySummary summary = summary(quality);

        assertThat(summary.metric("invalid_scores").value()).isEqualTo(1);
        assertThat(summary.metric("log_loss").note()).isEqualTo("no row has valid scores");
        assertThat(summary.metric("macro_roc_auc").isDefined()).isFalse();
        assertThat(summary.rows()).isEqualTo(1);
    }

    @Test
    void nothingIsUndefined() {
        QualitySummary summary = summary(MulticlassQuality.empty());

        assertThat(summary.rows()).isZero();
        assertThat(summary.metric("accuracy").note()).isEqualTo("there are no labelled rows");
    }

    @Test
    void scoresOfOtherLabelsCannotBeMerged() {
        MulticlassQuality one = MulticlassQuality.scoring(List.of("a", "b"));
        MulticlassQuality other = MulticlassQuality.scoring(List.of("b", "a"));

        assertThatThrownBy(() -> one.merge(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("other has scores of [b, a]; allowed is [a, b]");
        assertThatThrownBy(() -> MulticlassQuality.scoring(List.of("a", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 given");
    }

    @Test
    void standardErrorsAreTheSpreadOverRepeatedSamples() {
        String[] names = {
            "accuracy",
            "weighted_precision",
            "weighted_f1",
            "macro_precision",
            "macro_recall",
            "macro_f2",
            "balanced_accuracy",
            "matthews_correlation",
            "cohen_kappa",
            "log_loss",
            "brier_score"
        };
        int repetitions = 300;
        Mean[] values =
                IntStream.range(0, names.length).mapToObj(i -> new Mean()).toArray(Mean[]::new);
        Mean[] errors =
                IntStream.range(0, names.length).mapToObj(i -> new Mean()).toArray(Mean[]::new);
        for (int seed = 0; seed < repetitions; seed++) {
            MulticlassQuality quality = MulticlassQuality.scoring(LABELS);
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < 500; i++) {
                addRandomRow(quality, random);
            }
            QualitySummary summary = summary(quality);
            for (int i = 0; i < names.length; i++) {
                values[i].add(summary.metric(names[i]).value());
                errors[i].add(summary.metric(names[i]).evidence().standardError());
            }
        }
        for (int i = 0; i < names.length; i++) {
            double spread = values[i].standardError() * Math.sqrt(repetitions);
            assertThat(errors[i].value() / spread).as(names[i]).isBetween(0.85, 1.15);
        }
    }
}

package io.modelmonitor.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Plot;
import io.modelmonitor.stats.evidence.PValues;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryQualityTest {

    /** Calibrated scores that are uniform, rounded to so many steps. */
    private static BinaryQuality generated(long seed, int rows, double steps) {
        SplittableRandom random = new SplittableRandom(seed);
        BinaryQuality quality = BinaryQuality.empty();
        for (int i = 0; i < rows; i++) {
            double score = Math.rint(random.nextDouble() * steps) / steps;
            quality.add(random.nextDouble() < score, score > 0.5, score);
        }
        return quality;
    }

    private static QualitySummary summary(BinaryQuality quality) {
        return quality.summary("0", "1", ConstantClassifier.ofMajority());
    }

    private static double value(QualitySummary summary, String name) {
        return summary.metric(name).value();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void splitAndMergedEqualsWhole(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BinaryQuality whole = BinaryQuality.empty();
        BinaryQuality[] parts =
                IntStream.range(0, 7).mapToObj(i -> BinaryQuality.empty()).toArray(BinaryQuality[]::new);
        for (int i = 0; i < 200_000; i++) {
            double score = seed == 1 ? Math.rint(random.nextDouble() * 1e3) / 1e3 : random.nextDouble();
            boolean actual = random.nextDouble() < score;
            boolean predicted = random.nextInt(100) < 60 == actual;
            whole.add(actual, predicted, score);
            parts[random.nextInt(parts.length)].add(actual, predicted, score);
        }
        BinaryQuality merged = parts[3];
        for (int i : new int[] {6, 0, 1, 5, 2, 4}) {
            merged.merge(parts[i]);
        }

        QualitySummary expected = summary(whole);
        QualitySummary actual = summary(merged);

        assertThat(actual.deviations()).isEqualTo(expected.deviations());
        assertThat(actual.metrics()).hasSameSizeAs(expected.metrics());
        for (int i = 0; i < expected.metrics().size(); i++) {
            Metric one = expected.metrics().get(i);
            Metric other = actual.metrics().get(i);
            assertThat(other.name()).isEqualTo(one.name());
            boolean rounds = one.name().matches("log_loss|brier_score|expected_calibration_error");
            assertThat(other.value()).as(one.name()).isCloseTo(one.value(), within(rounds ? 1e-13 : 0.0));
            assertThat(other.evidence().standardError())
                    .as(one.name())
                    .isCloseTo(one.evidence().standardError(), within(1e-13));
        }
    }

    @Test
    void theAreaIsExactUpToTheLimitOfDistinctScoresAndBoundedBeyond() {
        SplittableRandom random = new SplittableRandom(5);
        int rows = 300_000;
        double[] scores = new double[rows];
        boolean[] actual = new boolean[rows];
        BinaryQuality quality = BinaryQuality.empty();
        for (int i = 0; i < rows; i++) {
            scores[i] = random.nextDouble();
            actual[i] = random.nextDouble() < 0.2 + 0.6 * scores[i];
            quality.add(actual[i], scores[i] > 0.5, scores[i]);
        }
        double exact = byRanks(scores, actual);
        QualitySummary summary = summary(quality);

        assertThat(summary.curves().isExact()).isFalse();
        assertThat(summary.curves().size()).isBetween(1 << 15, 1 << 16);
        assertThat(summary.curves().rocAucError()).isLessThan(2e-4);
        assertThat(value(summary, "roc_auc"))
                .isCloseTo(exact, within(summary.curves().rocAucError()));
        assertThat(summary.metric("roc_auc").note()).startsWith("within ").contains("cells");

        QualitySummary few = summary(generated(1, 50_000, 1000));
        assertThat(few.curves().isExact()).isTrue();
        assertThat(few.metric("roc_auc").note()).isEmpty();
    }

    /** Mann and Whitney's statistic by sorting. */
    private static double byRanks(double[] scores, boolean[] actual) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> Double.compare(scores[a], scores[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        double negatives = 0;
        double pairs = 0;
        double positives = 0;
        for (int i : order) {
            pairs += actual[i] ? negatives : 0;
            positives += actual[i] ? 1 : 0;
            negatives += actual[i] ? 0 : 1;
        }
        return pairs / positives / negatives;
    }

    @Test
    void aConstantScoreRanksNothing() {
        BinaryQuality quality = BinaryQuality.empty();
        for (int i = 0; i < 10; i++) {
            quality.add(i < 3, true, 0.5);
        }

        assertThat(value(summary(quality), "roc_auc")).isEqualTo(0.5);
        assertThat(value(summary(quality), "average_precision")).isEqualTo(0.3);
        assertThat(value(summary(quality), "kolmogorov_smirnov")).isZero();
    }

    @Test
    void negativeZeroIsZero() {
        BinaryQuality quality = BinaryQuality.empty();
        quality.add(true, false, 0.0);
        quality.add(false, false, -0.0);

        assertThat(value(summary(quality), "roc_auc")).isEqualTo(0.5);
        assertThat(summary(quality).curves().size()).isEqualTo(1);
    }

    @Test
    void scoresThatAreNoProbabilitiesStillRank() {
        BinaryQuality quality = BinaryQuality.empty();
        quality.add(true, true, 3.5);
        quality.add(true, true, Double.POSITIVE_INFINITY);
        quality.add(false, false, -7.25);
        quality.add(false, false, Double.NEGATIVE_INFINITY);
        QualitySummary summary = summary(quality);

        assertThat(value(summary, "roc_auc")).isEqualTo(1);
        assertThat(summary.curves().thresholds())
                .containsExactly(Double.POSITIVE_INFINITY, 3.5, -7.25, Double.NEGATIVE_INFINITY);
        assertThat(summary.metric("log_loss").isDefined()).isFalse();
        assertThat(summary.metric("brier_score").note())
                .isEqualTo("4 scores lie outside 0 to 1, so they are no probabilities");
        assertThat(summary.metric("expected_calibration_error").isDefined()).isFalse();
    }

    @Test
    void scoresThatAreNoNumbersAreCounted() {
        BinaryQuality quality = BinaryQuality.empty();
        quality.add(true, true, Double.NaN);
        quality.add(false, false, 0.25);
        QualitySummary summary = summary(quality);

        assertThat(value(summary, "invalid_scores")).isEqualTo(1);
        assertThat(value(summary, "accuracy")).isEqualTo(1);
        assertThat(value(summary, "brier_score")).isEqualTo(0.0625);
        assertThat(summary.metric("roc_auc").note()).isEqualTo("all rows with a score are of one label");
    }

    @Test
    void nothingIsUndefinedWithReasons() {
        QualitySummary summary = summary(BinaryQuality.empty());

        assertThat(summary.rows()).isZero();
        assertThat(summary.curves()).isNull();
        assertThat(summary.metrics()).isNotEmpty().allSatisfy(metric -> {
            assertThat(metric.isDefined()).as(metric.name()).isFalse();
            assertThat(metric.note()).as(metric.name()).isNotEmpty();
        });
        assertThat(summary.metric("no_such_metric")).isNull();

        BinaryQuality onlyInvalid = BinaryQuality.empty();
        onlyInvalid.add(true, true, Double.NaN);
        assertThat(summary(onlyInvalid).metric("roc_auc").note()).isEqualTo("no row has a valid score");
        assertThat(summary(onlyInvalid).metric("log_loss").note()).isEqualTo("no row has a valid score");
    }

    @Test
    void neverPredictingThePositiveLabelLeavesPrecisionUndefinedAndFZero() {
        BinaryQuality quality = BinaryQuality.empty();
        quality.add(true, false);
        quality.add(false, false);
        QualitySummary summary = summary(quality);

        assertThat(summary.metric("precision").note()).isEqualTo("0/0: no row was predicted positive");
        assertThat(value(summary, "f1")).isZero();
        assertThat(summary.metric("matthews_correlation").isDefined()).isFalse();
    }

    @Test
    void theStandardDeviationOfFiveSubsamplesNeedsTwoHundredRows() {
        assertThat(summary(generated(1, 199, 100)).deviations().values())
                .allMatch(deviation -> Double.isNaN(deviation));
        assertThat(summary(generated(1, 200, 100)).deviations().get("accuracy")).isPositive();
    }

    @Test
    void theStandardDeviationsAreThoseOfSubsamplesWithoutReplacement() {
        // By theory sqrt((1 - 0.8) / 0.8) = half the standard error, itself off by a third with five subsamples.
        double accuracy = 0;
        double area = 0;
        int repetitions = 40;
        for (int seed = 0; seed < repetitions; seed++) {
            QualitySummary summary = summary(generated(seed, 2_000, 500));
            accuracy += square(summary.deviations().get("accuracy")
                    / summary.metric("accuracy").evidence().standardError());
            area += square(summary.deviations().get("roc_auc")
                    / summary.metric("roc_auc").evidence().standardError());
        }

        assertThat(accuracy / repetitions).isCloseTo(0.25, within(0.06));
        assertThat(area / repetitions).isCloseTo(0.25, within(0.06));
    }

    @Test
    void standardErrorsAreTheSpreadOverRepeatedSamples() {
        String[] names = {
            "accuracy",
            "precision",
            "recall",
            "f0_5",
            "f1",
            "f2",
            "balanced_accuracy",
            "matthews_correlation",
            "cohen_kappa",
            "roc_auc",
            "kolmogorov_smirnov",
            "average_precision",
            "log_loss",
            "brier_score"
        };
        int repetitions = 300;
        Mean[] values =
                IntStream.range(0, names.length).mapToObj(i -> new Mean()).toArray(Mean[]::new);
        Mean[] errors =
                IntStream.range(0, names.length).mapToObj(i -> new Mean()).toArray(Mean[]::new);
        for (int seed = 0; seed < repetitions; seed++) {
            QualitySummary summary = summary(generated(seed, 600, 100));
            for (int i = 0; i < names.length; i++) {
                values[i].add(value(summary, names[i]));
                errors[i].add(summary.metric(names[i]).evidence().standardError());
            }
        }
        for (int i = 0; i < names.length; i++) {
            double spread = values[i].standardError() * Math.sqrt(repetitions);
            assertThat(errors[i].value() / spread).as(names[i]).isBetween(0.85, 1.15);
        }
    }

    @Test
    void aFewRowsAreNeverCertain() {
        BinaryQuality quality = BinaryQuality.empty();
        for (int i = 0; i < 4; i++) {
            quality.add(i < 2, i >= 2, i < 2 ? 0.1 : 0.9);
        }
        QualitySummary summary = summary(quality);

        for (String name : new String[] {"accuracy", "f1", "roc_auc", "matthews_correlation", "balanced_accuracy"}) {
            Metric metric = summary.metric(name);
            assertThat(metric.value()).as(name).isLessThanOrEqualTo(0);
            assertThat(PValues.of(metric.evidence(), metric.value(), Bound.atLeast(metric.value() + 0.3)))
                    .as(name)
                    .isGreaterThan(0.01);
        }
        BinaryQuality one = BinaryQuality.empty();
        one.add(true, false, 0.1);
        Metric logLoss = summary(one).metric("log_loss");
        assertThat(PValues.of(logLoss.evidence(), logLoss.value(), Bound.atMost(0.1)))
                .isEqualTo(1);
    }

    @Test
    void theBestConstantClassifierPredictsTheMajorityUnlessToldOtherwise() {
        BinaryQuality quality = BinaryQuality.empty();
        for (int i = 0; i < 4; i++) {
            quality.add(i == 0, true);
        }
        QualitySummary majority = summary(quality);
        QualitySummary one = quality.summary("0", "1", ConstantClassifier.of("1"));

        assertThat(value(majority, "accuracy_best_constant_classifier")).isEqualTo(0.75);
        assertThat(value(majority, "recall_best_constant_classifier")).isZero();
        assertThat(majority.metric("precision_best_constant_classifier").isDefined())
                .isFalse();
        assertThat(value(one, "accuracy_best_constant_classifier")).isEqualTo(0.25);
        assertThat(value(one, "precision_best_constant_classifier")).isEqualTo(0.25);
        assertThat(value(one, "f2_best_constant_classifier")).isEqualTo(0.625);
        assertThat(quality.summary("no", "yes", ConstantClassifier.of("maybe"))
                        .metric("accuracy_best_constant_classifier")
                        .value())
                .isEqualTo(0.75);
    }

    @Test
    void billionsOfRowsDoNotOverflow() {
        long many = 4_000_000_000_000L;
        BinaryCounts counts = new BinaryCounts(many, many, many, many);

        for (Formula formula : BinaryFormulas.all(true)) {
            assertThat(formula.of(counts, "").value()).as(formula.name()).isBetween(0.0, 1.0);
        }
        assertThat(counts.thinned(new SplittableRandom(1)).rows() / (4.0 * many))
                .isCloseTo(0.8, within(1e-5));
    }

    @Test
    void theCurvesAreThereToLookAt() {
        QualitySummary summary = summary(generated(1, 5_000, 1000));

        Plot.Curve roc = (Plot.Curve) summary.metric("roc_auc").plots().get(0);
        assertThat(roc.x()).hasSize(256).isSorted().startsWith(0.0).endsWith(1.0);
        assertThat(roc.y()).isSorted().startsWith(0.0).endsWith(1.0);
        Plot.Curve precision =
                (Plot.Curve) summary.metric("average_precision").plots().get(0);
        assertThat(precision.y()).startsWith(1.0);
        Plot.Curve calibration = (Plot.Curve)
                summary.metric("expected_calibration_error").plots().get(0);
        assertThat(calibration.x()).hasSize(10).isSorted();
        Plot.Matrix matrix = (Plot.Matrix) summary.metric("accuracy").plots().get(0);
        assertThat(matrix.labels()).containsExactly("0", "1");
    }

    private static double square(double value) {
        return value * value;
    }
}

package io.modelmonitor.quality;

import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.Baseline;
import io.modelmonitor.ConstraintSuggester;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.stats.quality.ConstantClassifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelQualityTest {

    private static final ModelQuality PLAIN = modelQuality().label("y").prediction("p");

    @Test
    void labelsThatAreWrittenDifferentlyAreTheSame() {
        List<Metric> metrics = Rows.measure(
                PLAIN, Rows.table("y,p", "1,1.0", "true,1", "\"1\",TRUE", "0, false", "0.0,\"0\"", "1e0,+1"));

        assertThat(Rows.value(metrics, "accuracy")).isEqualTo(1);
        assertThat(Rows.value(metrics, "labelled_rows")).isEqualTo(6);
        assertThat(Rows.value(metrics, "true_positive_rate")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'0,1;1,1', true_positive_rate",
        "'cat,dog;dog,dog', weighted_recall",
        "'1.5,2;3,4', mae",
        "'1,2.25;2,1', mae",
        "'a,1;b,2', weighted_recall",
        "'1,2;3,1', problem_type"
    })
    void theProblemIsGuessedWhereItIsObvious(String lines, String metric) {
        List<Metric> metrics = Rows.measure(PLAIN, Rows.table(("y,p;" + lines).split(";", -1)));

        assertThat(metrics).extracting(Metric::name).contains(metric);
    }

    @Test
    void wholeNumbersThatCouldBeEitherSayWhatToSay() {
        Metric metric = Rows.find(Rows.measure(PLAIN, Rows.table("y,p", "3,4", "4,4")), "problem_type", "");

        assertThat(metric.isDefined()).isFalse();
        assertThat(metric.note())
                .isEqualTo("labels such as 3 may be numbers or names; say regression() or multiclass()");
        assertThat(Rows.value(Rows.measure(PLAIN.regression(), Rows.table("y,p", "3,4", "4,4")), "mae"))
                .isEqualTo(0.5);
        assertThat(Rows.value(Rows.measure(PLAIN.multiclass(), Rows.table("y,p", "3,4", "4,4")), "accuracy"))
                .isEqualTo(0.5);
    }

    @Test
    void aWindowIsOfTheBaselinesKindWhateverItLooksLike() {
        Batch ofNumbers = Rows.table("y,p", "1.5,2", "3,4");

        List<Metric> metrics = Rows.measure(PLAIN, ofNumbers, Rows.table("y,p", "1,0", "0,0"), Constraints.none());

        assertThat(metrics).extracting(Metric::name).contains("mae").doesNotContain("accuracy");
    }

    @Test
    void textLabelsNeedToKnowWhichIsPositive() {
        Batch batch = Rows.table("y,p,s", "yes,yes,0.9", "no,yes,0.8", "no,no,0.1", "yes,no,0.4");

        List<Metric> said = Rows.measure(modelQuality().label("y").score("s").positive("yes"), batch);
        assertThat(Rows.value(said, "precision")).isEqualTo(0.5);
        assertThat(Rows.value(said, "roc_auc")).isEqualTo(0.75);

        List<Metric> unsaid = Rows.measure(modelQuality().label("y").score("s"), batch);
        assertThat(Rows.find(unsaid, "accuracy", "").note())
                .isEqualTo("labels such as yes are neither 0 nor 1; say which is positive with positive(..)");

        List<Metric> withoutScore = Rows.measure(PLAIN.positive("yes"), batch);
        assertThat(Rows.value(withoutScore, "precision")).isEqualTo(0.5);
    }

    @Test
    void aScorePredictsThePositiveLabelAboveItsThreshold() {
        Batch batch = Rows.table("y,s", "1,0.5", "1,0.6", "0,0.2");
        ModelQuality quality = modelQuality().label("y").score("s");

        assertThat(Rows.value(Rows.measure(quality, batch), "recall")).isEqualTo(0.5);
        assertThat(Rows.value(Rows.measure(quality.threshold(0.1), batch), "precision"))
                .isEqualTo(2.0 / 3);
    }

    @Test
    void theGreatestOfSeveralScoresIsThePrediction() {
        ModelQuality quality =
                modelQuality().label("y").score("a", "of_a").score("b", "of_b").score("c", "of_c");
        List<Metric> metrics = Rows.measure(
                quality,
                Rows.table("y,of_a,of_b,of_c", "a,0.5,0.3,0.2", "b,0.4,0.4,0.2", "c,0.1,0.2,0.7", "c,0.1,,0.7"));

        assertThat(Rows.value(metrics, "accuracy")).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(Rows.find(metrics, "recall", "class=b").value()).isZero();
        assertThat(Rows.find(metrics, "roc_auc", "class=c").value()).isEqualTo(1);
        assertThat(Rows.value(metrics, "rows_without_prediction")).isEqualTo(1);
    }

    @Test
    void columnsAreFoundByNameThenByPath_thenByPosition() {
        Batch batch = Rows.table("out.label,predictions[0].score,1", "1,0.9,0", "0,0.2,1");

        assertThat(Rows.value(Rows.measure(modelQuality().label("0").score("predictions[0].score"), batch), "accuracy"))
                .isEqualTo(1);
        assertThat(Rows.value(Rows.measure(modelQuality().label("\"out\".label").prediction("1"), batch), "accuracy"))
                .as("the column named 1")
                .isZero();
        assertThatThrownBy(() -> Rows.measure(modelQuality().label("gone").score("1"), batch))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no column 'gone'");
    }

    @Test
    void rowsWithoutLabelOrPredictionAreCountedAndLeftOut() {
        Batch batch = Rows.table("y,p,s", ",1,0.5", "1,,0.5", "1,1,", "0,0,0.1", "1,1,nonsense");
        List<Metric> metrics =
                Rows.measure(modelQuality().label("y").prediction("p").score("s"), batch);

        assertThat(Rows.value(metrics, "rows_without_label")).isEqualTo(1);
        assertThat(Rows.value(metrics, "rows_without_prediction")).isEqualTo(1);
        assertThat(Rows.value(metrics, "invalid_scores")).isEqualTo(2);
        assertThat(Rows.value(metrics, "labelled_rows")).isEqualTo(3);

        List<Metric> scored = Rows.measure(modelQuality().label("y").score("s"), batch);
        assertThat(Rows.value(scored, "rows_without_prediction")).isEqualTo(2);

        List<Metric> numbers = Rows.measure(PLAIN.regression(), Rows.table("y,p", "1,2", "x,1", "1,", "1e999,1"));
        assertThat(Rows.value(numbers, "rows_without_label")).isEqualTo(2);
        assertThat(Rows.value(numbers, "rows_without_prediction")).isEqualTo(1);
        assertThat(Rows.value(numbers, "mae")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"regression", "binary", "multiclass", "guessed"})
    void splitAndMergedEqualsWhole(String kind) {
        SplittableRandom random = new SplittableRandom(4);
        List<String> lines = new ArrayList<>(List.of("y,p"));
        for (int i = 0; i < 400; i++) {
            boolean actual = random.nextInt(10) < 4;
            boolean predicted = random.nextInt(10) < 7 == actual;
            lines.add(i % 50 == 0 ? ",1" : (actual ? 1 : 0) + "," + (predicted ? 1 : 0));
        }
        ModelQuality quality =
                switch (kind) {
                    case "regression" -> PLAIN.regression();
                    case "binary" -> PLAIN.binary();
                    case "multiclass" -> PLAIN.multiclass();
                    default -> PLAIN;
                };
        List<Metric> whole = Rows.measure(quality, Rows.table(lines.toArray(String[]::new)));
        List<String> first = lines.subList(0, 37);
        List<String> second = new ArrayList<>(lines.subList(37, 401));
        second.add(0, "y,p");
        List<Metric> merged = Rows.measureMerged(
                quality,
                Rows.table(first.toArray(String[]::new)),
                Rows.table("y,p"),
                Rows.table(second.toArray(String[]::new)));

        assertThat(merged).hasSameSizeAs(whole);
        for (int i = 0; i < whole.size(); i++) {
            assertThat(merged.get(i).name()).isEqualTo(whole.get(i).name());
            assertThat(merged.get(i).value())
                    .as(whole.get(i).name())
                    .isCloseTo(whole.get(i).value(), within(1e-13));
        }
    }

    @Test
    void whatIsNotSaidIsRefusedAtOnce() {
        assertThatThrownBy(() -> modelQuality().prediction("p").start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label is not said; name the column of the truth with label(..)");
        assertThatThrownBy(() -> modelQuality().label("y").start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prediction is not said; name the column of the predictions with prediction(..)");
        assertThatThrownBy(() -> PLAIN.threshold(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threshold is NaN; allowed is any number");
    }

    @Test
    void theBestConstantClassifierCanBeReadAsTheGuideDoes() {
        Batch batch = Rows.table("y,p", "0,0", "0,1", "0,1", "1,1");

        assertThat(Rows.value(Rows.measure(PLAIN, batch), "accuracy_best_constant_classifier"))
                .isEqualTo(0.75);
        assertThat(Rows.value(
                        Rows.measure(PLAIN.constant(ConstantClassifier.of("1")), batch),
                        "accuracy_best_constant_classifier"))
                .isEqualTo(0.25);
    }

    /** A model that is right with a probability of q. */
    private static Batch window(long seed, int rows, double q) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] lines = new String[rows + 1];
        lines[0] = "y,s";
        for (int i = 1; i <= rows; i++) {
            boolean actual = random.nextInt(10) < 4;
            double score = (random.nextDouble() < q == actual ? 0.5 : 0) + random.nextDouble() / 2;
            lines[i] = String.format(Locale.ROOT, "%d,%.4f", actual ? 1 : 0, score);
        }
        return Rows.table(lines);
    }

    @Test
    void suggestedBoundsLeaveAnUnchangedModelInPeaceAndCatchAWorseOne() {
        ModelQuality quality = modelQuality().label("y").score("s");
        int falseAlarms = 0;
        int alarms = 0;
        int baselines = 20;
        for (int seed = 0; seed < baselines; seed++) {
            Baseline baseline = Baseline.of(Rows.dataset(window(seed, 1000, 0.8)), quality);
            List<Constraint> suggested = QualitySuggestions.of(baseline.metrics()).stream()
                    .filter(constraint -> constraint.subject().isEmpty())
                    .toList();
            assertThat(suggested).extracting(Constraint::metric).contains("recall", "roc_auc", "log_loss", "accuracy");
            Monitor monitor = Monitor.against(baseline).requiring(suggested.toArray(Constraint[]::new));
            for (int i = 0; i < 5; i++) {
                falseAlarms += isQualityViolated(monitor.check(Rows.dataset(window(1000 + 5 * seed + i, 500, 0.8))));
            }
            alarms += isQualityViolated(monitor.check(Rows.dataset(window(2000 + seed, 500, 0.65))));
        }

        assertThat(falseAlarms).as("of 100 unchanged windows").isLessThanOrEqualTo(3);
        assertThat(alarms).as("of 20 worse windows").isEqualTo(baselines);
    }

    private static int isQualityViolated(Report report) {
        return report.violations().stream()
                        .anyMatch(violation -> violation.subject().isEmpty())
                ? 1
                : 0;
    }

    @Test
    void nothingIsSuggestedForFactsCountsAndWhatIsUndefined() {
        Baseline baseline = Baseline.of(Rows.dataset(Rows.table("y,p", "1.5,2", "2,2.5", "3,1")), PLAIN);

        assertThat(ConstraintSuggester.standard().suggest(baseline).list())
                .extracting(Constraint::metric)
                .contains("mae", "rmse", "r2")
                .doesNotContain("mse", "max_error", "labelled_rows", "mean_error", "mape", "smape", "rmsle");
    }
}

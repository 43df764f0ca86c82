package io.modelmonitor.quality;

import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Violation;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.spi.MetricCalculator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels that are spelled as missing values are: as if the cell were empty. */
class MissingLabelsTest {

    private static final MetricCalculator<?> GUESSED = modelQuality().label("y").prediction("p");

    /** Returns a table of labels {@code y}, predictions {@code p} of which 3 of 4 are right, and groups {@code g}. */
    private static String table(String zero, String one, String missing, double share, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder("y,p,g\n");
        for (int i = 0; i < rows; i++) {
            boolean truth = random.nextInt(3) == 0;
            boolean predicted = truth ^ random.nextInt(4) == 0;
            String label = random.nextDouble() < share ? missing : truth ? one : zero;
            csv.append(label).append(',').append(predicted ? one : zero);
            csv.append(',').append(random.nextBoolean() ? "F" : "M").append('\n');
        }
        return csv.toString();
    }

    private static double value(Baseline baseline, String metric) {
        return Objects.requireNonNull(baseline.metric(MetricId.DATASET, metric)).value();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "NA", "N/A", "null", "None", "?", "-", "nan", "#N/A"})
    void amongZeroAndOneEveryMissingSpellingIsNoLabel(String missing) {
        for (double share : new double[] {0.001, 0.4}) {
            Baseline empty = Baseline.of(Datasets.csvText(table("0", "1", "", share, 2_000, 1)), GUESSED);
            Baseline spelled = Baseline.of(Datasets.csvText(table("0", "1", missing, share, 2_000, 1)), GUESSED);
            if (share < 0.1 || !List.of("None", "?", "-").contains(missing)) {
                assertThat(value(spelled, "accuracy")).isEqualTo(value(empty, "accuracy"));
                assertThat(value(spelled, "rows_without_label")).isEqualTo(value(empty, "rows_without_label"));
            }
            MetricCalculator<?> scored = modelQuality().label("y").score("p");
            assertThat(value(
                            Baseline.of(Datasets.csvText(table("0", "1", missing, share, 2_000, 1)), scored),
                            "roc_auc"))
                    .isEqualTo(value(
                            Baseline.of(Datasets.csvText(table("0", "1", "", share, 2_000, 1)), scored), "roc_auc"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "NA", "N/A", "null", "(null)", "\\N", "nan"})
    void amongNamesThoseThatAreNoNamesAreNoLabels(String missing) {
        MetricCalculator<?> named = modelQuality().label("y").prediction("p").positive("yes");
        for (MetricCalculator<?> quality : List.of(named, GUESSED)) {
            Baseline empty = Baseline.of(Datasets.csvText(table("no", "yes", "", 0.4, 2_000, 2)), quality);
            Baseline spelled = Baseline.of(Datasets.csvText(table("no", "yes", missing, 0.4, 2_000, 2)), quality);
            assertThat(value(spelled, "accuracy")).isEqualTo(value(empty, "accuracy"));
            assertThat(value(spelled, "accuracy")).isCloseTo(0.75, within(0.03));
            assertThat(value(spelled, "rows_without_label")).isGreaterThan(700);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "nil", "-", "?", "NA"})
    void aClassThatIsNamedOrIsANameIsALabel(String name) {
        MetricCalculator<?> named =
                modelQuality().label("y").prediction("p").positive(name.equals("NA") ? name : "attack");
        Baseline baseline = Baseline.of(Datasets.csvText(table(name, "attack", "", 0, 2_000, 3)), named);
        assertThat(value(baseline, "labelled_rows")).isEqualTo(2_000);
        assertThat(value(baseline, "accuracy")).isCloseTo(0.75, within(0.03));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "NA", "?", "error", "-"})
    void aFewTextsMakeNumbersNoLabels(String odd) {
        SplittableRandom random = new SplittableRandom(4);
        StringBuilder csv = new StringBuilder("y,p\n");
        for (int i = 0; i < 2_000; i++) {
            double truth = 100 + 10 * random.nextGaussian();
            String label = i % 500 == 7 ? odd : String.format(Locale.ROOT, "%.2f", truth);
            csv.append(label).append(String.format(Locale.ROOT, ",%.2f%n", truth + random.nextGaussian()));
        }
        Baseline baseline = Baseline.of(Datasets.csvText(csv.toString()), GUESSED);
        assertThat(value(baseline, "mae")).isCloseTo(0.8, within(0.05));
        assertThat(value(baseline, "labelled_rows")).isEqualTo(1_996);
        assertThat(value(baseline, "rows_without_label")).isEqualTo(4);
    }

    @Test
    void theMessageNamesALabelThatIsNeitherZeroNorOne() {
        assertThatThrownBy(() -> Baseline.of(
                        Datasets.csvText(table("0", "1", "x", 0.01, 2_000, 5)),
                        modelQuality().label("y").score("p")))
                .hasMessageContaining("labels such as x are neither 0 nor 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "NA", "null", "N/A", "none"})
    void aFewMissingLabelsHideNoBias(String missing) {
        String reference = table("0", "1", missing, 0.002, 2_000, 6);
        // Every second positive label of women becomes negative.
        StringBuilder csv = new StringBuilder("y,p,g\n");
        int women = 0;
        for (String line : table("0", "1", missing, 0.002, 2_000, 7).lines().toList()) {
            boolean isWoman = line.startsWith("1,") && line.endsWith(",F");
            women += isWoman ? 1 : 0;
            csv.append(line.startsWith("y") ? "" : (isWoman && women % 2 == 0 ? "0" + line.substring(1) : line) + "\n");
        }
        for (String positive : new String[] {"", "1"}) {
            MetricCalculator<?> bias = positive.isEmpty()
                    ? bias("g", "F").label("y").prediction("p")
                    : bias("g", "F").label("y", positive).prediction("p");
            assertThat(Monitor.against(Baseline.of(Datasets.csvText(reference), bias))
                            .check(Datasets.csvText(csv.toString()))
                            .violations())
                    .extracting(Violation::subject)
                    .as("positive '%s'", positive)
                    .contains("g=F");
        }
    }
}

package io.modelmonitor.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.stats.evidence.PValues;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates of false alarms of measures that few positive rows make uncertain, at bounds that equal the truth. */
@Tag("simulation")
class FewPositivesTest {

    private static final int WINDOWS = 500;
    private static final double LEVEL = 0.05;

    /** Four standard deviations of a binomial share of 5 % of the windows above it. */
    private static final double MOST = 0.05 + 0.039;

    @ParameterizedTest
    @CsvSource({
        "60, 0.05, 0.8, 0.05",
        "100, 0.1, 0.7, 0.1",
        "100, 0.1, 0.95, 0.02",
        "200, 0.05, 0.5, 0.2",
        "400, 0.1, 0.9, 0.01",
        "30, 0.5, 0.9, 0.1"
    })
    void measuresOfFewPositivesRingInFivePercentOfWindowsAtMost(
            int rows, double positive, double recall, double falsePositive) {
        List<String> names = List.of("f1", "f0_5", "f2", "balanced_accuracy", "matthews_correlation", "cohen_kappa");
        double[] truth = {
            (1 - positive) * (1 - falsePositive),
            (1 - positive) * falsePositive,
            positive * (1 - recall),
            positive * recall
        };
        Random random = new Random(19);
        int[] below = new int[names.size()];
        int[] above = new int[names.size()];
        for (int window = 0; window < WINDOWS; window++) {
            BinaryQuality quality = BinaryQuality.empty();
            for (int row = 0; row < rows; row++) {
                boolean actual = random.nextDouble() < positive;
                quality.add(actual, random.nextDouble() < (actual ? recall : falsePositive));
            }
            QualitySummary summary = quality.summary("no", "yes", ConstantClassifier.ofMajority());
            for (int i = 0; i < below.length; i++) {
                Metric metric = metric(summary, names.get(i));
                double wanted = formula(names.get(i)).value().applyAsDouble(truth);
                below[i] += metric.isDefined() && PValues.of(metric, Bound.atLeast(wanted)) <= LEVEL ? 1 : 0;
                above[i] += metric.isDefined() && PValues.of(metric, Bound.atMost(wanted)) <= LEVEL ? 1 : 0;
            }
        }
        for (int i = 0; i < below.length; i++) {
            assertThat(below[i] / (double) WINDOWS)
                    .as("%s too low", names.get(i))
                    .isLessThan(MOST);
            assertThat(above[i] / (double) WINDOWS)
                    .as("%s too high", names.get(i))
                    .isLessThan(MOST);
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 100, 1", "10, 50, 2", "20, 400, 3", "40, 200, 1.5"})
    void theAveragePrecisionOfFewPositivesRingsInFivePercentOfWindowsAtMost(
            int positives, int negatives, double distance) {
        Random random = new Random(23);
        double truth = averagePrecision(random, 4_000, 4_000 * negatives / positives, distance)
                .value();
        int below = 0;
        int above = 0;
        for (int window = 0; window < WINDOWS; window++) {
            Metric metric = averagePrecision(random, positives, negatives, distance);
            below += PValues.of(metric, Bound.atLeast(truth)) <= LEVEL ? 1 : 0;
            above += PValues.of(metric, Bound.atMost(truth)) <= LEVEL ? 1 : 0;
        }
        assertThat(below / (double) WINDOWS).as("too low").isLessThan(MOST);
        assertThat(above / (double) WINDOWS).as("too high").isLessThan(MOST);
    }

    @Test
    void aModelThatFellApartIsSeenOnTwentyPositives() {
        BinaryQuality quality = BinaryQuality.empty();
        quality.add(new BinaryCounts(170, 10, 14, 6));
        QualitySummary summary = quality.summary("no", "yes", ConstantClassifier.ofMajority());
        assertThat(PValues.of(metric(summary, "f1"), Bound.atLeast(0.8))).isLessThan(2e-4);
        assertThat(PValues.of(metric(summary, "balanced_accuracy"), Bound.atLeast(0.9)))
                .isLessThan(2e-4);
        Metric precision = averagePrecision(new Random(1), 20, 400, 0);
        assertThat(PValues.of(precision, Bound.atLeast(0.8))).isLessThan(2e-4);
    }

    @Test
    void theF1MeasureHasTheLimitsOfItsShareOfTruePositives() {
        BinaryQuality quality = BinaryQuality.empty();
        quality.add(new BinaryCounts(500, 4, 3, 12));
        Metric f1 = metric(quality.summary("no", "yes", ConstantClassifier.ofMajority()), "f1");
        for (double share : new double[] {0.8, 0.85, 0.9}) {
            // F1 = 2 q / (1 + q), q = TP / (TP + FP + FN); tails beyond the draws are extrapolated to the careful side.
            double exact = PValues.of(new Evidence.Proportion(12, 19), 12 / 19.0, Bound.atLeast(share));
            assertThat(PValues.of(f1, Bound.atLeast(2 * share / (1 + share)))).isBetween(0.7 * exact, 2 * exact);
        }
    }

    @Test
    void drawsAreTheSameEachTimeAndManyRowsNeedNone() {
        BinaryCounts few = new BinaryCounts(500, 4, 3, 12);
        Evidence once = formula("f1").of(few.resampled(), "").evidence();
        assertThat(formula("f1").of(few.resampled(), "").evidence()).isEqualTo(once);
        assertThat(once).isInstanceOf(Evidence.Limits.class);
        BinaryCounts many = new BinaryCounts(500, 40, 30, 120);
        assertThat(many.resampled()).isSameAs(many);
    }

    @Test
    void labelsThatAreNotThereLowerNoLimitOfAveragesOverLabels() {
        LabelCounts three = new LabelCounts(new long[][] {{20, 0, 0}, {0, 20, 0}, {0, 0, 0}});
        LabelCounts two = new LabelCounts(new long[][] {{20, 0}, {0, 20}});
        Metric ofThree = macro(three);
        Metric ofTwo = macro(two);
        assertThat(ofThree.value()).isEqualTo(1);
        assertThat(PValues.of(ofThree, Bound.atMost(0.8)))
                .isCloseTo(PValues.of(ofTwo, Bound.atMost(0.8)), within(0.02));
    }

    private static Metric macro(LabelCounts counts) {
        return LabelFormulas.all(0).stream()
                .filter(formula -> formula.name().equals("macro_f1"))
                .findFirst()
                .orElseThrow()
                .of(counts.resampled(), "");
    }

    private static Metric metric(QualitySummary summary, String name) {
        Metric metric = summary.metric(name);
        assertThat(metric).isNotNull();
        return metric;
    }

    private static Metric averagePrecision(Random random, int positives, int negatives, double distance) {
        BinaryQuality quality = BinaryQuality.empty();
        for (int i = 0; i < positives + negatives; i++) {
            boolean actual = i < positives;
            quality.add(actual, false, random.nextGaussian() + (actual ? distance : 0));
        }
        return metric(quality.summary("no", "yes", ConstantClassifier.ofMajority()), "average_precision");
    }

    private static Formula formula(String name) {
        return BinaryFormulas.all(false).stream()
                .filter(formula -> formula.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

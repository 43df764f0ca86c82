package io.modelmonitor.stats.internal.drift;

import static io.modelmonitor.stats.internal.drift.Samplers.counts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Distribution;
import io.modelmonitor.api.Metric;
import io.modelmonitor.spi.DriftMeasure;
import io.modelmonitor.stats.evidence.PValues;
import io.modelmonitor.stats.internal.QuadraticForm;
import io.modelmonitor.stats.internal.WeightedChiSquare;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.WeightedValues;
import io.modelmonitor.stats.test.ContingencyTests;
import io.modelmonitor.stats.test.TestResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tests that alarms rest on: right when nothing changed, whatever the data. */
@Tag("simulation")
class ChangeTestsTest {

    private static final int RUNS = 2_000;

    // Kolmogorov's limit at 0.001, over the root of the number of runs.
    private static final double CRITICAL = 1.9495 / Math.sqrt(RUNS);

    @Test
    void pValuesOfNumbersAreUniformUnderLabelSwapping() {
        double[] pooled = Samplers.normal(new SplittableRandom(11), 400, 0);
        assertUniform(random -> {
            double[] shuffled = Samplers.shuffled(random, pooled);
            return numeric(Arrays.copyOf(shuffled, 250), Arrays.copyOfRange(shuffled, 250, 400));
        });
    }

    @Test
    void pValuesOfHeapedNumbersAreUniformUnderLabelSwapping() {
        SplittableRandom source = new SplittableRandom(12);
        double[] pooled =
                source.doubles(2_000).map(u -> u < 0.6 ? 0 : Math.floor(40 * u)).toArray();
        assertUniform(random -> {
            double[] shuffled = Samplers.shuffled(random, pooled);
            return numeric(Arrays.copyOf(shuffled, 1_000), Arrays.copyOfRange(shuffled, 1_000, 2_000));
        });
    }

    @Test
    void pValuesOfCategoriesAreUniformUnderLabelSwapping() {
        double[] pooled = new SplittableRandom(13)
                .doubles(4_000)
                .map(u -> Math.floor(12 * u * u))
                .toArray();
        assertUniform(random -> {
            double[] shuffled = Samplers.shuffled(random, pooled);
            double[] p = new double[12];
            double[] q = new double[12];
            for (int i = 0; i < shuffled.length; i++) {
                (i < 2_500 ? p : q)[(int) shuffled[i]]++;
            }
            return CategoryChange.test(counts(p), counts(q)).pValue();
        });
    }

    @Test
    void rareCategoriesRaiseNoFalseAlarms() {
        SplittableRandom random = new SplittableRandom(14);
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            Distribution p = counts(Samplers.uniformCounts(random, 1_000, 500));
            Distribution q = counts(Samplers.uniformCounts(random, 100, 500));
            alarms += CategoryChange.test(p, q).pValue() <= 0.01 ? 1 : 0;
        }
        assertThat(alarms).isLessThan(RUNS / 100 + 15);
    }

    @Test
    void rareZerosAndOnesRaiseNoFalseAlarms() {
        SplittableRandom random = new SplittableRandom(15);
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            double[] p = random.doubles(1_000).map(u -> u < 0.01 ? 1 : 0).toArray();
            double[] q = random.doubles(50).map(u -> u < 0.01 ? 1 : 0).toArray();
            alarms += numeric(p, q) <= 0.01 ? 1 : 0;
        }
        assertThat(alarms).isLessThan(RUNS / 100 + 15);
    }

    @Test
    void rareCountsOfSeveralValuesAreJudgedAsExactly() {
        SplittableRandom random = new SplittableRandom(16);
        double[] p = random.doubles(1_000).map(ChangeTestsTest::rareCount).toArray();
        double[] q = random.doubles(60).map(ChangeTestsTest::rareCount).toArray();
        double[] drifted = q.clone();
        Arrays.fill(drifted, 0, 25, 2);
        assertThat(numeric(p, q)).isGreaterThan(0.01);
        assertThat(numeric(p, drifted)).isLessThan(0.002);
    }

    @Test
    void rareCountsRaiseNoFalseAlarms() {
        assertNoFalseAlarms(random -> numeric(
                random.doubles(1_000).map(ChangeTestsTest::rareCount).toArray(),
                random.doubles(50).map(ChangeTestsTest::rareCount).toArray()));
    }

    @Test
    void heapsOfZerosRaiseNoFalseAlarms() {
        assertNoFalseAlarms(random -> numeric(
                random.doubles(1_000).map(u -> u < 0.8 ? 0 : u).toArray(),
                random.doubles(50).map(u -> u < 0.8 ? 0 : u).toArray()));
    }

    @Test
    void manySkewedCategoriesRaiseNoFalseAlarms() {
        Shares shares = Shares.skewed(1_000);
        assertNoFalseAlarms(
                random -> CategoryChange.test(counts(shares.drawn(random, 1_001)), counts(shares.drawn(random, 100)))
                        .pValue());
    }

    @Test
    void manyMoreCategoriesThanRowsRaiseNoFalseAlarms() {
        assertNoFalseAlarms(random -> CategoryChange.test(
                        counts(Samplers.uniformCounts(random, 1_000, 1_000)),
                        counts(Samplers.uniformCounts(random, 50, 1_000)))
                .pValue());
    }

    @Test
    void rareCategoriesThatOneSideHasForgottenAreNoDrift() {
        Shares shares = Shares.skewed(100_000);
        assertNoFalseAlarms(random -> {
            ColumnProfile reference = profile(shares.drawn(random, 10_000));
            assertThat(reference.categories().isComplete()).isFalse();
            return pValue(reference, profile(shares.drawn(random, 1_000)));
        });
    }

    /** The reference has forgotten most of its values, and cannot have forgotten as much as a tenth of all rows of one. */
    @Test
    void aValueThatBecameFrequentIsSeenAmongMoreThanASideRemembers() {
        SplittableRandom random = new SplittableRandom(23);
        Shares shares = Shares.equal(20_000);
        ColumnProfile reference = profile(shares.drawn(random, 100_000));
        double[] window = shares.drawn(random, 90);
        assertThat(reference.categories().isComplete()).isFalse();
        assertThat(pValue(reference, profile(window))).isGreaterThan(0.5);

        window[11] += 10;
        Metric drift = FeatureDrift.of("x", reference, profile(window), metric -> Bound.atMost(0.01))
                .get(0);
        assertThat(drift.value()).isBetween(0.09, 0.11);
        assertThat(drift.note()).contains("c11");
        assertThat(pValue(reference, profile(window))).isLessThan(1e-9);
        assertThat(pValue(profile(window), reference)).isLessThan(1e-9);
    }

    private static double pValue(ColumnProfile reference, ColumnProfile current) {
        Metric drift = FeatureDrift.of("x", reference, current, metric -> Bound.atMost(0.01))
                .get(0);
        return PValues.of(drift.evidence(), drift.value(), Bound.atMost(0.01));
    }

    /** Returns the profile of texts in random order. */
    private static ColumnProfile profile(double[] counts) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                rows.addAll(Collections.nCopies((int) counts[i], "c" + i));
            }
        }
        Collections.shuffle(rows, new Random(21));
        return Samplers.profile(rows);
    }

    @Test
    void squaredChangesOfManySkewedCategoriesAreUniform() {
        Shares shares = Shares.skewed(1_000);
        assertUniform(random -> squaredChange(random, shares, 20_000, 10_000));
    }

    @Test
    void squaredChangesOfSparseCategoriesAreNearlyUniform() {
        Shares shares = Shares.equal(1_000);
        double[] p = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            p[run] = squaredChange(new SplittableRandom(1_000 + run), shares, 1_000, 1_000);
        }
        // Ties count in full, so p-values are a little too large, by up to the part of the commonest sum.
        assertThat(distanceFromUniform(p)).isLessThan(CRITICAL + 0.02);
    }

    private static double squaredChange(SplittableRandom random, Shares shares, int n, int m) {
        double[] p = shares.drawn(random, n);
        double[] q = shares.drawn(random, m);
        WeightedChiSquare change = new WeightedChiSquare(n, m);
        for (int i = 0; i < p.length; i++) {
            if (p[i] + q[i] > 0) {
                change.add(p[i] + q[i], q[i] - (p[i] + q[i]) * m / (n + m), 1);
            }
        }
        return change.pValue();
    }

    private static void assertNoFalseAlarms(ToDoubleFunction<SplittableRandom> pValue) {
        SplittableRandom random = new SplittableRandom(19);
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            alarms += pValue.applyAsDouble(random) <= 0.01 ? 1 : 0;
        }
        assertThat(alarms).isLessThan(RUNS / 100 + 15);
    }

    @Test
    void seesTheFrequentCategoryThatChangedAmongAThousandRareOnes() {
        double[] p = new double[1_001];
        double[] q = new double[1_001];
        Arrays.fill(p, 9);
        Arrays.fill(q, 9);
        p[0] = 1_000;
        q[0] = 1_400;
        assertThat(CategoryChange.test(counts(p), counts(q)).pValue()).isLessThan(1e-3);
        assertThat(ContingencyTests.chiSquare(counts(p), counts(q)).pValue()).isGreaterThan(0.5);
    }

    @Test
    void seesAnEdgeThatMoved() {
        SplittableRandom random = new SplittableRandom(20);
        double[] p = random.doubles(1_000).toArray();
        double[] q = random.doubles(200).map(u -> 0.15 + 0.85 * u).toArray();
        assertThat(numeric(p, q)).isLessThan(1e-8);
        assertThat(new QuadraticForm(1, Math.PI * Math.PI / 3 - 3, 10 - Math.PI * Math.PI)
                        .survival(NumericChange.test(EmpiricalDistribution.of(p), EmpiricalDistribution.of(q))
                                .statistic()))
                .as("the p-value of Anderson and Darling's statistic alone")
                .isGreaterThan(1e-5);
    }

    /** The least value of a Pareto distribution moves by a tenth of a standard deviation, past a fifth of the rows. */
    @Test
    void seesAnEdgeThatMovedBetweenTwoPowersOfAHalf() {
        int seen = 0;
        for (int run = 0; run < 500; run++) {
            SplittableRandom random = new SplittableRandom(300 + run);
            double[] p = random.doubles(1_000).map(u -> 1 / Math.cbrt(1 - u)).toArray();
            double[] q = random.doubles(50)
                    .map(u -> 1 / Math.cbrt(1 - u) + 0.1 * Math.sqrt(0.75))
                    .toArray();
            seen += numeric(p, q) <= 0.05 ? 1 : 0;
        }
        assertThat(seen).isGreaterThan(490);
    }

    private static double rareCount(double u) {
        if (u < 0.95) {
            return 0;
        }
        return u < 0.99 ? 1 : 2;
    }

    @Test
    void seesOneCategoryThatChangedALotAmongManyThatDidNot() {
        double[] p = new double[200];
        Arrays.fill(p, 50);
        double[] q = p.clone();
        q[7] = 120;
        assertThat(CategoryChange.test(counts(p), counts(q)).pValue()).isLessThan(0.01);
        assertThat(ContingencyTests.chiSquare(counts(p), counts(q)).pValue()).isGreaterThan(0.5);
    }

    @Test
    void seesManyCategoriesThatChangedALittle() {
        double[] p = new double[200];
        double[] q = new double[200];
        for (int i = 0; i < p.length; i++) {
            p[i] = 100;
            q[i] = i % 2 == 0 ? 75 : 125;
        }
        assertThat(CategoryChange.test(counts(p), counts(q)).pValue()).isLessThan(1e-6);
    }

    @Test
    void differencesWithinTheSketchErrorAreNoEvidence() {
        SplittableRandom random = new SplittableRandom(17);
        double[] one = Samplers.normal(random, 5_000, 0);
        double[] other = Samplers.normal(random, 5_000, 0.2);
        EmpiricalDistribution p = new EmpiricalDistribution(WeightedValues.of(one), 0.05);
        EmpiricalDistribution q = new EmpiricalDistribution(WeightedValues.of(other), 0.05);
        assertThat(numeric(one, other)).isLessThan(1e-9);
        assertThat(NumericChange.test(p, q).pValue()).isGreaterThan(0.5);

        assertThat(CategoryChange.test(counts(500, 500, 500), counts(560, 440, 500))
                        .pValue())
                .isLessThan(0.05);
        assertThat(CategoryChange.test(counts(500, 500, 500), counts(560, 440, 500), 0.05)
                        .pValue())
                .isGreaterThan(0.5);
        assertThat(CategoryChange.test(counts(5_000, 2, 2), counts(5_000, 9, 9), 0.01)
                        .pValue())
                .isGreaterThan(0.5);
    }

    /** Each count is too low by up to one row in a thousand; what is missing there is among the others. */
    @Test
    void errorsOfAllCountsAddUpInTheOtherValues() {
        assertThat(withOthers(11_000, 300, 300, 300, 100).pValue()).isEqualTo(1);
        assertThat(withOthers(11_000, 250, 250, 250, 250).pValue()).isLessThan(1e-6);
    }

    private static TestResult withOthers(double... current) {
        PooledCounts.Builder cells = new PooledCounts.Builder();
        double[] reference = {11_000, 310, 310, 310, 70};
        for (int i = 0; i < reference.length; i++) {
            Distribution.Kind kind = i == reference.length - 1 ? Distribution.Kind.OTHER : Distribution.Kind.VALUES;
            cells.add(kind, "c" + i, reference[i], current[i]);
        }
        return CategoryChange.test(cells.build(0.001));
    }

    @Test
    void nothingIsSaidOfConstantsAndOfNoRows() {
        assertThat(NumericChange.test(EmpiricalDistribution.of(1, 1), EmpiricalDistribution.of(1))
                        .reason())
                .isEqualTo("all numbers are equal");
        assertThat(NumericChange.test(EmpiricalDistribution.of(), EmpiricalDistribution.of(1))
                        .reason())
                .isEqualTo("one side has no numbers");
        assertThat(CategoryChange.test(counts(1, 0), counts(4, 0)).reason()).isEqualTo("all values are equal");
        assertThat(CategoryChange.test(counts(1, 0), counts(0, 0)).reason()).isEqualTo("one side has no values");
    }

    @Test
    void resamplingExpectsWhatTheoryDoes() {
        double[] p = new double[10];
        Arrays.fill(p, 100);
        double[] q = new double[10];
        Arrays.fill(q, 50);
        MonteCarloNull psi = MonteCarloNull.of(counts(p), counts(q), BinnedDistances::psi);
        MonteCarloNull jensenShannon = MonteCarloNull.of(counts(p), counts(q), BinnedDistances::jensenShannon);
        double s = 1 / 1_000.0 + 1 / 500.0;
        assertThat(psi.expected()).isCloseTo(9 * s, within(0.003));
        assertThat(jensenShannon.expected()).isCloseTo(Math.sqrt(9 / 8.0 * s), within(0.004));
        assertThat(psi.pValue()).isEqualTo(1);
    }

    @Test
    void resamplingIsTheSameEveryTime() {
        Distribution p = counts(30, 50, 20);
        Distribution q = counts(10, 40, 30);
        double first = MonteCarloNull.of(p, q, BinnedDistances::hellinger).pValue();
        assertThat(MonteCarloNull.of(p, q, BinnedDistances::hellinger).pValue()).isEqualTo(first);
        assertThat(first).isBetween(0.001, 0.05);
    }

    @Test
    void resampledPValuesReachBeyondTheNumberOfDraws() {
        DriftMeasure measure = BinnedDistances::totalVariation;
        double p = MonteCarloNull.of(counts(5_000, 5_000), counts(4_000, 6_000), measure)
                .pValue();
        assertThat(p).isLessThan(1e-5);
        assertThat(MonteCarloNull.of(counts(1, 1), counts(1, 1), (a, b) -> Double.NaN)
                        .pValue())
                .isNaN();
        assertThat(MonteCarloNull.of(counts(1, 1), counts(1, 1), (a, b) -> Double.NaN)
                        .expected())
                .isNaN();
    }

    @Test
    void resampledPValuesAreUniformWithoutDrift() {
        SplittableRandom random = new SplittableRandom(18);
        int runs = 200;
        double[] p = new double[runs];
        for (int run = 0; run < runs; run++) {
            p[run] = MonteCarloNull.of(
                            counts(Samplers.uniformCounts(random, 500, 8)),
                            counts(Samplers.uniformCounts(random, 300, 8)),
                            BinnedDistances::psi)
                    .pValue();
        }
        assertThat(distanceFromUniform(p)).isLessThan(1.9495 / Math.sqrt(runs));
    }

    @Test
    void theQuadraticFormIsThatOfAndersonAndDarling() {
        // The limit has factors 1 / (j (j + 1)); exact probabilities by numerical inversion of its characteristic
        // function.
        QuadraticForm limit = new QuadraticForm(1, Math.PI * Math.PI / 3 - 3, 10 - Math.PI * Math.PI);
        assertThat(limit.survival(1)).isCloseTo(0.35596, within(0.006));
        assertThat(limit.survival(2.492)).isCloseTo(0.049871, within(0.001));
        assertThat(limit.survival(3.857)).isCloseTo(0.010212, within(0.0002));
        assertThat(limit.survival(6)).isCloseTo(0.00096484, within(0.00005));
        assertThat(limit.survival(10)).isCloseTo(1.378e-5, within(0.3e-5));
        assertThat(limit.survival(0)).isEqualTo(1);
    }

    @Test
    void equalFactorsAreChiSquare() {
        assertThat(new QuadraticForm(3, 3, 3).survival(7.814728)).isCloseTo(0.05, within(1e-6));
        assertThat(new QuadraticForm(40, 40, 40).survival(55.75848)).isCloseTo(0.05, within(1e-6));
    }

    @Test
    void withoutSkewnessItIsNormal() {
        assertThat(new QuadraticForm(10, 2, 0).survival(10 + 2 * 1.959964)).isCloseTo(0.025, within(1e-6));
    }

    @Test
    void aSingleFactorIsChiSquare() {
        QuadraticForm single = new QuadraticForm(0.5, 0.25, 0.125);
        assertThat(single.survival(0.5 * 3.841459)).isCloseTo(0.05, within(1e-6));
    }

    @Test
    void jointPValuesOfNumbersAreNeverTooSmall() {
        double[] p = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            SplittableRandom random = new SplittableRandom(1_000 + run);
            p[run] = numeric(Samplers.normal(random, 250, 0), Samplers.normal(random, 150, 0));
        }
        Arrays.sort(p);
        for (int i = 0; i < RUNS; i++) {
            assertThat((i + 1.0) / RUNS - p[i]).isLessThan(CRITICAL);
        }
    }

    private static double numeric(double[] one, double[] other) {
        return NumericChange.test(EmpiricalDistribution.of(one), EmpiricalDistribution.of(other))
                .pValue();
    }

    private static void assertUniform(ToDoubleFunction<SplittableRandom> pValue) {
        double[] p = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            p[run] = pValue.applyAsDouble(new SplittableRandom(1_000 + run));
        }
        assertThat(distanceFromUniform(p)).isLessThan(CRITICAL);
    }

    private static double distanceFromUniform(double[] p) {
        Arrays.sort(p);
        double greatest = 0;
        for (int i = 0; i < p.length; i++) {
            greatest = Math.max(greatest, Math.max(p[i] - (double) i / p.length, (i + 1.0) / p.length - p[i]));
        }
        return greatest;
    }
}

package io.modelmonitor.stats.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.stats.internal.drift.EmpiricalDistances;
import io.modelmonitor.stats.internal.drift.EmpiricalDistribution;
import io.modelmonitor.stats.test.KolmogorovSmirnov.Side;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KolmogorovSmirnovTest {

    @Test
    void negativeZeroEqualsZero() {
        TestResult result = KolmogorovSmirnov.exact(new double[] {0.0, 0.0}, new double[] {-0.0, -0.0}, Side.BOTH);
        assertThat(result.statistic()).isZero();
        assertThat(result.pValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aSampleWithNaNIsUndefinedWithAReason(Side side) {
        TestResult result = KolmogorovSmirnov.exact(new double[] {1, Double.NaN}, new double[] {1, 2}, side);
        assertThat(result.isDefined()).isFalse();
        assertThat(result.pValue()).isNaN();
        assertThat(result.reason()).contains("NaN");
        assertThat(KolmogorovSmirnov.asymptotic(new double[] {Double.NaN}, new double[] {1})
                        .isDefined())
                .isFalse();
        assertThat(KolmogorovSmirnov.exact(new double[0], new double[] {1}, side)
                        .isDefined())
                .isFalse();
    }

    @Test
    void identicalTiedSamplesHaveProbabilityOne() {
        double[] tied = new double[60];
        for (int i = 0; i < tied.length; i++) {
            tied[i] = Math.floor(i / 3.0) * 1e16;
        }
        assertThat(KolmogorovSmirnov.exact(tied, tied, Side.BOTH).pValue()).isEqualTo(1);
        assertThat(KolmogorovSmirnov.asymptotic(tied, tied).pValue()).isEqualTo(1);
    }

    @Test
    void countsDistancesThatAreEqualToTheObservedOne() {
        double[] odd = {1, 3, 5, 7, 9, 11, 13, 15, 17, 19};
        double[] even = {2, 4, 6, 8, 10, 12, 14, 16, 18, 20};
        assertThat(KolmogorovSmirnov.exact(odd, even, Side.BOTH).pValue()).isEqualTo(1, within(1e-12));
    }

    @Test
    void oneSidedTestsSeeTheirSideOnly() {
        double[] low = {1, 2, 3, 4, 5, 6};
        double[] high = {4, 5, 6, 7, 8, 9};
        TestResult greater = KolmogorovSmirnov.exact(low, high, Side.CURRENT_GREATER);
        TestResult less = KolmogorovSmirnov.exact(low, high, Side.CURRENT_LESS);
        assertThat(greater.statistic()).isEqualTo(0.5);
        assertThat(greater.pValue())
                .isLessThan(KolmogorovSmirnov.exact(low, high, Side.BOTH).pValue());
        assertThat(less.statistic()).isZero();
        assertThat(less.pValue()).isEqualTo(1);
    }

    @Test
    void aSingleValueIsEquallyLikelyInAnyPlace() {
        double[] nine = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        assertThat(KolmogorovSmirnov.exact(new double[] {10}, nine, Side.BOTH).pValue())
                .isEqualTo(0.2, within(1e-15));
        assertThat(KolmogorovSmirnov.exact(nine, new double[] {10}, Side.CURRENT_GREATER)
                        .pValue())
                .isEqualTo(0.1, within(1e-15));
        assertThat(KolmogorovSmirnov.exact(new double[] {10}, nine, Side.CURRENT_LESS)
                        .pValue())
                .isEqualTo(0.1, within(1e-15));
    }

    @Test
    void aSingleValueHasItsProbabilityWhateverTheRoundingOfItsDistance() {
        for (int others = 1; others <= 60; others++) {
            double[] sorted = IntStream.range(0, others).mapToDouble(i -> i).toArray();
            for (int below = 0; below <= others; below++) {
                int atLeast = Math.max(below, others - below);
                double probability = Math.min(1, 2.0 * (others - atLeast + 1) / (others + 1));
                double[] one = {below - 0.5};
                assertThat(KolmogorovSmirnov.exact(one, sorted, Side.BOTH).pValue())
                        .as("%s of %s", below, others)
                        .isEqualTo(probability, within(1e-15));
                assertThat(KolmogorovSmirnov.exact(sorted, one, Side.BOTH).pValue())
                        .as("%s of %s", below, others)
                        .isEqualTo(probability, within(1e-15));
            }
        }
    }

    @Test
    void tooFewValuesForTheAsymptoticFormAreUndefined() {
        assertThat(KolmogorovSmirnov.asymptotic(new double[] {1}, new double[] {2})
                        .reason())
                .contains("too small");
    }

    @Test
    void theLimitIsAProbabilityAtAnyDistance() {
        double before = 1;
        for (double distance = 0; distance <= 1; distance += 1e-3) {
            double p = KolmogorovSmirnov.limitPValue(distance, 1000, 300);
            assertThat(p).isBetween(0.0, before);
            before = p;
        }
        assertThat(KolmogorovSmirnov.limitPValue(Double.NaN, 10, 10)).isNaN();
        assertThat(KolmogorovSmirnov.limitPValue(0, 10, 10)).isEqualTo(1);
        // Smirnov's table: Q(1.3581) = 0.05, Q(1.6276) = 0.01.
        assertThat(KolmogorovSmirnov.limitPValue(1.3581, 2, 2)).isEqualTo(0.05, within(1e-5));
        assertThat(KolmogorovSmirnov.limitPValue(1.6276, 2, 2)).isEqualTo(0.01, within(1e-5));
    }

    @ParameterizedTest
    @EnumSource
    void theExactProbabilityIsTheShareOfAllSplitsThatAreAsFarApart(Side side) {
        for (int[] sizes : new int[][] {{1, 1}, {1, 5}, {4, 1}, {2, 3}, {4, 3}, {4, 4}, {2, 6}}) {
            List<double[][]> splits = Splits.of(sizes);
            double[] distances =
                    splits.stream().mapToDouble(s -> distance(s[0], s[1], side)).toArray();
            for (int i = 0; i < distances.length; i++) {
                double observed = distances[i];
                long asFar = Arrays.stream(distances)
                        .filter(d -> d > observed - 1e-9)
                        .count();
                TestResult result = KolmogorovSmirnov.exact(splits.get(i)[0], splits.get(i)[1], side);
                assertThat(result.statistic()).isEqualTo(observed, within(1e-15));
                assertThat(result.pValue()).isEqualTo((double) asFar / distances.length, within(1e-12));
            }
        }
    }

    private static double distance(double[] reference, double[] current, Side side) {
        double greatest = 0;
        for (double value : DoubleStream.concat(Arrays.stream(reference), Arrays.stream(current))
                .toArray()) {
            double difference = shareUpTo(reference, value) - shareUpTo(current, value);
            greatest = Math.max(
                    greatest,
                    switch (side) {
                        case BOTH -> Math.abs(difference);
                        case CURRENT_GREATER -> difference;
                        case CURRENT_LESS -> -difference;
                    });
        }
        return greatest;
    }

    private static double shareUpTo(double[] sample, double value) {
        return (double) Arrays.stream(sample).filter(v -> v <= value).count() / sample.length;
    }

    @Test
    void theAsymptoticFormIsTheOneSampleDistributionAtTheEffectiveSize() {
        // One value: P(D >= d) = 2 (1 - d). Nine tenths round to 1.
        double[] nine = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        assertThat(KolmogorovSmirnov.asymptotic(new double[] {5.5}, nine).pValue())
                .isEqualTo(8.0 / 9, within(1e-14));
        assertThat(KolmogorovSmirnov.asymptotic(nine, new double[] {10}).pValue())
                .isZero();
        // Two values: 2 (1 - d)^2 from d = 1/2 on, 1 - 2 (2 d - 1/2)^2 below.
        double[] four = {1, 2, 3, 4};
        assertThat(KolmogorovSmirnov.asymptotic(four, new double[] {3, 4, 5, 6}).pValue())
                .isEqualTo(0.5, within(1e-14));
        assertThat(KolmogorovSmirnov.asymptotic(new double[] {4, 5, 6, 7}, four).pValue())
                .isEqualTo(0.125, within(1e-14));
        assertThat(KolmogorovSmirnov.asymptotic(new double[] {2, 3, 4, 5}, four).pValue())
                .isEqualTo(1);
        assertThat(KolmogorovSmirnov.asymptotic(new double[] {3, 4, 7}, new double[] {1, 2, 3.5, 5, 6, 6.5})
                        .pValue())
                .isEqualTo(17.0 / 18, within(1e-14));
    }

    @Test
    void theAsymptoticFormHasThePublishedValueOfTenValues() {
        // Marsaglia, Tsang and Wang (2003), Evaluating Kolmogorov's distribution: P(D < 0.274) = 0.628479615 for ten
        // values. Ten values against 500 have an effective size of 9.8.
        double[] grid = IntStream.rangeClosed(1, 500).mapToDouble(i -> i).toArray();
        double[] ahead =
                IntStream.rangeClosed(1, 10).mapToDouble(i -> 50 * i - 136.5).toArray();
        TestResult result = KolmogorovSmirnov.asymptotic(ahead, grid);
        assertThat(result.statistic()).isEqualTo(0.274, within(1e-15));
        assertThat(result.pValue()).isEqualTo(1 - 0.6284796154565, within(1e-12));
    }

    @Test
    void theLimitIsBothOfItsSeries() {
        for (double x = 0.2; x <= 3; x += 0.1) {
            double alternating = 0;
            double theta = 0;
            for (int j = 1; j <= 60; j++) {
                alternating += 2 * (j % 2 == 1 ? 1 : -1) * Math.exp(-2.0 * j * j * x * x);
                theta += Math.exp(-Math.pow((2 * j - 1) * Math.PI / x, 2) / 8);
            }
            double p = KolmogorovSmirnov.limitPValue(x, 2, 2);
            assertThat(p).as("%s", x).isEqualTo(alternating, within(1e-13));
            assertThat(p).as("%s", x).isEqualTo(1 - Math.sqrt(2 * Math.PI) / x * theta, within(1e-13));
        }
        // Smirnov (1948).
        assertThat(KolmogorovSmirnov.limitPValue(0.5, 2, 2)).isEqualTo(1 - 0.036055, within(5e-7));
        assertThat(KolmogorovSmirnov.limitPValue(1, 2, 2)).isEqualTo(1 - 0.730000, within(5e-7));
        assertThat(KolmogorovSmirnov.limitPValue(5, 2, 2)).isEqualTo(2 * Math.exp(-50), within(1e-35));
    }

    @Test
    void stephensModifiesTheDistanceByTheEffectiveSize() {
        // 5 and 20 values have an effective size of 4: (2 + 0.12 + 0.055) D is read in the limit's table.
        double distance = 1.3581 / 2.175;
        assertThat(KolmogorovSmirnov.stephensPValue(distance, 5, 20)).isEqualTo(0.05, within(1e-5));
        assertThat(KolmogorovSmirnov.stephensPValue(distance, 20, 5)).isEqualTo(0.05, within(1e-5));
        assertThat(KolmogorovSmirnov.stephensPValue(1.6276 / 10.131, 200, 200)).isEqualTo(0.01, within(1e-5));
        // Miller (1956): of one sample of ten, 0.40925 at 5 %.
        assertThat(KolmogorovSmirnov.stephensPValue(0.40925, 20, 20)).isEqualTo(0.05, within(1e-3));
    }

    @Test
    void expectsWhatUndriftedSamplesMeasure() {
        SplittableRandom random = new SplittableRandom(1);
        double sum = 0;
        for (int run = 0; run < 300; run++) {
            sum += EmpiricalDistances.kolmogorovSmirnov(
                    EmpiricalDistribution.of(random.doubles(1_000).toArray()),
                    EmpiricalDistribution.of(random.doubles(400).toArray()));
        }
        assertThat(sum / 300).isCloseTo(KolmogorovSmirnov.expectedDistance(1_000, 400), within(0.004));
    }
}

package io.modelmonitor.stats.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.stats.drift.EmpiricalDistances;
import io.modelmonitor.stats.drift.EmpiricalDistribution;
import io.modelmonitor.stats.test.KolmogorovSmirnov.Side;
import java.util.SplittableRandom;
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

package io.modelmonitor.stats.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.util.CombinatoricsUtils;
import org.junit.jupiter.api.Test;

class CramerVonMisesTest {

    private static final int[][] SIZES = {{2, 2}, {2, 5}, {3, 4}, {4, 2}, {4, 4}, {6, 3}};

    @Test
    void theStatisticIsTheSumOfSquaredDifferencesOfBothDistributionFunctions() {
        for (int[] sizes : SIZES) {
            for (double[][] split : Splits.of(sizes)) {
                double t = squaredDifferences(split[0], split[1]);
                assertThat(CramerVonMises.exact(split[0], split[1]).statistic()).isEqualTo(t, within(1e-13));
                assertThat(CramerVonMises.asymptotic(split[0], split[1]).statistic())
                        .isEqualTo(t, within(1e-13));
            }
        }
    }

    /** Anderson (1962): over all values, times n m / (n + m)^2. */
    private static double squaredDifferences(double[] x, double[] y) {
        double sum = 0;
        for (int value = 1; value <= x.length + y.length; value++) {
            double difference = (double) countUpTo(x, value) / x.length - (double) countUpTo(y, value) / y.length;
            sum += difference * difference;
        }
        double size = x.length + y.length;
        return x.length * y.length / (size * size) * sum;
    }

    private static long countUpTo(double[] sample, int value) {
        return Arrays.stream(sample).filter(v -> v <= value).count();
    }

    @Test
    void theExactProbabilityIsTheShareOfAllSplitsWithAsGreatAStatistic() {
        for (int[] sizes : SIZES) {
            List<double[][]> splits = Splits.of(sizes);
            double[] statistics = statistics(splits);
            for (int i = 0; i < statistics.length; i++) {
                double observed = statistics[i];
                long asGreat = Arrays.stream(statistics)
                        .filter(t -> t > observed - 1e-9)
                        .count();
                assertThat(CramerVonMises.exact(splits.get(i)[0], splits.get(i)[1])
                                .pValue())
                        .isEqualTo((double) asGreat / statistics.length, within(1e-13));
            }
        }
    }

    private static double[] statistics(List<double[][]> splits) {
        return splits.stream()
                .mapToDouble(split -> squaredDifferences(split[0], split[1]))
                .toArray();
    }

    @Test
    void theStatisticIsMovedToTheMeanAndVarianceOfTheLimit() {
        // Those of the limit are 1/6 and 1/45.
        for (int[] sizes : SIZES) {
            List<double[][]> splits = Splits.of(sizes);
            double[] statistics = statistics(splits);
            double mean = Arrays.stream(statistics).average().orElseThrow();
            double variance = Arrays.stream(statistics)
                    .map(t -> (t - mean) * (t - mean))
                    .average()
                    .orElseThrow();
            for (int i = 0; i < statistics.length; i++) {
                double moved = 1.0 / 6 + (statistics[i] - mean) / Math.sqrt(45 * variance);
                double[][] split = splits.get(i);
                assertThat(CramerVonMises.asymptotic(split[0], split[1]).pValue())
                        .isEqualTo(CramerVonMisesLimit.tail(moved), within(1e-11));
                assertThat(CramerVonMises.asymptotic(split[0], split[1], 1e-2).pValue())
                        .isEqualTo(CramerVonMisesLimit.cutTail(moved, 1e-2), within(1e-11));
            }
        }
    }

    @Test
    void tiesHaveTheMeanOfTheirRanks() {
        // Pooled ranks 1.5, 1.5 | 3.5, 3.5 | 5: U = 2 (0.25 + 2.25) + 3 (0.25 + 2.25 + 4).
        double[] x = {1, 2};
        double[] y = {1, 2, 3};
        double t = (2 * (0.25 + 2.25) + 3 * (0.25 + 2.25 + 4)) / 30 - 23.0 / 30;
        assertThat(CramerVonMises.asymptotic(x, y).statistic()).isEqualTo(t, within(1e-14));
        // Both values of one sample tied: rank 1.5 against 1 and 2.
        double tied = (2 * (0.25 + 0.25) + 2 * (4 + 4)) / 16 - 15.0 / 24;
        assertThat(CramerVonMises.asymptotic(new double[] {1, 1}, new double[] {3, 4})
                        .statistic())
                .isEqualTo(tied, within(1e-14));
    }

    @Test
    void countsMergesOfTwentyValuesButNotOfMore() {
        double[] low = IntStream.range(0, 20).mapToDouble(i -> i).toArray();
        double[] high = {30, 31, 32};
        // Of all merges, only that with either sample first is as far apart.
        assertThat(CramerVonMises.exact(low, high).pValue())
                .isEqualTo(2 / CombinatoricsUtils.binomialCoefficientDouble(23, 3), within(1e-15));
        assertThat(CramerVonMises.exact(high, low).pValue())
                .isEqualTo(2 / CombinatoricsUtils.binomialCoefficientDouble(23, 3), within(1e-15));
        assertThat(CramerVonMises.exact(high, Arrays.copyOf(low, 21)).reason())
                .isEqualTo("a sample has 21 values; counting all merges is for at most 20");
    }

    @Test
    void theCutSeriesStopsAtItsLeastTermAndTheFullOneDoesNot() {
        double[] low = IntStream.range(0, 100).mapToDouble(i -> i).toArray();
        double[] high = IntStream.range(100, 200).mapToDouble(i -> i).toArray();
        assertThat(CramerVonMises.asymptotic(low, high).pValue()).isBetween(1e-90, 1e-30);
        assertThat(CramerVonMises.asymptotic(low, high, 0).pValue())
                .isEqualTo(CramerVonMises.asymptotic(low, high).pValue());
        assertThat(CramerVonMises.asymptotic(low, high, 1e-7).pValue()).isBetween(1e-12, 1e-6);
        assertThat(CramerVonMises.asymptotic(low, new double[] {1}).isDefined()).isFalse();
    }
}

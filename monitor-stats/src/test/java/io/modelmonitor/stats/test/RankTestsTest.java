package io.modelmonitor.stats.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.stats.test.RankTests.Method;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

class RankTestsTest {

    private static final double[] TIED = {1, 2, 2, 3, 5, 5, 5, 8};
    private static final double[] ALSO_TIED = {2, 3, 5, 6, 6, 9, 9, 9, 9, 10, 11};

    @Test
    void uCountsPairsWithTiesAsHalf() {
        // Reference values above 2, 3, 5, ..: 2 and 2 tie with 2; 3 is above one and ties; each 5 is above two and
        // ties; 8
        // is above five.
        double u = 2 * 0.5 + 1.5 + 3 * 2.5 + 5;
        for (Method method : List.of(Method.NORMAL, Method.NORMAL_WITH_CONTINUITY)) {
            assertThat(RankTests.mannWhitney(TIED, ALSO_TIED, method).statistic())
                    .isEqualTo(u);
            assertThat(RankTests.mannWhitney(ALSO_TIED, TIED, method).statistic())
                    .isEqualTo(88 - u);
        }
    }

    @Test
    void theNormalApproximationIsCorrectedForTiesAndForContinuityIfWanted() {
        // Ties: three 2s, two 3s, four 5s, two 6s, four 9s among 19 values.
        double ties = 24 + 6 + 60 + 6 + 60;
        double deviation = Math.sqrt(88.0 / 12 * (20 - ties / (19 * 18)));
        double difference = 44 - 15;
        for (double[][] order : new double[][][] {{TIED, ALSO_TIED}, {ALSO_TIED, TIED}}) {
            assertThat(RankTests.mannWhitney(order[0], order[1], Method.NORMAL).pValue())
                    .isEqualTo(Erf.erfc(difference / deviation / Math.sqrt(2)), within(1e-14));
            assertThat(RankTests.mannWhitney(order[0], order[1], Method.NORMAL_WITH_CONTINUITY)
                            .pValue())
                    .isEqualTo(Erf.erfc((difference - 0.5) / deviation / Math.sqrt(2)), within(1e-14));
        }
    }

    @Test
    void theExactProbabilityIsTwiceTheShareOfOrdersWithAsSmallAU() {
        for (int[] sizes : new int[][] {{1, 1}, {1, 6}, {5, 1}, {3, 4}, {4, 4}, {5, 2}}) {
            List<double[][]> splits = Splits.of(sizes);
            double[] us = splits.stream().mapToDouble(s -> u(s[0], s[1])).toArray();
            int pairs = sizes[0] * sizes[1];
            for (int i = 0; i < us.length; i++) {
                double least = Math.min(us[i], pairs - us[i]);
                double share =
                        (double) Arrays.stream(us).filter(u -> u <= least).count() / us.length;
                TestResult result = RankTests.mannWhitney(splits.get(i)[0], splits.get(i)[1], Method.EXACT);
                assertThat(result.statistic()).isEqualTo(us[i]);
                assertThat(result.pValue()).isEqualTo(Math.min(1, 2 * share), within(1e-14));
                assertThat(RankSums.atMost(sizes[0], sizes[1], (int) least)).isEqualTo(share, within(1e-14));
            }
        }
    }

    private static int u(double[] reference, double[] current) {
        int u = 0;
        for (double x : reference) {
            for (double y : current) {
                u += x > y ? 1 : 0;
            }
        }
        return u;
    }

    @Test
    void kruskalWallisHasTheClassicFormOfRankSumsWithoutTies() {
        // Kruskal and Wallis (1952), bottle caps of three machines: rank sums 24, 14 and 40, H = 5.656.
        double[][] samples = {{340, 345, 330, 342, 338}, {339, 333, 344}, {347, 343, 349, 355}};
        TestResult result = RankTests.kruskalWallis(samples);
        double h = 12.0 / (12 * 13) * (24.0 * 24 / 5 + 14.0 * 14 / 3 + 40.0 * 40 / 4) - 3 * 13;
        assertThat(result.statistic()).isEqualTo(h, within(1e-12)).isEqualTo(5.656, within(5e-4));
        assertThat(result.degreesOfFreedom()).isEqualTo(2);
        assertThat(result.pValue()).isEqualTo(Math.exp(-h / 2), within(1e-14));
    }

    @Test
    void kruskalWallisOfTwoSamplesIsTheSquareOfTheNormalApproximation() {
        double ties = 24 + 6 + 60 + 6 + 60;
        double variance = 88.0 / 12 * (20 - ties / (19 * 18));
        TestResult result = RankTests.kruskalWallis(TIED, ALSO_TIED);
        assertThat(result.statistic()).isEqualTo(29 * 29 / variance, within(1e-12));
        assertThat(result.degreesOfFreedom()).isEqualTo(1);
        assertThat(result.pValue())
                .isEqualTo(RankTests.mannWhitney(TIED, ALSO_TIED, Method.NORMAL).pValue(), within(1e-13));
        assertThat(RankTests.kruskalWallis(ALSO_TIED, TIED).statistic()).isEqualTo(result.statistic(), within(1e-12));
    }

    @Test
    void ranksAreAllThatCounts() {
        double[] x = Arrays.stream(TIED).map(Math::exp).toArray();
        double[] y = Arrays.stream(ALSO_TIED).map(Math::exp).toArray();
        assertThat(RankTests.kruskalWallis(x, y)).isEqualTo(RankTests.kruskalWallis(TIED, ALSO_TIED));
        for (Method method : Method.values()) {
            assertThat(RankTests.mannWhitney(x, y, method)).isEqualTo(RankTests.mannWhitney(TIED, ALSO_TIED, method));
        }
    }

    @Test
    void withoutSamplesOrDifferencesThereIsAReason() {
        assertThat(RankTests.kruskalWallis().reason()).isEqualTo("there are 0 samples; the test compares at least 2");
        assertThat(RankTests.kruskalWallis(new double[] {4}, new double[] {4, 4})
                        .reason())
                .isEqualTo("all values are equal");
        assertThat(RankTests.kruskalWallis(new double[] {4}, new double[] {5}).statistic())
                .isEqualTo(1, within(1e-15));
        assertThat(RankTests.mannWhitney(new double[] {1, 2}, new double[] {2, 3}, Method.EXACT)
                        .reason())
                .isEqualTo("there are ties, which the exact distribution of ranks does not know");
    }
}

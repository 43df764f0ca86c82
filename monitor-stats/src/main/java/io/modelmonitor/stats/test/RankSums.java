package io.modelmonitor.stats.test;

import java.util.Arrays;

/**
 * The exact distribution of Mann and Whitney's U without ties, when nothing differs. Source: Mann and Whitney (1947), On a test
 * of whether one of two random variables is stochastically larger than the other, whose recurrence this is, on probabilities
 * so that nothing overflows. Pure and safe for use by several threads.
 */
final class RankSums {

    private RankSums() {}

    /**
     * Returns the probability that U is at most a value. Takes time in proportion to {@code n m (u + 1)} and memory to
     * {@code m (u + 1)}.
     *
     * @param n the size of one sample
     * @param m the size of the other
     * @param u a number of pairs, from 0 to n m
     */
    static double atMost(int n, int m, int u) {
        // By sizes: of the first sample in turn, of the second by row. Without a first sample U is 0.
        double[][] probabilities = new double[m + 1][u + 1];
        for (double[] row : probabilities) {
            Arrays.fill(row, 1);
        }
        for (int i = 1; i <= n; i++) {
            for (int j = 1; j <= m; j++) {
                addGreatest(probabilities[j], probabilities[j - 1], (double) i / (i + j), j);
            }
        }
        return probabilities[m][u];
    }

    /** The greatest value of all is one of the first sample, and so above all j others, or one of the second. */
    private static void addGreatest(double[] row, double[] fewer, double share, int j) {
        for (int u = row.length - 1; u >= 0; u--) {
            row[u] = (u >= j ? share * row[u - j] : 0) + (1 - share) * fewer[u];
        }
    }
}

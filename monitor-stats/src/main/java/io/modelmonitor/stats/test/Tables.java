package io.modelmonitor.stats.test;

import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/**
 * Sums of probabilities of tables with given margins. Each is added up from a table away from the likeliest one until nothing
 * is left to add, so that a small sum is precise relative to itself and takes time in proportion to a standard deviation.
 */
final class Tables {

    // Equal probabilities may come out different by rounding; R's fisher.test takes as much for equal.
    private static final double EQUALLY_LIKELY = 1e-7;

    private Tables() {}

    /** Returns the probability of tables whose first count is at most k. */
    static double atMost(HypergeometricDistribution tables, int k) {
        return k <= mode(tables) ? tail(tables, k, -1) : 1 - tail(tables, k + 1, 1);
    }

    /** Returns the probability of tables whose first count is at least k. */
    static double atLeast(HypergeometricDistribution tables, int k) {
        return k > mode(tables) ? tail(tables, k, 1) : 1 - tail(tables, k - 1, -1);
    }

    /** Returns the probability of tables that are no likelier than the one with first count k: itself and both tails. */
    static double noLikelierThan(HypergeometricDistribution tables, int k) {
        double own = tables.logProbability(k) + EQUALLY_LIKELY;
        int low = tables.getSupportLowerBound();
        int high = tables.getSupportUpperBound();
        boolean rising = k < high && tables.logProbability(k + 1) > own;
        // The other tail begins between k and that end of the tables: halve until it is found.
        int near = k;
        int far = rising ? high + 1 : low - 1;
        while (Math.abs(far - near) > 1) {
            int middle = near + (far - near) / 2;
            if (tables.logProbability(middle) > own) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return rising ? atMost(tables, k) + atLeast(tables, far) : atLeast(tables, k) + atMost(tables, far);
    }

    private static int mode(HypergeometricDistribution tables) {
        double mode = (tables.getSampleSize() + 1.0)
                * (tables.getNumberOfSuccesses() + 1.0)
                / (tables.getPopulationSize() + 2.0);
        return (int) Math.floor(mode);
    }

    /** Adds up from k, by steps up or down, by the ratio of each probability to the one before. */
    private static double tail(HypergeometricDistribution tables, int k, int step) {
        double successes = tables.getNumberOfSuccesses();
        double draws = tables.getSampleSize();
        double others = tables.getPopulationSize() - successes - draws;
        double term = tables.probability(k);
        double sum = 0;
        for (double i = k; term > 1e-17 * sum; i += step) {
            sum += term;
            term *= step > 0
                    ? (successes - i) * (draws - i) / ((i + 1) * (others + i + 1))
                    : i * (others + i) / ((successes - i + 1) * (draws - i + 1));
        }
        return sum;
    }
}

package io.modelmonitor.stats;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.numbers.combinatorics.LogBinomialCoefficient;

/** All ways to share the pooled rows of cells among two samples, with their probabilities: a multivariate hypergeometric law. */
public final class Sharings {

    private final int[] pooled;
    private final int m;
    private final double ofAll;

    private Sharings(int[] pooled, int m) {
        this.pooled = pooled;
        this.m = m;
        this.ofAll = LogBinomialCoefficient.value(Arrays.stream(pooled).sum(), m);
    }

    /**
     * Returns the mean, the variance and the third central moment of a statistic.
     *
     * @param pooled the rows of each cell
     * @param m how many of all rows are current ones
     * @param statistic of the number of current rows of each cell
     */
    public static double[] moments(int[] pooled, int m, ToDoubleFunction<int[]> statistic) {
        Sharings all = new Sharings(pooled, m);
        double mean = all.mean(statistic);
        return new double[] {
            mean,
            all.mean(counts -> Math.pow(statistic.applyAsDouble(counts) - mean, 2)),
            all.mean(counts -> Math.pow(statistic.applyAsDouble(counts) - mean, 3))
        };
    }

    /** Returns the mean of a statistic. */
    public static double mean(int[] pooled, int m, ToDoubleFunction<int[]> statistic) {
        return new Sharings(pooled, m).mean(statistic);
    }

    private double mean(ToDoubleFunction<int[]> statistic) {
        return sum(statistic, new int[pooled.length], 0, m, 0);
    }

    private double sum(ToDoubleFunction<int[]> statistic, int[] counts, int cell, int left, double ways) {
        if (cell == pooled.length - 1) {
            if (left > pooled[cell]) {
                return 0;
            }
            counts[cell] = left;
            return Math.exp(ways + LogBinomialCoefficient.value(pooled[cell], left) - ofAll)
                    * statistic.applyAsDouble(counts);
        }
        double sum = 0;
        for (int k = 0; k <= Math.min(left, pooled[cell]); k++) {
            counts[cell] = k;
            sum += sum(statistic, counts, cell + 1, left - k, ways + LogBinomialCoefficient.value(pooled[cell], k));
        }
        return sum;
    }
}

package io.modelmonitor.stats.quality;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * The counts of a confusion matrix of two labels.
 *
 * @param trueNegatives negative rows that were predicted negative
 * @param falsePositives negative rows that were predicted positive
 * @param falseNegatives positive rows that were predicted negative
 * @param truePositives positive rows that were predicted positive
 */
public record BinaryCounts(long trueNegatives, long falsePositives, long falseNegatives, long truePositives)
        implements Formula.Counts {

    /** The pseudo-count added to each cell of a small table, so that its standard error is not 0. */
    private static final double SMOOTHING = 0.5;

    /** Returns the number of rows. */
    public long rows() {
        return trueNegatives + falsePositives + falseNegatives + truePositives;
    }

    /** Returns the four counts in the order of the components. */
    @Override
    public double[] values() {
        return new double[] {trueNegatives, falsePositives, falseNegatives, truePositives};
    }

    /**
     * {@inheritDoc} Each cell is taken to hold half a row more (A. Agresti and B. A. Coull, The American Statistician 52,
     * 1998, do so for one share).
     */
    @Override
    public double standardError(ToDoubleFunction<double[]> function) {
        double[] cells = values();
        for (int i = 0; i < cells.length; i++) {
            cells[i] += SMOOTHING;
        }
        double[] gradient = Gradient.of(function, cells);
        double variance = 0;
        for (int i = 0; i < cells.length; i++) {
            variance += cells[i] * gradient[i] * gradient[i];
        }
        return Math.sqrt(variance);
    }

    /** Returns these counts, resampled where they are few. */
    Formula.Counts resampled() {
        return FewCounts.of(
                this,
                new long[][] {{trueNegatives, falsePositives}, {falseNegatives, truePositives}},
                UnaryOperator.identity());
    }

    /** Returns the four counts in the order of the components, as whole numbers. */
    long[] cells() {
        return new long[] {trueNegatives, falsePositives, falseNegatives, truePositives};
    }

    BinaryCounts thinned(SplittableRandom random) {
        long[] left = Thinning.of(cells(), random);
        return new BinaryCounts(left[0], left[1], left[2], left[3]);
    }
}

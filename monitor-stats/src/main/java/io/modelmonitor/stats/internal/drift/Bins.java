package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.stats.internal.Samples;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Intervals of numbers, closed on the left, the outer ones open-ended: a value is in the bin whose number is that of the inner
 * edges up to it. Immutable and safe for use by several threads.
 */
public final class Bins {

    private final double[] innerEdges;

    private Bins(double[] innerEdges) {
        this.innerEdges = innerEdges;
    }

    /**
     * Returns bins between edges.
     *
     * @param innerEdges in ascending order; between equal ones is an empty bin; none at all for a single bin
     * @throws IllegalArgumentException if they descend, or one is NaN
     */
    public static Bins between(double... innerEdges) {
        for (int i = 0; i < innerEdges.length; i++) {
            if (Double.isNaN(innerEdges[i]) || (i > 0 && innerEdges[i] < innerEdges[i - 1])) {
                throw new IllegalArgumentException(
                        "innerEdges has " + innerEdges[i] + " at " + i + "; allowed are numbers that do not descend");
            }
        }
        return new Bins(innerEdges.clone());
    }

    /**
     * Returns bins that each hold about as many rows of a distribution. There are fewer where values repeat, as no edge is
     * there twice.
     *
     * @param distribution usually the reference; its quantiles are values of its own
     * @param bins how many bins, at least 1
     */
    public static Bins quantiles(EmpiricalDistribution distribution, int bins) {
        return at(bins, i -> distribution.values().quantile((double) i / bins));
    }

    /**
     * Returns {@link #quantiles}, and a bin of its own for every value that has at least as many rows as a bin should: where
     * one value is in many rows, quantiles alone leave all others together with it.
     */
    static Bins quantilesBesideHeaps(EmpiricalDistribution distribution, int bins) {
        double[] quantiles = quantiles(distribution, bins).innerEdges;
        double[] edges = new double[2 * quantiles.length];
        int size = 0;
        for (double quantile : quantiles) {
            edges[size++] = quantile;
            double rows = (double) distribution.values().countAtMost(quantile)
                    - distribution.values().countBelow(quantile);
            if (rows * bins >= distribution.total()) {
                edges[size++] = Math.nextUp(quantile);
            }
        }
        return new Bins(Arrays.copyOf(edges, size));
    }

    /** Returns bins of equal width over a range. Only one where the range is too narrow to divide. */
    public static Bins equalWidth(double least, double greatest, int bins) {
        return at(bins, i -> {
            double edge = least + (greatest - least) * i / bins;
            double share = (double) i / bins;
            return Double.isInfinite(edge) ? least * (1 - share) + greatest * share : edge;
        });
    }

    /** Returns bins of equal share by quantiles that are interpolated between the values of a sample (type 7). */
    public static Bins interpolatedQuantiles(double[] sample, int bins) {
        double[] sorted = Samples.sorted(sample);
        return at(bins, i -> Samples.quantile(sorted, (double) i / bins));
    }

    private static Bins at(int bins, IntToDoubleFunction edge) {
        if (bins < 1) {
            throw new IllegalArgumentException("bins " + bins + " is too few; allowed is at least 1");
        }
        double[] edges = new double[bins - 1];
        int size = 0;
        for (int i = 1; i < bins; i++) {
            double next = edge.applyAsDouble(i);
            if (!Double.isNaN(next) && (size == 0 || next > edges[size - 1])) {
                edges[size++] = next;
            }
        }
        return new Bins(Arrays.copyOf(edges, size));
    }

    /** Returns the inner edges, a copy. */
    public double[] innerEdges() {
        return innerEdges.clone();
    }

    /** Returns the number of bins. */
    public int size() {
        return innerEdges.length + 1;
    }

    /** Returns the bin of a value that is not NaN. */
    public int indexOf(double value) {
        return Samples.countUpTo(innerEdges, value);
    }

    /** Returns how many rows of a distribution are in each bin. Takes a binary search for each bin. */
    public double[] counts(EmpiricalDistribution distribution) {
        double[] counts = new double[size()];
        double before = 0;
        for (int i = 0; i < innerEdges.length; i++) {
            double upTo = distribution.values().countBelow(innerEdges[i]);
            counts[i] = upTo - before;
            before = upTo;
        }
        counts[innerEdges.length] = distribution.total() - before;
        return counts;
    }
}

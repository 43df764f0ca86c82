package io.modelmonitor.stats.internal;

import java.util.Arrays;

/** Values computed on resampled data, in ascending order. Immutable. */
public final class SortedReplicates {

    private final double[] sorted;

    private SortedReplicates(double[] sorted) {
        this.sorted = sorted;
    }

    /** Returns the values, in any order, but for those that are NaN. */
    public static SortedReplicates of(double[] replicates) {
        return new SortedReplicates(Arrays.stream(replicates)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray());
    }

    /** Returns the number of values. */
    public int size() {
        return sorted.length;
    }

    /** Returns a value by its rank from 0; the first or last where there is none of that rank. */
    public double at(int rank) {
        return sorted[Math.max(0, Math.min(sorted.length - 1, rank))];
    }

    /** Returns the number of values below a limit. */
    public int below(double limit) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the standard deviation of the finite values, by Welford's updates; NaN of fewer than two. */
    public double standardDeviation() {
        double mean = 0;
        double squares = 0;
        int n = 0;
        for (double value : sorted) {
            if (Double.isFinite(value)) {
                n++;
                double delta = value - mean;
                mean += delta / n;
                squares += delta * (value - mean);
            }
        }
        return n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1));
    }
}

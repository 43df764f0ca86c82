package io.modelmonitor.stats.test;

import java.util.Arrays;

/**
 * The number of ways to merge two samples that have each value of the scaled Cramer-von Mises statistic: ascending values with their
 * counts, which are whole numbers below 2^53.
 */
final class MergeCounts {

    private static final MergeCounts ONE = new MergeCounts(new long[] {0}, new double[] {1});

    private final long[] values;
    private final double[] counts;

    private MergeCounts(long[] values, double[] counts) {
        this.values = values;
        this.counts = counts;
    }

    /** Counts all merges of samples of n and m values, along the grid of how many of each came so far. */
    static MergeCounts of(int n, int m) {
        int divisor = CramerVonMises.greatestCommonDivisor(n, m);
        long ofReference = m / divisor;
        long ofCurrent = n / divisor;
        MergeCounts[] row = new MergeCounts[m + 1];
        for (int i = 0; i <= n; i++) {
            for (int j = 0; j <= m; j++) {
                MergeCounts fromBelow = i == 0 ? null : row[j];
                MergeCounts fromLeft = j == 0 ? null : row[j - 1];
                long difference = ofReference * i - ofCurrent * j;
                MergeCounts both = fromBelow == null
                        ? (fromLeft == null ? ONE : fromLeft)
                        : (fromLeft == null ? fromBelow : fromBelow.plus(fromLeft));
                row[j] = both.shifted(difference * difference);
            }
        }
        return row[m];
    }

    double countAtLeast(double value) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] >= value) {
                sum += counts[i];
            }
        }
        return sum;
    }

    private MergeCounts shifted(long by) {
        long[] shifted = new long[values.length];
        for (int i = 0; i < shifted.length; i++) {
            shifted[i] = values[i] + by;
        }
        return new MergeCounts(shifted, counts);
    }

    private MergeCounts plus(MergeCounts other) {
        long[] sumValues = new long[values.length + other.values.length];
        double[] sumCounts = new double[sumValues.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < values.length || j < other.values.length) {
            boolean mine = j == other.values.length || (i < values.length && values[i] <= other.values[j]);
            long value = mine ? values[i] : other.values[j];
            double count = 0;
            if (i < values.length && values[i] == value) {
                count += counts[i++];
            }
            if (j < other.values.length && other.values[j] == value) {
                count += other.counts[j++];
            }
            sumValues[size] = value;
            sumCounts[size] = count;
            size++;
        }
        return new MergeCounts(Arrays.copyOf(sumValues, size), Arrays.copyOf(sumCounts, size));
    }
}

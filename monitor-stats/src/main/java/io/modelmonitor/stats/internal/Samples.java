package io.modelmonitor.stats.internal;

import java.util.Arrays;

/** Checks and order statistics of raw samples. Public for the compiler only, and not to be used by others. */
public final class Samples {

    private Samples() {}

    /**
     * Returns why a test cannot be made, or an empty text if it can.
     *
     * @param least the least number of values in each sample
     */
    public static String problem(int least, double[]... samples) {
        for (double[] sample : samples) {
            if (sample.length < least) {
                return "a sample has " + sample.length + " values; the test needs at least " + least;
            }
            for (double value : sample) {
                if (Double.isNaN(value)) {
                    return "a sample has NaN, which has no rank";
                }
            }
        }
        return "";
    }

    /** As {@link #problem}, for tests that compute with the values and not with their ranks. */
    public static String problemOfFinite(int least, double[]... samples) {
        for (double[] sample : samples) {
            for (double value : sample) {
                if (Double.isInfinite(value)) {
                    return "a sample has an infinite value";
                }
            }
        }
        return problem(least, samples);
    }

    /**
     * Returns the power of two by which the greatest of some finite values comes to about 1: tests that do not depend on the
     * unit take their values times this, so that no square leaves the range of doubles.
     */
    public static double scale(double... values) {
        double greatest = 0;
        for (double value : values) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        return greatest == 0 || Double.isInfinite(greatest) ? 1 : Math.scalb(1.0, -Math.getExponent(greatest));
    }

    /** Returns the samples in a unit of their own, in which the greatest value is about 1. */
    public static double[][] scaled(double[]... samples) {
        double scale =
                scale(Arrays.stream(samples).flatMapToDouble(Arrays::stream).toArray());
        return Arrays.stream(samples)
                .map(sample -> Arrays.stream(sample).map(value -> value * scale).toArray())
                .toArray(double[][]::new);
    }

    /** Returns whether all values of all samples are the same number. */
    public static boolean allEqual(double[]... samples) {
        double first = Double.NaN;
        for (double[] sample : samples) {
            for (double value : sample) {
                if (Double.isNaN(first)) {
                    first = value;
                }
                if (value != first) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns a sorted copy in which zeros are all positive, so that equal numbers are equal bits. */
    public static double[] sorted(double[] sample) {
        double[] sorted = new double[sample.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = sample[i] + 0.0;
        }
        Arrays.sort(sorted);
        return sorted;
    }

    /** Returns all values of all samples, sorted. */
    public static double[] pooled(double[]... samples) {
        int size = 0;
        for (double[] sample : samples) {
            size += sample.length;
        }
        double[] pooled = new double[size];
        int filled = 0;
        for (double[] sample : samples) {
            System.arraycopy(sample, 0, pooled, filled, sample.length);
            filled += sample.length;
        }
        return sorted(pooled);
    }

    /** Returns how many values of a sorted sample are less than a value. */
    public static int countBelow(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns how many values of a sorted sample are at most a value. */
    public static int countUpTo(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the quantile of a sorted sample by linear interpolation between its values (type 7 of Hyndman and Fan). */
    public static double quantile(double[] sorted, double probability) {
        double position = probability * (sorted.length - 1);
        int index = (int) Math.floor(position);
        if (index + 1 >= sorted.length) {
            return sorted[sorted.length - 1];
        }
        double gap = sorted[index + 1] - sorted[index];
        double share = position - index;
        return share < 0.5 ? sorted[index] + gap * share : sorted[index + 1] - gap * (1 - share);
    }
}

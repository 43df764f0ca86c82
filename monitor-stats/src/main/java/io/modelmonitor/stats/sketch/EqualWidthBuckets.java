package io.modelmonitor.stats.sketch;

/** Counts of observations in intervals of equal width: {@code [low, high)}, the last one {@code [low, high]}. Immutable. */
public final class EqualWidthBuckets {

    private final double[] bounds;
    private final long[] counts;

    EqualWidthBuckets(double[] bounds, long[] counts) {
        this.bounds = bounds;
        this.counts = counts;
    }

    static double[] bounds(double min, double max, int buckets) {
        if (!(Double.isFinite(min) && Double.isFinite(max) && min <= max)) {
            throw new IllegalArgumentException(
                    "min, max: " + min + ", " + max + "; two finite numbers in ascending order are expected");
        }
        if (buckets < 1) {
            throw new IllegalArgumentException("buckets: " + buckets + "; at least 1 is expected");
        }
        double range = max - min;
        double[] bounds = new double[buckets + 1];
        for (int i = 0; i < buckets; i++) {
            double bound = min + range * i / buckets;
            bounds[i] =
                    Double.isFinite(bound) ? bound : min * (1 - (double) i / buckets) + max * ((double) i / buckets);
        }
        bounds[buckets] = max;
        return bounds;
    }

    /** Returns the number of intervals. */
    public int size() {
        return counts.length;
    }

    /** Returns the lower end of an interval. */
    public double lowerBound(int index) {
        return bounds[index];
    }

    /** Returns the upper end of an interval. */
    public double upperBound(int index) {
        return bounds[index + 1];
    }

    /** Returns how many observations are in an interval. */
    public long count(int index) {
        return counts[index];
    }

    /** Returns all ends in ascending order, one more than there are intervals; a copy. */
    public double[] bounds() {
        return bounds.clone();
    }

    /** Returns all counts; a copy. */
    public long[] counts() {
        return counts.clone();
    }
}

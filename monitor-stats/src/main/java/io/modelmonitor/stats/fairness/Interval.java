package io.modelmonitor.stats.fairness;

/**
 * A range that covers the truth with a stated probability, over repeated samples.
 *
 * @param lower the lower end
 * @param upper the upper end
 */
public record Interval(double lower, double upper) {

    /** The interval of which nothing is known. */
    static final Interval UNKNOWN = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Returns whether a value lies inside, ends included. */
    public boolean contains(double value) {
        return value >= lower && value <= upper;
    }
}

package io.modelmonitor.api;

/**
 * The closed interval in which the value of a metric has to lie.
 *
 * @param lower the least allowed value; negative infinity when there is none
 * @param upper the greatest allowed value; positive infinity when there is none
 * @param isEstimate whether the ends were learned from the baseline's rows, so that a value beyond them is compared with what the
 *     baseline counted, which is uncertain too; false where they are a requirement, exact by itself
 */
public record Bound(double lower, double upper, boolean isEstimate) {

    /**
     * Creates a bound.
     *
     * @throws IllegalArgumentException if an end is NaN, the ends are crossed, or both are infinite
     */
    public Bound {
        if (Double.isNaN(lower) || Double.isNaN(upper) || lower > upper) {
            throw new IllegalArgumentException(
                    "bound " + lower + " to " + upper + " is no interval; allowed is lower <= upper, neither NaN");
        }
        if (lower == Double.NEGATIVE_INFINITY && upper == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("bound -Infinity to Infinity can never be violated; give one end");
        }
    }

    /** Returns the bound of values that are at least as great as a limit. */
    public static Bound atLeast(double limit) {
        return new Bound(limit, Double.POSITIVE_INFINITY, false);
    }

    /** Returns the bound of values that are at most as great as a limit. */
    public static Bound atMost(double limit) {
        return new Bound(Double.NEGATIVE_INFINITY, limit, false);
    }

    /** Returns the bound of values between two limits, both allowed. */
    public static Bound between(double lower, double upper) {
        return new Bound(lower, upper, false);
    }

    /** Returns this bound as one that was learned from the baseline's rows; see {@link #isEstimate}. */
    public Bound asEstimate() {
        return new Bound(lower, upper, true);
    }

    /** Returns whether a value lies inside, ends included; never for NaN. */
    public boolean holds(double value) {
        return value >= lower && value <= upper;
    }

    /** Returns the allowed value closest to a value: itself when it lies inside. */
    public double nearest(double value) {
        return Math.max(lower, Math.min(upper, value));
    }

    @Override
    public String toString() {
        if (lower == upper) {
            return "= " + lower;
        }
        if (lower == Double.NEGATIVE_INFINITY) {
            return "<= " + upper;
        }
        if (upper == Double.POSITIVE_INFINITY) {
            return ">= " + lower;
        }
        return lower + " to " + upper;
    }
}

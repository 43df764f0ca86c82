package io.modelmonitor.stats.sketch;

/**
 * The points in time of a column, in seconds since 1970.
 *
 * @param values the times, as exactly as they are known
 * @param error by how much a share of times below or above one may be off, from 0 to 1
 * @param first the earliest
 * @param last the latest
 */
public record ColumnTimes(WeightedValues values, double error, double first, double last) {

    /** Returns how many are certainly earlier than a time. */
    public long countBefore(double seconds) {
        return first < seconds ? certain(values.countBelow(seconds)) : 0;
    }

    /** Returns how many are certainly later than a time. */
    public long countAfter(double seconds) {
        return last > seconds ? certain(values.total() - values.countAtMost(seconds)) : 0;
    }

    private long certain(long count) {
        return Math.max(0, count - (long) Math.ceil(error * values.total()));
    }
}

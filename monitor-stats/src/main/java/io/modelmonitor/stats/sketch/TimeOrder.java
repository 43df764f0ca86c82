package io.modelmonitor.stats.sketch;

import org.jspecify.annotations.Nullable;

/**
 * The order in which the rows of a column of times come: the steps from row to row, by the size of numbers and the characters of texts,
 * and where the first and the last row stand among all.
 *
 * <p>Of texts that begin with the year, and numbers that do, that is the order of time. Where the day or the month stands first it is but
 * for a step back at the end of a month or year, and where hours have no zeros in front for one a day: few among many rows.
 *
 * @param later how many rows are behind the row before
 * @param earlier how many are before it
 * @param equal how many are equal to it
 * @param outsideAscending how many rows are certainly before the first or behind the last one, whichever are more
 * @param outsideDescending how many are certainly behind the first or before the last one, whichever are more
 */
public record TimeOrder(long later, long earlier, long equal, long outsideAscending, long outsideDescending) {

    private static final double LEAST_SHARE = 0.9;

    /**
     * Returns the order of the rows of a column.
     *
     * @param typing what the column is
     * @param reading its values
     * @return null if these are no points in time, or are written so that they tell no order, as where the name of a month or a weekday
     *     stands first, or were counted elsewhere in parts
     */
    public static @Nullable TimeOrder of(ColumnTyping typing, ColumnReading reading) {
        ColumnTimes times = typing.times(reading);
        ColumnFormat format = typing.format();
        RowSteps steps = reading.values().steps();
        if (times == null
                || format == null
                || steps.total() < LEAST_SHARE * (reading.values().present() - 1)
                || steps.undirected() > (1 - LEAST_SHARE) * steps.changes()) {
            return null;
        }
        double first = format.end(steps, false);
        double last = format.end(steps, true);
        return new TimeOrder(
                steps.ups(),
                steps.downs(),
                steps.total() - steps.changes(),
                outside(times, first, last),
                outside(times, last, first));
    }

    private static long outside(ColumnTimes times, double first, double last) {
        return Double.isNaN(first) || Double.isNaN(last)
                ? times.values().total()
                : Math.max(times.countBefore(first), times.countAfter(last));
    }

    /** Returns the number of steps from row to row, between those with a time. */
    public long steps() {
        return later + earlier + equal;
    }

    /** Returns the number of steps to another time. */
    public long changes() {
        return later + earlier;
    }

    /** Returns whether more rows are behind the row before than before it. */
    public boolean isAscending() {
        return later >= earlier;
    }

    /** Returns the number of steps against a direction. */
    public long back(boolean isAscending) {
        return isAscending ? earlier : later;
    }

    /**
     * Returns whether the first and the last row are at both ends of all in a direction, but for some rows, as where rows are out of order
     * only among those near them.
     */
    public boolean goesFromEndToEnd(boolean isAscending, long rows) {
        return (isAscending ? outsideAscending : outsideDescending) <= rows;
    }
}

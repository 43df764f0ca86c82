package io.modelmonitor.stats.sketch;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The points in time of a column, in seconds since 1970.
 *
 * @param values the times, as exactly as they are known
 * @param error by how much a share of times below or above one may be off, from 0 to 1
 * @param first the earliest
 * @param last the latest
 * @param hours for each day since 1970 with a time the numbers of its 24 hours, not to be changed; null if these are not known
 */
public record ColumnTimes(
        WeightedValues values,
        double error,
        double first,
        double last,
        @Nullable SortedMap<Long, long[]> hours) {

    /** Returns times of which every one is known; those of a sketch, whose hours are not, if there is an error. */
    static ColumnTimes of(WeightedValues values, double error, double first, double last) {
        DayHours hours = new DayHours();
        for (int i = 0; i < values.size(); i++) {
            hours.add(values.value(i), values.weight(i));
        }
        return new ColumnTimes(values, error, first, last, error == 0 ? hours.counts() : null);
    }

    /** Returns these times, whose hours are known although not every time is. */
    ColumnTimes withHours(SortedMap<Long, long[]> known) {
        return new ColumnTimes(values, error, first, last, known);
    }

    /** Returns these times without those that equal one of them, by its place among the values; there is another one. */
    public ColumnTimes without(int place) {
        SortedMap<Double, Long> others = new TreeMap<>();
        for (int i = 0; i < values.size(); i++) {
            if (i != place) {
                others.put(values.value(i), values.weight(i));
            }
        }
        SortedMap<Long, long[]> hoursOfOthers = hours == null ? null : new TreeMap<>(hours);
        long hour = (long) Math.floor(values.value(place) / 3_600);
        if (hoursOfOthers != null) {
            hoursOfOthers.computeIfPresent(Math.floorDiv(hour, 24L), (day, counts) -> {
                long[] fewer = counts.clone();
                int ofDay = (int) Math.floorMod(hour, 24L);
                fewer[ofDay] = Math.max(0, fewer[ofDay] - values.weight(place));
                return Arrays.stream(fewer).sum() == 0 ? null : fewer;
            });
        }
        return new ColumnTimes(
                WeightedValues.of(others),
                error,
                place == 0 ? others.firstKey() : first,
                place == values.size() - 1 ? others.lastKey() : last,
                hoursOfOthers);
    }

    /** Returns how many are certainly earlier than a time. */
    public long countBefore(double seconds) {
        return first < seconds ? certain(values.countBelow(seconds)) : 0;
    }

    /** Returns how many are certainly later than a time. */
    public long countAfter(double seconds) {
        return last > seconds ? certain(values.total() - values.countAtMost(seconds)) : 0;
    }

    /** Returns whether every time is known. */
    public boolean isExact() {
        return error == 0;
    }

    private long certain(long count) {
        return Math.max(0, count - (long) Math.ceil(error * values.total()));
    }
}

package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of times by day and hour of the latest {@value #MOST_DAYS} days. Counts merge exactly in any order, as a day behind which there
 * are so many is never one of the latest again. At most about 250 KB. One thread at a time may change a state.
 */
final class DayHours {

    static final int MOST_DAYS = 1_024;

    private static final int HOURS = 24;
    private static final double HOUR = 3_600;

    private TreeMap<Long, long[]> counts = new TreeMap<>();
    /** The first day that is counted; none until there were more days than are kept. */
    private long firstDay = Long.MIN_VALUE;

    private long lastDay;
    private long @Nullable [] last;

    DayHours() {}

    /**
     * Adds a time, and those behind it that are in the same hour, as they mostly are.
     *
     * @param times times since 1970
     * @param unit how many of their unit are a second
     * @return where the first one of another hour is, or the end
     */
    int addHour(double[] times, int from, int end, double unit) {
        double hour = HOUR * unit;
        double begin = Math.floor(times[from] / hour) * hour;
        int next = from + 1;
        while (next < end && times[next] >= begin && times[next] < begin + hour) {
            next++;
        }
        add(times[from] / unit, next - from);
        return next;
    }

    /** Adds a time in seconds since 1970 so often. */
    void add(double seconds, long times) {
        long[] hours = last;
        long hour = (long) Math.floor(seconds / HOUR);
        long day = Math.floorDiv(hour, HOURS);
        if (day < firstDay) {
            return;
        }
        if (hours == null || day != lastDay) {
            hours = counts.computeIfAbsent(day, first -> new long[HOURS]);
            last = hours;
            lastDay = day;
            fit();
        }
        hours[(int) (hour - day * HOURS)] += times;
    }

    private void fit() {
        while (counts.size() > MOST_DAYS) {
            last = counts.firstKey() == lastDay ? null : last;
            counts.pollFirstEntry();
            firstDay = counts.firstKey();
        }
    }

    DayHours merge(DayHours other) {
        DayHours merged = new DayHours();
        merged.firstDay = Math.max(firstDay, other.firstDay);
        counts.forEach((day, hours) -> merged.counts.put(day, hours.clone()));
        other.counts.forEach((day, hours) -> merged.counts.merge(day, hours.clone(), DayHours::sum));
        merged.fit();
        return merged;
    }

    private static long[] sum(long[] one, long[] other) {
        for (int hour = 0; hour < HOURS; hour++) {
            one[hour] += other[hour];
        }
        return one;
    }

    /** Returns for each of the latest days since 1970 with a time the numbers of its 24 hours, not to be changed. */
    SortedMap<Long, long[]> counts() {
        return counts;
    }

    /** Returns whether there were more days. */
    boolean isOfLatest() {
        return firstDay > Long.MIN_VALUE;
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(isOfLatest());
        Packed.writeCount(out, counts.size());
        for (Map.Entry<Long, long[]> day : counts.entrySet()) {
            Packed.writeSigned(out, day.getKey());
            Packed.writeCounts(out, day.getValue());
        }
    }

    static DayHours read(DataInput in) throws IOException {
        DayHours read = new DayHours();
        boolean isOfLatest = Packed.readFlag(in, "days");
        int size = Packed.readCount(in, "days", MOST_DAYS);
        Packed.check(!isOfLatest || size == MOST_DAYS, "days", size, " though there were more");
        for (int i = 0; i < size; i++) {
            long day = Packed.readSigned(in, "day");
            long[] hours = new long[HOURS];
            long total = Packed.readCounts(in, "hours", hours);
            Packed.check(total > 0, "hours", "none of a day");
            Packed.check(read.counts.isEmpty() || day > read.counts.lastKey(), "days", "not in order");
            read.counts.put(day, hours);
        }
        read.firstDay = isOfLatest ? read.counts.firstKey() : read.firstDay;
        return read;
    }
}

package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Distribution;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.sketch.ColumnTimes;
import io.modelmonitor.stats.test.TestResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The change of the shares of rows by hour of the day, or by day of the week, between two columns of points in time.
 *
 * <p>Whole days are compared with whole days and whole weeks with whole weeks, so that a short window does not differ by being a
 * morning or a Monday: the first and the last day of a column count only if its rows begin and end with the usual hours of the
 * reference. What the days or weeks of the reference differ by among themselves explains as much of a window ({@link Dispersion}), as rows
 * do not come independently. Hours are compared as they are, and an hour earlier and later, of which the least change counts, as clocks
 * are put forward in spring.
 *
 * <p>Only where the hours of all times are known: of a regular clock a sketch may hold every second hour. Takes time in proportion to the
 * days, and as many tests as there are days or weeks where a change exceeds its bound. Pure and safe for use by several threads.
 */
public enum CalendarDrift {
    /** The hours of a day. */
    HOURS("hour_drift", 1, 24, 7) {
        @Override
        String label(int cell) {
            return cell + "h";
        }
    },
    /** The days of a week. */
    WEEKDAYS("weekday_drift", 7, 7, 4) {
        @Override
        String label(int cell) {
            return WEEKDAY_NAMES.get(cell);
        }
    };

    private static final List<String> WEEKDAY_NAMES =
            List.of("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
    private static final double DAY = 86_400;
    private static final int HOURS_OF_DAY = 24;

    /** 1970-01-01 was a Thursday. */
    private static final int FIRST_WEEKDAY = 3;

    /** A time so many interquartile ranges away from the quartiles belongs to no clock that the others are of. */
    private static final double FAR = 10;

    /** The share of rows before the first and behind the last usual hour of a day. */
    private static final double UNUSUAL = 0.01;

    /** The last cycles of the reference tell enough of what cycles differ by. */
    private static final int MOST_CYCLES = 100;

    private final String metric;
    private final int days;
    private final int cells;
    private final int least;

    CalendarDrift(String metric, int days, int cells, int least) {
        this.metric = metric;
        this.days = days;
        this.cells = cells;
        this.least = least;
    }

    abstract String label(int cell);

    /** Returns the name of the metric. */
    public String metric() {
        return metric;
    }

    /**
     * Returns the metric of a column: the total variation of the shares, from 0 to 1.
     *
     * @param column the column's name
     * @param reference the times of the reference
     * @param current the times of the window; null to tell of the reference whether it can be compared with
     * @param wanted the bound to test for; null if it is not tested
     * @return null if the reference has too few whole days or weeks or all rows in one cell, or its hours are not known
     */
    public @Nullable Metric of(
            String column, ColumnTimes reference, @Nullable ColumnTimes current, @Nullable Bound wanted) {
        Days before = Days.of(reference);
        if (before == null) {
            return null;
        }
        List<double[]> cycles = cycles(before, before.first + 1, before.last);
        double[] whole = sum(cycles);
        if (cycles.size() < least || isOfOne(whole) || !before.areMost()) {
            return null;
        }
        if (current == null) {
            return Metric.of(column, metric, 0).on(Scale.CHANGE);
        }
        Days now = Days.of(current);
        if (now == null) {
            return Metric.undefined(column, metric, "hours of so many times are not remembered")
                    .on(Scale.CHANGE);
        }
        double[] hours = before.hours();
        boolean hasHours = !isOfOne(hours);
        long from = now.first + (hasHours && now.firstHour() <= first(hours) ? 0 : 1);
        long to = now.last + (hasHours && now.lastHour() >= last(hours) ? 1 : 0);
        List<double[]> own = cycles(now, from, to);
        if (own.isEmpty()) {
            return Metric.undefined(column, metric, days == 1 ? "there is no whole day" : "there is no whole week")
                    .on(Scale.CHANGE);
        }
        Change change = change(whole, sum(own));
        Evidence evidence = wanted == null || wanted.holds(change.effect())
                ? Evidence.PValue.UNTESTED
                : new Evidence.PValue(
                        Change.pValue(
                                List.of(change),
                                wanted,
                                dispersion(cycles, whole),
                                Math.round(total(sum(own)) / own.size())),
                        change.expected().getAsDouble());
        Metric measured = Metric.of(column, metric, change.effect(), evidence).on(Scale.CHANGE);
        return change.effect() > 0 ? measured.withNote(change.note()) : measured;
    }

    /** Returns the counts of whole cycles from a day to another, which does not count; those without rows are left out. */
    private List<double[]> cycles(Days of, long from, long to) {
        List<double[]> cycles = new ArrayList<>();
        for (long day = from; day + days <= to; day += days) {
            double[] counts = new double[cells];
            of.counts.subMap(day, day + days).forEach((one, hours) -> {
                for (int hour = 0; hour < HOURS_OF_DAY; hour++) {
                    int weekday = (int) Math.floorMod(one + FIRST_WEEKDAY, (long) cells);
                    counts[this == HOURS ? hour : weekday] += hours[hour];
                }
            });
            if (total(counts) > 0) {
                cycles.add(counts);
            }
        }
        return cycles;
    }

    /** Returns the change of the clock that differs least. */
    private Change change(double[] whole, double[] now) {
        Change least = ofShares(whole, now, 0);
        for (int shift = -1; this == HOURS && shift <= 1; shift += 2) {
            Change shifted = ofShares(whole, now, shift);
            least = shifted.effect() < least.effect() ? shifted : least;
        }
        return least;
    }

    private Change ofShares(double[] whole, double[] now, int shift) {
        PooledCounts.Builder shares = new PooledCounts.Builder();
        for (int cell = 0; cell < cells; cell++) {
            shares.addOccupied(
                    Distribution.Kind.VALUES,
                    label(cell),
                    Double.NaN,
                    whole[cell],
                    now[Math.floorMod(cell + shift, cells)]);
        }
        PooledCounts counts = shares.build(0);
        return Change.ofShares(Change.Way.VALUES, counts, Notes.ofCells(counts));
    }

    /** Returns what cycles of the reference differ by; each is a part of the whole, so that it differs less than another one. */
    private Dispersion dispersion(List<double[]> cycles, double[] whole) {
        List<double[]> latest = cycles.subList(Math.max(0, cycles.size() - MOST_CYCLES), cycles.size());
        double share = 1.0 / cycles.size();
        double statistics = 0;
        for (double[] cycle : latest) {
            TestResult result = ofShares(whole, cycle, 0).test().get();
            statistics += result.isDefined() && result.degreesOfFreedom() > 0
                    ? result.statistic() / result.degreesOfFreedom()
                    : 1;
        }
        double mean = statistics / latest.size() * (1 + share) / (1 - share);
        return new Dispersion(Map.of(Change.Way.VALUES, mean), latest.size() - 1, total(whole) / cycles.size());
    }

    private double[] sum(List<double[]> cycles) {
        double[] sum = new double[cells];
        for (double[] cycle : cycles) {
            for (int i = 0; i < cells; i++) {
                sum[i] += cycle[i];
            }
        }
        return sum;
    }

    private static double total(double[] counts) {
        double total = 0;
        for (double count : counts) {
            total += count;
        }
        return total;
    }

    private static boolean isOfOne(double[] counts) {
        int occupied = 0;
        for (double count : counts) {
            occupied += count > 0 ? 1 : 0;
        }
        return occupied < 2;
    }

    /** Returns the first cell with more than {@value #UNUSUAL} of the rows in it and before. */
    private static int first(double[] counts) {
        double left = UNUSUAL * total(counts);
        int cell = 0;
        for (left -= counts[0]; left > 0; left -= counts[cell]) {
            cell++;
        }
        return cell;
    }

    private static int last(double[] counts) {
        double left = UNUSUAL * total(counts);
        int cell = counts.length - 1;
        for (left -= counts[cell]; left > 0; left -= counts[cell]) {
            cell--;
        }
        return cell;
    }

    /**
     * Numbers of rows by day and hour.
     *
     * @param counts by the day since 1970, those of its hours
     */
    private record Days(SortedMap<Long, long[]> counts, long first, long last) {

        private static @Nullable Days of(ColumnTimes times) {
            SortedMap<Long, long[]> all = times.hours();
            if (all == null) {
                return null;
            }
            double low = times.values().quantile(0.25);
            double high = times.values().quantile(0.75);
            double far = FAR * (high - low);
            SortedMap<Long, long[]> near =
                    all.subMap((long) Math.floor((low - far) / DAY), (long) Math.floor((high + far) / DAY) + 1);
            return near.isEmpty() ? null : new Days(near, near.firstKey(), near.lastKey());
        }

        /** Returns whether most days have rows, which those of a calendar of months have not. */
        private boolean areMost() {
            return 2L * counts.size() > last - first;
        }

        private double[] hours() {
            double[] hours = new double[HOURS_OF_DAY];
            counts.values().forEach(day -> {
                for (int hour = 0; hour < hours.length; hour++) {
                    hours[hour] += day[hour];
                }
            });
            return hours;
        }

        private int firstHour() {
            long[] hours = counts.getOrDefault(first, new long[HOURS_OF_DAY]);
            int hour = 0;
            while (hour < HOURS_OF_DAY - 1 && hours[hour] == 0) {
                hour++;
            }
            return hour;
        }

        private int lastHour() {
            long[] hours = counts.getOrDefault(last, new long[HOURS_OF_DAY]);
            int hour = HOURS_OF_DAY - 1;
            while (hour > 0 && hours[hour] == 0) {
                hour--;
            }
            return hour;
        }
    }
}

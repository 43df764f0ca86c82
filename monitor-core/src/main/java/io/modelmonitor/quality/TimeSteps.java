package io.modelmonitor.quality;

import io.modelmonitor.api.Evidence.ComparedProportion;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.sketch.ColumnReading;
import io.modelmonitor.stats.sketch.ColumnTimes;
import io.modelmonitor.stats.sketch.WeightedValues;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The metric {@code missing_time_share}: the share of the steps of a regular clock, between the first and the last, of which there is no row.
 *
 * <p>A column is regular if nearly every multiple of one step has rows, each as many as the others. Chance is judged by gaps and not by
 * steps, as steps are missing together: a gap counts as many times as the longest one of the baseline is shorter, so that one step
 * missing is evidence where none ever was, and a night missing is none where nights were.
 */
final class TimeSteps {

    static final String METRIC = "missing_time_share";

    private static final int LEAST = 20;
    private static final double NEARLY_ALL = 0.9;
    private static final double MOST = 0.5;
    private static final double ROWS_TOLERANCE = 0.01;
    private static final double MILLIS = 1e3;

    /** A time so many interquartile ranges away from the quartiles belongs to no clock that the others are of. */
    private static final double FAR = 10;

    private final long step;
    private final long phase;
    private final boolean isOneRowEach;
    private final Steps own;

    /**
     * Steps with and without rows.
     *
     * @param all how many there are from the first to the last
     * @param missing of how many there is no row
     * @param longest how many are missing together at most
     * @param gaps how often some are missing
     */
    private record Steps(long all, long missing, long longest, long gaps) {}

    private TimeSteps(long step, long phase, boolean isOneRowEach, Steps own) {
        this.step = step;
        this.phase = phase;
        this.isOneRowEach = isOneRowEach;
        this.own = own;
    }

    /** Returns the steps of a column of times; null if these are not regular. */
    static @Nullable TimeSteps of(ColumnTimes times, ColumnReading reading) {
        long[] moments = moments(times);
        long step = 0;
        for (int i = 1; i < moments.length && step != 1; i++) {
            step = divisor(moments[i] - moments[i - 1], step);
        }
        if (moments.length < LEAST || step == 0) {
            return null;
        }
        long all = (moments[moments.length - 1] - moments[0]) / step + 1;
        long rows = times.values().total();
        boolean isOneRowEach = Math.abs((double) rows / all - 1) <= ROWS_TOLERANCE
                && reading.values().distinctCount() >= NEARLY_ALL * rows;
        if (!isOneRowEach && !(times.isExact() && moments.length >= NEARLY_ALL * all && areOfEqualRows(times))) {
            return null;
        }
        return new TimeSteps(step, moments[0], isOneRowEach, steps(moments, step, times.isExact() ? -1 : rows));
    }

    /** Returns the metric of the baseline itself. */
    Metric ofBaseline(String column) {
        return Metric.of(column, METRIC, (double) own.missing / own.all, new Proportion(own.missing, own.all))
                .on(Scale.CHANGE);
    }

    /** Returns the metric of a window. */
    Metric of(String column, ColumnTimes times) {
        if (!times.isExact() && !isOneRowEach) {
            return undefined(column, "not every time is remembered");
        }
        long[] all = moments(times);
        long[] moments = Arrays.stream(all)
                .filter(moment -> Math.floorMod(moment - phase, step) == 0)
                .toArray();
        if (moments.length < NEARLY_ALL * all.length) {
            return undefined(column, "times are not those of the baseline's step of " + duration());
        }
        long next = 0;
        for (int i = 1; i < moments.length; i++) {
            next += moments[i] - moments[i - 1] == step ? 1 : 0;
        }
        if (times.isExact() && moments.length > 1 && next < MOST * (moments.length - 1)) {
            return undefined(column, "rows are further apart than the baseline's step of " + duration());
        }
        Steps now = steps(moments, step, times.isExact() ? -1 : times.values().total());
        long unit = Math.max(1, own.longest);
        long units = Math.min(now.all, Math.max(now.gaps, (now.missing + unit - 1) / unit));
        Proportion before = new Proportion(Math.min(own.all, own.gaps), own.all);
        Metric metric = Metric.of(
                        column,
                        METRIC,
                        (double) now.missing / now.all,
                        new ComparedProportion(new Proportion(units, now.all), before))
                .on(Scale.CHANGE);
        return now.missing > 0
                ? metric.withNote(now.missing + " of " + now.all + " steps of " + duration() + ", up to " + now.longest
                        + " together")
                : metric;
    }

    private static Metric undefined(String column, String because) {
        return Metric.undefined(column, METRIC, because).on(Scale.CHANGE);
    }

    private String duration() {
        return Duration.ofMillis(step).toString().substring(1).replace("T", "").toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the steps of moments.
     *
     * @param rows how many rows there are, one for each step, where not all moments are known; else negative
     */
    private static Steps steps(long[] moments, long step, long rows) {
        long all = moments.length == 0 ? 0 : (moments[moments.length - 1] - moments[0]) / step + 1;
        long longest = 0;
        long gaps = 0;
        for (int i = 1; i < moments.length; i++) {
            long gap = (moments[i] - moments[i - 1]) / step - 1;
            longest = Math.max(longest, gap);
            gaps += gap > 0 ? 1 : 0;
        }
        long missing = Math.max(0, all - (rows < 0 ? moments.length : rows));
        return new Steps(Math.max(1, all), missing, longest, rows < 0 ? gaps : Math.min(gaps, missing));
    }

    /** Returns the different times in milliseconds, in ascending order, but for those far from all others. */
    private static long[] moments(ColumnTimes times) {
        WeightedValues values = times.values();
        double low = values.quantile(0.25);
        double high = values.quantile(0.75);
        double far = FAR * (high - low);
        return Arrays.stream(values.values())
                .filter(time -> time >= low - far && time <= high + far)
                .mapToLong(time -> Math.round(MILLIS * time))
                .toArray();
    }

    /** Returns whether nearly all times have as many rows. */
    private static boolean areOfEqualRows(ColumnTimes times) {
        WeightedValues values = times.values();
        long[] weights = new long[values.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = values.weight(i);
        }
        Arrays.sort(weights);
        long usual = weights[weights.length / 2];
        return Arrays.stream(weights).filter(weight -> weight == usual).count() >= NEARLY_ALL * weights.length;
    }

    private static long divisor(long one, long other) {
        return other == 0 ? one : divisor(other, one % other);
    }
}

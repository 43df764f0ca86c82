package io.modelmonitor.quality;

import io.modelmonitor.api.Evidence.ComparedProportion;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.sketch.ColumnTimes;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The metric {@code rounded_time_share}: the share of different times at whole units of the calendar, the finest of milliseconds, seconds,
 * minutes, hours and days at which few of the baseline's are, as where fractions of seconds or times of the day are cut off.
 *
 * <p>Different times are counted and not rows, as rows of one time are one. A column whose times are few within the unit is not judged,
 * as midnights are that come at another hour in summer; nor one of a regular clock of which not every time is remembered, as a sketch may
 * hold every second one.
 */
final class RoundedTimes {

    static final String METRIC = "rounded_time_share";

    private static final double MICROS = 1e6;
    private static final TreeMap<Long, String> UNITS = new TreeMap<>(Map.of(
            1_000L, "milliseconds",
            1_000_000L, "seconds",
            60_000_000L, "minutes",
            3_600_000_000L, "hours",
            86_400_000_000L, "days"));

    /** A unit at which more of the baseline's times are is one of its own. */
    private static final double FEW = 0.2;

    /** Fewer different times of a baseline show no unit. */
    private static final int LEAST = 20;

    /** So many different remainders by the unit are needed, and more where a sketch has only some of the times. */
    private static final int LEAST_WITHIN = 3;

    private static final int LEAST_WITHIN_OF_SKETCH = 50;

    private final long unit;
    private final String name;
    private final long within;
    private final Proportion own;

    private RoundedTimes(long unit, String name, long within, Proportion own) {
        this.unit = unit;
        this.name = name;
        this.within = within;
        this.own = own;
    }

    /** Returns what the times of a baseline are not rounded to; null if there is no such unit. */
    static @Nullable RoundedTimes of(ColumnTimes times) {
        long[] micros = micros(times);
        for (Map.Entry<Long, String> unit : UNITS.entrySet()) {
            Proportion share = share(micros, unit.getKey());
            if (share.value() <= FEW) {
                long within = Arrays.stream(micros)
                        .map(time -> Math.floorMod(time, unit.getKey()))
                        .distinct()
                        .count();
                RoundedTimes found = new RoundedTimes(unit.getKey(), unit.getValue(), within, share);
                return micros.length >= LEAST && found.tells(times) ? found : null;
            }
        }
        return null;
    }

    private boolean tells(ColumnTimes times) {
        return within >= (times.isExact() ? LEAST_WITHIN : LEAST_WITHIN_OF_SKETCH);
    }

    /** Returns the metric of the baseline itself. */
    Metric ofBaseline(String column) {
        return Metric.of(column, METRIC, own.value(), own).on(Scale.CHANGE);
    }

    /**
     * Returns the metric of a window.
     *
     * @param others how many rows are in another format, of which rounded times are no evidence as that is told
     */
    Metric of(String column, ColumnTimes times, long others) {
        if (!tells(times)) {
            return Metric.undefined(column, METRIC, "not every time is remembered")
                    .on(Scale.CHANGE);
        }
        Proportion share = share(micros(times), unit);
        Proportion told = new Proportion(Math.max(0, share.successes() - others), share.trials());
        return Metric.of(column, METRIC, share.value(), new ComparedProportion(told, own))
                .on(Scale.CHANGE)
                .withNote(share.successes() + " of " + share.trials() + " times are whole " + name);
    }

    private static Proportion share(long[] micros, long unit) {
        long whole = Arrays.stream(micros)
                .filter(time -> Math.floorMod(time, unit) == 0)
                .count();
        return new Proportion(whole, micros.length);
    }

    /** Returns the different times in microseconds since 1970. */
    private static long[] micros(ColumnTimes times) {
        return Arrays.stream(times.values().values())
                .mapToLong(time -> Math.round(MICROS * time))
                .distinct()
                .toArray();
    }
}

package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.sketch.ColumnTimes;
import io.modelmonitor.stats.sketch.WeightedValues;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The metric {@code time_drift}: the change of the distribution of times that spread over decades and come in no order, such as dates of
 * birth: their Kolmogorov-Smirnov distance, from 0 to 1. That time goes on moves these little, so that a change is one of whom the rows are
 * of. Pure and safe for use by several threads.
 *
 * <p>Undefined of a window that goes on behind the reference with more than {@value #MOST_LATER} of its rows, or spreads over fewer than 5
 * years: its rows are of a part of the time, as those of a day of orders are.
 */
public final class TimeDrift {

    /** The name of the metric. */
    public static final String METRIC = "time_drift";

    private static final double YEAR = 365.25 * 24 * 3600;
    /** From the first to the last decile of a reference that can be compared with. */
    private static final double LEAST_SPREAD = 10 * YEAR;

    private static final double LEAST_SPREAD_NOW = 5 * YEAR;
    private static final double MOST_LATER = 0.1;

    private TimeDrift() {}

    /**
     * Returns the metric of a window, or of the reference itself; null if the times of the reference spread too little.
     *
     * @param column the column's name
     * @param reference the times of the reference, which come in no order
     * @param current those of the window, of which there are some; null for the reference itself
     * @param wanted the bound to test for; null if it is not tested
     */
    public static @Nullable Metric of(
            String column, ColumnTimes reference, @Nullable ColumnTimes current, @Nullable Bound wanted) {
        if (spread(reference) < LEAST_SPREAD) {
            return null;
        }
        if (current == null) {
            return Metric.of(column, METRIC, 0).on(Scale.CHANGE);
        }
        long rows = current.values().total();
        if (current.countAfter(reference.last()) > MOST_LATER * rows) {
            return Metric.undefined(column, METRIC, "times go on").on(Scale.CHANGE);
        }
        if (spread(current) < LEAST_SPREAD_NOW) {
            return Metric.undefined(column, METRIC, "times are of a few years only")
                    .on(Scale.CHANGE);
        }
        Change change = Change.ofNumbers(new NumberDistances(distribution(reference), distribution(current)));
        Evidence evidence = wanted == null || wanted.holds(change.effect())
                ? Evidence.PValue.UNTESTED
                : new Evidence.PValue(
                        Change.pValue(List.of(change), wanted, Dispersion.NONE, rows),
                        change.expected().getAsDouble());
        return Metric.of(column, METRIC, change.effect(), evidence)
                .on(Scale.CHANGE)
                .withNote("median " + median(reference) + " -> " + median(current));
    }

    private static double spread(ColumnTimes times) {
        WeightedValues values = times.values();
        return values.quantile(0.9) - values.quantile(0.1);
    }

    private static EmpiricalDistribution distribution(ColumnTimes times) {
        return new EmpiricalDistribution(times.values(), Math.min(1, times.error()));
    }

    private static LocalDate median(ColumnTimes times) {
        Instant median = Instant.ofEpochSecond((long) Math.floor(times.values().quantile(0.5)));
        return LocalDate.ofInstant(median, ZoneOffset.UTC);
    }
}

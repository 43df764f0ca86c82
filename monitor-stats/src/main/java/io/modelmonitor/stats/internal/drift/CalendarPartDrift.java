package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Distribution;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.sketch.CalendarRounds;
import io.modelmonitor.stats.sketch.Category;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The metric {@code calendar_part_drift}: the change of the shares of the parts of the calendar, such as days of the week, in a column of
 * their names or numbers, between a reference of at least {@value #LEAST_ROUNDS} rounds of all and a window of at least
 * {@value #LEAST_OWN}. A shorter window rightly has few of them.
 *
 * <p>A window has as many parts as runs of equal rows, but no more than the reference has in as many rows, as a part comes once more from
 * each of several files that are merged. Rows of one part come together, so that a part counts, and not its rows. In a round each comes
 * once, so that counts vary less than those of independent draws: {@value #PER_RUN} for each run leave room for days of which the rows
 * differ by half. Pure and safe for use by several threads.
 */
public final class CalendarPartDrift {

    /** The name of the metric. */
    public static final String METRIC = "calendar_part_drift";

    private static final int LEAST_ROUNDS = 4;
    private static final int LEAST_OWN = 2;
    private static final int PER_RUN = 3;

    private CalendarPartDrift() {}

    /** Returns whether windows can be compared with a reference. */
    public static boolean isKnown(@Nullable CalendarRounds reference) {
        return reference != null
                && reference.counts().size() > 1
                && reference.runs() >= (long) LEAST_ROUNDS * reference.counts().size();
    }

    /** Returns the metric of a column of the reference itself. */
    public static Metric ofReference(String column) {
        return Metric.of(column, METRIC, 0).on(Scale.CHANGE);
    }

    /**
     * Returns the metric of a window: the total variation of the shares, from 0 to 1.
     *
     * @param column the column's name
     * @param reference the rounds of the reference, with which windows can be compared
     * @param current those of the window; null if it has none
     * @param wanted the bound to test for; null if it is not tested
     */
    public static Metric of(
            String column, CalendarRounds reference, @Nullable CalendarRounds current, @Nullable Bound wanted) {
        double runs = current == null ? 0 : Math.min((double) current.runs(), current.rows() / perRun(reference));
        if (current == null || runs < LEAST_OWN * reference.counts().size()) {
            return Metric.undefined(
                            column,
                            METRIC,
                            current == null
                                    ? "rows do not go on with time"
                                    : "there are too few rounds of the calendar")
                    .on(Scale.CHANGE);
        }
        PooledCounts shares = shares(reference, current, runs);
        Change change = Change.ofShares(Change.Way.VALUES, shares, Notes.ofCells(shares));
        Evidence evidence = wanted == null || wanted.holds(change.effect())
                ? Evidence.PValue.UNTESTED
                : new Evidence.PValue(
                        Change.pValue(List.of(change), wanted, Dispersion.NONE, Math.round(runs)),
                        change.expected().getAsDouble());
        Metric metric = Metric.of(column, METRIC, change.effect(), evidence).on(Scale.CHANGE);
        return change.effect() > 0 ? metric.withNote(change.note()) : metric;
    }

    private static double perRun(CalendarRounds rounds) {
        return (double) rounds.rows() / rounds.runs();
    }

    private static PooledCounts shares(CalendarRounds reference, CalendarRounds current, double runs) {
        double before = PER_RUN / perRun(reference);
        double now = PER_RUN * runs / current.rows();
        SortedMap<Integer, Category> names = new TreeMap<>(current.counts());
        names.putAll(reference.counts());
        PooledCounts.Builder shares = new PooledCounts.Builder();
        names.forEach((part, named) -> shares.addOccupied(
                Distribution.Kind.VALUES,
                named.value(),
                Double.NaN,
                Math.rint(before * reference.count(part)),
                Math.rint(now * current.count(part))));
        return shares.build(0);
    }
}

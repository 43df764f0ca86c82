package io.modelmonitor.quality;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.ComparedProportion;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.internal.drift.CalendarDrift;
import io.modelmonitor.stats.internal.drift.CalendarPartDrift;
import io.modelmonitor.stats.internal.drift.TimeDrift;
import io.modelmonitor.stats.internal.drift.WordDrift;
import io.modelmonitor.stats.sketch.CalendarRounds;
import io.modelmonitor.stats.sketch.Category;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.ColumnReading;
import io.modelmonitor.stats.sketch.ColumnTimes;
import io.modelmonitor.stats.sketch.ColumnTyping;
import io.modelmonitor.stats.sketch.TimeOrder;
import io.modelmonitor.stats.sketch.WeightedValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a column of times or ids, of which new values come by nature: shares of values in a format that was seen, before the
 * earliest time that was seen, far behind all others, and of different values; of times also the share later than all of the
 * baseline's, {@code later_share}, the steps of a regular clock that are missing ({@link TimeSteps}), those from row to row that go back
 * ({@link OutOfOrder}), times at whole units ({@link RoundedTimes}), the most frequent one of times in no order ({@link RepeatedTime}), and
 * the change of the shares of hours and days of the week ({@link CalendarDrift}) and of times over decades ({@link TimeDrift}); of parts of the calendar that of their shares ({@link
 * CalendarPartDrift}).
 */
final class MovingMetrics {

    /** A time so many interquartile ranges behind the upper quartile belongs to no clock that the others are of. */
    private static final double FAR = 10;

    /** A time so many seconds behind all of the baseline, 20 years, is of no window that it is still compared with. */
    private static final double LIFETIME = 20 * 365.25 * 24 * 3600;

    /** Times of which a smaller share are different come again by nature. */
    private static final double MOSTLY = 0.5;

    /** The standard errors by which an estimated number of different values may be off. */
    private static final double ERRORS = 4;

    /** The standard errors by which it rarely is. */
    private static final double USUAL_ERRORS = 2;

    private final String name;
    private final ColumnTyping typing;
    private final ColumnReading now;
    private final @Nullable ColumnReading before;
    private final Map<String, Bound> wanted;
    private final List<Metric> metrics = new ArrayList<>();
    /** The number of rows with values in other formats, and, once these are counted, with times before or far behind all others. */
    private long strays;

    /**
     * @param name the column's name
     * @param typing what the column of the baseline is taken for
     * @param now the column of the window
     * @param before the same column of the baseline, if there is one
     * @param wanted the bounds on metrics of the column
     */
    MovingMetrics(
            String name,
            ColumnTyping typing,
            ColumnReading now,
            @Nullable ColumnReading before,
            Map<String, Bound> wanted) {
        this.name = name;
        this.typing = typing;
        this.now = now;
        this.before = before;
        this.wanted = wanted;
    }

    List<Metric> all() {
        if (typing.hasFormats()) {
            addFormats();
        }
        addWords();
        if (typing.type().isMoving() || typing.type() == ColumnType.WHOLE_NUMBER) {
            addDistinct();
        }
        if (typing.type() == ColumnType.TIME) {
            addTimes();
            addRounds();
        }
        return metrics;
    }

    private void addFormats() {
        ColumnReading reference = before != null ? before : now;
        ColumnReading written = typing.written(now, reference);
        ColumnReading earlier = typing.written(reference, now);
        SortedMap<String, Long> expected = typing.formats(earlier, written);
        if (expected.isEmpty()) {
            return;
        }
        SortedMap<String, Long> found = typing.formats(written, earlier);
        long present = written.values().present();
        if (present == 0) {
            metrics.add(Metric.undefined(name, "format_share", "no value is present")
                    .on(Scale.SHARE));
            return;
        }
        List<String> others = new ArrayList<>();
        long known = known(expected, found, others);
        Proportion seen = before == null ? null : seen(expected, earlier);
        SortedMap<String, Long> beginnings = typing.beginnings(earlier);
        SortedMap<String, Long> nowBeginnings = typing.beginnings(written);
        if (beginnings != null && nowBeginnings != null) {
            long without = earlier.values().present() - total(beginnings);
            long knownWithout = without > 0 ? present - total(nowBeginnings) : 0;
            known = Math.min(known, knownWithout + known(beginnings, nowBeginnings, others));
            seen = before == null || seen == null ? null : least(seen, seen(beginnings, earlier));
        }
        if (before != null && typing.type() != ColumnType.TIME) {
            known = ofLength(known, present - written.shorterThan(earlier), "shorter", others);
            known = ofLength(known, present - written.longerThan(earlier), "longer", others);
        }
        Proportion share = new Proportion(Math.max(0, Math.min(known, present)), present);
        strays += present - share.successes();
        Metric metric = share("format_share", share, seen).on(Scale.SHARE);
        metrics.add(others.isEmpty() ? metric : metric.withNote("other formats: " + ColumnMetrics.firstOf(others)));
    }

    private static long ofLength(long known, long inside, String what, List<String> others) {
        if (known > inside) {
            others.add(what + " texts " + (known - inside));
        }
        return Math.min(known, inside);
    }

    private long known(SortedMap<String, Long> expected, SortedMap<String, Long> found, List<String> others) {
        long known = 0;
        for (Map.Entry<String, Long> format : found.entrySet()) {
            if (expected.containsKey(format.getKey()) && !typing.isOther(format.getKey())) {
                known += format.getValue();
            } else {
                others.add(named(format.getKey(), format.getValue()));
            }
        }
        return known;
    }

    /** Returns how many cells are in which format, for the reader: of those in no known one, what such a cell is. */
    private String named(String format, long count) {
        String cell = typing.isOther(format) ? typing.otherCell(now) : null;
        return cell == null ? "'" + format + "' " + count : count + " such as '" + cell + "'";
    }

    private static long total(SortedMap<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static Proportion least(Proportion one, Proportion other) {
        return one.value() < other.value() ? one : other;
    }

    private Proportion seen(SortedMap<String, Long> formats, ColumnReading of) {
        long unseen = formats.entrySet().stream()
                .filter(format -> format.getValue() == 1 || typing.isOther(format.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        long twice = formats.entrySet().stream()
                .filter(format -> format.getValue() == 2 && !typing.isOther(format.getKey()))
                .count();
        long present = of.values().present();
        return SeenShare.of(present, Math.min(unseen, present), twice);
    }

    private void addWords() {
        List<Category> earlier = typing.words(before == null ? now : before);
        if (WordDrift.isKnown(earlier)) {
            metrics.add(
                    before == null
                            ? WordDrift.ofReference(name)
                            : WordDrift.of(name, earlier, typing.words(now), wanted.get(WordDrift.METRIC)));
        }
    }

    private void addDistinct() {
        if (now.values().present() == 0) {
            metrics.add(Metric.undefined(name, "distinct_share", "no value is present"));
            return;
        }
        Proportion most = distinct(now, ERRORS, 0);
        Evidence evidence = before == null || before.values().present() == 0
                ? distinct(now, USUAL_ERRORS, USUAL_ERRORS)
                : new ComparedProportion(
                        most,
                        ofSize(
                                distinct(before, USUAL_ERRORS, USUAL_ERRORS),
                                now.values().present()));
        metrics.add(Metric.of(name, "distinct_share", most.value(), evidence).on(Scale.SHARE));
    }

    /**
     * Returns the share of different values; where they are estimated, as many as so many standard errors above the estimate, but so many
     * errors of all less, as a baseline of values that seem all to differ may as well have some that come twice.
     */
    private static Proportion distinct(ColumnReading reading, double above, double less) {
        ColumnProfile column = reading.values();
        long exactly = column.exactlyDistinct();
        if (exactly >= 0) {
            return new Proportion(exactly, column.present());
        }
        double error = column.distinct().relativeError();
        double most = Math.min((double) column.present(), column.distinct().estimate() * (1 + above * error));
        return new Proportion(Math.max(0, Math.round(most - less * error * column.present())), column.present());
    }

    /**
     * Of independent values the share of those that come again grows at most in proportion to their number: for a larger window as many are
     * taken of so many fewer. So few different ones do not tell that many differ.
     */
    private static Proportion ofSize(Proportion distinct, long present) {
        long again = distinct.trials() - distinct.successes();
        double factor = Math.max(1, (double) present / distinct.trials());
        long trials = Math.max(Math.max(1, again), Math.round(distinct.trials() / factor));
        return new Proportion(trials - again, trials);
    }

    private void addTimes() {
        ColumnTimes times = typing.times(now);
        ColumnTimes earlier = before == null ? times : typing.times(before);
        if (earlier == null) {
            return;
        }
        if (times == null) {
            addNoTimes(earlier);
            return;
        }
        long total = times.values().total();
        Proportion stale = new Proportion(times.countBefore(earlier.first()), total);
        Proportion none = new Proportion(0, earlier.values().total());
        Metric behind =
                share("stale_share", stale, before == null ? null : none).on(Scale.CHANGE);
        metrics.add(
                stale.successes() > 0
                        ? behind.withNote("from " + instant(times.first()) + ", before " + instant(earlier.first()))
                        : behind);
        Proportion future = ahead(times, Math.max(range(times), range(earlier)), earlier.last() + LIFETIME);
        Metric ahead = share(
                        "future_share", future, before == null ? null : ahead(earlier, range(earlier), earlier.last()))
                .on(Scale.CHANGE);
        metrics.add(future.successes() > 0 ? ahead.withNote("up to " + instant(times.last())) : ahead);
        RoundedTimes rounded = RoundedTimes.of(earlier);
        if (rounded != null) {
            metrics.add(before == null ? rounded.ofBaseline(name) : rounded.of(name, times, strays));
        }
        ColumnTimes others = addRepeated(times, earlier, Math.max(range(times), range(earlier)));
        strays += stale.successes() + future.successes();
        addClock(times, others, earlier);
    }

    /**
     * Adds the share of the most frequent one of times that come in no order or hardly come again; returns the others if it is too large, so
     * that it is told once.
     */
    private ColumnTimes addRepeated(ColumnTimes times, ColumnTimes earlier, double range) {
        ColumnReading reading = before == null ? now : before;
        boolean hardlyComeAgain = distinct(reading, 0, 0).value() >= MOSTLY;
        boolean isOrdered = OutOfOrder.isOrdered(TimeOrder.of(typing, reading));
        Metric ofBaseline = isOrdered && !hardlyComeAgain ? null : RepeatedTime.ofBaseline(name, earlier);
        if (ofBaseline == null) {
            return times;
        }
        if (before == null) {
            metrics.add(ofBaseline);
            return times;
        }
        double last = hardlyComeAgain ? last(times, range) : Double.NaN;
        boolean comesInRuns = !reading.values().isWithoutRuns(ofBaseline.value());
        Bound bound = wanted.get(RepeatedTime.METRIC);
        Metric repeated = RepeatedTime.of(name, times, earlier, last, comesInRuns, bound);
        metrics.add(repeated);
        return repeated.isDefined() && bound != null && !bound.holds(repeated.value())
                ? times.without(RepeatedTime.mostFrequent(times, earlier, last))
                : times;
    }

    /** Adds, undefined, what is measured of times: a window without one is judged by its formats and what is missing. */
    private void addNoTimes(ColumnTimes earlier) {
        List<String> names = new ArrayList<>(List.of("stale_share", "future_share", "later_share"));
        if (before != null && TimeSteps.of(earlier, before) != null) {
            names.add(TimeSteps.METRIC);
        }
        if (before != null && OutOfOrder.isOrdered(TimeOrder.of(typing, before))) {
            names.add(OutOfOrder.METRIC);
        }
        if (RoundedTimes.of(earlier) != null) {
            names.add(RoundedTimes.METRIC);
        }
        if (spread(earlier, null) != null) {
            names.add(TimeDrift.METRIC);
        }
        names.add(RepeatedTime.METRIC);
        for (CalendarDrift cycle : CalendarDrift.values()) {
            if (cycle.of(name, earlier, null, null) != null) {
                names.add(cycle.metric());
            }
        }
        for (String metric : names) {
            metrics.add(Metric.undefined(name, metric, "no time is present").on(Scale.CHANGE));
        }
    }

    private void addClock(ColumnTimes times, ColumnTimes others, ColumnTimes earlier) {
        if (before != null) {
            Proportion later = new Proportion(
                    times.countAfter(earlier.last()), times.values().total());
            metrics.add(Metric.of(name, "later_share", later.value(), later)
                    .on(Scale.SHARE)
                    .withNote("up to " + instant(times.last()) + ", before up to " + instant(earlier.last())));
        }
        TimeSteps steps = TimeSteps.of(earlier, before == null ? now : before);
        if (steps != null) {
            metrics.add(before == null ? steps.ofBaseline(name) : steps.of(name, times));
        }
        addOrder();
        Stream.ofNullable(spread(earlier, times)).forEach(metrics::add);
        for (CalendarDrift cycle : CalendarDrift.values()) {
            Metric drift = cycle.of(name, earlier, before == null ? null : others, wanted.get(cycle.metric()));
            Stream.ofNullable(drift).forEach(metrics::add);
        }
    }

    private @Nullable Metric spread(ColumnTimes earlier, @Nullable ColumnTimes times) {
        return (before == null ? now : before).isInNoOrder()
                ? TimeDrift.of(name, earlier, before == null ? null : times, wanted.get(TimeDrift.METRIC))
                : null;
    }

    private void addOrder() {
        TimeOrder earlier = TimeOrder.of(typing, before == null ? now : before);
        if (earlier != null && OutOfOrder.isOrdered(earlier)) {
            metrics.add(
                    before == null
                            ? OutOfOrder.ofBaseline(name, earlier)
                            : OutOfOrder.of(
                                    name, TimeOrder.of(typing, now), earlier, strays, wanted.get(OutOfOrder.METRIC)));
        }
    }

    private void addRounds() {
        CalendarRounds earlier = CalendarRounds.of(typing, before == null ? now : before);
        if (earlier != null && CalendarPartDrift.isKnown(earlier)) {
            metrics.add(
                    before == null
                            ? CalendarPartDrift.ofReference(name)
                            : CalendarPartDrift.of(
                                    name,
                                    earlier,
                                    CalendarRounds.of(typing, now),
                                    wanted.get(CalendarPartDrift.METRIC)));
        }
    }

    /** Returns the interquartile range; where most times are equal, as of months, the least step from one to the next. */
    private static double range(ColumnTimes times) {
        WeightedValues values = times.values();
        double range = values.quantile(0.75) - values.quantile(0.25);
        double step = Double.POSITIVE_INFINITY;
        for (int i = 1; range == 0 && i < values.size(); i++) {
            step = Math.min(step, values.value(i) - values.value(i - 1));
        }
        return range > 0 || values.size() < 2 ? range : step;
    }

    /** Returns the share of the times that are far ahead of others, or behind a time that none should reach. */
    private static Proportion ahead(ColumnTimes times, double range, double end) {
        return new Proportion(
                times.countAfter(Math.min(last(times, range), end)),
                times.values().total());
    }

    /** Returns the time behind which others are far ahead. */
    private static double last(ColumnTimes times, double range) {
        return times.values().quantile(0.75) + FAR * range;
    }

    private static String instant(double seconds) {
        return Instant.ofEpochSecond((long) Math.floor(seconds)).toString();
    }

    private Metric share(String metric, Proportion current, @Nullable Proportion baseline) {
        Evidence evidence =
                baseline == null || baseline.trials() == 0 ? current : new ComparedProportion(current, baseline);
        return Metric.of(name, metric, current.value(), evidence);
    }
}

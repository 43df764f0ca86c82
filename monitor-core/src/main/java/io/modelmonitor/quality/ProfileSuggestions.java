package io.modelmonitor.quality;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.api.Constraint.onDataset;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.stats.internal.drift.CalendarDrift;
import io.modelmonitor.stats.internal.drift.CalendarPartDrift;
import io.modelmonitor.stats.internal.drift.TimeDrift;
import io.modelmonitor.stats.internal.drift.WordDrift;
import io.modelmonitor.stats.sketch.ColumnTyping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Suggests bounds on the metrics of data quality: that all columns are there, that shares do not fall below what was seen, and
 * that distributions do not drift.
 */
final class ProfileSuggestions {

    /** A loss of this share of rows is taken not to matter where what is lost was seen to happen. */
    private static final double TOLERANCE = 0.01;

    /** The growth of a most frequent value that is taken not to matter. */
    private static final double FREQUENT_TOLERANCE = 0.02;

    /** Of so many different times or fewer, such as hours and minutes, one may be frequent in any window. */
    private static final int MOST_PARTS = 60;

    /** The growth of the share of equal rows that is taken not to matter. */
    private static final double DUPLICATE_TOLERANCE = 0.05;

    /** The share of numbers outside of all that was seen that is taken not to matter. */
    private static final double OUTSIDE_TOLERANCE = 0.005;

    /** Decimals depend on the size of numbers too, so that fewer of them say little unless they are many. */
    private static final double ROUNDED_TOLERANCE = 0.1;

    /** Where nearly all times differed, fewer different ones than half of the rows say that a clock stands still. */
    private static final double LEAST_TIMES = 0.5;

    /** Where half of the times differed, a clock of minutes may be behind, and more rows a minute are no standstill. */
    private static final double LEAST_OF_TIMES = 0.1;

    /** Whole numbers that hardly came twice may do so a little more often, in a larger window too. */
    private static final double DISTINCT_TOLERANCE = 0.04;

    /** The share of steps of a regular clock without a row that is taken not to matter. */
    private static final double STEPS_TOLERANCE = 0.01;

    /** The growth of the share of rows that are out of the order of time that is taken not to matter. */
    private static final double ORDER_TOLERANCE = 0.1;

    /** A column of which half of the values may be new has no domain. */
    private static final double LEAST_DOMAIN = 0.5;

    /**
     * A tenth of the rows would have to change their value, the field's usual threshold. Smaller changes can be real, and
     * {@code on(x).drift()} asks for them; but a window rarely is an independent sample (it has repeats, hours of the day,
     * customers who come again), so that what chance alone gives is underestimated, and a suggestion that nobody asked for has
     * to be right when it alerts.
     */
    private static final double DRIFT = 0.1;

    /** Times of which a smaller share are different come again by nature. */
    private static final double MOSTLY = 0.5;

    /** Of fewer rows all may differ though values come again. */
    private static final int LEAST_DISTINCT = 100;

    /** Whole numbers of which none is more frequent are many, such as ages, though each comes again. */
    private static final double RARE_NUMBER = 0.1;

    /** As {@link #DRIFT}, of texts of a few words, of which one takes part. */
    private static final double WORD_DRIFT = 0.05;

    /** Changes of shares of the calendar, and of times. */
    private static final List<String> CALENDAR = List.of(
            CalendarDrift.HOURS.metric(), CalendarDrift.WEEKDAYS.metric(), CalendarPartDrift.METRIC, TimeDrift.METRIC);

    private ProfileSuggestions() {}

    static List<Constraint> of(List<Feature> features, Function<String, ColumnTyping> types, List<Metric> metrics) {
        List<Constraint> suggested = new ArrayList<>();
        suggested.add(onDataset().metric("missing_columns").atMost(0));
        suggested.add(onDataset().metric("extra_columns").atMost(0));
        Map<MetricId, Metric> byId = new HashMap<>();
        metrics.forEach(metric -> byId.put(metric.id(), metric));
        suggestNoMore(suggested, byId.get(new MetricId(MetricId.DATASET, DuplicateRows.METRIC)), DUPLICATE_TOLERANCE);
        for (Feature feature : features) {
            Metric completeness = byId.get(new MetricId(feature.name(), "completeness"));
            suggestShare(suggested, completeness, TOLERANCE);
            if (completeness != null
                    && completeness.value() > 0
                    && completeness.value() <= TOLERANCE
                    && types.apply(feature.name()).type().isMoving()) {
                // Nearly without values, and not compared: a window that has none is judged, and as before.
                suggested.add(estimate(completeness.id(), 0));
            }
            if (feature.type() == FeatureType.UNKNOWN) {
                // Values where none ever were are told, as a new column is.
                suggestNoMore(suggested, completeness, TOLERANCE);
            }
        }
        for (Feature feature : features) {
            if (feature.type() != FeatureType.STRING) {
                suggestShare(suggested, byId.get(new MetricId(feature.name(), "type_share")), 0);
            }
        }
        for (Feature feature : features) {
            Metric nonNegative = byId.get(new MetricId(feature.name(), "non_negative_share"));
            if (nonNegative != null && nonNegative.value() == 1) {
                suggestShare(suggested, nonNegative, 0);
            }
        }
        for (Feature feature : features) {
            Metric once = byId.get(new MetricId(feature.name(), "uniqueness"));
            if (once != null && !feature.domain().isEmpty()) {
                double other = Math.max(once.value(), inOneRun(types.apply(feature.name())));
                if (1 - other > LEAST_DOMAIN) {
                    double lowest = other == 0 ? 1 : limit(1 - other);
                    suggested.add(estimate(new MetricId(feature.name(), "domain_share"), lowest));
                }
            }
        }
        for (Feature feature : features) {
            suggestMoving(suggested, byId, feature.name(), types.apply(feature.name()));
        }
        for (Feature feature : features) {
            Metric frequent = byId.get(new MetricId(feature.name(), FrequentValue.METRIC));
            if (feature.domain().isEmpty()) {
                suggestMeasured(
                        suggested,
                        byId,
                        feature.name(),
                        types.apply(feature.name()).type());
            } else if (feature.type() == FeatureType.INTEGRAL && frequent != null && frequent.value() <= RARE_NUMBER) {
                suggestNoMore(suggested, frequent, FREQUENT_TOLERANCE);
            }
        }
        for (Feature feature : features) {
            if (feature.type() != FeatureType.UNKNOWN
                    && types.apply(feature.name()).isCompared()) {
                suggested.add(on(feature.name()).drift().atMost(DRIFT));
            }
        }
        return suggested;
    }

    /** Returns the share of values that came in one run of rows, as others may do that are new. */
    private static double inOneRun(ColumnTyping typing) {
        return (double) typing.inOneRun()
                / Math.max(1, typing.reading().values().present());
    }

    /** Suggests what is judged of times and ids in place of their distribution. */
    private static void suggestMoving(
            List<Constraint> suggested, Map<MetricId, Metric> metrics, String column, ColumnTyping typing) {
        ColumnType type = typing.type();
        suggestShare(suggested, metrics.get(new MetricId(column, "format_share")), 0);
        Metric distinct = metrics.get(new MetricId(column, "distinct_share"));
        Evidence.Proportion known = distinct != null
                        && distinct.evidence() instanceof Evidence.Proportion share
                        && share.trials() >= LEAST_DISTINCT
                ? share
                : null;
        if (type == ColumnType.ID
                && distinct != null
                && known != null
                && distinct.value() >= 1 - TOLERANCE
                && (known.value() == 1 || !typing.goesOn())) {
            suggested.add(estimate(distinct.id(), known.value() == 1 ? 1 : limit(known.value())));
        }
        if (type == ColumnType.WHOLE_NUMBER && distinct != null && known != null && distinct.value() >= 1 - TOLERANCE) {
            suggested.add(estimate(distinct.id(), limit(1 - DISTINCT_TOLERANCE)));
        }
        // Times without a date come again each day.
        if (type == ColumnType.TIME && !typing.isOfDay() && distinct != null && distinct.value() >= LEAST_TIMES) {
            boolean nearlyAll = distinct.value() >= 1 - TOLERANCE;
            suggested.add(estimate(distinct.id(), nearlyAll ? LEAST_TIMES : LEAST_OF_TIMES * LEAST_TIMES));
        }
        suggestNoMore(suggested, metrics.get(new MetricId(column, TimeSteps.METRIC)), STEPS_TOLERANCE);
        suggestNoMore(suggested, metrics.get(new MetricId(column, OutOfOrder.METRIC)), ORDER_TOLERANCE);
        suggestNoMore(suggested, metrics.get(new MetricId(column, RoundedTimes.METRIC)), ROUNDED_TOLERANCE);
        Metric repeated = metrics.get(new MetricId(column, RepeatedTime.METRIC));
        if (repeated != null) {
            // Of half of the days each is twice as frequent.
            suggestNoMore(suggested, repeated, repeated.value() + FREQUENT_TOLERANCE);
        }
        for (String change : CALENDAR) {
            Metric drift = metrics.get(new MetricId(column, change));
            if (drift != null && drift.isDefined()) {
                suggested.add(on(column).metric(change).atMost(DRIFT));
            }
        }
        if (metrics.containsKey(new MetricId(column, WordDrift.METRIC))) {
            suggested.add(on(column).metric(WordDrift.METRIC).atMost(WORD_DRIFT));
        }
        // Times without a date that hardly come again, or are many; those with one are judged by the time that is
        // repeated.
        boolean isClock = type == ColumnType.TIME
                && repeated == null
                && known != null
                && (known.value() >= MOSTLY || known.successes() > MOST_PARTS);
        if (type == ColumnType.ID || isClock) {
            suggestNoMore(suggested, metrics.get(new MetricId(column, FrequentValue.METRIC)), FREQUENT_TOLERANCE);
        }
        for (String metric : List.of("stale_share", "future_share")) {
            Metric share = metrics.get(new MetricId(column, metric));
            if (share != null && share.isDefined()) {
                double most = share.value() == 0 ? 0 : Math.ceil(1e4 * (share.value() + TOLERANCE)) / 1e4;
                suggested.add(new Constraint(share.id(), Bound.atMost(most).asEstimate()));
            }
        }
    }

    /** Suggests what is judged of numbers and texts beside their distribution, which hardly changes where few rows do. */
    private static void suggestMeasured(
            List<Constraint> suggested, Map<MetricId, Metric> metrics, String column, ColumnType type) {
        boolean isConstant = type == ColumnType.CONSTANT;
        boolean isNumber = type == ColumnType.FRACTION || type == ColumnType.WHOLE_NUMBER || isConstant;
        if (isNumber || type == ColumnType.TEXT) {
            suggestNoMore(suggested, metrics.get(new MetricId(column, FrequentValue.METRIC)), FREQUENT_TOLERANCE);
        }
        if (isNumber) {
            suggestNoMore(
                    suggested,
                    metrics.get(new MetricId(column, NumberMetrics.OUT_OF_RANGE)),
                    isConstant ? 0 : OUTSIDE_TOLERANCE);
            suggestNoMore(suggested, metrics.get(new MetricId(column, NumberMetrics.ROUNDED)), ROUNDED_TOLERANCE);
        }
    }

    /** Suggests that a share does not grow by more than is taken not to matter. */
    private static void suggestNoMore(List<Constraint> suggested, @Nullable Metric seen, double tolerance) {
        if (seen != null && seen.isDefined() && seen.value() + tolerance < 1) {
            double most = Math.ceil(1e4 * (seen.value() + tolerance)) / 1e4;
            suggested.add(new Constraint(seen.id(), Bound.atMost(most).asEstimate()));
        }
    }

    /**
     * Suggests that a share does not fall below what was seen.
     *
     * @param tolerance how much it may fall if all of the baseline's rows had the property: a kind of value that never occurred
     *     matters however rare it is, once chance does not explain it
     */
    private static void suggestShare(List<Constraint> suggested, @Nullable Metric seen, double tolerance) {
        if (seen != null && seen.value() > TOLERANCE) {
            suggested.add(estimate(seen.id(), seen.value() == 1 ? 1 - tolerance : limit(seen.value())));
        }
    }

    private static Constraint estimate(MetricId id, double lowest) {
        return new Constraint(id, Bound.atLeast(lowest).asEstimate());
    }

    private static double limit(double seen) {
        return Math.floor(1e4 * (seen - TOLERANCE)) / 1e4;
    }
}

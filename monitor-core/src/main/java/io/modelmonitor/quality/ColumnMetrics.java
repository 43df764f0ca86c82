package io.modelmonitor.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.ComparedProportion;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.sketch.Category;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.ColumnReading;
import io.modelmonitor.stats.sketch.ColumnTyping;
import io.modelmonitor.stats.sketch.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The metrics of data quality of one column: its description, and the shares that a constraint can bound. */
final class ColumnMetrics {

    private static final int MOST_NAMED = 3;
    private static final String NO_VALUE = "no value is present";
    private static final List<String> KINDS = List.of("missing", "whole numbers", "fractions", "booleans", "texts");

    private final Feature feature;
    private final ColumnReading now;
    private final @Nullable ColumnReading before;
    private final ColumnTyping known;
    private final boolean goesOn;
    private final boolean areCodes;
    /** The length of all codes of the baseline; 0 if they differ or are none. */
    private final int digits;

    /** The number of digits that every fraction of the baseline has before the point, zeros in front included; 0 if they differ. */
    private final int width;

    private final Set<String> domain;
    private final List<Metric> metrics = new ArrayList<>();

    /**
     * @param feature the expected type and domain
     * @param now the column of the window
     * @param before the same column of the baseline, if there is one
     * @param known what the column of the baseline is
     * @param goesOn whether the numbers of the window go on behind those of the baseline, so that they are others
     */
    ColumnMetrics(
            Feature feature, ColumnReading now, @Nullable ColumnReading before, ColumnTyping known, boolean goesOn) {
        this.feature = feature;
        this.now = now;
        this.before = before;
        this.known = known;
        this.goesOn = goesOn;
        this.digits = (before != null ? before : now).codeLength();
        this.width = (before != null ? before : now).pointedWidth();
        this.areCodes = (before != null ? before : now).isOfCodes();
        this.domain = feature.domain().stream().map(ColumnReading::value).collect(Collectors.toSet());
    }

    List<Metric> all() {
        describe();
        if (feature.type() != FeatureType.UNKNOWN) {
            addTypeShare();
        }
        if (feature.type().isNumeric()) {
            metrics.add(withNote(
                    share("non_negative_share", ColumnMetrics::nonNegative, "no number is present"), leastNegative()));
        }
        if (!domain.isEmpty()) {
            addDomainShare();
        }
        return metrics;
    }

    private void describe() {
        ColumnProfile column = now.values();
        metrics.add(withNote(share("completeness", ColumnMetrics::present, "there is no row"), now.missingNote()));
        metrics.add(of("distinct_count", column.distinctCount()).on(Scale.COUNT));
        Moments moments = column.moments();
        if (moments.count() > 0) {
            Evidence evidence = MeanEvidence.of(
                    moments, before == null ? null : before.values().moments());
            metrics.add(Metric.of(feature.name(), "mean", moments.mean(), evidence));
            metrics.add(of("standard_deviation", moments.standardDeviationPopulation()));
            metrics.add(of("minimum", moments.min()));
            metrics.add(of("maximum", moments.max()));
        }
    }

    private void addTypeShare() {
        Proportion share = ofType(now);
        long others = share.trials() - share.successes();
        String note = !areCodes
                ? joined(otherKinds(), ": ", now.oddNote())
                : others + (digits > 0 ? " not of " + digits + " digits" : " without a zero in front");
        Metric metric = share("type_share", this::ofType, NO_VALUE);
        metrics.add(others > 0 ? metric.withNote(note) : metric);
    }

    private void addDomainShare() {
        ColumnProfile column = now.values();
        List<String> unknown = new ArrayList<>();
        for (Category category : column.categories().values()) {
            if (!domain.contains(category.value())) {
                unknown.add("'" + category.value() + "' " + percent(category.count(), column.present()));
            }
        }
        // A value that the table of values could not hold cannot be looked up: it counts as outside of the domain.
        if (column.categories().other() > 0) {
            unknown.add("rare values " + percent(column.categories().other(), column.present()));
        }
        Proportion inside = inside(column);
        Metric share = inside.trials() == 0
                ? Metric.undefined(feature.name(), "domain_share", NO_VALUE).on(Scale.SHARE)
                : Metric.of(feature.name(), "domain_share", inside.value(), ofKnown(inside))
                        .on(Scale.SHARE);
        metrics.add(unknown.isEmpty() ? share : share.withNote("new: " + firstOf(unknown)));
        metrics.add(
                column.categories().isComplete()
                        ? compared("uniqueness", once(now), NO_VALUE, null)
                                .on(Scale.SHARE.withWorse(Scale.Worse.NEITHER))
                        : Metric.undefined(feature.name(), "uniqueness", "not every value is remembered"));
    }

    private Metric of(String metric, double value) {
        return Metric.of(feature.name(), metric, value);
    }

    private Metric share(String metric, Function<ColumnReading, Proportion> of, String undefinedBecause) {
        return compared(metric, of.apply(now), undefinedBecause, before == null ? null : of.apply(before));
    }

    /** Returns the metric of a share, with the baseline's share as evidence where there is one. */
    private Metric compared(String metric, Proportion current, String undefinedBecause, @Nullable Proportion baseline) {
        if (current.trials() == 0) {
            return Metric.undefined(feature.name(), metric, undefinedBecause).on(Scale.SHARE);
        }
        if (baseline == null || baseline.trials() == 0) {
            return Metric.of(feature.name(), metric, current.value(), current).on(Scale.SHARE);
        }
        Evidence evidence = new ComparedProportion(current, baseline);
        Metric share =
                Metric.of(feature.name(), metric, current.value(), evidence).on(Scale.SHARE);
        boolean isOfMissing = metric.equals("completeness");
        boolean areFirst = isOfMissing && baseline.successes() == 0 && current.successes() > 0;
        if (current.value() >= baseline.value() && !areFirst) {
            return share;
        }
        return share.withNote((isOfMissing ? "missing " : "")
                + percent(baseline, isOfMissing)
                + " -> "
                + percent(current, isOfMissing));
    }

    private String leastNegative() {
        double least = now.values().moments().min();
        return least < 0 ? "down to " + NumberMetrics.number(least) : "";
    }

    private static Metric withNote(Metric metric, String note) {
        return metric.isDefined() ? metric.withNote(joined(metric.note(), "; ", note)) : metric;
    }

    private static String joined(String first, String separator, String second) {
        return first.isEmpty() || second.isEmpty() ? first + second : first + separator + second;
    }

    private static Proportion present(ColumnReading reading) {
        return new Proportion(reading.values().present(), reading.values().rows());
    }

    private static Proportion nonNegative(ColumnReading reading) {
        Moments moments = reading.values().moments();
        return new Proportion(moments.count() - moments.negativeCount(), moments.count());
    }

    private Proportion ofType(ColumnReading reading) {
        ColumnProfile column = reading.values();
        if (areCodes) {
            return new Proportion(digits > 0 ? reading.countOfLength(digits) : reading.padded(), column.present());
        }
        long matching =
                switch (feature.type()) {
                    case INTEGRAL -> column.count(ValueKind.INTEGRAL);
                    case FRACTIONAL ->
                        column.count(ValueKind.INTEGRAL)
                                + column.count(ValueKind.FRACTIONAL)
                                - (width > 0 ? reading.unpadded(width) : 0);
                    case BOOLEAN -> column.count(ValueKind.BOOLEAN);
                    case STRING, UNKNOWN -> column.present();
                };
        return new Proportion(matching, column.present());
    }

    private Proportion inside(ColumnProfile column) {
        long count = column.categories().stream()
                .filter(category -> domain.contains(category.value()))
                .mapToLong(Category::count)
                .sum();
        return new Proportion(count, column.present());
    }

    private static Proportion once(ColumnReading reading) {
        return new Proportion(count(reading, 1), reading.values().present());
    }

    /** Returns how many values occurred so often. */
    private static long count(ColumnReading reading, long times) {
        return reading.values().categories().stream()
                .filter(category -> category.count() == times)
                .count();
    }

    /**
     * Returns the evidence of a share of values of the domain. All values of the baseline are in a domain learned from them, which says
     * nothing of new values; and where more of them came in one run of rows than came once, runs are what is counted, of those in the
     * window as many as the same rows of the baseline have.
     */
    private Evidence ofKnown(Proportion inside) {
        if (goesOn) {
            return new Evidence.PValue(1, Double.NaN);
        }
        long present = before == null ? 0 : before.values().present();
        if (before == null || present == 0) {
            return inside;
        }
        long once = count(before, 1);
        long inOneRun = known.inOneRun();
        if (inOneRun <= once) {
            return new ComparedProportion(inside, SeenShare.of(present, once, count(before, 2)));
        }
        double runs = (double) known.runs() / present;
        return new ComparedProportion(
                FewerRows.of(inside, runs), FewerRows.of(new Proportion(present - inOneRun, present), runs));
    }

    private String otherKinds() {
        FeatureType type = feature.type();
        List<String> others = new ArrayList<>();
        for (int kind = ValueKind.INTEGRAL; kind < ValueKind.COUNT; kind++) {
            boolean expected = (kind == ValueKind.INTEGRAL && type.isNumeric())
                    || (kind == ValueKind.FRACTIONAL && type == FeatureType.FRACTIONAL)
                    || (kind == ValueKind.BOOLEAN && type == FeatureType.BOOLEAN);
            if (!expected && now.values().count(kind) > 0) {
                others.add(now.values().count(kind) + " " + KINDS.get(kind));
            }
        }
        return String.join(", ", others);
    }

    /** Returns the first few texts, and how many more there are. */
    static String firstOf(List<String> texts) {
        String first = texts.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return texts.size() > MOST_NAMED ? first + " and " + (texts.size() - MOST_NAMED) + " more" : first;
    }

    /** Returns what a share lacks to all, or the share. */
    private static String percent(Proportion share, boolean isComplement) {
        return percent(isComplement ? share.trials() - share.successes() : share.successes(), share.trials());
    }

    /** Returns a share; one that is neither none nor all is not rounded to these. */
    private static String percent(long part, long whole) {
        double percent = 100.0 * part / whole;
        String rounded = String.format(Locale.ROOT, "%.1f", percent);
        boolean isRoundedAway = (part > 0 && rounded.equals("0.0")) || (part < whole && rounded.equals("100.0"));
        String exact = part > 0 && rounded.equals("0.0") ? "< 0.1" : "> 99.9";
        return (isRoundedAway ? exact : rounded) + " %";
    }
}

package io.modelmonitor.quality;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Evidence.ComparedProportion;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Evidence.StandardError;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.NamedDrift;
import io.modelmonitor.api.Scale;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.spi.DriftMeasure;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.drift.FeatureDrift;
import io.modelmonitor.stats.sketch.Categories;
import io.modelmonitor.stats.sketch.Category;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.Moments;
import io.modelmonitor.stats.sketch.Profile;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The calculator of data quality and drift, from a profile of every column.
 *
 * <p>Of the dataset: {@code rows}, {@code missing_columns}, {@code extra_columns}. Of each column: {@code completeness}, {@code
 * type_share}, {@code domain_share}, {@code non_negative_share} (shares of present values, from 0 to 1), of a column with a domain
 * also {@code uniqueness} (the share of present values that occur once), {@code mean}, {@code standard_deviation}, {@code
 * minimum}, {@code maximum}, {@code distinct_count}, and the metrics of {@link FeatureDrift}, the named ones among them where a
 * constraint wants one.
 *
 * <p>It suggests what the field suggests: that all columns are there, types, completeness, non-negative numbers, domains of text
 * columns, and no drift. A share may fall by one percentage point, which is taken not to matter, and by as much as chance explains at
 * the numbers of rows of the baseline and of the window (Fisher's exact test). A kind of value that never occurred, a text among
 * numbers, a fraction among whole numbers, a negative number, a new category, matters however rare it is, once chance does not
 * explain it.
 */
public final class DataQuality implements MetricCalculator<Profile> {

    /** Up to how many distinct values a text column is taken to have a domain. */
    public static final int MOST_DOMAIN_VALUES = 120;

    /** The name of the calculator, of which every monitor has one. */
    public static final String NAME = "data_quality";

    /** The name of the state: the profile of every column. Calculators that name it measure from the same profiles. */
    public static final String PROFILE = "profile";

    private static final DataQuality STANDARD = new DataQuality();
    private static final int MOST_NAMED = 3;
    private static final Set<String> OF_COLUMNS = Set.of(
            "completeness",
            "type_share",
            "domain_share",
            "non_negative_share",
            "uniqueness",
            "distinct_count",
            "mean",
            "standard_deviation",
            "minimum",
            "maximum",
            "drift");

    private DataQuality() {}

    /** Returns the calculator. */
    public static DataQuality standard() {
        return STANDARD;
    }

    /**
     * Returns the calculator of a user's measure of drift, for every column that the baseline has too; from the profiles that
     * data quality keeps. What size of it chance alone gives is found by resampling.
     *
     * @param name the name of the calculator and of its metrics, such as {@code drift.mine}
     */
    public static MetricCalculator<Profile> drift(String name, DriftMeasure measure) {
        return new DriftCalculator(name, measure);
    }

    /** Returns whether a metric is one that data quality measures of columns. */
    public static boolean measuresOfColumns(String metric) {
        return OF_COLUMNS.contains(metric)
                || Arrays.stream(NamedDrift.values())
                        .anyMatch(named -> named.metric().equals(metric));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String stateName() {
        return PROFILE;
    }

    @Override
    public Profile start() {
        return Profile.create();
    }

    @Override
    public void add(Profile state, Batch batch) {
        state.add(batch);
    }

    @Override
    public List<? extends Consumer<Batch>> lanes(Profile state) {
        return state.lanes();
    }

    @Override
    public Profile merge(Profile earlier, Profile later) {
        return earlier.merge(later);
    }

    @Override
    public void write(Profile state, DataOutput out) throws IOException {
        state.write(out);
    }

    @Override
    public Profile read(DataInput in) throws IOException {
        return Profile.read(in);
    }

    @Override
    public List<Feature> features(Profile state) {
        return state.names().stream()
                .map(name -> feature(name, state.column(name)))
                .toList();
    }

    @Override
    public List<Metric> measure(Profile current, @Nullable Profile reference, Constraints wanted) {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(Metric.of(MetricId.DATASET, "rows", (double) current.rows()).on(Scale.COUNT));
        List<String> names = current.names();
        Map<String, Map<String, Bound>> bounds = bounds(wanted);
        if (reference != null) {
            List<String> missing = without(wanted.schema().names(), new HashSet<>(names));
            List<String> extra = without(names, new HashSet<>(wanted.schema().names()));
            metrics.add(countOf("missing_columns", missing));
            metrics.add(countOf("extra_columns", extra));
            for (String name : missing) {
                absent(metrics, name, bounds.getOrDefault(name, Map.of()));
            }
        }
        for (String name : names) {
            ColumnProfile column = current.column(name);
            Feature feature = wanted.schema().feature(name);
            Feature expected = feature != null ? feature : feature(name, column);
            ColumnProfile before = reference != null && reference.hasColumn(name) ? reference.column(name) : null;
            describe(metrics, name, column, before);
            expectations(metrics, expected, column, before);
            if (before != null) {
                metrics.addAll(drift(name, before, column, bounds.getOrDefault(name, Map.of())));
            }
        }
        return metrics;
    }

    /** A column that is not there is complete in no row; of all else that is wanted of it there is nothing to judge. */
    private static void absent(List<Metric> metrics, String name, Map<String, Bound> wanted) {
        String note = "there is no such column";
        metrics.add(Metric.of(name, "completeness", 0).on(Scale.SHARE).withNote(note));
        for (String metric : wanted.keySet()) {
            if (!metric.equals("completeness")) {
                metrics.add(Metric.undefined(name, metric, note));
            }
        }
    }

    /** The named measures of drift cost more than all else, so they are taken only of features that one is required of. */
    private static List<Metric> drift(
            String name, ColumnProfile before, ColumnProfile column, Map<String, Bound> bounds) {
        boolean named = Arrays.stream(NamedDrift.values()).anyMatch(measure -> bounds.containsKey(measure.metric()));
        return named
                ? FeatureDrift.all(name, before, column, bounds::get)
                : FeatureDrift.of(name, before, column, bounds::get);
    }

    private static Map<String, Map<String, Bound>> bounds(Constraints wanted) {
        Map<String, Map<String, Bound>> bounds = new HashMap<>();
        for (Constraint constraint : wanted.list()) {
            bounds.computeIfAbsent(constraint.subject(), subject -> new LinkedHashMap<>())
                    .put(constraint.metric(), constraint.bound());
        }
        return bounds;
    }

    /** Returns what a column shows itself to be: its type and, while its values are few, its domain. */
    private static Feature feature(String name, ColumnProfile column) {
        Feature feature = new Feature(name, column.type());
        Categories categories = column.categories();
        boolean few = column.type() == FeatureType.STRING
                && categories.isComplete()
                && categories.size() <= MOST_DOMAIN_VALUES;
        return few
                ? feature.withDomain(
                        categories.values().stream().map(Category::value).toList())
                : feature;
    }

    private static void describe(
            List<Metric> metrics, String name, ColumnProfile column, @Nullable ColumnProfile before) {
        metrics.add(share("completeness", name, column, before, DataQuality::present, "there is no row"));
        metrics.add(Metric.of(name, "distinct_count", column.distinctCount()).on(Scale.COUNT));
        Moments moments = column.moments();
        if (moments.count() > 0) {
            double error = Math.sqrt(moments.varianceSample() / moments.count());
            metrics.add(
                    Double.isFinite(error)
                            ? Metric.of(name, "mean", moments.mean(), new StandardError(error))
                            : Metric.of(name, "mean", moments.mean()));
            metrics.add(Metric.of(name, "standard_deviation", moments.standardDeviationPopulation()));
            metrics.add(Metric.of(name, "minimum", moments.min()));
            metrics.add(Metric.of(name, "maximum", moments.max()));
        }
    }

    private static void expectations(
            List<Metric> metrics, Feature feature, ColumnProfile column, @Nullable ColumnProfile before) {
        String name = feature.name();
        String none = "no value is present";
        if (feature.type() != FeatureType.UNKNOWN) {
            Proportion matching = ofType(feature, column);
            metrics.add(share("type_share", name, column, before, profile -> ofType(feature, profile), none)
                    .withNote(
                            matching.successes() < matching.trials()
                                    ? kinds(feature, column)
                                    : orEmpty(matching, none)));
        }
        if (feature.type().isNumeric()) {
            metrics.add(share(
                    "non_negative_share", name, column, before, DataQuality::nonNegative, "no number is present"));
        }
        if (!feature.domain().isEmpty()) {
            addDomain(metrics, feature, column, before);
        }
    }

    private static void addDomain(
            List<Metric> metrics, Feature feature, ColumnProfile column, @Nullable ColumnProfile before) {
        List<String> unknown = new ArrayList<>();
        for (Category category : column.categories().values()) {
            if (!feature.domain().contains(category.value())) {
                unknown.add("'" + category.value() + "' " + percent(category.count(), column.present()));
            }
        }
        long other = column.categories().other();
        if (other > 0) {
            unknown.add("rare values " + percent(other, column.present()));
        }
        String none = "no value is present";
        Proportion share = inside(feature, column);
        // That all of the baseline's values are in a domain learned from them says nothing: the share of values that
        // occurred once
        // is the share of new ones to expect (I. J. Good, The population frequencies of species, 1953).
        metrics.add(compared(
                        share("domain_share", feature.name(), share, none),
                        share,
                        before == null ? null : others(once(before)))
                .withNote(unknown.isEmpty() ? orEmpty(share, none) : "new: " + firstOf(unknown)));
        metrics.add(
                column.categories().isComplete()
                        ? share("uniqueness", feature.name(), once(column), none)
                                .on(Scale.SHARE.withWorse(Scale.Worse.NEITHER))
                        : Metric.undefined(feature.name(), "uniqueness", "not every value is remembered"));
    }

    private static Proportion present(ColumnProfile column) {
        return new Proportion(column.present(), column.rows());
    }

    private static Proportion ofType(Feature feature, ColumnProfile column) {
        return new Proportion(matching(feature.type(), column), column.present());
    }

    private static Proportion nonNegative(ColumnProfile column) {
        long numbers = column.moments().count();
        return new Proportion(numbers - column.moments().negativeCount(), numbers);
    }

    /** What the table of values could not hold cannot be looked up: it counts as outside of the domain. */
    private static Proportion inside(Feature feature, ColumnProfile column) {
        return new Proportion(
                column.categories().values().stream()
                        .filter(category -> feature.domain().contains(category.value()))
                        .mapToLong(Category::count)
                        .sum(),
                column.present());
    }

    private static Proportion once(ColumnProfile column) {
        return new Proportion(
                column.categories().values().stream()
                        .filter(category -> category.count() == 1)
                        .count(),
                column.present());
    }

    private static long matching(FeatureType type, ColumnProfile column) {
        return switch (type) {
            case INTEGRAL -> column.count(ValueKind.INTEGRAL);
            case FRACTIONAL -> column.count(ValueKind.INTEGRAL) + column.count(ValueKind.FRACTIONAL);
            case BOOLEAN -> column.count(ValueKind.BOOLEAN);
            case STRING, UNKNOWN -> column.present();
        };
    }

    private static String kinds(Feature feature, ColumnProfile column) {
        List<String> others = new ArrayList<>();
        String[] names = {"missing", "whole numbers", "fractions", "booleans", "texts"};
        for (int kind = ValueKind.INTEGRAL; kind < ValueKind.COUNT; kind++) {
            boolean wanted = (kind == ValueKind.INTEGRAL && feature.type().isNumeric())
                    || (kind == ValueKind.FRACTIONAL && feature.type() == FeatureType.FRACTIONAL)
                    || (kind == ValueKind.BOOLEAN && feature.type() == FeatureType.BOOLEAN);
            if (!wanted && column.count(kind) > 0) {
                others.add(column.count(kind) + " " + names[kind]);
            }
        }
        return String.join(", ", others);
    }

    private static Metric share(String metric, String subject, Proportion proportion, String undefinedBecause) {
        Metric share = proportion.trials() == 0
                ? Metric.undefined(subject, metric, undefinedBecause)
                : Metric.of(subject, metric, proportion.value(), proportion);
        return share.on(Scale.SHARE);
    }

    private static Metric share(
            String metric,
            String subject,
            ColumnProfile column,
            @Nullable ColumnProfile before,
            Function<ColumnProfile, Proportion> of,
            String undefinedBecause) {
        Proportion current = of.apply(column);
        return compared(
                share(metric, subject, current, undefinedBecause), current, before == null ? null : of.apply(before));
    }

    /** Gives the metric of a share the baseline's share as evidence, if there is one. */
    private static Metric compared(Metric metric, Proportion current, @Nullable Proportion baseline) {
        return !metric.isDefined() || baseline == null || baseline.trials() == 0
                ? metric
                : Metric.of(
                                metric.id().subject(),
                                metric.id().name(),
                                metric.value(),
                                new ComparedProportion(current, baseline))
                        .on(metric.scale())
                        .withNote(
                                current.value() < baseline.value()
                                        ? "before " + percent(baseline.successes(), baseline.trials())
                                        : metric.note());
    }

    private static Proportion others(Proportion share) {
        return new Proportion(share.trials() - share.successes(), share.trials());
    }

    private static String orEmpty(Proportion proportion, String undefinedBecause) {
        return proportion.trials() == 0 ? undefinedBecause : "";
    }

    private static Metric countOf(String metric, List<String> names) {
        return Metric.of(MetricId.DATASET, metric, (double) names.size())
                .on(Scale.COUNT.withWorse(Scale.Worse.HIGHER))
                .withNote(firstOf(names));
    }

    private static List<String> without(List<String> names, Set<String> others) {
        return names.stream().filter(name -> !others.contains(name)).toList();
    }

    private static String firstOf(List<String> texts) {
        String first = texts.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return texts.size() > MOST_NAMED ? first + " and " + (texts.size() - MOST_NAMED) + " more" : first;
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
    }

    @Override
    public List<Constraint> suggest(Profile state, List<Metric> metrics) {
        return ProfileSuggestions.of(features(state), metrics);
    }

    @Override
    public String toString() {
        return NAME;
    }
}

package io.modelmonitor;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.NamedDrift;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.drift.FeatureDrift;
import io.modelmonitor.stats.evidence.Proportion;
import io.modelmonitor.stats.evidence.StandardError;
import io.modelmonitor.stats.sketch.Categories;
import io.modelmonitor.stats.sketch.Category;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.Moments;
import io.modelmonitor.stats.sketch.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of data quality: what a profile says by itself, and what it says beside the reference.
 *
 * <p>Of the dataset: {@code rows}, {@code missing_columns}, {@code extra_columns}. Of each column: {@code completeness},
 * {@code type_share}, {@code domain_share}, {@code non_negative_share} (shares of present values, from 0 to 1), of a column
 * with a domain also {@code uniqueness} (the share of present values that occur once),
 * {@code mean}, {@code standard_deviation}, {@code minimum}, {@code maximum}, {@code distinct_count}, and the metrics of
 * {@link FeatureDrift}, the named ones among them where a constraint wants one.
 */
final class DataQuality {

    private static final int MOST_NAMED = 3;

    private DataQuality() {}

    static List<Metric> measure(Profile current, Constraints expected, @Nullable Profile baseline) {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(new Metric("rows", Metric.DATASET, current.rows()));
        List<String> names = current.names();
        if (baseline != null) {
            List<String> missing = without(expected.schema().names(), new HashSet<>(names));
            List<String> extra = without(names, new HashSet<>(expected.schema().names()));
            metrics.add(countOf("missing_columns", missing));
            metrics.add(countOf("extra_columns", extra));
            for (String name : missing) {
                metrics.add(new Metric("completeness", name, 0).noting("there is no such column"));
            }
        }
        Set<String> closely = featuresWithNamedDrift(expected);
        for (String name : names) {
            ColumnProfile column = current.column(name);
            Feature feature = expected.schema().feature(name);
            describe(metrics, name, column);
            expectations(metrics, feature != null ? feature : feature(name, column), column);
            if (baseline != null && baseline.hasColumn(name)) {
                ColumnProfile before = baseline.column(name);
                metrics.addAll(
                        closely.contains(name)
                                ? FeatureDrift.all(name, before, column)
                                : FeatureDrift.of(name, before, column));
            }
        }
        return metrics;
    }

    /** The named measures of drift cost more than all else, so they are taken only of features that one is required of. */
    private static Set<String> featuresWithNamedDrift(Constraints expected) {
        Set<String> named =
                Arrays.stream(NamedDrift.values()).map(NamedDrift::metric).collect(Collectors.toSet());
        return expected.list().stream()
                .filter(constraint -> named.contains(constraint.metric()))
                .map(Constraint::subject)
                .collect(Collectors.toSet());
    }

    /** Returns what a column shows itself to be: its type and, while its values are few, its domain. */
    static Feature feature(String name, ColumnProfile column) {
        Feature feature = new Feature(name, column.type());
        Categories categories = column.categories();
        boolean few = column.type() == FeatureType.STRING
                && categories.isComplete()
                && categories.size() <= ConstraintSuggester.MOST_DOMAIN_VALUES;
        return few
                ? feature.withDomain(
                        categories.values().stream().map(Category::value).toList())
                : feature;
    }

    private static void describe(List<Metric> metrics, String name, ColumnProfile column) {
        Proportion present = new Proportion(column.present(), column.rows());
        metrics.add(share("completeness", name, present, "there is no row"));
        metrics.add(new Metric("distinct_count", name, column.distinctCount()));
        Moments moments = column.moments();
        if (moments.count() > 0) {
            double error = Math.sqrt(moments.varianceSample() / moments.count());
            metrics.add(
                    Double.isFinite(error)
                            ? new Metric("mean", name, moments.mean(), new StandardError(error))
                            : new Metric("mean", name, moments.mean()));
            metrics.add(new Metric("standard_deviation", name, moments.standardDeviationPopulation()));
            metrics.add(new Metric("minimum", name, moments.min()));
            metrics.add(new Metric("maximum", name, moments.max()));
        }
    }

    private static void expectations(List<Metric> metrics, Feature feature, ColumnProfile column) {
        String name = feature.name();
        String none = "no value is present";
        if (feature.type() != FeatureType.UNKNOWN) {
            Proportion matching = new Proportion(matching(feature.type(), column), column.present());
            metrics.add(share("type_share", name, matching, none)
                    .noting(
                            matching.successes() < matching.trials()
                                    ? kinds(feature, column)
                                    : orEmpty(matching, none)));
        }
        if (feature.type().isNumeric()) {
            long numbers = column.moments().count();
            Proportion nonNegative = new Proportion(numbers - column.moments().negativeCount(), numbers);
            metrics.add(share("non_negative_share", name, nonNegative, "no number is present"));
        }
        if (!feature.domain().isEmpty()) {
            addDomain(metrics, feature, column);
        }
    }

    private static void addDomain(List<Metric> metrics, Feature feature, ColumnProfile column) {
        long inside = 0;
        long once = 0;
        List<String> unknown = new ArrayList<>();
        for (Category category : column.categories().values()) {
            once += category.count() == 1 ? 1 : 0;
            if (feature.domain().contains(category.value())) {
                inside += category.count();
            } else {
                unknown.add("'" + category.value() + "' " + percent(category.count(), column.present()));
            }
        }
        // What the table of values could not hold cannot be looked up: it counts as unknown.
        long other = column.categories().other();
        if (other > 0) {
            unknown.add("rare values " + percent(other, column.present()));
        }
        String none = "no value is present";
        Proportion share = new Proportion(inside, column.present());
        metrics.add(share("domain_share", feature.name(), share, none)
                .noting(unknown.isEmpty() ? orEmpty(share, none) : "new: " + firstOf(unknown)));
        metrics.add(
                column.categories().isComplete()
                        ? share("uniqueness", feature.name(), new Proportion(once, column.present()), none)
                        : Metric.undefined("uniqueness", feature.name(), "not every value is remembered"));
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
        return proportion.trials() == 0
                ? Metric.undefined(metric, subject, undefinedBecause)
                : new Metric(metric, subject, proportion.value(), proportion);
    }

    private static String orEmpty(Proportion proportion, String undefinedBecause) {
        return proportion.trials() == 0 ? undefinedBecause : "";
    }

    private static Metric countOf(String metric, List<String> names) {
        return new Metric(metric, Metric.DATASET, names.size()).noting(firstOf(names));
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
}

package io.modelmonitor.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.sketch.Categories;
import io.modelmonitor.stats.sketch.Category;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.EqualWidthBuckets;
import io.modelmonitor.stats.sketch.KllSketch;
import io.modelmonitor.stats.sketch.Moments;
import io.modelmonitor.stats.sketch.Profile;
import io.modelmonitor.stats.sketch.WeightedValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks of a profile of the table of a case of group descriptive. */
final class DescriptiveChecks {

    private static final List<String> KINDS = List.of("integral", "fractional", "boolean", "string");

    private final GoldenCase golden;
    private final Tolerance tolerance;

    private DescriptiveChecks(GoldenCase golden) {
        this.golden = golden;
        this.tolerance = golden.tolerance();
    }

    static void check(GoldenCase golden, Profile profile) {
        new DescriptiveChecks(golden).check(profile);
    }

    /** Checks how many values of each column are of which kind by the service's grammar. */
    static void checkService(GoldenCase golden, List<Metric> metrics) {
        Map<MetricId, Double> counts = metrics.stream().collect(Collectors.toMap(Metric::id, Metric::value));
        for (JsonNode column : golden.expected().path("columns")) {
            String name = column.path("name").asText();
            long[] of = new long[KINDS.size()];
            for (int i = 0; i < of.length; i++) {
                String key = KINDS.get(i);
                of[i] = column.path("deequ_value_type_counts").path(key).asLong();
                assertThat(counts.getOrDefault(new MetricId(name, "service." + key + "_count"), 0.0))
                        .as(name + ": the service's " + key)
                        .isEqualTo((double) of[i]);
            }
            assertThat(FeatureType.of(of[0], of[1], of[2], of[3]).name())
                    .as(name)
                    .isEqualToIgnoringCase(column.path("deequ_inferred_type").asText());
        }
    }

    private void check(Profile profile) {
        JsonNode expected = golden.expected();
        List<String> names = new ArrayList<>();
        expected.path("columns").forEach(column -> names.add(column.path("name").asText()));
        assertThat(profile.rows()).isEqualTo(expected.path("row_count").asLong());
        assertThat(profile.names())
                .isEqualTo(names)
                .hasSize(expected.path("column_count").asInt());
        for (int i = 0; i < names.size(); i++) {
            assertThat(expected.path("columns").get(i).path("index").asInt()).isEqualTo(i);
        }
        for (JsonNode column : expected.path("columns")) {
            checkColumn(column, profile.column(column.path("name").asText()));
        }
    }

    private void checkColumn(JsonNode expected, ColumnProfile column) {
        String name = expected.path("name").asText();
        assertThat(column.missing() + column.present())
                .as(name + ": rows")
                .isEqualTo(expected.path("row_count").asLong());
        assertThat(column.moments().count() + column.moments().nonFiniteCount() == column.present()
                        && column.present() > 0)
                .as(name + ": all present are numbers")
                .isEqualTo(expected.path("all_present_numeric").booleanValue());
        assertThat(column.missing())
                .as(name + ": missing")
                .isEqualTo(expected.path("missing_count").asLong());
        assertThat(column.present())
                .as(name + ": present")
                .isEqualTo(expected.path("present_count").asLong());
        tolerance.check(name + ": completeness", column.completeness(), expected.path("completeness"));
        checkKinds(name, expected, column);
        checkCategories(name, expected, column);
        JsonNode lengths = expected.path("string_length");
        if (lengths.isObject()) {
            String what = name + ": length";
            tolerance.check(what, column.lengths().minCodePoints(), lengths.path("min_code_points"));
            tolerance.check(what, column.lengths().maxCodePoints(), lengths.path("max_code_points"));
            tolerance.check(what, column.lengths().meanCodePoints(), lengths.path("mean_code_points"));
            tolerance.check(what, column.lengths().minUnits(), lengths.path("min_utf16_units"));
            tolerance.check(what, column.lengths().maxUnits(), lengths.path("max_utf16_units"));
        }
        JsonNode numeric = expected.path("numeric");
        if (numeric.isObject()) {
            checkNumbers(name, numeric, column);
        } else {
            assertThat(column.moments().count()).as(name + ": numbers").isZero();
        }
    }

    private static void checkKinds(String name, JsonNode expected, ColumnProfile column) {
        for (int kind = ValueKind.INTEGRAL; kind < ValueKind.COUNT; kind++) {
            String key = KINDS.get(kind - 1);
            assertThat(column.count(kind))
                    .as(name + ": " + key)
                    .isEqualTo(expected.path("value_type_counts").path(key).asLong());
        }
        assertThat(column.type().name())
                .as(name)
                .isEqualToIgnoringCase(expected.path("inferred_type").asText());
    }

    private void checkCategories(String name, JsonNode expected, ColumnProfile column) {
        Categories categories = column.categories();
        double distinct = expected.path("distinct_count").asDouble();
        if (!categories.isComplete()) {
            new Tolerance(0.02, 0).check(name + ": distinct", column.distinct().estimate(), distinct);
            return;
        }
        Tolerance.EXACT.check(name + ": distinct", column.distinct().estimate(), distinct);
        double present = column.present();
        long unique = categories.values().stream()
                .filter(category -> category.count() == 1)
                .count();
        assertThat(unique)
                .as(name + ": unique")
                .isEqualTo(expected.path("unique_count").asLong());
        tolerance.check(name + ": distinctness", distinct / present, expected.path("distinctness"));
        tolerance.check(name + ": uniqueness", unique / present, expected.path("uniqueness"));
        tolerance.check(name + ": unique ratio", unique / distinct, expected.path("unique_value_ratio"));
        if (present == 0) {
            assertThat(expected.path("entropy_nats").isNull()).isTrue();
        } else {
            double entropy = -categories.values().stream()
                    .mapToDouble(Category::count)
                    .map(count -> count / present * Math.log(count / present))
                    .sum();
            tolerance.check(name + ": entropy", Math.abs(entropy), expected.path("entropy_nats"));
        }
        List<Category> top = new ArrayList<>();
        expected.path("categories")
                .path("values")
                .forEach(value -> top.add(new Category(
                        value.path("value").asText(), value.path("count").asLong())));
        assertThat(categories.top(top.size())).as(name).isEqualTo(top);
    }

    private void checkNumbers(String name, JsonNode expected, ColumnProfile column) {
        Moments moments = column.moments();
        assertThat(moments.count() + moments.nonFiniteCount())
                .as(name + ": numbers")
                .isEqualTo(expected.path("count").asLong());
        assertThat(moments.nonFiniteCount())
                .as(name + ": not finite")
                .isEqualTo(expected.path("non_finite_count").asLong());
        if (moments.nonFiniteCount() > 0) {
            return;
        }
        double absolute = moments.sumOfAbsoluteValues();
        ofSums(absolute).check(name + ": sum", moments.sum(), expected.path("sum"));
        ofSums(absolute / moments.count()).check(name + ": mean", moments.mean(), expected.path("mean"));
        tolerance.check(name + ": absolute sum", absolute, expected.path("sum_of_absolute_values"));
        tolerance.check(name + ": min", moments.min(), expected.path("min"));
        tolerance.check(name + ": max", moments.max(), expected.path("max"));
        tolerance.check(name + ": variance", moments.variancePopulation(), expected.path("variance_population"));
        tolerance.check(name + ": variance", moments.varianceSample(), expected.path("variance_sample"));
        tolerance.check(name, moments.standardDeviationPopulation(), expected.path("std_dev_population"));
        tolerance.check(name, moments.standardDeviationSample(), expected.path("std_dev_sample"));
        shape("skewness_population").check(name, moments.skewness(), expected.path("skewness_population"));
        shape("excess_kurtosis_population")
                .check(name, moments.excessKurtosis(), expected.path("excess_kurtosis_population"));
        assertThat(moments.zeroCount())
                .as(name + ": zeros")
                .isEqualTo(expected.path("zero_count").asLong());
        assertThat(moments.negativeCount())
                .as(name + ": negative")
                .isEqualTo(expected.path("negative_count").asLong());
        assertThat(moments.min() >= 0)
                .as(name + ": not negative")
                .isEqualTo(expected.path("is_non_negative").booleanValue());
        double distinct = expected.path("distinct_count").asDouble();
        if (column.categories().isComplete()) {
            Tolerance.EXACT.check(name, column.distinctNumbers().estimate(), distinct);
            checkDistribution(name, expected, column.distribution(), moments);
        } else {
            new Tolerance(0.02, 0).check(name, column.distinctNumbers().estimate(), distinct);
            checkRanks(name, expected.path("quantiles"), column.quantiles());
        }
    }

    /** A sketch has to give each order statistic the rank it has, up to the error that it states. */
    private static void checkRanks(String name, JsonNode quantiles, KllSketch sketch) {
        for (int i = 0; i < quantiles.path("probabilities").size(); i++) {
            double p = quantiles.path("probabilities").get(i).asDouble();
            double exact = Tolerance.number(quantiles.path("inverted_cdf").get(i));
            assertThat(sketch.rankBelow(exact))
                    .as(name + ": rank below quantile " + p)
                    .isLessThanOrEqualTo(p + sketch.rankError());
            assertThat(sketch.rank(exact))
                    .as(name + ": rank of quantile " + p)
                    .isGreaterThanOrEqualTo(p - sketch.rankError() - 1e-12);
        }
    }

    /** The rule that the cases state in words: absolute 1e-12 of the sum of absolute values. */
    private static Tolerance ofSums(double scale) {
        return new Tolerance(0, 1e-12 * scale);
    }

    private Tolerance shape(String field) {
        return new Tolerance(
                golden.tolerance(field).relative(), golden.tolerance(field).relative());
    }

    private void checkDistribution(String name, JsonNode expected, WeightedValues values, Moments moments) {
        JsonNode quantiles = expected.path("quantiles");
        for (int i = 0; i < quantiles.path("probabilities").size(); i++) {
            double p = quantiles.path("probabilities").get(i).asDouble();
            String what = name + ": quantile " + p;
            tolerance.check(
                    what,
                    values.interpolatedQuantile(p),
                    quantiles.path("linear").get(i));
            Tolerance.EXACT.check(
                    what, values.quantile(p), quantiles.path("inverted_cdf").get(i));
        }
        tolerance.check(name + ": median", values.interpolatedQuantile(0.5), expected.path("median_linear"));
        JsonNode buckets = expected.path("equal_width_buckets");
        if (buckets.isObject()) {
            boolean below = moments.min() + (moments.max() - moments.min()) * 10 / 10.0 < moments.max();
            assertThat(buckets.path("last_bound_by_formula_is_below_max").asBoolean(false))
                    .isEqualTo(below && buckets.has("last_bound_by_formula_is_below_max"));
            EqualWidthBuckets found = values.equalWidthBuckets(moments.min(), moments.max(), 10);
            Tolerance.EXACT.check(name + ": bounds", found.bounds(), buckets.path("bounds"));
            for (int i = 0; i < found.size(); i++) {
                Tolerance.EXACT.check(
                        name + ": bucket " + i,
                        (double) found.count(i),
                        buckets.path("counts").get(i));
            }
        }
    }
}

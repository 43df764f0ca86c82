package io.modelmonitor.sagemaker;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Metric;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.stats.sketch.Categories;
import io.modelmonitor.stats.sketch.Category;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.EqualWidthBuckets;
import io.modelmonitor.stats.sketch.KllSketch;
import io.modelmonitor.stats.sketch.Moments;
import io.modelmonitor.stats.sketch.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A baseline as the tree of a {@code statistics.json} of data quality. */
final class StatisticsTree {

    private static final int BUCKETS = 10;

    private StatisticsTree() {}

    static Map<String, @Nullable Object> of(Baseline baseline) {
        Profile profile = baseline.profile();
        ServiceTypes types = ServiceTypes.of(baseline);
        List<Object> features = new ArrayList<>();
        for (String name : profile.names()) {
            features.add(feature(name, types.type(name), profile.column(name), baseline));
        }
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("version", 0.0);
        tree.put("dataset", Map.of("item_count", profile.rows()));
        tree.put("features", features);
        return tree;
    }

    private static Map<String, @Nullable Object> feature(
            String name, FeatureType type, ColumnProfile column, Baseline baseline) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("inferred_type", TypeNames.of(type));
        Map<String, @Nullable Object> statistics = new LinkedHashMap<>();
        Map<String, @Nullable Object> common = new LinkedHashMap<>();
        common.put("num_present", column.present());
        common.put("num_missing", column.missing());
        statistics.put("common", common);
        if (type.isNumeric()) {
            numbers(statistics, name, column, baseline);
            tree.put("numerical_statistics", statistics);
        } else {
            texts(statistics, column.categories());
            tree.put("string_statistics", statistics);
        }
        return tree;
    }

    private static void numbers(
            Map<String, @Nullable Object> tree, String feature, ColumnProfile column, Baseline baseline) {
        Moments moments = column.moments();
        double sum = valueOf(baseline.metric(feature, ServiceMeasures.SUM), moments.sum());
        double deviation =
                valueOf(baseline.metric(feature, ServiceMeasures.DEVIATION), moments.standardDeviationPopulation());
        tree.put("mean", sum / moments.count());
        tree.put("sum", sum);
        tree.put("std_dev", deviation);
        tree.put("min", moments.min());
        tree.put("max", moments.max());
        if (column.quantiles().count() > 0 && moments.count() > 0) {
            tree.put("distribution", Map.of("kll", kll(column.quantiles(), moments.min(), moments.max())));
        }
    }

    private static double valueOf(@Nullable Metric metric, double otherwise) {
        return metric == null ? otherwise : metric.value();
    }

    private static Map<String, @Nullable Object> kll(KllSketch sketch, double min, double max) {
        EqualWidthBuckets counted = sketch.values().equalWidthBuckets(min, max, BUCKETS);
        List<Object> buckets = new ArrayList<>(BUCKETS);
        for (int i = 0; i < counted.size(); i++) {
            Map<String, @Nullable Object> bucket = new LinkedHashMap<>();
            bucket.put("lower_bound", counted.lowerBound(i));
            bucket.put("upper_bound", counted.upperBound(i));
            bucket.put("count", (double) counted.count(i));
            buckets.add(bucket);
        }
        Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
        parameters.put("c", KllSketch.SHRINKING_FACTOR);
        parameters.put("k", (double) KllSketch.K);
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        kept.put("parameters", parameters);
        kept.put(
                "data",
                sketch.levels().stream()
                        .map(level -> Arrays.stream(level).boxed().toList())
                        .toList());
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("buckets", buckets);
        tree.put("sketch", kept);
        return tree;
    }

    private static void texts(Map<String, @Nullable Object> tree, Categories categories) {
        tree.put("distinct_count", categories.distinct().estimate());
        if (!categories.isComplete() || categories.size() == 0 || categories.size() > DataQuality.MOST_DOMAIN_VALUES) {
            return;
        }
        List<Object> buckets = new ArrayList<>();
        for (Category category : categories.values()) {
            Map<String, @Nullable Object> bucket = new LinkedHashMap<>();
            bucket.put("value", category.value());
            bucket.put("count", category.count());
            buckets.add(bucket);
        }
        tree.put("distribution", Map.of("categorical", Map.of("buckets", buckets)));
    }
}

package io.modelmonitor.sagemaker;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.stats.internal.text.NumberText;
import io.modelmonitor.stats.sketch.Categories;
import io.modelmonitor.stats.sketch.ColumnProfile;
import io.modelmonitor.stats.sketch.DistinctCount;
import io.modelmonitor.stats.sketch.KllSketch;
import io.modelmonitor.stats.sketch.Moments;
import io.modelmonitor.stats.sketch.Profile;
import io.modelmonitor.stats.sketch.TextLengths;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a baseline of a {@code statistics.json} of data quality. */
final class StatisticsReader {

    /** The name of a missing value in histograms of the service's engine; it is no category. */
    private static final String NULL_CATEGORY = "NullValue";

    private StatisticsReader() {}

    static Baseline read(Field file) {
        checkVersion(file);
        Field items = file.at("dataset", "item_count");
        long rows = items.isPresent() ? items.count() : 0;
        Map<String, ColumnProfile> columns = new LinkedHashMap<>();
        for (Field feature : file.child("features").elements()) {
            Field name = feature.child("name");
            ColumnProfile column = feature.map(place -> column(place, items.isPresent() ? items.count() : 0));
            if (name.text().isEmpty() || columns.put(name.text(), column) != null) {
                throw name.wrong("a name that no other feature has");
            }
            rows = Math.max(rows, column.rows());
        }
        return Baseline.of(Profile.of(rows, columns));
    }

    /** Checks that a file is of the one version that there is of files of data and model quality, if it says which. */
    static void checkVersion(Field file) {
        Field version = file.child("version");
        if (version.isPresent() && version.number() != 0) {
            throw version.wrong("0.0, the version of files of data and model quality,");
        }
    }

    private static ColumnProfile column(Field feature, long rows) {
        FeatureType type = TypeNames.read(feature.child("inferred_type"));
        Field numbers = feature.child("numerical_statistics");
        Field texts = feature.child("string_statistics");
        if (numbers.isPresent()) {
            return numbers(type, numbers);
        }
        if (texts.isPresent()) {
            return texts(type, texts);
        }
        ColumnProfile nothing = ColumnProfile.create();
        nothing.addMissing(rows);
        return nothing;
    }

    private static ColumnProfile numbers(FeatureType type, Field statistics) {
        long present = statistics.child("common").child("num_present").count();
        long missing = statistics.child("common").child("num_missing").count();
        Field data = statistics.at("distribution", "kll", "sketch", "data");
        List<double[]> levels =
                data.elementsIfPresent().stream().map(Field::finiteNumbers).toList();
        KllSketch sketch = data.map(place -> sketch(statistics, levels));
        return ColumnProfile.of(
                type,
                present,
                missing,
                moments(statistics, present, sketch),
                sketch,
                numberCategories(statistics, type, present, sketch),
                TextLengths.create());
    }

    private static KllSketch sketch(Field statistics, List<double[]> levels) {
        if (levels.isEmpty()) {
            return KllSketch.create();
        }
        // The stated range counts, unless there are numbers beyond it.
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double[] level : levels) {
            for (double value : level) {
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        double statedMin = statistics.child("min").numberIfPresent();
        double statedMax = statistics.child("max").numberIfPresent();
        return KllSketch.ofLevels(levels, statedMin < min ? statedMin : min, statedMax > max ? statedMax : max);
    }

    private static Moments moments(Field statistics, long present, KllSketch sketch) {
        double mean = statistics.child("mean").numberIfPresent();
        double sum = statistics.child("sum").numberIfPresent();
        double deviation = statistics.child("std_dev").numberIfPresent();
        double min = statistics.child("min").numberIfPresent();
        double max = statistics.child("max").numberIfPresent();
        boolean known = Double.isFinite(mean) && Double.isFinite(min) && Double.isFinite(max) && deviation >= 0;
        if (!known || Double.isNaN(sum) || present == 0) {
            return Moments.create();
        }
        // The file does not count signs; the sketch does, as well as it can, and the extremes settle what they can.
        long belowZero = min >= 0 ? 0 : max < 0 ? present : Math.max(1, Math.round(sketch.rankBelow(0) * present));
        long atMostZero = min > 0 ? 0 : max <= 0 ? present : Math.round(sketch.rank(0) * present);
        return Moments.of(present, mean, sum, deviation, min, max, Math.max(0, atMostZero - belowZero), belowZero);
    }

    /** Of numbers only the sketch is in the file: each with its count while that is exact, else how many are different. */
    private static Categories numberCategories(Field statistics, FeatureType type, long present, KllSketch sketch) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (double[] level : sketch.levels()) {
            for (double value : level) {
                counts.merge(spelled(value, type), 1L, Long::sum);
            }
        }
        if (sketch.isExact() && sketch.count() == present) {
            return Categories.of(counts, present, DistinctCount.create());
        }
        Field stated = statistics.child("approximate_num_distinct_values");
        double distinct = stated.isPresent()
                ? stated.numberFrom(0, Double.MAX_VALUE)
                : Math.max(counts.size(), Math.min(present, 1));
        return Categories.of(Map.of(), present, DistinctCount.stated(distinct));
    }

    private static String spelled(double value, FeatureType type) {
        return type == FeatureType.INTEGRAL && value == Math.rint(value)
                ? new BigDecimal(value).toBigInteger().toString()
                : NumberText.of(value, true);
    }

    private static ColumnProfile texts(FeatureType type, Field statistics) {
        long present = statistics.child("common").child("num_present").count();
        long missing = statistics.child("common").child("num_missing").count();
        Field buckets = statistics.at("distribution", "categorical", "buckets");
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Field bucket : buckets.elementsIfPresent()) {
            Field value = bucket.child("value");
            long count = bucket.child("count").count();
            boolean absent = value.text().equals(NULL_CATEGORY) && count == missing;
            if (count > 0 && !absent && counts.put(value.text(), count) != null) {
                throw value.wrong("a value that no other bucket has");
            }
        }
        Field stated = statistics.child("distinct_count");
        DistinctCount distinct =
                DistinctCount.stated(stated.isPresent() ? stated.numberFrom(0, Double.MAX_VALUE) : counts.size());
        return ColumnProfile.of(
                present == 0 ? FeatureType.UNKNOWN : type,
                present,
                missing,
                Moments.create(),
                KllSketch.create(),
                buckets.map(place -> Categories.of(counts, present, distinct)),
                TextLengths.create());
    }
}

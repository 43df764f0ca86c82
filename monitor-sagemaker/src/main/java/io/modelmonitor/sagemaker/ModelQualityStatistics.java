package io.modelmonitor.sagemaker;

import io.modelmonitor.api.Metric;
import io.modelmonitor.internal.file.WholeFile;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.stats.quality.ConfusionMatrix;
import io.modelmonitor.stats.quality.QualitySummary;
import io.modelmonitor.stats.quality.ScoreCurves;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The managed service's {@code statistics.json} of model quality. Immutable.
 *
 * <p>Its quirks, all kept here: 0/0 is 0; the area under the ROC curve is summed by trapezoids from the left, which decides its
 * last digits; curves have all their points, ROC from (0, 0) to (1, 1), precision and recall from recall 0 with precision 1;
 * standard deviations are over five subsamples, of which 0/0 is 0, too, and the string {@code "NaN"} under 200 rows. What a file
 * says beside, such as {@code evaluation_time}, is written again.
 */
public final class ModelQualityStatistics {

    private final ModelQualityKind kind;
    private final long rows;
    private final Map<String, Value> values;
    private final Map<String, Object> others;

    /** The parts of a file, on the dataset and beside it, that have no meaning here. */
    private final Map<String, @Nullable Object> ofDataset;

    private final Map<String, @Nullable Object> ofFile;

    private ModelQualityStatistics(
            ModelQualityKind kind,
            long rows,
            Map<String, Value> values,
            Map<String, Object> others,
            Map<String, @Nullable Object> ofDataset,
            Map<String, @Nullable Object> ofFile) {
        this.kind = kind;
        this.rows = rows;
        this.values = Collections.unmodifiableMap(values);
        this.others = Collections.unmodifiableMap(others);
        this.ofDataset = ofDataset;
        this.ofFile = ofFile;
    }

    /**
     * A number with its standard deviation.
     *
     * @param value the number
     * @param standardDeviation over five subsamples; NaN under 200 rows
     */
    public record Value(double value, double standardDeviation) {}

    /** Returns what the service would have written of a summary. */
    public static ModelQualityStatistics of(QualitySummary summary) {
        ModelQualityKind kind = ModelQualityKind.of(summary);
        Map<String, Value> values = new LinkedHashMap<>();
        for (String key : kind.keys()) {
            Metric metric = summary.metric(key.equals("auc") ? "roc_auc" : key);
            if (ModelQualityKind.isNumber(key) && metric != null) {
                double deviation = summary.deviations().getOrDefault(metric.name(), Double.NaN);
                values.put(key, new Value(value(key, metric, summary), deviation));
            }
        }
        Map<String, Object> others = new LinkedHashMap<>();
        if (summary.confusion() != null) {
            others.put("confusion_matrix", matrix(summary.confusion()));
        }
        if (summary.curves() != null) {
            others.put("receiver_operating_characteristic_curve", roc(summary.curves()));
            others.put("precision_recall_curve", precisionRecall(summary.curves()));
        }
        return new ModelQualityStatistics(kind, summary.rows(), values, others, Map.of(), Map.of());
    }

    private static double value(String key, Metric metric, QualitySummary summary) {
        ScoreCurves curves = summary.curves();
        if (key.equals("auc") && curves != null && metric.isDefined()) {
            return trapezoids(withEnds(curves.falsePositiveRates(), 0, 1), withEnds(curves.truePositiveRates(), 0, 1));
        }
        boolean isCounted = summary.confusion() != null && !key.equals("auc");
        return isCounted && !metric.isDefined() ? 0 : metric.value();
    }

    private static double trapezoids(List<Double> x, List<Double> y) {
        double area = 0;
        for (int i = 1; i < x.size(); i++) {
            area += (x.get(i) - x.get(i - 1)) * (y.get(i) + y.get(i - 1)) / 2;
        }
        return area;
    }

    private static List<Double> withEnds(double[] values, double first, double last) {
        List<Double> list = starting(values, first);
        list.add(last);
        return list;
    }

    private static List<Double> starting(double[] values, double first) {
        List<Double> list = new ArrayList<>(values.length + 2);
        list.add(first);
        for (double value : values) {
            list.add(value);
        }
        return list;
    }

    private static Map<String, Object> roc(ScoreCurves curves) {
        Map<String, Object> lists = new LinkedHashMap<>();
        lists.put("false_positive_rates", withEnds(curves.falsePositiveRates(), 0, 1));
        lists.put("true_positive_rates", withEnds(curves.truePositiveRates(), 0, 1));
        return lists;
    }

    private static Map<String, Object> precisionRecall(ScoreCurves curves) {
        Map<String, Object> lists = new LinkedHashMap<>();
        lists.put("precisions", starting(curves.precisions(), 1));
        lists.put("recalls", starting(curves.truePositiveRates(), 0));
        return lists;
    }

    private static Map<String, Object> matrix(ConfusionMatrix confusion) {
        Map<String, Object> rows = new LinkedHashMap<>();
        List<String> labels = confusion.labels();
        for (int actual = 0; actual < labels.size(); actual++) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int predicted = 0; predicted < labels.size(); predicted++) {
                row.put(labels.get(predicted), confusion.counts().get(actual).get(predicted));
            }
            rows.put(labels.get(actual), row);
        }
        return rows;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it holds no statistics of model quality; the message names the file
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static ModelQualityStatistics read(Path file) {
        Object tree = Json.read(file);
        try {
            return of(Json.object(tree));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static ModelQualityStatistics of(Map<String, @Nullable Object> root) {
        ModelQualityKind kind = ModelQualityKind.in(root);
        Map<String, Value> values = new LinkedHashMap<>();
        Map<String, Object> others = new LinkedHashMap<>();
        Json.object(root.get(kind.statisticsKey())).forEach((key, entry) -> {
            Map<String, @Nullable Object> object = Json.object(entry);
            if (object.containsKey("value")) {
                Object deviation = object.get("standard_deviation");
                values.put(
                        key,
                        new Value(
                                Json.number(object.get("value")),
                                deviation == null ? Double.NaN : Json.number(deviation)));
            } else {
                others.put(key, object);
            }
        });
        Map<String, @Nullable Object> ofFile = new LinkedHashMap<>(root);
        Object dataset = ofFile.remove("dataset");
        ofFile.keySet().removeAll(List.of("version", kind.statisticsKey()));
        Map<String, @Nullable Object> ofDataset =
                dataset == null ? new LinkedHashMap<>() : new LinkedHashMap<>(Json.object(dataset));
        Object items = ofDataset.remove("item_count");
        long rows = items == null ? 0 : (long) Json.number(items);
        return new ModelQualityStatistics(kind, rows, values, others, ofDataset, ofFile);
    }

    /**
     * Writes a file, over one that is there, whole or not at all.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void write(Path file) {
        WholeFile.write(file, Json.writeIndented(tree()));
    }

    private Map<String, @Nullable Object> tree() {
        Set<String> keys = new LinkedHashSet<>(kind.keys());
        keys.addAll(values.keySet());
        keys.addAll(others.keySet());
        Map<String, Object> metrics = new LinkedHashMap<>();
        for (String key : keys) {
            Value value = values.get(key);
            if (value != null) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("value", value.value());
                entry.put("standard_deviation", value.standardDeviation());
                metrics.put(key, entry);
            } else if (others.containsKey(key)) {
                metrics.put(key, others.get(key));
            }
        }
        Map<String, @Nullable Object> dataset = new LinkedHashMap<>();
        dataset.put("item_count", rows);
        dataset.putAll(ofDataset);
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("version", 0.0);
        root.put("dataset", dataset);
        root.put(kind.statisticsKey(), metrics);
        root.putAll(ofFile);
        return root;
    }

    ModelQualityKind kind() {
        return kind;
    }

    /** Returns the number of rows. */
    public long rows() {
        return rows;
    }

    /** Returns the numbers by the service's names, in the service's order. */
    public Map<String, Value> values() {
        return values;
    }
}

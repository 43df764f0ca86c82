package io.modelmonitor.sagemaker;

import io.modelmonitor.internal.file.WholeFile;
import io.modelmonitor.internal.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of the service's analysis configuration that bias is measured by. Values and thresholds are kept as they were
 * written. Keys that have no effect here are kept, {@linkplain #ignored() said}, and written again.
 *
 * @param headers the columns' names; empty when the data brings its own
 * @param label the label's column
 * @param labelValues the positive values, or one threshold above which labels are positive
 * @param facets who is compared
 * @param groupVariable the column of the strata, if any
 * @param predictedLabel the column of the predicted label, if any
 * @param probabilityThreshold the score above which the predicted label is 1, and else 0, where the column of the predicted label
 *     holds scores; null if it holds labels
 * @param excludedColumns the columns that are no features: the flip test does not look at them
 * @param measures the short names of what is measured, such as {@code DPPL}; empty for all
 * @param others whatever else there is, as JSON
 */
public record BiasAnalysisConfig(
        List<String> headers,
        String label,
        List<String> labelValues,
        List<Facet> facets,
        @Nullable String groupVariable,
        @Nullable String predictedLabel,
        @Nullable Double probabilityThreshold,
        List<String> excludedColumns,
        List<String> measures,
        Map<String, @Nullable Object> others) {

    private static final String PRE_TRAINING = "pre_training_bias";
    private static final String POST_TRAINING = "post_training_bias";
    private static final String METHODS = "methods";

    /** The report that is asked for unless another one is. */
    private static final Map<String, Object> REPORT = Map.of("name", "report");

    /** The keys that are read. */
    private static final Set<String> READ = Set.of(
            "version",
            "headers",
            "label",
            "label_values_or_threshold",
            "facet",
            "group_variable",
            "predicted_label",
            "probability_threshold",
            "excluded_columns",
            METHODS);

    /** The effects that keys have in the service and not here. */
    private static final Map<String, String> REASONS = Map.of(
            "features", "it is a path into a request's JSON, and a dataset has columns",
            "dataset_type", "a dataset knows its form",
            "predictor", "predictions are a column of the data",
            "joinsource_name_or_index", "rows are taken as they come");

    /**
     * A facet.
     *
     * @param column the column's name
     * @param values the values of the sensitive group, or one threshold above which people belong to it; empty to compare
     *     each value with all others
     */
    public record Facet(String column, List<String> values) {

        /** Creates a facet. */
        public Facet {
            values = List.copyOf(values);
        }
    }

    /**
     * Creates a configuration.
     *
     * @throws IllegalArgumentException if the label is empty, or has no positive value, or a measure is not known
     */
    public BiasAnalysisConfig {
        headers = List.copyOf(headers);
        labelValues = List.copyOf(labelValues);
        facets = List.copyOf(facets);
        excludedColumns = List.copyOf(excludedColumns);
        measures = List.copyOf(measures);
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
        measures.forEach(BiasServiceMetric::named);
        if (label.isEmpty() || labelValues.isEmpty()) {
            throw new IllegalArgumentException(
                    "label '" + label + "' with label_values_or_threshold " + labelValues + "; both have to be given");
        }
    }

    /**
     * Creates a configuration of all measures.
     *
     * @throws IllegalArgumentException if the label is empty, or has no positive value
     */
    public BiasAnalysisConfig(
            List<String> headers,
            String label,
            List<String> labelValues,
            List<Facet> facets,
            @Nullable String groupVariable,
            @Nullable String predictedLabel) {
        this(headers, label, labelValues, facets, groupVariable, predictedLabel, null, List.of(), List.of(), Map.of());
    }

    /** Returns this configuration for a column of the predicted label that holds scores: above the threshold the label is 1. */
    public BiasAnalysisConfig withProbabilityThreshold(double threshold) {
        return with(threshold, excludedColumns, measures);
    }

    /** Returns this configuration with other columns that are no features. */
    public BiasAnalysisConfig excluding(String... columns) {
        return with(probabilityThreshold, List.of(columns), measures);
    }

    /**
     * Returns this configuration with other measures.
     *
     * @param shortNames such as {@code DPPL}; none for all
     * @throws IllegalArgumentException if there is no such measure
     */
    public BiasAnalysisConfig measures(String... shortNames) {
        return with(probabilityThreshold, excludedColumns, List.of(shortNames));
    }

    private BiasAnalysisConfig with(@Nullable Double threshold, List<String> excluded, List<String> measured) {
        return new BiasAnalysisConfig(
                headers,
                label,
                labelValues,
                facets,
                groupVariable,
                predictedLabel,
                threshold,
                excluded,
                measured,
                others);
    }

    /** Returns whether a measure is wanted. */
    boolean isMeasured(String shortName) {
        return measures.isEmpty() || measures.contains(shortName);
    }

    /** Returns a line for each key that has no effect here, which says why. */
    public List<String> ignored() {
        List<String> lines = new ArrayList<>();
        others.forEach((key, value) -> {
            if (key.equals(METHODS)) {
                Json.object(value)
                        .keySet()
                        .forEach(method -> lines.add(METHODS + "." + method + " has no effect: only " + PRE_TRAINING
                                + " and " + POST_TRAINING + " are measured"));
            } else {
                lines.add(key + " has no effect: " + REASONS.getOrDefault(key, "bias does not depend on it"));
            }
        });
        return lines;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is no analysis configuration of bias; the message names the file
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static BiasAnalysisConfig read(Path file) {
        Map<String, @Nullable Object> tree = Json.object(Json.read(file));
        try {
            return of(tree);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static BiasAnalysisConfig of(Map<String, @Nullable Object> tree) {
        List<String> headers = texts(tree.get("headers"));
        Map<String, @Nullable Object> others = new LinkedHashMap<>(tree);
        others.keySet().removeAll(READ);
        Map<String, @Nullable Object> methods =
                new LinkedHashMap<>(tree.get(METHODS) == null ? Map.of() : Json.object(tree.get(METHODS)));
        List<String> measures = measures(methods, tree.get("predicted_label") != null);
        methods.keySet().removeAll(List.of(PRE_TRAINING, POST_TRAINING));
        methods.remove("report", REPORT);
        if (!methods.isEmpty()) {
            others.put(METHODS, methods);
        }
        List<String> excluded = new ArrayList<>();
        for (Object column : list(tree.get("excluded_columns"))) {
            excluded.add(column(column, headers, "excluded_columns"));
        }
        Object threshold = tree.get("probability_threshold");
        List<Facet> facets = new ArrayList<>();
        for (Object facet : list(tree.get("facet"))) {
            Map<String, @Nullable Object> fields = Json.object(facet);
            facets.add(new Facet(
                    column(fields.get("name_or_index"), headers, "facet.name_or_index"),
                    texts(fields.get("value_or_threshold"))));
        }
        return new BiasAnalysisConfig(
                headers,
                column(tree.get("label"), headers, "label"),
                texts(tree.get("label_values_or_threshold")),
                facets,
                tree.get("group_variable") == null
                        ? null
                        : column(tree.get("group_variable"), headers, "group_variable"),
                tree.get("predicted_label") == null
                        ? null
                        : column(tree.get("predicted_label"), headers, "predicted_label"),
                threshold == null ? null : (Double) Json.number(threshold),
                excluded,
                measures,
                others);
    }

    /** Returns what is to be measured; nothing for all. */
    private static List<String> measures(Map<String, @Nullable Object> methods, boolean hasPredictions) {
        List<String> measures = new ArrayList<>();
        boolean areAll = true;
        for (boolean postTraining : new boolean[] {false, true}) {
            String key = postTraining ? POST_TRAINING : PRE_TRAINING;
            List<String> all = all(postTraining);
            Object said = methods.get(key) == null
                    ? null
                    : Json.object(methods.get(key)).get(METHODS);
            List<String> names = said == null || said.equals("all") ? all : texts(said);
            for (String name : names) {
                if (!all.contains(name)) {
                    throw new IllegalArgumentException(
                            METHODS + "." + key + ": no measure '" + name + "'; there are " + all);
                }
            }
            boolean isSaid = methods.get(key) != null;
            measures.addAll(isSaid ? names : List.of());
            areAll &= (isSaid && names.containsAll(all)) || (postTraining && !hasPredictions);
        }
        return areAll ? List.of() : measures;
    }

    private static List<String> all(boolean postTraining) {
        return Arrays.stream(BiasServiceMetric.values())
                .filter(metric -> metric.isPostTraining() == postTraining)
                .map(BiasServiceMetric::name)
                .toList();
    }

    /**
     * Writes a file that the service reads.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void write(Path file) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("version", "1.0");
        if (!headers.isEmpty()) {
            tree.put("headers", headers);
        }
        tree.put("label", label);
        tree.put("label_values_or_threshold", values(labelValues));
        List<@Nullable Object> facetTrees = new ArrayList<>();
        for (Facet facet : facets) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("name_or_index", facet.column());
            if (!facet.values().isEmpty()) {
                fields.put("value_or_threshold", values(facet.values()));
            }
            facetTrees.add(fields);
        }
        tree.put("facet", facetTrees);
        if (groupVariable != null) {
            tree.put("group_variable", groupVariable);
        }
        if (predictedLabel != null) {
            tree.put("predicted_label", predictedLabel);
        }
        if (probabilityThreshold != null) {
            tree.put("probability_threshold", probabilityThreshold);
        }
        if (!excludedColumns.isEmpty()) {
            tree.put("excluded_columns", excludedColumns);
        }
        tree.putAll(others);
        tree.put(METHODS, methods());
        WholeFile.write(file, Json.writeIndented(tree));
    }

    private Map<String, @Nullable Object> methods() {
        Map<String, @Nullable Object> methods = new LinkedHashMap<>();
        for (boolean postTraining : new boolean[] {false, true}) {
            List<String> all = all(postTraining);
            List<String> wanted = all.stream().filter(this::isMeasured).toList();
            if (!wanted.isEmpty() && (!postTraining || predictedLabel != null)) {
                methods.put(
                        postTraining ? POST_TRAINING : PRE_TRAINING,
                        Map.of(METHODS, wanted.size() == all.size() ? "all" : wanted));
            }
        }
        Object kept = others.get(METHODS);
        methods.put("report", REPORT);
        methods.putAll(kept == null ? Map.of() : Json.object(kept));
        return methods;
    }

    /** Returns numbers as numbers, as the service expects them. */
    private static List<@Nullable Object> values(List<String> texts) {
        List<@Nullable Object> values = new ArrayList<>();
        for (String text : texts) {
            values.add(
                    text.matches("-?\\d{1,18}")
                            ? (Object) Long.valueOf(text)
                            : text.matches("-?\\d+\\.\\d+") ? (Object) Double.valueOf(text) : text);
        }
        return values;
    }

    private static String column(@Nullable Object nameOrIndex, List<String> headers, String where) {
        if (nameOrIndex instanceof Long index) {
            if (index < 0 || index >= headers.size()) {
                throw new IllegalArgumentException(
                        where + " " + index + " is no position among the " + headers.size() + " headers");
            }
            return headers.get(index.intValue());
        }
        if (nameOrIndex == null) {
            throw new IllegalArgumentException(where + " is missing");
        }
        return nameOrIndex.toString();
    }

    private static List<@Nullable Object> list(@Nullable Object value) {
        return value == null ? List.of() : value instanceof List ? Json.array(value) : List.of(value);
    }

    private static List<String> texts(@Nullable Object value) {
        return list(value).stream().map(String::valueOf).toList();
    }
}

package io.modelmonitor.sagemaker;

import io.modelmonitor.internal.file.WholeFile;
import io.modelmonitor.internal.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of the service's analysis configuration that bias is measured by. Keys that it has no use for are ignored when
 * read. Values and thresholds are kept as they were written.
 *
 * @param headers the columns' names; empty when the data brings its own
 * @param label the label's column
 * @param labelValues the positive values, or one threshold above which labels are positive
 * @param facets who is compared
 * @param groupVariable the column of the strata, if any
 * @param predictedLabel the column of the predicted label, if any
 */
public record BiasAnalysisConfig(
        List<String> headers,
        String label,
        List<String> labelValues,
        List<Facet> facets,
        @Nullable String groupVariable,
        @Nullable String predictedLabel) {

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
     * @throws IllegalArgumentException if the label is empty, or has no positive value
     */
    public BiasAnalysisConfig {
        headers = List.copyOf(headers);
        labelValues = List.copyOf(labelValues);
        facets = List.copyOf(facets);
        if (label.isEmpty() || labelValues.isEmpty()) {
            throw new IllegalArgumentException(
                    "label '" + label + "' with label_values_or_threshold " + labelValues + "; both have to be given");
        }
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
                        : column(tree.get("predicted_label"), headers, "predicted_label"));
    }

    /**
     * Writes a file that the service reads, asking for all measures of bias.
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
        Map<String, @Nullable Object> methods = new LinkedHashMap<>();
        methods.put("pre_training_bias", Map.of("methods", "all"));
        if (predictedLabel != null) {
            tree.put("predicted_label", predictedLabel);
            methods.put("post_training_bias", Map.of("methods", "all"));
        }
        methods.put("report", Map.of("name", "report"));
        tree.put("methods", methods);
        WholeFile.write(file, Json.writeIndented(tree));
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

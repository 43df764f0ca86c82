package io.modelmonitor.sagemaker;

import io.modelmonitor.internal.file.WholeFile;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.sagemaker.BiasAnalysis.Group;
import io.modelmonitor.sagemaker.BiasAnalysis.Value;
import io.modelmonitor.stats.internal.text.NumberText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code constraint_violations.json} of the service's bias monitor.
 *
 * @param list the violations, sorted by the measures' short names
 */
public record BiasViolations(List<Violation> list) {

    /**
     * One violation.
     *
     * @param facet the facet's column
     * @param facetValue the group's values, or its interval
     * @param metricName the measure's short name
     * @param constraintCheckType always {@code bias_drift_check}
     * @param description the service's sentence
     */
    public record Violation(
            String facet, String facetValue, String metricName, String constraintCheckType, String description) {

        static Violation of(String facet, Group group, Value current, Value expected) {
            return new Violation(
                    facet,
                    group.valueOrThreshold(),
                    current.name(),
                    "bias_drift_check",
                    "Metric value " + NumberText.of(current.value(), true)
                            + " doesn't meet the baseline constraint requirement "
                            + NumberText.of(expected.value(), true));
        }
    }

    /** Creates violations. */
    public BiasViolations {
        list = List.copyOf(list);
    }

    static BiasViolations of(List<Violation> violations) {
        return new BiasViolations(violations.stream()
                .sorted(Comparator.comparing(Violation::metricName))
                .toList());
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it is no such file; the message names it
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static BiasViolations read(Path file) {
        Object tree = Json.read(file);
        try {
            List<Violation> violations = new ArrayList<>();
            for (Object element : Json.array(Json.object(tree).get("violations"))) {
                Map<String, @Nullable Object> fields = Json.object(element);
                violations.add(new Violation(
                        text(fields, "facet"),
                        text(fields, "facet_value"),
                        text(fields, "metric_name"),
                        text(fields, "constraint_check_type"),
                        text(fields, "description")));
            }
            return new BiasViolations(violations);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static String text(Map<String, @Nullable Object> fields, String name) {
        Object value = fields.get(name);
        return value == null ? "" : value.toString();
    }

    /**
     * Writes a file, as the service does: none when there is no violation.
     *
     * @return whether a file was written
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public boolean write(Path file) {
        if (list.isEmpty()) {
            return false;
        }
        List<@Nullable Object> violations = new ArrayList<>();
        for (Violation violation : list) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("facet", violation.facet());
            fields.put("facet_value", violation.facetValue());
            fields.put("metric_name", violation.metricName());
            fields.put("constraint_check_type", violation.constraintCheckType());
            fields.put("description", violation.description());
            violations.add(fields);
        }
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("version", "1.0");
        root.put("violations", violations);
        WholeFile.write(file, Json.writeIndented(root));
        return true;
    }
}

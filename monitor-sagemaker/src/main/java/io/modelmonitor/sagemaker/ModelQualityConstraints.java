package io.modelmonitor.sagemaker;

import io.modelmonitor.internal.file.WholeFile;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.stats.internal.text.NumberText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The managed service's {@code constraints.json} of model quality, and its verdict. Immutable.
 *
 * <p>A threshold is the baseline's value itself, without any tolerance; the comparison names the bad side. So an unchanged
 * model violates about half of its constraints: this is for showing that a migration changes nothing, not for watching.
 */
public final class ModelQualityConstraints {

    /** Violated by smaller values. */
    public static final String LESS_THAN_THRESHOLD = "LessThanThreshold";
    /** Violated by greater values. */
    public static final String GREATER_THAN_THRESHOLD = "GreaterThanThreshold";

    /** In violations, and only there, the service writes these in camel case. */
    private static final Set<String> CAMEL_CASE =
            Set.of("true_positive_rate", "true_negative_rate", "false_positive_rate", "false_negative_rate");

    /** The service computes and constrains it, but never reports its violation. */
    private static final String LOST = "f0_5";

    private final ModelQualityKind kind;
    private final Map<String, Threshold> thresholds;

    private ModelQualityConstraints(ModelQualityKind kind, Map<String, Threshold> thresholds) {
        this.kind = kind;
        this.thresholds = Collections.unmodifiableMap(thresholds);
    }

    /**
     * A bound as the service writes it.
     *
     * @param threshold the number
     * @param operator {@value #LESS_THAN_THRESHOLD} or {@value #GREATER_THAN_THRESHOLD}: what a value must not be
     */
    public record Threshold(double threshold, String operator) {

        boolean isViolatedBy(double value) {
            return operator.equals(LESS_THAN_THRESHOLD) ? value < threshold : value > threshold;
        }
    }

    /**
     * A violation as the service writes it.
     *
     * @param metric the metric's name, rates in camel case
     * @param check the operator
     * @param description the service's sentence
     */
    public record Violation(String metric, String check, String description) {}

    /** Returns what the service suggests from a baseline: its values as thresholds. */
    public static ModelQualityConstraints suggest(ModelQualityStatistics baseline) {
        Map<String, Threshold> thresholds = new LinkedHashMap<>();
        baseline.values().forEach((key, value) -> {
            if (ModelQualityKind.isConstrained(key)) {
                thresholds.put(key, new Threshold(value.value(), ModelQualityKind.operator(key)));
            }
        });
        return new ModelQualityConstraints(baseline.kind(), thresholds);
    }

    /**
     * Reads a file. Keys that are not known are read over.
     *
     * @throws IllegalArgumentException if it holds no constraints of model quality; the message names the file
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static ModelQualityConstraints read(Path file) {
        Object tree = Json.read(file);
        try {
            Map<String, @Nullable Object> root = Json.object(tree);
            ModelQualityKind kind = ModelQualityKind.in(root);
            Map<String, Threshold> thresholds = new LinkedHashMap<>();
            Json.object(root.get(kind.constraintsKey())).forEach((key, entry) -> {
                Map<String, @Nullable Object> object = Json.object(entry);
                thresholds.put(
                        key,
                        new Threshold(
                                Json.number(object.get("threshold")), operator(object.get("comparison_operator"))));
            });
            return new ModelQualityConstraints(kind, thresholds);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static String operator(@Nullable Object value) {
        if (value != null && (value.equals(LESS_THAN_THRESHOLD) || value.equals(GREATER_THAN_THRESHOLD))) {
            return value.toString();
        }
        throw new IllegalArgumentException("comparison_operator is " + value + "; allowed is " + LESS_THAN_THRESHOLD
                + " or " + GREATER_THAN_THRESHOLD);
    }

    /**
     * Writes a file, over one that is there, whole or not at all.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void write(Path file) {
        Map<String, Object> entries = new LinkedHashMap<>();
        thresholds.forEach((key, threshold) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("threshold", threshold.threshold());
            entry.put("comparison_operator", threshold.operator());
            entries.put(key, entry);
        });
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("version", 0.0);
        root.put(kind.constraintsKey(), entries);
        WholeFile.write(file, Json.writeIndented(root));
    }

    /** Returns the thresholds by metric, in their order. */
    public Map<String, Threshold> thresholds() {
        return thresholds;
    }

    /**
     * Returns the violations that the service reports of a window, in the order of the constraints: by plain comparison, NaN
     * violating nothing. It never reports that of {@code f0_5}, although it has a threshold.
     */
    public List<Violation> violations(ModelQualityStatistics window) {
        List<Violation> violations = new ArrayList<>();
        thresholds.forEach((key, threshold) -> {
            ModelQualityStatistics.Value value = window.values().get(key);
            if (value != null && !key.equals(LOST) && threshold.isViolatedBy(value.value())) {
                String name = CAMEL_CASE.contains(key) ? camelCase(key) : key;
                String description = "Metric " + name + " with " + NumberText.of(value.value(), true) + " +/- "
                        + NumberText.of(value.standardDeviation(), true) + " was " + threshold.operator() + " '"
                        + NumberText.of(threshold.threshold(), true) + "'";
                violations.add(new Violation(name, threshold.operator(), description));
            }
        });
        return violations;
    }

    /**
     * Writes violations as the service's {@code constraint_violations.json}, over a file that is there.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public static void writeViolations(List<Violation> violations, Path file) {
        List<Object> entries = new ArrayList<>();
        for (Violation violation : violations) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("constraint_check_type", violation.check());
            entry.put("description", violation.description());
            entry.put("metric_name", violation.metric());
            entries.add(entry);
        }
        WholeFile.write(file, Json.writeIndented(Map.of("violations", entries)));
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_", -1)) {
            camel.append(camel.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }
}

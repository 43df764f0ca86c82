package io.modelmonitor.sagemaker;

import io.modelmonitor.api.Explanation;
import io.modelmonitor.internal.file.WholeFile;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.sagemaker.ExplainabilityAnalysis.Label;
import io.modelmonitor.stats.internal.text.NumberText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the managed service's files of explainability: {@code analysis.json} with
 * {@code explanations.kernel_shap}, {@code constraint_violations.json}, and the local values of
 * {@code explanations_shap/out.csv}. Keys that mean nothing here are kept when a file is written again. Safe for use by
 * several threads.
 */
public final class ExplainabilityFiles {

    private static final String VERSION = "version";
    private static final String EXPLANATIONS = "explanations";
    private static final String KERNEL_SHAP = "kernel_shap";
    private static final String GLOBAL = "global_shap_values";
    private static final String EXPECTED = "expected_value";

    private ExplainabilityFiles() {}

    /**
     * Reads an {@code analysis.json}. One without {@code explanations.kernel_shap}, such as one of bias only, has no labels.
     *
     * @throws IllegalArgumentException if it is no such file; one line names the file and the field
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static ExplainabilityAnalysis readAnalysis(Path file) {
        Map<String, @Nullable Object> root = field(file, "", Json.read(file));
        List<Label> labels = new ArrayList<>();
        Map<String, @Nullable Object> others = new LinkedHashMap<>(root);
        if (root.get(EXPLANATIONS) != null) {
            Map<String, @Nullable Object> explanations = field(file, EXPLANATIONS, root.get(EXPLANATIONS));
            if (explanations.get(KERNEL_SHAP) != null) {
                String place = EXPLANATIONS + '.' + KERNEL_SHAP;
                field(file, place, explanations.get(KERNEL_SHAP))
                        .forEach((name, value) -> labels.add(label(file, place + '.' + name, name, value)));
            }
        }
        return new ExplainabilityAnalysis(labels, others);
    }

    /**
     * Writes an {@code analysis.json}.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public static void writeAnalysis(ExplainabilityAnalysis analysis, Path file) {
        Map<String, @Nullable Object> labels = new LinkedHashMap<>();
        for (Label label : analysis.labels()) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            tree.put(GLOBAL, label.attributions());
            if (!Double.isNaN(label.expectedValue())) {
                tree.put(EXPECTED, label.expectedValue());
            }
            tree.putAll(label.others());
            labels.put(label.name(), tree);
        }
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put(VERSION, "1.0");
        root.putAll(analysis.others());
        Map<String, @Nullable Object> explanations = new LinkedHashMap<>();
        explanations.put(KERNEL_SHAP, labels);
        if (root.get(EXPLANATIONS) instanceof Map<?, ?> kept) {
            kept.forEach((name, value) -> explanations.putIfAbsent(String.valueOf(name), value));
        }
        root.put(EXPLANATIONS, explanations);
        WholeFile.write(file, Json.writeIndented(root));
    }

    /**
     * Writes a {@code constraint_violations.json}, as the service does: none when there is no violation.
     *
     * @return whether a file was written
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public static boolean writeViolations(List<ExplainabilityViolation> violations, Path file) {
        if (violations.isEmpty()) {
            return false;
        }
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put(VERSION, "1.0");
        root.put(
                "violations",
                violations.stream().map(ExplainabilityViolation::tree).toList());
        WholeFile.write(file, Json.writeIndented(root));
        return true;
    }

    /**
     * Writes local values as CSV: a line for each explained row, and for each label and feature a column named
     * {@code <feature>_<label>}. Rows are written as they come and none is kept.
     *
     * @param features the features' names, in the explanations' order
     * @param labels the outputs' names; the service calls the only one "label0"
     * @param explanations the explained rows, all of as many outputs and features
     * @throws IllegalArgumentException if an explanation has other numbers of features or outputs; nothing is written then
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public static void writeLocalValues(
            List<String> features, List<String> labels, Iterable<Explanation> explanations, Path file) {
        WholeFile.writeForOwner(file, out -> writeLocalValues(features, labels, explanations, out));
    }

    private static void writeLocalValues(
            List<String> features, List<String> labels, Iterable<Explanation> explanations, OutputStream out)
            throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        String separator = "";
        for (String label : labels) {
            for (String feature : features) {
                writer.append(separator).append(quoted(feature + '_' + label));
                separator = ",";
            }
        }
        writer.append('\n');
        for (Explanation explanation : explanations) {
            if (explanation.features() != features.size() || explanation.outputs() != labels.size()) {
                throw new IllegalArgumentException("explanations: one has " + explanation.outputs() + " outputs and "
                        + explanation.features() + " features; named are " + labels.size() + " and "
                        + features.size());
            }
            separator = "";
            for (int output = 0; output < labels.size(); output++) {
                for (int feature = 0; feature < features.size(); feature++) {
                    writer.append(separator).append(NumberText.of(explanation.contribution(output, feature), true));
                    separator = ",";
                }
            }
            writer.append('\n');
        }
        writer.flush();
    }

    private static Label label(Path file, String place, String name, @Nullable Object value) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(field(file, place, value));
        Map<String, Double> attributions = new LinkedHashMap<>();
        field(file, place + '.' + GLOBAL, tree.remove(GLOBAL))
                .forEach((feature, attribution) ->
                        attributions.put(feature, number(file, place + '.' + GLOBAL + '.' + feature, attribution)));
        Object expected = tree.remove(EXPECTED);
        return new Label(
                name,
                attributions,
                expected == null ? Double.NaN : number(file, place + '.' + EXPECTED, expected),
                tree);
    }

    private static Map<String, @Nullable Object> field(Path file, String place, @Nullable Object value) {
        try {
            return Json.object(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(at(file, place) + e.getMessage(), e);
        }
    }

    private static double number(Path file, String place, @Nullable Object value) {
        try {
            return Json.number(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(at(file, place) + e.getMessage(), e);
        }
    }

    private static String at(Path file, String place) {
        return file + ": " + (place.isEmpty() ? "" : place + ": ");
    }

    private static String quoted(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}

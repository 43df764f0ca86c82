package io.modelmonitor.sagemaker;

import io.modelmonitor.internal.json.Json;
import io.modelmonitor.sagemaker.BiasAnalysis.Group;
import io.modelmonitor.sagemaker.BiasAnalysis.Section;
import io.modelmonitor.sagemaker.BiasAnalysis.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The layout of {@code analysis.json}. */
final class BiasAnalysisFile {

    private static final String POST_TRAINING = "post_training_bias_metrics";
    private static final String PRE_TRAINING = "pre_training_bias_metrics";

    private BiasAnalysisFile() {}

    static BiasAnalysis read(Path file) {
        Object tree = Json.read(file);
        try {
            Map<String, @Nullable Object> root = Json.object(tree);
            return new BiasAnalysis(section(root.get(POST_TRAINING)), section(root.get(PRE_TRAINING)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable Section section(@Nullable Object tree) {
        if (tree == null) {
            return null;
        }
        Map<String, @Nullable Object> fields = Json.object(tree);
        Map<String, List<Group>> facets = new LinkedHashMap<>();
        Json.object(fields.get("facets")).forEach((name, groups) -> {
            List<Group> list = new ArrayList<>();
            Json.array(groups).forEach(group -> list.add(group(Json.object(group))));
            facets.put(name, list);
        });
        return new Section(text(fields.get("label")), text(fields.get("label_value_or_threshold")), facets);
    }

    private static Group group(Map<String, @Nullable Object> fields) {
        List<Value> values = new ArrayList<>();
        for (Object metric : Json.array(fields.get("metrics"))) {
            Map<String, @Nullable Object> value = Json.object(metric);
            Object number = value.get("value");
            values.add(new Value(
                    text(value.get("name")),
                    text(value.get("description")),
                    number == null ? Double.NaN : Json.number(number),
                    text(value.get("error"))));
        }
        return new Group(text(fields.get("value_or_threshold")), values);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    static String text(BiasAnalysis analysis) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("version", "1.0");
        if (analysis.postTraining() != null) {
            root.put(POST_TRAINING, tree(analysis.postTraining()));
        }
        if (analysis.preTraining() != null) {
            root.put(PRE_TRAINING, tree(analysis.preTraining()));
        }
        return Json.writeIndented(root);
    }

    private static Map<String, @Nullable Object> tree(Section section) {
        Map<String, @Nullable Object> facets = new LinkedHashMap<>();
        section.facets()
                .forEach((name, groups) -> facets.put(
                        name, groups.stream().map(BiasAnalysisFile::tree).toList()));
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("label", section.label());
        tree.put("facets", facets);
        tree.put("label_value_or_threshold", section.labelValueOrThreshold());
        return tree;
    }

    private static Map<String, @Nullable Object> tree(Group group) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("value_or_threshold", group.valueOrThreshold());
        tree.put(
                "metrics",
                group.metrics().stream()
                        .sorted(Comparator.comparing(Value::name))
                        .map(BiasAnalysisFile::tree)
                        .toList());
        return tree;
    }

    private static Map<String, @Nullable Object> tree(Value value) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("name", value.name());
        tree.put("description", value.description());
        tree.put("value", Double.isNaN(value.value()) ? null : value.value());
        if (!value.error().isEmpty()) {
            tree.put("error", value.error());
        }
        return tree;
    }
}

package io.modelmonitor.sagemaker;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a {@code constraint_violations.json}.
 *
 * @param feature the feature's name; empty if the entry names none
 * @param check which check was violated, such as {@code data_type_check}; empty if the entry does not say
 * @param description what was found, in the writer's words; empty if there are none
 * @param others whatever else the entry says: texts, numbers, booleans, lists and maps of these, as they are written
 */
public record ServiceViolation(String feature, String check, String description, Map<String, @Nullable Object> others) {

    /** Creates an entry. */
    public ServiceViolation {
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    }

    /** Creates an entry that says nothing else. */
    public ServiceViolation(String feature, String check, String description) {
        this(feature, check, description, Map.of());
    }

    static ServiceViolation read(Field field) {
        Map<String, @Nullable Object> others = new LinkedHashMap<>(field.object());
        ServiceViolation violation = new ServiceViolation(
                text(field, "feature_name"), text(field, "constraint_check_type"), text(field, "description"), others);
        others.remove("feature_name");
        others.remove("constraint_check_type");
        others.remove("description");
        return new ServiceViolation(violation.feature, violation.check, violation.description, others);
    }

    private static String text(Field field, String name) {
        Field child = field.child(name);
        return child.isPresent() ? child.text() : "";
    }

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        put(tree, "feature_name", feature);
        put(tree, "constraint_check_type", check);
        put(tree, "description", description);
        tree.putAll(others);
        return tree;
    }

    private static void put(Map<String, @Nullable Object> tree, String name, String text) {
        if (!text.isEmpty()) {
            tree.put(name, text);
        }
    }
}

package io.modelmonitor.sagemaker;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Constraints that the service's files have no words for, under a key of our own, which the service ignores:
 * {@code "additional_constraints": [{"metric": "mean", "at_least": 30000.0}]}.
 */
final class AdditionalConstraints {

    static final String KEY = "additional_constraints";

    private AdditionalConstraints() {}

    /** Reads constraints, on a subject unless they name another. */
    static List<Constraint> read(Field field, String subject) {
        List<Constraint> constraints = new ArrayList<>();
        for (Field element : field.elementsIfPresent()) {
            Field own = element.child("subject");
            constraints.add(element.map(place -> new Constraint(
                    own.isPresent() ? own.text() : subject,
                    place.child("metric").text(),
                    Bound.between(
                            end(place.child("at_least"), Double.NEGATIVE_INFINITY),
                            end(place.child("at_most"), Double.POSITIVE_INFINITY)))));
        }
        return constraints;
    }

    private static double end(Field field, double none) {
        return field.isPresent() ? field.number() : none;
    }

    static List<Map<String, @Nullable Object>> tree(List<Constraint> constraints, boolean withSubject) {
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (Constraint constraint : constraints) {
            Map<String, @Nullable Object> tree = new LinkedHashMap<>();
            if (withSubject) {
                tree.put("subject", constraint.subject());
            }
            tree.put("metric", constraint.metric());
            if (constraint.bound().lower() != Double.NEGATIVE_INFINITY) {
                tree.put("at_least", constraint.bound().lower());
            }
            if (constraint.bound().upper() != Double.POSITIVE_INFINITY) {
                tree.put("at_most", constraint.bound().upper());
            }
            list.add(tree);
        }
        return list;
    }
}

package io.modelmonitor.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What is expected of a dataset: its features, and bounds on metrics. Immutable; every change returns a new one.
 *
 * @param schema the expected features with their types and domains, which some metrics are measured against
 * @param list the constraints in order, at most one for each metric of a subject
 */
public record Constraints(Schema schema, List<Constraint> list) {

    /** Creates constraints; of two about the same metric of the same subject the later one counts, in the place of the first. */
    public Constraints {
        Map<List<String>, Constraint> unique = new LinkedHashMap<>();
        for (Constraint constraint : list) {
            unique.put(List.of(constraint.subject(), constraint.metric()), constraint);
        }
        list = List.copyOf(unique.values());
    }

    /** Returns these with others added, which replace those about the same metric of the same subject. */
    public Constraints with(Collection<Constraint> others) {
        List<Constraint> all = new ArrayList<>(list);
        all.addAll(others);
        return new Constraints(schema, all);
    }

    /** Returns these with others added, which replace those about the same metric of the same subject. */
    public Constraints with(Constraint... others) {
        return with(List.of(others));
    }

    /** Returns these without the constraints that a condition picks. */
    public Constraints without(Predicate<Constraint> condition) {
        return new Constraints(schema, list.stream().filter(condition.negate()).toList());
    }

    /** Returns these with the expectation of one feature replaced. */
    public Constraints with(Feature feature) {
        return new Constraints(schema.with(feature), list);
    }
}

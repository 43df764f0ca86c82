package io.modelmonitor.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The expectations of a dataset: its features, and bounds on metrics. Immutable; every change returns a new one.
 *
 * @param schema the expected features with their types and domains, which some metrics are measured against
 * @param list the constraints in order, at most one for each metric of a subject
 */
public record Constraints(Schema schema, List<Constraint> list) {

    /** Creates constraints; of two about the same metric of the same subject the later one counts, in the place of the first. */
    public Constraints {
        Map<MetricId, Constraint> unique = new LinkedHashMap<>();
        for (Constraint constraint : list) {
            unique.put(constraint.id(), constraint);
        }
        list = List.copyOf(unique.values());
    }

    /** Returns the constraints of nothing: no feature is expected, and no metric is bounded. */
    public static Constraints none() {
        return new Constraints(Schema.of(List.of()), List.of());
    }

    /** Returns the bound on a metric, or null if there is none. Takes time in proportion to the number of constraints. */
    public @Nullable Bound bound(MetricId id) {
        for (Constraint constraint : list) {
            if (constraint.id().equals(id)) {
                return constraint.bound();
            }
        }
        return null;
    }

    /**
     * Returns these with others added: their features and constraints replace those of the same name or about the same metric.
     */
    public Constraints with(Constraints others) {
        Map<String, Feature> features = new LinkedHashMap<>();
        schema.features().forEach(feature -> features.put(feature.name(), feature));
        others.schema.features().forEach(feature -> features.put(feature.name(), feature));
        return new Constraints(Schema.of(List.copyOf(features.values())), list).with(others.list);
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

    /** Returns the constraints on metrics within a scope, as they are named without it: the reverse of {@link MetricId#in}. */
    public Constraints within(String scope) {
        List<Constraint> within = new ArrayList<>();
        for (Constraint constraint : list) {
            String subject = constraint.subject();
            if (subject.equals(scope)) {
                within.add(new Constraint(MetricId.DATASET, constraint.metric(), constraint.bound()));
            } else if (subject.startsWith(scope + MetricId.SEPARATOR)) {
                String inner = subject.substring(scope.length() + MetricId.SEPARATOR.length());
                within.add(new Constraint(inner, constraint.metric(), constraint.bound()));
            }
        }
        return new Constraints(schema, within);
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

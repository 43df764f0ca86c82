package io.modelmonitor.api;

import java.util.Objects;

/**
 * The identity of a metric: what is measured of what. Subject first, as constraints read aloud.
 *
 * @param subject what is measured: a feature's name, a facet's group, a label, or {@link #DATASET}
 * @param name the name of the measure, in lower case with words joined by {@code _} and families by {@code .}, such as {@code
 *     completeness} or {@code drift.psi}; not empty
 */
public record MetricId(String subject, String name) {

    /** The subject of a metric of the dataset as a whole. */
    public static final String DATASET = "";

    static final String SEPARATOR = ", ";

    /**
     * Creates an identity.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public MetricId {
        Objects.requireNonNull(subject, "subject");
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "name is empty; a metric of " + (subject.isEmpty() ? "the dataset" : "'" + subject + "'")
                            + " needs a name, such as completeness");
        }
    }

    /**
     * Returns the identity of the same metric within a scope, such as a segment: the scope is the subject, with this subject behind
     * it as in {@code region=north, class=a}.
     */
    public MetricId in(String scope) {
        return new MetricId(subject.isEmpty() ? scope : scope + SEPARATOR + subject, name);
    }

    /** Returns subject and name, such as {@code income drift.psi} or {@code dataset recall}. */
    @Override
    public String toString() {
        return (subject.isEmpty() ? "dataset" : subject) + " " + name;
    }
}

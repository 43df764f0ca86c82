package io.modelmonitor.api;

import java.io.Serializable;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * A column and what is expected of its values.
 *
 * @param name the column's name, not empty
 * @param type the kind of its values
 * @param domain the values it may take, in the order given; empty when any value may occur
 */
public record Feature(String name, FeatureType type, Set<String> domain) implements Serializable {

    /**
     * Creates a feature.
     *
     * @throws IllegalArgumentException if the name is empty
     */
    public Feature {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name is empty; a feature needs a name");
        }
        Objects.requireNonNull(type, "type");
        domain = Collections.unmodifiableSet(new LinkedHashSet<>(domain));
    }

    /** Creates a feature that may take any value of a type. */
    public Feature(String name, FeatureType type) {
        this(name, type, Set.of());
    }

    /** Returns this feature with another type. */
    public Feature withType(FeatureType newType) {
        return new Feature(name, newType, domain);
    }

    /** Returns this feature with another domain; an empty one lifts the restriction. */
    public Feature withDomain(Collection<String> newDomain) {
        return new Feature(name, type, new LinkedHashSet<>(newDomain));
    }
}

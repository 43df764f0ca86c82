package io.modelmonitor.fairness;

import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The groups that are compared: people by an attribute that must not matter, such as gender or age. Immutable.
 *
 * <p>A group is compared with everybody else of whom the attribute is known.
 */
public final class Facet implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final List<Feature> reads;
    private final Groups grouping;

    /** Makes the function that finds the group of a row. */
    private interface Groups extends Supplier<Grouping>, Serializable {}

    private Facet(String name, List<Feature> reads, Groups grouping) {
        this.name = name;
        this.reads = reads;
        this.grouping = grouping;
    }

    /**
     * People who have one of these values, against all others; without values, each value that occurs against all others.
     * Values that are numbers are compared as numbers.
     *
     * @param column the column's name
     * @param values the values of the group that may be treated worse
     * @throws IllegalArgumentException if the column is empty
     */
    public static Facet of(String column, String... values) {
        requireName(column);
        if (values.length == 0) {
            return new Facet(column, List.of(read(column)), () -> new ValueGrouping(column));
        }
        List<String> wanted = List.copyOf(Arrays.asList(values));
        return condition(
                read(column).withDomain(wanted), column + "=" + String.join(",", wanted), Condition.anyOf(wanted));
    }

    /**
     * People whose number is greater than a threshold, against all others.
     *
     * @throws IllegalArgumentException if the column is empty or the threshold is not finite
     */
    public static Facet above(String column, double threshold) {
        requireFinite(threshold);
        return condition(read(column), column + ">" + Names.number(threshold), Condition.above(threshold));
    }

    /**
     * People whose number is a threshold or less, against all others.
     *
     * @throws IllegalArgumentException if the column is empty or the threshold is not finite
     */
    public static Facet upTo(String column, double threshold) {
        requireFinite(threshold);
        return condition(read(column), column + "<=" + Names.number(threshold), Condition.atMost(threshold));
    }

    /**
     * People who belong to a group of one facet and to a group of another at the same time, against all others: every
     * combination that occurs.
     *
     * @throws IllegalArgumentException if there are fewer than two facets
     */
    public static Facet intersection(Facet... facets) {
        if (facets.length < 2) {
            throw new IllegalArgumentException(
                    "facets: " + facets.length + " given; an intersection needs two at least");
        }
        Facet all = facets[0];
        for (Facet next : Arrays.asList(facets).subList(1, facets.length)) {
            all = all.crossedWith(next);
        }
        return all;
    }

    private Facet crossedWith(Facet other) {
        List<Feature> both = new ArrayList<>(reads);
        both.addAll(other.reads);
        Facet one = this;
        return new Facet(
                name + "&" + other.name, both, () -> new CrossGrouping(one.grouping.get(), other.grouping.get()));
    }

    private static Facet condition(Feature read, String group, Condition condition) {
        String column = read.name();
        return new Facet(column, List.of(read), () -> new ConditionGrouping(column, group, condition));
    }

    private static Feature read(String column) {
        requireName(column);
        return new Feature(column, FeatureType.UNKNOWN);
    }

    /** Returns the name: the column's, or those of an intersection joined by {@code &}. */
    public String name() {
        return name;
    }

    /** Returns the columns that are read. */
    public Set<String> columns() {
        return reads.stream().map(Feature::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns the columns that are read, with the values that were named. */
    List<Feature> reads() {
        return reads;
    }

    Grouping grouping() {
        return grouping.get();
    }

    @Override
    public String toString() {
        return name;
    }

    private static void requireName(String column) {
        if (column.isEmpty()) {
            throw new IllegalArgumentException("column is empty; name the column of the facet");
        }
    }

    static void requireFinite(double threshold) {
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("threshold " + threshold + " is not allowed; give a finite number");
        }
    }
}

package io.modelmonitor.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An ordered list of features with unique names. Immutable. */
public final class Schema {

    private static final Schema EMPTY = new Schema(List.of());

    private final List<Feature> features;
    private final Map<String, Integer> indexes;

    private Schema(List<Feature> features) {
        this.features = List.copyOf(features);
        this.indexes = new HashMap<>(features.size() * 2);
        for (int i = 0; i < this.features.size(); i++) {
            String name = this.features.get(i).name();
            Integer earlier = indexes.put(name, i);
            if (earlier != null) {
                throw new IllegalArgumentException(
                        "features " + earlier + " and " + i + " are both named '" + name + "'; names must be unique");
            }
        }
    }

    /**
     * Returns a schema of these features.
     *
     * @throws IllegalArgumentException if two features have the same name
     */
    public static Schema of(List<Feature> features) {
        return features.isEmpty() ? EMPTY : new Schema(features);
    }

    /**
     * Returns a schema of columns whose types are not known yet.
     *
     * @throws IllegalArgumentException if two names are equal, or one is empty
     */
    public static Schema ofNames(String... names) {
        return ofNames(Arrays.asList(names));
    }

    /**
     * Returns a schema of columns whose types are not known yet.
     *
     * @throws IllegalArgumentException if two names are equal, or one is empty
     */
    public static Schema ofNames(List<String> names) {
        return of(names.stream()
                .map(name -> new Feature(name, FeatureType.UNKNOWN))
                .toList());
    }

    /** Returns the features in order. */
    public List<Feature> features() {
        return features;
    }

    /** Returns the number of features. */
    public int size() {
        return features.size();
    }

    /** Returns the names in order. */
    public List<String> names() {
        return features.stream().map(Feature::name).toList();
    }

    /**
     * Returns the position of a feature.
     *
     * @return a position from 0, or −1 if there is no such feature
     */
    public int indexOf(String name) {
        return indexes.getOrDefault(name, -1);
    }

    /** Returns the feature of a name, or null if there is none. */
    public @Nullable Feature feature(String name) {
        int index = indexOf(name);
        return index < 0 ? null : features.get(index);
    }

    /**
     * Returns the position of a feature that has to be there.
     *
     * @throws IllegalArgumentException if there is no such feature; the message has the nearest name and the first few that are
     *     there
     */
    public int requireIndexOf(String name) {
        int index = indexOf(name);
        if (index < 0) {
            List<String> first = names().subList(0, Math.min(10, size()));
            String nearest = size() == 0 ? "" : "; the nearest of " + size() + " is '" + nearest(name, names()) + "'";
            throw new IllegalArgumentException("no column '" + name + "'" + nearest + "; there are " + first
                    + (first.size() < size() ? " and more" : ""));
        }
        return index;
    }

    /**
     * Returns the name that takes the fewest letters to insert, delete or replace (V. I. Levenshtein, 1966), without regard to
     * case; the first of several, null of none. Takes time in proportion to the letters of the name times those of all names.
     */
    public static @Nullable String nearest(String name, Collection<String> names) {
        String wanted = name.toLowerCase(Locale.ROOT);
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String other : names) {
            int distance = distance(wanted, other.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = other;
            }
        }
        return nearest;
    }

    /**
     * Returns the {@link #nearest} name if it may be the one that was meant: if it takes one letter of three at most, and no more than two.
     * Null if there is none.
     */
    public static @Nullable String misspelt(String name, Collection<String> names) {
        String nearest = nearest(name, names);
        if (nearest == null) {
            return null;
        }
        int distance = distance(name.toLowerCase(Locale.ROOT), nearest.toLowerCase(Locale.ROOT));
        return distance <= Math.min(2, name.length() / 3) ? nearest : null;
    }

    private static int distance(String name, String other) {
        int[] last = new int[other.length() + 1];
        Arrays.setAll(last, i -> i);
        for (int i = 1; i <= name.length(); i++) {
            int[] next = new int[other.length() + 1];
            next[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = last[j - 1] + (name.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                next[j] = Math.min(replaced, 1 + Math.min(last[j], next[j - 1]));
            }
            last = next;
        }
        return last[other.length()];
    }

    /**
     * Returns this schema with one feature replaced.
     *
     * @throws IllegalArgumentException if there is no feature of that name
     */
    public Schema with(Feature feature) {
        List<Feature> changed = new ArrayList<>(features);
        changed.set(requireIndexOf(feature.name()), feature);
        return of(changed);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Schema that && features.equals(that.features);
    }

    @Override
    public int hashCode() {
        return features.hashCode();
    }

    @Override
    public String toString() {
        return features.toString();
    }
}

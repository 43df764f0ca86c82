package io.modelmonitor.internal.data;

import io.modelmonitor.internal.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes a flat row of nested objects: {@code {"a": {"b": 1}, "c": [2, 3]}} has the columns {@code a.b}, {@code c[0]} and
 * {@code c[1]}. Empty objects and arrays have none. A row is filled, read and cleared. It costs what it holds within
 * {@link Limits}, and what is beyond is counted.
 */
final class Flattener {

    static final String NAME_TWICE = "name that occurs twice in an object; its last value counts";
    static final String TOO_MANY_COLUMNS =
            "value beyond the limits on columns, on the length of their names, and on depth; left out";

    /** Stands for all names that are longer than allowed, so that no longer ones are made of them. */
    private static final String NAME_TOO_LONG = "\u2026".repeat(Limits.NAME + 1);

    private final List<String> names = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    private long nameCharacters;
    private long beyond;
    private int nodes;

    /** Forgets the row. */
    void clear() {
        nameCharacters = 0;
        beyond = 0;
        nodes = 0;
        names.clear();
        values.clear();
    }

    /** Adds a value that is neither an object nor an array. */
    void add(String name, @Nullable Object value) {
        if (names.size() >= Limits.COLUMNS
                || name.length() > Limits.NAME
                || nameCharacters + name.length() > Limits.NAMES) {
            beyond++;
            return;
        }
        nameCharacters += name.length();
        names.add(name);
        values.add(value);
    }

    /** Returns the number of values. */
    int width() {
        return names.size();
    }

    /** Returns the name of a value. */
    String name(int index) {
        return names.get(index);
    }

    /** Returns a value. */
    @Nullable
    Object value(int index) {
        return values.get(index);
    }

    /** Returns how many values were left out because of the limits. */
    long beyond() {
        return beyond;
    }

    /** Packs the row, noting what is wrong with it at a line. */
    void packInto(RowPacker packer, Problems problems, long line) {
        boolean twice = false;
        int next = 0;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).isEmpty() ? "_c" + i : names.get(i);
            int column = packer.column(name, next);
            if (column == RowPacker.NO_COLUMN) {
                beyond++;
                continue;
            }
            twice |= packer.isSet(column);
            packer.set(column, values.get(i));
            next = column + 1;
        }
        if (beyond > 0) {
            problems.add(TOO_MANY_COLUMNS, beyond, line);
        }
        if (twice) {
            problems.add(NAME_TWICE, line);
        }
        packer.endRow();
    }

    /** Returns the name of a member of an object; the outermost object has the empty name. */
    static String member(String object, String name) {
        if (object.length() + name.length() > Limits.NAME) {
            return NAME_TOO_LONG;
        }
        return object.isEmpty() ? name : object + "." + name;
    }

    /** Returns the name of an element of an array. */
    static String element(String array, int index) {
        return array.length() > Limits.NAME ? NAME_TOO_LONG : array + "[" + index + "]";
    }

    /**
     * Adds a value and all that it holds. The members of maps without an order of their own come in the order of their
     * names, so that the same rows give the same columns at every run.
     */
    void addTree(String name, @Nullable Object value) {
        addTree(name, value, 0);
    }

    private void addTree(String name, @Nullable Object given, int depth) {
        Object value = ObjectCells.content(given);
        nodes++;
        if (isFull() || depth > Json.MOST_DEPTH) {
            beyond++;
            return;
        }
        if (value instanceof Map<?, ?> map) {
            ordered(map).forEach((key, member) -> addTree(member(name, key), member, depth + 1));
            return;
        }
        Iterable<?> elements = Json.elements(value);
        if (elements == null) {
            add(name, value);
            return;
        }
        int index = 0;
        for (Object element : elements) {
            addTree(element(name, index++), element, depth + 1);
            if (isFull()) {
                break; // there may be no end
            }
        }
    }

    /** Returns whether all that comes now is beyond the limits, and something has been left out already. */
    boolean isFull() {
        return nodes > Limits.NODES || (beyond > 0 && names.size() >= Limits.COLUMNS);
    }

    private static Map<String, @Nullable Object> ordered(Map<?, ?> map) {
        boolean hasOrder = map instanceof LinkedHashMap || map instanceof SortedMap;
        Map<String, @Nullable Object> ordered = hasOrder ? new LinkedHashMap<>() : new TreeMap<>();
        map.forEach((key, value) -> ordered.put(String.valueOf(key), value));
        return ordered;
    }
}

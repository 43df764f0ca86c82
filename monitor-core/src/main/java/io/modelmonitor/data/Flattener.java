package io.modelmonitor.data;

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
 * {@code c[1]}. Empty objects and arrays have none. A row is filled, read and cleared.
 */
final class Flattener {

    static final String NAME_TWICE = "name that occurs twice in an object; its last value counts";
    static final String TOO_MANY_COLUMNS = "value of a column beyond the first " + Limits.COLUMNS + "; left out";

    private final List<String> names = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    /** Forgets the row. */
    void clear() {
        names.clear();
        values.clear();
    }

    /** Adds a value that is neither an object nor an array. */
    void add(String name, @Nullable Object value) {
        names.add(name);
        values.add(value);
    }

    /** Returns the number of values. */
    int width() {
        return names.size();
    }

    /** Packs the row, noting what is wrong with it at a line. */
    void packInto(RowPacker packer, Problems problems, long line) {
        boolean twice = false;
        int next = 0;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).isEmpty() ? "_c" + i : names.get(i);
            int column = packer.column(name, next);
            if (column == RowPacker.NO_COLUMN) {
                problems.add(TOO_MANY_COLUMNS, line);
                continue;
            }
            twice |= packer.isSet(column);
            packer.set(column, values.get(i));
            next = column + 1;
        }
        if (twice) {
            problems.add(NAME_TWICE, line);
        }
        packer.endRow();
    }

    /** Returns the name of a member of an object; the outermost object has the empty name. */
    static String member(String object, String name) {
        return object.isEmpty() ? name : object + "." + name;
    }

    /** Returns the name of an element of an array. */
    static String element(String array, int index) {
        return array + "[" + index + "]";
    }

    /**
     * Adds a value and all that it holds. The members of maps without an order of their own come in the order of their
     * names, so that the same rows give the same columns at every run.
     */
    void addTree(String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            ordered(map).forEach((key, member) -> addTree(member(name, key), member));
            return;
        }
        List<?> elements = Json.elements(value);
        if (elements == null) {
            add(name, value);
            return;
        }
        int index = 0;
        for (Object element : elements) {
            addTree(element(name, index++), element);
        }
    }

    private static Map<String, @Nullable Object> ordered(Map<?, ?> map) {
        boolean hasOrder = map instanceof LinkedHashMap || map instanceof SortedMap;
        Map<String, @Nullable Object> ordered = hasOrder ? new LinkedHashMap<>() : new TreeMap<>();
        map.forEach((key, value) -> ordered.put(String.valueOf(key), value));
        return ordered;
    }
}

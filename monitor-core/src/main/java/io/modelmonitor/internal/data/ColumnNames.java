package io.modelmonitor.internal.data;

import io.modelmonitor.api.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives every column a name of its own. */
final class ColumnNames {

    private final Problems problems;

    ColumnNames(Problems problems) {
        this.problems = problems;
    }

    /** Returns a schema of columns that are called by their positions: {@code _c0}, {@code _c1} and so on. */
    Schema byPosition(int columns) {
        List<String> names = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            names.add("_c" + i);
        }
        return Schema.ofNames(names);
    }

    /** Returns a schema of the names given: a second {@code x} is called {@code x_2}, an empty one by its position. */
    Schema schema(List<String> given, long line) {
        Set<String> taken = new HashSet<>(given);
        Set<String> used = new HashSet<>();
        Map<String, Integer> numbers = new HashMap<>();
        List<String> names = new ArrayList<>(given.size());
        long characters = 0;
        for (int i = 0; i < given.size(); i++) {
            String name = given.get(i);
            characters += name.length();
            if (name.isEmpty() || name.length() > Limits.NAME || characters > Limits.NAMES) {
                problems.add(
                        name.isEmpty()
                                ? "column without a name; called by its position"
                                : "column with a name beyond the limit on their length; called by its position",
                        line);
                name = taken.contains("_c" + i) ? free("_c" + i, taken, numbers) : "_c" + i;
            } else if (used.contains(name)) {
                name = free(name, taken, numbers);
                problems.add("column with the name of an earlier one; called by its name and a number", line);
            }
            taken.add(name);
            used.add(name);
            names.add(name);
        }
        return Schema.ofNames(names);
    }

    /** Returns names behind that of a first column without one, which is called by its position. */
    static List<String> withFirst(List<String> given) {
        List<String> names = new ArrayList<>(given.size() + 1);
        names.add(given.contains("_c0") ? free("_c0", new HashSet<>(given), new HashMap<>()) : "_c0");
        names.addAll(given);
        return names;
    }

    private static String free(String name, Set<String> taken, Map<String, Integer> numbers) {
        String free;
        do {
            free = name + "_" + numbers.merge(name, 2, (last, unused) -> last + 1);
        } while (taken.contains(free));
        return free;
    }
}

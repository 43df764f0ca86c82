package io.modelmonitor.stats.sketch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a plain tree that somebody else may have written, and says in one line what is wrong with it. */
final class Tree {

    private final Map<?, ?> map;
    private final String path;

    private Tree(Map<?, ?> map, String path) {
        this.map = map;
        this.path = path;
    }

    /**
     * Reads the tree of a state.
     *
     * @throws IllegalArgumentException if it is no map
     */
    static Tree of(@Nullable Object tree, String path) {
        if (tree instanceof Map<?, ?> map) {
            return new Tree(map, path);
        }
        throw wrong(path, "a map", tree);
    }

    /** Returns a part of this tree. */
    Tree child(String key) {
        return of(map.get(key), path + '.' + key);
    }

    /** Returns the whole of this tree. */
    Object all() {
        return map;
    }

    boolean has(String key) {
        return map.get(key) != null;
    }

    String text(String key) {
        return text(map.get(key), path + '.' + key);
    }

    double number(String key) {
        return number(map.get(key), path + '.' + key);
    }

    /** Returns a whole number that is not negative. */
    long count(String key) {
        return count(map.get(key), path + '.' + key);
    }

    /** Returns a whole number from 0 to the greatest int. */
    int length(String key) {
        long count = count(key);
        if (count > Integer.MAX_VALUE) {
            throw impossible(key, count + "; at most " + Integer.MAX_VALUE + " is expected");
        }
        return (int) count;
    }

    boolean flag(String key) {
        Object value = map.get(key);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(path + '.' + key, "true or false", value);
    }

    /** Returns bytes that are written in Base64. */
    byte[] bytes(String key) {
        String text = text(key);
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(path + '.' + key + ": no Base64, " + e.getMessage(), e);
        }
    }

    List<?> list(String key) {
        return list(map.get(key), path + '.' + key);
    }

    double[] numbers(String key) {
        return numbers(map.get(key), path + '.' + key);
    }

    long[] counts(String key) {
        List<?> list = list(key);
        long[] counts = new long[list.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = count(list.get(i), path + '.' + key + '[' + i + ']');
        }
        return counts;
    }

    /** Returns the complaint that a part of this tree has an impossible value. */
    IllegalArgumentException impossible(String key, String why) {
        return new IllegalArgumentException(path + '.' + key + ": " + why);
    }

    static List<?> list(@Nullable Object value, String path) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong(path, "a list", value);
    }

    static String text(@Nullable Object value, String path) {
        if (value instanceof String text) {
            return text;
        }
        throw wrong(path, "a text", value);
    }

    static double[] numbers(@Nullable Object value, String path) {
        List<?> list = list(value, path);
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(list.get(i), path + '[' + i + ']');
        }
        return numbers;
    }

    static double number(@Nullable Object value, String path) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        // JSON has no numbers that are not finite; they travel as these texts.
        if ("NaN".equals(value) || "Infinity".equals(value) || "-Infinity".equals(value)) {
            return Double.parseDouble((String) value);
        }
        throw wrong(path, "a number", value);
    }

    static long count(@Nullable Object value, String path) {
        if (value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.doubleValue() >= 0
                && number.doubleValue() < 0x1p63) {
            return number.longValue();
        }
        throw wrong(path, "a whole number from 0", value);
    }

    /** Returns numbers as a part of a tree. */
    static List<Double> list(double[] values, int size) {
        return Arrays.stream(values, 0, size).boxed().toList();
    }

    /** Returns counts as a part of a tree. */
    static List<Long> list(long[] values, int size) {
        List<Long> list = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            list.add(values[i]);
        }
        return list;
    }

    private static IllegalArgumentException wrong(String path, String wanted, @Nullable Object found) {
        String shown = String.valueOf(found).replaceAll("\\s+", " ");
        return new IllegalArgumentException(path + ": "
                + (found == null ? "nothing" : "'" + shown.substring(0, Math.min(40, shown.length())) + "'")
                + " found; " + wanted + " is expected");
    }
}

package io.modelmonitor.internal.capture;

import io.modelmonitor.internal.json.Json;
import io.modelmonitor.stats.internal.text.ShortestFloat;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies of values that nobody else can change, and their text in a CSV row. */
final class ValueCopies {

    /** The bytes of an element of a list or an array, beside those of its value. */
    static final int ELEMENT = 4;

    /** The deepest nesting of lists and maps. */
    static final int MOST_DEPTH = 50;

    private static final int OBJECT = 16;
    private static final int TEXT = 40;
    private static final int ENTRY = 40;

    /** The most digits of a number: its text is made in more than linear time. */
    private static final int MOST_DIGITS = 10_000;

    /** Trees of JSON, which are no collections; their text is JSON. */
    private static final Set<String> JSON_TREES = Set.of(
            "com.fasterxml.jackson.databind.JsonNode",
            "tools.jackson.databind.JsonNode",
            "com.google.gson.JsonElement");

    private ValueCopies() {}

    /**
     * Returns a value as something immutable of which JSON can be made: null, {@code String}, {@code Boolean},
     * {@code Double}, {@code Long}, {@code BigInteger}, or lists and maps of these. A tree of JSON becomes what it says;
     * anything else, a {@code Path} among it, becomes its text.
     *
     * @param allowance what the copy may take; lists that occur more than once are copied, and counted, as often
     * @throws IllegalArgumentException if it is too large, or lists and maps are nested too deep, or contain themselves
     */
    static @Nullable Object copy(@Nullable Object value, Allowance allowance) {
        return copy(value, allowance, 0);
    }

    private static @Nullable Object copy(@Nullable Object value, Allowance allowance, int depth) {
        if (depth > MOST_DEPTH) {
            throw new IllegalArgumentException("a value is nested deeper than " + MOST_DEPTH + " levels");
        }
        if (value instanceof String text) {
            return text(text, allowance);
        }
        allowance.take(OBJECT);
        if (value == null || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number, allowance);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                allowance.take(ENTRY);
                String name = text(String.valueOf(entry.getKey()), allowance);
                copy.put(name, copy(entry.getValue(), allowance, depth + 1));
            }
            return copy;
        }
        if (value.getClass().isArray()) {
            int length = Array.getLength(value);
            allowance.take(length, ELEMENT + OBJECT);
            List<@Nullable Object> copy = new ArrayList<>(length);
            for (int i = 0; i < length; i++) {
                copy.add(copy(Array.get(value, i), allowance, depth + 1));
            }
            return copy;
        }
        if (isJsonTree(value.getClass())) {
            return copy(Json.parse(text(value.toString(), allowance)), allowance, depth + 1);
        }
        Iterable<?> list = Json.elements(value);
        if (list != null) {
            List<@Nullable Object> copy = new ArrayList<>();
            for (Object element : list) {
                allowance.take(ELEMENT);
                copy.add(copy(element, allowance, depth + 1));
            }
            return copy;
        }
        return text(String.valueOf(value), allowance);
    }

    private static String text(String text, Allowance allowance) {
        allowance.take(TEXT + (long) text.length());
        return text;
    }

    /** Returns whether a type is a tree of JSON of a library. */
    static boolean isJsonTree(Class<?> type) {
        for (Class<?> one = type; one != null; one = one.getSuperclass()) {
            if (JSON_TREES.contains(one.getName())) {
                return true;
            }
        }
        return false;
    }

    private static Object number(Number number, Allowance allowance) {
        if (number instanceof Double || number instanceof Long) {
            return number;
        }
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        if (number instanceof Float single) {
            return ShortestFloat.toDouble(single);
        }
        if (number instanceof BigInteger big) {
            requireDigits(big.bitLength() / 3);
            allowance.take(big.bitLength() / Byte.SIZE);
            return big;
        }
        requireDigits(
                number instanceof BigDecimal decimal ? decimal.unscaledValue().bitLength() / 3 : 0);
        String text = String.valueOf(number);
        requireDigits(text.length());
        if (text.equals("NaN") || text.endsWith("Infinity")) {
            return number.doubleValue();
        }
        BigDecimal exact = new BigDecimal(text);
        return exact.scale() <= 0 && exact.precision() - exact.scale() <= 400
                ? exact.toBigInteger()
                : (Object) exact.doubleValue();
    }

    private static void requireDigits(int digits) {
        if (digits > MOST_DIGITS) {
            throw new IllegalArgumentException(
                    "a number has more than the " + MOST_DIGITS + " digits that are allowed");
        }
    }

    /** Returns roughly how many bytes a copied value holds. */
    static long weight(@Nullable Object value) {
        if (value instanceof String text) {
            return TEXT + (long) text.length();
        }
        long sum = (long) OBJECT + (value instanceof BigInteger big ? big.bitLength() / Byte.SIZE : 0);
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sum += ENTRY + weight(entry.getKey()) + weight(entry.getValue());
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                sum += ELEMENT + weight(element);
            }
        }
        return sum;
    }

    /** Appends a copied value as a field of a CSV row (RFC 4180); a missing value is an empty field. */
    static void appendCsv(TextBuffer out, @Nullable Object value, boolean fractional) {
        if (value instanceof Double number) {
            out.append(number, fractional);
        } else if (value instanceof Long whole && fractional) {
            out.append(whole.doubleValue(), true);
        } else if (value != null) {
            appendQuoted(out, value.toString());
        }
    }

    private static void appendQuoted(TextBuffer out, String text) {
        boolean plain = !text.isEmpty();
        for (int i = 0; i < text.length() && plain; i++) {
            char c = text.charAt(i);
            plain = c != ',' && c != '"' && c != '\n' && c != '\r';
        }
        if (plain) {
            out.append(text);
        } else {
            out.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
    }
}

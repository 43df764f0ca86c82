package io.modelmonitor.capture;

import io.modelmonitor.internal.json.Json;
import io.modelmonitor.stats.sketch.ShortestFloat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies of values that nobody else can change, and their text in a CSV row. */
final class Values {

    private static final int MOST_DEPTH = 50;

    private Values() {}

    /**
     * Returns a value as something immutable of which JSON can be made: null, {@code String}, {@code Boolean},
     * {@code Double}, {@code Long}, {@code BigInteger}, or lists and maps of these. Anything else becomes its text.
     *
     * @throws IllegalArgumentException if lists and maps are nested too deep, or contain themselves
     */
    static @Nullable Object copy(@Nullable Object value) {
        return copy(value, 0);
    }

    private static @Nullable Object copy(@Nullable Object value, int depth) {
        if (depth > MOST_DEPTH) {
            throw new IllegalArgumentException("a value is nested deeper than " + MOST_DEPTH + " levels");
        }
        if (value == null || value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>(map.size() * 2);
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                copy.put(String.valueOf(entry.getKey()), copy(entry.getValue(), depth + 1));
            }
            return copy;
        }
        List<?> list = Json.elements(value);
        if (list == null) {
            return value.toString();
        }
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        for (Object element : list) {
            copy.add(copy(element, depth + 1));
        }
        return copy;
    }

    private static Object number(Number number) {
        if (number instanceof Double || number instanceof Long || number instanceof BigInteger) {
            return number;
        }
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        if (number instanceof Float single) {
            return ShortestFloat.toDouble(single);
        }
        String text = number.toString();
        if (text.equals("NaN") || text.endsWith("Infinity")) {
            return number.doubleValue();
        }
        BigDecimal exact = new BigDecimal(text);
        return exact.scale() <= 0 && exact.precision() - exact.scale() <= 400
                ? exact.toBigInteger()
                : (Object) exact.doubleValue();
    }

    /** Returns roughly how many bytes a copied value holds. */
    static long weight(@Nullable Object value) {
        if (value instanceof String text) {
            return 40 + (long) text.length();
        }
        long sum = 16;
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                sum += 40 + weight(entry.getKey()) + weight(entry.getValue());
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                sum += 4 + weight(element);
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

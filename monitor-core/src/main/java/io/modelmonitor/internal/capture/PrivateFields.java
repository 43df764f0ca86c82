package io.modelmonitor.internal.capture;

import io.modelmonitor.capture.Privacy;
import io.modelmonitor.internal.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The private fields of one side of the requests of a capture, found by name regardless of case. What has values without names
 * may hold them anywhere, and is refused. Immutable.
 */
final class PrivateFields {

    private static final Pattern POSITION = Pattern.compile("_c[0-9]{1,9}");
    private static final int MOST_NESTED_TEXTS = 8;

    /** Members whose lists are rows, or columns of one, and name no value. */
    private static final Set<String> CONTAINERS =
            Set.of("instances", "predictions", "inputs", "outputs", "features", "data", "rows", "values");

    private final Map<String, Privacy> byField;
    private final boolean positionsOnly;

    private PrivateFields(Map<String, Privacy> byField) {
        this.byField = byField;
        this.positionsOnly = byField.keySet().stream()
                .allMatch(name -> POSITION.matcher(name).matches());
    }

    /**
     * Creates fields.
     *
     * @throws IllegalArgumentException if a field is protected twice
     */
    static PrivateFields of(List<Privacy> privacy) {
        Map<String, Privacy> byField = new LinkedHashMap<>();
        for (Privacy one : privacy) {
            if (byField.put(folded(one.field()), one) != null) {
                throw new IllegalArgumentException("field '" + one.field() + "' is protected twice; once is enough");
            }
        }
        return new PrivateFields(byField);
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    boolean isEmpty() {
        return byField.isEmpty();
    }

    /** Returns what becomes of a field; null if it stays as it is. */
    @Nullable
    Privacy of(String name) {
        return byField.get(folded(name));
    }

    /**
     * Requires that each value of a row has a name.
     *
     * @param columns how many columns have names
     * @throws IllegalArgumentException if a value may be private without being known as such
     */
    void requireNames(int values, int columns) {
        if (!positionsOnly && values != columns) {
            throw new IllegalArgumentException("fields are private, and a row of " + values
                    + " values is no row of the " + columns + " columns that have names; give a schema");
        }
    }

    /**
     * Requires that a row of texts does not name private fields, as a header does, of which the columns stand elsewhere.
     *
     * @param column the name of each column
     * @throws IllegalArgumentException if it does
     */
    void requireNoHeader(List<String> row, java.util.function.IntFunction<String> column) {
        for (int i = 0; i < row.size(); i++) {
            if (of(row.get(i)) != null && !folded(row.get(i)).equals(folded(column.apply(i)))) {
                throw new IllegalArgumentException(
                        "fields are private, and a header has one of them in place of another column");
            }
        }
    }

    /**
     * Returns a copied tree with private fields changed, at any depth, in JSON within texts too; dropped ones are gone.
     *
     * @param named whether the tree is the value of a field that has a name
     * @throws IllegalArgumentException if there is a value without a name in it
     */
    @Nullable
    Object protect(@Nullable Object tree, boolean named) {
        return protect(tree, named, "", 0);
    }

    private @Nullable Object protect(@Nullable Object tree, boolean named, String path, int texts) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> kept = new LinkedHashMap<>(map.size() * 2);
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String name = String.valueOf(entry.getKey());
                String full = path.isEmpty() ? name : path + "." + name;
                Privacy one = of(name) == null ? of(full) : of(name);
                if (one == null) {
                    boolean isName = !CONTAINERS.contains(folded(name));
                    kept.put(name, protect(entry.getValue(), isName, full, texts));
                } else if (!one.isDropping()) {
                    kept.put(name, one.apply(entry.getValue()));
                }
            }
            return kept;
        }
        if (tree instanceof List<?> list) {
            List<@Nullable Object> kept = new ArrayList<>(list.size());
            for (Object element : list) {
                kept.add(protect(element, named, path, texts));
            }
            return kept;
        }
        if (tree != null && !named) {
            throw new IllegalArgumentException("fields are private, and a value of JSON has no name");
        }
        return tree instanceof String text ? protectText(text, path, texts) : tree;
    }

    private String protectText(String text, String path, int texts) {
        String stripped = text.strip();
        if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
            return text;
        }
        if (texts == MOST_NESTED_TEXTS) {
            throw new IllegalArgumentException(
                    "fields are private, and JSON is within texts of texts, more than " + MOST_NESTED_TEXTS);
        }
        Object tree;
        try {
            tree = Json.parse(stripped);
        } catch (IllegalArgumentException e) {
            String folded = folded(stripped);
            if (byField.keySet().stream().anyMatch(folded::contains)) {
                throw new IllegalArgumentException("fields are private, and a text that names one is no JSON", e);
            }
            return text;
        }
        Object kept = protect(tree, true, path, texts + 1);
        return Objects.equals(tree, kept) ? text : Json.write(kept);
    }
}

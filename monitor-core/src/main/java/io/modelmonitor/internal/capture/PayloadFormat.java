package io.modelmonitor.internal.capture;

import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.Privacy;
import io.modelmonitor.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The format of one side of the captured requests: names of columns, encoding, private fields. */
public final class PayloadFormat {

    private final @Nullable Schema schema;
    private final boolean json;
    private final PrivateFields privacy;

    private PayloadFormat(@Nullable Schema schema, boolean json, PrivateFields privacy) {
        this.schema = schema;
        this.json = json;
        this.privacy = privacy;
    }

    /**
     * Creates a form.
     *
     * @param schema the columns of arrays and CSV rows; null if they have no names
     * @param json whether arrays are written as JSON objects by these names, and not as CSV
     * @param privacy what becomes of private fields
     * @throws IllegalArgumentException if JSON is asked for without names, or a field is protected twice
     */
    public static PayloadFormat of(@Nullable Schema schema, boolean json, List<Privacy> privacy) {
        if (json && schema == null) {
            throw new IllegalArgumentException("JSON is asked for, but the columns have no names; give a schema");
        }
        return new PayloadFormat(schema, json, PrivateFields.of(privacy));
    }

    /** Returns a copy of a row of numbers. */
    PayloadSource copyOf(double[] row, Allowance allowance) {
        allowance.take(row.length, Double.BYTES);
        return privacy.isEmpty() ? new NumberSource(row.clone()) : new NumberSource(row).copy(this, allowance);
    }

    boolean isPrivate() {
        return !privacy.isEmpty();
    }

    @Nullable
    Schema schema() {
        return schema;
    }

    /**
     * Returns a row's values with private ones changed; dropped ones are null.
     *
     * @throws IllegalArgumentException if one may be private without being known as such
     */
    @Nullable
    Object[] protect(@Nullable Object[] values) {
        privacy.requireNames(values.length, schema == null ? 0 : schema.size());
        for (int i = 0; i < values.length; i++) {
            Privacy one = privacy.of(name(i));
            values[i] = one == null ? privacy.protect(values[i], true) : one.apply(values[i]);
        }
        return values;
    }

    /** Requires that a row of texts is no header of other columns; see {@link PrivateFields#requireNoHeader}. */
    void requireNoHeader(List<String> row) {
        privacy.requireNoHeader(row, this::name);
    }

    /** Returns a copied tree with private fields changed; see {@link PrivateFields#protect}. */
    @Nullable
    Object protectTree(@Nullable Object tree) {
        return privacy.protect(tree, false);
    }

    boolean isJson() {
        return json;
    }

    /** Returns a column's name. */
    String name(int column) {
        return schema != null && column < schema.size()
                ? schema.features().get(column).name()
                : "_c" + column;
    }

    private boolean isFractional(int column) {
        return schema != null
                && column < schema.size()
                && schema.features().get(column).type() == FeatureType.FRACTIONAL;
    }

    /** Writes a row of numbers as this form has it; NaN is a missing value. */
    void append(TextBuffer out, double[] numbers) {
        if (json) {
            @Nullable Object[] values = new Object[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                values[i] = numbers[i];
            }
            out.append(Json.write(tree(values)));
            return;
        }
        if (numbers.length == 1 && Double.isNaN(numbers[0])) {
            out.append("\"\"");
            return;
        }
        for (int i = 0; i < numbers.length; i++) {
            if (i > 0) {
                out.append(',');
            }
            out.append(numbers[i], schema != null && isFractional(i));
        }
    }

    /** Writes a row of copied values as this form has it. */
    void append(TextBuffer out, @Nullable Object[] values) {
        if (json) {
            out.append(Json.write(tree(values)));
            return;
        }
        int start = out.length();
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                out.append(',');
            }
            ValueCopies.appendCsv(out, values[i], isFractional(i));
        }
        if (values.length == 1 && out.length() == start) {
            out.append("\"\"");
        }
    }

    /** Returns the object that a row of copied values is by its columns' names, without those that are dropped. */
    Map<String, @Nullable Object> tree(@Nullable Object[] values) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(values.length * 2);
        for (int i = 0; i < values.length; i++) {
            Privacy one = privacy.of(name(i));
            if (one == null || !one.isDropping()) {
                boolean missing = values[i] instanceof Double number && number.isNaN();
                tree.put(name(i), missing ? null : values[i]);
            }
        }
        return tree;
    }
}

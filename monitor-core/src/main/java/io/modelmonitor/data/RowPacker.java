package io.modelmonitor.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Packs rows of objects, and of cells of a text, into batches. Columns may be added as they are met; earlier rows miss them. */
final class RowPacker {

    /** What {@link #column} returns when there are too many columns. */
    static final int NO_COLUMN = -1;

    private static final int FIRST_BYTES = 64;

    private final List<Feature> features;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<PackedColumn> columns = new ArrayList<>();
    private Schema schema;
    private int rows;
    private long characters;

    /** The text of the cells, UTF-8. */
    private byte[] text = new byte[FIRST_BYTES];

    private int length;
    private boolean ascii = true;

    RowPacker(Schema schema) {
        this.schema = schema;
        this.features = new ArrayList<>(schema.features());
        for (Feature feature : features) {
            indexes.put(feature.name(), columns.size());
            columns.add(new PackedColumn());
        }
    }

    /**
     * Returns the position of a column, which is added if it is new.
     *
     * @param guess where it may be
     * @return {@link #NO_COLUMN} if it is new and there is no place for it
     */
    int column(String name, int guess) {
        if (guess < features.size() && features.get(guess).name().equals(name)) {
            return guess;
        }
        Integer known = indexes.get(name);
        if (known != null) {
            return known;
        }
        if (features.size() == Limits.COLUMNS) {
            return NO_COLUMN;
        }
        indexes.put(name, features.size());
        features.add(new Feature(name, FeatureType.UNKNOWN));
        columns.add(new PackedColumn());
        return features.size() - 1;
    }

    /** Returns whether the present row has a value in a column. */
    boolean isSet(int column) {
        return columns.get(column).isSet(rows);
    }

    /** Sets a value of the present row, in place of one that it may have. */
    void set(int column, @Nullable Object value) {
        columns.get(column).set(rows, value);
        if (value instanceof CharSequence characterSequence) {
            characters += characterSequence.length();
        }
    }

    /**
     * Adds to the text of the batch.
     *
     * @param bytes UTF-8
     * @return where in the text they begin
     */
    int append(byte[] bytes, int from, int to, boolean isAscii) {
        int start = length;
        length += to - from;
        if (length > text.length) {
            text = Arrays.copyOf(text, Math.max(length, 2 * text.length));
        }
        System.arraycopy(bytes, from, text, start, to - from);
        ascii &= isAscii;
        return start;
    }

    /** Sets a value of the present row, which has none yet, to a cell of the text. */
    void set(int column, int from, int to) {
        columns.get(column).set(rows, from, to);
    }

    /** Sets a value of the present row, which has none yet, to a cell of text. */
    void setCell(int column, String cell) {
        byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
        int start = append(bytes, 0, bytes.length, bytes.length == cell.length());
        set(column, start, length);
    }

    /**
     * Sets a value of the present row, which has none yet, to a number.
     *
     * @param kind a {@link io.modelmonitor.api.ValueKind} code of a number
     * @param number finite
     */
    void set(int column, byte kind, double number) {
        columns.get(column).set(rows, kind, number);
    }

    /** Ends the present row. */
    void endRow() {
        rows++;
    }

    /** Returns whether this batch takes in another row, of so many values. */
    boolean hasRoom(int width) {
        return rows == 0
                || (rows < Limits.rows(Math.max(width, features.size())) && characters + length < Limits.BYTES);
    }

    /** Returns the columns known. */
    Schema schema() {
        if (schema.size() < features.size()) {
            schema = Schema.of(features);
        }
        return schema;
    }

    /** Returns the rows since the last batch; null if there are none. */
    @Nullable
    Batch batch() {
        if (rows == 0) {
            return null;
        }
        Column[] packed = new Column[columns.size()];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = columns.get(i).take(rows, text, ascii);
        }
        Batch batch = new Batch(schema(), rows, packed);
        text = new byte[Math.max(FIRST_BYTES, length)];
        length = 0;
        ascii = true;
        rows = 0;
        characters = 0;
        return batch;
    }
}

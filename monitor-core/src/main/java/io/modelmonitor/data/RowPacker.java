package io.modelmonitor.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Packs rows of objects into batches. Columns may be added as they are met; earlier rows miss them. */
final class RowPacker {

    /** What {@link #column} returns when there are too many columns. */
    static final int NO_COLUMN = -1;

    /** Little, for there may be many columns, and batches of many columns have few rows. */
    private static final int FIRST_ROWS = 4;

    private final List<Feature> features;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<@Nullable Object[]> columns = new ArrayList<>();
    private Schema schema;
    private int rows;
    private long characters;

    RowPacker(Schema schema) {
        this.schema = schema;
        this.features = new ArrayList<>(schema.features());
        for (Feature feature : features) {
            indexes.put(feature.name(), columns.size());
            columns.add(new @Nullable Object[FIRST_ROWS]);
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
        columns.add(new @Nullable Object[FIRST_ROWS]);
        return features.size() - 1;
    }

    /** Returns whether the present row has a value in a column. */
    boolean isSet(int column) {
        @Nullable Object[] values = columns.get(column);
        return rows < values.length && values[rows] != null;
    }

    /** Sets a value of the present row. */
    void set(int column, @Nullable Object value) {
        @Nullable Object[] values = columns.get(column);
        if (rows >= values.length) {
            values = Arrays.copyOf(values, Math.max(rows + 1, 4 * values.length));
            columns.set(column, values);
        }
        values[rows] = value;
        if (value instanceof CharSequence text) {
            characters += text.length();
        }
    }

    /** Ends the present row. */
    void endRow() {
        rows++;
    }

    /** Returns whether it is time for a batch. */
    boolean isFull() {
        return rows >= Limits.rows(features.size()) || characters >= Limits.BYTES;
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
            packed[i] = DecodedColumn.of(Arrays.copyOf(columns.get(i), rows), rows);
            Arrays.fill(columns.get(i), null);
        }
        Batch batch = new Batch(schema(), rows, packed);
        rows = 0;
        characters = 0;
        return batch;
    }
}

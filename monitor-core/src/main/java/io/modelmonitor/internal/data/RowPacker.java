package io.modelmonitor.internal.data;

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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Packs rows of objects, and of cells of a text, into batches. Columns may be added as they are met, within {@link Limits};
 * earlier rows miss them. A batch costs what it holds: columns without a value in it share one that is empty. A row that fails
 * on the way is undone with {@link #undoRow()} and leaves nothing behind.
 */
public final class RowPacker {

    /** The result of {@link #column} when there are too many columns. */
    static final int NO_COLUMN = -1;

    private static final int FIRST_BYTES = 64;

    private final List<Feature> features;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<PackedColumn> columns = new ArrayList<>();
    private Schema schema;
    /** The most columns beside those that are expected. */
    private int mostColumns;

    /** Names that always have a place. */
    private final Set<String> expected;

    private int expectedMet;
    private long nameCharacters;
    private int rows;
    private long characters;

    /** The number of columns with a value in this batch. */
    private int touchedCount;

    /** The columns that the present row has set, as often as it has. */
    private int[] setByRow = new int[16];

    private int setCount;

    /** The extent of the rows before the present one, for a rollback. */
    private int columnsBefore;

    private int lengthBefore;
    private long charactersBefore;
    private boolean asciiBefore = true;

    /** The text of the cells, UTF-8. */
    private byte[] text = new byte[FIRST_BYTES];

    private int length;
    private boolean ascii = true;

    /**
     * Creates a packer, of which the first row may have {@link Limits#COLUMNS} columns; later ones may add up to
     * {@link Limits#COLUMNS_MET}.
     *
     * @param schema the columns that there are
     */
    RowPacker(Schema schema) {
        this(schema, Limits.COLUMNS, Set.of());
    }

    private RowPacker(Schema schema, int mostColumns, Set<String> expected) {
        this.schema = schema;
        this.mostColumns = mostColumns;
        this.expected = expected;
        this.columnsBefore = schema.size();
        this.features = new ArrayList<>(schema.features());
        for (Feature feature : features) {
            indexes.put(feature.name(), columns.size());
            columns.add(new PackedColumn());
        }
    }

    /**
     * Returns a packer without columns. Those that are expected always have a place, lest others that come first take it, and
     * {@link Limits#COLUMNS_BESIDE_KNOWN} more.
     */
    static RowPacker expecting(Set<String> columns) {
        return columns.isEmpty()
                ? new RowPacker(Schema.ofNames())
                : new RowPacker(Schema.ofNames(), Limits.COLUMNS_BESIDE_KNOWN, columns);
    }

    /**
     * Returns the position of a column, which is added if it is new.
     *
     * @param guess where it may be
     * @param given its name; if empty, it is called by the place where it may be
     * @return {@link #NO_COLUMN} if it is new and there is no place for it, or its name is too long
     */
    int column(String given, int guess) {
        String name = given.isEmpty() ? "_c" + guess : given;
        if (guess < features.size() && features.get(guess).name().equals(name)) {
            return guess;
        }
        Integer known = indexes.get(name);
        if (known != null) {
            return known;
        }
        if (expected.contains(name)) {
            expectedMet++;
        } else if (features.size() - expectedMet >= mostColumns
                || name.length() > Limits.NAME
                || nameCharacters + name.length() > Limits.NAMES) {
            return NO_COLUMN;
        } else {
            nameCharacters += name.length();
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
    void set(int column, @Nullable Object given) {
        Object value = ObjectCells.content(given);
        // What has to be made a text is made one here, where a failure is that of the row.
        Object held = value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
        touched(column).set(rows, held);
        if (held instanceof String text) {
            characters += text.length();
        }
    }

    /** Returns a column, of which the present row is about to set a value. */
    private PackedColumn touched(int column) {
        PackedColumn touched = columns.get(column);
        if (touched.isEmpty()) {
            touchedCount++;
        }
        if (setCount == setByRow.length) {
            setByRow = Arrays.copyOf(setByRow, 2 * setCount);
        }
        setByRow[setCount++] = column;
        return touched;
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
        touched(column).set(rows, from, to);
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
        touched(column).set(rows, kind, number);
    }

    /** Ends the present row. */
    void endRow() {
        rows++;
        if (columnsBefore == 0 && mostColumns > Limits.COLUMNS_MET) {
            mostColumns = Math.max(Limits.COLUMNS_MET, features.size());
        }
        beginRow();
    }

    private void beginRow() {
        setCount = 0;
        columnsBefore = features.size();
        lengthBefore = length;
        charactersBefore = characters;
        asciiBefore = ascii;
    }

    /** Forgets what the present row has set so far, and the columns that it has added. */
    void undoRow() {
        for (int i = 0; i < setCount; i++) {
            columns.get(setByRow[i]).clear(rows);
        }
        for (int i = features.size() - 1; i >= columnsBefore; i--) {
            String name = features.remove(i).name();
            if (expected.contains(name)) {
                expectedMet--;
            } else {
                nameCharacters -= name.length();
            }
            indexes.remove(name);
            touchedCount -= columns.remove(i).isEmpty() ? 0 : 1;
        }
        length = lengthBefore;
        characters = charactersBefore;
        ascii = asciiBefore;
        setCount = 0;
    }

    /** Returns whether this batch takes in another row, of so many values. */
    boolean hasRoom(int width) {
        return rows == 0 || (rows < Limits.rows(Math.max(width, touchedCount)) && characters + length < Limits.BYTES);
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
        try {
            Column[] packed = new Column[columns.size()];
            Column missing = touchedCount < packed.length ? ValueColumns.missing(rows) : null;
            for (int i = 0; i < packed.length; i++) {
                PackedColumn column = columns.get(i);
                packed[i] = column.isEmpty() && missing != null ? missing : column.take(rows, text, ascii);
            }
            return new Batch(schema(), rows, packed);
        } finally {
            touchedCount = 0;
            text = new byte[Math.max(FIRST_BYTES, length)];
            length = 0;
            ascii = true;
            rows = 0;
            characters = 0;
            beginRow();
        }
    }
}

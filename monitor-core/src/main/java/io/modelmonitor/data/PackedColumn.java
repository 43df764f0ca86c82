package io.modelmonitor.data;

import io.modelmonitor.api.Column;
import io.modelmonitor.api.ValueKind;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A column of the rows since the last batch: of objects, of cells of a text, or of some of each. */
final class PackedColumn {

    /** Little, for there may be many columns, and batches of many columns have few rows. */
    private static final int FIRST_ROWS = 4;

    private static final CellReader READER = new CellReader(Set.of());
    private static final @Nullable Object[] NO_VALUES = {};
    private static final int[] NO_BOUNDS = {};

    private @Nullable Object[] values = NO_VALUES;

    /** Where the cell of each row begins and ends in the text of the batch; the same where there is none. */
    private int[] bounds = NO_BOUNDS;

    private int rowsExpected = FIRST_ROWS;

    /** Returns whether a row has a value. */
    boolean isSet(int row) {
        return (row < values.length && values[row] != null)
                || (2 * row < bounds.length && bounds[2 * row] < bounds[2 * row + 1]);
    }

    /** Sets the value of a row. */
    void set(int row, @Nullable Object value) {
        if (row >= values.length) {
            values = Arrays.copyOf(values, length(row, values.length));
        }
        values[row] = value;
    }

    /** Sets a row to a cell of the text, which is missing if it is empty. */
    void set(int row, int from, int to) {
        if (2 * row >= bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * length(row, bounds.length / 2));
        }
        bounds[2 * row] = from;
        bounds[2 * row + 1] = to;
    }

    /** Takes back the value of a row. */
    void clear(int row) {
        if (row < values.length) {
            values[row] = null;
        }
        if (2 * row < bounds.length) {
            bounds[2 * row] = 0;
            bounds[2 * row + 1] = 0;
        }
    }

    private int length(int row, int length) {
        return Math.max(row + 1, length == 0 ? rowsExpected : 4 * length);
    }

    /**
     * Returns the column and begins anew.
     *
     * @param text the text of the batch, UTF-8; nobody writes to it any more
     * @param ascii whether all of it is ASCII
     */
    Column take(int rows, byte[] text, boolean ascii) {
        Column ofObjects =
                values.length > 0 || bounds.length == 0 ? DecodedColumn.of(Arrays.copyOf(values, rows), rows) : null;
        Column ofCells = bounds.length > 0
                ? new TextColumn(new TextCells(text, Arrays.copyOf(bounds, 2 * rows), ascii, rows, 1, READER), 0)
                : null;
        values = NO_VALUES;
        bounds = NO_BOUNDS;
        rowsExpected = Math.max(FIRST_ROWS, rows);
        if (ofObjects != null && ofCells != null) {
            return either(ofCells, ofObjects, rows);
        }
        return Objects.requireNonNull(ofCells == null ? ofObjects : ofCells);
    }

    /** Returns the values of a column, and where it has none those of another. */
    private static Column either(Column first, Column second, int rows) {
        byte[] kinds = first.kinds().clone();
        double[] numbers = first.numbers().clone();
        for (int i = 0; i < rows; i++) {
            if (kinds[i] == ValueKind.MISSING) {
                kinds[i] = second.kinds()[i];
                numbers[i] = second.numbers()[i];
            }
        }
        return new DecodedColumn(
                kinds,
                numbers,
                row -> String.valueOf(first.kinds()[row] == ValueKind.MISSING ? second.text(row) : first.text(row)),
                true);
    }
}

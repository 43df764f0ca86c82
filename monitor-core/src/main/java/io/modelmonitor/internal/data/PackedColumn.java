package io.modelmonitor.internal.data;

import io.modelmonitor.api.Column;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.text.NumberText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A column of the rows since the last batch: of objects, of cells of a text, of numbers, or of some of each. */
final class PackedColumn {

    /** Little, for there may be many columns, and batches of many columns have few rows. */
    private static final int FIRST_ROWS = 4;

    private static final CellReader READER = new CellReader(Set.of());
    private static final @Nullable Object[] NO_VALUES = {};
    private static final int[] NO_BOUNDS = {};
    private static final byte[] NO_KINDS = {};
    private static final double[] NO_NUMBERS = {};

    private @Nullable Object[] values = NO_VALUES;

    /** Where the cell of each row begins and ends in the text of the batch; the same where there is none. */
    private int[] bounds = NO_BOUNDS;

    /** The kind and the number of each row that was set to one. */
    private byte[] kinds = NO_KINDS;

    private double[] numbers = NO_NUMBERS;

    private int rowsExpected = FIRST_ROWS;

    /** Returns whether no row has been set since the last batch. */
    boolean isEmpty() {
        return kinds.length == 0 && bounds.length == 0 && values.length == 0;
    }

    /** Returns whether a row has a value. */
    boolean isSet(int row) {
        return (row < values.length && values[row] != null)
                || (2 * row < bounds.length && bounds[2 * row] < bounds[2 * row + 1])
                || (row < kinds.length && kinds[row] != ValueKind.MISSING);
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

    /** Sets a row to a finite number. */
    void set(int row, byte kind, double number) {
        if (row >= kinds.length) {
            int length = length(row, kinds.length);
            kinds = Arrays.copyOf(kinds, length);
            numbers = Arrays.copyOf(numbers, length);
        }
        kinds[row] = kind;
        numbers[row] = number;
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
        if (row < kinds.length) {
            kinds[row] = ValueKind.MISSING;
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
        Column column = kinds.length > 0 ? ofNumbers(rows) : null;
        if (bounds.length > 0) {
            TextCells cells = new TextCells(text, Arrays.copyOf(bounds, 2 * rows), ascii, rows, 1, READER);
            column = either(column, new TextColumn(cells, 0), rows);
        }
        if (values.length > 0 || column == null) {
            column = either(column, ValueColumns.of(Arrays.copyOf(values, rows), rows), rows);
        }
        values = NO_VALUES;
        bounds = NO_BOUNDS;
        kinds = NO_KINDS;
        numbers = NO_NUMBERS;
        rowsExpected = Math.max(FIRST_ROWS, rows);
        return column;
    }

    private Column ofNumbers(int rows) {
        byte[] itsKinds = kinds.length < rows ? Arrays.copyOf(kinds, rows) : kinds;
        double[] itsNumbers = numbers.length < rows ? Arrays.copyOf(numbers, rows) : numbers;
        for (int i = 0; i < rows; i++) {
            if (itsKinds[i] == ValueKind.MISSING) {
                itsNumbers[i] = Double.NaN;
            }
        }
        return Column.of(itsKinds, itsNumbers, row -> spelled(itsNumbers[row], itsKinds[row]), false);
    }

    /** Returns a number as it is written in a captured CSV row. */
    private static String spelled(double number, byte kind) {
        byte[] text = new byte[NumberText.MOST_CHARACTERS];
        int length = NumberText.write(text, 0, number, kind == ValueKind.FRACTIONAL);
        return new String(text, 0, length, StandardCharsets.US_ASCII);
    }

    /** Returns the values of a column, and where it has none those of another. */
    private static Column either(@Nullable Column first, Column second, int rows) {
        if (first == null) {
            return second;
        }
        byte[] kinds = first.kinds().clone();
        double[] numbers = first.numbers().clone();
        for (int i = 0; i < rows; i++) {
            if (kinds[i] == ValueKind.MISSING) {
                kinds[i] = second.kinds()[i];
                numbers[i] = second.numbers()[i];
            }
        }
        return Column.of(
                kinds,
                numbers,
                row -> String.valueOf(first.kinds()[row] == ValueKind.MISSING ? second.text(row) : first.text(row)),
                true);
    }
}

package io.modelmonitor.internal.data;

import io.modelmonitor.api.Column;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Columns of objects, and of nothing. */
public final class ValueColumns {

    private ValueColumns() {}

    /** Returns a column without any value. */
    static Column missing(int rows) {
        double[] numbers = new double[rows];
        Arrays.fill(numbers, Double.NaN);
        return Column.of(new byte[rows], numbers, row -> "", false);
    }

    /** Returns a column of objects, as {@link ObjectCells} reads them. */
    public static Column of(@Nullable Object[] values, int rows) {
        byte[] kinds = new byte[rows];
        double[] numbers = new double[rows];
        boolean isText = false;
        for (int i = 0; i < rows; i++) {
            Object value = values[i];
            kinds[i] = ObjectCells.kind(value);
            numbers[i] = ObjectCells.number(value);
            isText |= ObjectCells.isText(value);
        }
        return Column.of(kinds, numbers, row -> ObjectCells.text(values[row]), isText);
    }
}

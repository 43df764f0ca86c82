package io.modelmonitor.internal.data;

import io.modelmonitor.api.Column;
import io.modelmonitor.api.ValueKind;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A column whose kinds and numbers are there from the beginning, and whose text is made when asked for. */
public final class DecodedColumn implements Column {

    private final byte[] kinds;
    private final double[] numbers;
    private final IntFunction<String> spelling;
    private final boolean isText;

    /**
     * Creates a column.
     *
     * @param kinds a code for each row
     * @param numbers a number for each row
     * @param spelling the text of each row that is not missing
     * @param isText whether texts are worth more than numbers here
     */
    public DecodedColumn(byte[] kinds, double[] numbers, IntFunction<String> spelling, boolean isText) {
        this.kinds = kinds;
        this.numbers = numbers;
        this.spelling = spelling;
        this.isText = isText;
    }

    /** Returns a column without any value. */
    static Column missing(int rows) {
        double[] numbers = new double[rows];
        Arrays.fill(numbers, Double.NaN);
        return new DecodedColumn(new byte[rows], numbers, row -> "", false);
    }

    /** Returns a column of objects, as {@link Values} reads them. */
    public static Column of(@Nullable Object[] values, int rows) {
        byte[] kinds = new byte[rows];
        double[] numbers = new double[rows];
        boolean isText = false;
        for (int i = 0; i < rows; i++) {
            Object value = values[i];
            kinds[i] = Values.kind(value);
            numbers[i] = Values.number(value);
            isText |= Values.isText(value);
        }
        return new DecodedColumn(kinds, numbers, row -> Values.text(values[row]), isText);
    }

    @Override
    public byte[] kinds() {
        return kinds;
    }

    @Override
    public double[] numbers() {
        return numbers;
    }

    @Override
    public @Nullable CharSequence text(int row) {
        return kinds[row] == ValueKind.MISSING ? null : spelling.apply(row);
    }

    @Override
    public boolean isText() {
        return isText;
    }
}

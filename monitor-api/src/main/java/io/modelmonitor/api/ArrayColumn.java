package io.modelmonitor.api;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A column whose kinds and numbers are there from the beginning, and whose text is made when asked for. */
final class ArrayColumn implements Column {

    private final byte[] kinds;
    private final double[] numbers;
    private final IntFunction<? extends @Nullable CharSequence> texts;
    private final boolean isText;

    ArrayColumn(byte[] kinds, double[] numbers, IntFunction<? extends @Nullable CharSequence> texts, boolean isText) {
        if (numbers.length < kinds.length) {
            throw new IllegalArgumentException("numbers has length " + numbers.length + "; at least that of kinds, "
                    + kinds.length + ", is expected");
        }
        this.kinds = kinds;
        this.numbers = numbers;
        this.texts = texts;
        this.isText = isText;
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
        return kinds[row] == ValueKind.MISSING ? null : texts.apply(row);
    }

    @Override
    public boolean isText() {
        return isText;
    }

    @Override
    public String toString() {
        return "a column of " + kinds.length + " rows";
    }
}

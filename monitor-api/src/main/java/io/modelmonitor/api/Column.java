package io.modelmonitor.api;

import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column in a {@link Batch}, decoded for reading in bulk.
 *
 * <p>The arrays are the column's own and must not be written to; only the first {@code size} entries of a batch mean
 * anything. Decoding may happen at the first call, once. Safe for use by several threads.
 */
public interface Column {

    /** Returns a {@link ValueKind} code for each row. */
    byte[] kinds();

    /** Returns a number for each row: NaN where {@link #kinds()} says that there is none. */
    double[] numbers();

    /**
     * Returns the text of a present value, as in {@link Row#text(int)}. What is returned may be a view that the next call
     * by the same thread changes, if {@code CharSequence} is not a {@code String}.
     *
     * @param row a row of the batch
     * @return the text, or null when the value is missing
     */
    @Nullable
    CharSequence text(int row);

    /**
     * Returns whether text is cheap here and the exact spelling means something, as in a file; false for arrays of numbers,
     * where two equal values have the same spelling by construction.
     */
    boolean isText();

    /**
     * Returns a column of arrays, for a source of your own. The arrays must not be written to afterwards.
     *
     * @param kinds a {@link ValueKind} code for each row
     * @param numbers a number for each row, NaN where there is none; may be longer
     * @param texts makes the text of each row that is not missing
     * @param isText as {@link #isText()} has it
     * @throws IllegalArgumentException if there are fewer numbers than kinds
     */
    static Column of(
            byte[] kinds, double[] numbers, IntFunction<? extends @Nullable CharSequence> texts, boolean isText) {
        return new ArrayColumn(kinds, numbers, texts, isText);
    }
}

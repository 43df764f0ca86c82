package io.modelmonitor.internal.data;

import io.modelmonitor.api.DataProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows whose columns are met on the way; a {@link PackingCursor} makes batches of them. */
public interface RowSource extends AutoCloseable {

    /** Reads on to the next row; returns false at the end. */
    boolean next();

    /** Returns about how many values the row has, before it is packed: a batch does not take in a row that is too wide for it. */
    int width();

    /** Packs the row, once. */
    void pack(RowPacker packer);

    /** Returns the file that rows are read from line by line; null if they are not. */
    default @Nullable String file() {
        return null;
    }

    /** Returns the line of the row, from 1. */
    default long line() {
        throw new UnsupportedOperationException("rows of no file have no lines");
    }

    /** Returns what was wrong so far. */
    List<DataProblem> problems();

    @Override
    void close();
}

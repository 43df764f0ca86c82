package io.modelmonitor.internal.data;

import io.modelmonitor.api.DataProblem;
import java.util.List;

/** Rows whose columns are met on the way; a {@link PackingCursor} makes batches of them. */
public interface RowSource extends AutoCloseable {

    /** Reads on to the next row; returns false at the end. */
    boolean next();

    /** Returns about how many values the row has, before it is packed: a batch does not take in a row that is too wide for it. */
    int width();

    /** Packs the row, once. */
    void pack(RowPacker packer);

    /** Returns what was wrong so far. */
    List<DataProblem> problems();

    @Override
    void close();
}

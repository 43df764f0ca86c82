package io.modelmonitor.internal.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Schema;

/** The cells of a batch as they are written, shared by its columns. Nothing changes any more. */
final class TextCells {

    /** UTF-8. */
    final byte[] bytes;

    /** Where each cell begins and ends in the bytes, row by row. */
    final int[] bounds;

    /** True if all of the bytes are ASCII. */
    final boolean ascii;

    final int rows;
    final int columns;
    final CellReader reader;

    TextCells(byte[] bytes, int[] bounds, boolean ascii, int rows, int columns, CellReader reader) {
        this.bytes = bytes;
        this.bounds = bounds;
        this.ascii = ascii;
        this.rows = rows;
        this.columns = columns;
        this.reader = reader;
    }

    /** Returns these cells as a batch. */
    Batch toBatch(Schema schema) {
        Column[] all = new Column[columns];
        for (int i = 0; i < columns; i++) {
            all[i] = new TextColumn(this, i);
        }
        return new Batch(schema, rows, all);
    }
}

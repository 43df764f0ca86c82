package io.modelmonitor.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes batches of rows whose columns are met on the way. Since a cursor has a schema from the beginning, it is opened by reading its first batch. */
final class PackingCursor implements Dataset.Cursor {

    private final RowSource source;
    private final RowPacker packer;
    private @Nullable Batch first;
    /** Whether a row has been read that the last batch had no room for. */
    private boolean waiting;

    /** Opens a cursor, which closes the source; it is closed, too, if its first rows cannot be read. */
    PackingCursor(RowSource source) {
        this(source, Limits.COLUMNS);
    }

    /**
     * Opens a cursor as {@link #PackingCursor(RowSource)} does.
     *
     * @param mostColumns the most columns; beside those of a baseline {@link Limits#COLUMNS_BESIDE_KNOWN} more
     */
    PackingCursor(RowSource source, int mostColumns) {
        this.source = source;
        this.packer = new RowPacker(Schema.ofNames(), mostColumns);
        try {
            this.first = read();
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    @Override
    public Schema schema() {
        return packer.schema();
    }

    @Override
    public @Nullable Batch next() {
        Batch batch = first == null ? read() : first;
        first = null;
        return batch;
    }

    private @Nullable Batch read() {
        while (waiting || source.next()) {
            waiting = !packer.hasRoom(source.width());
            if (waiting) {
                break;
            }
            pack();
        }
        return packer.batch();
    }

    private void pack() {
        boolean packed = false;
        try {
            source.pack(packer);
            packed = true;
        } finally {
            if (!packed) {
                packer.undoRow();
            }
        }
    }

    @Override
    public List<DataProblem> problems() {
        return source.problems();
    }

    @Override
    public void close() {
        source.close();
    }
}

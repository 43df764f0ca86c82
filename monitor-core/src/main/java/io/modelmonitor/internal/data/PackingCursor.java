package io.modelmonitor.internal.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes batches of rows whose columns are met on the way. Since a cursor has a schema from the beginning, it is opened by reading its first batch. */
public final class PackingCursor implements Dataset.Cursor {

    private final RowSource source;
    private final RowPacker packer;
    private @Nullable Batch first;
    /** True if a row has been read that the last batch had no room for. */
    private boolean waiting;
    /** True if rows may still come once the source has none, so that only full batches are returned. */
    private boolean isOpen;

    private long rows;

    /** The lines of the rows that the next batch has. */
    private long[] lines = new long[64];

    private int packed;

    /** Opens a cursor, which closes the source; it is closed, too, if its first rows cannot be read. */
    public PackingCursor(RowSource source) {
        this(source, new RowPacker(Schema.ofNames()), false);
    }

    /**
     * Opens a cursor over a source that may have more rows after it had none.
     *
     * @param packer without rows and columns, which knows the names of columns that there may be
     * @param isOpen whether only full batches are returned, until {@link #end()}
     */
    PackingCursor(RowSource source, RowPacker packer, boolean isOpen) {
        this.source = source;
        this.packer = packer;
        this.isOpen = isOpen;
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
        return isOpen && !waiting ? null : batch();
    }

    private @Nullable Batch batch() {
        Batch batch = packer.batch();
        String file = source.file();
        if (batch == null || file == null) {
            return batch;
        }
        long[] read = Arrays.copyOf(lines, packed);
        packed = 0;
        return batch.readFrom(file, read);
    }

    /** Returns the number of rows read, those of the next batch included. */
    long rows() {
        return rows;
    }

    /** Lets the next batch be the last, however few rows it has. */
    void end() {
        isOpen = false;
    }

    private void pack() {
        boolean done = false;
        try {
            source.pack(packer);
            done = true;
            rows++;
            noteLine();
        } finally {
            if (!done) {
                packer.undoRow();
            }
        }
    }

    private void noteLine() {
        if (source.file() != null) {
            lines = packed == lines.length ? Arrays.copyOf(lines, 2 * packed) : lines;
            lines[packed++] = source.line();
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

package io.modelmonitor.api;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that does what another one does, for cursors that change one thing of it: each method calls the other's of the same name
 * unless it is overridden. Closing it closes the other. Not safe for use by several threads at the same time.
 */
public abstract class ForwardingCursor implements Dataset.Cursor {

    private final Dataset.Cursor cursor;

    /**
     * Creates a cursor in the place of another one.
     *
     * @param cursor the other one, which belongs to this one from now on
     */
    protected ForwardingCursor(Dataset.Cursor cursor) {
        this.cursor = Objects.requireNonNull(cursor, "cursor");
    }

    @Override
    public Schema schema() {
        return cursor.schema();
    }

    @Override
    public boolean isSchemaComplete() {
        return cursor.isSchemaComplete();
    }

    @Override
    public @Nullable Batch next() {
        return cursor.next();
    }

    @Override
    public List<DataProblem> problems() {
        return cursor.problems();
    }

    @Override
    public void close() {
        cursor.close();
    }
}

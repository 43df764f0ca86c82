package io.modelmonitor.internal.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a table in memory by asking for one batch after the other. */
public final class MemoryCursor implements Dataset.Cursor {

    private final Schema schema;
    private final int rows;
    private final int step;
    private final BatchMaker maker;
    private int position;

    /** Makes a batch of the rows from a position to another. */
    public interface BatchMaker {
        Batch batch(int from, int to);
    }

    /** Opens a cursor over so many rows. */
    public MemoryCursor(Schema schema, int rows, BatchMaker maker) {
        this.schema = schema;
        this.rows = rows;
        this.step = Limits.rows(schema.size());
        this.maker = maker;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean isSchemaComplete() {
        return true;
    }

    @Override
    public @Nullable Batch next() {
        if (position >= rows) {
            return null;
        }
        int from = position;
        position = Math.min(rows, from + step);
        return maker.batch(from, position);
    }

    @Override
    public List<DataProblem> problems() {
        return List.of();
    }

    @Override
    public void close() {
        position = rows;
    }
}

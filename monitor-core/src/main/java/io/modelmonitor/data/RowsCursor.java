package io.modelmonitor.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads rows of objects with a schema. Rows of the wrong length are judged as those of a CSV are. */
final class RowsCursor implements Dataset.Cursor {

    private final Schema schema;
    private final Stream<? extends @Nullable Object[]> stream;
    private final Iterator<? extends @Nullable Object[]> rows;
    private final RowPacker packer;
    private final Problems problems = new Problems("rows", false);
    private long row;

    RowsCursor(Schema schema, Stream<? extends @Nullable Object[]> stream) {
        this.schema = schema;
        this.stream = stream;
        this.rows = stream.iterator();
        this.packer = new RowPacker(schema);
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public @Nullable Batch next() {
        while (packer.hasRoom(schema.size()) && rows.hasNext()) {
            row++;
            @Nullable Object[] values = rows.next();
            if (values.length != schema.size()) {
                problems.add(values.length < schema.size() ? CsvCursor.FEWER_FIELDS : CsvCursor.MORE_FIELDS, row);
            }
            pack(values);
        }
        return packer.batch();
    }

    private void pack(@Nullable Object[] values) {
        boolean packed = false;
        try {
            for (int i = 0; i < Math.min(values.length, schema.size()); i++) {
                packer.set(i, values[i]);
            }
            packer.endRow();
            packed = true;
        } finally {
            if (!packed) {
                packer.undoRow();
            }
        }
    }

    @Override
    public List<DataProblem> problems() {
        return problems.list();
    }

    @Override
    public void close() {
        stream.close();
    }
}

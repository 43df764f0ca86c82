package io.modelmonitor.internal.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.internal.json.Json;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads rows of objects with a schema. Rows of the wrong length are judged as those of a CSV are. */
public final class RowsCursor implements Dataset.Cursor {

    private final Schema schema;
    private final Stream<?> stream;
    private final Iterator<?> rows;
    private final RowPacker packer;
    private final Problems problems;
    private long row;

    /** Reads a stream, which is closed with this. */
    public RowsCursor(Schema schema, Stream<?> stream) {
        this(schema, stream, new Problems("rows", false));
    }

    /** Reads a stream, which is closed with this, and adds to problems that are noted while it goes on. */
    RowsCursor(Schema schema, Stream<?> stream, Problems problems) {
        this.problems = problems;
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
    public boolean isSchemaComplete() {
        return true;
    }

    @Override
    public @Nullable Batch next() {
        while (packer.hasRoom(schema.size()) && rows.hasNext()) {
            row++;
            @Nullable Object[] values = values(rows.next());
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

    private @Nullable Object[] values(@Nullable Object next) {
        if (next instanceof Object[] values) {
            return values;
        }
        Iterable<?> elements = Json.elements(next);
        if (elements == null) {
            throw new IllegalArgumentException("rows: row " + row + " is "
                    + (next == null ? "null" : "a " + next.getClass().getName()) + "; allowed are arrays and lists");
        }
        List<@Nullable Object> values = new ArrayList<>(schema.size());
        for (Object element : elements) {
            values.add(element);
            if (values.size() > schema.size()) {
                break; // what is beyond is counted once, and there may be no end
            }
        }
        return values.toArray();
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

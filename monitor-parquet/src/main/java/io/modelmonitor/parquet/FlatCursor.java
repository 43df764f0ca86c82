package io.modelmonitor.parquet;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.data.TableBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Reads a file without lists and maps, a column after the other. */
final class FlatCursor implements Dataset.Cursor {

    private static final int ROWS = 1024;
    private static final int CELLS = 1 << 18;
    /** The bytes of the rows of a batch, if rows have about as many as the file says. */
    private static final int BYTES = 1 << 24;

    private final ParquetFile file;
    private final List<FlatColumn> columns = new ArrayList<>();
    private final GroupConverter root;
    private final Schema schema;
    private final List<ColumnReader> readers = new ArrayList<>();
    private long rowsLeft;
    private int batchRows;

    FlatCursor(ParquetFile file) {
        this.file = file;
        MessageType type = file.schema();
        List<ColumnDescriptor> descriptors = type.getColumns();
        for (int i = 0; i < descriptors.size(); i++) {
            String name = String.join(".", descriptors.get(i).getPath());
            columns.add(FlatColumn.of(descriptors.get(i), name.isEmpty() ? "_c" + i : name));
        }
        this.root = new Members(type, columns.iterator());
        this.schema = file.reading(
                () -> Schema.ofNames(columns.stream().map(FlatColumn::name).toList()));
    }

    /** The columns where the library looks for them: by the groups that they are in. */
    private static final class Members extends GroupConverter {

        private final List<Converter> members = new ArrayList<>();

        private Members(GroupType group, Iterator<FlatColumn> columns) {
            for (Type member : group.getFields()) {
                members.add(member.isPrimitive() ? columns.next().leaf() : new Members(member.asGroupType(), columns));
            }
        }

        @Override
        public Converter getConverter(int index) {
            return members.get(index);
        }

        @Override
        public void start() {
            // Columns are read one by one.
        }

        @Override
        public void end() {
            // Columns are read one by one.
        }
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
        while (rowsLeft == 0) {
            PageReadStore group = file.nextGroup();
            if (group == null) {
                return null;
            }
            file.reading(() -> begin(group));
        }
        int rows = (int) Math.min(rowsLeft, batchRows);
        TableBuilder table = Datasets.columns();
        file.reading(() -> {
            for (int i = 0; i < readers.size(); i++) {
                columns.get(i).read(readers.get(i), rows, table);
            }
            return rows;
        });
        rowsLeft -= rows;
        try (Dataset.Cursor cursor = table.build().open()) {
            return cursor.next();
        }
    }

    private long begin(PageReadStore group) throws IOException {
        readers.clear();
        ColumnReadStoreImpl store = new ColumnReadStoreImpl(group, root, file.schema(), file.writer());
        for (ColumnDescriptor descriptor : file.schema().getColumns()) {
            long values = group.getPageReader(descriptor).getTotalValueCount();
            ParquetFile.requireRows(descriptor, values, group.getRowCount());
            readers.add(store.getColumnReader(descriptor));
        }
        long cells = Math.min(ROWS, CELLS / Math.max(1, columns.size()));
        batchRows = (int) Math.max(1, Math.min(cells, BYTES / Math.max(1, file.bytesOfRow())));
        rowsLeft = readers.isEmpty() ? 0 : group.getRowCount();
        return rowsLeft;
    }

    @Override
    public List<DataProblem> problems() {
        return List.of();
    }

    @Override
    public void close() {
        file.close();
    }
}

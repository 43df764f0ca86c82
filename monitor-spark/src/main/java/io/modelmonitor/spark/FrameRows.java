package io.modelmonitor.spark;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.data.TableBuilder;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The rows of a data frame without nested values, read into arrays, a column each. */
final class FrameRows implements Dataset.Cursor {

    private static final int ROWS = 1024;
    private static final int CELLS = 1 << 18;
    /** Few enough that the values of so many rows are in the caches of a processor while columns are filled from them. */
    private static final int ROWS_AT_ONCE = 32;

    private final Schema schema;
    private final Iterator<Row> rows;
    private final FrameColumn[] columns;
    private final int batchRows;
    private final Row[] block = new Row[ROWS_AT_ONCE];
    /** The rows that were read last, of which a table may have more than one batch. */
    private Dataset.@Nullable Cursor filled;

    private FrameRows(StructType type, Iterator<Row> rows) {
        StructField[] fields = type.fields();
        this.schema = Schema.ofNames(names(type));
        this.rows = rows;
        this.columns = Arrays.stream(fields)
                .map(field -> FrameColumn.of(field.dataType()))
                .toArray(FrameColumn[]::new);
        this.batchRows = Math.max(1, Math.min(ROWS, CELLS / Math.max(1, fields.length)));
    }

    /**
     * Returns rows as a dataset that can be read once.
     *
     * @throws IllegalArgumentException if two columns have the same name
     */
    static Dataset once(StructType type, Iterator<Row> rows) {
        names(type);
        if (Arrays.stream(type.fields()).noneMatch(field -> FrameValues.isNested(field.dataType()))) {
            return () -> new FrameRows(type, rows);
        }
        Spliterator<Row> ordered = Spliterators.spliteratorUnknownSize(rows, Spliterator.ORDERED);
        return Datasets.rows(() -> StreamSupport.stream(ordered, false).map(row -> FrameValues.map(row, type)));
    }

    /** Returns a dataset of no rows with the columns of a data frame, as far as they are known without rows. */
    static Dataset none(StructType type) {
        return once(type, Collections.emptyIterator());
    }

    private static List<String> names(StructType type) {
        String[] names = type.fieldNames();
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            names[i] = names[i].isEmpty() ? "_c" + i : names[i];
            Integer earlier = places.put(names[i], i);
            if (earlier != null) {
                throw new IllegalArgumentException("columns " + earlier + " and " + i
                        + " of the data frame are both named '" + names[i] + "'; rename one, or select one of them");
            }
        }
        return List.of(names);
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
        Batch batch = filled == null ? null : filled.next();
        while (batch == null && rows.hasNext()) {
            filled = fill().open();
            batch = filled.next();
        }
        return batch;
    }

    private Dataset fill() {
        for (FrameColumn column : columns) {
            column.start(batchRows);
        }
        int size = 0;
        while (size < batchRows && rows.hasNext()) {
            int read = readBlock(batchRows - size);
            for (int i = 0; i < columns.length; i++) {
                columns[i].set(size, block, read, i);
            }
            size += read;
        }
        TableBuilder table = Datasets.columns();
        for (int i = 0; i < columns.length; i++) {
            columns[i].addTo(table, schema.features().get(i).name(), size);
        }
        return table.build();
    }

    /** Reads the next rows, so many at most; returns how many. */
    private int readBlock(int most) {
        int read = 0;
        int end = Math.min(most, block.length);
        while (read < end && rows.hasNext()) {
            block[read++] = rows.next();
        }
        return read;
    }

    @Override
    public List<DataProblem> problems() {
        return List.of();
    }

    @Override
    public void close() {
        // Spark closes what rows are read from.
    }
}

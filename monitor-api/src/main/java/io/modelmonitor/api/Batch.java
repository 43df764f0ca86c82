package io.modelmonitor.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Some rows of a dataset, column by column: the unit in which data is read. Safe for use by several threads. */
public final class Batch {

    private final Schema schema;
    private final int size;
    private final Column[] columns;

    /**
     * Creates a batch.
     *
     * @param schema the columns' names
     * @param size the number of rows, at least 0
     * @param columns a column for each feature of the schema, each with at least {@code size} rows; not copied
     * @throws IllegalArgumentException if the numbers of columns differ
     */
    public Batch(Schema schema, int size, Column[] columns) {
        if (columns.length != schema.size()) {
            throw new IllegalArgumentException(
                    "columns: " + columns.length + " given; the schema has " + schema.size() + " features");
        }
        this.schema = schema;
        this.size = Objects.checkIndex(size, Integer.MAX_VALUE);
        this.columns = columns;
    }

    /** Returns the columns' names; a later batch of the same dataset may have more columns at the end, never fewer. */
    public Schema schema() {
        return schema;
    }

    /** Returns the number of rows. */
    public int size() {
        return size;
    }

    /** Returns a column. */
    public Column column(int index) {
        return columns[index];
    }

    /**
     * Returns a row of this batch, a small object that keeps the batch alive.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Row row(int index) {
        return new BatchRow(this, Objects.checkIndex(index, size));
    }

    private record BatchRow(Batch batch, int index) implements Row {

        @Override
        public Schema schema() {
            return batch.schema;
        }

        @Override
        public boolean isMissing(int column) {
            return batch.columns[column].kinds()[index] == ValueKind.MISSING;
        }

        @Override
        public double number(int column) {
            return batch.columns[column].numbers()[index];
        }

        @Override
        public @Nullable String text(int column) {
            CharSequence text = batch.columns[column].text(index);
            return text == null ? null : text.toString();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < batch.columns.length; i++) {
                text.append(i == 0 ? "" : ", ")
                        .append(batch.schema.features().get(i).name())
                        .append('=')
                        .append(batch.columns[i].text(index));
            }
            return text.append('}').toString();
        }
    }
}

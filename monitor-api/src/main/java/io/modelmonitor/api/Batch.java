package io.modelmonitor.api;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Some rows of a dataset, column by column: the unit in which data is read. Safe for use by several threads. */
public final class Batch {

    private final Schema schema;
    private final Column[] columns;
    private final int first;
    private final int size;
    /** The positions of the rows in the columns; null if they follow each other from the first on. */
    private final int @Nullable [] positions;

    private final @Nullable Lines lines;

    /** The lines that the rows of the columns were read from. */
    private static final class Lines {
        private final String source;
        private final long[] numbers;

        private Lines(String source, long[] numbers) {
            this.source = source;
            this.numbers = numbers;
        }
    }

    /**
     * Creates a batch.
     *
     * @param schema the columns' names
     * @param size the number of rows, at least 0
     * @param columns a column for each feature of the schema, each with at least {@code size} rows; not copied
     * @throws IllegalArgumentException if the numbers of columns differ
     */
    public Batch(Schema schema, int size, Column[] columns) {
        this(schema, columns, 0, Objects.checkIndex(size, Integer.MAX_VALUE), null, null);
        if (columns.length != schema.size()) {
            throw new IllegalArgumentException(
                    "columns: " + columns.length + " given; the schema has " + schema.size() + " features");
        }
    }

    private Batch(
            Schema schema, Column[] columns, int first, int size, int @Nullable [] positions, @Nullable Lines lines) {
        this.schema = schema;
        this.columns = columns;
        this.first = first;
        this.size = size;
        this.positions = positions;
        this.lines = lines;
    }

    /**
     * Returns this batch as read from a file.
     *
     * @param source the file
     * @param numbers the line on which each row begins, from 1, for all rows of the columns; not copied
     * @throws IllegalArgumentException if there are fewer lines than rows
     */
    public Batch readFrom(String source, long[] numbers) {
        if (positions != null || numbers.length < first + size) {
            throw new IllegalArgumentException("lines: " + numbers.length + " given; the batch has " + size + " rows"
                    + (positions == null ? "" : ", selected from others"));
        }
        return new Batch(schema, columns, first, size, null, new Lines(Objects.requireNonNull(source), numbers));
    }

    /**
     * Returns these rows with other names for their columns. Takes constant time.
     *
     * @throws IllegalArgumentException if it has not as many features as there are columns
     */
    public Batch withSchema(Schema names) {
        if (names.size() != columns.length) {
            throw new IllegalArgumentException(
                    "names: " + names.size() + " given; the batch has " + columns.length + " columns");
        }
        return new Batch(names, columns, first, size, positions, lines);
    }

    /**
     * Returns these rows with other columns, some of them this batch's, which are not copied.
     *
     * @param kept for each column of the schema the position that it has in this batch; −1 for the next of the others
     * @param others columns that have a value for each position of the columns of this batch; see {@link #extent}
     */
    Batch withColumns(Schema names, int[] kept, Column... others) {
        Column[] all = new Column[kept.length];
        int next = 0;
        for (int i = 0; i < all.length; i++) {
            all[i] = kept[i] < 0 ? others[next++] : columns[kept[i]];
        }
        return new Batch(names, all, first, size, positions, lines);
    }

    /** Returns how many values a column must have to stand beside those of this batch. */
    int extent() {
        int extent = first + size;
        for (int i = 0; positions != null && i < size; i++) {
            extent = Math.max(extent, positions[i] + 1);
        }
        return extent;
    }

    /** Returns the columns' names; a later batch of the same dataset may have more columns at the end, never fewer. */
    public Schema schema() {
        return schema;
    }

    /** Returns the number of rows. */
    public int size() {
        return size;
    }

    /** Returns a column. The arrays of a {@link #slice} or a {@link #select selection} are copies, made at each call. */
    public Column column(int index) {
        return first == 0 && positions == null ? columns[index] : new View(columns[index], this);
    }

    /**
     * Returns some of the rows as a batch. Takes constant time.
     *
     * @param from the first row, from 0
     * @param to the end, exclusive
     * @throws IndexOutOfBoundsException if these are not rows of this batch
     */
    public Batch slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        if (from == 0 && to == size) {
            return this;
        }
        return positions == null
                ? new Batch(schema, columns, first + from, to - from, null, lines)
                : new Batch(schema, columns, 0, to - from, Arrays.copyOfRange(positions, from, to), lines);
    }

    /**
     * Returns some of the rows as a batch.
     *
     * @param rows the positions of the rows, from 0, in the order that the batch has them
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Batch select(int... rows) {
        int[] selected = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            selected[i] = position(Objects.checkIndex(rows[i], size));
        }
        return new Batch(schema, columns, 0, selected.length, selected, lines);
    }

    /** Returns where a row stands in the columns. */
    int position(int row) {
        return positions == null ? first + row : positions[row];
    }

    /**
     * Returns a row of this batch, a small object that keeps the batch alive.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Row row(int index) {
        return new BatchRow(this, position(Objects.checkIndex(index, size)));
    }

    /**
     * Hands every row to an action, in order.
     *
     * @throws RowException if the action throws; its message says which row of the batch it was, and why
     */
    public void forEachRow(Consumer<? super Row> action) {
        for (int i = 0; i < size; i++) {
            try {
                action.accept(new BatchRow(this, position(i)));
            } catch (RuntimeException e) {
                throw new RowException(position(i), e);
            }
        }
    }

    /** An action failed on a row of a batch. */
    public static final class RowException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int index;

        private RowException(int index, RuntimeException cause) {
            super("at row " + (index + 1) + " of a batch: " + cause, cause);
            this.index = index;
        }

        /** Returns the position of the row, from 0, in the batch that was read, of which this may be a part. */
        public int index() {
            return index;
        }
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
        public @Nullable Place place() {
            Lines lines = batch.lines;
            return lines == null ? null : new Place(lines.source, lines.numbers[index]);
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

    /** The rows of a batch in one column. */
    private record View(Column column, Batch batch) implements Column {

        @Override
        public byte[] kinds() {
            byte[] all = column.kinds();
            byte[] kinds = new byte[batch.size];
            for (int i = 0; i < kinds.length; i++) {
                kinds[i] = all[batch.position(i)];
            }
            return kinds;
        }

        @Override
        public double[] numbers() {
            double[] all = column.numbers();
            double[] numbers = new double[batch.size];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = all[batch.position(i)];
            }
            return numbers;
        }

        @Override
        public @Nullable CharSequence text(int row) {
            return column.text(batch.position(row));
        }

        @Override
        public boolean isText() {
            return column.isText();
        }
    }
}

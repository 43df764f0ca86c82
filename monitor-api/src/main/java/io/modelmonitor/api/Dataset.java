package io.modelmonitor.api;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A table that can be read from its beginning as often as wanted. Nothing of it is held in memory but what a
 * {@link Cursor} has just read, unless the source itself is in memory.
 */
@FunctionalInterface
public interface Dataset {

    /**
     * Starts to read.
     *
     * @return a cursor before the first batch, to be closed by the caller
     * @throws java.io.UncheckedIOException if the source cannot be read; the message is one line and names it
     */
    Cursor open();

    /**
     * Returns the rows in order. Close the stream to release the source early; reading to the end releases it too.
     *
     * @throws java.io.UncheckedIOException if the source cannot be read
     */
    default Stream<Row> rows() {
        Cursor cursor = open();
        Iterator<Batch> batches = new Iterator<>() {
            private @Nullable Batch next;
            private boolean done;

            @Override
            public boolean hasNext() {
                if (next == null && !done) {
                    next = cursor.next();
                    if (next == null) {
                        done = true;
                        cursor.close();
                    }
                }
                return next != null;
            }

            @Override
            public Batch next() {
                if (!hasNext() || next == null) {
                    throw new NoSuchElementException();
                }
                Batch batch = next;
                next = null;
                return batch;
            }
        };
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(batches, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .flatMap(batch -> IntStream.range(0, batch.size()).mapToObj(batch::row))
                .onClose(cursor::close);
    }

    /**
     * Returns this dataset with these columns only, in this order. Nothing is copied.
     *
     * <p>A source such as JSON Lines, whose columns are met on the way, adds columns behind the others as it meets them; of one
     * that it never meets, its problems say so.
     *
     * @throws IllegalArgumentException if no column is named, or one twice; on opening, if the source announces its columns and
     *     one is not among them, with the nearest name
     */
    default Dataset select(String... columns) {
        return DatasetView.of(this, "select", List.of(columns), new Projection.Select(Projection.names(columns)));
    }

    /**
     * Returns this dataset without these columns. Nothing is copied.
     *
     * @throws IllegalArgumentException as {@link #select} throws
     */
    default Dataset without(String... columns) {
        return DatasetView.of(this, "without", List.of(columns), new Projection.Without(Projection.names(columns)));
    }

    /**
     * Returns this dataset with another name for a column. Nothing is copied.
     *
     * @throws IllegalArgumentException if a name is empty; on opening, as {@link #select} throws, and if there is another column
     *     of the new name
     */
    default Dataset renamed(String column, String name) {
        return DatasetView.of(this, "renamed", List.of(column, name), new Projection.Rename(column, name));
    }

    /**
     * Returns this dataset with a column that is made of each row, behind the others, or in place of the column of that name.
     *
     * <p>Whole numbers, other numbers and truth values are what they are; null, NaN and the empty text are missing; everything
     * else is the text that {@code toString} gives. Other columns are not copied. The function is called once for each row that
     * is read, in order, on the thread that reads, however many threads measure.
     *
     * <p>Where the function throws, the value is missing, and the problems say how often and where; if it throws on every row of
     * the first batch, so does reading, as it does for a column that is not there.
     *
     * @param name its name, not empty
     * @param value such as {@code row -> row.number("debt") / row.number("income")}
     * @throws IllegalArgumentException if the name is empty
     */
    default Dataset with(String name, Function<? super Row, ?> value) {
        Feature feature = new Feature(name, FeatureType.UNKNOWN);
        return DatasetView.of(this, "with", List.of(name), () -> new Derivation(feature, value));
    }

    /**
     * Returns the rows of this dataset that a condition holds for, with their places. The condition is called as the function of
     * {@link #with} is; rows on which it throws are left out, and the problems say so.
     */
    default Dataset filter(Predicate<? super Row> condition) {
        Objects.requireNonNull(condition, "condition");
        return DatasetView.of(this, "filter", List.of(), () -> new Selection(condition));
    }

    /**
     * Returns the first rows of this dataset; the source is not read beyond the batch that has the last of them.
     *
     * @param rows at least 0
     * @throws IllegalArgumentException if it is negative
     */
    default Dataset limit(long rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("rows is " + rows + "; allowed is at least 0");
        }
        return DatasetView.of(this, "limit", List.of(rows), () -> new Limitation(rows));
    }

    /**
     * Returns one row of each value of a column, for rows that belong together, such as those of a customer, are not independent: twenty
     * equal ones say no more than one. Which row it is depends on the value and the order of its rows alone. Rows without a value stay.
     *
     * <p>Said of the reference data, it holds for what a monitor checks against them, too. The source is read twice; about 50 bytes are
     * taken for each value, and a bit for each row, of which there may be 2^31 at most.
     *
     * @param column the name of the column, such as {@code customer_id}
     */
    default Dataset per(String column) {
        return new RowPerGroup(this, column);
    }

    /**
     * Returns this dataset, read through cursors around its own, such as {@link ForwardingCursor}s that count rows or stop in time.
     *
     * @param cursors makes a cursor around one of this dataset's, which closing it closes; where it throws, that is closed
     */
    default Dataset readThrough(UnaryOperator<Cursor> cursors) {
        return new DatasetView(this, Objects.requireNonNull(cursors, "cursors"), "");
    }

    /** Returns the column of which one row of each value is read ({@link #per}); empty if all rows are. */
    default String group() {
        return "";
    }

    /** Reads a dataset once, from its beginning to its end. Not safe for use by several threads at the same time. */
    interface Cursor extends AutoCloseable {

        /** Returns the columns known so far; complete for sources that announce them, such as a file with a header. */
        Schema schema();

        /** Returns whether no other columns will be met; if not, the {@link #schema()} may grow. */
        default boolean isSchemaComplete() {
            return false;
        }

        /**
         * Reads on.
         *
         * @return the next rows, or null at the end; no batch is empty
         * @throws java.io.UncheckedIOException if reading fails
         */
        @Nullable
        Batch next();

        /** Returns what was wrong with the data read so far; an empty list when nothing was. */
        List<DataProblem> problems();

        @Override
        void close();
    }
}

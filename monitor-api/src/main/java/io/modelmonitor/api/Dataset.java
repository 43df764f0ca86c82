package io.modelmonitor.api;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
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

    /** Reads a dataset once, from its beginning to its end. Not safe for use by several threads at the same time. */
    interface Cursor extends AutoCloseable {

        /** Returns the columns known so far; complete for sources that announce them, such as a file with a header. */
        Schema schema();

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

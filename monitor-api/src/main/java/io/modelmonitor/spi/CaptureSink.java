package io.modelmonitor.spi;

import io.modelmonitor.api.CaptureBatch;
import java.io.Closeable;
import java.io.IOException;

/**
 * Where captures go: a folder, a broker, a table. A lambda will do:
 *
 * <pre>{@code
 * CaptureSink counting = batch -> counter.addAndGet(batch.records().size());
 * }</pre>
 *
 * <p>A capture calls its sink from one thread of its own, one call at a time, never from the thread that serves a request;
 * so a sink may block, and while it does, the capture's queue fills. A sink that is given to several captures is called by
 * several threads. Whatever a sink throws is counted and logged, and stops nothing.
 */
@FunctionalInterface
public interface CaptureSink extends Closeable {

    /**
     * Takes some records, in the order in which they were captured. A batch that was refused with an exception is not
     * handed over again.
     *
     * @throws PausedException if the sink takes nothing for now, by its own decision: the records count as dropped
     * @throws Exception if the records could not be taken: they count as failed
     */
    void write(CaptureBatch batch) throws Exception;

    /**
     * Makes what was taken safe from the end of this process. Called once a second, and when the application asks for it.
     *
     * @throws Exception if that could not be done
     */
    default void flush() throws Exception {}

    /** Flushes and lets go of everything. Called once, after the last record. */
    @Override
    default void close() throws IOException {}

    /** Reports, on flushing, that records are gone which the sink had taken, such as with a folder that was deleted. */
    final class LostException extends IOException {

        private static final long serialVersionUID = 1L;

        private final long records;

        /**
         * Creates an exception.
         *
         * @param message why, in one line
         * @param records how many records are gone; they count as failed
         */
        public LostException(String message, long records) {
            super(message);
            this.records = records;
        }

        /** Returns how many records are gone. */
        public long records() {
            return records;
        }
    }

    /** Signals that a sink takes nothing for now, by its own decision, such as a volume that is nearly full. */
    final class PausedException extends IOException {

        private static final long serialVersionUID = 1L;

        /** Creates an exception whose message says why, in one line. */
        public PausedException(String message) {
            super(message);
        }
    }
}

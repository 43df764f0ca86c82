package io.modelmonitor.sink;

import io.modelmonitor.api.CaptureBatch;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Batches that wait for another attempt, the oldest first. Not safe for use by several threads. */
interface Backlog extends Closeable {

    /** Returns whether no batch waits, as far as can be told. */
    boolean isEmpty();

    /** Returns how many records wait that were added here. */
    long records();

    /**
     * Adds a batch behind all others.
     *
     * @throws IOException if there is no room or no way to keep it; it has not been added then
     */
    void add(CaptureBatch batch) throws IOException;

    /** Returns the oldest batch that waits; null if there is none. */
    @Nullable
    CaptureBatch first();

    /** Removes the oldest batch, which {@link #first} has returned: a sink has taken it. */
    void removeFirst();

    /** Lets go of what was removed: the sink has made it safe. */
    default void commit() {}

    /** Takes back what was removed and not committed: the sink could not make it safe. */
    default void rollback() {}

    /** Returns how many records are gone that were added here, such as with a file that somebody deleted; 0 when asked again. */
    default long takeLost() {
        return 0;
    }

    /** Returns whether what waits is still there after the end of this process. */
    boolean isSafe();

    @Override
    default void close() throws IOException {}
}

package io.modelmonitor.watch;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The storage of a {@link History}: lines of JSON, values of metrics, what a watch remembers after its last line, measurements as bytes, and the
 * lease of the process that runs a watch's windows.
 *
 * <p>Each lease has a fencing token, greater than all before it. A process that was held up and writes after its lease has ended writes with
 * a lower token than its successor, by which its line is refused, or left behind when read. Safe for use by several threads.
 * Methods throw {@link java.io.UncheckedIOException} if the storage cannot be reached.
 */
public interface HistoryStore {

    /**
     * A line of a watch.
     *
     * @param scheduled when its window was due
     * @param token the token of the lease under which it was written
     * @param text JSON without line feeds
     */
    record Line(Instant scheduled, long token, String text) {}

    /**
     * A line with what belongs to it.
     *
     * @param line the line
     * @param window the window that was run
     * @param metrics what was measured, in place of what was when the window ran before; null if the line is about something else
     * @param state JSON of what the watch remembers after the line, some kilobytes; of earlier lines, it is not needed any more
     */
    record Entry(Line line, Window window, @Nullable List<Metric> metrics, String state) {}

    /**
     * The end of a history.
     *
     * @param line the line that was appended last
     * @param state what was appended with it; empty if it is lost
     */
    record Last(Line line, String state) {}

    /** The right to run a watch's windows. */
    interface Lease extends AutoCloseable {

        /** Returns the fencing token. */
        long token();

        /**
         * Extends the right, unless another owner has it by now.
         *
         * @param until when it ends if it is neither given back nor extended again
         */
        void renew(Instant until);

        /** Gives the right back. */
        @Override
        void close();
    }

    /**
     * Appends a line with what belongs to it, so that it outlasts a crash when this returns, and whoever takes the next lease sees it.
     * After a crash in between, all of it is there or none.
     *
     * @throws java.io.UncheckedIOException if it cannot be written, or its token has a successor: the line may be there nevertheless, which is why
     *     lines of a greater token come after it
     */
    void append(String watch, Entry entry);

    /**
     * Returns the lines of windows that were due at or after a time, and perhaps some before, with or without their metrics: those of a
     * lower token first, else as they were appended.
     */
    List<Line> lines(String watch, Instant from);

    /**
     * Returns a metric's values in windows that end in a time, each as it ran last, in the order in which they were due.
     *
     * @param from the first moment that is in
     * @param to the first moment after it that is not
     */
    List<History.Point> series(String watch, MetricId id, Instant from, Instant to);

    /** Returns the line that was appended last with the greatest token of any; null if there is none. */
    @Nullable
    Last last(String watch);

    /**
     * Saves bytes in place of any before; never seen in parts.
     *
     * @param part the name of a replica; empty for the measurement of the whole
     */
    void save(String watch, Instant scheduled, String part, byte[] bytes);

    /** Returns what {@link #save} saved; null if there is nothing. */
    byte @Nullable [] load(String watch, Instant scheduled, String part);

    /** Returns whether there is something that {@link #save} saved. */
    boolean has(String watch, Instant scheduled, String part);

    /** Deletes lines and bytes of windows that were due before a time; some may stay for a while. */
    void deleteBefore(String watch, Instant time);

    /**
     * Returns the right to run a watch's windows; null if another owner has it.
     *
     * @param owner the process that asks
     * @param now the present time
     * @param time how long the right lasts if it is not given back, as by a process that was killed
     */
    @Nullable
    Lease lease(String watch, String owner, Instant now, Duration time);
}

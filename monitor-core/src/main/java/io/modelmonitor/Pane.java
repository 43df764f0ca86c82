package io.modelmonitor;

import io.modelmonitor.api.CaptureRecord;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A span, of time or of a number of rows, of which windows are made. Requests go into its open part; parts that are over are merged into
 * its measurement. The open part belongs to the thread that brings requests, the measurement to the one that reports.
 */
final class Pane {

    private final long start;
    private final @Nullable Instant from;
    private final @Nullable Instant to;
    private final Supplier<LiveWindow> opening;
    private @Nullable LiveWindow open;
    private @Nullable Measurement measured;
    /** The rows of the parts that are over. */
    private long taken;

    /**
     * @param start where it is among others
     * @param from the time of its start; null if it has none
     * @param to the time of its end; null if it has none
     * @param measured what was measured before, by a process that has ended
     */
    Pane(
            long start,
            @Nullable Instant from,
            @Nullable Instant to,
            Supplier<LiveWindow> opening,
            @Nullable Measurement measured) {
        this.start = start;
        this.from = from;
        this.to = to;
        this.taken = measured == null ? 0 : measured.rows();
        this.opening = opening;
        this.measured = measured;
    }

    long start() {
        return start;
    }

    void add(List<CaptureRecord> records) {
        LiveWindow part = open;
        if (part == null) {
            part = opening.get();
            open = part;
        }
        part.add(records);
    }

    /** Returns how many rows there are, those of parts that are over included. */
    long rows() {
        return taken + (open == null ? 0 : open.rows());
    }

    /** Returns the requests since the last call, as a part that is over; null if there were none. */
    @Nullable
    LiveWindow take() {
        LiveWindow part = open;
        open = null;
        taken += part == null ? 0 : part.rows();
        return part;
    }

    /** Merges a part that is over, and returns what was measured of all. */
    Measurement merge(@Nullable LiveWindow part) {
        Measurement before = measured;
        if (part == null && before != null) {
            return before;
        }
        Measurement last = (part == null ? opening.get() : part).finish(from, to);
        Measurement all = before == null ? last : before.merge(last);
        measured = all;
        return all;
    }
}

package io.modelmonitor.watch;

import io.modelmonitor.internal.Arguments;
import java.time.Duration;
import java.time.Instant;

/**
 * A half-open interval of time.
 *
 * @param start the first moment that is in
 * @param end the first moment after it that is not; later than the start
 */
public record Window(Instant start, Instant end) {

    /**
     * Creates a window.
     *
     * @throws IllegalArgumentException if it ends before it begins, or is empty
     */
    public Window {
        Arguments.check(start.isBefore(end), "window", start + " to " + end, "an end after the start");
    }

    /** Returns the time from start to end. */
    public Duration length() {
        return Duration.between(start, end);
    }

    /** Returns whether a moment is in the window. */
    public boolean contains(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }

    @Override
    public String toString() {
        return start + " to " + end;
    }
}

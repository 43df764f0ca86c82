package io.modelmonitor.attribution;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The limits on the cost of explaining a window.
 *
 * @param rows the most rows to explain; {@link #EVERY_ROW} for all, which are then explained as they come
 * @param calls the most rows to give to the model
 * @param time how long to go on explaining rows once all have been seen; null for as long as it takes
 * @param clock what time is measured by
 */
record Budget(long rows, long calls, @Nullable Duration time, InstantSource clock) {

    static final long EVERY_ROW = Long.MAX_VALUE;

    static Budget ofRows(long rows) {
        return new Budget(rows, Long.MAX_VALUE, null, InstantSource.system());
    }

    Budget withRows(long newRows) {
        return new Budget(newRows, calls, time, clock);
    }

    Budget withCalls(long newCalls) {
        return new Budget(rows, newCalls, time, clock);
    }

    Budget withTime(Duration newTime, InstantSource newClock) {
        return new Budget(rows, calls, newTime, newClock);
    }

    /** Returns how many rows may be explained, each at a cost. */
    long rowsAt(long callsPerRow) {
        return Math.min(rows, calls / callsPerRow);
    }

    boolean isEveryRow(long callsPerRow) {
        return rowsAt(callsPerRow) >= Integer.MAX_VALUE && time == null;
    }

    @Nullable
    Instant deadline() {
        return time == null ? null : clock.instant().plus(time);
    }

    boolean isOver(@Nullable Instant deadline) {
        return deadline != null && !clock.instant().isBefore(deadline);
    }
}

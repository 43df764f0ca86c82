package io.modelmonitor.watch;

import io.modelmonitor.api.Constraint;
import java.time.Instant;

/**
 * A change that was found: one that lasts, or one that has ended and of whose end a target was not told yet.
 *
 * @param alert what was found last: that it began, grew or ended
 * @param excess how far the value was outside its bound when it began or last grew, at least 0
 * @param isAcknowledged whether it was acknowledged
 */
public record Change(Alert alert, double excess, boolean isAcknowledged) {

    /** Returns what is violated. */
    public Constraint constraint() {
        return alert.constraint();
    }

    /** Returns the beginning of the window in which it is taken to have begun. */
    public Instant since() {
        return alert.since();
    }

    boolean isOver() {
        return alert.kind() == Alert.Kind.ENDED;
    }
}

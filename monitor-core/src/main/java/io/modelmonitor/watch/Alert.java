package io.modelmonitor.watch;

import io.modelmonitor.api.Constraint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A notification that a change began, grew or ended; each is sent once.
 *
 * @param watch the name of the watch, {@code endpoint/schedule}
 * @param kind which of them
 * @param constraint what is or was violated
 * @param value the metric's value in the window; NaN if undefined
 * @param window the window that told
 * @param since the beginning of the window in which the change is taken to have begun
 * @param evidence the logarithm of the evidence; NaN without a promise
 * @param needed the logarithm that it needs; NaN without a promise
 * @param alongside what else was told of the same window
 */
public record Alert(
        String watch,
        Kind kind,
        Constraint constraint,
        double value,
        Window window,
        Instant since,
        double evidence,
        double needed,
        List<Constraint> alongside) {

    /** A stage in the life of a change. */
    public enum Kind {
        /** A change began. */
        BEGAN,
        /** A change is twice as far outside its bound as when it was last told. */
        GREW,
        /** A constraint that was violated no longer is. */
        ENDED
    }

    /** Creates an alert. */
    public Alert {
        alongside = List.copyOf(alongside);
    }

    /** Returns this alert as one of another kind, told with others. */
    Alert as(Kind newKind, List<Constraint> others) {
        return new Alert(watch, newKind, constraint, value, window, since, evidence, needed, others);
    }

    /** Returns an identity that is equal for the same alert of the same window, whoever computes it and how often. */
    public String id() {
        String text = watch + "\n" + kind + "\n" + constraint + "\n" + window.end();
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Returns one line for a reader. */
    public String text() {
        String what = watch + ": " + constraint.id() + " is " + String.format(Locale.ROOT, "%.4g", value) + ", wanted "
                + constraint.bound();
        String state =
                switch (kind) {
                    case BEGAN -> "began about " + since;
                    case GREW -> "grew, began about " + since;
                    case ENDED -> "ended, began about " + since;
                };
        return what + "; " + state + (alongside.isEmpty() ? "" : "; with " + alongside.size() + " more");
    }

    @Override
    public String toString() {
        return text();
    }
}

package io.modelmonitor.watch;

import io.modelmonitor.api.Constraint;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The distance of a constraint from an alert.
 *
 * @param constraint the constraint
 * @param evidence with a promise, the logarithm of the evidence for a change, at least 0; else the number of violated windows
 * @param needed what an alert needs of it
 * @param since the beginning of the first window of the change that is suspected or told; null if there is none
 * @param isInAlert whether a change was told and has not ended
 * @param isAcknowledged whether it was acknowledged
 */
public record Standing(
        Constraint constraint,
        double evidence,
        double needed,
        @Nullable Instant since,
        boolean isInAlert,
        boolean isAcknowledged) {

    /** Returns one line, such as {@code income drift <= 0.01: evidence 4.2 of 15.4 since 2026-01-01T00:00:00Z}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: evidence %.1f of %.1f", constraint, evidence, needed)
                + (since == null ? "" : " since " + since)
                + (isInAlert ? isAcknowledged ? ", in alert, acknowledged" : ", in alert" : "");
    }
}

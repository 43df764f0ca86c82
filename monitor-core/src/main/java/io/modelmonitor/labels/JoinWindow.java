package io.modelmonitor.labels;

import io.modelmonitor.capture.CaptureFiles;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * The time whose requests a run looks at, which ends early enough for labels to have come.
 *
 * <p>The managed service's guide: with offsets {@code -P8D} and {@code -P1D}, a run at 2020-01-09T13:00 looks at requests from
 * 2020-01-01T13:00 to 2020-01-08T13:00.
 *
 * @param from the first moment that is in
 * @param to the first moment after it that is not
 */
public record JoinWindow(Instant from, Instant to) {

    /**
     * Creates a window.
     *
     * @throws IllegalArgumentException if it ends before it begins
     */
    public JoinWindow {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("window ends at " + to + ", before it begins at " + from);
        }
    }

    /**
     * Returns the window of a run.
     *
     * @param run when it runs
     * @param startOffset an ISO-8601 duration, mostly negative, such as {@code -P8D}
     * @param endOffset the same, such as {@code -P1D}
     * @throws IllegalArgumentException if an offset is no duration, or the window ends before it begins
     */
    public static JoinWindow at(Instant run, String startOffset, String endOffset) {
        return new JoinWindow(
                run.plus(duration("startOffset", startOffset)), run.plus(duration("endOffset", endOffset)));
    }

    private static Duration duration(String name, String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    name + " '" + text + "' is no duration; allowed is ISO 8601, such as -P8D or -PT1H", e);
        }
    }

    /** Returns the captures of this window. */
    public CaptureFiles of(CaptureFiles captures) {
        return captures.between(from, to);
    }
}

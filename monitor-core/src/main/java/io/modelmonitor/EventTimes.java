package io.modelmonitor;

import io.modelmonitor.internal.Arguments;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The way in which windows are cut by the times at which requests were served.
 *
 * @param step the time from the end of a window to the end of the next, the length of a pane; divides the length of a window
 * @param lateness the time after a pane's end for which requests of it are waited for
 * @param folder where open panes are saved; null if nowhere
 */
record EventTimes(
        Duration step, Duration lateness, @Nullable Path folder) {

    private static final int MOST_PANES = 1_000;

    EventTimes {
        Arguments.check(!lateness.isNegative(), "lateness", lateness, "at least PT0S, such as PT1M");
        Arguments.check(
                lateness.toMillis() / step.toMillis() < MOST_PANES,
                "lateness",
                lateness,
                "less than " + step.multipliedBy(MOST_PANES) + ", as " + MOST_PANES + " panes may be open");
    }

    EventTimes step(Duration newStep, Duration length) {
        boolean isDivisor = newStep.toMillis() >= 1_000 && length.toMillis() % newStep.toMillis() == 0;
        Arguments.check(isDivisor, "step", newStep, "at least PT1S and a part of " + length);
        Arguments.check(
                length.toMillis() / newStep.toMillis() <= MOST_PANES,
                "step",
                newStep,
                "at least " + length.dividedBy(MOST_PANES));
        return new EventTimes(newStep, lateness, folder);
    }

    EventTimes waiting(Duration newLateness) {
        return new EventTimes(step, newLateness, folder);
    }

    EventTimes stateFolder(Path newFolder) {
        return new EventTimes(step, lateness, newFolder);
    }
}

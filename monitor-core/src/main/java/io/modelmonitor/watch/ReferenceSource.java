package io.modelmonitor.watch;

import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A source of the measurement that a window is compared with in place of the monitor's baseline; given to {@link
 * WatchBuilder#reference}. Called by the thread that runs windows; what it throws fails the window.
 */
@FunctionalInterface
public interface ReferenceSource {

    /**
     * Returns what to compare a window with.
     *
     * @param monitor the monitor whose calculators measure it
     * @return null for the monitor's baseline
     */
    @Nullable
    Measurement of(Window window, Monitor monitor) throws Exception;

    /**
     * Returns the same window of other data, such as that of the champion where the watch is of the challenger. A window of which that has
     * no row fails.
     */
    static ReferenceSource sameWindowOf(WindowSource champion) {
        Objects.requireNonNull(champion, "champion");
        return (window, monitor) -> {
            Measurement measurement = monitor.measure(champion.of(window));
            if (measurement.rows() == 0) {
                throw new IllegalStateException("there is nothing to compare with in " + window);
            }
            return measurement;
        };
    }
}

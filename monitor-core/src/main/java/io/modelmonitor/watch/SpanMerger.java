package io.modelmonitor.watch;

import io.modelmonitor.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges the windows of a watch into longer spans, and judges those that end; nothing without a promise. Not safe for use by several threads. */
final class SpanMerger {

    private static final Logger LOGGER = LoggerFactory.getLogger(SpanMerger.class);

    private final WatchSettings settings;
    private final Journal journal;
    private final Spans spans;

    /**
     * Creates a merging of no windows.
     *
     * @param length the time from a window to the next
     */
    SpanMerger(WatchSettings settings, Journal journal, Duration length) {
        this.settings = settings;
        this.journal = journal;
        this.spans = new Spans(length);
    }

    /** Takes a window, and returns the spans that it ends, judged. */
    List<Tracker.Judged> add(Window window, @Nullable Measurement measurement) {
        List<Tracker.Judged> judged = new ArrayList<>();
        if (settings.promise() != null && measurement != null && measurement.rows() > 0) {
            try {
                for (Spans.Closed closed : spans.add(window, measurement)) {
                    judged.add(new Tracker.Judged(
                            closed.length(), closed.window(), settings.monitor().report(closed.measurement())));
                }
            } catch (RuntimeException e) { // the code of a user's calculator; the window itself was judged
                LOGGER.warn("Watch {}: merged windows could not be judged", settings.watch(), e);
            }
        }
        return judged;
    }

    /** Merges the windows of the longest open span anew, which other processes, or this one before it ended, have saved. */
    void restore(Instant latest) {
        spans.clear();
        if (settings.promise() == null) {
            return;
        }
        Instant from = spans.start(latest.minusNanos(1));
        for (HistoryLine line : journal.lines(from)) {
            if (!line.window().start().isBefore(from) && !line.scheduled().isAfter(latest) && line.rows() > 0) {
                Measurement measurement = journal.measurement(settings.monitor(), line.scheduled());
                if (measurement != null) {
                    spans.add(line.window(), measurement);
                }
            }
        }
    }

    /** Returns work that takes back what is done after this call. */
    Runnable undo() {
        return spans.undo();
    }
}

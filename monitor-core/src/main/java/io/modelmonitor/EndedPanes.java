package io.modelmonitor;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.SortedMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The last panes that ended, and the windows that are merged of them and reported. Panes are told apart by their starts, milliseconds or
 * numbers. What has ended belongs to the thread that reports.
 */
final class EndedPanes {

    /** The time between two savings of open panes, in milliseconds. */
    static final long SAVING = 60_000;

    private final Monitor monitor;
    private final Reporting reporting;
    private final @Nullable PaneFiles files;
    private final long length;
    private final long step;
    private final boolean isByTime;
    private final Deque<Pane> recent = new ArrayDeque<>();

    /**
     * @param length the difference between the ends of a window
     * @param step that between the starts of neighbouring panes
     * @param isByTime whether both are milliseconds
     */
    EndedPanes(
            Monitor monitor, Reporting reporting, @Nullable PaneFiles files, long length, long step, boolean isByTime) {
        this.monitor = monitor;
        this.reporting = reporting;
        this.files = files;
        this.length = length;
        this.step = step;
        this.isByTime = isByTime;
    }

    /** Takes over the panes that a process before has ended, before any others end; returns those that it left open or did not report. */
    SortedMap<Long, Measurement> proceed(PaneFiles from, BiFunction<Long, Measurement, Pane> pane) {
        SortedMap<Long, Measurement> left = from.open();
        from.ended().forEach((start, measured) -> {
            if (left.containsKey(start)) {
                left.put(start, measured); // it ended, and was not reported
            } else {
                recent.addLast(pane.apply(start, measured));
            }
        });
        return left;
    }

    /** Returns whether no pane was taken over; not to be asked later. */
    boolean isEmpty() {
        return recent.isEmpty();
    }

    /** Returns the start of the last pane that was taken over; not to be asked later. */
    long last() {
        return recent.getLast().start();
    }

    /** Reports the window that a pane ends. */
    void end(Pane pane) {
        LiveWindow part = pane.take();
        reporting.execute(() -> report(pane, part));
    }

    private void report(Pane pane, @Nullable LiveWindow part) {
        Measurement last = pane.merge(part);
        long end = pane.start() + step;
        recent.addLast(pane);
        while (recent.getFirst().start() < end - length) {
            recent.removeFirst();
        }
        if (files != null) {
            files.end(pane.start(), last, recent.getFirst().start(), length > step);
        }
        Measurement window =
                Measurement.merged(recent.stream().map(one -> one.merge(null)).toList());
        if (isByTime) {
            window = window.during(Instant.ofEpochMilli(recent.getFirst().start()), Instant.ofEpochMilli(end));
        }
        reporting.tell(monitor.report(window));
        if (files != null) {
            files.deleteOpen(pane.start());
        }
    }

    /** Saves what open panes have seen. */
    void saveOpen(Collection<Pane> open) {
        for (Pane pane : open) {
            LiveWindow part = pane.take();
            if (files != null && part != null) {
                reporting.execute(() -> files.saveOpen(pane.start(), pane.merge(part)));
            }
        }
    }
}

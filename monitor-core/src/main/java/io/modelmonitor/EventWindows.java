package io.modelmonitor;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.internal.data.CaptureRows;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Windows by the times at which requests were served, each the merged panes of its time. A pane is over when the clock is at its end and
 * the lateness beyond; a request of the future counts as one of now.
 */
final class EventWindows implements LiveWindows {

    /** After a longer pause, the panes in between are not reported as empty. */
    private static final int MOST_EMPTY = 1_000;

    private final Monitor monitor;
    private final Reporting reporting;
    private final CaptureRows captured;
    private final long step;
    private final long lateness;
    private final @Nullable PaneFiles files;
    private final EndedPanes ended;
    private final AtomicLong late = new AtomicLong();

    private final TreeMap<Long, Pane> open = new TreeMap<>();

    private boolean isStarted;
    /** The beginning of the first pane that has not ended. */
    private long next;

    private long saved;

    EventWindows(Monitor monitor, Reporting reporting, CaptureRows captured, long length, EventTimes times) {
        this.monitor = monitor;
        this.reporting = reporting;
        this.captured = captured;
        this.step = times.step().toMillis();
        this.lateness = times.lateness().toMillis();
        this.files = times.folder() == null ? null : new PaneFiles(times.folder(), monitor);
        this.ended = new EndedPanes(monitor, reporting, files, length, step, true);
    }

    @Override
    public void add(List<CaptureRecord> records, long now) {
        endIfDue(now);
        int from = 0;
        while (from < records.size()) {
            long start = pane(records.get(from), now);
            int to = from + 1;
            while (to < records.size() && pane(records.get(to), now) == start) {
                to++;
            }
            if (start < next) {
                reporting.warn("requests that came after their window had ended", late.addAndGet(to - from), null);
            } else {
                open.computeIfAbsent(start, ignored -> newPane(start, null)).add(records.subList(from, to));
            }
            from = to;
        }
    }

    private long pane(CaptureRecord record, long now) {
        Instant time = record.inferenceTime();
        return floor(time == null ? now : Math.min(time.toEpochMilli(), now));
    }

    private long floor(long time) {
        return Math.floorDiv(time, step) * step;
    }

    private Pane newPane(long start, @Nullable Measurement measured) {
        return new Pane(
                start,
                Instant.ofEpochMilli(start),
                Instant.ofEpochMilli(start + step),
                () -> new LiveWindow(monitor, captured),
                measured);
    }

    @Override
    public void endIfDue(long now) {
        if (!isStarted) {
            start(now);
        }
        long until = floor(now - lateness);
        long least = Math.max(next, until - MOST_EMPTY * step);
        while (!open.isEmpty() && open.firstKey() < Math.min(least, until)) {
            end(open.firstKey());
        }
        next = Math.max(next, Math.min(least, until));
        while (next < until) {
            end(next);
        }
        if (files != null && now - saved >= EndedPanes.SAVING) {
            saved = now;
            ended.saveOpen(open.values());
        }
    }

    /** Begins with the pane that is open by the clock, or that a process before has left open. */
    private void start(long now) {
        isStarted = true;
        next = floor(now);
        saved = now;
        if (files != null) {
            SortedMap<Long, Measurement> left = ended.proceed(files, (start, measured) -> newPane(start, measured));
            next = ended.isEmpty() ? next : Math.max(next, ended.last() + step);
            left.forEach((start, measured) -> open.put(start, newPane(start, measured)));
            next = open.isEmpty() ? next : Math.min(next, open.firstKey());
        }
    }

    private void end(long start) {
        Pane pane = open.remove(start);
        next = Math.max(next, start + step);
        ended.end(pane == null ? newPane(start, null) : pane);
    }

    @Override
    public void close() {
        if (files != null) {
            ended.saveOpen(open.values());
            return;
        }
        while (!open.isEmpty()) {
            end(open.firstKey());
        }
    }

    @Override
    public long late() {
        return late.get();
    }
}

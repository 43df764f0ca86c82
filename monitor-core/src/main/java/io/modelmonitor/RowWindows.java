package io.modelmonitor;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.internal.data.CaptureRows;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Windows by the number of rows, each the merged panes of the last rows; panes are numbered from 0. */
final class RowWindows implements LiveWindows {

    private final Monitor monitor;
    private final CaptureRows captured;
    private final long step;
    private final @Nullable PaneFiles files;
    private final EndedPanes ended;

    private boolean isStarted;
    private @Nullable Pane open;
    private long next;
    private long saved;

    RowWindows(Monitor monitor, Reporting reporting, CaptureRows captured, RowWindowSettings rows) {
        this.monitor = monitor;
        this.captured = captured;
        this.step = rows.step();
        this.files = rows.folder() == null ? null : new PaneFiles(rows.folder(), monitor);
        this.ended = new EndedPanes(monitor, reporting, files, rows.rows() / rows.step(), 1, false);
    }

    @Override
    public void add(List<CaptureRecord> records, long now) {
        endIfDue(now);
        List<CaptureRecord> left = records;
        while (!left.isEmpty()) {
            Pane pane = open;
            if (pane == null) {
                pane = pane(next++, null);
                open = pane;
            }
            int taken = (int) Math.min(left.size(), step - pane.rows());
            pane.add(left.subList(0, taken));
            left = left.subList(taken, left.size());
            endIfFull(pane);
        }
    }

    private Pane pane(long number, @Nullable Measurement measured) {
        return new Pane(number, null, null, () -> new LiveWindow(monitor, captured), measured);
    }

    private void endIfFull(Pane pane) {
        if (pane.rows() >= step) {
            open = null;
            ended.end(pane);
        }
    }

    @Override
    public void endIfDue(long now) {
        if (!isStarted) {
            isStarted = true;
            saved = now;
            if (files != null) {
                proceed(files);
            }
        }
        if (files != null && now - saved >= EndedPanes.SAVING) {
            saved = now;
            save();
        }
    }

    /** Proceeds with the pane that a process before has left open. */
    private void proceed(PaneFiles from) {
        SortedMap<Long, Measurement> left = ended.proceed(from, (number, measured) -> pane(number, measured));
        next = ended.isEmpty() ? 0 : ended.last() + 1;
        left.forEach((number, measured) -> {
            Pane before = open;
            if (before != null) {
                ended.end(before); // one behind it was begun
            }
            Pane pane = pane(number, measured);
            open = pane;
            next = Math.max(next, number + 1);
            endIfFull(pane);
        });
    }

    private void save() {
        if (open != null) {
            ended.saveOpen(List.of(open));
        }
    }

    @Override
    public void close() {
        if (files != null) {
            save();
        } else if (open != null && open.rows() > 0) {
            ended.end(open);
            open = null;
        }
    }
}

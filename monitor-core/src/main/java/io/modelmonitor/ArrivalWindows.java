package io.modelmonitor;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.internal.data.CaptureRows;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Windows by the clock or by the number of rows, in which a request belongs to the one that is open when it comes. */
final class ArrivalWindows implements LiveWindows {

    /** The length of windows that no time ends. */
    static final long NEVER = Long.MAX_VALUE;

    private final Monitor monitor;
    private final Reporting reporting;
    private final CaptureRows captured;
    private final long mostRows;
    private final @Nullable WindowTimes times;
    private @Nullable LiveWindow window;

    /** @param length in milliseconds, or {@link #NEVER} */
    ArrivalWindows(Monitor monitor, Reporting reporting, CaptureRows captured, long length, long mostRows) {
        this.monitor = monitor;
        this.reporting = reporting;
        this.captured = captured;
        this.mostRows = mostRows;
        this.times = length == NEVER ? null : new WindowTimes(length);
    }

    @Override
    public void add(List<CaptureRecord> records, long now) {
        end(now);
        List<CaptureRecord> left = records;
        while (!left.isEmpty()) {
            LiveWindow open = open(now);
            int taken = (int) Math.min(left.size(), mostRows - open.rows());
            open.add(left.subList(0, taken));
            left = left.subList(taken, left.size());
            if (open.rows() >= mostRows) {
                end(open);
            }
        }
    }

    @Override
    public void endIfDue(long now) {
        end(now);
        open(now);
    }

    @Override
    public void close() {
        if (window != null && window.rows() > 0) {
            end(window);
        }
    }

    private void end(long now) {
        if (window != null && times != null && times.isOver(now)) {
            end(window);
        }
        if (times != null) {
            reporting.warn(
                    "times that the clock was set back, so that windows end by their length",
                    times.timesSetBack(),
                    null);
        }
    }

    private LiveWindow open(long now) {
        LiveWindow open = window;
        if (open == null) {
            open = new LiveWindow(monitor, captured);
            window = open;
            if (times != null) {
                times.open(now);
            }
        }
        return open;
    }

    private void end(LiveWindow ended) {
        window = null;
        Instant start = times == null ? null : Instant.ofEpochMilli(times.startTime());
        Instant end = times == null ? null : Instant.ofEpochMilli(times.endTime());
        if (times != null) {
            times.end();
        }
        reporting.execute(() -> reporting.tell(monitor.report(ended.finish(start, end))));
    }
}

package io.modelmonitor;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.internal.data.CaptureRows;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Windows by the clock, in which a request belongs to the one that is open when it comes. */
final class ArrivalWindows implements LiveWindows {

    private final Monitor monitor;
    private final Reporting reporting;
    private final CaptureRows captured;
    private final WindowTimes times;
    private @Nullable LiveWindow window;

    /** @param length in milliseconds */
    ArrivalWindows(Monitor monitor, Reporting reporting, CaptureRows captured, long length) {
        this.monitor = monitor;
        this.reporting = reporting;
        this.captured = captured;
        this.times = new WindowTimes(length);
    }

    @Override
    public void add(List<CaptureRecord> records, long now) {
        end(now);
        open(now).add(records);
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
        if (window != null && times.isOver(now)) {
            end(window);
        }
        reporting.warn(
                "times that the clock was set back, so that windows end by their length", times.timesSetBack(), null);
    }

    private LiveWindow open(long now) {
        LiveWindow open = window;
        if (open == null) {
            open = new LiveWindow(monitor, captured);
            window = open;
            times.open(now);
        }
        return open;
    }

    private void end(LiveWindow ended) {
        window = null;
        Instant start = Instant.ofEpochMilli(times.startTime());
        Instant end = Instant.ofEpochMilli(times.endTime());
        times.end();
        reporting.execute(() -> reporting.tell(monitor.report(ended.finish(start, end))));
    }
}

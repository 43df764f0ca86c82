package io.modelmonitor;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.internal.data.CaptureRows;
import io.modelmonitor.internal.data.LiveRows;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A window that is open: captured requests go in one after the other, and what it keeps of them does not grow with them. */
final class LiveWindow {

    private final Accumulation accumulation;
    private final LiveRows captured;
    private final Dataset.Cursor rows;

    LiveWindow(Monitor monitor, CaptureRows captured) {
        this.accumulation = monitor.accumulation();
        this.captured = captured.live(monitor.expectedColumns());
        this.rows = monitor.matched(this.captured);
    }

    /** Takes requests, on this thread. */
    void add(List<CaptureRecord> records) {
        captured.add(records);
        takeBatches();
    }

    private void takeBatches() {
        for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
            accumulation.accept(batch);
        }
    }

    /** Returns how many rows the requests made. */
    long rows() {
        return captured.rows();
    }

    /** Returns what was measured; nothing may be added afterwards. */
    Measurement finish(@Nullable Instant start, @Nullable Instant end) {
        captured.end();
        takeBatches();
        captured.close();
        return accumulation.finish(rows.schema(), captured.rows(), rows.problems(), start, end);
    }
}

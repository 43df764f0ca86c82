package io.modelmonitor;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.data.CaptureRows;
import io.modelmonitor.data.LiveRows;
import java.util.List;

/** A window that is open: captured requests go in one after the other, and what it keeps of them does not grow with them. */
final class LiveWindow {

    private final Measuring measuring;
    private final LiveRows captured;
    private long rows;

    LiveWindow(Measuring measuring, CaptureRows captured) {
        this.measuring = measuring;
        this.captured = captured.live();
    }

    /** Takes requests, on this thread. */
    void add(List<CaptureRecord> records) {
        captured.add(records);
        for (Batch batch = captured.next(); batch != null; batch = captured.next()) {
            measuring.accept(batch);
            rows += batch.size();
        }
    }

    /** Returns how many rows the requests made. */
    long rows() {
        return rows;
    }

    /** Returns what was measured; nothing may be added afterwards. */
    Measurement finish() {
        captured.close();
        return measuring.finish(captured.schema(), rows, captured.problems());
    }
}

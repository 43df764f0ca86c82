package io.modelmonitor;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.internal.data.CaptureRows;
import io.modelmonitor.internal.data.LiveRows;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A window that is open: captured requests go in one after the other, and what it keeps of them does not grow with them. */
final class LiveWindow {

    private final Accumulation accumulation;
    private final LiveRows captured;

    /** @param expected the columns of the baseline; empty if there is none */
    LiveWindow(Accumulation accumulation, CaptureRows captured, Set<String> expected) {
        this.accumulation = accumulation;
        this.captured = captured.live(expected);
    }

    /** Takes requests, on this thread. */
    void add(List<CaptureRecord> records) {
        captured.add(records);
        takeBatches();
    }

    private void takeBatches() {
        for (Batch batch = captured.next(); batch != null; batch = captured.next()) {
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
        return accumulation.finish(captured.schema(), captured.rows(), captured.problems(), start, end);
    }
}

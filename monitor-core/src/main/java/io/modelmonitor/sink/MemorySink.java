package io.modelmonitor.sink;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.spi.CaptureSink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Keeps the latest records in memory, for tests and for a look at what was last asked; made by {@link Sinks#memory}. */
public final class MemorySink implements CaptureSink {

    private final int most;
    private final Deque<CaptureRecord> records = new ArrayDeque<>();

    MemorySink(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a memory of " + most + " records; it must keep at least 1");
        }
        this.most = most;
    }

    @Override
    public synchronized void write(CaptureBatch batch) {
        for (CaptureRecord record : batch.records()) {
            if (records.size() == most) {
                records.removeFirst();
            }
            records.addLast(record);
        }
    }

    /** Returns a copy of what is kept, the oldest first. */
    public synchronized List<CaptureRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public String toString() {
        return "memory sink of at most " + most + " records";
    }
}

package io.modelmonitor.sink;

import io.modelmonitor.api.CaptureBatch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Keeps batches in memory, up to a number of records. */
final class MemoryBacklog implements Backlog {

    private final int most;
    private final Deque<CaptureBatch> batches = new ArrayDeque<>();
    private int records;

    MemoryBacklog(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("keeping " + most + " records; it must be at least 1");
        }
        this.most = most;
    }

    @Override
    public boolean isEmpty() {
        return batches.isEmpty();
    }

    @Override
    public long records() {
        return records;
    }

    @Override
    public void add(CaptureBatch batch) throws IOException {
        if (records + batch.records().size() > most) {
            throw new IOException(records + " records are kept already");
        }
        batches.addLast(batch);
        records += batch.records().size();
    }

    @Override
    public @Nullable CaptureBatch first() {
        return batches.peekFirst();
    }

    @Override
    public void removeFirst() {
        records -= batches.removeFirst().records().size();
    }

    @Override
    public boolean isSafe() {
        return false;
    }
}

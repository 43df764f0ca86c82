package io.modelmonitor.internal.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.CaptureFiles;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of captured requests that come one after the other; made by {@link CaptureRows#live}. {@link #next} returns full
 * batches, cut as those of files are, whenever there is one; {@link #end} lets it return what is left. Problems are located by
 * the number of the request, from 1. Not safe for use by several threads at the same time.
 */
public final class LiveRows implements Dataset.Cursor {

    private final Deque<CaptureRecord> waiting = new ArrayDeque<>();
    private final PackingCursor cursor;

    LiveRows(CaptureRows rows, Set<String> expected) {
        this.cursor = rows.openLive(
                CaptureFiles.Cursor.of(new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return !waiting.isEmpty();
                    }

                    @Override
                    public CaptureRecord next() {
                        return waiting.remove();
                    }
                }),
                expected);
    }

    /** Adds requests, in their order. */
    public void add(Collection<CaptureRecord> records) {
        waiting.addAll(records);
    }

    /** Returns how many rows the requests have made up to the last call of {@link #next}. */
    public long rows() {
        return cursor.rows();
    }

    /** Lets {@link #next} return the last rows; no request may be added afterwards. */
    public void end() {
        cursor.end();
    }

    @Override
    public Schema schema() {
        return cursor.schema();
    }

    @Override
    public @Nullable Batch next() {
        return cursor.next();
    }

    @Override
    public List<DataProblem> problems() {
        return cursor.problems();
    }

    @Override
    public void close() {
        waiting.clear();
        cursor.close();
    }
}

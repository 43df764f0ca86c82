package io.modelmonitor.internal.data;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.ForwardingCursor;
import io.modelmonitor.capture.CaptureFiles;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;

/**
 * The rows of captured requests that come one after the other; made by {@link CaptureRows#live}. {@link #next} returns full
 * batches, cut as those of files are, whenever there is one; {@link #end} lets it return what is left. Problems are located by
 * the number of the request, from 1. Not safe for use by several threads at the same time.
 */
public final class LiveRows extends ForwardingCursor {

    private final Queue<CaptureRecord> waiting;
    private final PackingCursor cursor;

    private LiveRows(Queue<CaptureRecord> waiting, PackingCursor cursor) {
        super(cursor);
        this.waiting = waiting;
        this.cursor = cursor;
    }

    static LiveRows of(CaptureRows rows, Set<String> expected) {
        Queue<CaptureRecord> waiting = new ArrayDeque<>();
        Iterator<CaptureRecord> records = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !waiting.isEmpty();
            }

            @Override
            public CaptureRecord next() {
                return waiting.remove();
            }
        };
        return new LiveRows(waiting, rows.openLive(CaptureFiles.Cursor.of(records), expected));
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
    public void close() {
        waiting.clear();
        super.close();
    }
}

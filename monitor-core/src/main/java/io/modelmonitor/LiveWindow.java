package io.modelmonitor;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.capture.file.CaptureFiles;
import io.modelmonitor.data.CaptureRows;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A window that is open: captured requests go in one after the other, and what it keeps of them does not grow with them. */
final class LiveWindow {

    private final Measuring measuring;
    private final Feed feed = new Feed();
    private final Dataset.Cursor cursor;
    private long rows;

    LiveWindow(Measuring measuring, CaptureRows captured) {
        this.measuring = measuring;
        this.cursor = captured.open(feed);
    }

    /** Takes requests, on this thread. */
    void add(List<CaptureRecord> records) {
        feed.waiting.addAll(records);
        for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
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
        cursor.close();
        return measuring.finish(cursor.schema(), rows, cursor.problems());
    }

    /** Requests as a cursor that has none for now, and may have more later. */
    private static final class Feed implements CaptureFiles.Cursor {

        private static final Path NOWHERE = Path.of("");

        private final Deque<CaptureRecord> waiting = new ArrayDeque<>();
        private long taken;

        @Override
        public @Nullable CaptureRecord next() {
            CaptureRecord record = waiting.poll();
            taken += record == null ? 0 : 1;
            return record;
        }

        @Override
        public Path file() {
            return NOWHERE;
        }

        @Override
        public long line() {
            return taken;
        }

        @Override
        public List<DataProblem> problems() {
            return List.of();
        }

        @Override
        public void close() {
            waiting.clear();
        }
    }
}

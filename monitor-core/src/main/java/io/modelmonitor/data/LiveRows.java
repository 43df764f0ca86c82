package io.modelmonitor.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.file.CaptureFiles;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of captured requests that come one after the other; made by {@link CaptureRows#live}. Whenever {@link #next} has no
 * more, requests may be added, and then it has. Problems are located by the number of the request, from 1. Not safe for use by
 * several threads at the same time.
 */
public final class LiveRows implements Dataset.Cursor {

    private final Feed feed = new Feed();
    private final Dataset.Cursor cursor;

    LiveRows(CaptureRows rows) {
        this.cursor = rows.open(feed);
    }

    /** Adds requests, in their order. */
    public void add(Collection<CaptureRecord> records) {
        feed.waiting.addAll(records);
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
        cursor.close();
    }

    private static final class Feed implements CaptureFiles.Cursor {

        private static final Path NOWHERE = Path.of("");

        private final Deque<CaptureRecord> waiting = new ArrayDeque<>();
        private final Problems problems = new Problems("captures", false);
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
        public void note(String problem) {
            problems.add(problem, taken);
        }

        @Override
        public List<DataProblem> problems() {
            return problems.list();
        }

        @Override
        public void close() {
            waiting.clear();
        }
    }
}

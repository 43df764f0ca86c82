package io.modelmonitor.capture;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.internal.ProblemCounts;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads records that are in memory as those of files are read. Whenever it has no more, and its source then has, it goes on.
 * Problems are located by the number of the record, from 1. Not safe for use by several threads at the same time.
 */
final class RecordCursor implements CaptureFiles.Cursor {

    private static final Path NOWHERE = Path.of("");

    private final Iterator<CaptureRecord> records;
    private final ProblemCounts problems = new ProblemCounts();
    private long taken;

    /** Creates a cursor before the first record. */
    RecordCursor(Iterator<CaptureRecord> records) {
        this.records = Objects.requireNonNull(records, "records");
    }

    @Override
    public @Nullable CaptureRecord next() {
        if (!records.hasNext()) {
            return null;
        }
        taken++;
        return records.next();
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
        problems.add(problem, 1, taken);
    }

    @Override
    public List<DataProblem> problems() {
        return problems.list();
    }

    @Override
    public void close() {}
}

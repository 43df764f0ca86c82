package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Records in memory, read as those of files are. */
class RecordCursorTest {

    private static CaptureRecord record(String id) {
        return new CaptureRecord(id, null, null, null, null, List.of());
    }

    @Test
    void aCursorGoesOnWhenItsSourceDoesAndLocatesProblemsByTheNumberOfTheRecord() {
        Queue<CaptureRecord> waiting = new ArrayDeque<>(List.of(record("a"), record("b")));
        Iterator<CaptureRecord> source = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !waiting.isEmpty();
            }

            @Override
            public CaptureRecord next() {
                return waiting.remove();
            }
        };
        try (CaptureFiles.Cursor cursor = CaptureFiles.Cursor.of(source)) {
            assertThat(cursor.next()).isEqualTo(record("a"));
            assertThat(cursor.next()).isEqualTo(record("b"));
            assertThat(cursor.line()).isEqualTo(2);
            cursor.note("odd");
            assertThat(cursor.next()).isNull();
            waiting.add(record("c"));
            assertThat(cursor.next()).isEqualTo(record("c"));
            cursor.note("odd");
            assertThat(cursor.line()).isEqualTo(3);
            assertThat(cursor.file()).isEqualTo(Path.of(""));
            assertThat(cursor.problems()).containsExactly(new DataProblem("odd", 2, List.of(2L, 3L)));
        }
    }

    @Test
    void aStreamOfACursorEndsWithItAndClosesIt() {
        int[] closed = new int[1];
        Iterator<CaptureRecord> source = List.of(record("a"), record("b")).iterator();
        CaptureFiles.Cursor cursor = CaptureFiles.Cursor.of(source);
        CursorSpliterator records = new CursorSpliterator(new CaptureFiles.Cursor() {
            @Override
            public CaptureRecord next() {
                return cursor.next();
            }

            @Override
            public Path file() {
                return cursor.file();
            }

            @Override
            public long line() {
                return cursor.line();
            }

            @Override
            public void note(String problem) {
                cursor.note(problem);
            }

            @Override
            public List<DataProblem> problems() {
                return cursor.problems();
            }

            @Override
            public void close() {
                closed[0]++;
            }
        });
        Queue<CaptureRecord> read = new ArrayDeque<>();
        assertThat(records.tryAdvance(read::add)).isTrue();
        assertThat(records.tryAdvance(read::add)).isTrue();
        assertThat(closed[0]).isZero();
        assertThat(records.tryAdvance(read::add)).isFalse();
        assertThat(read).containsExactly(record("a"), record("b"));
        assertThat(closed[0]).isEqualTo(1);
    }

    @Test
    void requestsThatWereNotSeenAreAcceptedAndFailed() {
        assertThat(new CaptureStats(10, 1, 5, 2, 3, 0, 99).withFailed(4))
                .isEqualTo(new CaptureStats(14, 1, 5, 2, 7, 0, 99));
    }
}

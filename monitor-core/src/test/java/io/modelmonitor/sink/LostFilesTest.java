package io.modelmonitor.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.DataCapture;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.capture.CaptureStats;
import io.modelmonitor.internal.file.FileTree;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is deleted or replaced while files in it are open costs what was written in between, and that is told. */
@Timeout(60)
class LostFilesTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Path root;
    private FileSink sink;

    @BeforeEach
    void writeOne() throws IOException {
        root = folder.resolve("captures");
        sink = Sinks.files(root).clock(Clock.fixed(SinkRecords.NOON, ZoneOffset.UTC));
        write("before");
        sink.flush();
    }

    private void write(String... ids) throws IOException {
        for (String id : ids) {
            sink.write(SinkRecords.batch(SinkRecords.record(id, SinkRecords.NOON)));
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private void assertThatFlushingTells(long records) {
        assertThatThrownBy(sink::flush)
                .isInstanceOfSatisfying(CaptureSink.LostException.class, e -> assertThat(e.records())
                        .isEqualTo(records))
                .hasMessageStartingWith(records + " records are gone with " + root);
    }

    @Test
    void aFolderThatIsDeletedIsMadeAgainAndWhatWasWrittenInBetweenIsCounted() throws IOException {
        delete();
        write("lost", "lost, too");
        assertThatFlushingTells(2);
        write("after");
        sink.flush();
        sink.close();
        assertThat(SinkRecords.ids(root)).containsExactly("after");
    }

    @Test
    void aFolderThatIsReplacedByALinkIsNoticedEvenIfAFileOfTheSameNameIsThere() throws IOException {
        Path file = FileTree.files(root, 9, (path, because) -> {}).get(0);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        delete();
        Files.createSymbolicLink(root, elsewhere);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        write("lost");
        assertThatFlushingTells(1);
        write("after");
        sink.flush();
        assertThat(SinkRecords.ids(elsewhere)).containsExactly("after");
    }

    @Test
    void aFolderThatIsDeletedWhileNothingIsWrittenCostsNothing() throws IOException {
        delete();
        sink.flush();
        write("after");
        sink.flush();
        assertThat(SinkRecords.ids(root)).containsExactly("after");
    }

    @Test
    void whatIsLostIsToldAtClosingIfThereWasNoFlush() throws IOException {
        delete();
        write("lost");
        assertThatThrownBy(sink::close).isInstanceOf(CaptureSink.LostException.class);
    }

    @RepeatedTest(50)
    void whatASinkLosesCountsAsFailedAndIsNotAcknowledged() {
        AtomicLong lost = new AtomicLong();
        CaptureSink losing = new CaptureSink() {
            @Override
            public void write(CaptureBatch batch) {
                lost.addAndGet(batch.records().size());
            }

            @Override
            public void flush() throws IOException {
                if (lost.get() > 0) {
                    throw new LostException("gone", lost.getAndSet(0));
                }
            }
        };
        try (DataCapture capture = DataCapture.of("x").sink(losing).start()) {
            capture.record("lost", new double[] {1}, 1);
            assertThat(capture.flush(LONG)).isFalse();
            CaptureStats stats = capture.stats();
            assertThat(stats.written()).isZero();
            assertThat(stats.failed()).isEqualTo(1);
            assertThat(stats.accepted()).isEqualTo(1);
            assertThat(capture.flush(LONG)).isTrue();
        }
    }
}

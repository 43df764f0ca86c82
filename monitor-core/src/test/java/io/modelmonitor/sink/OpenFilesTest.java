package io.modelmonitor.sink;

import static io.modelmonitor.sink.SinkRecords.NOON;
import static io.modelmonitor.sink.SinkRecords.batch;
import static io.modelmonitor.sink.SinkRecords.ids;
import static io.modelmonitor.sink.SinkRecords.openFiles;
import static io.modelmonitor.sink.SinkRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelmonitor.ManualClock;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Payload;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.capture.CaptureKey;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that sinks keep open, and their content on disk meanwhile. */
class OpenFilesTest {

    private static final CaptureKey KEY =
            CaptureKey.of("a secret for files of tests only".getBytes(StandardCharsets.US_ASCII));

    private static final CaptureSink AWAY = batch -> {
        throw new IOException("away");
    };

    @TempDir
    Path folder;

    private Path open;

    @BeforeEach
    void onlyLinuxSaysWhichFilesAreOpen() {
        open = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(open));
    }

    @Test
    void aFileThatIsFullIsClosedBeforeTheNextOneIsBegun() throws IOException {
        FileSink sink = Sinks.files(folder).rollover(1, Duration.ofHours(1));
        for (int i = 0; i < 5; i++) {
            sink.write(batch(record("e" + i, NOON)));
        }
        assertThat(openFiles(open, folder)).hasSize(1);
        sink.close();
        assertThat(openFiles(open, folder)).isEmpty();
        assertThat(ids(folder)).hasSize(5);
    }

    @Test
    void eightFilesAreOpenAtMost() throws IOException {
        FileSink sink = Sinks.files(folder);
        for (int i = 0; i < 12; i++) {
            sink.write(new CaptureBatch("model" + i, "v", List.of(record("e" + i, NOON))));
            assertThat(openFiles(open, folder)).hasSize(Math.min(8, i + 1));
        }
        sink.close();
        assertThat(openFiles(open, folder)).isEmpty();
    }

    @Test
    void aFileThatHasVanishedIsClosedOnceThatIsNoticed() throws IOException {
        FileSink sink = Sinks.files(folder);
        sink.write(batch(record("a", NOON)));
        Files.delete(Path.of(openFiles(open, folder).get(0)));
        assertThatThrownBy(sink::flush).hasMessageStartingWith("1 records are gone");
        assertThat(openFiles(open, folder)).isEmpty();
        sink.close();
    }

    @Test
    void aSpillOfSeveralModelsKeepsOneFileOpenBesideItsLockAndNoneOnceClosed() throws IOException {
        RetryingSink sink = Sinks.retrying(AWAY).backlog(folder, 1 << 20);
        for (int i = 0; i < 5; i++) {
            sink.write(new CaptureBatch("model" + i, "v", List.of(record("e" + i, NOON))));
        }
        assertThat(openFiles(open, folder)).hasSize(2);
        sink.close();
        assertThat(openFiles(open, folder)).isEmpty();
    }

    @Test
    void aSpilledFileOfWhichAPartWasReadIsNotOpenOnceItsSinkIsClosed() throws IOException {
        RetryingSink sink = Sinks.retrying(AWAY).backlog(folder, 1 << 20);
        sink.write(batch(Stream.generate(() -> record("x", NOON)).limit(2_000).toArray(CaptureRecord[]::new)));
        sink.close();
        assertThat(openFiles(open, folder)).isEmpty();
    }

    @Test
    void whatWasFlushedCanBeReadThoughTheFileGoesOn() throws IOException {
        FileSink sink = Sinks.files(folder).compressed();
        sink.write(batch(record("a", NOON)));
        sink.flush();
        assertThat(idsSoFar()).containsExactly("a");
        sink.close();
    }

    @Test
    void whatIsSyncedAfterEveryBatchCanBeReadThoughTheFileGoesOn() throws IOException {
        FileSink sink = Sinks.files(folder).compressed().sync(FileSink.Sync.EVERY_BATCH);
        sink.write(batch(record("a", NOON)));
        assertThat(idsSoFar()).containsExactly("a");
        sink.close();
    }

    @Test
    void whatIsSpilledEncryptedIsWithTheOperatingSystemAtOnce() throws IOException {
        RetryingSink sink = Sinks.retrying(AWAY).backlog(folder, 1 << 20, KEY);
        sink.write(batch(record("a", NOON)));
        sink.write(batch(record("b", NOON)));
        assertThat(idsSoFar()).containsExactly("a", "b");
        sink.close();
    }

    @Test
    void aBatchOfTwoHoursAndMoreThanABufferIsWrittenOnce() throws IOException {
        List<CaptureRecord> records = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            records.add(record("e" + (10_000 + i), NOON.plusSeconds(i < 2_000 ? 0 : 3_600)));
            expected.add("e" + (10_000 + i));
        }
        try (FileSink sink = Sinks.files(folder)) {
            sink.write(new CaptureBatch("churn", "v", records));
        }
        assertThat(ids(folder)).isEqualTo(expected);
    }

    @Test
    void aFileEndsWithTheBatchThatReachesItsSizeAndAtItsAge() throws IOException {
        try (FileSink sink = Sinks.files(folder)) {
            sink.write(batch(record("a", NOON)));
        }
        long line = Files.size(files().get(0));
        try (FileSink sink = Sinks.files(folder).rollover(2 * line, Duration.ofDays(1))) {
            for (int i = 0; i < 5; i++) {
                sink.write(batch(record(String.valueOf(i), NOON)));
            }
        }
        assertThat(files()).hasSize(1 + 3);
        ManualClock clock = new ManualClock(NOON);
        try (FileSink sink =
                Sinks.files(folder).rollover(1 << 20, Duration.ofMinutes(10)).clock(clock)) {
            for (int second : new int[] {0, 599, 600}) {
                clock.now = NOON.plusSeconds(second);
                sink.write(batch(record("e", NOON)));
            }
        }
        assertThat(files()).hasSize(4 + 2);
    }

    @Test
    void aSpillTakesAsManyBytesAsItMayAndNotOneMore() throws IOException {
        try (FileSink sink = Sinks.files(folder.resolve("line"))) {
            sink.write(batch(record("a", NOON)));
        }
        long line = Files.size(files().get(0));
        RetryingSink exact = Sinks.retrying(AWAY).backlog(folder.resolve("exact"), 2 * line);
        exact.write(batch(record("a", NOON)));
        exact.write(batch(record("b", NOON)));
        assertThatThrownBy(() -> exact.write(batch(record("c", NOON))))
                .hasMessage("the sink is away, and " + 2 * line + " bytes are spilled already, of " + 2 * line
                        + " at most");
        assertThat(exact.waiting()).isEqualTo(2);
        exact.close();
        RetryingSink less = Sinks.retrying(AWAY).backlog(folder.resolve("less"), 2 * line - 1);
        less.write(batch(record("a", NOON)));
        assertThatThrownBy(() -> less.write(batch(record("b", NOON)))).hasMessageContaining("bytes are spilled");
        less.close();
    }

    @Test
    void anEncryptedSpillIsNoLargerThanItMayBe() throws IOException {
        long most = 20_000;
        RetryingSink sink = Sinks.retrying(AWAY).backlog(folder, most, KEY);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        sink.write(new CaptureBatch("model" + i % 3, "v", List.of(record("e" + i, NOON))));
                    }
                })
                .hasMessageContaining("bytes are spilled already");
        long open = size();
        sink.close();
        assertThat(size()).isBetween(open, most).isGreaterThan(most - 2_000);
    }

    @Test
    void aLargeEncryptedBatchIsRefusedIfItWouldFitOnlyWithoutItsEncryption() throws IOException {
        CaptureRecord large =
                new CaptureRecord("large", null, NOON, Payload.csv("1".repeat(8 << 20)), Payload.csv("2"), List.of());
        try (RetryingSink plain = Sinks.retrying(AWAY).backlog(folder.resolve("plain"), 1 << 25)) {
            plain.write(batch(large));
        }
        long bytes = size();
        RetryingSink encrypted = Sinks.retrying(AWAY).backlog(folder.resolve("encrypted"), bytes, KEY);
        assertThatThrownBy(() -> encrypted.write(batch(large)))
                .hasMessage("the sink is away, and 0 bytes are spilled already, of " + bytes + " at most");
        encrypted.close();
    }

    @Test
    void whatATargetHasTakenAndNotFlushedCountsAmongTheBytesOfTheSpill() throws Exception {
        boolean[] away = {true};
        CaptureSink leaking = new CaptureSink() {
            @Override
            public void write(CaptureBatch batch) throws IOException {
                if (away[0]) {
                    throw new IOException("away");
                }
            }

            @Override
            public void flush() throws IOException {
                throw new IOException("cannot flush");
            }
        };
        ManualClock clock = new ManualClock(NOON);
        RetryingSink sink = Sinks.retrying(leaking).clock(clock).backlog(folder, 10_000);
        CaptureRecord[] twenty =
                Stream.generate(() -> record("x", NOON)).limit(20).toArray(CaptureRecord[]::new);
        sink.write(batch(twenty));
        assertThat(size()).isBetween(5_001L, 10_000L);
        away[0] = false;
        clock.now = NOON.plusSeconds(1);
        sink.write(batch(twenty));
        assertThat(sink.waiting()).isZero();
        away[0] = true;
        assertThatThrownBy(() -> sink.write(batch(twenty))).hasMessageContaining("bytes are spilled already");
        assertThatThrownBy(sink::close).hasMessageContaining("cannot flush");
    }

    @Test
    void aFlushIsNotAcknowledgedOnceTheSpilledFileIsGone() throws Exception {
        RetryingSink sink = Sinks.retrying(AWAY).clock(new ManualClock(NOON)).backlog(folder, 10_000);
        sink.write(batch(record("a", NOON)));
        sink.flush();
        Files.delete(files().get(0));
        assertThatThrownBy(sink::flush).hasMessage("the sink is away; 1 records are kept");
        assertThatThrownBy(sink::close).as("a last attempt").hasMessage("1 records that were kept are gone");
    }

    @Test
    void recordsOfASpilledFileThatIsGoneAreCountedAsLostOnceAnAttemptIsDue() throws Exception {
        MemorySink memory = Sinks.memory(10);
        boolean[] away = {true};
        ManualClock clock = new ManualClock(NOON);
        RetryingSink sink = Sinks.retrying(new CaptureSink() {
                    @Override
                    public void write(CaptureBatch batch) throws IOException {
                        if (away[0]) {
                            throw new IOException("away");
                        }
                        memory.write(batch);
                    }
                })
                .clock(clock)
                .backlog(folder, 100_000);
        sink.write(batch(record("a", NOON), record("b", NOON)));
        sink.write(new CaptureBatch("another", "v", List.of(record("c", NOON))));
        Files.delete(files().get(0));
        away[0] = false;
        clock.now = NOON.plusSeconds(60);
        assertThatThrownBy(sink::flush)
                .isInstanceOfSatisfying(CaptureSink.LostException.class, lost -> assertThat(lost.records())
                        .isEqualTo(3 - memory.records().size()))
                .hasMessage(3 - memory.records().size() + " records that were kept are gone");
        assertThat(memory.records()).isNotEmpty().hasSizeLessThan(3);
        sink.write(batch(record("d", NOON)));
        sink.flush();
        sink.close();
        assertThat(memory.records()).extracting(CaptureRecord::eventId).contains("d");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().contains(".jsonl")).toList();
        }
    }

    private long size() throws IOException {
        long size = 0;
        for (Path file : files()) {
            size += Files.size(file);
        }
        return size;
    }

    /** Returns the event ids that can be read of files that go on, whose ends are missing. */
    private List<String> idsSoFar() {
        List<String> ids = new ArrayList<>();
        try (CaptureFiles.Cursor cursor =
                CaptureFiles.in(folder).key(KEY).plainAllowed().open()) {
            for (CaptureRecord read = cursor.next(); read != null; read = cursor.next()) {
                ids.add(read.eventId());
            }
            assertThat(cursor.problems()).extracting(DataProblem::count).hasSizeLessThanOrEqualTo(1);
        }
        return ids;
    }
}

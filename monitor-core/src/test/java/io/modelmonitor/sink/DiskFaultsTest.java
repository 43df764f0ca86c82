package io.modelmonitor.sink;

import static io.modelmonitor.sink.SinkRecords.NOON;
import static io.modelmonitor.sink.SinkRecords.batch;
import static io.modelmonitor.sink.SinkRecords.ids;
import static io.modelmonitor.sink.SinkRecords.logged;
import static io.modelmonitor.sink.SinkRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelmonitor.DataCapture;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Payload;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.capture.CaptureStats;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full, nearly full, or not to be written to: what is lost is counted and said, and nothing else is lost. */
@Timeout(120)
class DiskFaultsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void aFileInPlaceOfTheFolderIsAFailureAndNoMore() throws IOException {
        Path file = folder.resolve("file");
        Files.writeString(file, "not a folder");
        assertThatCapturingFails(file);
        assertThat(Files.readString(file)).isEqualTo("not a folder");
    }

    /** The process file system lets nobody make a folder, not even the superuser. */
    @Test
    void aFileSystemInWhichNobodyMayCreateAnythingIsAFailureAndNoMore() {
        Path process = Path.of("/proc/self");
        assumeTrue(Files.isDirectory(process), "there is no process file system here");
        assertThatCapturingFails(process.resolve("captures"));
    }

    @Test
    void aReadOnlyFolderIsAFailureAndNoMore() throws Exception {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        assertThat(locked.toFile().setWritable(false)).isTrue();
        boolean immutable = Files.isWritable(locked) && SmallVolume.run("chattr", "+i", locked.toString());
        try {
            assumeTrue(!Files.isWritable(locked), "this user may write to read-only folders");
            assertThatCapturingFails(locked);
        } finally {
            assertThat(!immutable || SmallVolume.run("chattr", "-i", locked.toString()))
                    .isTrue();
            assertThat(locked.toFile().setWritable(true)).isTrue();
        }
    }

    private static void assertThatCapturingFails(Path captures) {
        try (DataCapture capture =
                DataCapture.of("churn").sink(Sinks.files(captures)).start()) {
            assertThat(capture.record(new double[1], 1)).isNotNull();
            assertThat(capture.flush(LONG)).isFalse();
            assertThat(capture.stats()).isEqualTo(new CaptureStats(1, 0, 0, 0, 1, 0, 0));
        }
    }

    @Test
    void aVolumeThatTurnsReadOnlyCostsWhatComesThenAndWritingGoesOnLater() throws Exception {
        try (SmallVolume volume = SmallVolume.at(folder.resolve("small"), 256)) {
            FileSink sink = Sinks.files(volume.root()).diskLimit(1, 1).rollover(1, Duration.ofHours(1));
            sink.write(batch(record("a", NOON)));
            sink.flush();
            volume.setWritable(false);
            assertThatThrownBy(() -> sink.write(batch(record("b", NOON)))).isInstanceOf(IOException.class);
            volume.setWritable(true);
            sink.write(batch(record("c", NOON)));
            sink.close();
            assertThat(ids(volume.root())).containsExactlyInAnyOrder("a", "c");
        }
    }

    @Test
    void aFlushThatFailsEndsItsFileSoThatNothingIsWrittenBehindATornLine() throws Exception {
        try (SmallVolume volume = SmallVolume.at(folder.resolve("small"), 256)) {
            Path ballast = volume.root().resolve("ballast");
            Files.write(ballast, new byte[100 << 10]);
            FileSink sink = Sinks.files(volume.root()).diskLimit(1, 1).compressed();
            SplittableRandom random = new SplittableRandom(5);
            sink.write(batch(noise(random)));
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1000; i++) {
                            sink.write(batch(noise(random)));
                            sink.flush();
                        }
                    })
                    .isInstanceOf(IOException.class);
            Files.delete(ballast);
            CaptureRecord last = new CaptureRecord("last", null, NOON, Payload.csv("1"), Payload.csv("2"), List.of());
            sink.write(batch(last));
            sink.close();
            List<String> ids = new ArrayList<>();
            try (CaptureFiles.Cursor cursor = CaptureFiles.in(volume.root()).open()) {
                for (CaptureRecord read = cursor.next(); read != null; read = cursor.next()) {
                    ids.add(read.eventId());
                }
            }
            assertThat(ids).contains("last");
        }
    }

    /** Returns a record that compression does not make small. */
    private static CaptureRecord noise(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            text.append(Long.toUnsignedString(random.nextLong(), 36));
        }
        return new CaptureRecord("x", null, NOON, Payload.csv(text.toString()), Payload.csv("2"), List.of());
    }

    @Test
    void aFullDiskCostsWhatDoesNotFitAndWritingGoesOnWhenThereIsRoomAgain() throws Exception {
        try (SmallVolume volume = SmallVolume.at(folder.resolve("small"), 256)) {
            Path ballast = volume.root().resolve("ballast");
            Files.write(ballast, new byte[100 << 10]);
            FileSink sink = Sinks.files(volume.root()).diskLimit(1, 1);
            AtomicInteger written = new AtomicInteger();
            CaptureRecord record =
                    new CaptureRecord("x", null, NOON, Payload.csv("1".repeat(3000)), Payload.csv("2"), List.of());
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            sink.write(batch(record));
                            written.incrementAndGet();
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(written.get()).isBetween(1, 99);
            Files.delete(ballast);
            sink.write(batch(record));
            sink.close();
            try (CaptureFiles.Cursor cursor = CaptureFiles.in(volume.root()).open()) {
                int read = 0;
                while (cursor.next() != null) {
                    read++;
                }
                assertThat(read).isEqualTo(written.get() + 1);
                assertThat(cursor.problems().stream()
                                .mapToLong(DataProblem::count)
                                .sum())
                        .as("torn lines")
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void aSpillOnAFullDiskCountsAndSaysWhatItRefusesAndHandsOverAllElse() throws Exception {
        try (SmallVolume volume = SmallVolume.at(folder.resolve("small"), 256)) {
            Path ballast = volume.root().resolve("ballast");
            Files.write(ballast, new byte[100 << 10]);
            List<String> arrived = new ArrayList<>();
            boolean[] away = {true};
            CaptureSink target = batch -> {
                if (away[0]) {
                    throw new IOException("away");
                }
                batch.records().forEach(record -> arrived.add(record.inferenceId()));
            };
            RetryingSink sink = Sinks.retrying(target)
                    .backoff(Duration.ofMillis(1), Duration.ofMillis(1))
                    .backlog(volume.root().resolve("spill"), 1L << 30);
            DataCapture capture = DataCapture.of("churn").sink(sink).start();
            List<String> acknowledged = new ArrayList<>();
            String log = logged(() -> {
                for (int i = 0; i < 100; i++) {
                    capture.record("full" + i, new double[1000], 0.5);
                    if (capture.flush(LONG)) {
                        acknowledged.add("full" + i);
                    }
                }
            });
            CaptureStats full = capture.stats();
            assertThat(full.written()).isEqualTo(acknowledged.size()).isBetween(10L, 90L);
            assertThat(full.failed()).isEqualTo(100 - full.written());
            assertThat(full.dropped() + full.waiting()).isZero();
            assertThat(log)
                    .containsOnlyOnce("records that the sink refused")
                    .containsPattern("(?i)no space left|disk quota");
            Files.delete(ballast);
            for (int i = 0; i < 10; i++) {
                capture.record("later" + i, new double[1000], 0.5);
                acknowledged.add("later" + i);
            }
            assertThat(capture.flush(LONG)).as("there is room again").isTrue();
            away[0] = false;
            for (int turn = 0; sink.waiting() > 0; turn++) {
                assertThat(turn).isLessThan(100_000);
                sink.flush();
            }
            capture.close();
            assertThat(arrived).isEqualTo(acknowledged);
        }
    }

    @Test
    void aVolumeThatFillsAndEmptiesIsReportedOncePerCrossing() throws Exception {
        double[] used = {0};
        DiskGuard guard = DiskGuard.of(() -> used[0], 0.75, 0.70);
        int[] second = {0};
        List<Boolean> paused = new ArrayList<>();
        String log = logged(() -> {
            for (double share : new double[] {0.74, 0.76, 0.9, 0.72, 0.70, 0.69, 0.74, 0.75, 0.8, 0.71, 0.1}) {
                used[0] = share;
                for (int i = 0; i < 5; i++) {
                    paused.add(isPaused(guard, 1000L * second[0]++));
                }
            }
        });
        assertThat(paused.stream().filter(each -> each)).hasSize(6 * 5);
        assertThat(log.lines().map(line -> line.replaceFirst(".*DiskGuard - ", "")))
                .containsExactly(
                        "capture pauses: the volume is 76 % full, more than 75 %",
                        "capture goes on: the volume is 69 % full",
                        "capture pauses: the volume is 80 % full, more than 75 %",
                        "capture goes on: the volume is 10 % full");
    }

    private static boolean isPaused(DiskGuard guard, long now) throws IOException {
        try {
            guard.check(now);
            return false;
        } catch (CaptureSink.PausedException e) {
            return true;
        }
    }
}

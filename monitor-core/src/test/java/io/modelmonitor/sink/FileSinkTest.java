package io.modelmonitor.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelmonitor.DataCapture;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Payload;
import io.modelmonitor.capture.file.CaptureFiles;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSinkTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void filesRollWithTheHourOfTheRequests() throws IOException {
        try (FileSink sink = Sinks.files(folder)) {
            sink.write(batch(
                    record("a", NOON.minusSeconds(1)),
                    record("b", NOON),
                    record("c", NOON.plusSeconds(3599)),
                    record("d", NOON.plusSeconds(3600)),
                    record("e", NOON.minusSeconds(2))));
        }
        assertThat(files().stream().map(file -> file.getParent().toString()))
                .containsExactly(
                        "churn/AllTraffic/2026/03/04/11",
                        "churn/AllTraffic/2026/03/04/12",
                        "churn/AllTraffic/2026/03/04/13");
        assertThat(ids()).containsExactly("a", "e", "b", "c", "d");
    }

    @Test
    void filesRollAtASizeAndAtAnAge() throws IOException {
        try (FileSink sink = Sinks.files(folder).rollingAt(1, Duration.ofHours(1))) {
            sink.write(batch(record("a", NOON)));
            sink.write(batch(record("b", NOON)));
        }
        assertThat(files()).hasSize(2);
        Turn clock = new Turn(NOON);
        try (FileSink sink =
                Sinks.files(folder).rollingAt(1 << 20, Duration.ofMinutes(10)).clock(clock)) {
            sink.write(batch(record("c", NOON)));
            sink.write(batch(record("d", NOON)));
            clock.now = NOON.plusSeconds(600);
            sink.flush();
            sink.write(batch(record("e", NOON)));
        }
        assertThat(files()).hasSize(4);
    }

    @Test
    void filesAndFoldersAreTheirOwnersOnly() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        try (FileSink sink = Sinks.files(folder.resolve("new"))) {
            sink.write(batch(record("a", NOON)));
        }
        Path file = folder.resolve(files().get(0));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../evil", "..", ".", "", "a/b", "/etc", "C:\\x", "a\u0000b", "..%2f", "é"})
    void noNameLeavesTheFolder(String name) throws IOException {
        Path root = folder.resolve("root");
        try (FileSink sink = Sinks.files(root)) {
            sink.write(new CaptureBatch(name, name, List.of(record("a", NOON))));
        }
        assertThat(files()).singleElement().satisfies(file -> {
            assertThat(file.startsWith("root")).isTrue();
            assertThat(file.getNameCount()).isEqualTo(8);
        });
        try (Stream<CaptureRecord> records =
                CaptureFiles.in(root).endpoint(name, name).records()) {
            assertThat(records).hasSize(1);
        }
    }

    @Test
    void aFolderThatCannotBeWrittenToIsAFailureAndNoMore() throws IOException {
        Path file = folder.resolve("file");
        Files.writeString(file, "not a folder");
        try (DataCapture capture =
                DataCapture.of("churn").into(Sinks.files(file)).start()) {
            capture.record(new double[1], 1);
            assertThat(capture.flush(Duration.ofSeconds(10))).isFalse();
            assertThat(capture.stats().failed()).isEqualTo(1);
        }
        assertThat(Files.readString(file)).isEqualTo("not a folder");
    }

    @Test
    void aReadOnlyFolderIsAFailureAndNoMore() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        assertThat(locked.toFile().setWritable(false)).isTrue();
        try {
            assumeTrue(!Files.isWritable(locked), "this user may write to read-only folders");
            try (FileSink sink = Sinks.files(locked)) {
                assertThatThrownBy(() -> sink.write(batch(record("a", NOON)))).isInstanceOf(IOException.class);
            }
        } finally {
            assertThat(locked.toFile().setWritable(true)).isTrue();
        }
    }

    @Test
    void aFullDiskCostsWhatDoesNotFitAndWritingGoesOnWhenThereIsRoomAgain() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=256k", "none", small.toString()), "no tmpfs can be mounted");
        try {
            Path ballast = small.resolve("ballast");
            Files.write(ballast, new byte[100 << 10]);
            FileSink sink = Sinks.files(small).pausingAbove(1, 1);
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
            try (CaptureFiles.Cursor cursor = CaptureFiles.in(small).open()) {
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
        } finally {
            assertThat(run("umount", small.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void captureOfANearlyFullVolumePausesAndGoesOnLater() throws IOException {
        double[] used = {0.74};
        Turn clock = new Turn(NOON);
        FileSink sink = Sinks.files(folder)
                .guarded(DiskGuard.of(() -> used[0], 0.75, 0.70))
                .clock(clock);
        sink.write(batch(record("a", NOON)));
        used[0] = 0.76;
        sink.write(batch(record("b", NOON)));
        clock.now = NOON.plusSeconds(1);
        assertThatThrownBy(() -> sink.write(batch(record("c", NOON))))
                .isInstanceOf(CaptureSink.PausedException.class)
                .hasMessageContaining("70 %");
        used[0] = 0.71;
        clock.now = NOON.plusSeconds(2);
        assertThatThrownBy(() -> sink.write(batch(record("d", NOON)))).isInstanceOf(CaptureSink.PausedException.class);
        used[0] = 0.69;
        clock.now = NOON.plusSeconds(3);
        sink.write(batch(record("e", NOON)));
        sink.close();
        assertThat(ids()).containsExactly("a", "b", "e");
    }

    @Test
    void oldFilesAreDeletedAndNothingElse() throws IOException {
        Path mine = folder.resolve("churn/AllTraffic/2026/03/01/00");
        Files.createDirectories(mine);
        Path old = mine.resolve("00-00-000-01234567-89ab-cdef-0123-456789abcdef.jsonl");
        Path foreign = mine.resolve("notes.jsonl");
        Path outside = folder.resolve("00-00-000-01234567-89ab-cdef-0123-456789abcdef.jsonl");
        for (Path file : List.of(old, foreign, outside)) {
            Files.writeString(file, "x");
        }
        try (FileSink sink =
                Sinks.files(folder).keepingFor(Duration.ofDays(2)).clock(Clock.fixed(NOON, ZoneOffset.UTC))) {
            sink.write(batch(record("a", NOON)));
        }
        assertThat(old).doesNotExist();
        assertThat(foreign).exists();
        assertThat(outside).exists();
        assertThat(ids()).contains("a");
    }

    @Test
    void theOldestFilesGoWhenAllTogetherAreTooLarge() throws IOException {
        try (FileSink sink = Sinks.files(folder).keepingAtMost(1000)) {
            for (int hour = 0; hour < 10; hour++) {
                sink.write(batch(record("hour" + hour, NOON.plusSeconds(3600L * hour))));
            }
        }
        // Eight files are open at a time, and those are never deleted.
        assertThat(ids()).hasSizeBetween(8, 9).contains("hour9").doesNotContain("hour0");
    }

    @Test
    void twoSinksMayWriteToOneFolder() throws IOException {
        try (FileSink one = Sinks.files(folder);
                FileSink other = Sinks.files(folder)) {
            for (int i = 0; i < 20; i++) {
                one.write(batch(record("one" + i, NOON)));
                other.write(batch(record("other" + i, NOON)));
            }
        }
        assertThat(files()).hasSize(2);
        assertThat(ids()).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void senselessSettingsAreRefused() {
        assertThatThrownBy(() -> Sinks.files(folder).rollingAt(0, Duration.ofHours(1)))
                .hasMessageContaining("files roll at 0 bytes");
        assertThatThrownBy(() -> Sinks.files(folder).pausingAbove(0.5, 0.6))
                .hasMessageContaining("pauses above 0.5 and resumes below 0.6");
    }

    private static final class Turn extends Clock {
        private Instant now;

        private Turn(Instant now) {
            this.now = now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static CaptureBatch batch(CaptureRecord... records) {
        return new CaptureBatch("churn", CaptureBatch.ALL_TRAFFIC, List.of(records));
    }

    private static CaptureRecord record(String id, Instant time) {
        String row =
                String.join(",", IntStream.range(0, 5).mapToObj(String::valueOf).toList());
        return new CaptureRecord(id, null, time, Payload.csv(row), Payload.csv("0.5"), List.of());
    }

    private List<String> ids() {
        try (Stream<CaptureRecord> records = CaptureFiles.in(folder).records()) {
            return records.map(CaptureRecord::eventId).toList();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .sorted()
                    .toList();
        }
    }
}

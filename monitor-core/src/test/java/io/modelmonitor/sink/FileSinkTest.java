package io.modelmonitor.sink;

import static io.modelmonitor.sink.SinkRecords.NOON;
import static io.modelmonitor.sink.SinkRecords.batch;
import static io.modelmonitor.sink.SinkRecords.logged;
import static io.modelmonitor.sink.SinkRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelmonitor.DataCapture;
import io.modelmonitor.ManualClock;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.capture.CaptureStats;
import io.modelmonitor.internal.capture.PayloadSource;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSinkTest {

    @TempDir
    Path folder;

    @Test
    void aFolderInWhichEverybodyMayPutFilesIsToldOnce(@TempDir Path shared) throws Exception {
        assumeTrue(shared.getFileSystem().supportedFileAttributeViews().contains("posix"), "no owners of files here");
        for (String permissions : List.of("rwx------", "rwxrwxrwx")) {
            Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString(permissions));
            String log = logged(() -> {
                try (FileSink sink = Sinks.files(shared)) {
                    for (int i = 0; i < 3; i++) {
                        sink.write(batch(record("e" + i, NOON.plus(Duration.ofHours(i)))));
                    }
                }
            });
            assertThat(log.split("everybody may put files", -1))
                    .as(permissions)
                    .hasSize(permissions.endsWith("rwx") ? 2 : 1);
        }
    }

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
        try (FileSink sink = Sinks.files(folder).rollover(1, Duration.ofHours(1))) {
            sink.write(batch(record("a", NOON)));
            sink.write(batch(record("b", NOON)));
        }
        assertThat(files()).hasSize(2);
        ManualClock clock = new ManualClock(NOON);
        try (FileSink sink =
                Sinks.files(folder).rollover(1 << 20, Duration.ofMinutes(10)).clock(clock)) {
            sink.write(batch(record("c", NOON)));
            sink.write(batch(record("d", NOON)));
            clock.now = NOON.plusSeconds(600);
            sink.flush();
            sink.write(batch(record("e", NOON)));
        }
        assertThat(files()).hasSize(4);
    }

    @Test
    void theBytesThatACaptureTellsAreThoseOfItsFiles() throws IOException {
        CaptureStats stats;
        try (DataCapture capture =
                DataCapture.of("churn").sink(Sinks.files(folder)).start()) {
            capture.record("id \"é\"", new double[] {1, 0.25, Double.NaN}, 0.5);
            capture.record(Map.of("name", "日本"), Map.of("p", 0.5));
            capture.record(null, PayloadSource.bytes("image/png", new byte[1000]), null, "an attribute");
            assertThat(capture.flush(Duration.ofSeconds(30))).isTrue();
            stats = capture.stats();
        }
        long size = 0;
        for (Path file : files()) {
            size += Files.size(folder.resolve(file));
        }
        assertThat(stats.bytes()).isEqualTo(size).isGreaterThan(1000);
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
    void captureOfANearlyFullVolumePausesAndGoesOnLater() throws IOException {
        double[] used = {0.74};
        ManualClock clock = new ManualClock(NOON);
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
                Sinks.files(folder).retention(Duration.ofDays(2)).clock(Clock.fixed(NOON, ZoneOffset.UTC))) {
            sink.write(batch(record("a", NOON)));
        }
        assertThat(old).doesNotExist();
        assertThat(foreign).exists();
        assertThat(outside).exists();
        assertThat(ids()).contains("a");
    }

    @Test
    void aFolderThatCannotBeReadDoesNotKeepOldFiles() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("churn/AllTraffic/2026/03/01/00"));
        Path old = Files.writeString(mine.resolve("00-00-000-01234567-89ab-cdef-0123-456789abcdef.jsonl"), "x");
        Files.createDirectory(
                folder.resolve("lost+found"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
        try (FileSink sink =
                Sinks.files(folder).retention(Duration.ofDays(2)).clock(Clock.fixed(NOON, ZoneOffset.UTC))) {
            sink.write(batch(record("a", NOON)));
        }
        assertThat(old).doesNotExist();
        assertThat(ids()).contains("a");
    }

    @Test
    void theOldestFilesGoWhenAllTogetherAreTooLarge() throws IOException {
        try (FileSink sink = Sinks.files(folder).retention(1000)) {
            for (int hour = 0; hour < 10; hour++) {
                sink.write(batch(record("hour" + hour, NOON.plusSeconds(3600L * hour))));
            }
        }
        // Eight files are open at a time, and those are never deleted.
        assertThat(ids()).hasSizeBetween(8, 9).contains("hour9").doesNotContain("hour0");
    }

    @Test
    void noMoreOfTheOldestFilesGoThanMakeTheOthersSmallEnough() throws IOException {
        long size;
        try (FileSink sink = Sinks.files(folder)) {
            sink.write(batch(record("hour0", NOON)));
        }
        size = Files.size(folder.resolve(files().get(0)));
        try (FileSink sink = Sinks.files(folder).rollover(1, Duration.ofDays(1)).retention(3 * size)) {
            for (int hour = 1; hour < 10; hour++) {
                sink.write(batch(record("hour" + hour, NOON.plusSeconds(3600L * hour))));
                sink.flush();
            }
        }
        assertThat(ids())
                .as("three that were there when the last one was begun, and that one")
                .containsExactlyInAnyOrder("hour6", "hour7", "hour8", "hour9");
    }

    @Test
    void ofTheFilesOfOneHourTheOneThatWasBegunFirstGoesFirst() throws IOException {
        try (FileSink sink = Sinks.files(folder).rollover(1, Duration.ofDays(1))) {
            for (int minute : new int[] {2, 0, 1}) {
                sink.write(batch(record("minute" + minute, NOON.plusSeconds(60L * minute))));
            }
        }
        long size = Files.size(folder.resolve(files().get(0)));
        try (FileSink sink = Sinks.files(folder).retention(3 * size)) {
            sink.write(batch(record("minute3", NOON.plusSeconds(180))));
        }
        assertThat(ids())
                .as("nothing goes before the next file makes it too much")
                .containsExactly("minute0", "minute1", "minute2", "minute3");
        try (FileSink sink = Sinks.files(folder).retention(3 * size)) {
            sink.write(batch(record("minute4", NOON.plusSeconds(240))));
        }
        assertThat(ids()).containsExactly("minute1", "minute2", "minute3", "minute4");
    }

    @Test
    void aSinkIsPrintedWithWhereItWrites() {
        FileSink sink = Sinks.files(folder);
        assertThat(sink).hasToString("files in " + folder);
        assertThat(Sinks.retrying(sink)).hasToString("retrying files in " + folder);
    }

    @Test
    void theVolumeItselfIsLookedAt() throws IOException {
        try (FileSink sink = Sinks.files(folder).diskLimit(0, 0)) {
            assertThatThrownBy(() -> sink.write(batch(record("a", NOON))))
                    .isInstanceOf(CaptureSink.PausedException.class)
                    .hasMessage("the volume is more than 0 % full; capture has paused");
        }
        assertThat(folder).isEmptyDirectory();
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
        assertThatThrownBy(() -> Sinks.files(folder).rollover(0, Duration.ofHours(1)))
                .hasMessageContaining("files roll at 0 bytes");
        assertThatThrownBy(() -> Sinks.files(folder).diskLimit(0.5, 0.6))
                .hasMessageContaining("pauses above 0.5 and resumes below 0.6");
    }

    private List<String> ids() {
        return SinkRecords.ids(folder);
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

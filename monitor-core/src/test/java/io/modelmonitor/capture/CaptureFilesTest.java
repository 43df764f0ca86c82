package io.modelmonitor.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Payload;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.capture.file.CaptureDecoder;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import io.modelmonitor.sink.FileSink;
import io.modelmonitor.sink.Sinks;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureFilesTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final CaptureKey KEY = CaptureKey.of(new byte[32]);

    @TempDir
    Path folder;

    private record Read(List<String> ids, List<String> problems) {}

    @Test
    void garbageBetweenRecordsIsCountedAndLocated() throws IOException {
        Files.writeString(
                folder.resolve("a.jsonl"),
                line("1") + "\nrubbish\n\n{\"a\":1}\n" + line("2") + "\n[]\n{\"captureData\":{},\"eventMetadata\":{}}\n"
                        + line("3") + "x\n" + line("4"));
        Read read = read(CaptureFiles.in(folder));
        assertThat(read.ids()).containsExactly("1", "2", "4");
        assertThat(read.problems())
                .singleElement()
                .asString()
                .matches("a line is no capture record; left out, in .*a" + "\\.jsonl: 5, first at line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "compressed", "encrypted", "both"})
    void aFileCutAnywhereLosesItsLastLineAtMostAndEveryLineBeforeTheCutIsThere(String kind) throws IOException {
        FileSink sink = sink(kind);
        for (int i = 0; i < 20; i++) {
            sink.write(batch(IntStream.range(20 * i, 20 * i + 20)
                    .mapToObj(n -> record("id" + n, NOON))
                    .toList()));
            sink.flush();
        }
        sink.close();
        Path file = CaptureFilesTest.files(folder).get(0);
        byte[] whole = Files.readAllBytes(file);
        assertThat(read(all()).ids()).hasSize(400);
        SplittableRandom random = new SplittableRandom(7);
        int last = 0;
        for (int length : random.ints(25, 0, whole.length).sorted().toArray()) {
            Files.write(file, Arrays.copyOf(whole, length));
            Read read = read(all());
            assertThat(read.ids())
                    .isEqualTo(IntStream.range(0, read.ids().size())
                            .mapToObj(n -> "id" + n)
                            .toList());
            assertThat(read.ids().size()).isGreaterThanOrEqualTo(last);
            assertThat(read.problems()).hasSizeLessThanOrEqualTo(1);
            last = read.ids().size();
        }
        assertThat(last).isGreaterThan(200);
    }

    @Test
    void emptyAndForeignFilesAreNoProblem() throws IOException {
        Files.createFile(folder.resolve("empty.jsonl"));
        Files.createFile(folder.resolve("empty.jsonl.gz"));
        Files.writeString(folder.resolve("README.txt"), "not a capture");
        Files.createDirectory(folder.resolve("folder.jsonl"));
        Files.writeString(folder.resolve("blank.jsonl"), "\n  \r\n\n");
        assertThat(read(CaptureFiles.in(folder))).isEqualTo(new Read(List.of(), List.of()));
    }

    @Test
    void neitherLinksNorNamesLeadOutOfTheFolder() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("captures"));
        Path outside = Files.createDirectory(folder.resolve("secret"));
        Files.writeString(outside.resolve("a.jsonl"), line("1") + "\n");
        Files.createSymbolicLink(inside.resolve("file.jsonl"), outside.resolve("a.jsonl"));
        Files.createSymbolicLink(inside.resolve("folder"), outside);
        assertThat(read(CaptureFiles.in(inside))).isEqualTo(new Read(List.of(), List.of()));
        for (String name : List.of("../secret", "..", outside.toString(), "a/../../secret", "")) {
            assertThat(CaptureFiles.in(inside)
                            .endpoint(name)
                            .folder()
                            .normalize()
                            .getParent())
                    .isEqualTo(inside);
            assertThat(CaptureFiles.in(inside).endpoint("churn", name).folder().normalize())
                    .startsWithRaw(inside.resolve("churn"));
        }
    }

    @Test
    void bytesThatAreNoTextAreOneBadLineOrMore() throws IOException {
        byte[] noise = new byte[100_000];
        new java.util.Random(3).nextBytes(noise);
        noise[0] = 1;
        Files.write(folder.resolve("noise.jsonl"), noise);
        Files.writeString(folder.resolve("zz.jsonl"), line("1") + "\n");
        Read read = read(CaptureFiles.in(folder));
        assertThat(read.ids()).containsExactly("1");
        assertThat(read.problems()).isNotEmpty();
    }

    @Test
    void aFileThatUnpacksToFarTooMuchIsStopped() throws IOException {
        Path bomb = folder.resolve("bomb.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
            byte[] zeros = new byte[1 << 20];
            Arrays.fill(zeros, (byte) ' ');
            for (int i = 0; i < 300; i++) {
                out.write(zeros);
            }
        }
        assertThat(Files.size(bomb)).isLessThan(400_000);
        Read read = read(CaptureFiles.in(folder));
        assertThat(read.ids()).isEmpty();
        assertThat(read.problems()).singleElement().asString().contains("unpacks to more than");
    }

    @Test
    void aFileOfAnotherKeyOrWithoutOneIsCounted() throws IOException {
        FileSink sink = sink("encrypted");
        sink.write(batch(List.of(record("1", NOON))));
        sink.close();
        Path file = files(folder).get(0);
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
                .startsWith("MMCF")
                .doesNotContain("captureData");
        assertThat(read(CaptureFiles.in(folder)).problems())
                .singleElement()
                .asString()
                .contains("it is encrypted, and there is no key");
        assertThat(read(CaptureFiles.in(folder).key(CaptureKey.of("another secret than that".getBytes(US_ASCII))))
                        .problems())
                .singleElement()
                .asString()
                .contains("it cannot be decrypted");
        byte[] changed = Files.readAllBytes(file);
        changed[changed.length - 20] ^= 1;
        Files.write(file, changed);
        assertThat(read(all()).problems()).singleElement().asString().contains("it cannot be decrypted");
    }

    @Test
    void aPlainFileIsRefusedByWhoHasAKeyUnlessTheyAllowIt() throws IOException {
        FileSink sink = sink("compressed");
        sink.write(batch(List.of(record("1", NOON))));
        sink.close();
        Read refused = read(CaptureFiles.in(folder).key(KEY));
        assertThat(refused.ids()).isEmpty();
        assertThat(read(CaptureFiles.in(folder).key(KEY)).problems())
                .singleElement()
                .asString()
                .contains("it is not encrypted, though there is a key");
        assertThat(read(CaptureFiles.in(folder).key(KEY).plainAllowed()).ids()).containsExactly("1");
        try (Dataset.Cursor rows =
                Datasets.captures(folder).key(KEY).plainAllowed().open()) {
            assertThat(rows.next()).isNotNull();
        }
    }

    @Test
    void aWindowOfTimeTakesItsFirstMomentAndNotItsLast() throws IOException {
        FileSink sink = Sinks.files(folder);
        List<CaptureRecord> records = new ArrayList<>();
        for (int minutes = -120; minutes <= 120; minutes += 30) {
            records.add(record("m" + minutes, NOON.plusSeconds(60L * minutes)));
        }
        sink.write(batch(records));
        sink.close();
        CaptureFiles files = CaptureFiles.in(folder).between(NOON.minusSeconds(1800), NOON.plusSeconds(1800));
        assertThat(read(files).ids()).containsExactly("m-30", "m0");
        assertThat(read(CaptureFiles.in(folder).between(NOON, NOON)).ids()).isEmpty();
        assertThatThrownBy(() -> CaptureFiles.in(folder).between(NOON, NOON.minusSeconds(1)))
                .hasMessageContaining("before it begins");
    }

    /** Whoever opens a file of another hour finds there what is wrong with it. */
    @Test
    void filesOfHoursOutsideAWindowAreNotOpened() throws IOException {
        for (String hour : List.of("11", "12", "13")) {
            Files.createDirectories(folder.resolve("2026/03/04/" + hour));
            Files.writeString(folder.resolve("2026/03/04/" + hour + "/a.jsonl"), "rubbish\n");
        }
        assertThat(read(CaptureFiles.in(folder).between(NOON, NOON.plusSeconds(3600)))
                        .problems())
                .singleElement()
                .asString()
                .contains("/12/a.jsonl");
        assertThat(CaptureFiles.in(folder).between(NOON, NOON.plusSeconds(60)))
                .hasToString("captures in " + folder + " from 2026-03-04T12:00:00Z to 2026-03-04T12:01:00Z");
        assertThat(CaptureFiles.in(folder)).hasToString("captures in " + folder);
        assertThat(read(CaptureFiles.in(folder).between(NOON.minusMillis(1), NOON.plusSeconds(3601)))
                        .problems())
                .hasSize(3);
        assertThat(read(CaptureFiles.in(folder)).problems()).hasSize(3);
    }

    @Test
    void filesAreReadByTheirHourAndThenByName() throws IOException {
        for (String file :
                List.of("v/2026/03/04/12/b", "w/2026/03/04/11/z", "v/2026/03/04/12/a", "x/2025/12/31/23/y")) {
            Path path = folder.resolve("churn").resolve(file + ".jsonl");
            Files.createDirectories(path.getParent());
            Files.writeString(path, line(file.substring(file.length() - 1)) + "\n");
        }
        assertThat(read(CaptureFiles.in(folder)).ids()).containsExactly("y", "z", "a", "b");
        assertThat(read(CaptureFiles.in(folder).endpoint("churn", "v")).ids()).containsExactly("a", "b");
        assertThat(CaptureFiles.in(folder).endpoint("churn").records().map(CaptureRecord::eventId))
                .containsExactly("y", "z", "a", "b");
    }

    @Test
    void aRecordWithoutATimeIsInNoWindow() throws IOException {
        Files.writeString(folder.resolve("a.jsonl"), line("1").replace("2026-03-04T12:00:00Z", "{%s}") + "\n");
        assertThat(read(CaptureFiles.in(folder)).ids()).containsExactly("1");
        Read read = read(CaptureFiles.in(folder).between(NOON, NOON.plusSeconds(10)));
        assertThat(read.ids()).isEmpty();
        assertThat(read.problems()).singleElement().asString().startsWith("a record has no time that can be read");
    }

    @Test
    void aFolderThatIsNotThereIsAnErrorOfOneLine() {
        assertThatThrownBy(() -> CaptureFiles.in(folder.resolve("no")).open())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("cannot list captures in ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void attributesAreReadAsAListOrAsText() {
        String line = line("1");
        assertThat(new CaptureDecoder()
                        .read(line.replace("\"eventId\"", "\"customAttributes\":[\"a\",1],\"eventId\""))
                        .customAttributes())
                .containsExactly("a", "1");
        assertThat(new CaptureDecoder()
                        .read(line.replace("\"eventId\"", "\"customAttributes\":\"a=b\",\"eventId\""))
                        .customAttributes())
                .containsExactly("a=b");
    }

    @Test
    void aLastLineWithoutItsEndIsSaidToBeTornAndOneWithItToBeNoRecord() throws IOException {
        for (boolean isTorn : new boolean[] {true, false}) {
            Files.writeString(
                    folder.resolve("a.jsonl"), line("1") + "\n" + line("2").substring(0, 60) + (isTorn ? "" : "\n"));
            Read read = read(CaptureFiles.in(folder));
            assertThat(read.ids()).containsExactly("1");
            assertThat(read.problems())
                    .singleElement()
                    .asString()
                    .startsWith(isTorn ? "the last line is torn" : "a line");
        }
    }

    @Test
    void whatIsNoRecordWithinAnEncryptedFileHidesNoneOfThoseBehindIt() throws IOException {
        Path file = folder.resolve("a.jsonl.enc");
        try (OutputStream out = KEY.encrypting(Files.newOutputStream(file), file, 1)) {
            out.write((line("1") + "\nrubbish\n" + line("2") + "\n").getBytes(US_ASCII));
        }
        Read read = read(all());
        assertThat(read.ids()).containsExactly("1", "2");
        assertThat(read.problems())
                .singleElement()
                .asString()
                .startsWith("a line is no capture record; left out, in ")
                .endsWith(": 1, first at line 2");
    }

    @Test
    void noFileIsOpenOnceItsCursorIsClosedOrItCannotBeRead() throws IOException {
        Path open = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(open), "only Linux says which files are open");
        FileSink sink = sink("both");
        sink.write(batch(
                IntStream.range(0, 100).mapToObj(n -> record("id" + n, NOON)).toList()));
        sink.close();
        try (CaptureFiles.Cursor cursor = all().open()) {
            assertThat(cursor.next()).isNotNull();
            assertThat(openFiles(open)).isEqualTo(1);
        }
        assertThat(openFiles(open)).as("closed before its end").isZero();
        try (CaptureFiles.Cursor cursor = CaptureFiles.in(folder).open()) {
            assertThat(cursor.next()).isNull();
            assertThat(openFiles(open)).as("encrypted, and there is no key").isZero();
        }
    }

    private long openFiles(Path open) throws IOException {
        long below = 0;
        try (Stream<Path> links = Files.list(open)) {
            for (Path link : links.toList()) {
                // The link of the list itself is gone by now.
                below += Files.isSymbolicLink(link)
                                && Files.readSymbolicLink(link).startsWith(folder.toRealPath())
                        ? 1
                        : 0;
            }
        }
        return below;
    }

    private FileSink sink(String kind) {
        FileSink files = Sinks.files(folder);
        return switch (kind) {
            case "compressed" -> files.compressed();
            case "encrypted" -> files.encrypted(KEY);
            case "both" -> files.compressed().encrypted(KEY);
            default -> files;
        };
    }

    private CaptureFiles all() {
        return CaptureFiles.in(folder).key(KEY).plainAllowed();
    }

    private static Read read(CaptureFiles files) {
        List<String> ids = new ArrayList<>();
        try (CaptureFiles.Cursor cursor = files.open()) {
            for (CaptureRecord record = cursor.next(); record != null; record = cursor.next()) {
                ids.add(record.eventId());
            }
            return new Read(
                    ids, cursor.problems().stream().map(DataProblem::toString).toList());
        }
    }

    private static String line(String id) {
        return CaptureEncoder.line(record(id, NOON));
    }

    private static CaptureBatch batch(List<CaptureRecord> records) {
        return new CaptureBatch("churn", CaptureBatch.ALL_TRAFFIC, records);
    }

    private static CaptureRecord record(String id, Instant time) {
        return new CaptureRecord(id, null, time, Payload.csv("1,2," + id.hashCode()), Payload.csv("0.5"), List.of());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }
}

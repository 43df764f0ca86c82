package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Payload;
import io.modelmonitor.sink.FileSink;
import io.modelmonitor.sink.Sinks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The name, the place and the end of an encrypted file are authentic, or it is told that they are not. */
class EncryptedFilesTest {

    private static final CaptureKey KEY = CaptureKey.of(new byte[32]);
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final int HEADER = 22;
    private static final int FRAMES = 5;
    private static final int RECORDS_EACH = 3;
    private static final String NO_END = "a file has no authentic end: it is still being written, or was cut off";

    @TempDir
    Path folder;

    private Path root() {
        return folder.resolve("captures");
    }

    private FileSink sink(boolean compressed) {
        FileSink files = Sinks.files(root()).encrypted(KEY);
        return compressed ? files.compressed() : files;
    }

    /** Writes five frames of three records each, and the empty last one; returns the file. */
    private Path written(FileSink sink, String prefix, boolean closing) throws IOException {
        List<Path> before = Files.exists(root()) ? files() : List.of();
        for (int frame = 0; frame < FRAMES; frame++) {
            List<CaptureRecord> records = new ArrayList<>();
            for (int i = 0; i < RECORDS_EACH; i++) {
                records.add(new CaptureRecord(
                        prefix + (frame * RECORDS_EACH + i), null, NOON, Payload.csv("1"), null, List.of()));
            }
            sink.write(new CaptureBatch("churn", CaptureBatch.ALL_TRAFFIC, records));
            sink.flush();
        }
        if (closing) {
            sink.close();
        }
        return files().stream()
                .filter(file -> !before.contains(file))
                .findFirst()
                .orElseThrow();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(root())) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    private record Read(List<String> ids, List<String> problems) {}

    private static Read read(Path root) {
        List<String> ids = new ArrayList<>();
        try (CaptureFiles.Cursor cursor = CaptureFiles.in(root).key(KEY).open()) {
            for (CaptureRecord record = cursor.next(); record != null; record = cursor.next()) {
                ids.add(record.eventId());
            }
            return new Read(
                    ids, cursor.problems().stream().map(DataProblem::toString).toList());
        }
    }

    private static List<String> ids(int records) {
        return IntStream.range(0, records).mapToObj(n -> "a" + n).toList();
    }

    /** Returns the frames with their lengths. */
    private static List<byte[]> frames(byte[] file) {
        List<byte[]> frames = new ArrayList<>();
        ByteBuffer left = ByteBuffer.wrap(file, HEADER, file.length - HEADER);
        while (left.hasRemaining()) {
            int length = left.getInt(left.position()) & Integer.MAX_VALUE;
            byte[] frame = new byte[4 + length];
            left.get(frame);
            frames.add(frame);
        }
        return frames;
    }

    private static void change(Path file, UnaryOperator<List<byte[]>> change) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(whole, 0, HEADER);
            for (byte[] frame : change.apply(new ArrayList<>(frames(whole)))) {
                out.write(frame);
            }
        }
    }

    private static void assertNoticed(Read read, int records, Path file, String what) {
        assertThat(read.ids()).isEqualTo(ids(records));
        assertThat(read.problems()).singleElement().asString().contains(what, file.toString());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRootMayBeMovedAndAnyFolderBelowItRead(boolean compressed) throws IOException {
        Path file = written(sink(compressed), "a", true);
        Read whole = new Read(ids(FRAMES * RECORDS_EACH), List.of());
        for (Path below = file; !below.equals(folder); below = below.getParent()) {
            assertThat(read(below)).as("read from %s", below).isEqualTo(whole);
        }
        Path moved = Files.move(root(), folder.resolve("elsewhere"));
        assertThat(read(moved)).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({
        "churn/AllTraffic/2026/03/04/12, 00-00-001-",
        "churn/AllTraffic/2026/03/04/13, 00-00-000-",
        "churn/other/2026/03/04/12, 00-00-000-",
        "other/AllTraffic/2026/03/04/12, 00-00-000-",
        "12, 00-00-000-"
    })
    void aCopyElsewhereOrUnderAnotherNameIsNoticed(String hour, String begin) throws IOException {
        Path file = written(sink(false), "a", true);
        Path copy = root().resolve(hour)
                .resolve(begin + file.getFileName().toString().substring(begin.length()));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
        assertNoticed(read(root()), FRAMES * RECORDS_EACH, copy, "written under another name or folder");
    }

    @Test
    void aFileThatIsStillWrittenReadsAndSaysThatItsEndIsNotAuthentic() throws IOException {
        for (boolean compressed : new boolean[] {false, true}) {
            FileSink sink = sink(compressed);
            Path file = written(sink, "a", false);
            assertNoticed(read(root()), FRAMES * RECORDS_EACH, file, NO_END);
            sink.close();
            assertThat(read(root()).problems()).isEmpty();
            Files.delete(file);
        }
    }

    @Test
    void aFileCutAnywhereIsNoticedBetweenTwoFramesToo() throws IOException {
        Path file = written(sink(false), "a", true);
        byte[] whole = Files.readAllBytes(file);
        List<byte[]> frames = frames(whole);
        assertThat(frames).hasSize(FRAMES + 1);
        int length = HEADER;
        for (int kept = 0; kept < frames.size(); kept++) {
            for (int more : new int[] {0, 1, 4, frames.get(kept).length - 1}) {
                Files.write(file, java.util.Arrays.copyOf(whole, length + more));
                String what = kept == 0 ? "a file is cut off before its first line" : NO_END;
                assertNoticed(read(root()), kept * RECORDS_EACH, file, what);
            }
            length += frames.get(kept).length;
        }
    }

    @Test
    void framesThatAreSwappedLeftOutRepeatedOrOfAnotherFileAreNoticed() throws IOException {
        Path other = written(sink(false), "b", true);
        List<byte[]> others = frames(Files.readAllBytes(other));
        Files.delete(other);
        Path file = written(sink(false), "a", true);
        byte[] whole = Files.readAllBytes(file);

        change(file, frames -> {
            java.util.Collections.swap(frames, 1, 3);
            return frames;
        });
        assertNoticed(read(root()), RECORDS_EACH, file, "it cannot be decrypted");
        Files.write(file, whole);
        change(file, frames -> {
            frames.remove(2);
            return frames;
        });
        assertNoticed(read(root()), 2 * RECORDS_EACH, file, "it cannot be decrypted");
        Files.write(file, whole);
        change(file, frames -> {
            frames.add(3, frames.get(2));
            return frames;
        });
        assertNoticed(read(root()), 3 * RECORDS_EACH, file, "it cannot be decrypted");
        Files.write(file, whole);
        change(file, frames -> {
            frames.addAll(others);
            return frames;
        });
        assertNoticed(read(root()), FRAMES * RECORDS_EACH, file, "it goes on after its end");
        Files.write(file, whole);
        change(file, frames -> {
            frames.set(FRAMES, others.get(FRAMES));
            return frames;
        });
        assertNoticed(read(root()), FRAMES * RECORDS_EACH, file, "it cannot be decrypted");
        Files.write(file, whole);
        change(file, frames -> {
            frames.get(2)[0] ^= (byte) 0x80; // marks it as the last one
            return frames.subList(0, 3);
        });
        assertNoticed(read(root()), 2 * RECORDS_EACH, file, "it cannot be decrypted");
        Files.write(file, whole);
        assertThat(read(root())).isEqualTo(new Read(ids(FRAMES * RECORDS_EACH), List.of()));
    }

    @Test
    void theHeaderIsAuthenticToo() throws IOException {
        Path file = written(sink(false), "a", true);
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < HEADER; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            assertNoticed(read(root()), 0, file, "a file cannot be read");
        }
    }

    @Test
    void aStreamOfOnesOwnIsBoundToItsNameAndEndsWithAnExceptionIfItWasCut() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = KEY.encrypting(bytes, Path.of("bucket/a/b.jsonl"), 2)) {
            out.write(new byte[200_000]);
        }
        byte[] whole = bytes.toByteArray();
        try (InputStream in = KEY.decrypting(new ByteArrayInputStream(whole), Path.of("/x/a/b.jsonl"))) {
            assertThat(in.readAllBytes()).isEqualTo(new byte[200_000]);
        }
        try (InputStream in = KEY.decrypting(new ByteArrayInputStream(whole), Path.of("/bucket/a/c.jsonl"))) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
        int cut = whole.length - frames(whole).get(frames(whole).size() - 1).length;
        try (InputStream in = KEY.decrypting(new ByteArrayInputStream(whole, 0, cut), Path.of("bucket/a/b.jsonl"))) {
            assertThat(in.readNBytes(3 << 16)).hasSize(3 << 16);
            assertThatThrownBy(in::read).isInstanceOf(EOFException.class);
        }
        assertThatThrownBy(() -> KEY.encrypting(bytes, Path.of("b.jsonl"), 2))
                .hasMessageContainingAll("names is 2", "b.jsonl has 1");
        assertThatThrownBy(() -> KEY.decrypting(new ByteArrayInputStream(whole), Path.of("b.jsonl")))
                .hasMessageContaining("path of 2 names or more");
        byte[] old = whole.clone();
        old[4] = 1;
        assertThatThrownBy(() -> KEY.decrypting(new ByteArrayInputStream(old), Path.of("a/b.jsonl")))
                .hasMessageContaining("version 1");
        assertThat(new String(whole, StandardCharsets.ISO_8859_1)).startsWith("MMCF");
    }

    @Test
    void afterAPartThatCouldNotBeWrittenNoEndIs() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boolean[] failing = {false};
        OutputStream out = KEY.encrypting(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        if (failing[0]) {
                            throw new IOException("no space");
                        }
                        bytes.write(b);
                    }
                },
                Path.of("a"),
                1);
        out.write(1);
        out.flush();
        failing[0] = true;
        out.write(2);
        assertThatThrownBy(out::flush).hasMessage("no space");
        failing[0] = false;
        assertThatThrownBy(out::close).hasMessageContaining("an earlier part could not be written");
        try (InputStream in = KEY.decrypting(new ByteArrayInputStream(bytes.toByteArray()), Path.of("a"))) {
            assertThat(in.read()).isEqualTo(1);
            assertThatThrownBy(in::read).isInstanceOf(EOFException.class);
        }
    }
}

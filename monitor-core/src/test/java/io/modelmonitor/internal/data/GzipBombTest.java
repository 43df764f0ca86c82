package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Payload;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.bytes.LineAllowance;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("exhaustive")
class GzipBombTest {

    private static final int REQUESTS = 300_000;
    private static final int ROWS = 20_000_000;

    @TempDir
    Path folder;

    @Test
    void smallFilesThatUnpackToMillionsOfShortRowsAreReadInASmallHeap() throws Exception {
        Path captures = Files.createDirectory(folder.resolve("captures"));
        CaptureRecord record = new CaptureRecord(
                "event", "id", Instant.parse("2026-03-04T12:00:00Z"), Payload.csv("1,2"), Payload.csv("3"), List.of());
        long unpacked = write(captures.resolve("bomb.jsonl.gz"), CaptureEncoder.line(record) + "\n", REQUESTS);
        assertThat(unpacked).isBetween(50L << 20, 300L << 20);
        Path csv = folder.resolve("bomb.csv.gz");
        write(csv, "1\n", ROWS);
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapReader.class.getName(),
                        captures.toString(),
                        csv.toString())
                .redirectErrorStream(true)
                .start();
        List<String> said = child.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).hasSize(2);
        // Which of both a file meets depends on how well the JDK's compression packed it: its end, or the limit.
        assertThat(said.get(0)).matches(REQUESTS + " rows, true, \\[]|\\d{6} rows, true, .*unpacks to more than.*");
        assertThat(said.get(1))
                .isEqualTo(ROWS - 1 + " rows, true, [" + CsvBeginning.NUMBERS_AS_NAMES + ": 1, first at line 1]");
        assertThat(child.exitValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{x}", "[1"})
    void smallFilesThatUnpackToMillionsOfLinesWithoutRowsAreLeftWhereThatIsPlain(String line) throws IOException {
        Path file = folder.resolve("bomb.jsonl.gz");
        long unpacked = write(file, line + "\n", 12_000_000);
        assertThat(unpacked / Files.size(file)).isGreaterThan(500);
        List<String> problems = problems(Datasets.jsonLines(file));
        assertThat(problems)
                .hasSizeBetween(1, 2)
                .last()
                .asString()
                .startsWith(LineAllowance.SPENT + ": 1, first at line ");
        // Only lines that have to be parsed are dear.
        long last = Long.parseLong(problems.get(problems.size() - 1).replaceAll(".* line ", ""));
        assertThat(last).isBetween(line.isEmpty() ? 4_000_000L : 32_000L, line.isEmpty() ? 10_000_000L : 100_000L);
        if (line.isEmpty()) {
            assertThat(problems(Datasets.csv(file))).anyMatch(problem -> problem.startsWith(LineAllowance.SPENT));
        }
    }

    @Test
    void capturesThatUnpackToMillionsOfLinesWithoutRecordsAreLeftWhereThatIsPlain() throws IOException {
        write(folder.resolve("bomb.jsonl.gz"), "{x}\n", 4_000_000);
        assertThat(problems(Datasets.captures(folder)))
                .hasSize(2)
                .last()
                .asString()
                .startsWith(LineAllowance.SPENT);
    }

    @Test
    void filesThatAreNotCompressedMayHaveAnyNumberOfLinesWithoutRows() throws IOException {
        Path file = folder.resolve("rows.csv");
        Files.writeString(file, "a,b\n1,2\n" + "\n".repeat(5_000_000) + "3,4\n");
        try (Dataset.Cursor cursor = Datasets.csv(file).open()) {
            assertThat(Objects.requireNonNull(cursor.next()).size()).isEqualTo(2);
            assertThat(cursor.next()).isNull();
            assertThat(cursor.problems()).extracting(DataProblem::count).containsExactly(5_000_000L);
        }
        Files.writeString(file, "{\n".repeat(50_000) + "{\"a\":1}\n");
        try (Dataset.Cursor cursor = Datasets.jsonLines(file).open()) {
            assertThat(Objects.requireNonNull(cursor.next()).size()).isEqualTo(1);
            assertThat(cursor.problems()).extracting(DataProblem::count).containsExactly(50_000L);
        }
    }

    private static List<String> problems(Dataset dataset) {
        try (Dataset.Cursor cursor = dataset.open()) {
            assertThat(cursor.next()).isNull();
            return cursor.problems().stream()
                    .map(DataProblem::toString)
                    .map(text -> text.replaceAll(", in .*?: ", ": "))
                    .toList();
        }
    }

    private static long write(Path file, String line, int times) throws IOException {
        byte[] lines = line.repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < times / 1_000; i++) {
                out.write(lines);
            }
        }
        assertThat(Files.size(file)).isLessThan(1 << 20);
        return (long) lines.length * (times / 1_000);
    }
}

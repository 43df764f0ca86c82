package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

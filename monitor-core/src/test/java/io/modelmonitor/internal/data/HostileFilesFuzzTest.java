package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.capture.CaptureKey;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.report.Reports;
import io.modelmonitor.sink.FileSink;
import io.modelmonitor.sink.Sinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the library's own that were damaged by chance: refused by name, or read as far as they are authentic. */
@Timeout(value = 6, unit = TimeUnit.HOURS)
@Tag("exhaustive")
class HostileFilesFuzzTest {

    @TempDir
    Path folder;

    private static Dataset table(int rows) {
        Random random = new Random(rows);
        List<double[]> values = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            values.add(new double[] {random.nextInt(5), random.nextGaussian()});
        }
        return Datasets.of(Schema.ofNames("a", "b"), values);
    }

    private static void assertRefused(IllegalArgumentException because, Path file) {
        assertThat(because.getMessage()).contains(file.toString()).doesNotContain("\n", "\r");
    }

    @Test
    void aMeasurementThatIsDamagedIsRefused() throws IOException {
        Path file = folder.resolve("measurement");
        Measurement.of(table(300)).save(file);
        byte[] sound = Files.readAllBytes(file);
        Fuzz.repeatedly(random -> {
            byte[] damaged = Fuzz.mutated(sound, random);
            Files.write(file, damaged);
            try {
                Measurement.load(file);
                assertThat(damaged).isEqualTo(sound);
            } catch (IllegalArgumentException e) {
                assertRefused(e, file);
            }
        });
    }

    @Test
    void aReportThatIsDamagedIsRefusedOrIsAReport() throws IOException {
        Path file = folder.resolve("report.json");
        Report report = Monitor.against(Baseline.of(table(300))).check(table(200));
        Reports.save(report, file);
        byte[] sound = Files.readAllBytes(file);
        Fuzz.repeatedly(random -> {
            byte[] damaged = Fuzz.mutated(sound, random);
            Files.write(file, damaged);
            try {
                Report read = Reports.load(file);
                assertThat(Reports.json(read)).isNotEmpty();
            } catch (IllegalArgumentException e) {
                assertRefused(e, file);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEncryptedCaptureThatIsDamagedIsReadToThereAndCounted(boolean compressed) throws IOException {
        CaptureKey key = CaptureKey.of(new byte[32]);
        FileSink sink = Sinks.files(folder).encrypted(key);
        sink = compressed ? sink.compressed() : sink;
        List<String> all = new ArrayList<>();
        for (int frame = 0; frame < 10; frame++) {
            List<CaptureRecord> records = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add("event " + all.size());
                records.add(new CaptureRecord(
                        all.get(all.size() - 1),
                        null,
                        Instant.parse("2026-03-04T12:00:00Z"),
                        Payload.csv("1,2," + i),
                        Payload.csv("0.5"),
                        List.of()));
            }
            sink.write(new CaptureBatch("x", "y", records));
            sink.flush();
        }
        sink.close();
        Path file;
        try (Stream<Path> paths = Files.walk(folder)) {
            file = paths.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        byte[] sound = Files.readAllBytes(file);
        Fuzz.repeatedly(random -> {
            byte[] damaged = Fuzz.mutated(sound, random);
            Files.write(file, damaged);
            try (CaptureFiles.Cursor cursor = CaptureFiles.in(folder).key(key).open()) {
                List<String> read = new ArrayList<>();
                for (CaptureRecord next = cursor.next(); next != null; next = cursor.next()) {
                    read.add(next.eventId());
                }
                assertThat(read).isEqualTo(all.subList(0, read.size()));
                if (Arrays.equals(damaged, sound)) {
                    assertThat(cursor.problems()).isEmpty();
                } else {
                    assertThat(cursor.problems()).hasSize(1);
                    assertThat(cursor.problems().get(0).toString())
                            .contains(file.toString())
                            .doesNotContain("\n", "\r");
                }
            }
        });
    }
}

package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.DataCapture;
import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Payload;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.capture.PayloadSource;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import io.modelmonitor.labels.GroundTruth;
import io.modelmonitor.sink.Sinks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reads files, and records bodies, that were damaged or made by chance: nothing hangs, nothing is thrown but what is promised,
 * and the same bytes give the same rows. See {@link Fuzz} for how to run it for longer.
 */
@Timeout(value = 6, unit = TimeUnit.HOURS)
@Tag("exhaustive")
class HostileInputFuzzTest {

    @TempDir
    Path folder;

    /** A kind of file: what a sound one looks like, and how it is read. */
    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    enum Format {
        CSV(random -> rows(random, "a,b,c\n", "%d,\"x, %d\",z\n"), Datasets::csv),
        CSV_TRIMMED(
                random -> rows(random, "a;b\n", " %d ; \"x %d\" \n"),
                file -> Datasets.csv(file).delimiter(';').trimmed().noHeader()),
        JSON_LINES(random -> rows(random, "", "{\"a\":%d,\"b\":{\"c\":[\"x\",%d]}}\n"), Datasets::jsonLines),
        ANY(random -> rows(random, "a|b\n", "%d|%d\n"), Datasets::file),
        CAPTURES(Format::captures, file -> Datasets.captures(file.getParent()));

        private final Function<Random, String> sound;
        private final Function<Path, Dataset> reader;

        Format(Function<Random, String> sound, Function<Path, Dataset> reader) {
            this.sound = sound;
            this.reader = reader;
        }

        private static String rows(Random random, String header, String row) {
            StringBuilder text = new StringBuilder(header);
            for (int i = random.nextInt(20); i >= 0; i--) {
                text.append(row.formatted(random.nextInt(100), i));
            }
            return text.toString();
        }

        private static String captures(Random random) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(10); i >= 0; i--) {
                Payload input =
                        random.nextBoolean() ? Payload.csv("1,2\n3,4") : Payload.json("{\"\":1,\"b\":[2,{\"c\":3}]}");
                text.append(CaptureEncoder.line(new CaptureRecord(
                                "event " + i,
                                "id " + i,
                                Instant.parse("2026-03-04T12:00:00Z"),
                                input,
                                Payload.csv("0.5\n0.25"),
                                List.of("a"))))
                        .append('\n');
            }
            return text.toString();
        }
    }

    /** Reads a dataset to its end and returns a digest of its rows and problems, or what it was refused with. */
    private static String read(Dataset dataset, Path file) {
        StringBuilder digest = new StringBuilder();
        try (Dataset.Cursor cursor = dataset.open()) {
            long rows = 0;
            int hash = 0;
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                rows += batch.size();
                for (int i = 0; i < batch.schema().size(); i++) {
                    batch.column(i).kinds();
                    for (int row = 0; row < Math.min(batch.size(), 20); row++) {
                        hash = 31 * hash
                                + String.valueOf(batch.column(i).text(row)).hashCode();
                    }
                }
            }
            digest.append(rows)
                    .append(' ')
                    .append(hash)
                    .append(' ')
                    .append(cursor.schema().size());
            for (DataProblem problem : cursor.problems()) {
                assertThat(problem.toString()).doesNotContain("\n", "\r");
                digest.append(problem.toString().replace(file.toString(), "file"));
            }
        } catch (UncheckedIOException e) {
            assertThat(e.getMessage()).contains(file.toString()).doesNotContain("\n", "\r");
            digest.append(e.getMessage().replace(file.toString(), "file"));
        }
        return digest.toString();
    }

    @ParameterizedTest
    @EnumSource
    void filesThatAreDamagedAreReadAsFarAsTheyGo(Format format) {
        Path plain = folder.resolve("file.jsonl");
        Fuzz.repeatedly(random -> {
            byte[] bytes = Fuzz.mutated(format.sound.apply(random).getBytes(StandardCharsets.UTF_8), random);
            boolean packed = random.nextInt(4) == 0;
            if (packed && random.nextBoolean()) {
                bytes = Fuzz.mutated(Fuzz.gzip(bytes), random);
            } else if (packed) {
                bytes = Fuzz.gzip(bytes);
            }
            Files.write(plain, bytes);
            String first = read(format.reader.apply(plain), plain);
            assertThat(read(format.reader.apply(plain), plain)).isEqualTo(first);
        });
    }

    @Test
    void labelsThatAreDamagedAreReadAsFarAsTheyGo() {
        Path file = folder.resolve("labels.jsonl");
        Fuzz.repeatedly(random -> {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                text.append("{\"groundTruthData\":{\"data\":\"1\",\"encoding\":\"" + (i % 2 == 0 ? "CSV" : "JSON")
                        + "\"}," + "\"eventMetadata\":{\"eventId\":\"" + i + "\"},\"eventVersion\":\"0\"}\n");
            }
            Files.write(file, Fuzz.mutated(text.toString().getBytes(StandardCharsets.UTF_8), random));
            GroundTruth labels = GroundTruth.create();
            labels.read(file);
            for (DataProblem problem : labels.problems()) {
                assertThat(problem.toString()).doesNotContain("\n", "\r");
            }
        });
    }

    @Test
    void bodiesOfEveryKindAreRecordedAndReadBackBesideOrdinaryRequests() throws IOException {
        Path captures = folder.resolve("captures");
        List<String> ordinary = new ArrayList<>();
        try (DataCapture capture =
                DataCapture.of("x").sink(Sinks.files(captures)).start()) {
            Fuzz.repeatedly(random -> {
                String text = new String(
                        Fuzz.mutated("{\"a\":1,\"b\":[\"x\"]}".getBytes(StandardCharsets.UTF_8), random),
                        StandardCharsets.ISO_8859_1);
                Payload body = random.nextBoolean() ? Payload.json(text) : Payload.csv(text);
                capture.record(
                        text.length() % 3 == 0 ? text : null,
                        PayloadSource.payload(body),
                        PayloadSource.numbers(0.5),
                        text);
                String id = "ordinary " + ordinary.size();
                if (capture.record(id, new double[] {1, 2}, 0.5) != null) {
                    ordinary.add(id);
                }
                if (ordinary.size() % 50 == 0) {
                    assertThat(capture.flush(Duration.ofSeconds(30))).isTrue();
                }
            });
        }
        try (Stream<CaptureRecord> records = CaptureFiles.in(captures).records()) {
            assertThat(records.map(CaptureRecord::inferenceId).filter(id -> id != null && id.startsWith("ordinary ")))
                    .containsAll(ordinary);
        }
    }
}

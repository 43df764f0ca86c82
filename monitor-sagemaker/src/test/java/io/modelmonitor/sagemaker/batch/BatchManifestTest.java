package io.modelmonitor.sagemaker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.sagemaker.batch.BatchManifest.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchManifestTest {

    private static final Instant START = Instant.parse("2022-08-30T00:49:15.123Z");

    @TempDir
    Path folder;

    @Test
    void liesInTheHourInWhichTheJobStartedAndReadsBack() throws IOException {
        BatchManifest manifest = new BatchManifest("s3://bucket/input/", List.of("a.csv", "b/c.csv"));
        Path file = manifest.write(folder, Side.INPUT, START);
        assertThat(folder.relativize(file).toString()).matches("input/2022/08/30/00/[0-9a-f-]{36}\\.json");
        assertThat(Files.readString(file)).isEqualTo("[{\"prefix\":\"s3://bucket/input/\"},\"a.csv\",\"b/c.csv\"]");
        assertThat(BatchManifest.read(file)).isEqualTo(manifest);
        assertThat(manifest.locations()).containsExactly("s3://bucket/input/a.csv", "s3://bucket/input/b/c.csv");
    }

    @Test
    void aSingleObjectIsItsOwnPrefix() throws IOException {
        Path file = folder.resolve("one.json");
        Files.writeString(file, "[{\"prefix\":\"s3://bucket/one.csv\"},\"\"]");
        assertThat(BatchManifest.read(file).locations()).containsExactly("s3://bucket/one.csv");
    }

    @Test
    void aWindowTakesTheJobsOfItsHours() {
        for (int hour = 0; hour < 4; hour++) {
            new BatchManifest("p" + hour, List.of("")).write(folder, Side.OUTPUT, START.plusSeconds(3600L * hour));
        }
        assertThat(BatchManifest.between(
                        folder, Side.OUTPUT, START.plusSeconds(3600), START.plusSeconds(3 * 3600 - 3000)))
                .extracting(BatchManifest::prefix)
                .containsExactly("p1", "p2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "[\"a\"]", "[{\"prefix\":1}]", "[{\"prefix\":\"a\"},7]", "[{"})
    void whatIsNoManifestIsAnErrorThatNamesTheFile(String text) throws IOException {
        Path file = folder.resolve("bad.json");
        Files.writeString(file, text);
        assertThatThrownBy(() -> BatchManifest.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bad.json is no manifest: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void everyRowOfTheOutputGetsAnIdAndTheJobsStart() {
        Iterator<String> numbers = List.of("1", "2", "3", "4", "5", "6").iterator();
        InferenceIds ids = InferenceIds.of(START, numbers::next);
        assertThat(ids.csv("0.25,yes")).isEqualTo("0.25,yes,1,2022-08-30T00:49:15Z");
        assertThat(ids.jsonLine("{\"score\":0.5}"))
                .isEqualTo("{\"score\":0.5,\"SageMakerInferenceId\":\"2\","
                        + "\"SageMakerInferenceTime\":\"2022-08-30T00:49:15Z\"}");
        assertThat(ids.jsonLine("[0.1,0.9]"))
                .isEqualTo("{\"SageMakerOutput\":[0.1,0.9],\"SageMakerInferenceId\":\"3\","
                        + "\"SageMakerInferenceTime\":\"2022-08-30T00:49:15Z\"}");
        assertThat(ids.json("[{\"a\":1},2]"))
                .contains("\"a\":1,\"SageMakerInferenceId\":\"4\"")
                .contains("\"5\"");
        assertThat(ids.json("7")).startsWith("{\"SageMakerOutput\":7,\"SageMakerInferenceId\":\"6\"");
        assertThat(InferenceIds.of(START).csv("x")).matches("x,[0-9a-f-]{36},2022-08-30T00:49:15Z");
    }

    @Test
    void idsAndTimesAreFoundAgainBehindTheRows() {
        InferenceIds ids = InferenceIds.of(START, () -> "id-7");
        Instant second = Instant.parse("2022-08-30T00:49:15Z");
        for (String row : List.of("0.25,\"yes, no\"", "", ",")) {
            assertThat(InferenceIds.fromCsv(ids.csv(row))).isEqualTo(new InferenceIds.Identified(row, "id-7", second));
        }
        for (String row : List.of("{\"score\":0.5}", "[0.1,0.9]", "7", "{}", "null")) {
            assertThat(InferenceIds.fromJsonLine(ids.jsonLine(row)))
                    .isEqualTo(new InferenceIds.Identified(row, "id-7", second));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1,2", "1,2,3", "1,2,2022-08-30"})
    void aRowWithoutThemIsAnErrorOfOneLine(String row) {
        assertThatThrownBy(() -> InferenceIds.fromCsv(row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> InferenceIds.fromJsonLine("{\"SageMakerInferenceId\":\"1\"}"))
                .hasMessageContaining("line has no SageMakerInferenceTime");
    }
}

package io.modelmonitor.labels;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MergedRecordsTest {

    private static final String ENDPOINT = """
            {"eventVersion":"0","groundTruthData":{"data":"1","encoding":"CSV"},"captureData":{\
            "endpointInput":{"data":"7,8","encoding":"CSV","mode":"INPUT","observedContentType":"text/csv"},\
            "endpointOutput":{"data":"0.5","encoding":"CSV","mode":"OUTPUT","observedContentType":"text/csv; charset=utf-8"}},\
            "eventMetadata":{"eventId":"019f6846","inferenceId":"0","inferenceTime":"2021-05-18T00:28:04Z"}}
            """;
    private static final String ENDPOINT_WITHOUT_ID = ENDPOINT.replace("\"inferenceId\":\"0\",", "");
    private static final String ENDPOINT_OF_JSON = """
            {"eventVersion":"0","groundTruthData":{"data":"{\\"instances\\":[{\\"label\\": 0},{\\"label\\": 1}]}","encoding":"JSON"},\
            "captureData":{"endpointInput":{"data":"{\\"instances\\":[{\\"a\\":7,\\"b\\":8},{\\"a\\":9,\\"b\\":10}]}","encoding":"JSON",\
            "mode":"INPUT","observedContentType":"application/json"},\
            "endpointOutput":{"data":"{\\"predictions\\":[{\\"p\\":0.5},{\\"p\\":0.25}]}","encoding":"JSON","mode":"OUTPUT",\
            "observedContentType":"application/json"}},\
            "eventMetadata":{"eventId":"a","customAttributes":["x"],"inferenceTime":"2021-05-18T00:28:04Z"}}
            """;
    private static final String BATCH = """
            {"eventMetadata":{"eventId":"b6ce"},"eventVersion":"0","groundTruthData":{"data":"1","encoding":"CSV"},\
            "captureData":{"batchTransformOutput":{"data":"0.5,7,8","encoding":"CSV"}}}
            """;
    private static final String BATCH_OF_JSON = """
            {"eventMetadata":{"eventId":"b6ce"},"eventVersion":"0","groundTruthData":{"data":"{\\"label\\": 1}","encoding":"JSON"},\
            "captureData":{"batchTransformOutput":{"data":"{\\"features\\":[7,8],\\"SageMakerOutput\\":{\\"p\\":0.5}}","encoding":"JSON"}}}
            """;

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("part-00000.jsonl"), text);
    }

    private static List<List<@Nullable String>> rows(Dataset dataset) {
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (Dataset.Cursor cursor = dataset.open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int i = 0; i < batch.size(); i++) {
                    Row row = batch.row(i);
                    rows.add(row.schema().names().stream().map(row::text).toList());
                }
            }
            assertThat(cursor.problems()).isEmpty();
        }
        return rows;
    }

    @Test
    void theServicesOutputIsReadAsRowsWithTheirLabels() throws IOException {
        assertThat(rows(MergedRecords.read(file(ENDPOINT)))).containsExactly(List.of("0.5", "7", "8", "1"));
        assertThat(rows(MergedRecords.read(file(ENDPOINT_WITHOUT_ID)))).containsExactly(List.of("0.5", "7", "8", "1"));
        assertThat(rows(MergedRecords.read(file(ENDPOINT_OF_JSON))))
                .containsExactly(List.of("0.5", "7", "8", "0"), List.of("0.25", "9", "10", "1"));
        assertThat(rows(MergedRecords.read(file(BATCH)))).containsExactly(List.of("0.5", "7", "8", "1"));
        assertThat(rows(MergedRecords.read(file(BATCH_OF_JSON)))).containsExactly(List.of("7", "8", "0.5", "1"));
    }

    @Test
    void aFolderOfPartsIsReadAsAFileIs() throws IOException {
        Path hour = Files.createDirectories(folder.resolve("merge/credit/AllTraffic/2021/05/18/00"));
        Files.writeString(hour.resolve("part-00000.jsonl"), ENDPOINT);
        Files.writeString(hour.resolve("part-00001.jsonl"), ENDPOINT_OF_JSON.replace("\"a\"", "\"c\""));
        assertThat(rows(MergedRecords.read(folder))).hasSize(3);
    }

    static List<String> aRecordIsWrittenBackAsItWas() {
        return List.of(ENDPOINT, ENDPOINT_WITHOUT_ID, ENDPOINT_OF_JSON, BATCH, BATCH_OF_JSON);
    }

    @ParameterizedTest
    @MethodSource
    void aRecordIsWrittenBackAsItWas(String record) throws IOException {
        Path written = folder.resolve("written.out");
        assertThat(MergedRecords.write(MergedRecords.read(file(record)), written))
                .isEqualTo(1);
        assertThat(Files.readString(written)).isEqualTo(record);
    }

    @Test
    void aLabelKeepsItsIdWhenItIsNotMerged() throws IOException {
        GroundTruth labels = GroundTruth.create();
        labels.read(file("""
                {"groundTruthData":{"data":"1","encoding":"CSV"},"eventMetadata":{"eventId":"a","inferenceId":"b"}}
                """));
        assertThat(labels.label("a")).isEqualTo("1");
        assertThat(labels.label("b")).isNull();
    }

    @Test
    void labelsThatDifferInTheirSpellingOnlyDoNotContradict() throws IOException {
        GroundTruth labels = GroundTruth.create();
        labels.record("a", "1.0");
        labels.read(file("""
                {"groundTruthData":{"data":"{\\"label\\": true}","encoding":"JSON"},"eventMetadata":{"eventId":"a"}}
                """));
        assertThat(labels.repeated()).isEqualTo(1);
        assertThat(labels.conflicting()).isZero();
    }
}

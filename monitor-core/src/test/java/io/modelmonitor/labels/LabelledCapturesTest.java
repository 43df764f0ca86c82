package io.modelmonitor.labels;

import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Row;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelledCapturesTest {

    private static final Instant NOON = Instant.parse("2021-05-18T12:00:00Z");

    @TempDir
    Path folder;

    private static CaptureRecord record(
            String eventId, @Nullable String inferenceId, @Nullable Payload input, @Nullable Payload output) {
        return new CaptureRecord(eventId, inferenceId, NOON, input, output, List.of());
    }

    private static List<List<String>> read(Dataset dataset) {
        List<List<String>> rows = new ArrayList<>();
        try (var stream = dataset.rows()) {
            stream.forEach(row -> rows.add(texts(row)));
        }
        return rows;
    }

    private static List<String> texts(Row row) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < row.schema().size(); i++) {
            texts.add(row.text(i));
        }
        return texts;
    }

    private static List<String> problems(Dataset dataset) {
        try (Dataset.Cursor cursor = dataset.open()) {
            while (cursor.next() != null) {
                // Reads to the end, where orphans are known.
            }
            return cursor.problems().stream().map(Object::toString).toList();
        }
    }

    @Test
    void joinsByTheInferenceIdElseTheEventId() {
        GroundTruth labels = GroundTruth.create();
        labels.record("order-1", "1");
        labels.record("event-2", "0");
        labels.record("event-1", "wrong: it has an inference id");
        labels.record("order-1", "1");
        LabelledCaptures captures = LabelledCaptures.of(
                        List.of(
                                record("event-1", "order-1", Payload.csv("20,\"a,b\""), Payload.csv("0.9\n")),
                                record("event-2", null, Payload.csv("30,"), Payload.csv("0.2")),
                                record("event-3", "order-3", Payload.csv("40,c"), Payload.csv("0.3"))),
                        labels)
                .outputs("p")
                .labelled("churned");

        assertThat(read(captures)).containsExactly(texts("0.9", "20", "a,b", "1"), texts("0.2", "30", null, "0"));
        assertThat(captures.open().schema().names()).containsExactly("p", "_c1", "_c2", "churned");
        assertThat(problems(captures))
                .containsExactly(
                        "request without a label; left out: 1, first at line 3",
                        "label for an identifier that had one; the last counts: 1",
                        "label of a request that was not captured; left out: 1");
        List<Metric> metrics = Baseline.of(
                        captures, modelQuality().label("churned").score("p"))
                .metrics();
        assertThat(metrics).anyMatch(metric -> metric.name().equals("roc_auc") && metric.value() == 1);
    }

    private static List<String> texts(String... texts) {
        return Arrays.asList(texts);
    }

    @Test
    void aRequestOfSeveralRowsHasALabelForEach() {
        GroundTruth labels = GroundTruth.create();
        labels.record("two", "1\n0");
        labels.record("one", "1");
        LabelledCaptures captures = LabelledCaptures.of(
                List.of(
                        record("two", null, Payload.csv("5,6\n7,8\n"), Payload.csv("0.5\n0.6\n")),
                        record("one", null, Payload.csv("5,6\n7,8\n"), Payload.csv("0.5\n0.6\n"))),
                labels);

        assertThat(read(captures)).containsExactly(List.of("0.5", "5", "6", "1"), List.of("0.6", "7", "8", "0"));
        assertThat(problems(captures))
                .contains("request with other numbers of rows and labels; left out: 1, first at line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"score", "predictions[0].score", "predictions[*].score", "1"})
    void valuesInJsonAreColumnsOfTheirRowAndAreFoundByTheirPathToo(String score) {
        GroundTruth labels = GroundTruth.create();
        labels.record("a", "true");
        labels.record("b", "false");
        labels.record("c", "1");
        LabelledCaptures captures = LabelledCaptures.of(
                List.of(
                        record("a", null, null, Payload.json("{\"predictions\":[{\"label\":1,\"score\":0.75}]}")),
                        record(
                                "b",
                                null,
                                null,
                                Payload.json("{\"predictions\":[{\"label\":null,\"score\":0.25}],\"more\":1}")),
                        record("c", null, null, Payload.json("{broken"))),
                labels);

        try (Dataset.Cursor cursor = captures.open()) {
            assertThat(cursor.schema().names()).containsExactly("label", "score", "label_truth");
        }
        assertThat(problems(captures))
                .contains(
                        "output: member 'more' beside the rows in 'predictions'; left out: 1, first at line 2",
                        "output that is not the JSON it is said to be; left out: 1, first at line 3");
        List<Metric> metrics = Baseline.of(
                        captures, modelQuality().label("label_truth").score(score))
                .metrics();
        assertThat(metrics).anyMatch(metric -> metric.name().equals("accuracy") && metric.value() == 1);
    }

    @Test
    void aListInJsonHasARowForEachElement() {
        GroundTruth labels = GroundTruth.create();
        labels.record("two", "1\n0");
        labels.record("lines", "0\n1");
        LabelledCaptures captures = LabelledCaptures.of(
                        List.of(
                                record(
                                        "two",
                                        null,
                                        Payload.json(
                                                "{\"instances\":[{\"features\":[1,\"a\"]},{\"features\":[2,\"b\"]}]}"),
                                        Payload.json("{\"predictions\":[{\"score\":0.9},{\"score\":0.2}]}")),
                                record(
                                        "lines",
                                        null,
                                        Payload.jsonLines("{\"features\":[3,\"c\"]}\n{\"features\":[4,\"d\"]}\n"),
                                        Payload.json("[[0.1],[0.8]]"))),
                        labels)
                .outputs("score");

        try (Dataset.Cursor cursor = captures.open()) {
            assertThat(cursor.schema().names()).containsExactly("score", "features[0]", "features[1]", "label");
        }
        assertThat(read(captures))
                .containsExactly(
                        List.of("0.9", "1", "a", "1"),
                        List.of("0.2", "2", "b", "0"),
                        List.of("0.1", "3", "c", "0"),
                        List.of("0.8", "4", "d", "1"));
    }

    @Test
    void readingTwiceGivesTheSameTwiceAndLeavesTheLabelsAlone() {
        GroundTruth labels = GroundTruth.create();
        labels.record("a", "1");
        labels.record("b", "0");
        labels.record("gone", "1");
        List<CaptureRecord> records = List.of(
                record("a", null, Payload.csv("1"), Payload.csv("0.9")),
                record("b", null, Payload.csv("2"), Payload.csv("0.1")),
                record("a", null, Payload.csv("3"), Payload.csv("0.8")));
        LabelledCaptures captures = LabelledCaptures.of(records, labels);

        List<List<String>> rows = read(captures);
        List<String> problems = problems(captures);
        assertThat(problems).containsExactly("label of a request that was not captured; left out: 1");
        assertThat(problems(LabelledCaptures.of(records.subList(0, 1), labels)))
                .as("another reading of the same labels")
                .containsExactly("label of a request that was not captured; left out: 2");
        assertThat(read(captures)).isEqualTo(rows).hasSize(3);
        assertThat(problems(captures)).isEqualTo(problems);
        assertThat(labels.problems()).isEmpty();
    }

    @Test
    void aLabelsColumnKeepsItsNameWhateverComesLater() {
        GroundTruth labels = GroundTruth.create();
        labels.record("a", "1");
        labels.record("b", "0");
        LabelledCaptures captures = LabelledCaptures.of(
                List.of(
                        record("a", null, null, Payload.json("{\"score\":0.9}")),
                        record("b", null, null, Payload.json("{\"score\":0.2,\"label\":7}"))),
                labels);

        try (var rows = captures.rows()) {
            assertThat(rows.map(Object::toString))
                    .containsExactly("{score=0.9, label=1, label_2=null}", "{score=0.2, label=0, label_2=7}");
        }
    }

    @Test
    void manyIdentifiersAreCountedOnceEach() {
        IdSet ids = new IdSet();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 100_000; i++) {
                ids.add("id" + i);
            }
            assertThat(ids.size()).isEqualTo(100_000);
        }
    }

    @Test
    void readsCaptureFilesOfAWindow() throws IOException {
        Path hour = folder.resolve("credit/AllTraffic/2021/05/18/12");
        Files.createDirectories(hour);
        Files.writeString(
                hour.resolve("00-00-000-0b9f6846-ea8d-4551-b843-1e5627a79a31.jsonl"),
                CaptureEncoder.line(record("e1", "i1", Payload.csv("1"), Payload.csv("0.9"))) + "\n");
        GroundTruth labels = GroundTruth.create();
        labels.record("i1", "1");
        CaptureFiles files = CaptureFiles.in(folder);

        JoinWindow now = JoinWindow.at(NOON.plusSeconds(1800), "-PT1H", "PT0S");
        JoinWindow before = JoinWindow.at(NOON, "-P8D", "-P1D");
        assertThat(read(LabelledCaptures.of(now.of(files), labels))).containsExactly(List.of("0.9", "1", "1"));
        assertThat(read(LabelledCaptures.of(before.of(files), labels))).isEmpty();

        Path merged = folder.resolve("merged.jsonl");
        assertThat(MergedRecords.write(LabelledCaptures.of(files, labels), merged))
                .isEqualTo(1);
        assertThat(Files.readString(merged))
                .isEqualTo("{\"eventVersion\":\"0\",\"groundTruthData\":{\"data\":\"1\",\"encoding\":\"CSV\"},"
                        + "\"captureData\":{\"endpointInput\":{\"data\":\"1\",\"encoding\":\"CSV\",\"mode\":\"INPUT\","
                        + "\"observedContentType\":\"text/csv\"},\"endpointOutput\":{\"data\":\"0.9\",\"encoding\":\"CSV\","
                        + "\"mode\":\"OUTPUT\",\"observedContentType\":\"text/csv\"}},\"eventMetadata\":{\"eventId\":\"e1\","
                        + "\"inferenceId\":\"i1\",\"inferenceTime\":\"2021-05-18T12:00:00Z\"}}\n");
    }

    @Test
    void theWindowOfTheServicesGuide() {
        JoinWindow window = JoinWindow.at(Instant.parse("2020-01-09T13:00:00Z"), "-P8D", "-P1D");

        assertThat(window.from()).isEqualTo("2020-01-01T13:00:00Z");
        assertThat(window.to()).isEqualTo("2020-01-08T13:00:00Z");
        assertThatThrownBy(() -> JoinWindow.at(NOON, "8 days", "-P1D"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("startOffset '8 days' is no duration; allowed is ISO 8601, such as -P8D or -PT1H");
        assertThatThrownBy(() -> JoinWindow.at(NOON, "-P1D", "-P8D"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("before it begins");
    }

    @Test
    void manyRequestsComeInSeveralBatches() {
        GroundTruth labels = GroundTruth.create();
        List<CaptureRecord> records = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            labels.record("e" + i, i % 2 == 0 ? "1" : "0");
            records.add(record("e" + i, null, null, Payload.csv("0." + i)));
        }

        assertThat(read(LabelledCaptures.of(records, labels))).hasSize(10_000).endsWith(List.of("0.9999", "0"));
    }
}

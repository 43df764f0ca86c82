package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.capture.CaptureStats;
import io.modelmonitor.internal.capture.PayloadSource;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.sink.MemorySink;
import io.modelmonitor.sink.Sinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCaptureTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-04T05:06:07.089Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void whatWentInAndCameOutLandsInTheServicesFormatAndLayout() throws IOException {
        UUID id;
        try (DataCapture capture =
                DataCapture.of("churn").sink(Sinks.files(folder)).clock(CLOCK).start()) {
            id = capture.record("58", new double[] {138, 0, 46.5, Double.NaN, -0.25}, 0.9562);
        }
        List<Path> files = files();
        assertThat(files).hasSize(1);
        assertThat(folder.relativize(files.get(0)).toString())
                .matches("churn/AllTraffic/2026/03/04/05/06-07-089-[0-9a-f-]{36}\\.jsonl");
        assertThat(Files.readString(files.get(0)))
                .isEqualTo(
                        "{\"captureData\":{\"endpointInput\":{\"observedContentType\":\"text/csv\",\"mode\":\"INPUT\","
                                + "\"data\":\"138,0,46.5,,-0.25\",\"encoding\":\"CSV\"},\"endpointOutput\":{"
                                + "\"observedContentType\":\"text/csv\",\"mode\":\"OUTPUT\",\"data\":\"0.9562\","
                                + "\"encoding\":\"CSV\"}},\"eventMetadata\":{\"eventId\":\"" + id
                                + "\",\"inferenceId\":\"58\",\"inferenceTime\":\"2026-03-04T05:06:07Z\"},"
                                + "\"eventVersion\":\"0\"}\n");
    }

    @Test
    void theModelsOwnAnswerComesBackAndItsInputIsKeptAsItWasBefore() throws IOException {
        double[] features = {1, 2};
        try (DataCapture capture =
                DataCapture.of("churn").sink(Sinks.files(folder)).start()) {
            double answer = capture.around(features, row -> {
                double sum = row[0] + row[1];
                row[0] = -1;
                return sum;
            });
            assertThat(answer).isEqualTo(3);
            assertThat(capture.flush(Duration.ofSeconds(10))).isTrue();
            long bytes = Files.size(files().get(0));
            assertThat(capture.stats()).isEqualTo(new CaptureStats(1, 0, 1, 0, 0, 0, bytes));
        }
        Map<String, Object> data = Json.object(
                Json.object(Json.parse(Files.readString(files().get(0)))).get("captureData"));
        assertThat(Json.object(data.get("endpointInput"))).containsEntry("data", "1,2");
        assertThat(Json.object(data.get("endpointOutput"))).containsEntry("data", "3");
    }

    private record Applicant(String name, int age) {}

    @Test
    void anApplicationsOwnTypesAreRecordedThroughMappers() {
        MemorySink memory = Sinks.memory(10);
        try (DataCapture capture = DataCapture.of("churn").sink(memory).start()) {
            CaptureRecorder<Applicant, Boolean> recorder = capture.recorder(
                    applicant -> PayloadSource.fields(Map.of("age", applicant.age())),
                    answer -> PayloadSource.values(answer));
            assertThat(recorder.record("7", new Applicant("Ann", 37), true)).isNotNull();
            assertThat(recorder.record("8", new Applicant("Bob", 41), null)).isNotNull();
        }
        assertThat(memory.records())
                .extracting(CaptureRecord::inferenceId, CaptureRecord::input, CaptureRecord::output)
                .containsExactly(
                        tuple("7", Payload.json("{\"age\":37}"), Payload.csv("true")),
                        tuple("8", Payload.json("{\"age\":41}"), null));
    }

    @Test
    void oneSideOrBothAreRecordedInWhateverFormTheyHave() {
        MemorySink memory = Sinks.memory(10);
        Payload lines = Payload.jsonLines("{\"a\":1}\n{\"a\":2}");
        try (DataCapture capture = DataCapture.of("churn").sink(memory).start()) {
            capture.record(new double[] {1, 2}, (double[]) null);
            capture.record(null, (double[]) null, new double[] {0.5});
            capture.record(new Object[] {"a", 1}, null);
            capture.record("9", PayloadSource.payload(lines), null, "blue", "canary");
            capture.record(null, null, PayloadSource.bytes("image/png", new byte[] {1, 2, 3}));
            capture.record(
                    null,
                    PayloadSource.rows(List.of(PayloadSource.numbers(1), PayloadSource.numbers(2))),
                    PayloadSource.numbers(3, 4));
        }
        assertThat(memory.records())
                .extracting(CaptureRecord::input, CaptureRecord::output, CaptureRecord::customAttributes)
                .containsExactly(
                        tuple(Payload.csv("1,2"), null, List.of()),
                        tuple(null, Payload.csv("0.5"), List.of()),
                        tuple(Payload.csv("a,1"), null, List.of()),
                        tuple(lines, null, List.of("blue", "canary")),
                        tuple(null, Payload.bytes("image/png", new byte[] {1, 2, 3}), List.of()),
                        tuple(Payload.csv("1\n2"), Payload.csv("3,4"), List.of()));
    }

    @Test
    void aFractionOfTwentyIsRefusedWithAHintAtOneFifth() {
        assertThatThrownBy(() -> DataCapture.of("churn").sampling(20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sampling fraction is 20.0; it must lie between 0 and 1; for 20.0 % say 0.20");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }
}

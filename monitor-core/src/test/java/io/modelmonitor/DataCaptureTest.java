package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.capture.CaptureStats;
import io.modelmonitor.json.Json;
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
                DataCapture.of("churn").into(Sinks.files(folder)).clock(CLOCK).start()) {
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
                DataCapture.of("churn").into(Sinks.files(folder)).start()) {
            double answer = capture.around(features, row -> {
                double sum = row[0] + row[1];
                row[0] = -1;
                return sum;
            });
            assertThat(answer).isEqualTo(3);
            assertThat(capture.flush(Duration.ofSeconds(10))).isTrue();
            assertThat(capture.stats()).isEqualTo(new CaptureStats(1, 0, 1, 0, 0, 0, 4));
        }
        Map<String, Object> data = Json.object(
                Json.object(Json.parse(Files.readString(files().get(0)))).get("captureData"));
        assertThat(Json.object(data.get("endpointInput"))).containsEntry("data", "1,2");
        assertThat(Json.object(data.get("endpointOutput"))).containsEntry("data", "3");
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

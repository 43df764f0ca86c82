package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelmonitor.internal.capture.file.CaptureDecoder;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import io.modelmonitor.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Capture files that the managed service wrote are read, written again, and compared field by field. */
class RealCapturesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notebook-outputs/dq_churn_2021/capture_records.jsonl",
                "notebook-outputs/mq_churn_2021/capture_records.jsonl",
                "notebook-outputs/bias_endpoint_json_2024/capture_records.jsonl",
                "notebook-outputs/shap_endpoint_jsonlines/capture_records.jsonl",
                "python-sdk-tests/capture.jsonl",
                "python-sdk-tests/captured-data.jsonl"
            })
    void whatTheServiceWroteIsReadAndWrittenAgainFieldByField(String name) throws IOException {
        Path file = Path.of(System.getProperty("service.files", "")).resolve(name);
        assumeTrue(Files.isRegularFile(file), "no file of the service at " + file);
        int count = 0;
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                // The template of one file has a placeholder for the time.
                String original = line.replace("{%s}", "2019-11-24T07:30:50Z");
                String again = CaptureEncoder.line(new CaptureDecoder().read(original));
                assertThat((Map<?, ?>) Json.object(Json.parse(again))).isEqualTo(Json.object(Json.parse(original)));
                count++;
            }
        }
        assertThat(count).isPositive();
    }
}

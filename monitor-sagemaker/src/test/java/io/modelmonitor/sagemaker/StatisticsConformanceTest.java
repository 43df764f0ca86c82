package io.modelmonitor.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.internal.json.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service's own statistics are what we write for the same data, bit for bit. */
class StatisticsConformanceTest {

    @TempDir
    private Path folder;

    @Test
    void writesTheFileThatTheServiceWroteForTheSameHundredRows() {
        Baseline baseline = Baseline.of(ServiceSamples.pipelineBaseline(), ServiceFiles.measures());
        assertThat(written(baseline))
                .isEqualTo(Json.read(ServiceSamples.file(ServiceSamples.PIPELINE + "statistics.json")));
    }

    @Test
    void writesTheFeaturesThatTheServiceWroteForTheSame2333Rows() {
        Baseline baseline = Baseline.of(ServiceSamples.churnTraining(), ServiceFiles.measures());
        Map<String, @Nullable Object> service =
                Json.object(Json.read(ServiceSamples.file(ServiceSamples.CHURN_STATISTICS)));
        Map<String, @Nullable Object> ours = Json.object(written(baseline));
        assertThat(ours.get("version")).isEqualTo(service.get("version"));
        assertThat(ours.get("dataset")).isEqualTo(service.get("dataset"));
        List<@Nullable Object> features = Json.array(service.get("features"));
        assertThat(features).hasSize(5);
        assertThat(Json.array(ours.get("features"))).hasSize(70).containsAll(features);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ServiceSamples.PIPELINE + "statistics.json",
                ServiceSamples.CHURN_STATISTICS,
                "python-sdk-tests/statistics.json"
            })
    void writesAgainWhatItReads(String name) {
        Path file = ServiceSamples.file(name);
        assertThat(written(ServiceFiles.readStatistics(file))).isEqualTo(Json.read(file));
    }

    private @Nullable Object written(Baseline baseline) {
        Path file = folder.resolve("statistics.json");
        ServiceFiles.writeStatistics(baseline, file);
        return Json.read(file);
    }
}

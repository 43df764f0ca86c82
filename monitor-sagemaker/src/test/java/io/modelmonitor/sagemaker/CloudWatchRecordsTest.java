package io.modelmonitor.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudWatchRecordsTest {

    private static final Instant TIME = Instant.parse("2026-01-01T05:00:00Z");
    private static final CloudWatchRecords ENDPOINT = CloudWatchRecords.ofEndpoint("credit", "hourly");

    @TempDir
    private Path folder;

    private Dataset csv(String name, String text) throws IOException {
        return Datasets.csv(Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8));
    }

    @Test
    void dataQualityHasEachFeaturesNumbersCountsAndDistance() throws IOException {
        Baseline train = Baseline.of(csv("train.csv", "age,plan\n" + "31,a\n33.5,b\n".repeat(500)));
        ServiceConstraints constraints = ServiceConstraints.suggestedFor(train);
        Dataset window = csv("window.csv", "age,plan\n31,a\n33.5,a\n,a\n40,a\n");
        List<CloudWatchRecord> records = ENDPOINT.dataQuality(
                Baseline.of(window), ServiceMonitor.against(train, constraints).check(window), TIME);
        assertThat(records)
                .extracting(CloudWatchRecord::namespace)
                .containsOnly("aws/sagemaker/Endpoints/data-metrics");
        assertThat(records.get(0).json())
                .isEqualTo("{\"MetricName\":\"feature_data_age\",\"Timestamp\":\"2026-01-01T05:00:00Z\","
                        + "\"Dimensions\":[{\"Name\":\"Endpoint\",\"Value\":\"credit\"},"
                        + "{\"Name\":\"MonitoringSchedule\",\"Value\":\"hourly\"},"
                        + "{\"Name\":\"Feature\",\"Value\":\"age\"}],"
                        + "\"StatisticValues\":{\"SampleCount\":3.0,\"Sum\":104.5,\"Minimum\":31.0,\"Maximum\":40.0},"
                        + "\"Unit\":\"None\"}");
        Map<String, Double> values = new LinkedHashMap<>();
        records.forEach(record -> values.put(record.name(), record.statistics().sum()));
        assertThat(values)
                .containsEntry("feature_non_null_age", 3.0)
                .containsEntry("feature_null_age", 1.0)
                .containsEntry("feature_completeness_age", 0.75)
                .containsEntry("feature_estimated_unique_values_age", 3.0)
                .containsEntry("feature_fractional_counts_age", 1.0)
                .containsEntry("feature_integral_counts_age", 2.0)
                .containsEntry("feature_string_counts_age", 0.0)
                .containsEntry("feature_boolean_counts_age", 0.0)
                .containsEntry("feature_unknown_counts_age", 0.0)
                .containsEntry("feature_string_counts_plan", 4.0)
                .containsKey("feature_baseline_drift_plan")
                .doesNotContainKey("feature_data_plan");
    }

    @Test
    void batchJobsHaveNoEndpointAndUndefinedNumbersAreNotPublished() throws IOException {
        Path file = Files.writeString(
                folder.resolve("statistics.json"),
                "{\"version\":0.0,\"dataset\":{\"item_count\":4},\"regression_metrics\":{"
                        + "\"mae\":{\"value\":1.5,\"standard_deviation\":\"NaN\"},"
                        + "\"r2\":{\"value\":\"NaN\",\"standard_deviation\":\"NaN\"}}}");
        List<CloudWatchRecord> records =
                CloudWatchRecords.ofBatch("nightly").modelQuality(ModelQualityStatistics.read(file), TIME);
        Path lines = folder.resolve("metrics/quality.jsonl");
        CloudWatchRecords.write(records, lines);
        assertThat(records.get(0).namespace()).isEqualTo("aws/sagemaker/ModelMonitoring/model-metrics");
        assertThat(lines)
                .hasContent("{\"MetricName\":\"mae\",\"Timestamp\":\"2026-01-01T05:00:00Z\","
                        + "\"Dimensions\":[{\"Name\":\"MonitoringSchedule\",\"Value\":\"nightly\"}],"
                        + "\"Value\":1.5,\"Unit\":\"None\"}\n");
    }

    @Test
    void infiniteBiasIsPublishedAsTheServiceDoes() {
        BiasAnalysis.Group group = new BiasAnalysis.Group(
                "F",
                List.of(
                        new BiasAnalysis.Value("DI", "Disparate Impact", Double.POSITIVE_INFINITY, ""),
                        new BiasAnalysis.Value("DPPL", "Difference", -0.25, ""),
                        new BiasAnalysis.Value("FT", "Flip Test", Double.NaN, "no numbers")));
        BiasAnalysis analysis =
                new BiasAnalysis(new BiasAnalysis.Section("hired", "1", Map.of("sex", List.of(group))), null);
        List<CloudWatchRecord> records = ENDPOINT.bias(analysis, TIME);
        assertThat(records).hasSize(2);
        assertThat(records.get(0).json())
                .contains("\"MetricName\":\"bias_metric_DI\"", "\"Value\":2.348543E108")
                .contains(
                        "{\"Name\":\"BiasStage\",\"Value\":\"Post-Training\"},{\"Name\":\"Label\",\"Value\":\"hired\"},"
                                + "{\"Name\":\"LabelValue\",\"Value\":\"1\"},{\"Name\":\"Facet\",\"Value\":\"sex\"},"
                                + "{\"Name\":\"FacetValue\",\"Value\":\"F\"}]");
        assertThat(records.get(1).statistics().sum()).isEqualTo(-0.25);
    }

    @Test
    void attributionsAreOfTheirLabelAndMethod() {
        ExplainabilityAnalysis analysis = new ExplainabilityAnalysis(
                List.of(new ExplainabilityAnalysis.Label("label0", Map.of("age", 0.5), 0.25, Map.of())), Map.of());
        List<CloudWatchRecord> records = ENDPOINT.explainability(analysis, TIME);
        assertThat(records).extracting(CloudWatchRecord::name).containsExactly("feature_age", "ExpectedValue");
        assertThat(records.get(0).dimensions())
                .isEqualTo(Map.of(
                        "Endpoint", "credit",
                        "MonitoringSchedule", "hourly",
                        "ExplainabilityMethod", "KernelShap",
                        "Label", "label0",
                        "ValueType", "GlobalShapValues"));
        assertThat(records.get(1).dimensions()).containsEntry("ValueType", "ExpectedValue");
    }

    @Test
    void aFileSaysWhetherNumbersAreToBePublished() throws IOException {
        ServiceConstraints constraints = ServiceConstraints.suggestedFor(Baseline.of(csv("train.csv", "age\n1\n2\n")));
        assertThat(constraints.emitsMetrics()).isTrue();
        Path file = folder.resolve("constraints.json");
        ServiceFiles.writeConstraints(constraints, file);
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceAll("\"emit_metrics\" *: *\"Enabled\"", "\"emit_metrics\" : \"Disabled\""));
        assertThat(ServiceFiles.readConstraints(file).emitsMetrics()).isFalse();
    }
}

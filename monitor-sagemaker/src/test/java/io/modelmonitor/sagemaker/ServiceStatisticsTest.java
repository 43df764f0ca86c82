package io.modelmonitor.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelmonitor.Baseline;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceStatisticsTest {

    private static final String OF_2024 = """
            {"version": 0.0, "dataset": {"item_count": 4, "evaluation_time": "2024-10-27T21:08:34.729Z"}, "engine": "x",
             "features": [
              {"name": "age", "inferred_type": "Integral", "note": "kept", "numerical_statistics": {
                "common": {"num_present": 3, "num_missing": 1}, "mean": 2.0, "sum": 6.0,
                "std_dev": 0.816496580927726, "min": 1.0, "max": 3.0, "completeness": 0.75,
                "approximate_num_distinct_values": 3,
                "distribution": {"kll": {"buckets": [], "sketch": {"parameters": {"c": 0.64, "k": 2048.0},
                  "data": [[1.0, 2.0, 3.0]]}}}}},
              {"name": "state", "inferred_type": "String", "string_statistics": {
                "common": {"num_present": 4, "num_missing": 0}, "distinct_count": 2.0, "completeness": 1.0,
                "distribution": {"categorical": {"buckets": [{"value": "CA", "count": 3}, {"value": "NY", "count": 1}]}}}}]}
            """;

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("statistics.json"), text);
    }

    @Test
    void aFileOf2024IsWrittenAsItWasRead() throws IOException {
        Path file = file(OF_2024);
        Object before = Json.read(file);
        Path again = folder.resolve("again.json");
        ServiceStatistics.read(file).write(again);
        assertThat(Json.write(Json.read(again))).isEqualTo(Json.write(before));
    }

    @Test
    void aBaselineByItselfIsWrittenWithTheKeysOfEveryYear() throws IOException {
        Path file = file(OF_2024);
        Path again = folder.resolve("again.json");
        ServiceFiles.writeStatistics(ServiceFiles.readStatistics(file), again);
        assertThat(Files.readString(again))
                .contains("\"num_present\"", "\"item_count\"")
                .doesNotContain("evaluation_time", "completeness", "approximate_num_distinct_values", "engine", "note");

        ServiceStatistics statistics = ServiceStatistics.read(file);
        statistics.with(statistics.baseline()).write(again);
        assertThat(Files.readString(again))
                .contains("evaluation_time", "completeness", "approximate_num_distinct_values", "engine", "note");
    }

    @Test
    void statisticsAreTheirOwnersAlone() throws IOException {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX permissions here");
        ServiceStatistics statistics = ServiceStatistics.read(file(OF_2024));
        Path again = folder.resolve("again.json");
        statistics.write(again);
        Path ofBaseline = folder.resolve("baseline.json");
        ServiceFiles.writeStatistics(statistics.baseline(), ofBaseline);
        for (Path file : List.of(again, ofBaseline)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void anotherBaselineHasTheKeysOfTheFileWithItsOwnNumbers() throws IOException {
        ServiceStatistics before = ServiceStatistics.read(file(OF_2024));
        Baseline more = Baseline.of(Datasets.rows(
                List.of(Map.of("age", 7, "state", "CA"), Map.of("age", 8, "state", "WA"), Map.of("state", "WA"))));
        Path again = folder.resolve("again.json");
        before.with(more).write(again);

        Map<String, @Nullable Object> root = Json.object(Json.read(again));
        assertThat(root.get("engine")).isEqualTo("x");
        assertThat(Json.object(root.get("dataset")))
                .containsEntry("item_count", 3L)
                .containsEntry("evaluation_time", "2024-10-27T21:08:34.729Z");
        Map<String, @Nullable Object> age =
                Json.object(Json.array(root.get("features")).get(0));
        assertThat(age).containsEntry("note", "kept");
        assertThat(Json.object(age.get("numerical_statistics")))
                .containsEntry("completeness", 2 / 3.0)
                .containsEntry("approximate_num_distinct_values", 2.0)
                .containsEntry("sum", 15.0)
                .containsKey("distribution");
        Map<String, @Nullable Object> state =
                Json.object(Json.array(root.get("features")).get(1));
        assertThat(Json.object(state.get("string_statistics")))
                .containsEntry("completeness", 1.0)
                .doesNotContainKey("approximate_num_distinct_values");
        assertThat(ServiceStatistics.read(again).baseline().profile().rows()).isEqualTo(3);
    }

    @Test
    void statisticsOfModelQualityKeepWhatElseIsSaid() throws IOException {
        Path file = file("""
                {"version": 0.0, "dataset": {"item_count": 627, "evaluation_time": "2023-03-30T21:08:34.729Z"},
                 "binary_classification_metrics": {
                  "accuracy": {"value": 0.5, "standard_deviation": "NaN"},
                  "au_prc": {"value": 0.25, "standard_deviation": 0.0}},
                 "engine": {"year": 2024}}
                """);
        Object before = Json.read(file);
        Path again = folder.resolve("again.json");
        ModelQualityStatistics.read(file).write(again);
        assertThat(Json.write(Json.read(again))).isEqualTo(Json.write(before));
    }
}

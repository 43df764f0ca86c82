package io.modelmonitor.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.Measurement;
import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.labels.GroundTruth;
import io.modelmonitor.labels.MergedRecords;
import io.modelmonitor.report.Reports;
import io.modelmonitor.sagemaker.BiasAnalysis;
import io.modelmonitor.sagemaker.BiasAnalysisConfig;
import io.modelmonitor.sagemaker.BiasViolations;
import io.modelmonitor.sagemaker.ExplainabilityFiles;
import io.modelmonitor.sagemaker.ModelQualityConstraints;
import io.modelmonitor.sagemaker.ModelQualityStatistics;
import io.modelmonitor.sagemaker.ServiceFiles;
import io.modelmonitor.sagemaker.ServiceStatistics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A file that was made to be slow takes four times as long when there is four times as much of it, not sixteen times. */
@Tag("exhaustive")
class ReadersAreLinearTest {

    private static final int TIMES = 4_000;
    private static final int ROUNDS = 5;

    /** The beginning of a file, what follows again and again, and its end. */
    private record Text(String start, String again, String end) {

        private String of(int times) {
            return start + again.repeat(times) + end;
        }
    }

    private static final List<Text> TEXTS = List.of(
            new Text("", "{\"a\":", ""),
            new Text("", "[", ""),
            new Text("", "{}\n", ""),
            new Text("", "[]\n", ""),
            new Text("", "\n", ""),
            new Text("", "\"", ""),
            new Text("", "9", ""),
            new Text("", "0.", ""),
            new Text("\"", "\\u0000", "\""),
            new Text("\"", "\\\"", ""),
            new Text("{\"", "a", "\":1}"),
            new Text("{", "\"a\":1,", "\"a\":1}"),
            new Text("{\"a\":[", "{},", "{}]}"),
            new Text("{\"a\":[", "\"b\",", "\"b\"]}"),
            new Text("{\"captureData\":{\"endpointInput\":{\"data\":\"", "1,", "\",\"encoding\":\"CSV\"}}}\n"),
            new Text("", "{\"captureData\":{},\"eventMetadata\":{\"eventId\":\"a\"}}\n", ""),
            new Text(
                    "",
                    "{\"groundTruthData\":{\"data\":\"1\",\"encoding\":\"CSV\"},\"eventMetadata\":{\"eventId\":\"a\"}}\n",
                    ""),
            new Text("{\"version\":0,\"features\":[", "{\"name\":\"a\"},", "{}]}"),
            new Text("{\"violations\":[", "{\"description\":\"1\"},", "{}]}"),
            new Text("{\"label\":\"a\",\"facet\":[", "{\"name_or_index\":\"a\"},", "{}]}"),
            new Text("", "a,\" \n", ""));

    /** Everything that reads files. */
    private static final Map<String, Consumer<Path>> READERS = Map.ofEntries(
            Map.entry("csv", file -> rows(Datasets.csv(file))),
            Map.entry("json", file -> rows(Datasets.jsonLines(file))),
            Map.entry("any", file -> rows(Datasets.file(file))),
            Map.entry("captures", file -> rows(Datasets.captures(file))),
            Map.entry("labels", file -> GroundTruth.create().read(file)),
            Map.entry("merged records", file -> rows(MergedRecords.read(file))),
            Map.entry("measurement", Measurement::load),
            Map.entry("baseline", Baseline::load),
            Map.entry("report", Reports::load),
            Map.entry("statistics", ServiceFiles::readStatistics),
            Map.entry("service statistics", ServiceStatistics::read),
            Map.entry("constraints", ServiceFiles::readConstraints),
            Map.entry("violations", ServiceFiles::readViolations),
            Map.entry("quality statistics", ModelQualityStatistics::read),
            Map.entry("quality constraints", ModelQualityConstraints::read),
            Map.entry("bias configuration", BiasAnalysisConfig::read),
            Map.entry("bias", BiasAnalysis::read),
            Map.entry("bias violations", BiasViolations::read),
            Map.entry("explanations", ExplainabilityFiles::readAnalysis));

    private static void rows(Dataset dataset) {
        try (Dataset.Cursor cursor = dataset.open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int column = 0; column < batch.schema().size(); column++) {
                    batch.column(column).kinds();
                }
            }
        }
    }

    /** Returns the processor time of reading a file, which may be refused, in nanoseconds. */
    private static long nanos(Consumer<Path> reading, Path file) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try {
            reading.accept(file);
        } catch (RuntimeException e) {
            assertThat(e.getMessage()).as("an error of one line").doesNotContain("\n");
        }
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    }

    private static Stream<String> readers() {
        return READERS.keySet().stream().sorted();
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("readers")
    void fourTimesAsMuchOfOneThingTakesFourTimesAsLong(String reader) throws IOException {
        Consumer<Path> reading = Objects.requireNonNull(READERS.get(reader));
        for (Text text : TEXTS) {
            Path few = Files.writeString(folder.resolve("few.jsonl"), text.of(TIMES));
            Path many = Files.writeString(folder.resolve("many.jsonl"), text.of(4 * TIMES));
            long best = Long.MAX_VALUE / 16;
            long bestOfMany = Long.MAX_VALUE;
            for (int i = 0; i < ROUNDS && !isLinear(best, bestOfMany); i++) {
                best = Math.min(best, nanos(reading, few));
                bestOfMany = Math.min(bestOfMany, nanos(reading, many));
            }
            assertThat(isLinear(best, bestOfMany))
                    .as("%s: %,d ns, and %,d ns for four times as much", text, best, bestOfMany)
                    .isTrue();
        }
    }

    /** Twice as much as it should be, and what a clock of coarse steps adds, may be a disturbance. */
    private static boolean isLinear(long few, long many) {
        return many < 8 * (double) few + 20_000_000;
    }
}

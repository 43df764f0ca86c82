package io.modelmonitor.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of the managed service that were damaged by chance: read, or refused in a line that names the file, within five seconds of
 * processor. {@code -Dmodelmonitor.fuzz.rounds=10000} makes more changes of each kind of file.
 */
@Tag("exhaustive")
@Timeout(value = 6, unit = TimeUnit.HOURS)
class DamagedServiceFilesTest {

    private static final long ROUNDS = Long.getLong("modelmonitor.fuzz.rounds", 300);
    private static final long SEED = Long.getLong("modelmonitor.fuzz.seed", 15);

    private static final String[] TOKENS = {
        "\"",
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "null",
        "true",
        "-1",
        "1e999",
        "NaN",
        "\"NaN\"",
        "0.5",
        "\\u0000",
        "\uFEFF",
        "9".repeat(400),
        "[".repeat(2_000),
        "{\"a\":".repeat(2_000),
        "x".repeat(5_000),
        "\"name\":\"a\",",
        "9".repeat(200_000)
    };

    private static final String BIAS_CONFIG = """
            {"dataset_type":"text/csv","headers":["a","b","label"],"label":"label","label_values_or_threshold":[1],
             "facet":[{"name_or_index":"a","value_or_threshold":[1,2]}],"group_variable":"b","probability_threshold":0.5,
             "methods":{"pre_training_bias":{"methods":"all"},"report":{"name":"report"}}}
            """;

    private static final String BIAS_ANALYSIS = """
            {"version":"1.0","pre_training_bias_metrics":{"label":"label","facets":{"a":[{"value_or_threshold":"1",
             "metrics":[{"name":"CI","description":"Class Imbalance","value":-0.25},{"name":"DPL","value":null,"error":"no"}]}]},
             "label_value_or_threshold":"1"}}
            """;

    private static final String MODEL_QUALITY = """
            {"version":0.0,"dataset":{"item_count":10,"evaluation_time":"2021-05-18T12:00:00Z"},
             "binary_classification_metrics":{"confusion_matrix":{"0":{"0":4,"1":1},"1":{"0":2,"1":3}},
             "recall":{"value":0.6,"standard_deviation":0.1},"precision":{"value":0.75,"standard_deviation":"NaN"}}}
            """;

    private static final String MODEL_QUALITY_CONSTRAINTS = """
            {"version":0.0,"binary_classification_constraints":{
             "recall":{"threshold":0.6,"comparison_operator":"LessThanThreshold"},
             "false_positive_rate":{"threshold":0.25,"comparison_operator":"GreaterThanThreshold"}}}
            """;

    private static final String EXPLANATIONS = """
            {"version":"1.0","explanations":{"kernel_shap":{"label0":{"global_shap_values":{"a":0.25,"b":0.125},
             "expected_value":0.5}}}}
            """;

    @TempDir
    Path folder;

    private static byte[] mutated(byte[] sound, Random random) {
        byte[] bytes = sound;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length + 1);
            int to = at + random.nextInt(Math.min(100, bytes.length - at) + 1);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, at);
            switch (random.nextInt(4)) {
                case 0 -> out.write(random.nextInt(256));
                case 1 -> out.write(bytes, at, 2 * (to - at) <= bytes.length - at ? 2 * (to - at) : to - at);
                default -> out.writeBytes(TOKENS[random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8));
            }
            int next = random.nextInt(3) == 0 ? at : to;
            out.write(bytes, next, bytes.length - next);
            bytes = out.toByteArray();
        }
        return bytes;
    }

    private Map<Function<Path, Object>, byte[]> sound() throws IOException {
        List<double[]> rows = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            rows.add(new double[] {random.nextInt(4), random.nextGaussian()});
        }
        Baseline baseline = Baseline.of(Datasets.of(Schema.ofNames("a", "b"), rows), ServiceFiles.measures());
        Path file = folder.resolve("sound.json");
        Map<Function<Path, Object>, byte[]> sound = new LinkedHashMap<>();
        ServiceFiles.writeStatistics(baseline, file);
        sound.put(ServiceFiles::readStatistics, Files.readAllBytes(file));
        ServiceConstraints constraints = ServiceConstraints.suggestedFor(baseline);
        ServiceFiles.writeConstraints(constraints, file);
        sound.put(ServiceFiles::readConstraints, Files.readAllBytes(file));
        ServiceFiles.writeViolations(
                List.of(
                        new ServiceViolation("a", "completeness_check", "Data completeness is 90.0%"),
                        new ServiceViolation("b", "data_type_check", "Match is 98.0%")),
                file);
        sound.put(ServiceFiles::readViolations, Files.readAllBytes(file));
        sound.put(BiasAnalysisConfig::read, BIAS_CONFIG.getBytes(StandardCharsets.UTF_8));
        sound.put(BiasAnalysis::read, BIAS_ANALYSIS.getBytes(StandardCharsets.UTF_8));
        sound.put(BiasViolations::read, "{\"violations\":[]}".getBytes(StandardCharsets.UTF_8));
        sound.put(ModelQualityStatistics::read, MODEL_QUALITY.getBytes(StandardCharsets.UTF_8));
        sound.put(ModelQualityConstraints::read, MODEL_QUALITY_CONSTRAINTS.getBytes(StandardCharsets.UTF_8));
        sound.put(ExplainabilityFiles::readAnalysis, EXPLANATIONS.getBytes(StandardCharsets.UTF_8));
        return sound;
    }

    @Test
    void everyFileIsReadOrRefusedInALineThatNamesIt() throws IOException {
        Path file = folder.resolve("damaged.json");
        int kind = 0;
        for (Map.Entry<Function<Path, Object>, byte[]> entry : sound().entrySet()) {
            kind++;
            int read = 0;
            Files.write(file, entry.getValue());
            assertThat(entry.getKey().apply(file))
                    .as("sound file of kind %d", kind)
                    .isNotNull();
            for (long seed = SEED * 1_000_003; seed < SEED * 1_000_003 + ROUNDS; seed++) {
                Files.write(file, mutated(entry.getValue(), new Random(seed)));
                long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                try {
                    assertThat(entry.getKey().apply(file)).isNotNull();
                    read++;
                } catch (IllegalArgumentException | UncheckedIOException e) {
                    assertThat(e.getMessage())
                            .as("seed %d of kind %d", seed, kind)
                            .contains(file.toString())
                            .doesNotContain("\n", "\r");
                } catch (Throwable e) {
                    throw new AssertionError("seed " + seed + " of kind " + kind + ": " + e, e);
                }
                assertThat(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start)
                        .as("nanoseconds of seed %d of kind %d", seed, kind)
                        .isLessThan(TimeUnit.SECONDS.toNanos(5));
            }
            assertThat(read).as("files of kind %d that were refused", kind).isLessThan((int) ROUNDS);
        }
    }
}

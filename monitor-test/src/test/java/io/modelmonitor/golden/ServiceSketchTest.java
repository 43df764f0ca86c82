package io.modelmonitor.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelmonitor.stats.sketch.EqualWidthBuckets;
import io.modelmonitor.stats.sketch.KllSketch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The sketch equals, bit for bit, what the managed service wrote of the same tables. */
class ServiceSketchTest {

    private static final Path FILES = Path.of(System.getProperty("service.files", ""));

    @Test
    void equalsTheStatisticsOfATableOf2333Rows() throws Exception {
        checkSketches(
                "sagemaker-examples/churn-tabular/training-dataset-with-header.csv",
                true,
                "notebook-outputs/dq_churn_2021/statistics.five-features.json");
    }

    @Test
    void equalsTheStatisticsOfATableOf100Rows() throws Exception {
        String folder = "python-sdk-tests/pipeline/quality_check_step/data_quality";
        checkSketches(folder + "/baseline_dataset.csv", false, folder + "/statistics.json");
    }

    private static void checkSketches(String table, boolean header, String statistics) throws Exception {
        Path csv = find(table);
        JsonNode features = GoldenCases.json(find(statistics)).path("features");
        List<String> lines = Files.readAllLines(csv);
        List<String> names = header ? List.of(lines.remove(0).split(",", -1)) : List.of();
        int checked = 0;
        for (JsonNode feature : features) {
            JsonNode numbers = feature.path("numerical_statistics");
            if (!numbers.isObject()) {
                continue;
            }
            String name = feature.path("name").asText();
            int column = header ? names.indexOf(name) : Integer.parseInt(name.substring(2));
            double[] values = lines.stream()
                    .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[column]))
                    .toArray();
            checkSketch(name, values, numbers.path("distribution").path("kll"));
            checked++;
        }
        assertThat(checked).isPositive();
    }

    private static void checkSketch(String name, double[] values, JsonNode expected) {
        KllSketch sketch = KllSketch.create();
        sketch.update(values, 0, values.length);
        JsonNode levels = expected.path("sketch").path("data");
        assertThat(sketch.levels()).as(name).hasSize(levels.size());
        for (int h = 0; h < levels.size(); h++) {
            Tolerance.EXACT.check(name + ": level " + h, sketch.levels().get(h), levels.get(h));
        }
        EqualWidthBuckets buckets = sketch.values().equalWidthBuckets(sketch.min(), sketch.max(), 10);
        JsonNode bounds = expected.path("buckets");
        for (int i = 0; i < bounds.size(); i++) {
            String what = name + ": bucket " + i;
            Tolerance.EXACT.check(what, buckets.lowerBound(i), bounds.get(i).path("lower_bound"));
            Tolerance.EXACT.check(what, buckets.upperBound(i), bounds.get(i).path("upper_bound"));
            Tolerance.EXACT.check(what, (double) buckets.count(i), bounds.get(i).path("count"));
        }
    }

    private static Path find(String name) {
        Path file = FILES.resolve(name);
        Assumptions.assumeTrue(Files.isRegularFile(file), () -> "no file " + file + "; set service.files");
        return file;
    }
}

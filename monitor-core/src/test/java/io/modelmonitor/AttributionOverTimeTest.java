package io.modelmonitor;

import static io.modelmonitor.api.Constraint.onDataset;
import static io.modelmonitor.attribution.Attribution.attributionByRow;
import static io.modelmonitor.attribution.Attribution.attributionColumns;
import static io.modelmonitor.attribution.AttributionNames.EXPLAINED_ROWS;
import static io.modelmonitor.attribution.AttributionNames.NDCG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Plot;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.Violation;
import io.modelmonitor.attribution.Attribution;
import io.modelmonitor.data.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attribution from end to end: a baseline that is saved and loaded, windows, and a monitor that rings or does not. */
class AttributionOverTimeTest {

    private static final double[] WEIGHTS = {4, 2, 1, 0.2};
    private static final double[] TURNED = {0.2, 1, 2, 4};

    @TempDir
    private Path folder;

    @Test
    void attributionsComputedElsewhereGoFromFilesOverASavedBaselineToAViolation() throws IOException {
        Attribution reasons = attributionColumns("shap_");
        Monitor monitor = Monitor.against(saved(Baseline.of(columns("train", WEIGHTS, 400, 1), reasons), reasons))
                .requiring(onDataset().metric(NDCG).atLeast(0.90));

        assertThat(monitor.check(columns("same", WEIGHTS, 20, 2)).violations())
                .noneMatch(violation -> violation.constraint().metric().equals(NDCG));
        Report turned = monitor.check(columns("turned", TURNED, 20, 3));

        Violation violation = turned.violations().stream()
                .filter(found -> found.constraint().metric().equals(NDCG))
                .findFirst()
                .orElseThrow();
        assertThat(violation.adjustedPValue()).isLessThan(0.05);
        assertThat(violation.metric().note())
                .contains("age fell from rank 1 to 4")
                .contains("years rose from rank 4 to 1");
    }

    @Test
    void aModelOfOneRowAtATimeIsWatchedByTheConstraintThatItsBaselineSuggests() {
        Dataset train = applications(300, 1);
        Attribution before = attributionByRow(row -> scalar(row, WEIGHTS)).background(train);
        Attribution after = attributionByRow(row -> scalar(row, TURNED)).background(train);
        Baseline baseline = saved(Baseline.of(train, before), before);

        assertThat(Monitor.against(baseline).check(applications(40, 2)).violations())
                .isEmpty();
        assertThat(Monitor.against(baseline)
                        .replacing(after)
                        .check(applications(40, 2))
                        .violations())
                .extracting(violation -> violation.constraint().metric())
                .containsExactly(NDCG);
    }

    @Test
    void aLoadedBaselineKeepsTheRowsThatEvidenceIsMadeOf() {
        Dataset train = applications(300, 1);
        Attribution before = attributionByRow(row -> scalar(row, WEIGHTS)).background(train);
        Attribution after = attributionByRow(row -> scalar(row, TURNED)).background(train);
        Baseline made = Baseline.of(train, before);
        Baseline loaded = saved(made, before);

        assertThat(loaded.metrics()).isEqualTo(made.metrics());
        Plot.Strips strips =
                (Plot.Strips) metric(loaded, EXPLAINED_ROWS).plots().get(1);
        assertThat(strips.points()).hasSize(4).allMatch(points -> points.size() == 200);
        Metric one = ndcg(made, after);
        Metric other = ndcg(loaded, after);
        assertThat(other.value()).isEqualTo(one.value());
        assertThat(other.note()).isEqualTo(one.note());
        assertThat(other.evidence()).isEqualTo(one.evidence());
    }

    @Test
    void fewRowsAndFeaturesThatRarelyMatterDoNotAlert() {
        Attribution reasons = attributionByRow(row -> (row[0] > 0.9 ? 40 * row[1] : 0) + row[2] + 0.5 * row[3])
                .background(
                        Datasets.of(schema(), List.of(new Object[] {0.0, 0.0, 0.0, 0.0}, new Object[] {0, 0, 0, 0})));
        Baseline baseline = saved(Baseline.of(applications(400, 1), reasons), reasons);
        int below = 0;
        int rings = 0;
        int windows = 200;
        for (int window = 0; window < windows; window++) {
            Report report = Monitor.against(baseline)
                    .requiring(onDataset().metric(NDCG).atLeast(0.90))
                    .check(applications(20, window + 100));
            Metric ndcg = report.metric(MetricId.DATASET, NDCG);
            below += ndcg != null && ndcg.value() < 0.90 ? 1 : 0;
            rings += report.violations().stream()
                            .anyMatch(found -> found.constraint().metric().equals(NDCG))
                    ? 1
                    : 0;
        }
        assertThat(below).as("windows that would ring without evidence").isGreaterThan(40);
        assertThat(rings).isLessThanOrEqualTo(windows / 20);
    }

    @Test
    void theFeaturesOfABackgroundMayBeSomeOfItsColumns() {
        Dataset sample = Datasets.of(
                Schema.ofNames("id", "debt", "age"), List.of(new Object[] {"a", 1, 2}, new Object[] {"b", 3, 4}));
        Attribution reasons = attributionByRow(row -> 10 * row[0] + row[1]).background(sample, "age", "debt");

        assertThat(Baseline.of(sample, reasons).metric("age", "attribution").value())
                .isEqualTo(10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> attributionByRow(row -> 1).background(sample))
                .withMessageContaining("'id' is no number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> attributionByRow(row -> 1).background(sample, "income"))
                .withMessageContaining("income");
    }

    @Test
    @Timeout(60) // for what would otherwise wait for ever
    void rowsThatTheExecutorRefusesOrForgetsAreExplainedByTheCallingThread() {
        ExecutorService closed = Executors.newSingleThreadExecutor();
        closed.shutdown();
        Dataset train = applications(5, 1);
        for (Executor executor : List.<Executor>of(closed, task -> {})) {
            Attribution reasons = attributionByRow(row -> scalar(row, WEIGHTS))
                    .background(train)
                    .executor(executor);

            Metric explained = metric(Baseline.of(train, reasons), EXPLAINED_ROWS);

            assertThat(explained.value()).isEqualTo(5);
            assertThat(explained.note()).isEmpty();
        }
    }

    @Test
    @Timeout(60) // for what would otherwise wait for ever
    void anExecutorThatIsStoppedWhileRowsAreExplainedLeavesTheOthersToTheCallingThread() {
        ExecutorService stopped = Executors.newSingleThreadExecutor();
        Dataset train = applications(20, 1);
        Attribution reasons = attributionByRow(row -> {
                    stopped.shutdownNow();
                    return scalar(row, WEIGHTS);
                })
                .background(train)
                .executor(stopped);

        assertThat(metric(Baseline.of(train, reasons), EXPLAINED_ROWS).value()).isEqualTo(20);
    }

    private static Metric ndcg(Baseline baseline, Attribution reasons) {
        Metric ndcg = Monitor.against(baseline)
                .replacing(reasons)
                .check(applications(30, 5))
                .metric(MetricId.DATASET, NDCG);
        assertThat(ndcg).isNotNull();
        return ndcg;
    }

    private static Metric metric(Baseline baseline, String name) {
        Metric metric = baseline.metric(MetricId.DATASET, name);
        assertThat(metric).isNotNull();
        return metric;
    }

    private Baseline saved(Baseline baseline, Attribution reasons) {
        Path file = folder.resolve("baseline");
        baseline.save(file);
        return Baseline.load(file, reasons);
    }

    private static Schema schema() {
        return Schema.ofNames("age", "debt", "income", "years");
    }

    private static Dataset applications(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Object[]> values = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            values.add(random.doubles(4, 0, 1).boxed().toArray());
        }
        return Datasets.of(schema(), values);
    }

    /** A file of an id and a column of attributions for each feature, magnitudes exponential. */
    private Dataset columns(String name, double[] means, int rows, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder("id");
        schema().names().forEach(feature -> csv.append(",shap_").append(feature));
        for (int i = 0; i < rows; i++) {
            csv.append('\n').append(i);
            for (double mean : means) {
                double magnitude = -mean * Math.log(1 - random.nextDouble());
                csv.append(String.format(Locale.ROOT, ",%.6f", random.nextBoolean() ? magnitude : -magnitude));
            }
        }
        return Datasets.csv(Files.writeString(folder.resolve(name + ".csv"), csv.append('\n')));
    }

    private static double scalar(double[] row, double[] weights) {
        double sum = 0;
        for (int j = 0; j < weights.length; j++) {
            sum += weights[j] * row[j];
        }
        return sum;
    }
}

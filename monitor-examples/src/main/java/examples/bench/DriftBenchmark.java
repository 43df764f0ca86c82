package examples.bench;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Metric;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.stats.drift.FeatureDrift;
import io.modelmonitor.stats.sketch.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Measures a full drift report of 20 columns, which is every measure with its p-value and what chance alone would give, from
 * two baselines and from two CSV files, beside making the two baselines. Once without drift, where few draws suffice, and
 * once with a fifth of the columns shifted. Arguments: rows (1,000,000 unless given) and rounds (5).
 *
 * <pre>{@code
 * mvn -q compile -Pbenchmark -Dbenchmark=DriftBenchmark
 * }</pre>
 */
public final class DriftBenchmark {

    private static final Bound ZERO = Bound.atMost(0);

    private DriftBenchmark() {}

    /** Runs the benchmark and prints its table. */
    public static void main(String[] arguments) throws IOException {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        System.out.printf("Two files of %,d rows x 20 columns, milliseconds, median of %d%n", rows, rounds);
        System.out.printf("%-16s %14s %14s %14s %10s%n", "", "two baselines", "drift report", "from files", "ratio");
        measure("without drift", rows, rounds, 0);
        measure("with drift", rows, rounds, 0.1);
    }

    private static void measure(String name, int rows, int rounds, double shift) throws IOException {
        Path reference = csv(rows, 0, 0);
        Path current = csv(rows, 500, shift);
        double[] baselines = new double[rounds];
        double[] reports = new double[rounds];
        double[] ratios = new double[rounds];
        for (int round = -2; round < rounds; round++) {
            long start = System.nanoTime();
            Profile before = Baseline.of(Datasets.csv(reference)).profile();
            Profile now = Baseline.of(Datasets.csv(current)).profile();
            long between = System.nanoTime();
            fullReport(before, now);
            long end = System.nanoTime();
            if (round >= 0) {
                baselines[round] = (between - start) / 1e6;
                reports[round] = (end - between) / 1e6;
                ratios[round] = (end - start) / (double) (between - start);
            }
        }
        double ofBaselines = median(baselines);
        double ofReport = median(reports);
        System.out.printf(
                "%-16s %14.0f %14.1f %14.0f %10.3f%n",
                name, ofBaselines, ofReport, ofBaselines + ofReport, median(ratios));
    }

    /** Asks all that there is to say of the drift of every column. */
    static double fullReport(Profile reference, Profile current) {
        double sum = 0;
        for (String name : reference.names()) {
            for (Metric metric : FeatureDrift.all(name, reference.column(name), current.column(name))) {
                if (metric.isDefined()) {
                    sum += metric.evidence().pValue(metric.value(), ZERO);
                    sum += metric.evidence().expectedByChance();
                }
            }
        }
        return sum;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Returns a benchmark table as a file, written at the first run. */
    private static Path csv(int rows, long seedShift, double shift) throws IOException {
        String name = "model-monitor-benchmark-" + rows + "-" + seedShift + "-" + shift + ".csv";
        Path file = Path.of(System.getProperty("java.io.tmpdir"), name);
        if (!Files.exists(file)) {
            Path part = Files.createTempFile(file.getParent(), "model-monitor-benchmark-", ".part");
            BenchmarkTable.ofOther(rows, seedShift, shift).writeCsv(part);
            Files.move(part, file);
        }
        return file;
    }
}

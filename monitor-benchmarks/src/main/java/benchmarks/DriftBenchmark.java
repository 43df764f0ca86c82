package benchmarks;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Metric;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.stats.evidence.PValues;
import io.modelmonitor.stats.internal.drift.FeatureDrift;
import io.modelmonitor.stats.sketch.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Measures a full drift report of 20 columns, which is every measure with its p-value and what chance alone would give, from
 * two baselines and from two CSV files, beside making the two baselines. Once without drift, where few draws suffice, and
 * once with a fifth of the columns shifted. The report is timed with the code as the baselines leave it, and again once it is
 * compiled, each time from profiles that nobody asked before; beside it a sort of a million numbers, which tells how
 * fast the machine is. Arguments: rows (1,000,000 unless given), rounds (5) and reports (200).
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
        int repeated = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200;
        System.out.printf("Two files of %,d rows x 20 columns, milliseconds, median of %d%n", rows, rounds);
        System.out.printf(
                "%-16s %14s %14s %14s %10s %14s %14s%n",
                "", "two baselines", "drift report", "from files", "ratio", "once compiled", "sort of 1 M");
        measure("without drift", rows, rounds, repeated, 0);
        measure("with drift", rows, rounds, repeated, 0.1);
    }

    private static void measure(String name, int rows, int rounds, int repeated, double shift) throws IOException {
        Path reference = csv(rows, 0, 0);
        Path current = csv(rows, 500, shift);
        double[] baselines = new double[rounds];
        double[] reports = new double[rounds];
        double[] ratios = new double[rounds];
        Profile before = Profile.create();
        Profile now = Profile.create();
        for (int round = -2; round < rounds; round++) {
            long start = System.nanoTime();
            before = Baseline.of(Datasets.csv(reference)).profile();
            now = Baseline.of(Datasets.csv(current)).profile();
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
                "%-16s %14.0f %14.1f %14.0f %10.3f %14.1f %14.1f%n",
                name,
                ofBaselines,
                ofReport,
                ofBaselines + ofReport,
                median(ratios),
                compiled(before, now, repeated),
                sorting());
    }

    /** Returns the median time of the last half of some reports, each from profiles that were not asked before. */
    private static double compiled(Profile reference, Profile current, int reports) {
        double[] times = new double[reports];
        for (int i = 0; i < reports; i++) {
            Profile before = reference.merge(Profile.create());
            Profile now = current.merge(Profile.create());
            long start = System.nanoTime();
            fullReport(before, now);
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        return median(Arrays.copyOfRange(times, reports / 2, reports));
    }

    private static double sorting() {
        double[] numbers = new SplittableRandom(1).doubles(1_000_000).toArray();
        double[] times = new double[9];
        for (int i = 0; i < times.length; i++) {
            double[] sorted = numbers.clone();
            long start = System.nanoTime();
            Arrays.sort(sorted);
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        return median(times);
    }

    /** Asks all that there is to say of the drift of every column. */
    static double fullReport(Profile reference, Profile current) {
        double sum = 0;
        for (String name : reference.names()) {
            for (Metric metric : FeatureDrift.all(name, reference.column(name), current.column(name), metric -> ZERO)) {
                sum += metric.isDefined() ? PValues.of(metric, ZERO) : 0;
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

package benchmarks;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.stats.sketch.KllSketch;
import io.modelmonitor.stats.sketch.Moments;
import io.modelmonitor.stats.sketch.Profile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Measures how fast a table in memory is profiled on one thread, with everything on, beside what a program would do by hand with
 * the JDK. Prints a table; every figure is the best of several runs in time of this thread on a processor, so that other
 * programs on the machine matter little, and all ratios are of one run of the program.
 *
 * <p>Arguments: the number of rows (1,000,000) and how often to repeat (7).
 */
public final class ProfileBenchmark {

    private static final int BATCH = 2048;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final BenchmarkTable table;
    private final int repetitions;
    private double checksum;

    private ProfileBenchmark(BenchmarkTable table, int repetitions) {
        this.table = table;
        this.repetitions = repetitions;
    }

    /** Runs the benchmark. */
    public static void main(String[] arguments) {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int repetitions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
        new ProfileBenchmark(BenchmarkTable.of(rows), repetitions).run();
    }

    private void run() {
        double byHand = best(this::byHand);
        System.out.printf("%d rows x 20 columns, one thread, best of %d%n", table.rows(), repetitions);
        System.out.printf("%-52s %8s %12s %8s%n", "", "seconds", "M rows/s", "ratio");
        print("JDK by hand: summary statistics and hash maps", byHand, byHand);
        for (int batch = 512; batch <= 8192; batch *= 2) {
            int size = batch;
            print("full profile, batches of " + batch + " rows", best(() -> profile(size)), byHand);
        }
        System.out.printf("%n%-52s %12s%n", "one column of normal numbers", "ns/value");
        printValue("moments", best(this::moments));
        printValue("quantile sketch", best(this::sketch));
        printValue("Arrays.sort of blocks of 2,050", best(this::sort));
        System.out.println("(checksum " + checksum + ")");
    }

    private double best(DoubleSupplier work) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < repetitions; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            checksum += work.getAsDouble();
            best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - start) / 1e9);
        }
        return best;
    }

    private void print(String what, double seconds, double yardstick) {
        System.out.printf(
                "%-52s %8.3f %12.2f %8.2f%n", what, seconds, table.rows() / seconds / 1e6, seconds / yardstick);
    }

    private void printValue(String what, double seconds) {
        System.out.printf("%-52s %12.1f%n", what, seconds * 1e9 / table.rows());
    }

    private double profile(int batchSize) {
        Profile profile = Profile.create();
        try (Dataset.Cursor cursor = table.dataset(batchSize).open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                profile.add(batch);
            }
        }
        return profile.column("d0").moments().mean();
    }

    private double byHand() {
        double result = 0;
        for (int c = 0; c < 12; c++) {
            DoubleSummaryStatistics statistics = new DoubleSummaryStatistics();
            double[] values = table.doubles(c);
            boolean[] missing = table.missing(c);
            for (int i = 0; i < values.length; i++) {
                if (!missing[i]) {
                    statistics.accept(values[i]);
                }
            }
            result += statistics.getAverage();
        }
        for (int c = 0; c < 4; c++) {
            result += Arrays.stream(table.longs(c)).summaryStatistics().getAverage();
            Map<String, Integer> counts = new HashMap<>();
            for (String text : table.texts(c)) {
                counts.merge(text, 1, Integer::sum);
            }
            result += counts.size();
        }
        return result;
    }

    private double moments() {
        Moments moments = Moments.create();
        double[] values = table.doubles(0);
        moments.add(values, 0, values.length);
        return moments.variancePopulation();
    }

    private double sketch() {
        KllSketch sketch = KllSketch.create();
        double[] values = table.doubles(0);
        for (int i = 0; i < values.length; i += BATCH) {
            sketch.update(values, i, Math.min(values.length, i + BATCH));
        }
        return sketch.quantile(0.5);
    }

    private double sort() {
        double[] copy = table.doubles(0).clone();
        for (int i = 0; i < copy.length; i += 2050) {
            Arrays.sort(copy, i, Math.min(copy.length, i + 2050));
        }
        return copy[0];
    }
}

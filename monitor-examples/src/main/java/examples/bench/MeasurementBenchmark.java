package examples.bench;

import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static java.util.stream.Collectors.averagingDouble;

import io.modelmonitor.Baseline;
import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.spi.MetricCalculator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Measures what measurements cost: how much three calculators over rows add to the profile of the benchmark table, on one and on
 * two threads; how large a measurement is, how long it takes to write, read, merge and judge; and how much memory a report keeps.
 * Times are medians of the same run. Arguments: rows (1,000,000 unless given) and rounds (7).
 *
 * <pre>{@code
 * mvn -q compile -Pbenchmark -Dbenchmark=MeasurementBenchmark
 * }</pre>
 */
public final class MeasurementBenchmark {

    private static final int REPORTS = 400;

    private MeasurementBenchmark() {}

    /** Runs the benchmark and prints its tables. */
    public static void main(String[] arguments) throws IOException {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
        Dataset table = BenchmarkTable.of(rows).dataset(1024);
        MetricCalculator<?>[] three = {
            modelQuality().label("d0").prediction("d1").regression(),
            bias("s1", "seg_B").labelAbove("d0", 0).predictionAbove("d1", 1),
            MetricCalculator.of("mean", averagingDouble(row -> row.number("d2")))
        };
        System.out.printf("%,d rows x 20 columns, from memory, median of %d%n", rows, rounds);
        double alone = 0;
        for (int threads = 1; threads <= 2; threads++) {
            int count = threads;
            double profile = seconds(
                    rounds, () -> Baseline.of(count, table).measurement().rows());
            double all = seconds(
                    rounds, () -> Baseline.of(count, table, three).measurement().rows());
            alone = threads == 1 ? all : alone;
            System.out.printf(
                    "%d thread(s): profile %.3f s, with three calculators over rows %.3f s, %.2f of one thread%n",
                    threads, profile, all, all / alone);
        }
        for (int size : new int[] {100, 10_000, rows}) {
            sizes(size, rounds);
        }
        reports(rows);
    }

    private static void sizes(int rows, int rounds) throws IOException {
        Monitor monitor = Monitor.against(
                Baseline.of(BenchmarkTable.of(Math.max(1_000, rows)).dataset(1024)));
        Measurement one = monitor.measure(BenchmarkTable.of(rows).dataset(1024));
        Measurement other = monitor.measure(BenchmarkTable.ofOther(rows, 100, 0).dataset(1024));
        byte[] bytes = bytes(one);
        System.out.printf(
                "%,9d rows: measurement %,d bytes, write %.1f ms, read %.1f ms, merge %.2f ms, judge %.1f ms%n",
                rows,
                bytes.length,
                1e3 * seconds(3 * rounds, () -> bytes(one).length),
                1e3 * seconds(3 * rounds, () -> read(bytes).rows()),
                1e3 * seconds(20 * rounds, () -> one.merge(other).rows()),
                1e3 * seconds(3 * rounds, () -> monitor.judge(other).rows()));
    }

    private static void reports(int rows) {
        Monitor monitor = Monitor.against(Baseline.of(BenchmarkTable.of(rows).dataset(1024)));
        Measurement window =
                monitor.measure(BenchmarkTable.ofOther(rows, 100, 0.3).dataset(1024));
        List<Report> kept = new ArrayList<>();
        monitor.judge(window);
        long before = used();
        for (int i = 0; i < REPORTS; i++) {
            kept.add(monitor.judge(window));
        }
        System.out.printf(
                "a report of 20 columns keeps %.1f KB, mean of %d%n",
                (used() - before) / 1024.0 / REPORTS, kept.size());
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static byte[] bytes(Measurement measurement) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            measurement.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be written to", e);
        }
    }

    private static Measurement read(byte[] bytes) {
        try {
            return Measurement.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot be read", e);
        }
    }

    private static double seconds(int rounds, LongSupplier task) {
        double[] seconds = new double[rounds];
        for (int round = -rounds / 2; round < rounds; round++) {
            long start = System.nanoTime();
            if (task.getAsLong() == 0) {
                throw new IllegalStateException("nothing was done");
            }
            if (round >= 0) {
                seconds[round] = (System.nanoTime() - start) / 1e9;
            }
        }
        Arrays.sort(seconds);
        return seconds[rounds / 2];
    }
}

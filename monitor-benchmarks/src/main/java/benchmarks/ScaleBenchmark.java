package benchmarks;

import io.modelmonitor.Measurement;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.spi.MetricCalculator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Measures what grows with rows, states and merges, in processor time of one thread, which other work on the machine does not
 * lengthen much: a row of the benchmark table, the bytes of a measurement of partitions of several sizes, and merging very many
 * of them as a cluster does, in groups of neighbours and then all. Beside it, on the clock, a thousand merged on two threads, and the
 * memory in use while states are merged. Arguments: states to merge (100,000 unless given), rows of each (1,000).
 *
 * <pre>{@code
 * mvn -q compile -Pbenchmark -Dbenchmark=ScaleBenchmark
 * }</pre>
 */
public final class ScaleBenchmark {

    private static final int NEIGHBOURS = 256;
    private static final int POOL = 64;
    private static final int COLLECTIONS = 20;

    private ScaleBenchmark() {}

    /** Runs the benchmark and prints its tables. */
    public static void main(String[] arguments) {
        int states = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int rows = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        List<MetricCalculator<?>> calculators = Measurement.of(table(10, 0)).calculators();
        for (int size : new int[] {1_000, 10_000, 100_000, 1_000_000, 1_000_000}) {
            partition(size, calculators);
        }
        List<byte[]> pool = IntStream.range(0, POOL)
                .mapToObj(seed -> bytes(Measurement.of(1, table(rows, 1_000L * seed), calculators)))
                .toList();
        for (int count : new int[] {1_000, 1_000, states}) {
            merge(count, pool, calculators);
        }
        mergeOnTwoThreads(1_000, pool, calculators);
        liveMemory(states, pool, calculators);
    }

    private static void partition(int rows, List<MetricCalculator<?>> calculators) {
        Dataset table = table(rows, 0);
        long start = processorTime();
        Measurement measurement = Measurement.of(1, table, calculators);
        long measured = processorTime();
        byte[] bytes = bytes(measurement);
        long written = processorTime();
        System.out.printf(
                "%,9d rows x 20: %6.0f ns a row, %5.1f ns a value; written in %.1f ms, %,d bytes%n",
                rows,
                (double) (measured - start) / rows,
                (double) (measured - start) / rows / 20,
                (written - measured) / 1e6,
                bytes.length);
    }

    /** Merges so many states, of which a few stand for all: groups of neighbours, written, and then the groups. */
    private static void merge(int states, List<byte[]> pool, List<MetricCalculator<?>> calculators) {
        long start = processorTime();
        List<byte[]> groups = new ArrayList<>();
        for (int first = 0; first < states; first += NEIGHBOURS) {
            groups.add(group(first, states, pool, calculators));
        }
        long grouped = processorTime();
        Measurement all = Measurement.merged(() -> read(0, groups.size(), groups, calculators));
        long merged = processorTime();
        System.out.printf(
                "%,d states merged: %.2f s (%.2f ms each) in groups, of %,d bytes at most, %.2f s for all groups;"
                        + " %,d rows, %,d bytes%n",
                states,
                (grouped - start) / 1e9,
                (grouped - start) / 1e6 / states,
                groups.stream().mapToInt(bytes -> bytes.length).max().orElse(0),
                (merged - grouped) / 1e9,
                all.rows(),
                bytes(all).length);
    }

    /** Returns the bytes of the group that begins with a state. */
    private static byte[] group(int first, int states, List<byte[]> pool, List<MetricCalculator<?>> calculators) {
        int to = Math.min(states, first + NEIGHBOURS);
        return bytes(Measurement.merged(() -> read(first, to, pool, calculators)));
    }

    /**
     * Merges as {@link #merge} does, on one thread and groups on two, and prints the times on the clock.
     *
     * @throws IllegalStateException if the bytes differ
     */
    private static void mergeOnTwoThreads(int states, List<byte[]> pool, List<MetricCalculator<?>> calculators) {
        double[] seconds = new double[3];
        byte[][] merged = new byte[seconds.length][];
        for (int threads = 1; threads < seconds.length; threads++) {
            long start = System.nanoTime();
            List<byte[]> groups = groups(threads, states, pool, calculators);
            merged[threads] = bytes(Measurement.merged(() -> read(0, groups.size(), groups, calculators)));
            seconds[threads] = (System.nanoTime() - start) / 1e9;
        }
        if (!Arrays.equals(merged[1], merged[2])) {
            throw new IllegalStateException("the bytes differ with the number of threads");
        }
        System.out.printf(
                "%,d states merged on the clock: %.2f s on one thread, %.2f s on two, to the same bytes%n",
                states, seconds[1], seconds[2]);
    }

    private static List<byte[]> groups(
            int threads, int states, List<byte[]> pool, List<MetricCalculator<?>> calculators) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Future<byte[]>> pending = new ArrayList<>();
        for (int first = 0; first < states; first += NEIGHBOURS) {
            int of = first;
            pending.add(executor.submit(() -> group(of, states, pool, calculators)));
        }
        List<byte[]> groups = pending.stream().map(ScaleBenchmark::await).toList();
        executor.shutdown();
        return groups;
    }

    private static byte[] await(Future<byte[]> group) {
        try {
            return group.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a group was not merged", e);
        }
    }

    /** Merges one state after the other, and prints the most memory that is in use behind a collection, beside that before. */
    private static void liveMemory(int states, List<byte[]> pool, List<MetricCalculator<?>> calculators) {
        long before = memoryInUse();
        long[] most = {0};
        Measurement all = Measurement.merged(() -> IntStream.range(0, states)
                .mapToObj(i -> {
                    if (i % Math.max(1, states / COLLECTIONS) == 0) {
                        most[0] = Math.max(most[0], memoryInUse());
                    }
                    return read(pool.get(i % pool.size()), calculators);
                })
                .iterator());
        System.out.printf(
                "%,d states merged one after the other: %.1f MB in use at most, %.1f MB for the %,d bytes that came of it%n",
                states, (most[0] - before) / 1e6, (memoryInUse() - before) / 1e6, bytes(all).length);
    }

    private static long memoryInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static Iterator<Measurement> read(
            int from, int to, List<byte[]> pool, List<MetricCalculator<?>> calculators) {
        return IntStream.range(from, to)
                .mapToObj(i -> read(pool.get(i % pool.size()), calculators))
                .iterator();
    }

    private static Measurement read(byte[] bytes, List<MetricCalculator<?>> calculators) {
        try {
            return Measurement.readTrusted(new ByteArrayInputStream(bytes), calculators);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be read", e);
        }
    }

    private static byte[] bytes(Measurement measurement) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            measurement.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    private static Dataset table(int rows, long seedShift) {
        return BenchmarkTable.ofOther(rows, seedShift, 0).dataset(1024);
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}

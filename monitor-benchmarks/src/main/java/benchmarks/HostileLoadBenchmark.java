package benchmarks;

import io.modelmonitor.Baseline;
import io.modelmonitor.DataCapture;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.capture.CaptureStats;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.sink.Sinks;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures what a client does to a capture who may send any body: ordinary requests of 20 numbers at a steady rate, into files and a
 * live monitor, alone and beside bodies of up to 1 MiB, some of random bytes and some of kinds that were built to do harm. Told of
 * both: ordinary records that were refused or are in no file, processor time of the worker for each ordinary record, growth of the
 * heap from before to after the load, each after a collection, and windows reported of those that passed. Arguments: seconds of a run
 * (20), ordinary requests a second (10,000), random bodies a second (1,000), built ones (200), seconds of a window (5).
 *
 * <pre>{@code
 * mvn -q compile -Pbenchmark -Dbenchmark=HostileLoadBenchmark -Dexec.args="60"
 * }</pre>
 */
public final class HostileLoadBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WIDTH = 20;
    private static final int TICKS = 200;
    private static final List<String> NAMES =
            IntStream.range(0, WIDTH).mapToObj(i -> "x" + i).toList();

    private final int seconds;
    private final int window;
    private final Monitor monitor;

    private HostileLoadBenchmark(int seconds, int window, Monitor monitor) {
        this.seconds = seconds;
        this.window = window;
        this.monitor = monitor;
    }

    private record Result(
            long asked,
            long refused,
            long missing,
            double microsEach,
            long heapGrowth,
            int windows,
            int whole,
            CaptureStats stats) {}

    /** Runs the benchmark and prints its table. */
    public static void main(String[] args) throws Exception {
        int seconds = argument(args, 0, 20);
        int ordinary = argument(args, 1, 10_000);
        int random = argument(args, 2, 1_000);
        int built = argument(args, 3, 200);
        int window = argument(args, 4, 5);
        HostileLoadBenchmark benchmark =
                new HostileLoadBenchmark(seconds, window, Monitor.against(Baseline.of(dataset())));
        new HostileLoadBenchmark(Math.max(2, seconds / 5), window, benchmark.monitor).run(ordinary, random, built);
        Result without = benchmark.run(ordinary, 0, 0);
        Result with = benchmark.run(ordinary, random, built);
        System.out.printf(
                "%,d ordinary requests a second for %d s; hostile: %,d random and %,d built bodies a second%n",
                ordinary, seconds, random, built);
        System.out.printf("%-46s %14s %14s%n", "", "ordinary alone", "with hostile");
        line("ordinary requests made", without.asked, with.asked);
        line("of these refused", without.refused, with.refused);
        line("of those not refused, in no file", without.missing, with.missing);
        System.out.printf(
                "%-46s %14.1f %14.1f%n",
                "worker, us of processor per ordinary record", without.microsEach, with.microsEach);
        System.out.printf(
                "%-46s %14.1f %14.1f%n", "growth of the heap, MB", without.heapGrowth / 1e6, with.heapGrowth / 1e6);
        line("windows reported", without.windows, with.windows);
        line("windows that passed", without.whole, with.whole);
        line("records written", without.stats.written(), with.stats.written());
        line("failed", without.stats.failed(), with.stats.failed());
        line("dropped", without.stats.dropped(), with.stats.dropped());
        line("MB written", without.stats.bytes() >> 20, with.stats.bytes() >> 20);
    }

    private static int argument(String[] args, int index, int otherwise) {
        return args.length > index ? Integer.parseInt(args[index]) : otherwise;
    }

    private static void line(String what, long without, long with) {
        System.out.printf("%-46s %,14d %,14d%n", what, without, with);
    }

    private static double[] row(SplittableRandom random) {
        return DoubleStream.generate(random::nextDouble).limit(WIDTH).toArray();
    }

    private static io.modelmonitor.api.Dataset dataset() {
        SplittableRandom random = new SplittableRandom(1);
        List<String> names = new ArrayList<>(List.of("score"));
        names.addAll(NAMES);
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            rows.add(DoubleStream.concat(DoubleStream.of(random.nextDouble()), DoubleStream.of(row(random)))
                    .toArray());
        }
        return Datasets.of(Schema.ofNames(names), rows);
    }

    private Result run(int ordinary, int random, int built) throws Exception {
        // Reports are counted and not kept: what a service keeps of them is its own affair.
        AtomicInteger reports = new AtomicInteger();
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            long heapBefore;
            long heapAfter;
            long processor;
            double elapsed;
            CaptureStats stats;
            Ordinary load;
            try (DataCapture capture = DataCapture.of("hostile")
                    .inputs(Schema.ofNames(NAMES))
                    .outputs(Schema.ofNames("score"))
                    .sink(Sinks.all(
                            Sinks.files(folder.path()).diskLimit(0.99, 0.98),
                            monitor.reportingTo(report -> reports.incrementAndGet())
                                    .every(Duration.ofSeconds(window))))
                    .start()) {
                heapBefore = heap();
                long worker = worker();
                long processorBefore = THREADS.getThreadCpuTime(worker);
                long start = System.nanoTime();
                load = new Ordinary(capture, start, ordinary, seconds);
                Thread hostile = new Thread(() -> hostile(capture, start, random, built), "hostile");
                hostile.start();
                load.run();
                hostile.join();
                capture.flush(Duration.ofMinutes(1));
                elapsed = (System.nanoTime() - start) / 1e9;
                processor = THREADS.getThreadCpuTime(worker) - processorBefore;
                heapAfter = heap();
                stats = capture.stats();
            }
            long missing = load.missing(CaptureFiles.in(folder.path()));
            return new Result(
                    load.asked,
                    load.refused,
                    missing,
                    processor / 1e3 / (load.asked - load.refused),
                    heapAfter - heapBefore,
                    reports.get(),
                    (int) Math.floor(elapsed / window),
                    stats);
        }
    }

    /** Returns the bytes in use after a collection. */
    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long worker() {
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().equals("capture-hostile")) {
                return thread.getThreadId();
            }
        }
        throw new IllegalStateException("the capture has no worker");
    }

    private static void awaitTick(long start, long tick) {
        long due = start + tick * (TimeUnit.SECONDS.toNanos(1) / TICKS);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void hostile(DataCapture capture, long start, int random, int built) {
        HostileBodies bodies = new HostileBodies(7);
        for (long tick = 0; tick < (long) TICKS * seconds; tick++) {
            awaitTick(start, tick);
            for (long i = tick * random / TICKS; i < (tick + 1) * random / TICKS; i++) {
                capture.record(null, bodies.random(), 0.5);
            }
            for (long i = tick * built / TICKS; i < (tick + 1) * built / TICKS; i++) {
                capture.record(null, bodies.built(), 0.5);
            }
        }
    }

    /** The ordinary requests of a run. */
    private static final class Ordinary {

        private final DataCapture capture;
        private final long start;
        private final int rate;
        private final int seconds;
        private final BitSet accepted = new BitSet();
        private long asked;
        private long refused;

        private Ordinary(DataCapture capture, long start, int rate, int seconds) {
            this.capture = capture;
            this.start = start;
            this.rate = rate;
            this.seconds = seconds;
        }

        private void run() {
            SplittableRandom random = new SplittableRandom(2);
            for (long tick = 0; tick < (long) TICKS * seconds; tick++) {
                awaitTick(start, tick);
                for (long i = tick * rate / TICKS; i < (tick + 1) * rate / TICKS; i++) {
                    if (capture.record("o" + i, row(random), random.nextDouble()) == null) {
                        refused++;
                    } else {
                        accepted.set((int) i);
                    }
                    asked++;
                }
            }
        }

        private long missing(CaptureFiles files) {
            BitSet missing = (BitSet) accepted.clone();
            try (Stream<CaptureRecord> records = files.records()) {
                records.forEach(record -> {
                    String id = record.inferenceId();
                    if (id != null) {
                        missing.clear(Integer.parseInt(id.substring(1)));
                    }
                });
            }
            return missing.cardinality();
        }
    }
}

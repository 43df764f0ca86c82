package examples.bench;

import com.sun.management.ThreadMXBean;
import io.modelmonitor.DataCapture;
import io.modelmonitor.capture.Overflow;
import io.modelmonitor.capture.Sampler;
import io.modelmonitor.capture.file.CaptureFiles;
import io.modelmonitor.sink.Sinks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * What capturing costs: on the calling thread, in the file sink, and in reading. Prints a table; the time of a call is the
 * processor time of the calling thread, the median of several rounds.
 */
public final class CaptureBenchmark {

    private static final int ROUNDS = 15;
    private static final int BURST = 200_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static volatile Object kept = "";

    private CaptureBenchmark() {}

    private interface Call {
        void run(int i);
    }

    /** Runs all of it; {@code args} may name one part: {@code calls}, {@code files}. */
    public static void main(String[] args) throws Exception {
        System.out.println(
                "Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        if (args.length == 0 || args[0].equals("calls")) {
            calls();
        }
        if (args.length == 0 || args[0].equals("files")) {
            files("short decimals", shortDecimals(1024));
            files("all digits   ", allDigits(1024));
        }
    }

    private static void calls() throws Exception {
        double[][] rows = shortDecimals(64);
        System.out.printf("%-44s %8s %8s %8s%n", "on the calling thread", "ns", "best", "bytes");
        measure("UUID.randomUUID (yardstick)", 1, i -> kept = UUID.randomUUID(), () -> {});
        ArrayBlockingQueue<double[]> queue = new ArrayBlockingQueue<>(1 << 18);
        measure("copy of 20 and ArrayBlockingQueue.offer", 1, i -> queue.offer(rows[i & 63].clone()), queue::clear);
        measure("System.currentTimeMillis (yardstick)", 1, i -> sum += System.currentTimeMillis(), () -> {});
        try (DataCapture capture = capture(0)) {
            measure("sampled out, fraction", 1, i -> capture.record(rows[i & 63], 0.5), () -> {});
            capture.sample(0.000_000_001);
            measure("sampled out, fraction 1e-9", 1, i -> capture.record(rows[i & 63], 0.5), () -> {});
            capture.sample(Sampler.byInferenceId(0));
            measure("sampled out, by inference id", 1, i -> capture.record("id-4711", rows[i & 63], 0.5), () -> {});
            capture.pause();
            measure("paused", 1, i -> capture.record(rows[i & 63], 0.5), () -> {});
        }
        for (int callers : new int[] {1, 2, 4, 8}) {
            try (DataCapture capture = capture(1)) {
                measure(
                        "recorded, 20 doubles, " + callers + " callers",
                        callers,
                        i -> capture.record(rows[i & 63], 0.5),
                        () -> capture.flush(Duration.ofMinutes(1)));
                if (capture.stats().dropped() > 0) {
                    System.out.println("  dropped " + capture.stats().dropped());
                }
            }
        }
    }

    private static long sum;

    private static DataCapture capture(double fraction) {
        return DataCapture.of("bench")
                .sampling(fraction)
                .holding(1 << 22, Overflow.DROP_NEWEST)
                .into(batch -> {})
                .start();
    }

    private static void measure(String what, int callers, Call call, Runnable between) throws Exception {
        double[] nanos = new double[ROUNDS];
        double[] bytes = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            AtomicLong cpu = new AtomicLong();
            AtomicLong allocated = new AtomicLong();
            CountDownLatch start = new CountDownLatch(1);
            Thread[] threads = new Thread[callers];
            for (int t = 0; t < callers; t++) {
                threads[t] = new Thread(() -> {
                    awaitQuietly(start);
                    long id = Thread.currentThread().getId();
                    long bytesBefore = THREADS.getThreadAllocatedBytes(id);
                    long before = THREADS.getCurrentThreadCpuTime();
                    for (int i = 0; i < BURST; i++) {
                        call.run(i);
                    }
                    cpu.addAndGet(THREADS.getCurrentThreadCpuTime() - before);
                    allocated.addAndGet(THREADS.getThreadAllocatedBytes(id) - bytesBefore);
                });
                threads[t].start();
            }
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
            between.run();
            nanos[round] = cpu.get() / (double) (callers * BURST);
            bytes[round] = allocated.get() / (double) (callers * BURST);
        }
        double median = median(nanos);
        System.out.printf("%-44s %8.1f %8.1f %8.0f%n", what, median, nanos[0], median(bytes));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void files(String what, double[][] rows) throws IOException {
        Path folder = Files.createTempDirectory("captures");
        try {
            for (int round = 0; round < 4; round++) {
                Path captures = folder.resolve("round" + round);
                int count = 1_000_000;
                long start = System.nanoTime();
                long bytes;
                double cpu;
                try (DataCapture capture = DataCapture.of("bench")
                        .holding(1 << 16, Overflow.DROP_NEWEST)
                        .into(Sinks.files(captures))
                        .start()) {
                    for (int i = 0; i < count; i++) {
                        while (capture.record(rows[i & 1023], 0.5) == null) {
                            LockSupport.parkNanos(100_000);
                        }
                    }
                    capture.flush(Duration.ofMinutes(1));
                    bytes = capture.stats().bytes();
                    cpu = cpuOf("capture-bench") / 1e9;
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "file sink, %s: %,10.0f records/s of the clock, %,10.0f of the worker's processor time (%d MB)%n",
                        what, count / seconds, count / cpu, bytes >> 20);
                start = System.nanoTime();
                long cpuBefore = THREADS.getCurrentThreadCpuTime();
                long read;
                try (Stream<?> records = CaptureFiles.in(captures).records()) {
                    read = records.count();
                }
                seconds = (System.nanoTime() - start) / 1e9;
                cpu = (THREADS.getCurrentThreadCpuTime() - cpuBefore) / 1e9;
                System.out.printf(
                        "records read, %s: %,10.0f records/s of the clock, %,10.0f of processor time%n",
                        what, read / seconds, read / cpu);
                delete(captures);
            }
        } finally {
            delete(folder);
        }
    }

    private static long cpuOf(String name) {
        long cpu = 0;
        for (long id : THREADS.getAllThreadIds()) {
            ThreadInfo thread = THREADS.getThreadInfo(id);
            if (thread != null && thread.getThreadName().equals(name)) {
                cpu += THREADS.getThreadCpuTime(id);
            }
        }
        return cpu;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(folder)) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }

    private static double[][] shortDecimals(int rows) {
        SplittableRandom random = new SplittableRandom(1);
        double[][] values = new double[rows][20];
        for (double[] row : values) {
            for (int i = 0; i < row.length; i++) {
                row[i] = i % 4 == 0 ? random.nextInt(100) : Math.rint(random.nextDouble() * 1e5) / 1e3;
            }
        }
        return values;
    }

    private static double[][] allDigits(int rows) {
        SplittableRandom random = new SplittableRandom(2);
        double[][] values = new double[rows][20];
        for (double[] row : values) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextDouble() * 10;
            }
        }
        return values;
    }
}

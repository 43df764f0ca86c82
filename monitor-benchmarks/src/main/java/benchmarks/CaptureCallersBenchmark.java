package benchmarks;

import io.modelmonitor.DataCapture;
import io.modelmonitor.capture.Overflow;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the cost of recording 20 numbers for each of one to eight callers. They come in bursts of a thousand calls with pauses between
 * them, as JMH's callers, who spin until the last one is done, would take the processors from the worker and from each other.
 * Printed are the processor time and the time by the clock of a call; one without the other is that of a machine with other
 * things to do. The first line has what is compiled meanwhile in it. Arguments: rounds (3 unless given).
 *
 * <pre>{@code
 * mvn -q compile -Pbenchmark -Dbenchmark=CaptureCallersBenchmark
 * }</pre>
 */
public final class CaptureCallersBenchmark {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int BURST = 1_000;
    private static final int BURSTS = 400;
    private static final int NOT_COUNTED = 100;

    /** Time for the worker to make text of a caller's burst. */
    private static final long PAUSE = 4_000_000;

    private CaptureCallersBenchmark() {}

    /** Runs the benchmark and prints a line for each number of callers. */
    public static void main(String[] arguments) throws InterruptedException {
        int rounds = arguments.length == 0 ? 3 : Integer.parseInt(arguments[0]);
        System.out.printf("%8s %22s %22s%n", "callers", "ns of processor, call", "ns by the clock, call");
        for (int round = 0; round < rounds; round++) {
            for (int callers = 1; callers <= 8; callers *= 2) {
                measure(callers);
            }
        }
    }

    private static void measure(int callers) throws InterruptedException {
        AtomicLong processor = new AtomicLong();
        AtomicLong clock = new AtomicLong();
        try (DataCapture capture = DataCapture.of("bench")
                .queueCapacity(1 << 15, Overflow.DROP_NEWEST)
                .sink(batch -> {})
                .start()) {
            Thread[] threads = new Thread[callers];
            for (int i = 0; i < callers; i++) {
                double[][] rows = rows(i);
                threads[i] = new Thread(() -> call(capture, rows, PAUSE * (callers + 1), processor, clock));
                threads[i].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            if (capture.stats().dropped() > 0) {
                throw new IllegalStateException(capture.stats() + ": records were dropped, not recorded");
            }
        }
        double calls = (double) callers * BURST * (BURSTS - NOT_COUNTED);
        System.out.printf(Locale.ROOT, "%8d %22.0f %22.0f%n", callers, processor.get() / calls, clock.get() / calls);
    }

    private static void call(DataCapture capture, double[][] rows, long pause, AtomicLong processor, AtomicLong clock) {
        for (int burst = 0; burst < BURSTS; burst++) {
            long start = System.nanoTime();
            long processorBefore = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < BURST; i++) {
                capture.record(rows[i], 0.5);
            }
            if (burst >= NOT_COUNTED) {
                processor.addAndGet(THREADS.getCurrentThreadCpuTime() - processorBefore);
                clock.addAndGet(System.nanoTime() - start);
            }
            LockSupport.parkNanos(pause);
        }
    }

    private static double[][] rows(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[BURST][];
        for (int i = 0; i < BURST; i++) {
            rows[i] = random.doubles(20).toArray();
        }
        return rows;
    }
}

package benchmarks;

import io.modelmonitor.DataCapture;
import io.modelmonitor.capture.Sampler;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Measures the cost of capture on the serving thread, beside that of other libraries (JMH).
 *
 * <p>Calls that let a request pass are measured for some seconds. Calls that record one come in bursts of a thousand, which
 * fit the queue, because no worker keeps pace with a loop that does nothing else; between bursts the queue is drained. Their
 * score is microseconds for a thousand calls, so nanoseconds for one. {@code callers.alloc} is the memory that the calling
 * thread allocates. {@link CaptureCallersBenchmark} has several callers.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CaptureBenchmark {

    private static final int BURST = 1000;
    private static final int ROWS = 64;

    /** Rows to be recorded. */
    @State(Scope.Thread)
    public static class Caller {

        private final double[][] rows = new double[ROWS][20];
        private int next;

        /** Draws the rows. */
        public Caller() {
            SplittableRandom random = new SplittableRandom(1);
            for (double[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = i % 4 == 0 ? random.nextInt(100) : Math.rint(random.nextDouble() * 1e5) / 1e3;
                }
            }
        }

        private double[] row() {
            return rows[next++ & (ROWS - 1)];
        }
    }

    /** A capture that lets requests pass, for one reason or another. */
    @State(Scope.Benchmark)
    public static class Passing {

        private final DataCapture none = capture(Sampler.fraction(0));
        private final DataCapture almostNone = capture(Sampler.fraction(1e-9));
        private final DataCapture byId = capture(Sampler.byInferenceId(0));
        private final DataCapture paused = capture(Sampler.fraction(1));

        /** Pauses one of the captures. */
        public Passing() {
            paused.pause();
        }

        /** Ends them. */
        @TearDown
        public void close() {
            none.close();
            almostNone.close();
            byId.close();
            paused.close();
        }
    }

    /** A capture that records everything. */
    @State(Scope.Benchmark)
    public static class Recording {

        private final DataCapture all = capture(Sampler.fraction(1));

        /** Drains its queue. */
        @TearDown(Level.Iteration)
        public void drain() {
            all.flush(Duration.ofMinutes(1));
        }

        /** Ends it; a burst that did not fit has not been measured rightly. */
        @TearDown
        public void close() {
            all.close();
            if (all.stats().dropped() > 0) {
                throw new IllegalStateException(all.stats() + ": records were dropped, not recorded");
            }
        }
    }

    private static DataCapture capture(Sampler sampler) {
        return DataCapture.of("bench").sampling(sampler).sink(batch -> {}).start();
    }

    /** The cost of other libraries. */
    @State(Scope.Benchmark)
    public static class Yardsticks {

        private volatile boolean on;
        private final LongAdder adder = new LongAdder();
        private final ArrayBlockingQueue<double[]> queue = new ArrayBlockingQueue<>(1 << 14);

        /** Empties the queue. */
        @Setup(Level.Iteration)
        public void clear() {
            queue.clear();
        }
    }

    /** The least that a switch costs. */
    @Benchmark
    public boolean yardstickVolatileRead(Yardsticks yardsticks) {
        return yardsticks.on;
    }

    /** The least that counting costs which any thread may do. */
    @Benchmark
    public void yardstickLongAdder(Yardsticks yardsticks) {
        yardsticks.adder.increment();
    }

    /** The clock. */
    @Benchmark
    public long yardstickClock() {
        return System.currentTimeMillis();
    }

    /** An identifier from the JDK. */
    @Benchmark
    public UUID yardstickRandomUuid() {
        return UUID.randomUUID();
    }

    /** A copy of a row handed to a queue of the JDK. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    @Warmup(iterations = 500, batchSize = BURST)
    @Measurement(iterations = 500, batchSize = BURST)
    public boolean yardstickCopyAndOffer(Yardsticks yardsticks, Caller caller) {
        return yardsticks.queue.offer(caller.row().clone());
    }

    /** A request that chance lets pass. */
    @Benchmark
    public @Nullable Object sampledOut(Passing passing, Caller caller) {
        return passing.none.record(caller.row(), 0.5);
    }

    /** Runs all of it, or what a pattern of JMH names. */
    public static void main(String[] args) throws Exception {
        Jmh.run(CaptureBenchmark.class, args.length == 0 ? ".*" : args[0]);
    }
}

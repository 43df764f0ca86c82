package benchmarks;

import com.sun.management.ThreadMXBean;
import io.modelmonitor.DataCapture;
import io.modelmonitor.capture.CaptureStats;
import io.modelmonitor.capture.Overflow;
import io.modelmonitor.sink.FileSink;
import io.modelmonitor.sink.Sinks;
import io.modelmonitor.spi.CaptureSink;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Measures {@code record} at a steady rate into files, in percentiles; beside it, the same loop with as much allocated and no
 * capture, which is what the machine itself does to it, and the same with a disk that stands still for two seconds. The three
 * take turns. Arguments: records a second (100000), seconds of a round (5), rounds of each (4).
 *
 * <p>Three times are told of each call. The load is open, so the first counts from when the call was due: it holds whatever
 * stopped this thread before or during the call. The second is that of the call alone by the clock, the third the processor
 * time of the call: what is in the second and not in the third is waiting, for the scheduler or for a collector.
 *
 * <p>At this rate, a collector that stops the world for a millisecond in ten seconds is all of the last ten thousandth. To see
 * the capture and not the collector, give it a young generation that outlasts a round, and touch it first:
 *
 * <pre>{@code
 * java -XX:+UseParallelGC -Xms3g -Xmx3g -Xmn2500m -XX:+AlwaysPreTouch ...
 * }</pre>
 */
public final class CaptureLoadTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);
    private static final int WARM_UP_SECONDS = 5;

    private final String name;
    private final Call call;
    private final Histogram sinceDue = new Histogram(LONGEST, 3);
    private final Histogram byClock = new Histogram(LONGEST, 3);
    private final Histogram byProcessor = new Histogram(LONGEST, 3);
    private long collections;
    private long collectionMillis;

    private CaptureLoadTest(String name, Call call) {
        this.name = name;
        this.call = call;
    }

    private interface Call {
        void run();
    }

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        int rate = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 4;
        double[] row = new double[20];
        for (int i = 0; i < row.length; i++) {
            row[i] = i + 0.25;
        }
        TemporaryFolder folder = TemporaryFolder.create();
        FileSink files = Sinks.files(folder.path());
        AtomicBoolean stall = new AtomicBoolean();
        CaptureSink sink = batch -> {
            if (stall.getAndSet(false)) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            }
            files.write(batch);
        };
        try (folder;
                files;
                DataCapture capture = DataCapture.of("load")
                        .queueCapacity(16_384, Overflow.DROP_NEWEST)
                        .sink(sink)
                        .start()) {
            Object[] kept = new Object[2];
            long allocated = allocated(() -> capture.record(row, 0.5)) - allocated(() -> kept[0] = row.clone());
            CaptureLoadTest yardstick = new CaptureLoadTest("no capture, as much allocated", () -> {
                kept[0] = row.clone();
                kept[1] = new byte[(int) Math.max(0, allocated - 16)];
            });
            CaptureLoadTest normal = new CaptureLoadTest("files", () -> capture.record(row, 0.5));
            CaptureLoadTest stalled =
                    new CaptureLoadTest("files, disk stalled for 2 s", () -> capture.record(row, 0.5));
            for (CaptureLoadTest warmUp : List.of(yardstick, normal)) {
                warmUp.run(rate, WARM_UP_SECONDS);
                warmUp.reset();
            }
            CaptureStats before = capture.stats();
            long droppedByStalls = 0;
            for (int round = 0; round < rounds; round++) {
                yardstick.run(rate, seconds);
                normal.run(rate, seconds);
                long droppedBefore = capture.stats().dropped();
                stall.set(true);
                stalled.run(rate, seconds);
                capture.flush(Duration.ofMinutes(1));
                droppedByStalls += capture.stats().dropped() - droppedBefore;
            }
            System.out.printf("%,d records/s of 20 numbers, %d rounds of %d s; microseconds%n", rate, rounds, seconds);
            System.out.printf(
                    "%-30s %37s | %17s | %17s | %s%n", "", "from when it was due", "by the clock", "of processor", "");
            System.out.printf(
                    "%-30s %6s %6s %7s %8s %8s | %8s %8s | %8s %8s | %s%n",
                    "", "p50", "p99", "p99.9", "p99.99", "max", "p99.99", "max", "p99.99", "max", "collections");
            List.of(yardstick, normal, stalled).forEach(CaptureLoadTest::print);
            CaptureStats after = capture.stats();
            System.out.printf(
                    "accepted %,d, written %,d, dropped %,d, of which while stalled %,d%n",
                    after.accepted() - before.accepted(),
                    after.written() - before.written(),
                    after.dropped() - before.dropped(),
                    droppedByStalls);
        }
    }

    /** Returns the bytes that a call allocates on this thread. */
    private static long allocated(Call call) {
        int calls = 1000;
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < calls; i++) {
            call.run();
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / calls;
    }

    private void run(int rate, int seconds) {
        collections -= collections(GarbageCollectorMXBean::getCollectionCount);
        collectionMillis -= collections(GarbageCollectorMXBean::getCollectionTime);
        long start = System.nanoTime();
        long count = (long) rate * seconds;
        for (long i = 0; i < count; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
            while (System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            long processorBefore = THREADS.getCurrentThreadCpuTime();
            long before = System.nanoTime();
            call.run();
            long after = System.nanoTime();
            byProcessor.recordValue(Math.max(0, THREADS.getCurrentThreadCpuTime() - processorBefore));
            sinceDue.recordValue(Math.max(0, after - due));
            byClock.recordValue(after - before);
        }
        collections += collections(GarbageCollectorMXBean::getCollectionCount);
        collectionMillis += collections(GarbageCollectorMXBean::getCollectionTime);
    }

    private static long collections(java.util.function.ToLongFunction<GarbageCollectorMXBean> what) {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(what)
                .sum();
    }

    private void reset() {
        sinceDue.reset();
        byClock.reset();
        byProcessor.reset();
        collections = 0;
        collectionMillis = 0;
    }

    private void print() {
        System.out.printf(
                "%-30s %6.1f %6.1f %7.1f %8.1f %8.0f | %8.1f %8.0f | %8.1f %8.0f | %d (%d ms)%n",
                name,
                micros(sinceDue, 50),
                micros(sinceDue, 99),
                micros(sinceDue, 99.9),
                micros(sinceDue, 99.99),
                micros(sinceDue, 100),
                micros(byClock, 99.99),
                micros(byClock, 100),
                micros(byProcessor, 99.99),
                micros(byProcessor, 100),
                collections,
                collectionMillis);
    }

    private static double micros(Histogram times, double percentile) {
        return times.getValueAtPercentile(percentile) / 1e3;
    }
}

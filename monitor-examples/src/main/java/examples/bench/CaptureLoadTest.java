package examples.bench;

import io.modelmonitor.DataCapture;
import io.modelmonitor.capture.Overflow;
import io.modelmonitor.sink.FileSink;
import io.modelmonitor.sink.Sinks;
import io.modelmonitor.spi.CaptureSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * What {@code record} costs at a steady rate into files, in percentiles; beside it, the same loop without a capture, which is
 * what the machine itself does to it, and the same with a disk that stands still for two seconds. The load is open: a call's
 * time counts from when it was due. Arguments: records a second (100000), seconds (10).
 */
public final class CaptureLoadTest {

    private CaptureLoadTest() {}

    private interface Call {
        void run();
    }

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        int rate = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        double[] row = new double[20];
        for (int i = 0; i < row.length; i++) {
            row[i] = i + 0.25;
        }
        System.out.printf("%,d records/s of 20 numbers for %d s; microseconds%n", rate, seconds);
        System.out.printf(
                "%-34s %8s %8s %8s %8s %8s | %8s %8s%n", "", "p50", "p99", "p99.9", "p99.99", "max", "own", "own");
        System.out.printf("%-34s %44s | %8s %8s%n", "", "from when it was due", "p99.99", "max");
        double[][] kept = new double[1][];
        run("no capture, a copy (yardstick)", rate, seconds, () -> kept[0] = row.clone());
        for (boolean stalls : new boolean[] {false, true}) {
            Path folder = Files.createTempDirectory("captures");
            FileSink files = Sinks.files(folder);
            AtomicBoolean stall = new AtomicBoolean();
            CaptureSink sink = batch -> {
                if (stall.getAndSet(false)) {
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
                }
                files.write(batch);
            };
            try (files;
                    DataCapture capture = DataCapture.of("load")
                            .holding(16_384, Overflow.DROP_NEWEST)
                            .into(sink)
                            .start()) {
                run("", rate, 3, () -> capture.record(row, 0.5));
                stall.set(stalls);
                String what = stalls ? "files, disk stalled for 2 s" : "files";
                run(what, rate, seconds, () -> capture.record(row, 0.5));
                capture.flush(Duration.ofMinutes(1));
                System.out.println("  " + capture.stats());
            }
        }
    }

    private static void run(String what, int rate, int seconds, Call call) {
        Histogram sinceDue = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        Histogram own = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        long start = System.nanoTime();
        long count = (long) rate * seconds;
        for (long i = 0; i < count; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
            long before = System.nanoTime();
            while (before < due) {
                Thread.onSpinWait();
                before = System.nanoTime();
            }
            call.run();
            long after = System.nanoTime();
            sinceDue.recordValue(Math.max(0, after - due));
            own.recordValue(after - before);
        }
        if (!what.isEmpty()) {
            System.out.printf(
                    "%-34s %8.1f %8.1f %8.1f %8.1f %8.0f | %8.1f %8.0f%n",
                    what,
                    sinceDue.getValueAtPercentile(50) / 1e3,
                    sinceDue.getValueAtPercentile(99) / 1e3,
                    sinceDue.getValueAtPercentile(99.9) / 1e3,
                    sinceDue.getValueAtPercentile(99.99) / 1e3,
                    sinceDue.getMaxValue() / 1e3,
                    own.getValueAtPercentile(99.99) / 1e3,
                    own.getMaxValue() / 1e3);
        }
    }
}

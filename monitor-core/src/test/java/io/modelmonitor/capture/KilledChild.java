package io.modelmonitor.capture;

import io.modelmonitor.DataCapture;
import io.modelmonitor.sink.FileSink;
import io.modelmonitor.sink.Sinks;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/** Records on four threads until it is killed, and says on its output what has been acknowledged. */
final class KilledChild {

    static final int THREADS = 4;
    static final CaptureKey KEY = CaptureKey.of("a secret for files of tests only".getBytes(StandardCharsets.US_ASCII));

    private KilledChild() {}

    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        String run = args[1];
        FileSink files = sink(Sinks.files(folder), args[2]).rollover(1 << 20, Duration.ofMinutes(1));
        DataCapture capture = DataCapture.of("killed")
                .queueCapacity(2048, Overflow.DROP_NEWEST)
                .sink(files)
                .start();
        AtomicLongArray recorded = new AtomicLongArray(THREADS);
        double[] row = {1, 2.5, 3.25, 4, 5, 6, 7, 8, 9, 10};
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            new Thread(() -> {
                        while (true) {
                            String id = run + "-" + thread + "-" + recorded.get(thread);
                            if (capture.record(id, row, 0.5) == null) {
                                LockSupport.parkNanos(50_000);
                            } else {
                                recorded.incrementAndGet(thread);
                            }
                        }
                    })
                    .start();
        }
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        while (!out.checkError()) {
            StringBuilder acknowledged = new StringBuilder();
            long least = Long.MAX_VALUE;
            for (int t = 0; t < THREADS; t++) {
                least = Math.min(least, recorded.get(t));
                acknowledged.append(recorded.get(t)).append(' ');
            }
            if (least > 0 && capture.flush(Duration.ofSeconds(30))) {
                out.println(acknowledged.append("all"));
            }
        }
        Runtime.getRuntime().halt(1); // nobody reads any more: the test has ended without killing this process
    }

    private static FileSink sink(FileSink files, String kind) {
        return switch (kind) {
            case "compressed" -> files.compressed();
            case "encrypted" -> files.encrypted(KEY);
            default -> files;
        };
    }
}

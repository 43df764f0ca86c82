package io.modelmonitor.capture;

import io.modelmonitor.DataCapture;
import io.modelmonitor.sink.Sinks;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Records for a target that is away until it is killed, and says on its output what has been acknowledged. */
final class SpillingChild {

    private SpillingChild() {}

    public static void main(String[] args) {
        String run = args[1];
        DataCapture capture = DataCapture.of("killed")
                .queueCapacity(2048, Overflow.DROP_NEWEST)
                .sink(Sinks.retrying(batch -> {
                            throw new IOException("away");
                        })
                        .backlog(Path.of(args[0]), 1L << 30))
                .start();
        AtomicLong recorded = new AtomicLong();
        double[] row = {1, 2.5, 3.25, 4, 5, 6, 7, 8, 9, 10};
        new Thread(() -> {
                    while (true) {
                        if (capture.record(run + "-" + recorded.get(), row, 0.5) == null) {
                            LockSupport.parkNanos(50_000);
                        } else {
                            recorded.incrementAndGet();
                        }
                    }
                })
                .start();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        while (!out.checkError()) {
            long before = recorded.get();
            if (before > 0 && capture.flush(Duration.ofSeconds(30))) {
                out.println(before + " all");
            }
        }
        Runtime.getRuntime().halt(1); // nobody reads any more: the test has ended without killing this process
    }
}

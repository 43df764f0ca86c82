package io.modelmonitor.capture;

import io.modelmonitor.DataCapture;
import io.modelmonitor.sink.Sinks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Records as many requests as it is told, into files that end often, once it has read a line; fails if one was lost. */
final class WritingChild {

    private WritingChild() {}

    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[2]);
        DataCapture capture = DataCapture.of("shared")
                .sink(Sinks.files(Path.of(args[0])).rollover(50_000, Duration.ofHours(1)))
                .start();
        double[] row = {1, 2.5, 3.25, 4, 5, 6, 7, 8, 9, 10};
        System.out.println("ready");
        if (System.in.read() < 0) {
            throw new IOException("nobody said that it may begin");
        }
        for (int i = 0; i < count; i++) {
            while (capture.record(args[1] + "-" + i, row, 0.5) == null) {
                LockSupport.parkNanos(50_000);
            }
        }
        capture.close();
        if (capture.stats().written() != count) {
            throw new IOException(capture.stats() + ": not all was written");
        }
    }
}

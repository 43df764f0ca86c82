package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.DataCapture;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.spi.CaptureSink;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CaptureWorkerTest {

    @Test
    void whatWasWrittenIsFlushedAgainAndAgainThoughNobodyAsks() throws InterruptedException {
        Counting sink = new Counting();
        try (DataCapture capture = DataCapture.of("m").sink(sink).start()) {
            capture.record(new double[] {1}, 2.0);

            assertThat(sink.flushes.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(sink.written).hasValue(1);
    }

    @Test
    void aSinkThatHangsWhenTheTimeToCloseIsOverIsInterruptedAndGivenNothingMore() throws InterruptedException {
        Hanging sink = new Hanging();
        DataCapture capture = DataCapture.of("m")
                .sink(sink)
                .shutdownTimeout(Duration.ofMillis(50))
                .start();
        capture.record(new double[] {1}, 2.0);
        assertThat(sink.entered.await(30, TimeUnit.SECONDS)).isTrue();
        capture.record(new double[] {2}, 2.0);
        capture.close();

        assertThat(sink.closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(sink.writes).hasValue(1);
        assertThat(capture.stats().written()).isZero();
    }

    /** A sink that hangs until it is interrupted. */
    private static final class Hanging implements CaptureSink {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final AtomicInteger writes = new AtomicInteger();

        @Override
        public void write(CaptureBatch batch) throws InterruptedException {
            writes.incrementAndGet();
            entered.countDown();
            new CountDownLatch(1).await();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            closed.countDown();
        }
    }

    /** A sink that waits for two flushes. */
    private static final class Counting implements CaptureSink {
        private final CountDownLatch flushes = new CountDownLatch(2);
        private final AtomicInteger written = new AtomicInteger();

        @Override
        public void write(CaptureBatch batch) {
            written.addAndGet(batch.records().size());
        }

        @Override
        public void flush() {
            flushes.countDown();
        }

        @Override
        public void close() {}
    }
}

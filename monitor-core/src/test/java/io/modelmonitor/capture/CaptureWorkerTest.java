package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.DataCapture;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CaptureWorkerTest {

    private static final Duration LONG = Duration.ofSeconds(30);

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

    /** The first record is on its way alone; the others wait meanwhile. */
    private static List<Integer> sizesOfBatches(int records, Payload input) throws InterruptedException {
        List<Integer> sizes = new ArrayList<>();
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        CaptureSink sink = batch -> {
            sizes.add(batch.records().size());
            writing.countDown();
            released.await();
        };
        try (DataCapture capture = DataCapture.of("m").sink(sink).start()) {
            capture.record(input, 2.0);
            writing.await();
            for (int i = 0; i < records; i++) {
                assertThat(capture.record(input, 2.0)).isNotNull();
            }
            released.countDown();
            assertThat(capture.flush(LONG)).isTrue();
        }
        return sizes;
    }

    @Test
    void aSinkIsGivenAtMostFiveHundredAndTwelveRecordsAtATime() throws InterruptedException {
        assertThat(sizesOfBatches(1_300, Payload.csv("1"))).containsExactly(1, 512, 512, 276);
    }

    /** Four mebibytes are 4,194,304 bytes. */
    @Test
    void aBatchEndsWithTheRecordThatReachesFourMebibytes() throws InterruptedException {
        assertThat(sizesOfBatches(12, Payload.csv("1".repeat(1_000_000)))).containsExactly(1, 5, 5, 2);
        assertThat(sizesOfBatches(6, Payload.csv("1".repeat((1 << 20) - 200)))).containsExactly(1, 5, 1);
    }

    @Test
    void whatASinkSaysThatItLostCountsAsFailedAndNoLongerAsWritten() {
        for (boolean atClosing : new boolean[] {false, true}) {
            long[] lost = {atClosing ? 0 : 2};
            CaptureSink sink = new CaptureSink() {
                @Override
                public void write(CaptureBatch batch) {}

                @Override
                public void flush() throws IOException {
                    if (!atClosing && lost[0] > 0) {
                        long now = lost[0];
                        lost[0] = 0;
                        throw new LostException("gone", now);
                    }
                }

                @Override
                public void close() throws IOException {
                    throw new LostException("all gone", 1_000);
                }
            };
            DataCapture capture = DataCapture.of("m").sink(sink).start();
            for (int i = 0; i < 3; i++) {
                capture.record(new double[] {i}, 2.0);
            }
            assertThat(capture.flush(LONG)).isEqualTo(atClosing);
            assertThat(capture.stats())
                    .isEqualTo(new CaptureStats(3, 0, atClosing ? 3 : 1, 0, atClosing ? 0 : 2, 0, 0));
            capture.close();
            assertThat(capture.stats())
                    .as("no more is lost than was written")
                    .isEqualTo(new CaptureStats(3, 0, 0, 0, 3, 0, 0));
            assertThat(capture.flush(LONG)).isFalse();
        }
    }

    @Test
    void theBytesAreThoseOfLinesOfWhichASinkMadeTheTextOfBothSides() {
        AtomicLong expected = new AtomicLong();
        CaptureSink sink = batch -> {
            for (CaptureRecord record : batch.records()) {
                String id = String.valueOf(record.inferenceId());
                if (!id.equals("output")) {
                    assertThat(record.input().data()).isNotEmpty();
                }
                if (!id.equals("input")) {
                    assertThat(record.output().data()).isNotEmpty();
                }
                if (id.equals("both")) {
                    expected.addAndGet(1 + CaptureEncoder.line(record).getBytes(StandardCharsets.UTF_8).length);
                }
            }
        };
        try (DataCapture capture = DataCapture.of("m").sink(sink).start()) {
            for (String id : List.of("both", "input", "output", "both")) {
                capture.record(id, new double[] {1, 2}, 3);
            }
            assertThat(capture.flush(LONG)).isTrue();
            assertThat(capture.stats().bytes()).isEqualTo(expected.get()).isPositive();
        }
    }

    @Test
    void aTimeWithoutEndMayBeWaitedFor() {
        Duration forever = ChronoUnit.FOREVER.getDuration();
        Counting sink = new Counting();
        try (DataCapture capture =
                DataCapture.of("m").sink(sink).shutdownTimeout(forever).start()) {
            capture.record(new double[] {1}, 2.0);
            assertThat(capture.flush(forever)).isTrue();
        }
        assertThat(sink.written).hasValue(1);
    }

    @Test
    void whoeverIsInterruptedWhileClosingStaysSo() {
        Counting sink = new Counting();
        DataCapture capture = DataCapture.of("m").sink(sink).start();
        Thread.currentThread().interrupt();
        capture.close();
        assertThat(Thread.interrupted()).isTrue();
        capture.close();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(capture.record(new double[] {1}, 2.0)).isNull();
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

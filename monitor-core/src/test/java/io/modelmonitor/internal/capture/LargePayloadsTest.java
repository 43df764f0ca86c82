package io.modelmonitor.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.DataCapture;
import io.modelmonitor.api.Payload;
import io.modelmonitor.capture.Overflow;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Large payloads take no place from small ones. */
class LargePayloadsTest {

    private static final Payload LARGE = Payload.csv("1,".repeat(5_000) + "1");
    private static final int CAPACITY = 100;

    @Test
    void largePayloadsHaveTheLessRoomTheMoreSmallOnesWaitAndNoneBeyondHalfOfTheQueue() throws InterruptedException {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (DataCapture capture = DataCapture.of("x")
                .queueCapacity(CAPACITY, Overflow.DROP_NEWEST)
                .maxPayloadBytes(20_000)
                .sink(batch -> {
                    writing.countDown();
                    released.await();
                })
                .start()) {
            assertThat(capture.record(new double[] {1}, 0.5)).isNotNull();
            writing.await();
            int large = 0;
            int small = 0;
            while (capture.record(LARGE, 0.5) != null) {
                large++;
                assertThat(capture.record(new double[] {1}, 0.5)).isNotNull();
                small++;
            }
            assertThat(small).as("small ones that waited").isBetween(20, CAPACITY / 2);
            while (capture.record(new double[] {1}, 0.5) != null) {
                small++;
            }
            assertThat(small + large)
                    .as("the rest of the queue is for small ones")
                    .isEqualTo(CAPACITY);
            assertThat(capture.record(LARGE, 0.5)).isNull();
            released.countDown();
            assertThat(capture.flush(Duration.ofSeconds(60))).isTrue();
            assertThat(capture.stats().written()).isEqualTo(1L + CAPACITY);
            assertThat(capture.record(LARGE, 0.5))
                    .as("when there is room again")
                    .isNotNull();
        }
    }

    @Test
    void aCaptureOfLargePayloadsAloneMayFillItsQueueWithThem() throws InterruptedException {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (DataCapture capture = DataCapture.of("x")
                .queueCapacity(20, Overflow.DROP_NEWEST)
                .sink(batch -> {
                    writing.countDown();
                    released.await();
                })
                .start()) {
            assertThat(capture.record(LARGE, 0.5)).isNotNull();
            writing.await();
            for (int i = 0; i < 20; i++) {
                assertThat(capture.record(LARGE, 0.5)).isNotNull();
            }
            assertThat(capture.record(LARGE, 0.5)).isNull();
            released.countDown();
        }
    }
}

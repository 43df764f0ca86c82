package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.DataCapture;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.internal.capture.PayloadSource;
import io.modelmonitor.sink.MemorySink;
import io.modelmonitor.sink.Sinks;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong in a capture, the caller does not notice, and the numbers tell. */
@Timeout(60)
class CaptureFaultsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final double[] ROW = {1, 2};

    private final MemorySink memory = Sinks.memory(100_000);

    @Test
    void aSinkThatThrowsCostsItsBatchesAndNoMore() {
        AtomicInteger calls = new AtomicInteger();
        CaptureSink sink = batch -> {
            if (calls.incrementAndGet() == 1) {
                throw new StackOverflowError("a sink may throw anything");
            }
            memory.write(batch);
        };
        try (DataCapture capture = DataCapture.of("x").sink(sink).start()) {
            capture.record(ROW, 0.5);
            assertThat(capture.flush(LONG))
                    .as("the first batch was not written")
                    .isFalse();
            capture.record(ROW, 0.5);
            assertThat(capture.flush(LONG)).isTrue();
            assertThat(capture.stats()).isEqualTo(new CaptureStats(2, 0, 1, 0, 1, 0, 0));
        }
    }

    /** Returns how many bytes the lines of what has arrived have. */
    @Test
    void aSinkThatCannotFlushIsNoAcknowledgement() {
        CaptureSink sink = new CaptureSink() {
            @Override
            public void write(io.modelmonitor.api.CaptureBatch batch) {}

            @Override
            public void flush() throws IOException {
                throw new IOException("no");
            }

            @Override
            public void close() throws IOException {
                throw new IOException("no");
            }
        };
        DataCapture capture = DataCapture.of("x").sink(sink).start();
        capture.record(ROW, 0.5);
        assertThat(capture.flush(LONG)).isFalse();
        capture.close();
        assertThat(capture.flush(LONG)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void aSinkThatBlocksFillsTheQueueAndTheRestIsDropped(Overflow overflow) throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        CaptureSink sink = batch -> {
            entered.countDown();
            released.await();
            memory.write(batch);
        };
        try (DataCapture capture =
                DataCapture.of("x").queueCapacity(10, overflow).sink(sink).start()) {
            capture.record("first", ROW, 0);
            entered.await();
            for (int i = 0; i < 100; i++) {
                capture.record(String.valueOf(i), ROW, 0.5);
            }
            assertThat(capture.stats().waiting()).isEqualTo(11);
            assertThat(capture.stats().dropped()).isEqualTo(90);
            assertThat(capture.flush(Duration.ofMillis(1))).isFalse();
            released.countDown();
            assertThat(capture.flush(LONG))
                    .as("nothing that had been given an id was lost")
                    .isEqualTo(overflow == Overflow.DROP_NEWEST);
            assertThat(capture.flush(LONG)).as("a loss is told once").isTrue();
            assertThat(capture.stats()).isEqualTo(new CaptureStats(101, 0, 11, 90, 0, 0, 0));
        }
        List<String> ids =
                memory.records().stream().map(CaptureRecord::inferenceId).toList();
        int from = overflow == Overflow.DROP_NEWEST ? 0 : 90;
        assertThat(ids).hasSize(11).startsWith("first", "" + from).endsWith("" + (from + 9));
    }

    @Test
    void closingGivesUpOnASinkThatNeverReturnsAndSaysWhatWasNotWritten() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CaptureSink sink = batch -> {
            entered.countDown();
            awaitWhateverHappens(never);
        };
        DataCapture capture = DataCapture.of("x")
                .sink(sink)
                .shutdownTimeout(Duration.ofMillis(50))
                .start();
        capture.record(ROW, 0.5);
        entered.await();
        capture.record(ROW, 0.5);
        capture.record(ROW, 0.5);
        capture.close();
        assertThat(capture.stats().dropped()).isEqualTo(2);
        assertThat(capture.stats().waiting()).isEqualTo(1);
        never.countDown();
    }

    /** A driver that ignores interrupts. */
    private static void awaitWhateverHappens(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aSinkThatPausesCostsDroppedRecords() {
        try (DataCapture capture = DataCapture.of("x")
                .sink(batch -> {
                    throw new CaptureSink.PausedException("full");
                })
                .start()) {
            capture.record(ROW, 0.5);
            assertThat(capture.flush(LONG)).isFalse();
            assertThat(capture.stats()).isEqualTo(new CaptureStats(1, 0, 0, 1, 0, 0, 0));
        }
    }

    @Test
    void aMapThatThrowsIsCounted() {
        Map<String, Object> map = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw new AssertionError("a user's map may throw anything");
            }
        };
        try (DataCapture capture = DataCapture.of("x").sink(memory).start()) {
            assertThat(capture.record(map, Map.of())).isNull();
            assertThat(capture.stats().failed()).isEqualTo(1);
        }
    }

    @Test
    void aSamplerOrAMapperThatThrowsIsCountedAndTheModelAnswersAllTheSame() {
        try (DataCapture capture = DataCapture.of("x").sink(memory).start()) {
            String answer = capture.around(
                    "in",
                    String::toUpperCase,
                    in -> {
                        throw new IllegalStateException("no input");
                    },
                    PayloadSource::values);
            assertThat(answer).isEqualTo("IN");
            answer = capture.around("in", String::toUpperCase, PayloadSource::values, out -> {
                throw new IllegalStateException("no output");
            });
            assertThat(answer).isEqualTo("IN");
            capture.sample((id, input) -> {
                throw new IllegalStateException("no decision");
            });
            assertThat(capture.around(ROW, row -> row[0])).isEqualTo(1);
            assertThat(capture.stats().failed()).isEqualTo(3);
        }
        assertThat(memory.records()).isEmpty();
    }

    @Test
    void whatAModelThrowsPassesThroughAndNothingIsRecorded() {
        try (DataCapture capture = DataCapture.of("x").sink(memory).start()) {
            assertThatThrownBy(() -> capture.around(ROW, row -> row[7]))
                    .isInstanceOf(ArrayIndexOutOfBoundsException.class);
            assertThat(capture.stats().accepted()).isZero();
        }
    }

    @Test
    void aPayloadOfFiftyMegabytesIsRefusedAndCounted() {
        byte[] large = new byte[50 << 20];
        try (DataCapture capture = DataCapture.of("x").sink(memory).start()) {
            assertThat(capture.record(null, PayloadSource.bytes("image/png", large), null))
                    .isNull();
            assertThat(capture.record(new double[50 << 17], 1)).isNull();
            assertThat(capture.stats().failed()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"1000000, 900000, 16, 20", "10000, 9000, 1000, 1001"})
    void manyLargePayloadsTogetherAreBounded(int most, int length, long least, long greatest) throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        String text = "x".repeat(length);
        try (DataCapture capture = DataCapture.of("x")
                .maxPayloadBytes(most)
                .sink(batch -> {
                    entered.countDown();
                    released.await();
                })
                .start()) {
            capture.record(ROW, 0);
            entered.await();
            for (int i = 0; i < 1000; i++) {
                capture.record(null, PayloadSource.payload(Payload.csv(text)), null);
            }
            assertThat(capture.stats().waiting()).isBetween(least, greatest);
            released.countDown();
            assertThat(capture.flush(LONG)).isTrue();
            assertThat(capture.record(null, PayloadSource.payload(Payload.csv(text)), null))
                    .isNotNull();
        }
    }

    @Test
    void aClockThatJumpsBackIsTakenAtItsWord() {
        AtomicLong now = new AtomicLong(1_800_000_000_000L);
        try (DataCapture capture =
                DataCapture.of("x").sink(memory).clock(clock(now)).start()) {
            capture.record(ROW, 0);
            now.addAndGet(-7_200_000);
            capture.record(ROW, 0);
        }
        assertThat(memory.records())
                .extracting(CaptureRecord::inferenceTime)
                .containsExactly(Instant.ofEpochMilli(1_800_000_000_000L), Instant.ofEpochMilli(1_799_992_800_000L));
    }

    private static Clock clock(AtomicLong now) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(now.get());
            }
        };
    }

    @Test
    void afterCloseNothingIsRecordedAndTheWorkerIsGone() {
        DataCapture capture = DataCapture.of("leak").sink(memory).start();
        capture.record(ROW, 0);
        capture.close();
        capture.close();
        assertThat(capture.record(ROW, 0)).isNull();
        assertThat(capture.around(ROW, row -> row[1])).isEqualTo(2);
        assertThat(capture.stats()).isEqualTo(new CaptureStats(3, 0, 1, 2, 0, 0, 0));
        assertThat(capture.flush(LONG)).isTrue();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("capture-leak"));
    }

    @Test
    void anInterruptedCallerStaysInterrupted() {
        try (DataCapture capture = DataCapture.of("x").sink(memory).start()) {
            Thread.currentThread().interrupt();
            assertThat(capture.record(ROW, 0)).isNotNull();
            assertThat(capture.flush(LONG)).isFalse();
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void capturingIsTurnedOffAndOnWhileItRuns() {
        try (DataCapture capture = DataCapture.of("x").sink(memory).start()) {
            capture.pause();
            assertThat(capture.record(ROW, 0)).isNull();
            capture.sample(1);
            assertThat(capture.record(ROW, 0)).isNull();
            capture.resume();
            assertThat(capture.record(ROW, 0)).isNotNull();
            capture.sample(0);
            assertThat(capture.record(ROW, 0)).isNull();
            assertThat(capture.stats().sampledOut()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whoeverRecordsFlushesAndClosesAtOnceLosesNothingThatWasAcknowledged(long seed) throws Exception {
        DataCapture capture = DataCapture.of("x")
                .queueCapacity(50_000, Overflow.DROP_NEWEST)
                .sink(memory)
                .start();
        List<Thread> threads = new ArrayList<>();
        List<List<UUID>> recorded = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            List<UUID> mine = new ArrayList<>();
            recorded.add(mine);
            threads.add(new Thread(() -> {
                for (int i = 0; i < 3000; i++) {
                    UUID id = capture.record(ROW, i);
                    if (id != null) {
                        mine.add(id);
                    }
                    if (i % 500 == seed) {
                        capture.flush(LONG);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        while (capture.stats().accepted() < seed * 1500) {
            Thread.onSpinWait();
        }
        capture.close();
        for (Thread thread : threads) {
            thread.join();
        }
        List<String> ids =
                recorded.stream().flatMap(List::stream).map(UUID::toString).toList();
        assertThat(memory.records().stream().map(CaptureRecord::eventId).toList())
                .containsExactlyInAnyOrderElementsOf(ids);
        CaptureStats stats = capture.stats();
        assertThat(stats.accepted()).isEqualTo(12_000);
        assertThat(stats.written() + stats.dropped()).isEqualTo(12_000);
        assertThat(stats.written()).isEqualTo(ids.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "", ".hidden", "a b", "..", "a\nb", "ä"})
    void aNameThatCouldLeaveTheFolderIsRefused(String name) {
        assertThatThrownBy(() -> DataCapture.of(name).sink(memory).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("endpoint is '")
                .hasMessageNotContaining("\n");
    }

    @Test
    void senselessSettingsAreRefused() {
        assertThatThrownBy(() -> DataCapture.of("x").start()).hasMessageContaining("has no sink");
        assertThatThrownBy(() -> DataCapture.of("x")
                        .sink(memory)
                        .queueCapacity(0, Overflow.DROP_NEWEST)
                        .start())
                .hasMessageContaining("capacity is 0");
        assertThatThrownBy(() ->
                        DataCapture.of("x").sink(memory).maxPayloadBytes(0).start())
                .hasMessageContaining("largest payload is 0");
        assertThatThrownBy(() -> DataCapture.of("x").sink(memory).variant("/").start())
                .hasMessageContaining("variant is '/'");
    }
}

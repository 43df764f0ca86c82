package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.DataCapture;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.internal.capture.PayloadSource;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads record, flush, pause and close by seeded scripts against a sink that fails now and then; every sum is right. */
@Timeout(120)
class CaptureStressTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int PHASES = 6;

    /** Keeps what it takes; refuses, pauses, dawdles or cannot flush by its seed. */
    private static final class Moody implements CaptureSink {

        private final SplittableRandom random;
        private final int trouble;
        private final Set<String> taken = ConcurrentHashMap.newKeySet();

        private Moody(SplittableRandom random, int trouble) {
            this.random = random;
            this.trouble = trouble;
        }

        @Override
        public void write(CaptureBatch batch) throws IOException {
            switch (random.nextInt(trouble)) {
                case 0 -> throw new IOException("no");
                case 1 -> throw new PausedException("not now");
                case 2 -> throw new AssertionError("anything");
                case 3 -> LockSupport.parkNanos(200_000);
                default -> {}
            }
            batch.records().stream().map(CaptureRecord::eventId).forEach(taken::add);
        }

        @Override
        public void flush() throws IOException {
            if (random.nextInt(trouble) == 0) {
                throw new IOException("no");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everyRequestIsAccountedForAndNothingAcknowledgedIsMissing(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Moody sink = new Moody(random.split(), seed % 3 == 0 ? Integer.MAX_VALUE : 12);
        DataCapture capture = DataCapture.of("stress")
                .queueCapacity(1 + random.nextInt(3000), seed % 2 == 0 ? Overflow.DROP_NEWEST : Overflow.DROP_OLDEST)
                .sink(sink)
                .start();
        int threads = 2 + random.nextInt(4);
        CyclicBarrier quiet = new CyclicBarrier(threads + 1);
        CountDownLatch closing = new CountDownLatch(1);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        ConcurrentLinkedQueue<String> accepted = new ConcurrentLinkedQueue<>();
        try {
            List<Future<Long>> calls = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                SplittableRandom script = random.split();
                calls.add(executor.submit(() -> play(capture, script, accepted, quiet, closing)));
            }
            for (int phase = 0; phase < PHASES; phase++) {
                quiet.await();
                capture.flush(LONG); // tells what was lost before; what follows is a quiet point
                CaptureStats stats = capture.stats();
                assertThat(stats.waiting()).as("waiting in phase %d", phase).isZero();
                assertSums(stats);
                assertThat(sink.taken).hasSize(Math.toIntExact(stats.written()));
                quiet.await();
            }
            closing.await();
            capture.close();
            long all = 0;
            for (Future<Long> each : calls) {
                all += each.get();
            }
            CaptureStats stats = capture.stats();
            assertSums(stats);
            assertThat(stats.accepted() + stats.sampledOut()).isEqualTo(all);
            assertThat(stats.waiting()).isZero();
            assertThat(sink.taken).hasSize(Math.toIntExact(stats.written()));
            assertThat(new HashSet<>(accepted).containsAll(sink.taken))
                    .as("written is what was accepted")
                    .isTrue();
        } finally {
            executor.shutdownNow();
        }
    }

    private static void assertSums(CaptureStats stats) {
        assertThat(stats.written() + stats.dropped() + stats.failed() + stats.waiting())
                .as("%s", stats)
                .isEqualTo(stats.accepted());
    }

    /** Returns how many requests were made. */
    private static long play(
            DataCapture capture,
            SplittableRandom script,
            ConcurrentLinkedQueue<String> accepted,
            CyclicBarrier quiet,
            CountDownLatch closing)
            throws Exception {
        long calls = 0;
        for (int phase = 0; phase <= PHASES; phase++) {
            int steps = 200 + script.nextInt(2000);
            for (int i = 0; i < steps; i++) {
                if (phase == PHASES && i == steps / 2) {
                    closing.countDown();
                }
                switch (script.nextInt(400)) {
                    case 0 -> capture.pause();
                    case 1 -> capture.sample(script.nextDouble());
                    case 2 -> capture.flush(LONG);
                    case 3 -> assertThat(capture.stats().written()).isNotNegative();
                    default -> {
                        if (script.nextInt(20) == 0) {
                            capture.resume();
                        }
                        calls++;
                        UUID id = record(capture, script);
                        if (id != null) {
                            accepted.add(id.toString());
                        }
                    }
                }
            }
            if (phase < PHASES) {
                quiet.await();
                quiet.await();
            }
        }
        return calls;
    }

    private static UUID record(DataCapture capture, SplittableRandom script) {
        return switch (script.nextInt(5)) {
            case 0 -> capture.record(Map.of("a", 1), Map.of("b", 2));
            case 1 -> capture.record(new Object[] {"x", 1}, new Object[] {0.5});
            case 2 -> capture.record(null, PayloadSource.numbers(1), null, "attribute");
            case 3 -> capture.record("too large", new double[1 << 18], 1);
            default -> capture.record(new double[] {1, 2, 3}, 0.5);
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatAFlushAcknowledgedIsThere(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Moody sink = new Moody(random.split(), 8);
        int acknowledged = 0;
        try (DataCapture capture = DataCapture.of("stress")
                .queueCapacity(64, seed % 2 == 0 ? Overflow.DROP_NEWEST : Overflow.DROP_OLDEST)
                .sink(sink)
                .start()) {
            List<String> sinceTold = new ArrayList<>();
            for (int round = 0; round < 400; round++) {
                int burst = 1 + random.nextInt(120);
                for (int i = 0; i < burst; i++) {
                    UUID id = capture.record(new double[] {i}, 0.5);
                    if (id != null) {
                        sinceTold.add(id.toString());
                    }
                }
                if (random.nextBoolean()) {
                    LockSupport.parkNanos(
                            random.nextInt(300_000)); // the worker may lose something before the flush begins
                }
                if (capture.flush(LONG)) {
                    assertThat(sink.taken.containsAll(sinceTold))
                            .as("all that was acknowledged in round %d is there", round)
                            .isTrue();
                    acknowledged++;
                }
                sinceTold.clear();
            }
        }
        assertThat(acknowledged).as("flushes that were acknowledged").isBetween(20, 399);
    }
}

package io.modelmonitor.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.CaptureWorker;
import io.modelmonitor.DataCapture;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.capture.Overflow;
import io.modelmonitor.sink.MemorySink;
import io.modelmonitor.sink.Sinks;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Captures that share a thread: each has its order, flush and close, and none can hold up the others for long. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WorkerGroupTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    private static CapturePipeline start(WorkerGroup group, CaptureSink sink, Duration shutdownTimeout) {
        PayloadFormat form = PayloadFormat.of(null, false, List.of());
        return CapturePipeline.start(
                new PipelineSettings(
                        "x",
                        "y",
                        1024,
                        Overflow.DROP_NEWEST,
                        1 << 20,
                        form,
                        form,
                        PrivateMetadata.of(List.of()),
                        sink,
                        Clock.systemUTC(),
                        shutdownTimeout),
                group);
    }

    private static WorkerGroup group(long patienceMillis) {
        return new WorkerGroup(
                "shared", new WorkerThread.Pace(MILLISECOND, 20 * MILLISECOND, patienceMillis * MILLISECOND));
    }

    private static boolean record(CapturePipeline pipeline, int number) {
        return pipeline.offer(String.valueOf(number), new double[] {number}, null) != null;
    }

    /** Hands on, and notes on which thread. */
    private static CaptureSink noting(Set<Thread> threads, CaptureSink target) {
        return new CaptureSink() {
            @Override
            public void write(CaptureBatch batch) throws Exception {
                threads.add(Thread.currentThread());
                target.write(batch);
            }

            @Override
            public void close() throws IOException {
                threads.add(Thread.currentThread());
                target.close();
            }
        };
    }

    @Test
    void capturesThatShareAWorkerKeepTheirOwnOrderFlushAndClose() {
        CaptureWorker worker = CaptureWorker.named("many");
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        List<DataCapture> captures = new ArrayList<>();
        List<MemorySink> sinks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sinks.add(Sinks.memory(1000));
            captures.add(DataCapture.of("c" + i)
                    .worker(worker)
                    .sink(noting(threads, sinks.get(i)))
                    .start());
        }
        for (int n = 0; n < 500; n++) {
            for (DataCapture capture : captures) {
                assertThat(capture.record(String.valueOf(n), new double[] {n}, 0.5))
                        .isNotNull();
            }
        }
        for (int i = 0; i < captures.size(); i++) {
            assertThat(captures.get(i).flush(LONG)).isTrue();
            assertThat(sinks.get(i).records().stream().map(CaptureRecord::inferenceId))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 500).mapToObj(String::valueOf).toList());
            captures.get(i).close();
            assertThat(captures.get(i).stats().written()).isEqualTo(500);
        }
        assertThat(threads).isNotEmpty().allSatisfy(thread -> {
            assertThat(thread.getName()).isEqualTo("many");
            assertThat(thread.isDaemon()).isTrue();
        });
    }

    @Test
    void theThreadEndsWithTheLastCaptureAndAnotherOneBegins() throws Exception {
        WorkerGroup group = group(60_000);
        for (int round = 0; round < 3; round++) {
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            CapturePipeline first = start(group, noting(threads, batch -> {}), LONG);
            CapturePipeline second = start(group, noting(threads, batch -> {}), LONG);
            assertThat(first.close()).isZero();
            assertThat(record(second, 1)).isTrue();
            assertThat(second.flush(LONG)).isTrue();
            assertThat(second.close()).isZero();
            assertThat(threads).hasSize(1);
            threads.iterator().next().join(LONG.toMillis());
            assertThat(threads.iterator().next().isAlive()).isFalse();
        }
    }

    @Test
    void aSinkThatThrowsConcernsItsOwnCaptureOnly() {
        WorkerGroup group = group(60_000);
        MemorySink memory = Sinks.memory(100);
        CapturePipeline bad = start(
                group,
                new CaptureSink() {
                    @Override
                    public void write(CaptureBatch batch) {
                        Thread.currentThread().interrupt();
                        throw new StackOverflowError("of a sink");
                    }

                    @Override
                    public void flush() {
                        throw new OutOfMemoryError("of a sink");
                    }

                    @Override
                    public void close() {
                        throw new AssertionError("of a sink");
                    }
                },
                LONG);
        boolean[] interrupted = {false};
        CapturePipeline good = start(
                group,
                batch -> {
                    interrupted[0] |= Thread.currentThread().isInterrupted();
                    memory.write(batch);
                },
                LONG);
        for (int n = 0; n < 50; n++) {
            assertThat(record(bad, n)).isTrue();
            assertThat(record(good, n)).isTrue();
            assertThat(good.flush(LONG)).isTrue();
            assertThat(bad.flush(LONG)).isFalse();
        }
        assertThat(bad.close()).isZero();
        assertThat(record(good, 50)).isTrue();
        assertThat(good.flush(LONG)).isTrue();
        assertThat(good.close()).isZero();
        assertThat(memory.records()).hasSize(51);
        assertThat(interrupted[0]).as("an interruption of another sink").isFalse();
        assertThat(bad.stats().failed()).isEqualTo(50);
        assertThat(good.stats().failed()).isZero();
    }

    @Test
    void aSinkThatHangsKeepsTheThreadAndTheOthersGoOnWithANewOne() throws Exception {
        WorkerGroup group = group(5);
        CountDownLatch hanging = new CountDownLatch(3);
        CountDownLatch released = new CountDownLatch(1);
        Map<Integer, Set<Thread>> threads = new HashMap<>();
        List<CapturePipeline> hung = new ArrayList<>();
        List<CapturePipeline> good = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Set<Thread> own = threads.computeIfAbsent(i, unused -> ConcurrentHashMap.newKeySet());
            hung.add(start(
                    group,
                    noting(own, batch -> {
                        hanging.countDown();
                        released.await();
                    }),
                    LONG));
            good.add(start(group, batch -> {}, LONG));
        }
        hung.forEach(pipeline -> record(pipeline, 1));
        assertThat(hanging.await(60, TimeUnit.SECONDS)).as("all three hang").isTrue();
        for (int n = 0; n < 20; n++) {
            for (CapturePipeline pipeline : good) {
                assertThat(record(pipeline, n)).isTrue();
                assertThat(pipeline.flush(LONG)).isTrue();
            }
        }
        assertThat(hung.get(0).flush(Duration.ofMillis(1))).isFalse();
        released.countDown();
        for (int i = 0; i < 3; i++) {
            assertThat(record(hung.get(i), 2)).isTrue();
            assertThat(hung.get(i).flush(LONG)).isTrue();
            assertThat(hung.get(i).stats().written()).isEqualTo(2);
            assertThat(hung.get(i).close()).isZero();
            assertThat(good.get(i).close()).isZero();
            assertThat(good.get(i).stats().written()).isEqualTo(20);
            assertThat(Objects.requireNonNull(threads.get(i)))
                    .as("threads of one capture")
                    .hasSize(1);
        }
        assertThat(threads.values().stream().flatMap(Set::stream).distinct()).hasSize(3);
    }

    @Test
    void closingACaptureThatHangsGivesUpAndLeavesTheOthers() {
        WorkerGroup group = group(5);
        CountDownLatch never = new CountDownLatch(1);
        CapturePipeline hung = start(
                group,
                batch -> {
                    boolean done = false;
                    while (!done) {
                        try {
                            done = never.await(60, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            done = false; // as careless sinks do
                        }
                    }
                },
                Duration.ofMillis(10));
        CapturePipeline good = start(group, batch -> {}, LONG);
        assertThat(record(hung, 1)).isTrue();
        assertThat(record(good, 1)).isTrue();
        assertThat(hung.close()).isEqualTo(1);
        assertThat(record(good, 2)).isTrue();
        assertThat(good.flush(LONG)).isTrue();
        assertThat(good.close()).isZero();
        never.countDown();
    }

    @Test
    void twoHundredIdleCapturesWakeOneThreadWhenSinksAreFlushed() {
        WorkerGroup group = group(60_000);
        AtomicInteger flushes = new AtomicInteger();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        List<CapturePipeline> captures = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            captures.add(start(
                    group,
                    new CaptureSink() {
                        @Override
                        public void write(CaptureBatch batch) {}

                        @Override
                        public void flush() {
                            threads.add(Thread.currentThread());
                            flushes.incrementAndGet();
                        }
                    },
                    LONG));
        }
        WorkerThread thread = Objects.requireNonNull(group.shared());
        while (!thread.isAsleep()) {
            Thread.onSpinWait();
        }
        long rounds = thread.rounds();
        int before = flushes.get();
        while (flushes.get() < before + 2000) {
            Thread.onSpinWait();
        }
        assertThat(thread.rounds() - rounds)
                .as("looks for work while sinks were flushed ten times")
                .isLessThanOrEqualTo(40);
        assertThat(record(captures.get(7), 1)).isTrue();
        assertThat(captures.get(7).flush(LONG)).isTrue();
        captures.forEach(CapturePipeline::close);
        assertThat(threads).hasSize(1);
    }

    @Test
    void aWorkerHasAName() {
        assertThatThrownBy(() -> CaptureWorker.named(" ")).hasMessageContaining("must not be blank");
    }
}

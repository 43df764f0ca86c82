package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScanTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyConsumerSeesEveryBatchInOrder(int threads) {
        List<Recorder> lanes =
                IntStream.range(0, 20).mapToObj(i -> new Recorder()).toList();
        Scan.Result result =
                Scan.read(new Batches(500, -1), lanes.subList(0, 5), lanes.subList(5, 20), Threads.of(threads));
        List<Integer> inOrder = IntStream.rangeClosed(1, 500).boxed().toList();
        assertThat(lanes).allSatisfy(lane -> assertThat(lane.sizes).isEqualTo(inOrder));
        assertThat(result.rows()).isEqualTo(500 * 501 / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void aSourceThatFailsEndsTheScanWithItsOwnException(int threads) {
        Batches failing = new Batches(500, 100);
        assertThatThrownBy(
                        () -> Scan.read(failing, List.of(new Recorder()), List.of(new Recorder()), Threads.of(threads)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("gone");
        assertThat(failing.closed).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void aConsumerThatFailsEndsTheScan(int threads) {
        Scan.BatchConsumer failing = batch -> {
            if (batch.size() == 50) {
                throw new IllegalStateException("at 50");
            }
        };
        Batches source = new Batches(500, -1);
        assertThatThrownBy(() -> Scan.read(source, List.of(new Recorder()), List.of(failing), Threads.of(threads)))
                .hasMessage("at 50");
        assertThat(source.closed).hasValue(1);
    }

    @Test
    void theSourceIsNeverFarAheadOfTheSlowestConsumer() {
        Batches source = new Batches(1_000, -1);
        AtomicInteger seen = new AtomicInteger();
        AtomicInteger furthest = new AtomicInteger();
        Scan.BatchConsumer slow =
                batch -> furthest.accumulateAndGet(source.read.get() - seen.getAndIncrement(), Math::max);
        Scan.read(source, List.of(), List.of(slow, new Recorder()), Threads.of(4));
        // Eight batches wait for four threads; one more may be in the hands of the reading thread.
        assertThat(furthest.get()).isBetween(1, 9);
    }

    @Test
    void consumersRunAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        List<Boolean> met = Collections.synchronizedList(new ArrayList<>());
        Scan.BatchConsumer meeting = batch -> {
            both.countDown();
            try {
                met.add(both.await(30, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        Scan.read(new Batches(1, -1), List.of(), List.of(meeting, meeting), Threads.of(2));
        assertThat(met).containsExactly(true, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void confinedConsumersRunOnTheCallingThreadOnly(int threads) {
        Set<Thread> ran = ConcurrentHashMap.newKeySet();
        Scan.BatchConsumer confined = batch -> ran.add(Thread.currentThread());
        Scan.read(
                new Batches(200, -1), List.of(confined), List.of(new Recorder(), new Recorder()), Threads.of(threads));
        assertThat(ran).containsExactly(Thread.currentThread());
    }

    @Test
    void aScanWithoutConsumersStillCountsRows() {
        assertThat(Scan.read(new Batches(10, -1), List.of(), List.of(), Threads.of(2))
                        .rows())
                .isEqualTo(55);
    }

    @Test
    void anExecutorThatIsFullOrNeverRunsLeavesTheWorkToTheCallingThread() {
        for (Executor executor : List.<Executor>of(work -> {}, work -> {
            throw new RejectedExecutionException("full");
        })) {
            Recorder recorder = new Recorder();
            Scan.read(
                    new Batches(100, -1),
                    List.of(),
                    List.of(recorder, new Recorder(), new Recorder()),
                    new Threads(4, executor));
            assertThat(recorder.sizes).hasSize(100);
        }
    }

    @Test
    @Timeout(60) // for a helper that would otherwise wait for ever
    void helpersEndWhateverTheExecutorThrows() throws InterruptedException {
        for (Throwable thrown : List.of(new IllegalStateException("stopped"), new OutOfMemoryError("no thread"))) {
            List<Thread> helpers = new ArrayList<>();
            Executor executor = work -> {
                if (!helpers.isEmpty()) {
                    if (thrown instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) thrown;
                }
                helpers.add(new Thread(work));
                helpers.get(0).setDaemon(true);
                helpers.get(0).start();
            };
            Batches batches = new Batches(100, -1);
            List<Recorder> recorders = List.of(new Recorder(), new Recorder(), new Recorder());
            assertThatThrownBy(() -> Scan.read(batches, List.of(), recorders, new Threads(3, executor)))
                    .isSameAs(thrown);
            helpers.get(0).join();
            assertThat(batches.closed).hasValue(1);
        }
    }

    @Test
    void workThatAnExecutorBeginsWhenAllIsDoneDoesNothing() {
        List<Runnable> late = new ArrayList<>();
        Recorder recorder = new Recorder();
        Scan.read(new Batches(10, -1), List.of(), List.of(recorder, new Recorder()), new Threads(2, late::add));
        late.forEach(Runnable::run);
        assertThat(recorder.sizes).hasSize(10);
    }

    /** A class that scans while it is initialised, with code of its own that other threads would have to wait for. */
    private static final class Initialising {

        private static final List<Integer> SIZES = new ArrayList<>();

        static {
            Scan.BatchConsumer own = batch -> SIZES.add(batch.size());
            Scan.read(new Batches(10, -1), List.of(), List.of(own, batch -> {}, batch -> {}), Threads.of(4));
        }
    }

    @Test
    void aScanInAStaticInitialiserEnds() {
        assertThat(Initialising.SIZES).hasSize(10);
    }

    /** Batch number i, from 1, has i rows and no columns. */
    private static final class Batches implements Dataset {

        private final int count;
        private final int failingAt;
        private final AtomicInteger read = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();

        Batches(int count, int failingAt) {
            this.count = count;
            this.failingAt = failingAt;
        }

        @Override
        public Cursor open() {
            return new Cursor() {
                @Override
                public Schema schema() {
                    return Schema.of(List.of());
                }

                @Override
                public @Nullable Batch next() {
                    int number = read.incrementAndGet();
                    if (number == failingAt) {
                        throw new UncheckedIOException("gone", new IOException());
                    }
                    return number > count ? null : new Batch(schema(), number, new Column[0]);
                }

                @Override
                public List<DataProblem> problems() {
                    return List.of();
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                }
            };
        }
    }

    private static final class Recorder implements Scan.BatchConsumer {

        private final List<Integer> sizes = new ArrayList<>();

        @Override
        public void accept(Batch batch) {
            sizes.add(batch.size());
        }
    }
}

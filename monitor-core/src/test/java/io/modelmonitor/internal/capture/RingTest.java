package io.modelmonitor.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 1000})
    void holdsExactlyAsManyAsItMayAndGivesThemBackInOrder(int capacity) {
        Ring<Integer> ring = new Ring<>(capacity);
        for (int lap = 0; lap < 3; lap++) {
            for (int i = 0; i < capacity; i++) {
                assertThat(ring.offer(i)).isTrue();
            }
            assertThat(ring.offer(-1)).isFalse();
            assertThat(ring.size()).isEqualTo(capacity);
            for (int i = 0; i < capacity; i++) {
                assertThat(ring.poll()).isEqualTo(i);
            }
            assertThat(ring.poll()).isNull();
        }
        assertThat(ring.added()).isEqualTo(3L * capacity);
    }

    @Test
    void whatIsWithinWhenItClosesCanStillBeTaken() {
        Ring<String> ring = new Ring<>(4);
        assertThat(ring.isClosed()).isFalse();
        ring.offer("a");
        assertThat(ring.isClosed()).isFalse();
        ring.close();
        ring.close();
        assertThat(ring.isClosed()).isTrue();
        assertThat(ring.offer("b")).isFalse();
        assertThat(ring.size()).isEqualTo(1);
        assertThat(ring.poll()).isEqualTo("a");
        assertThat(ring.poll()).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsLostOrDoubledBetweenProducersConsumersAndClosing(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int producers = 1 + random.nextInt(4);
        int consumers = 1 + random.nextInt(3);
        Ring<Long> ring = new Ring<>(1 + random.nextInt(64));
        CyclicBarrier start = new CyclicBarrier(producers + consumers);
        ExecutorService executor = Executors.newFixedThreadPool(producers + consumers);
        try {
            List<Future<List<Long>>> added = new ArrayList<>();
            List<Future<List<Long>>> removed = new ArrayList<>();
            long closeAt = 2000L + random.nextInt(20_000);
            for (int p = 0; p < producers; p++) {
                long first = (long) p << 32;
                added.add(executor.submit(() -> {
                    start.await();
                    List<Long> mine = new ArrayList<>();
                    for (long i = first; i < first + 50_000 && !ring.isClosed(); i++) {
                        if (ring.offer(i)) {
                            mine.add(i);
                        } else {
                            Thread.onSpinWait();
                        }
                        if (ring.added() > closeAt) {
                            ring.close();
                        }
                    }
                    ring.close();
                    return mine;
                }));
            }
            for (int c = 0; c < consumers; c++) {
                removed.add(executor.submit(() -> {
                    start.await();
                    List<Long> mine = new ArrayList<>();
                    while (!ring.isClosed() || ring.size() > 0) {
                        Long taken = ring.poll();
                        if (taken == null) {
                            Thread.onSpinWait();
                        } else {
                            mine.add(taken);
                        }
                    }
                    return mine;
                }));
            }
            List<Long> in = new ArrayList<>();
            for (Future<List<Long>> future : added) {
                in.addAll(future.get());
            }
            List<Long> out = new ArrayList<>();
            for (Future<List<Long>> future : removed) {
                List<Long> mine = future.get();
                assertThat(inOrderOfEachProducer(mine)).isTrue();
                out.addAll(mine);
            }
            assertThat(out).containsExactlyInAnyOrderElementsOf(in);
            assertThat(ring.added()).isEqualTo(in.size());
        } finally {
            executor.shutdownNow();
        }
    }

    private static boolean inOrderOfEachProducer(List<Long> taken) {
        long[] last = {-1, -1, -1, -1};
        for (long value : taken) {
            int producer = (int) (value >>> 32);
            if (value <= last[producer]) {
                return false;
            }
            last[producer] = value;
        }
        return true;
    }
}

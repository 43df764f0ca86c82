package io.modelmonitor.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TallyTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 300})
    void countsExactlyWhateverTheNumberOfThreads(int threads) throws Exception {
        Tally tally = new Tally();
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int times = 10_000 + t;
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                for (int i = 0; i < times; i++) {
                    tally.increment();
                }
            });
            all.add(thread);
            thread.start();
        }
        long before = 0;
        while (all.stream().anyMatch(Thread::isAlive)) {
            long now = tally.sum();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        for (Thread thread : all) {
            thread.join();
        }
        assertThat(tally.sum()).isEqualTo(10_000L * threads + threads * (threads - 1L) / 2);
    }

    @Test
    void threadsThatComeAndGoAreCountedToo() throws Exception {
        Tally tally = new Tally();
        for (int t = 0; t < 400; t++) {
            Thread thread = new Thread(tally::increment);
            thread.start();
            thread.join();
        }
        assertThat(tally.sum()).isEqualTo(400);
    }
}

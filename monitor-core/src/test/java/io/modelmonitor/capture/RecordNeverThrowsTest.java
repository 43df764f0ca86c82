package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.DataCapture;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.internal.capture.PayloadSource;
import io.modelmonitor.sink.MemorySink;
import io.modelmonitor.sink.Sinks;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a request holds, recording it neither throws nor takes long, and the next one is recorded. */
@Timeout(120)
class RecordNeverThrowsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final double[] ROW = {1, 2};
    private static final long MOST_ALLOCATED = 16L << 20;

    private final MemorySink memory = Sinks.memory(100_000);

    /** Throws from whatever it is asked. */
    private static final class Mute extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public String toString() {
            throw new StackOverflowError("no text");
        }
    }

    private static final Object SILENT = new Object() {
        @Override
        public String toString() {
            throw new Mute();
        }
    };

    private void assertThatTheNextOneIsRecorded(DataCapture capture, long failed) {
        assertThat(capture.stats().failed()).isEqualTo(failed);
        capture.flush(LONG);
        assertThat(capture.record("next", ROW, 0.5)).isNotNull();
        assertThat(capture.flush(LONG)).isTrue();
        assertThat(memory.records()).extracting(CaptureRecord::inferenceId).endsWith("next");
    }

    @Test
    void aNullAttributeCostsItsRequestAndNoneMeansNone() {
        try (DataCapture capture = DataCapture.of("x").sink(memory).start()) {
            PayloadSource row = PayloadSource.numbers(ROW);
            assertThat(capture.record(null, row, row, "a", null)).isNull();
            assertThat(capture.record("none", row, row, (String[]) null)).isNotNull();
            assertThatTheNextOneIsRecorded(capture, 1);
        }
    }

    @Test
    void whatThrowsWhenItIsAskedForItsTextIsCounted() {
        Map<Object, Object> byKey = new HashMap<>();
        byKey.put(SILENT, 1);
        Number odd = new Number() {
            private static final long serialVersionUID = 1;

            @Override
            public int intValue() {
                throw new Mute();
            }

            @Override
            public long longValue() {
                throw new Mute();
            }

            @Override
            public float floatValue() {
                throw new Mute();
            }

            @Override
            public double doubleValue() {
                throw new Mute();
            }

            @Override
            public String toString() {
                return "no number";
            }
        };
        try (DataCapture capture = DataCapture.of("x").sink(memory).start()) {
            assertThat(capture.record(Map.of("a", SILENT), Map.of())).isNull();
            assertThat(capture.record(byKey, Map.of())).isNull();
            assertThat(capture.record(Map.of("a", odd), Map.of())).isNull();
            assertThat(capture.record(new Object[] {SILENT}, new Object[0])).isNull();
            assertThat(capture.recorder(
                                    in -> {
                                        throw new Mute();
                                    },
                                    PayloadSource::values)
                            .record(null, "in", "out"))
                    .isNull();
            assertThat(capture.recorder(in -> null, out -> null).record(null, "in", "out"))
                    .isNull();
            assertThat(capture.record(
                            null, PayloadSource.rows(java.util.Arrays.asList(PayloadSource.numbers(1), null)), null))
                    .isNull();
            capture.sample((id, input) -> {
                throw new Mute();
            });
            assertThat(capture.record(ROW, 1)).isNull();
            capture.sample(1);
            assertThatTheNextOneIsRecorded(capture, 8);
        }
    }

    @Test
    void aSinkThatThrowsWhatHasNoTextDoesNotEndTheWorker() {
        AtomicLong calls = new AtomicLong();
        try (DataCapture capture = DataCapture.of("x")
                .sink(batch -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new Mute();
                    }
                    memory.write(batch);
                })
                .start()) {
            capture.record(ROW, 1);
            assertThat(capture.flush(LONG)).isFalse();
            assertThatTheNextOneIsRecorded(capture, 1);
        }
    }

    /** Records at every depth until the stack ends, and returns whether anything but the end was thrown here. */
    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private static int deeper(DataCapture capture, Object input, int depth) {
        int reached;
        try {
            reached = deeper(capture, input, depth + 1);
        } catch (StackOverflowError e) {
            reached = depth;
        }
        if (input instanceof double[] row) {
            capture.record(row, 0.5);
        } else {
            capture.record((Map<?, ?>) input, Map.of("score", 1));
        }
        return reached;
    }

    @Test
    void nearTheEndOfTheStackEveryRequestIsAnsweredAndNoPlaceInTheQueueIsLost() throws Exception {
        for (int round = 0; round < 20; round++) {
            List<Throwable> thrown = new ArrayList<>();
            try (DataCapture capture = DataCapture.of("x").sink(memory).start()) {
                for (Object input : new Object[] {ROW, Map.of("a", List.of(1, "x"))}) {
                    Thread thread = new Thread(null, () -> deeper(capture, input, 0), "deep", 256 << 10);
                    thread.setUncaughtExceptionHandler((t, e) -> thrown.add(e));
                    thread.start();
                    thread.join();
                }
                capture.flush(LONG);
                assertThat(capture.record("next", ROW, 0.5)).isNotNull();
                assertThat(capture.flush(LONG)).as("round %d", round).isTrue();
                assertThat(capture.stats().waiting()).isZero();
            }
            assertThat(thrown).isEmpty();
        }
    }

    private static long allocatedBy(Runnable run) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void theLimitCountsWhatWouldBeCopied() {
        List<Object> doubling = List.of();
        for (int i = 0; i < 40; i++) {
            doubling = List.of(doubling, doubling);
        }
        Iterable<Integer> endless =
                () -> java.util.stream.IntStream.iterate(0, i -> i + 1).iterator();
        String text = "x".repeat(2_000_000);
        Map<String, Object> many = new TreeMap<>();
        for (int i = 0; i < 100_000; i++) {
            many.put("key " + i, i);
        }
        Map<?, ?> endlessMap = new AbstractMap<Object, Object>() {
            @Override
            public java.util.Set<Entry<Object, Object>> entrySet() {
                return new java.util.AbstractSet<>() {
                    @Override
                    public java.util.Iterator<Entry<Object, Object>> iterator() {
                        return java.util.stream.IntStream.iterate(0, i -> i + 1)
                                .mapToObj(i -> (Entry<Object, Object>) new SimpleEntry<Object, Object>(i, i))
                                .iterator();
                    }

                    @Override
                    public int size() {
                        return Integer.MAX_VALUE;
                    }
                };
            }
        };
        Map<String, Object> inputs = new HashMap<>();
        inputs.put("floats", new float[1_000_000]);
        inputs.put("bytes", new byte[50_000_000]);
        inputs.put("nulls", new Object[1_000_000]);
        inputs.put("iterable", endless);
        inputs.put("text", text);
        inputs.put("shared", doubling);
        inputs.put("map", many);
        inputs.put("endless map", endlessMap);
        inputs.put("digits", BigInteger.ONE.shiftLeft(8_000_000));
        inputs.put("decimal", new BigDecimal(BigInteger.ONE.shiftLeft(80_000), 7));
        try (DataCapture capture = DataCapture.of("x").sink(memory).start()) {
            long failed = 0;
            for (Map.Entry<String, Object> input : inputs.entrySet()) {
                long allocated = allocatedBy(() -> {
                    assertThat(capture.record(Map.of("a", input.getValue()), null))
                            .isNull();
                    assertThat(capture.record(new Object[] {input.getValue()}, null))
                            .isNull();
                });
                assertThat(allocated).as(input.getKey()).isLessThan(MOST_ALLOCATED);
                allocated = allocatedBy(
                        () -> assertThat(capture.record(input.getValue(), null)).isNull());
                assertThat(allocated).as(input.getKey()).isLessThan(MOST_ALLOCATED);
                failed += 3;
                assertThat(capture.stats().failed()).as(input.getKey()).isEqualTo(failed);
            }
            PayloadSource row = PayloadSource.numbers(ROW);
            assertThat(capture.record(text, ROW, 0.5)).isNull();
            assertThat(capture.record(null, row, row, text)).isNull();
            assertThat(capture.record(null, row, row, new String[1_000_000])).isNull();
            assertThat(capture.record(null, PayloadSource.payload(Payload.csv(text)), null))
                    .isNull();
            assertThat(capture.record(Map.of(text, 1), null)).isNull();
            assertThat(capture.record(null, PayloadSource.rows(java.util.Collections.nCopies(1_000_000, row)), null))
                    .isNull();
            assertThatTheNextOneIsRecorded(capture, failed + 6);
        }
    }

    @Test
    void whatIsNoListIsRecordedAsWhatItIs() {
        Iterable<Integer> none = () -> List.<Integer>of().iterator();
        Iterable<Integer> two = () -> List.of(1, 2).iterator();
        try (DataCapture capture = DataCapture.of("x").sink(memory).start()) {
            Map<String, Object> input = new TreeMap<>();
            input.put("path", Path.of("models", "churn", "v2"));
            input.put("none", none);
            input.put("two", two);
            input.put("floats", new float[] {0.5f});
            assertThat(capture.record(input, null)).isNotNull();
            assertThat(capture.flush(LONG)).isTrue();
        }
        String path = Path.of("models", "churn", "v2").toString().replace("\\", "\\\\");
        Payload recorded = memory.records().get(0).input();
        assertThat(recorded).isNotNull();
        assertThat(recorded.data()).isEqualTo("{\"floats\":[0.5],\"none\":[],\"path\":\"" + path + "\",\"two\":[1,2]}");
    }
}

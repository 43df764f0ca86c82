package io.modelmonitor.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.spi.CaptureSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A contract of capture sinks. A test class of a sink implements this and inherits its tests:
 *
 * <pre>{@code
 * class MySinkTest implements CaptureSinkContract {
 *     public CaptureSink sink() { return new MySink(server); }
 *     public List<CaptureRecord> arrived() { return server.records(); }
 * }
 * }</pre>
 */
public interface CaptureSinkContract {

    /** Returns the sink under test; called once in each test. */
    CaptureSink sink() throws Exception;

    /** Returns the records that have arrived where the sink puts them; called after the sink was flushed or closed. */
    List<CaptureRecord> arrived() throws Exception;

    /** Written records are there once the sink has flushed, in their order, with all their parts. */
    @Test
    default void whatWasWrittenIsThereAfterFlush() throws Exception {
        List<CaptureRecord> records = records(0, 100);
        try (CaptureSink sink = sink()) {
            sink.write(batch(records.subList(0, 40)));
            sink.write(batch(records.subList(40, 100)));
            sink.flush();
            assertThat(arrived()).isEqualTo(records);
        }
    }

    /** Written records are there once the sink is closed. */
    @Test
    default void whatWasWrittenIsThereAfterClose() throws Exception {
        List<CaptureRecord> records = records(0, 10);
        try (CaptureSink sink = sink()) {
            sink.write(batch(records));
        }
        assertThat(arrived()).isEqualTo(records);
    }

    /** A sink goes on after it has flushed. */
    @Test
    default void writingGoesOnAfterFlush() throws Exception {
        List<CaptureRecord> records = records(0, 30);
        try (CaptureSink sink = sink()) {
            for (CaptureRecord record : records) {
                sink.write(batch(List.of(record)));
                sink.flush();
            }
        }
        assertThat(arrived()).isEqualTo(records);
    }

    /** Flushing nothing, and closing without a record, is no error. */
    @Test
    default void nothingIsNoError() throws Exception {
        try (CaptureSink sink = sink()) {
            sink.flush();
        }
        assertThat(arrived()).isEmpty();
    }

    /** Texts of any characters, missing sides, and attributes survive. */
    @Test
    default void unusualRecordsSurvive() throws Exception {
        String text = "\"quoted\",back\\slash,tab\t,line\nfeed,\u0000\u001f\u007f,é,日本,\ud83d\ude00,\u2028";
        Instant time = Instant.parse("2026-01-31T23:59:59Z");
        List<CaptureRecord> records = List.of(
                new CaptureRecord("a", text, time, Payload.csv(text), Payload.csv(""), List.of(text, "")),
                new CaptureRecord("b", "", time, null, Payload.json("{\"a\":[1,null,\"" + '"' + "\"]}"), List.of()),
                new CaptureRecord("c", null, time, Payload.bytes("image/png", new byte[] {0, -1, 7}), null, List.of()),
                new CaptureRecord("d", null, time, Payload.csv("x".repeat(300_000)), null, List.of()));
        try (CaptureSink sink = sink()) {
            sink.write(batch(records));
        }
        assertThat(arrived()).isEqualTo(records);
    }

    /** Two captures may share a sink. */
    @Test
    default void severalCapturesMayWriteAtOnce() throws Exception {
        int threads = 4;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try (CaptureSink sink = sink()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int first = 1000 * t;
                writers.add(executor.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        sink.write(batch(records(first + 10 * i, 10)));
                    }
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                finish(writer);
            }
        } finally {
            executor.shutdownNow();
        }
        List<CaptureRecord> expected = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            expected.addAll(records(1000 * t, 200));
        }
        assertThat(arrived()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static void finish(Future<?> writer) throws Exception {
        try {
            writer.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a writer failed", e.getCause());
        }
    }

    private static CaptureBatch batch(List<CaptureRecord> records) {
        return new CaptureBatch("contract", CaptureBatch.ALL_TRAFFIC, records);
    }

    private static List<CaptureRecord> records(int first, int count) {
        Instant start = Instant.parse("2026-02-03T04:05:06Z");
        return IntStream.range(first, first + count)
                .mapToObj(i -> new CaptureRecord(
                        "event-" + i,
                        i % 2 == 0 ? "inference-" + i : null,
                        start.plusSeconds(i % 7),
                        Payload.csv(i + ",0.5,x"),
                        Payload.csv("0." + i),
                        List.of()))
                .toList();
    }
}

package io.modelmonitor.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.DataCapture;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a sink throws, on closing too, is that sink's failure. */
class IsolationTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final MemorySink memory = Sinks.memory(100);

    static Stream<Throwable> thrown() {
        return Stream.of(
                new OutOfMemoryError("none left"),
                new StackOverflowError(),
                new NoClassDefFoundError("some.Type"),
                new AssertionError("wrong"),
                new InternalError(),
                new Error("of its own"),
                new IllegalStateException("no state"),
                new IOException("away"));
    }

    /** Throws one and the same from everything. */
    private record Throwing(Throwable what) implements CaptureSink {

        @SuppressWarnings("unchecked") // any throwable is thrown as if it were unchecked
        private static <T extends Throwable> void sneak(Throwable what) throws T {
            throw (T) what;
        }

        @Override
        public void write(CaptureBatch batch) {
            Throwing.<RuntimeException>sneak(what);
        }

        @Override
        public void flush() {
            Throwing.<RuntimeException>sneak(what);
        }

        @Override
        public void close() {
            Throwing.<RuntimeException>sneak(what);
        }

        @Override
        public boolean equals(Object other) {
            throw new IllegalStateException("nobody has to ask");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("nobody has to ask");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("nobody has to ask");
        }
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void ofSeveralSinksOnlyTheOneThatThrowsFails(Throwable what) {
        List<String> closed = new ArrayList<>();
        CaptureSink last = new CaptureSink() {
            @Override
            public void write(CaptureBatch batch) {
                memory.write(batch);
            }

            @Override
            public void close() {
                closed.add("last");
            }
        };
        DataCapture capture = DataCapture.of("x")
                .sink(Sinks.all(new Throwing(what), new Throwing(what), last))
                .start();
        capture.record(new double[] {1}, 2);
        assertThat(capture.flush(LONG)).isFalse();
        assertThat(capture.stats().written()).isEqualTo(1);
        assertThat(capture.stats().failed()).isZero();
        capture.close();
        assertThat(closed).containsExactly("last");
        assertThat(memory.records()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void aSinkThatIsTriedAgainKeepsWhatItsTargetThrewAt(Throwable what) throws Exception {
        boolean[] away = {true};
        RetryingSink sink = Sinks.retrying(batch -> {
                    if (away[0]) {
                        Throwing.<RuntimeException>sneak(what);
                    }
                    memory.write(batch);
                })
                .backoff(Duration.ofMillis(1), Duration.ofMillis(1));
        sink.write(SinkRecords.batch(SinkRecords.record("one", SinkRecords.NOON)));
        assertThat(sink.waiting()).isEqualTo(1);
        away[0] = false;
        sink.close();
        assertThat(memory.records()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void anObjectThatCannotBePutHoldsUpNoOther(Throwable what) throws Exception {
        List<String> put = new ArrayList<>();
        CaptureSink sink = Sinks.objects((key, content) -> {
            if (key.startsWith("bad")) {
                Throwing.<RuntimeException>sneak(what);
            }
            put.add(key);
        });
        CaptureBatch batch = SinkRecords.batch(SinkRecords.record("one", SinkRecords.NOON));
        sink.write(new CaptureBatch("bad", "y", batch.records()));
        sink.write(new CaptureBatch("good", "y", batch.records()));
        assertThatThrownBy(sink::flush).isInstanceOf(Exception.class);
        assertThat(put).singleElement().asString().startsWith("good/");
    }

    @Test
    void aCaptureWhoseOnlySinkThrowsOnClosingIsClosed() {
        DataCapture capture = DataCapture.of("x")
                .sink(new Throwing(new OutOfMemoryError("none left")))
                .start();
        capture.close();
        assertThat(capture.record(new double[] {1}, 2)).isNull();
    }
}

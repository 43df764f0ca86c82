package io.modelmonitor.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.DataCapture;
import io.modelmonitor.DataCaptureBuilder;
import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.spi.CaptureSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a capture loses is said in the log, with its number. */
@Timeout(60)
class LoggedLossesTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final double[] ROW = {1, 2};

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream before = System.err;
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void listenNoMore() {
        System.setErr(before);
    }

    private void assertLogged(String... lines) {
        assertThat(log.toString(StandardCharsets.UTF_8).lines().map(line -> line.replaceAll(".*capture of m: ", "")))
                .containsExactlyInAnyOrder(lines);
    }

    private static DataCaptureBuilder capture() {
        return DataCapture.of("m").closedAtExit(false);
    }

    @Test
    void whatFindsTheQueueFullIs() throws InterruptedException {
        DataCapture capture = capture()
                .queueCapacity(10, Overflow.DROP_NEWEST)
                .sink(this::block)
                .start();
        capture.record(ROW, 0);
        writing.await();
        for (int i = 0; i < 17; i++) {
            capture.record(ROW, 0);
        }
        released.countDown();
        capture.close();
        assertLogged("records dropped because the queue was full, 7");
    }

    @Test
    void whatMakesRoomForOthersIs() throws InterruptedException {
        DataCapture capture = capture()
                .queueCapacity(10, Overflow.DROP_OLDEST)
                .sink(this::block)
                .start();
        capture.record(ROW, 0);
        writing.await();
        for (int i = 0; i < 13; i++) {
            capture.record(ROW, 0);
        }
        released.countDown();
        capture.close();
        assertLogged("records dropped because the queue was full, 3");
    }

    private void block(CaptureBatch batch) throws InterruptedException {
        writing.countDown();
        released.await();
    }

    @Test
    void whatIsLeftWhenTheTimeToCloseIsOverIs() throws InterruptedException {
        DataCapture capture = capture()
                .shutdownTimeout(Duration.ofMillis(20))
                .sink(batch -> {
                    writing.countDown();
                    while (released.getCount() > 0) {
                        Thread.onSpinWait(); // whoever interrupts
                    }
                })
                .start();
        capture.record(ROW, 0);
        writing.await();
        capture.record(ROW, 0);
        capture.record(ROW, 0);
        capture.close();
        released.countDown();
        assertLogged("records not written when it was closed after PT0.02S, 3");
    }

    @Test
    void whatASinkRefusesCannotFlushOrCannotCloseIs() {
        CaptureSink failing = new CaptureSink() {
            @Override
            public void write(CaptureBatch batch) throws IOException {
                throw new IOException("away");
            }

            @Override
            public void flush() throws IOException {
                throw new IOException("full");
            }

            @Override
            public void close() throws IOException {
                throw new IOException("gone");
            }
        };
        DataCapture capture = capture().sink(failing).start();
        capture.record(ROW, 0);
        assertThat(capture.flush(LONG)).isFalse();
        capture.close();
        assertLogged(
                "records that the sink refused, 1: java.io.IOException: away",
                "flushes that failed, 1: java.io.IOException: full",
                "sinks that could not be closed, 1: java.io.IOException: gone");
    }

    @Test
    void whatIsDroppedWhileASinkPausesOrCannotBeCopiedIs() {
        DataCapture capture = capture()
                .sink(batch -> {
                    throw new CaptureSink.PausedException("full");
                })
                .start();
        capture.record(ROW, 0);
        assertThat(capture.flush(LONG)).isFalse();
        capture.sample((id, input) -> {
            throw new IllegalStateException("no decision");
        });
        assertThat(capture.record(ROW, 0)).isNull();
        capture.close();
        assertLogged(
                "records dropped while the sink has paused, 1: io.modelmonitor.spi.CaptureSink$PausedException: full",
                "requests that could not be captured, 1: java.lang.IllegalStateException: no decision");
    }

    @Test
    void nothingElseIs() {
        DataCapture capture = capture().sink(batch -> {}).start();
        for (int i = 0; i < 100; i++) {
            capture.record(ROW, 0);
        }
        assertThat(capture.flush(LONG)).isTrue();
        capture.close();
        assertLogged();
    }
}

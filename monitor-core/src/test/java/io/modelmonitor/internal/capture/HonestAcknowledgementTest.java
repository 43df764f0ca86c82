package io.modelmonitor.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.DataCapture;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.capture.Overflow;
import io.modelmonitor.sink.Sinks;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A flush says yes only if what its caller recorded is safe. */
@Timeout(60)
class HonestAcknowledgementTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final double[] ROW = {1, 2};

    @TempDir
    Path folder;

    @Test
    void aFlushAnswersForTheRecordsOfItsCallerEvenIfAnotherThreadFlushedBetween() throws Exception {
        AtomicBoolean failing = new AtomicBoolean(true);
        CaptureSink sink = batch -> {
            if (failing.get()) {
                throw new IOException("away");
            }
        };
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (DataCapture capture = DataCapture.of("x").sink(sink).start()) {
            assertThat(capture.record(ROW, 1)).isNotNull();
            assertThat(other.submit(() -> capture.flush(LONG)).get()).isFalse();
            failing.set(false);
            assertThat(other.submit(() -> capture.flush(LONG)).get())
                    .as("the other thread was told of the loss")
                    .isTrue();
            assertThat(capture.flush(LONG)).as("its record was lost").isFalse();
            assertThat(capture.record(ROW, 1)).isNotNull();
            assertThat(capture.flush(LONG)).isTrue();
        } finally {
            other.shutdown();
        }
    }

    @Test
    void anIdleWorkerSleepsAndIsWokenByARequestAndByAFlush() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CapturePipeline pipeline = CapturePipeline.start(new PipelineSettings(
                "x",
                "y",
                64,
                Overflow.DROP_NEWEST,
                1 << 20,
                PayloadFormat.of(null, false, List.of()),
                PayloadFormat.of(null, false, List.of()),
                PrivateMetadata.of(List.of()),
                batch -> written.countDown(),
                java.time.Clock.systemUTC(),
                LONG));
        while (!pipeline.isAsleep()) {
            Thread.onSpinWait();
        }
        assertThat(pipeline.offer(null, ROW, null)).isNotNull();
        assertThat(pipeline.isAsleep()).as("it has been woken").isFalse();
        assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(pipeline.flush(LONG)).isTrue();
        assertThat(pipeline.close()).isZero();
    }

    @Test
    void aCaptureThatNobodyClosesClosesItselfWhenTheJvmEnds() throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExitingChild.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        List<String> said = child.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertThat(child.waitFor()).as("%s", said).isZero();
        assertThat(CaptureFiles.in(folder).records()).hasSize(ExitingChild.RECORDS);
    }

    /** Records and ends without closing. */
    static final class ExitingChild {

        static final int RECORDS = 5_000;

        private ExitingChild() {}

        public static void main(String[] args) {
            DataCapture capture = DataCapture.of("exiting")
                    .sink(Sinks.files(Path.of(args[0])).compressed())
                    .start();
            for (int i = 0; i < RECORDS; i++) {
                capture.record(ROW, i);
            }
        }
    }
}

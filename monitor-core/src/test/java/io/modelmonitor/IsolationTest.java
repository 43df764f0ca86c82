package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.capture.WarningLog;
import io.modelmonitor.quality.ProfileMetrics;
import io.modelmonitor.sink.Sinks;
import io.modelmonitor.spi.CaptureSink;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.sketch.Profile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A plug-in that throws, or never returns, harms no other. */
@Timeout(120)
class IsolationTest {

    private static final Dataset TABLE = Datasets.of(
            Schema.ofNames("score", "age"),
            IntStream.range(0, 500)
                    .mapToObj(i -> new Object[] {i % 100 / 100.0, 20.5 + i % 40})
                    .toList());

    private final List<Report> reports = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    static Stream<Throwable> whatIsThrown() {
        return Stream.of(
                new IllegalStateException("bad luck"),
                new AssertionError("bad luck"),
                new StackOverflowError("bad luck"),
                new NoClassDefFoundError("bad luck"),
                new LinkageError("bad luck"),
                new OutOfMemoryError("bad luck"),
                new java.io.IOException("bad luck"));
    }

    @ParameterizedTest
    @MethodSource("whatIsThrown")
    void whateverACalculatorThrowsIsItsFailureAlone(Throwable thrown) {
        for (Stage stage : Stage.values()) {
            MetricCalculator<?> broken = new Broken(stage, thrown);
            Report report = monitor().watching(broken).check(TABLE);
            assertThat(report.failures()).as(stage.name()).singleElement().satisfies(failure -> {
                assertThat(failure.calculator()).isEqualTo("broken");
                assertThat(failure.reason()).endsWith(thrown.getClass().getSimpleName() + ": bad luck");
            });
            assertThat(report.status()).isEqualTo(Report.Status.INCOMPLETE);
            assertThat(report.metric("age", "completeness").value()).isEqualTo(1);
        }
    }

    @Test
    void evidenceThatCannotBeIsTheFailureOfItsMetricAlone() {
        ProfileMetrics odd = new ProfileMetrics() {
            @Override
            public String name() {
                return "odd";
            }

            @Override
            public List<Metric> measure(Profile current, @Nullable Profile reference, Constraints wanted) {
                return List.of(Metric.of("age", "good", 1), Metric.of("age", "bad", 2, Evidence.ofPValue(1.5)));
            }
        };
        Report report = monitor().watching(odd).check(TABLE);

        assertThat(report.failures()).isEmpty();
        assertThat(report.metric("age", "good").value()).isEqualTo(1);
        assertThat(report.metric("age", "bad").isDefined()).isFalse();
        assertThat(report.metric("age", "bad").note()).contains("pValue 1.5 is no probability");
    }

    @ParameterizedTest
    @MethodSource("whatIsThrown")
    void whateverAListenerThrowsTheOthersAreTold(Throwable thrown) throws Exception {
        Monitor monitor = monitor()
                .reportingTo(report -> Broken.<RuntimeException>sneak(thrown))
                .reportingTo(reports::add)
                .reportingTo(report -> Broken.<RuntimeException>sneak(thrown));
        monitor.check(TABLE);
        assertThat(reports).hasSize(1);
        try (LiveMonitor live = monitor.everyRows(5)) {
            write(live, 20);
        }
        assertThat(reports).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("whatIsThrown")
    void whateverASinkThrowsOnWritingFlushingOrClosingTheOthersKeepTheirRecords(Throwable thrown) {
        CaptureSink broken = new CaptureSink() {
            @Override
            public void write(CaptureBatch batch) {
                Broken.<RuntimeException>sneak(thrown);
            }

            @Override
            public void flush() {
                Broken.<RuntimeException>sneak(thrown);
            }

            @Override
            public void close() {
                Broken.<RuntimeException>sneak(thrown);
            }
        };
        Monitor monitor = monitor().reportingTo(reports::add);
        try (DataCapture capture = DataCapture.of("credit")
                .sink(Sinks.all(broken, Sinks.files(folder), monitor.everyRows(10)))
                .start()) {
            for (int i = 0; i < 25; i++) {
                capture.record(new double[] {40}, 0.5);
            }
        }
        assertThat(Datasets.captures(folder).rows().count()).isEqualTo(25);
        assertThat(reports).extracting(Report::rows).containsExactly(10L, 10L, 5L);
    }

    @Test
    void aListenerThatHangsDelaysNoFileAndNoOtherListener() throws Exception {
        CountDownLatch told = new CountDownLatch(200);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Monitor monitor = monitor()
                .reportingTo(report -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                })
                .reportingTo(report -> told.countDown());
        LiveMonitor live = monitor.everyRows(5);
        try (CaptureSink sink = Sinks.all(live, Sinks.files(folder))) {
            for (int i = 0; i < 200; i++) {
                long before = 200L - i;
                write(sink, 5);
                while (told.getCount() >= before) {
                    Thread.onSpinWait();
                }
            }
            sink.flush();
            assertThat(Datasets.captures(folder).rows().count()).isEqualTo(1000);
            assertThat(live.droppedReports()).isEqualTo(200 - 1 - ReportQueue.MOST_WAITING);
        }
        interrupted.await();
        assertThat(live.droppedReports()).isEqualTo(199);
    }

    @Test
    void aFailureIsOneLineAndTheSameInEveryRun() {
        Runnable lambda = () -> {};
        String described = Failures.describe(new IllegalStateException("row " + new Object() + "\u2028 and\r\n "
                + lambda + " of " + (Object) new int[0] + ", ask me@cafe.example"));
        assertThat(described)
                .isEqualTo(
                        "IllegalStateException: row java.lang.Object  and  io.modelmonitor.IsolationTest$$Lambda of [I,"
                                + " ask me@cafe.example");
        assertThat(Failures.describe(new IllegalStateException("x".repeat(10_000_000))))
                .hasSize(500);
        RuntimeException nameless = new IllegalStateException() {
            @Override
            public String getMessage() {
                throw new AssertionError();
            }
        };
        assertThat(Failures.describe(nameless)).isEqualTo(nameless.getClass().getName());
        assertThat(Failures.describe(new RuntimeException("bad luck") {}))
                .startsWith("io.modelmonitor.IsolationTest$")
                .endsWith(": bad luck");
    }

    @Test
    void aLongFailureIsCutBetweenCharacters() {
        for (String before : List.of("", "x")) {
            Throwable failure = new IllegalStateException(before + "\ud83d\ude00".repeat(600));
            for (String line : List.of(Failures.describe(failure), WarningLog.described(failure))) {
                int most = line.length() > 200 ? 500 : 200; // a reason in a report, or a warning of a log
                assertThat(line).hasSizeBetween(most - 2, most).endsWith("..").matches(text -> text.codePoints()
                        .noneMatch(point -> point >= 0xD800 && point <= 0xDFFF));
            }
        }
    }

    private Monitor monitor() {
        return Monitor.against(Baseline.of(TABLE)).named("credit");
    }

    private static void write(CaptureSink sink, int count) throws Exception {
        List<CaptureRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(new CaptureRecord(
                    "event-" + i, null, Instant.EPOCH, Payload.csv("40"), Payload.csv("0.5"), List.of()));
        }
        sink.write(new CaptureBatch("credit", CaptureBatch.ALL_TRAFFIC, records));
    }

    private enum Stage {
        START,
        ADD,
        MERGE,
        COMPLETE,
        MEASURE
    }

    /** A calculator that throws at one stage. */
    private record Broken(Stage stage, Throwable thrown) implements MetricCalculator<long[]> {

        @SuppressWarnings({"unchecked", "DoNotCallSuggester"}) // it is called where any throwable has to be thrown
        static <T extends Throwable> void sneak(Throwable thrown) throws T {
            throw (T) thrown;
        }

        private void at(Stage reached) {
            if (stage == reached) {
                Broken.<RuntimeException>sneak(thrown);
            }
        }

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public long[] start() {
            at(Stage.START);
            return new long[1];
        }

        @Override
        public void add(long[] state, io.modelmonitor.api.Batch batch) {
            at(Stage.ADD);
        }

        @Override
        public long[] merge(long[] earlier, long[] later) {
            at(Stage.MERGE);
            return earlier;
        }

        @Override
        public long[] complete(long[] state) {
            at(Stage.COMPLETE);
            return state;
        }

        @Override
        public void write(long[] state, java.io.DataOutput out) {}

        @Override
        public long[] read(java.io.DataInput in) {
            return new long[1];
        }

        @Override
        public List<Metric> measure(
                long[] current,
                long @org.jspecify.annotations.Nullable [] reference,
                io.modelmonitor.api.Constraints wanted) {
            at(Stage.MEASURE);
            return List.of();
        }
    }
}

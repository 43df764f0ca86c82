package io.modelmonitor;

import static io.modelmonitor.attribution.Attribution.attribution;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.sink.Sinks;
import io.modelmonitor.spi.CaptureSink;
import io.modelmonitor.spi.MetricCalculator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveMonitorTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private final ManualClock clock = new ManualClock(NOON);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aWindowsReportIsTheOneThatTheFilesOfItsRequestsGive(long seed) throws Exception {
        Monitor monitor = monitor();
        try (CaptureSink sink = Sinks.all(Sinks.files(folder), live(monitor.every(HOUR)))) {
            write(sink, requests(3_000, seed, seed == 3 ? 1.5 : 1));
        }
        Report ofFiles = monitor.check(Datasets.captures(folder).columns("score", "age", "income"));
        assertThat(reports).hasSize(2);
        assertThat(reports.get(0)).hasToString(ofFiles.toString());
        assertThat(values(reports.get(0))).isEqualTo(values(ofFiles));
        assertThat(ofFiles.isHealthy()).as(ofFiles.toString()).isEqualTo(seed != 3);
    }

    @Test
    void aWindowEndsWithTheHourOfTheClock() throws Exception {
        try (LiveMonitor live = live(monitor().every(HOUR))) {
            clock.now = NOON.minusMillis(1);
            write(live, requests(10, 1, 1));
            clock.now = NOON;
            write(live, requests(20, 1, 1));
            clock.now = NOON.plus(HOUR).minusMillis(1);
            write(live, requests(30, 1, 1));
            clock.now = NOON.plus(HOUR);
            live.flush();
        }
        assertThat(rows()).containsExactly(10L, 50L);
    }

    @Test
    void aWindowWithoutARequestIsReportedAsSuch() throws Exception {
        try (LiveMonitor live = live(monitor().every(HOUR))) {
            clock.now = NOON;
            live.flush();
            clock.now = NOON.plus(HOUR);
            live.flush();
            write(live, requests(10, 1, 1));
        }
        assertThat(reports.stream().map(Report::status)).first().isEqualTo(Report.Status.NO_DATA);
        assertThat(rows()).containsExactly(0L, 10L);
    }

    @Test
    void closingReportsWhatThereIsAndNothingWhereThereIsNothing() throws Exception {
        try (LiveMonitor live = live(monitor().every(HOUR))) {
            live.flush();
        }
        assertThat(reports).isEmpty();
        try (LiveMonitor live = live(monitor().every(HOUR))) {
            write(live, requests(7, 1, 1));
        }
        assertThat(rows()).containsExactly(7L);
    }

    @Test
    void windowsOfRowsAreExactlyAsLong() throws Exception {
        try (LiveMonitor live = live(monitor().everyRows(40))) {
            write(live, requests(100, 1, 1));
            write(live, requests(30, 1, 1));
        }
        assertThat(rows()).containsExactly(40L, 40L, 40L, 10L);
    }

    @Test
    void aRequestOfManyRowsIsNotCutInTwo() throws Exception {
        String rows = IntStream.range(0, 60).mapToObj(i -> i + ",50000").collect(Collectors.joining("\n"));
        String scores = IntStream.range(0, 60).mapToObj(i -> "0.5").collect(Collectors.joining("\n"));
        CaptureRecord request =
                new CaptureRecord("event", null, NOON, Payload.csv(rows), Payload.csv(scores), List.of());
        try (LiveMonitor live = live(monitor().everyRows(40))) {
            write(live, List.of(request));
            write(live, List.of(request));
        }
        assertThat(rows()).containsExactly(60L, 60L);
    }

    @Test
    void columnsThatComeLateAreMissingBefore() throws Exception {
        try (LiveMonitor live = live(monitor().every(HOUR))) {
            write(live, List.of(json("{\"age\":40,\"income\":50000}")));
            write(live, List.of(json("{\"income\":50000,\"vip\":true,\"age\":41}")));
        }
        Report report = reports.get(0);
        assertThat(report.metric("age", "completeness").value()).isEqualTo(1);
        assertThat(report.metric("vip", "completeness").value()).isEqualTo(0.5);
        assertThat(report.metric("age", "minimum").value()).isEqualTo(40);
    }

    @Test
    void whatIsLeftOutOfRequestsIsCountedAndLocated() throws Exception {
        List<CaptureRecord> requests = new ArrayList<>(requests(5, 1, 1));
        requests.add(2, json("{\"age\":"));
        try (LiveMonitor live = live(monitor().every(HOUR)).transformer(request -> {
            if (request.eventId().equals("event-4")) {
                throw new IllegalStateException("what is this");
            }
            return List.of(request);
        })) {
            write(live, requests);
        }
        assertThat(reports.get(0).rows()).isEqualTo(5);
        assertThat(reports.get(0).problems())
                .extracting(DataProblem::count, DataProblem::lines)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(1L, List.of(3L)),
                        org.assertj.core.groups.Tuple.tuple(1L, List.of(6L)));
    }

    @Test
    void neitherACalculatorNorAListenerThatThrowsHarmsCaptureOrTheNextWindow() {
        MetricCalculator<?> broken = MetricCalculator.of("broken", Collectors.summingDouble(row -> {
            throw new AssertionError("no luck");
        }));
        Monitor monitor = monitor().watching(broken).reportingTo(report -> {
            throw new StackOverflowError("deaf");
        });
        try (DataCapture capture =
                DataCapture.of("credit").sink(live(monitor.everyRows(10))).start()) {
            for (int i = 0; i < 30; i++) {
                capture.record(new double[] {40, 50_000}, 0.5);
            }
            assertThat(capture.flush(Duration.ofMinutes(1))).isTrue();
            assertThat(capture.stats().written()).isEqualTo(30);
        }
        assertThat(reports)
                .hasSize(3)
                .allSatisfy(report ->
                        assertThat(report.failures()).singleElement().asString().contains("no luck"));
    }

    @Test
    void explainingHappensNeitherOnTheServingThreadNorOnTheCapturesWorker() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        Dataset train = table(500, 1);
        MetricCalculator<?> reasons = attribution(rows -> {
                    threads.add(Thread.currentThread().getName());
                    double[][] answers = new double[rows.length][1];
                    for (int i = 0; i < rows.length; i++) {
                        answers[i][0] = rows[i][1] + 0.01 * rows[i][2];
                    }
                    return answers;
                })
                .background(train)
                .maxRows(20);
        Monitor monitor =
                Monitor.against(Baseline.of(train, reasons)).named("credit").reportingTo(reports::add);
        threads.clear();
        try (DataCapture capture =
                DataCapture.of("credit").sink(live(monitor.every(HOUR))).start()) {
            SplittableRandom random = new SplittableRandom(5);
            for (int i = 0; i < 200; i++) {
                capture.record(features(random, 1), random.nextDouble());
            }
        }
        assertThat(threads).containsExactly("monitor-credit");
        assertThat(reports.get(0)
                        .metric(MetricId.DATASET, "attribution.explained_rows")
                        .value())
                .isEqualTo(20);
        assertThat(reports.get(0).metric(MetricId.DATASET, "attribution.ndcg").isDefined())
                .isTrue();
    }

    @Test
    void aSlowListenerDoesNotKeepCapturesFromTheirFiles() throws Exception {
        CountDownLatch listening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Monitor slow = monitor().reportingTo(report -> {
            listening.countDown();
            await(goOn);
        });
        try (DataCapture capture = DataCapture.of("credit")
                .sink(Sinks.all(Sinks.files(folder), live(slow.everyRows(10))))
                .start()) {
            for (int i = 0; i < 15; i++) {
                capture.record(new double[] {40, 50_000}, 0.5);
            }
            assertThat(listening.await(1, TimeUnit.MINUTES)).isTrue();
            for (int i = 0; i < 14; i++) {
                capture.record(new double[] {40, 50_000}, 0.5);
            }
            assertThat(capture.flush(Duration.ofMinutes(1))).isTrue();
            assertThat(Datasets.captures(folder).rows().count()).isEqualTo(29);
            goOn.countDown();
        }
        assertThat(rows()).containsExactly(10L, 10L, 9L);
    }

    @Test
    void reportsComeOneAtATimeAndInOrderHoweverManyWindowsWait() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger atOnce = new AtomicInteger();
        Monitor slow = monitor().reportingTo(report -> {
            assertThat(atOnce.incrementAndGet()).isEqualTo(1);
            await(goOn);
            atOnce.decrementAndGet();
        });
        try (DataCapture capture =
                DataCapture.of("credit").sink(live(slow.everyRows(10))).start()) {
            for (int i = 0; i < 55; i++) {
                capture.record(new double[] {40, 50_000}, 0.5);
            }
            goOn.countDown();
        }
        assertThat(rows()).containsExactly(10L, 10L, 10L, 10L, 10L, 5L);
        assertThat(atOnce).hasValue(0);
    }

    @Test
    void closingGivesUpOnAListenerThatNeverReturnsAndKeepsTheInterrupt() throws Exception {
        CountDownLatch listening = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        LiveMonitor live = live(monitor()
                .reportingTo(report -> {
                    listening.countDown();
                    if (!await(never)) {
                        interrupted.countDown();
                    }
                })
                .everyRows(5));
        write(live, requests(5, 1, 1));
        assertThat(listening.await(1, TimeUnit.MINUTES)).isTrue();
        Thread.currentThread().interrupt();
        live.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void noThreadIsLeftBehind() throws Exception {
        CopyOnWriteArrayList<Thread> threads = new CopyOnWriteArrayList<>();
        Monitor monitor = monitor().reportingTo(report -> threads.add(Thread.currentThread()));
        try (LiveMonitor live = live(monitor.everyRows(10))) {
            write(live, requests(100, 1, 1));
        }
        assertThat(threads).hasSize(10);
        for (Thread thread : threads) {
            if (thread != Thread.currentThread()) {
                thread.join(60_000);
                assertThat(thread.isAlive()).isFalse();
                assertThat(thread.isDaemon()).isTrue();
            }
        }
    }

    @Test
    void senselessLengthsAreRefused() {
        assertThatThrownBy(() -> monitor().every(Duration.ofMillis(999)))
                .hasMessage("window is PT0.999S; allowed is at least PT1S");
        assertThatThrownBy(() -> monitor().everyRows(0)).hasMessage("rows is 0; allowed is at least 1");
    }

    private LiveMonitor live(LiveMonitor live) {
        return live.columns("score", "age", "income").clock(clock);
    }

    private Monitor monitor() {
        return Monitor.against(Baseline.of(table(3_000, 9))).named("credit").reportingTo(reports::add);
    }

    private static Dataset table(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Object[]> table = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double[] features = features(random, 1);
            table.add(new Object[] {random.nextDouble(), features[0], features[1]});
        }
        return Datasets.of(Schema.ofNames("score", "age", "income"), table);
    }

    private static double[] features(SplittableRandom random, double factor) {
        return new double[] {18 + random.nextInt(60) + 0.5, factor * (20_000 + random.nextInt(50_000)) + 0.25};
    }

    private List<CaptureRecord> requests(int count, long seed, double factor) {
        SplittableRandom random = new SplittableRandom(seed);
        List<CaptureRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] features = features(random, factor);
            records.add(new CaptureRecord(
                    "event-" + i,
                    null,
                    clock.now,
                    Payload.csv(features[0] + "," + features[1]),
                    Payload.csv(String.valueOf(random.nextDouble())),
                    List.of()));
        }
        return records;
    }

    private static CaptureRecord json(String features) {
        return new CaptureRecord(
                "json", null, NOON, Payload.json(features), Payload.json("{\"score\":0.5}"), List.of());
    }

    private static void write(CaptureSink sink, List<CaptureRecord> records) throws Exception {
        sink.write(new CaptureBatch("credit", CaptureBatch.ALL_TRAFFIC, records));
    }

    private List<Long> rows() {
        return reports.stream().map(Report::rows).toList();
    }

    private static List<Double> values(Report report) {
        return report.metrics().stream().map(Metric::value).toList();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            return false;
        }
    }
}

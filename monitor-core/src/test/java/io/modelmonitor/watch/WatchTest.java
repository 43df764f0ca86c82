package io.modelmonitor.watch;

import static io.modelmonitor.watch.Hours.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.Baseline;
import io.modelmonitor.ManualClock;
import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.watch.Execution.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

    private static final Duration YEAR = Duration.ofDays(365);
    private static final Monitor MONITOR = Hours.monitor();

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock(Hours.START);

    private WatchBuilder watch(WindowSource source) {
        return Watch.of(MONITOR, source).hourly().named("hourly").clock(clock);
    }

    private List<Execution> runUntil(Watch watch, int hours) {
        clock.now = hour(hours);
        return watch.runDue(clock.now);
    }

    @Test
    void everyWindowIsJudgedOnceAndWrittenWhereTheServiceWouldWriteIt() {
        Hours hours = Hours.steady();
        Watch watch = watch(hours).outputFolder(folder).open();
        for (int i = 1; i <= 5; i++) {
            assertThat(runUntil(watch, i)).hasSize(1);
            assertThat(watch.runDue(clock.now)).isEmpty();
        }
        assertThat(hours.read).extracting(Window::start).containsExactly(hour(0), hour(1), hour(2), hour(3), hour(4));
        Execution newest = watch.executions().get(0);
        assertThat(newest.scheduled()).isEqualTo(hour(5));
        assertThat(newest.status()).isEqualTo(Status.COMPLETED);
        assertThat(newest.folder()).isEqualTo(folder.resolve("credit/hourly/2026/01/01/05"));
        assertThat(newest.report().start()).isEqualTo(hour(4));
        assertThat(MONITOR.judge(MONITOR.load(newest.folder().resolve(Execution.MEASUREMENT))))
                .isEqualTo(newest.report());
    }

    @Test
    void windowsOfABaselineOfOneRowPerCustomerAreReadAlike() {
        Dataset rows = Datasets.csvText("who,x\n" + "a,1\na,1\nb,2\n".repeat(50) + "c,3\n".repeat(7));
        Monitor ofCustomers = Monitor.against(Baseline.of(rows.per("who")));
        for (Dataset window : List.of(rows, rows.per("who"))) {
            Watch watch = Watch.of(ofCustomers, unknown -> window)
                    .hourly()
                    .clock(clock)
                    .outputFolder(folder.resolve(window.group() + "customers"))
                    .open();
            clock.now = hour(1);
            Report report = watch.runDue(clock.now).get(0).report();

            assertThat(report.rows()).isEqualTo(3);
            assertThat(report.failures()).isEmpty();
        }
        Watch wrong = Watch.of(Monitor.against(Baseline.of(rows)), unknown -> rows.per("who"))
                .hourly()
                .clock(clock)
                .outputFolder(folder.resolve("wrong"))
                .open();
        assertThat(wrong.runDue(clock.now).get(0).report().failures()).hasSize(1);
    }

    @Test
    void anEmptyWindowIsNoSuccess() {
        Watch watch = watch(window -> Datasets.of(Schema.ofNames("x", "y"), List.of()))
                .open();
        Execution execution = runUntil(watch, 1).get(0);
        assertThat(execution.status()).isEqualTo(Status.FAILED);
        assertThat(execution.message()).isEqualTo("Job inputs had no data");
        assertThat(watch.isInAlert()).isFalse();
    }

    @Test
    void aFailureSaysItsCauseAndStopsNoOtherWindow() {
        Hours hours = Hours.steady();
        Watch watch = watch(window -> {
                    if (window.start().equals(hour(1))) {
                        throw new IOException("the table\nis gone");
                    }
                    return hours.of(window);
                })
                .open();
        runUntil(watch, 1);
        runUntil(watch, 4);
        assertThat(watch.executions())
                .extracting(Execution::status)
                .containsExactly(Status.COMPLETED, Status.COMPLETED, Status.FAILED, Status.COMPLETED);
        assertThat(watch.executions().get(2).failure()).isEqualTo("the table; is gone");
        assertThatThrownBy(() -> watch.executions().get(2).report()).hasMessageContaining("the table");
    }

    @Test
    void aWindowThatTakesTooLongFails() {
        Watch watch = watch(window -> {
                    clock.now = clock.now.plusSeconds(61);
                    return Hours.rows(1, 10, 0);
                })
                .timeout(Duration.ofMinutes(1))
                .open();
        assertThat(runUntil(watch, 1).get(0).failure()).isEqualTo("took longer than PT1M");
    }

    @Test
    void windowsThatWereMissedAreCaughtUpOrSkipped() {
        Watch all = watch(Hours.steady()).open();
        runUntil(all, 1);
        assertThat(runUntil(all, 6))
                .extracting(Execution::scheduled)
                .containsExactly(hour(2), hour(3), hour(4), hour(5), hour(6));
        Watch latest = watch(Hours.steady()).catchingUp(1).open();
        runUntil(latest, 1);
        assertThat(runUntil(latest, 6)).extracting(Execution::scheduled).containsExactly(hour(6));
        assertThat(runUntil(latest, 7)).hasSize(1);
    }

    @Test
    void aClockThatIsSetBackDoublesNoWindow() {
        Hours hours = Hours.steady();
        Watch watch = watch(hours).open();
        runUntil(watch, 3);
        assertThat(runUntil(watch, 1)).isEmpty();
        assertThat(runUntil(watch, 3)).isEmpty();
        runUntil(watch, 4);
        assertThat(hours.read).extracting(Window::end).containsExactly(hour(3), hour(4));
    }

    @Test
    void offsetsWaitForLabels() {
        Hours hours = Hours.steady();
        Watch watch =
                watch(hours).window(Duration.ofDays(-8), Duration.ofDays(-1)).open();
        runUntil(watch, 13);
        assertThat(hours.read).containsExactly(new Window(hour(13).minus(Duration.ofDays(8)), hour(13 - 24)));
        assertThatThrownBy(() -> watch(hours)
                        .window(Duration.ofDays(-8), Duration.ofDays(-1))
                        .promise(0.05, YEAR)
                        .open())
                .hasMessageContaining("do not share rows, such as PT-25H to PT-24H");
    }

    @Test
    void aWatchThatStartsAgainContinuesAsIfItHadNeverEnded() throws IOException {
        Hours hours = new Hours(hour(30), 0.15);
        History through = History.folder(folder.resolve("through"));
        History anew = History.folder(folder.resolve("anew"));
        Watch one = watch(hours).history(through).promise(0.05, YEAR).open();
        for (int i = 1; i <= 60; i++) {
            runUntil(one, i);
            Watch other = watch(hours).history(anew).promise(0.05, YEAR).open();
            runUntil(other, i);
            assertThat(other.standings()).isEqualTo(one.standings());
            other.close();
        }
        assertThat(one.alerts()).extracting(Alert::kind).contains(Alert.Kind.BEGAN);
        assertThat(one.alerts()).hasSizeLessThan(3);
        Path file = Path.of("credit", "hourly", "2026-01.jsonl");
        assertThat(folder.resolve("anew").resolve(file))
                .hasSameBinaryContentAs(folder.resolve("through").resolve(file));
    }

    @Test
    void twoProcessesThatShareAHistoryRunEachWindowOnce() {
        Hours hours = Hours.steady();
        Watch one = watch(hours).history(History.folder(folder)).open();
        Watch other = watch(hours).history(History.folder(folder)).open();
        for (int i = 1; i <= 12; i++) {
            List<Execution> executions = new ArrayList<>(runUntil(i % 3 == 0 ? one : other, i));
            executions.addAll(runUntil(i % 3 == 0 ? other : one, i));
            assertThat(executions).extracting(Execution::scheduled).containsExactly(hour(i));
        }
        assertThat(hours.read).doesNotHaveDuplicates().hasSize(12);
        assertThat(one.executions()).isEqualTo(other.executions());
    }

    @Test
    void whoHasNotTheLockRunsNothing() {
        History history = History.folder(folder);
        Watch watch = watch(Hours.steady()).history(history).open();
        try (HistoryStore.Lease lock = history.lease("credit/hourly", "other", hour(0), Duration.ofHours(1))) {
            assertThat(lock).isNotNull();
            assertThat(runUntil(watch, 1)).isEmpty();
            assertThatThrownBy(watch::runNow).hasMessageContaining("another process");
        }
        assertThat(runUntil(watch, 1)).hasSize(1);
    }

    @Test
    void aTornLastLineIsTakenAwayAndItsWindowRunsAgain() throws IOException {
        Hours hours = Hours.steady();
        Path file = folder.resolve("credit/hourly/2026-01.jsonl");
        Watch watch =
                watch(hours).history(History.folder(folder)).promise(0.05, YEAR).open();
        runUntil(watch, 2);
        runUntil(watch, 3);
        byte[] whole = Files.readAllBytes(file);
        int lastLine = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
        for (int length = lastLine; length < whole.length; length += 97) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            Watch again = watch(hours)
                    .history(History.folder(folder))
                    .promise(0.05, YEAR)
                    .open();
            assertThat(again.executions()).hasSize(1);
            assertThat(again.runDue(hour(3))).hasSize(1);
            assertThat(file).hasBinaryContent(whole);
        }
    }

    @Test
    void aWindowThatCannotBeRememberedRunsAgainAndCountsOnce() throws IOException {
        Hours hours = Hours.steady();
        Path file = folder.resolve("credit/hourly/2026-01.jsonl");
        Watch watch = watch(hours)
                .history(History.folder(folder))
                .promise(0.05, YEAR)
                .since(hour(0))
                .open();
        Watch untroubled = watch(hours).promise(0.05, YEAR).since(hour(0)).open();
        runUntil(untroubled, 2);
        runUntil(watch, 1);
        byte[] before = Files.readAllBytes(file);
        Files.delete(file);
        Files.createDirectories(file.resolve("in the way"));
        assertThatThrownBy(() -> runUntil(watch, 2)).hasMessageContaining("2026-01.jsonl");
        Files.delete(file.resolve("in the way"));
        Files.delete(file);
        Files.write(file, before, StandardOpenOption.CREATE_NEW);
        assertThat(runUntil(watch, 2)).hasSize(1);
        assertThat(watch.standings()).isEqualTo(untroubled.standings());
    }

    @Test
    void aBackfillWritesTheSameBytesAgainAndCountsOnce() throws IOException {
        Hours hours = new Hours(hour(5), 1);
        Watch watch = watch(hours)
                .history(History.folder(folder.resolve("history")))
                .outputFolder(folder.resolve("out"))
                .promise(0.05, YEAR)
                .open();
        clock.now = hour(24);
        assertThat(watch.backfill(hour(0), hour(24))).hasSize(24);
        List<Standing> standings = watch.standings();
        List<Alert> alerts = watch.alerts();
        assertThat(alerts).hasSize(1);
        byte[] report = Files.readAllBytes(folder.resolve("out/credit/hourly/2026/01/01/07/report.json"));
        assertThat(watch.backfill(hour(3).minusSeconds(1), hour(9).plusSeconds(1)))
                .hasSize(6);
        watch.runNow();
        assertThat(watch.standings()).isEqualTo(standings);
        assertThat(watch.alerts()).isEqualTo(alerts);
        assertThat(watch.executions())
                .hasSize(24)
                .first()
                .extracting(Execution::scheduled)
                .isEqualTo(hour(24));
        assertThat(folder.resolve("out/credit/hourly/2026/01/01/07/report.json"))
                .hasBinaryContent(report);
        assertThat(watch.runDue(clock.now)).isEmpty();
    }

    @Test
    void aChangeIsToldWhenItBeginsAndWhenItEndsAndNotInBetween() {
        List<Alert> told = new ArrayList<>();
        Hours hours = new Hours(hour(10), 0.5);
        Hours steady = Hours.steady();
        Watch watch = watch(window -> window.start().isBefore(hour(40)) ? hours.of(window) : steady.of(window))
                .promise(0.05, YEAR)
                .alerting(alert -> {
                    throw new IOException("nobody listens");
                })
                .alerting(Alerts.to(told::add))
                .since(hour(0))
                .open();
        runUntil(watch, 40);
        assertThat(told).extracting(Alert::kind).containsExactly(Alert.Kind.BEGAN);
        assertThat(told.get(0).constraint().subject()).isEqualTo("x");
        assertThat(told.get(0).since()).isBetween(hour(9), hour(11));
        assertThat(watch.isInAlert()).isTrue();
        assertThat(watch.acknowledge("x", "drift")).isTrue();
        assertThat(watch.acknowledge("y", "drift")).isFalse();
        assertThat(watch.standings().get(0).toString()).contains("in alert, acknowledged");
        runUntil(watch, 60);
        assertThat(told).extracting(Alert::kind).containsExactly(Alert.Kind.BEGAN, Alert.Kind.ENDED);
        assertThat(watch.isInAlert()).isFalse();
        assertThat(watch.failedAlerts()).isEqualTo(2);
        assertThat(watch.alerts()).containsExactly(told.get(1), told.get(0));
    }

    @Test
    void withoutAPromiseSoManyOfTheLastWindowsAlert() {
        List<Alert> told = new ArrayList<>();
        Hours hours = new Hours(hour(10), 1);
        Hours steady = Hours.steady();
        Watch watch = watch(window -> window.start().isBefore(hour(20)) ? hours.of(window) : steady.of(window))
                .mOfN(3, 5)
                .alerting(Alerts.to(told::add))
                .since(hour(0))
                .open();
        runUntil(watch, 12);
        assertThat(told).isEmpty();
        runUntil(watch, 13);
        assertThat(told).extracting(Alert::kind).containsExactly(Alert.Kind.BEGAN);
        assertThat(told.get(0).since()).isEqualTo(hour(10));
        runUntil(watch, 22);
        assertThat(told).hasSize(1);
        runUntil(watch, 23);
        assertThat(told).extracting(Alert::kind).containsExactly(Alert.Kind.BEGAN, Alert.Kind.ENDED);
    }

    @Test
    void nothingIsPromisedOfABaselineThatIsSmallBesideTheWindow() {
        Watch watch =
                watch(window -> Hours.rows(3, 10_001, 5)).promise(0.05, YEAR).open();
        assertThat(runUntil(watch, 1).get(0).message())
                .contains("nothing promised: the window has 10001 rows and the baseline 20000");
        assertThat(watch.isInAlert()).isFalse();
    }

    @Test
    void hoursBecomeDaysOnReading() {
        History history = History.folder(folder);
        Watch watch = watch(Hours.steady()).history(history).since(hour(0)).open();
        runUntil(watch, 30);
        List<History.Point> points = history.series("credit/hourly", new MetricId("x", "mean"), hour(2), hour(8));
        assertThat(points)
                .extracting(point -> point.window().end())
                .containsExactly(hour(2), hour(3), hour(4), hour(5), hour(6), hour(7));
        Measurement day = history.measurement("credit/hourly", MONITOR, hour(0), hour(24));
        assertThat(day).isNotNull();
        assertThat(day.rows()).isEqualTo(24 * 200);
        assertThat(day.start()).isEqualTo(hour(0));
        assertThat(day.end()).isEqualTo(hour(24));
        assertThat(MONITOR.judge(day).isHealthy()).isTrue();
    }

    @Test
    void whatIsTooOldIsDeleted() throws IOException {
        History history = History.folder(folder).retention(Duration.ofDays(40));
        Watch watch =
                watch(Hours.steady()).daily().history(history).since(hour(0)).open();
        runUntil(watch, 24 * 100);
        try (java.util.stream.Stream<Path> files = Files.list(folder.resolve("credit/hourly"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(".lock", "2026-03.jsonl", "2026-04.jsonl", "measurements", "state");
        }
        try (java.util.stream.Stream<Path> files = Files.list(folder.resolve("credit/hourly/measurements"))) {
            assertThat(files).hasSize(41);
        }
    }

    @Test
    void aSmallChangeIsFoundSoonerInHoursThatAreMerged() {
        List<Alert> told = new ArrayList<>();
        Watch watch = watch(new Hours(hour(27), 0.12))
                .promise(0.05, YEAR)
                .alerting(Alerts.to(told::add))
                .since(hour(0))
                .open();
        runUntil(watch, 27 + 60);
        assertThat(told).extracting(Alert::kind).containsExactly(Alert.Kind.BEGAN);
        assertThat(told.get(0).constraint().subject()).isEqualTo("x");
        assertThat(told.get(0).window().length()).isGreaterThan(Duration.ofHours(1));
    }

    @Test
    void daysOfTwentyThreeAndTwentyFiveHoursAreJudgedOnceAndTileTime() {
        Hours hours = Hours.steady();
        ZoneId zone = ZoneId.of("America/New_York");
        Instant first = Instant.parse("2026-03-06T00:00:00Z");
        Watch watch = watch(hours).cron("30 2 * * *", zone).since(first).open();
        Instant now = first;
        while (now.isBefore(Instant.parse("2026-11-05T00:00:00Z"))) {
            now = now.plus(Duration.ofMinutes(7 * 60 + 30));
            watch.runDue(now);
        }
        for (int i = 1; i < hours.read.size(); i++) {
            assertThat(hours.read.get(i).start())
                    .isEqualTo(hours.read.get(i - 1).end());
        }
        assertThat(hours.read)
                .extracting(Window::length)
                .contains(Duration.ofMinutes(23 * 60 + 30), Duration.ofHours(25));
        assertThat(hours.read).hasSize((int) Duration.between(first, now).toDays());
    }

    @Test
    void aStartedWatchRunsByItself() throws InterruptedException {
        clock.now = hour(2);
        CountDownLatch judged = new CountDownLatch(1);
        Instant end = hour(1);
        try (Watch watch = Watch.of(MONITOR, Hours.steady())
                .once(hour(0), end)
                .clock(clock)
                .afterEach((execution, report) -> judged.countDown())
                .start()) {
            assertThat(judged.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(watch.executions()).extracting(Execution::scheduled).containsExactly(end);
        }
    }
}

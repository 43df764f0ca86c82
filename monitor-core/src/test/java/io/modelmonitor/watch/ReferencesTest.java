package io.modelmonitor.watch;

import static io.modelmonitor.watch.Hours.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.Baseline;
import io.modelmonitor.ManualClock;
import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.stats.detection.ChangeDetectors;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {

    private static final Monitor MONITOR = Hours.monitor();
    private static final String WATCH = "credit/six-hourly";

    @TempDir
    private Path folder;

    private final List<Alert> told = new ArrayList<>();

    private WatchBuilder watch(WindowSource source) {
        return Watch.of(MONITOR, source)
                .named("six-hourly")
                .everyHours(6)
                .clock(new ManualClock(Hours.START))
                .since(hour(0))
                .alerting(told::add);
    }

    /** Rows that are shifted from an hour on. */
    private static WindowSource shifted(int from, double shift) {
        return window ->
                Hours.rows(window.start().getEpochSecond(), 500, window.start().isBefore(hour(from)) ? 0 : shift);
    }

    @Test
    void daysBeforeTakeUpWhatHasLasted() {
        WindowSource source = shifted(48, 1);
        Watch fixed =
                watch(source).history(History.folder(folder.resolve("fixed"))).open();
        fixed.runDue(hour(24 * 8));
        assertThat(fixed.executions().get(0).status()).isEqualTo(Execution.Status.COMPLETED_WITH_VIOLATIONS);

        History history = History.folder(folder.resolve("rolling"));
        Watch rolling = watch(source).history(history).referenceDaysBefore(3).open();
        rolling.runDue(hour(24 * 4));
        assertThat(violated(rolling)).as("the days before had no change").contains(54, 60);
        // Another process continues: it merges what the first has saved.
        Watch next = watch(source).history(history).referenceDaysBefore(3).open();
        next.runDue(hour(24 * 8));
        assertThat(violated(next)).as("three days of the change").noneMatch(hour -> hour > 24 * 5);
        // A whole day at a time: the last window of a day is in it, the first of the next is not.
        Rolling days = new Rolling(history, WATCH, 3);
        assertThat(days.of(new Window(hour(24 * 8), hour(24 * 8 + 6)), MONITOR).rows())
                .isEqualTo(3 * 4 * 500);
        assertThat(days.of(new Window(hour(24), hour(30)), MONITOR).rows()).isEqualTo(4 * 500);
        assertThat(days.of(new Window(hour(0), hour(6)), MONITOR)).isNull();
    }

    private static List<Integer> violated(Watch watch) {
        return watch.executions().stream()
                .filter(execution -> execution.status() == Execution.Status.COMPLETED_WITH_VIOLATIONS)
                .map(execution ->
                        (int) Duration.between(hour(0), execution.scheduled()).toHours())
                .toList();
    }

    @Test
    void aReportNamesTheReferenceThatItWasJudgedAgainst() {
        List<Report> reports = new ArrayList<>();
        Monitor monitor = MONITOR.reportingTo(reports::add);
        History history = History.folder(folder);
        Watch.of(monitor, shifted(0, 0))
                .named("six-hourly")
                .everyHours(6)
                .clock(new ManualClock(Hours.START))
                .since(hour(0))
                .history(history)
                .referenceDaysBefore(3)
                .open()
                .runDue(hour(48));
        Measurement firstDay = history.measurement(WATCH, monitor, hour(0), hour(24));
        String fixed = monitor.baseline().id();
        String moving = Baseline.of(Objects.requireNonNull(firstDay)).id();
        assertThat(moving).isNotEqualTo(fixed);
        assertThat(reports)
                .extracting(Report::baseline)
                .containsExactly(fixed, fixed, fixed, fixed, moving, moving, moving, moving);
        assertThat(monitor.judge(firstDay, monitor.baseline().measurement()).baseline())
                .isEqualTo(fixed);
    }

    @Test
    void aChallengerIsComparedWithTheChampionInTheSameWindow() {
        // Both change at hour 12, which is of the data and not of the model; the challenger alone changes at 24.
        WindowSource champion = window -> window.start().equals(hour(36))
                ? Datasets.columns()
                        .add("x", new double[0])
                        .add("y", new double[0])
                        .build()
                : Hours.rows(
                        window.start().getEpochSecond() + 1, 500, window.start().isBefore(hour(12)) ? 0 : 1);
        WindowSource challenger = window -> {
            boolean isBefore = window.start().isBefore(hour(12));
            return Hours.rows(
                    window.start().getEpochSecond(),
                    500,
                    isBefore ? 0 : window.start().isBefore(hour(24)) ? 1 : 2);
        };
        Watch watch = watch(challenger)
                .reference(ReferenceSource.sameWindowOf(champion))
                .open();
        watch.runDue(hour(42));
        assertThat(violated(watch)).containsExactly(36, 30);
        Execution last = watch.executions().get(0);
        assertThat(last.status()).isEqualTo(Execution.Status.FAILED);
        assertThat(last.failure()).startsWith("there is nothing to compare with in");
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        ReferenceSource other = ReferenceSource.sameWindowOf(Hours.steady());
        assertThatThrownBy(() -> watch(Hours.steady()).referenceDaysBefore(3).open())
                .hasMessageContaining("with a history");
        assertThatThrownBy(() -> watch(Hours.steady())
                        .reference(other)
                        .promise(0.05, Duration.ofDays(365))
                        .open())
                .hasMessageContaining("nothing can be promised");
        assertThatThrownBy(() -> watch(Hours.steady())
                        .history(History.sharedFolder(folder))
                        .replica("a", List.of("a", "b"), Duration.ZERO)
                        .reference(other)
                        .open())
                .hasMessageContaining("a replica sees a part");
    }

    @Test
    void aDetectorAlertsUnderItsNameAndGoesOnInTheNextProcess() {
        History through = History.folder(folder.resolve("through"));
        History anew = History.folder(folder.resolve("anew"));
        WindowSource source = shifted(6 * 40, 2);
        Watch one = detecting(source, through);
        one.runDue(hour(6 * 60));
        List<Alert> expected = List.copyOf(told);
        assertThat(expected).extracting(Alert::kind).containsExactly(Alert.Kind.BEGAN, Alert.Kind.ENDED);
        assertThat(expected.get(0).constraint()).hasToString("x mean.page_hinkley <= 0.0");
        assertThat(expected.get(0).window().start()).isBetween(hour(6 * 40), hour(6 * 45));
        assertThat(one.isInAlert()).isFalse();
        assertThat(one.standings()).hasSize(4);
        told.clear();
        for (int i = 1; i <= 60; i++) {
            detecting(source, anew).runDue(hour(6 * i));
        }
        assertThat(told).isEqualTo(expected);
    }

    @Test
    void whatADetectorCannotTakeIsLoggedOnceAndNotWithEveryWindow() {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            detecting(shifted(6 * 40, 2), History.folder(folder)).runDue(hour(6 * 20));
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("ddm of y mean")))
                .hasSize(1);
    }

    private Watch detecting(WindowSource source, History history) {
        return watch(source)
                .history(history)
                .mOfN(64, 64)
                .detecting("page_hinkley", () -> ChangeDetectors.pageHinkley(0.1, 3, 1, 10), "x", "mean")
                // One of errors refuses every mean, which harms nothing.
                .detecting("ddm", () -> ChangeDetectors.ddm(3, 30), "y", "mean")
                .open();
    }
}

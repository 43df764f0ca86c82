package io.modelmonitor.watch;

import static io.modelmonitor.watch.Hours.hour;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.ManualClock;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFolderTest {

    private static final String WATCH = "credit/hourly";

    @TempDir
    private Path folder;

    private HistoryStore store() {
        return new HistoryFolder(folder, false);
    }

    private static HistoryStore.Entry run(int hour, String message, List<Metric> metrics) {
        Window window = new Window(hour(hour - 1), hour(hour));
        Execution execution = new Execution(
                WATCH,
                hour(hour),
                window,
                Execution.Status.COMPLETED,
                hour(hour),
                hour(hour).plusMillis(3),
                metrics.size(),
                message,
                "",
                null);
        HistoryLine line = HistoryLine.of(execution, List.of(), hour(hour)).with("{}");
        return new HistoryStore.Entry(new HistoryStore.Line(hour(hour), 0, line.text()), window, metrics, "{}");
    }

    @Test
    void aSeriesHasTheValuesOfItsMetricWhateverNamesAndTextsSay() {
        HistoryStore store = store();
        MetricId odd = new MetricId("Größe \"in\\cm\" 🐎", "mean");
        MetricId lookalike = new MetricId("x", "mean");
        String message = "said ,\"metrics\":[[\"x\",\"mean\",77]] and [\"x\",\"mean\",78]";
        List<Double> values = List.of(1.5, -2e-300, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.1 + 0.2);
        for (int i = 0; i < values.size(); i++) {
            Metric other = Metric.of("x", "mean\",79],[\"x", i);
            store.append(
                    WATCH,
                    run(
                            i + 1,
                            message,
                            List.of(
                                    other,
                                    new Metric(odd, values.get(i), other.evidence(), other.scale(), "", List.of()))));
        }
        store.append(WATCH, run(6, message, List.of(Metric.undefined("x", "mean", message))));
        assertThat(store.series(WATCH, odd, hour(0), hour(100)))
                .extracting(History.Point::value)
                .containsExactlyElementsOf(values);
        assertThat(store.series(WATCH, lookalike, hour(0), hour(100)))
                .containsExactly(new History.Point(new Window(hour(5), hour(6)), Double.NaN));
        assertThat(store.series(WATCH, odd, hour(2), hour(4)))
                .extracting(point -> point.window().end())
                .containsExactly(hour(2), hour(3));
        assertThat(store.series(WATCH, new MetricId("x", "median"), hour(0), hour(100)))
                .isEmpty();
    }

    @Test
    void aWindowThatRanAgainHasTheValuesOfTheLastRunAndNotesHaveNone() {
        HistoryStore store = store();
        MetricId id = new MetricId("x", "mean");
        for (int i = 1; i <= 3; i++) {
            store.append(WATCH, run(i, "", List.of(Metric.of("x", "mean", i))));
        }
        store.append(WATCH, run(1, "", List.of(Metric.of("x", "mean", 10))));
        store.append(WATCH, run(2, "", List.of()));
        HistoryLine last = HistoryLine.parse(store.last(WATCH).line().text());
        String note = last.note("told").with("{}").text();
        store.append(WATCH, new HistoryStore.Entry(new HistoryStore.Line(hour(2), 0, note), last.window(), null, "{}"));
        assertThat(store.series(WATCH, id, hour(0), hour(100)))
                .extracting(History.Point::value)
                .containsExactly(10.0, 3.0);
    }

    @Test
    void linesThatAreDamagedAreLeftOut() throws IOException {
        HistoryStore store = store();
        MetricId id = new MetricId("x", "mean");
        store.append(WATCH, run(1, "", List.of(Metric.of("x", "mean", 1))));
        Files.writeString(
                folder.resolve(WATCH).resolve("2026-01.jsonl"),
                "no JSON\n{\"scheduled\":\"2026-01-\n{\"scheduled\":\"2026-01-99T00:00:00Z\",\"metrics\":[[\"x\",\"mean\",5]]}\n{}\n\n",
                StandardOpenOption.APPEND);
        store.append(WATCH, run(2, "", List.of(Metric.of("x", "mean", 2))));
        assertThat(store.series(WATCH, id, hour(0), hour(100)))
                .extracting(History.Point::value)
                .containsExactly(1.0, 2.0);
        assertThat(History.folder(folder).lines(WATCH, hour(0), hour(100))).hasSize(2);
    }

    private Watch watch(Monitor monitor, List<Alert> told) {
        return Watch.of(monitor, new Hours(hour(20), 0.3))
                .named("hourly")
                .clock(new ManualClock(Hours.START))
                .since(hour(0))
                .history(History.folder(folder))
                .promise(0.05, Duration.ofDays(365))
                .alerting(told::add)
                .open();
    }

    @Test
    void aLineHasTheNumbersOfItsWindowAndNotWhatIsRemembered() throws IOException {
        Constraints constraints = Constraints.none();
        for (int i = 1; i <= 50; i++) {
            constraints = constraints.with(Constraint.on("x").metric("mean").atMost(i));
        }
        Monitor monitor = Hours.monitor().requiringOnly(constraints);
        Watch watch = watch(monitor, new ArrayList<>());
        assertThat(watch.runDue(hour(30))).hasSize(30);
        int metrics =
                monitor.report(monitor.measure(Hours.rows(1, 200, 0))).metrics().size();
        List<String> lines = Files.readAllLines(folder.resolve("credit/hourly/2026-01.jsonl"), StandardCharsets.UTF_8);
        for (String line : lines) {
            assertThat(line.length()).isLessThan(600 + 45 * metrics);
        }
        try (Stream<Path> states = Files.list(folder.resolve("credit/hourly/state"))) {
            assertThat(states).hasSize(2);
        }
    }

    @Test
    void whereWhatIsRememberedIsLostEvidenceBeginsAnewAndNoWindowRunsAgain() throws IOException {
        List<Alert> told = new ArrayList<>();
        assertThat(watch(Hours.monitor(), told).runDue(hour(22))).hasSize(22);
        try (Stream<Path> states = Files.list(folder.resolve("credit/hourly/state"))) {
            for (Path state : states.toList()) {
                Files.writeString(state, "{\"damaged\":true}");
            }
        }
        Watch again = watch(Hours.monitor(), told);
        assertThat(again.standings()).allMatch(standing -> standing.evidence() == 0);
        Instant end = hour(60);
        assertThat(again.runDue(end)).hasSize(38);
        assertThat(told).extracting(Alert::kind).contains(Alert.Kind.BEGAN);
    }
}

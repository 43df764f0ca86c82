package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Windows of a number of rows: sliding, and continued by the next process. */
class LiveRowWindowsTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final double[] AGES =
            IntStream.range(0, 2_000).mapToDouble(i -> 20 + i * 7 % 61).toArray();
    private static final Monitor AGAINST = Monitor.against(
                    Baseline.of(Datasets.columns().add("age", AGES).build()))
            .named("credit")
            .threads(1);

    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private final ManualClock clock = new ManualClock(NOON);

    @TempDir
    private Path folder;

    private LiveMonitor every(long rows) {
        return AGAINST.reportingTo(reports::add).everyRows(rows).columns("age").clock(clock);
    }

    /** Serves requests that ask for some of the ages. */
    private static void serve(LiveMonitor live, int from, int to) {
        List<CaptureRecord> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            records.add(new CaptureRecord("e", null, NOON, Payload.csv(String.valueOf(AGES[i])), null, List.of()));
        }
        live.write(new CaptureBatch("credit", CaptureBatch.ALL_TRAFFIC, records));
    }

    private void assertReported(int report, int from, int to) {
        Report once = AGAINST.check(Datasets.columns()
                .add("age", Arrays.copyOfRange(AGES, from, to))
                .build());
        assertThat(reports.get(report).rows()).isEqualTo(to - from);
        assertThat(reports.get(report).assessments()).isEqualTo(once.assessments());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aWindowThatIsOpenWhenTheProcessEndsIsContinuedByTheNext() throws IOException {
        for (int process = 0; process < 3; process++) {
            assertThat(reports).isEmpty();
            LiveMonitor live = every(1_000).stateFolder(folder);
            serve(live, 400 * process, 400 * (process + 1));
            live.close();
        }
        assertThat(reports).hasSize(1);
        assertReported(0, 0, 1_000);
        assertThat(files()).containsExactly("credit-1.open");
        LiveMonitor last = every(1_000).stateFolder(folder);
        serve(last, 1_200, 2_000);
        last.close();
        assertReported(1, 1_000, 2_000);
        assertThat(files()).isEmpty();
    }

    @Test
    void aSlidingWindowIsMergedFromItsPanesOfWhicheverProcess() throws IOException {
        int[] ends = {150, 300, 450, 800, 1_050};
        int from = 0;
        for (int to : ends) {
            LiveMonitor live = every(600).step(200).stateFolder(folder);
            serve(live, from, to);
            live.close();
            from = to;
        }
        assertThat(reports).extracting(Report::rows).containsExactly(200L, 400L, 600L, 600L, 600L);
        assertReported(0, 0, 200);
        assertReported(2, 0, 600);
        assertReported(4, 400, 1_000);
        assertThat(files()).containsExactly("credit-2.ended", "credit-3.ended", "credit-4.ended", "credit-5.open");
    }

    @Test
    void withoutAFolderClosingReportsTheLastRows() {
        LiveMonitor live = every(600).step(200);
        serve(live, 0, 650);
        live.close();
        assertThat(reports).extracting(Report::rows).containsExactly(200L, 400L, 600L, 450L);
        assertReported(3, 200, 650);
        every(600).close();
        assertThat(reports).hasSize(4);
    }

    @Test
    void aProcessThatIsKilledLosesWhatCameSinceItLastSaved() throws IOException {
        LiveMonitor killed = every(1_000).stateFolder(folder);
        serve(killed, 0, 700);
        clock.now = NOON.plusSeconds(61);
        killed.flush();
        serve(killed, 700, 800);
        // It is never closed; what it saves is written by another thread.
        long until = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!Files.exists(folder.resolve("credit-0.open")) && System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        LiveMonitor next = every(1_000).stateFolder(folder);
        serve(next, 700, 1_000);
        next.close();
        assertThat(reports).hasSize(1);
        assertReported(0, 0, 1_000);
        assertThat(files()).isEmpty();
    }

    @Test
    void stepsThatFitNoWindowAreRefused() {
        assertThatThrownBy(() -> every(1_000).step(300))
                .hasMessage("step is 300; allowed is at least 1 and a part of 1000");
        assertThatThrownBy(() -> every(10_000).step(1)).hasMessage("step is 1; allowed is at least 10");
        assertThatThrownBy(() -> every(1_000).step(Duration.ofMinutes(1)))
                .hasMessage("window is 1,000 rows; allowed is one of time, such as monitor.every(PT1H)");
        assertThatThrownBy(() -> AGAINST.every(Duration.ofHours(1)).step(10))
                .hasMessage(
                        "window is PT1H; allowed is one of rows, such as monitor.everyRows(1000), where the step is of rows");
    }
}

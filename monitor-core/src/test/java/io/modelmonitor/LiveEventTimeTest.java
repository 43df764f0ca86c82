package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveEventTimeTest {

    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Baseline BASELINE = Baseline.of(table(3_000, 9));

    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private final ManualClock clock = new ManualClock(NOON);

    @TempDir
    private Path folder;

    private static Dataset table(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] ages = new double[rows];
        for (int i = 0; i < rows; i++) {
            ages[i] = 18 + random.nextInt(60) + 0.5;
        }
        return Datasets.columns().add("age", ages).build();
    }

    private LiveMonitor live() {
        Monitor monitor = Monitor.against(BASELINE).named("credit").threads(1).reportingTo(reports::add);
        return monitor.every(HOUR).columns("age").clock(clock);
    }

    private static CaptureRecord at(Instant time, double age) {
        return new CaptureRecord("e", null, time, Payload.csv(String.valueOf(age)), null, List.of());
    }

    private void serve(LiveMonitor live, Instant now, Instant... times) {
        clock.now = now;
        List<CaptureRecord> records = new ArrayList<>();
        for (Instant time : times) {
            records.add(at(time, 20.0 + (double) (time.getEpochSecond() % 7)));
        }
        live.write(new CaptureBatch("credit", CaptureBatch.ALL_TRAFFIC, records));
    }

    private void pass(LiveMonitor live, Instant now) {
        clock.now = now;
        live.flush();
    }

    private List<String> seen() {
        return reports.stream()
                .map(report -> Duration.between(NOON, report.start()).toMinutes() + "-"
                        + Duration.between(NOON, report.end()).toMinutes() + ": " + report.rows())
                .toList();
    }

    private static Instant minute(int minutes) {
        return NOON.plus(MINUTE.multipliedBy(minutes));
    }

    @Test
    void aRequestBelongsToTheWindowOfItsTimeAndIsWaitedForAsLongAsTheLateness() {
        LiveMonitor live = live().byEventTime(MINUTE.multipliedBy(5));
        serve(live, minute(1), minute(1), minute(0));
        // Out of order, two hours in a batch, and one from the future, which counts as now.
        serve(live, minute(62), minute(59), minute(61), minute(58), minute(62), minute(500));
        pass(live, minute(64));
        serve(live, minute(64), minute(30));
        pass(live, minute(65));
        // Its window has been reported.
        serve(live, minute(66), minute(59), minute(65));
        assertThat(live.lateRequests()).isEqualTo(1);
        pass(live, minute(184));
        pass(live, minute(185));
        live.close();
        assertThat(seen()).containsExactly("0-60: 5", "60-120: 4", "120-180: 0");
        assertThat(reports.get(2).status()).isEqualTo(Report.Status.NO_DATA);
    }

    @Test
    void aSlidingWindowIsMergedFromItsPanes() {
        LiveMonitor live = live().step(MINUTE.multipliedBy(20));
        int[] counts = {3, 5, 7, 11, 13};
        for (int pane = 0; pane < counts.length; pane++) {
            Instant[] times = new Instant[counts[pane]];
            for (int i = 0; i < times.length; i++) {
                times[i] = minute(20 * pane).plusSeconds(i);
            }
            serve(live, minute(20 * pane + 1), times);
        }
        pass(live, minute(100));
        live.close();
        assertThat(seen()).containsExactly("0-20: 3", "0-40: 8", "0-60: 15", "20-80: 23", "40-100: 31");
        Report third = reports.get(2);
        List<Double> ages = new ArrayList<>();
        for (int pane = 0; pane < 3; pane++) {
            for (int i = 0; i < counts[pane]; i++) {
                ages.add(20.0 + minute(20 * pane).plusSeconds(i).getEpochSecond() % 7);
            }
        }
        double[] column = ages.stream().mapToDouble(Double::doubleValue).toArray();
        Report once = Monitor.against(BASELINE)
                .named("credit")
                .check(Datasets.columns().add("age", column).build());
        assertThat(third.assessments()).isEqualTo(once.assessments());
    }

    @Test
    void aWindowThatIsOpenWhenTheProcessEndsIsContinuedByTheNext() throws IOException {
        for (int i = 0; i < 6; i++) {
            LiveMonitor process = live().stateFolder(folder);
            serve(process, minute(10 * i + 1), minute(10 * i), minute(10 * i + 1));
            process.close();
            assertThat(reports).isEmpty();
        }
        LiveMonitor last = live().stateFolder(folder);
        pass(last, minute(59));
        assertThat(reports).isEmpty();
        pass(last, minute(60));
        last.close();
        assertThat(seen()).containsExactly("0-60: 12");
        LiveMonitor later = live().stateFolder(folder);
        pass(later, minute(121));
        later.close();
        assertThat(reports).hasSize(1);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aProcessThatIsKilledLosesTheLastMinuteAndAWindowThatWasOverMeanwhileIsReported() {
        LiveMonitor killed = live().step(MINUTE.multipliedBy(30)).stateFolder(folder);
        serve(killed, minute(1), minute(0), minute(1));
        serve(killed, minute(31), minute(29), minute(31));
        pass(killed, minute(31).plusSeconds(61));
        pass(killed, minute(33)); // the thread that saves is done with the first when it takes the second
        serve(killed, minute(33), minute(33));
        awaitFiles(2);
        // It is never closed, and nothing of it is heard again.
        LiveMonitor next = live().step(MINUTE.multipliedBy(30)).stateFolder(folder);
        serve(next, minute(91), minute(91));
        pass(next, minute(120));
        next.close();
        List<String> all = seen();
        // The request of minute 29 came after its pane had ended, that of minute 33 was not saved.
        assertThat(all).containsExactly("0-30: 2", "0-60: 3", "30-90: 1", "60-120: 1");
    }

    /** Waits until there are so many files, as they are written by another thread. */
    private void awaitFiles(int count) {
        long until = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (System.nanoTime() < until) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.filter(file -> file.toString().endsWith("en")
                                        || file.toString().endsWith("ended"))
                                .count()
                        == count) {
                    return;
                }
            } catch (IOException e) {
                // It is not there yet.
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("not " + count + " files");
    }

    @Test
    void aClockThatJumpsFarReportsNoWindowTwiceAndFewThatAreEmpty() {
        LiveMonitor live = live().byEventTime(Duration.ZERO);
        serve(live, minute(1), minute(1));
        serve(live, minute(60 * 24 * 3650), minute(60 * 24 * 3650));
        pass(live, minute(30)); // set back
        serve(live, minute(31), minute(31));
        live.close();
        assertThat(seen()).startsWith("0-60: 1").doesNotHaveDuplicates().hasSizeLessThan(1_100);
        assertThat(live.lateRequests()).isEqualTo(1);
    }

    @Test
    void settingsThatFitNoWindowAreRefused() {
        assertThatThrownBy(() -> live().step(MINUTE.multipliedBy(25)))
                .hasMessage("step is PT25M; allowed is at least PT1S and a part of PT1H");
        assertThatThrownBy(() -> live().byEventTime(MINUTE.negated())).hasMessageStartingWith("lateness is PT-1M");
        assertThatThrownBy(() -> Monitor.against(BASELINE).everyRows(7).byEventTime(MINUTE))
                .hasMessage("window is 7 rows; allowed is one of time, such as monitor.every(PT1H)");
    }
}

package io.modelmonitor.watch;

import static io.modelmonitor.watch.Hours.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.Baseline;
import io.modelmonitor.ManualClock;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.data.Datasets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Watches that are started at any time, by hand too, and started again; and what histories and states say of their windows. */
class WatchAgainTest {

    private static final Monitor MONITOR = Hours.monitor();

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock(hour(10).plusSeconds(1_053));

    private WatchBuilder watch(WindowSource source) {
        return Watch.of(MONITOR, source).hourly().named("hourly").clock(clock).history(History.folder(folder));
    }

    static Stream<Arguments> firstRuns() {
        return Stream.of(
                first("the latest window by hand", Watch::runNow),
                first("earlier windows by hand", watch -> watch.backfill(hour(4), hour(8))));
    }

    private static Arguments first(String name, Consumer<Watch> run) {
        return Arguments.of(name, run);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("firstRuns")
    void aWatchThatWasStartedWithinAnHourAndRanByHandStartsAgain(String name, Consumer<Watch> run) {
        try (Watch first = watch(Hours.steady()).start()) {
            run.accept(first);
        }
        for (Schedule schedule : List.of(
                Schedule.hourly(), Schedule.every(Duration.ofMinutes(7)), Schedule.daily(), Schedule.everyHours(5))) {
            try (Watch again = watch(Hours.steady()).schedule(schedule).open()) {
                clock.now = clock.now.plus(Duration.ofDays(2));
                assertThat(again.runDue(clock.now)).isNotEmpty();
            }
        }
    }

    @Test
    void aWindowThatWasStoppedRunsWhenTheWatchStartsAgain() {
        List<Watch> watches = new ArrayList<>();
        Watch stopped = watch(window -> {
                    watches.get(0).close();
                    return Hours.rows(1, 200, 0);
                })
                .open();
        watches.add(stopped);
        assertThat(stopped.runDue(clock.now)).extracting(Execution::status).containsExactly(Execution.Status.STOPPED);
        assertThatThrownBy(stopped::runNow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("credit/hourly is closed");

        Watch again = watch(Hours.steady()).open();
        assertThat(again.runDue(clock.now)).extracting(Execution::scheduled).containsExactly(hour(10));
    }

    @Test
    void aDayHasAllOfItsHours() {
        clock.now = hour(49);
        Watch watch = watch(Hours.steady()).since(hour(0)).open();
        watch.runDue(clock.now);
        History history = History.folder(folder);

        assertThat(Objects.requireNonNull(history.measurement(watch.name(), MONITOR, hour(24), hour(48)))
                        .rows())
                .isEqualTo(24 * 200);
        assertThat(Objects.requireNonNull(history.measurement(watch.name(), MONITOR, Instant.MIN, Instant.MAX))
                        .rows())
                .isEqualTo(49 * 200);
        assertThat(history.measurement(watch.name(), MONITOR, hour(3), hour(4).minusNanos(1)))
                .isNull();
    }

    @Test
    void aChangeByCountBeganWithTheFirstOfTheWindowsThatMakeIt() {
        Tracked state = new Tracked(1);
        Counting counting = new Counting(3, 5, 2);
        for (int i = 0; i < 100; i++) {
            assertThat(state.count(i % 4 == 0, counting, 0.1, window(i))).isNull();
        }
        assertThat(state.count(true, counting, 0.1, window(100))).isNull();
        Tracked read = Tracked.read("credit/hourly", state.tree(), 1);
        for (Tracked each : List.of(state, read)) {
            assertThat(each.since(0)).isEqualTo(hour(96));
            assertThat(each.count(true, counting, 0.1, window(101))).isNull();
            assertThat(each.count(true, counting, 0.1, window(102))).isEqualTo(Alert.Kind.BEGAN);
            assertThat(each.since(0)).isEqualTo(hour(100));
        }
    }

    private static Window window(int hour) {
        return new Window(hour(hour), hour(hour + 1));
    }

    @Test
    void whatIsToldToBeginIsToldToEndThoughOtherEvidenceEndsWithIt() {
        Monitor monitor = Monitor.against(Baseline.of(Datasets.csvText("x,y\n" + "1,1\n2,1\n3,1\n".repeat(40_000))))
                .named("credit")
                .requiringOnly(Constraints.none()
                        .with(Constraint.on("x").metric("completeness").atLeast(0.99)));
        for (int missing = 30; missing <= 38; missing++) {
            int all = missing;
            List<Alert> told = new ArrayList<>();
            Watch watch = Watch.of(monitor, window -> {
                        int hour =
                                (int) Duration.between(hour(96), window.start()).toHours();
                        int absent = hour < 12 ? all * (hour + 1) / 12 - all * hour / 12 : 0;
                        return Datasets.csvText("x,y\n"
                                + (hour >= 12 && hour < 84 ? "" : "1,1\n2,1\n".repeat(50) + ",1\n".repeat(absent)));
                    })
                    .hourly()
                    .since(hour(96))
                    .promise(0.05, Duration.ofDays(365))
                    .alerting(told::add)
                    .clock(new ManualClock(hour(500)))
                    .open();
            watch.runDue(hour(500));

            assertThat(watch.isInAlert()).isEqualTo(told.size() % 2 == 1).isFalse();
            assertThat(told.stream().map(Alert::kind).filter(kind -> kind == Alert.Kind.BEGAN))
                    .hasSize(told.size() / 2);
        }
    }

    @Test
    void causesThatGoRoundEndAWindowAndNotTheWatch() {
        Watch watch = watch(window -> {
                    Exception one = new Exception("one");
                    Exception other = new Exception("other");
                    one.initCause(other);
                    other.initCause(one);
                    throw one;
                })
                .open();

        assertThat(watch.runDue(clock.now).get(0).message()).contains("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR", "de-DE", "th-TH-u-nu-thai"})
    void leasesFollowEachOtherInEveryLanguage(String language) throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            History history = History.sharedFolder(folder);
            for (int i = 1; i <= 3; i++) {
                try (HistoryStore.Lease lease =
                        Objects.requireNonNull(history.lease("a/b", "me", hour(i), Duration.ofMinutes(5)))) {
                    assertThat(lease.token()).isEqualTo(i);
                }
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}

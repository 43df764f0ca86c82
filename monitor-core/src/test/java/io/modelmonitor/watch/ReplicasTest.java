package io.modelmonitor.watch;

import static io.modelmonitor.watch.Hours.hour;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.ManualClock;
import io.modelmonitor.Monitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicasTest {

    private static final Monitor MONITOR = Hours.monitor();
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final String WATCH = "credit/hourly";

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock(Hours.START);

    private Watch replica(String name, List<String> all, WindowSource source) {
        return Watch.of(MONITOR, source)
                .named("hourly")
                .clock(clock)
                .since(hour(0))
                .history(History.sharedFolder(folder))
                .replica(name, all, GRACE)
                .promise(0.05, Duration.ofDays(365))
                .open();
    }

    private static WindowSource part(int index) {
        return window -> Hours.rows(window.start().getEpochSecond() + index, 10, 0);
    }

    private List<Execution> run(Watch watch, Instant now) {
        clock.now = now;
        return watch.runDue(now);
    }

    @Test
    void twentyReplicasAreJudgedOnceAsOne() {
        List<String> names =
                IntStream.range(0, 20).mapToObj(i -> "replica-" + i).toList();
        List<Watch> watches = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            watches.add(replica(names.get(i), names, part(i)));
        }
        Random random = new Random(5);
        List<Execution> executions = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            Collections.shuffle(watches, random);
            for (Watch watch : watches) {
                executions.addAll(run(watch, hour(i)));
            }
        }
        assertThat(executions)
                .extracting(Execution::scheduled)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 8).mapToObj(Hours::hour).toList());
        assertThat(executions).extracting(Execution::rows).containsOnly(200L);
        assertThat(executions.get(0).message()).doesNotContain("missing");
        assertThat(watches.get(0).executions()).isEqualTo(watches.get(7).executions());
    }

    @Test
    void aReplicaThatIsMissingIsWaitedForAndNamed() {
        List<String> names = List.of("a", "b", "c");
        Watch one = replica("a", names, part(0));
        Watch other = replica("b", names, part(1));
        assertThat(run(one, hour(1))).isEmpty();
        assertThat(run(other, hour(1))).isEmpty();
        assertThat(run(one, hour(1).plus(GRACE).minusSeconds(1))).isEmpty();
        Execution execution = run(one, hour(1).plus(GRACE)).get(0);
        assertThat(execution.rows()).isEqualTo(20);
        assertThat(execution.message()).endsWith("missing: c");
        assertThat(run(other, hour(1).plus(GRACE))).isEmpty();
    }

    @Test
    void aReplicaThatCannotMeasureIsMissing() {
        List<String> names = List.of("a", "b");
        Watch one = replica("a", names, part(0));
        Watch broken = replica("b", names, window -> {
            throw new IOException("the disk is gone");
        });
        run(broken, hour(1));
        run(one, hour(1));
        assertThat(run(one, hour(1).plus(GRACE)).get(0).message()).endsWith("missing: b");
        assertThat(run(broken, hour(2).plus(GRACE)).get(0).failure()).isEqualTo("no replica has reported");
    }

    @Test
    void aLeaseThatIsNotGivenBackEndsAndItsSuccessorHasAGreaterToken() {
        HistoryStore store = new HistoryFolder(folder, true);
        Duration minute = Duration.ofMinutes(1);
        HistoryStore.Lease killed = store.lease(WATCH, "a", hour(0), minute);
        assertThat(killed).isNotNull();
        assertThat(store.lease(WATCH, "b", hour(0).plusSeconds(59), minute)).isNull();
        HistoryStore.Lease next = store.lease(WATCH, "b", hour(0).plusSeconds(60), minute);
        assertThat(next).isNotNull();
        assertThat(next.token()).isGreaterThan(killed.token());
        next.close();
        assertThat(store.lease(WATCH, "a", hour(0).plusSeconds(61), minute)).isNotNull();
    }

    @Test
    void aLeaseHoldsForProcessesOfEveryLanguage() {
        HistoryStore store = new HistoryFolder(folder, true);
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG")); // whose digits are others
        try {
            assertThat(store.lease(WATCH, "a", hour(0), Duration.ofMinutes(1))).isNotNull();
        } finally {
            Locale.setDefault(before);
        }
        assertThat(store.lease(WATCH, "b", hour(0), Duration.ofMinutes(1))).isNull();
    }

    @Test
    void whatIsWrittenAfterALeaseHasEndedIsRefusedOrLeftBehind() throws IOException {
        History history = History.sharedFolder(folder);
        HistoryStore store = new HistoryFolder(folder, true);
        Watch watch = replica("a", List.of("a"), part(0));
        run(watch, hour(2));
        HistoryStore.Last stored = store.last(WATCH);
        assertThat(stored).isNotNull();
        assertThat(history.last(WATCH)).isEqualTo(stored);
        HistoryStore.Line line = stored.line();
        long old = line.token();
        run(watch, hour(3));
        HistoryStore.Entry late = new HistoryStore.Entry(
                new HistoryStore.Line(hour(5), old, line.text()), new Window(hour(4), hour(5)), List.of(), "{}");
        assertThatThrownBy(() -> store.append(WATCH, late))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("another process has taken over");
        // As if it had been held up between that check and the disk.
        Path file = folder.resolve(WATCH).resolve(String.format("2026-01.%012d.jsonl", old));
        String changed = line.text().replace("\"rows\":10", "\"rows\":77");
        Files.writeString(file, changed + "\n", StandardOpenOption.APPEND);
        assertThat(store.last(WATCH).line().scheduled()).isEqualTo(hour(3));
        run(watch, hour(4));
        assertThat(watch.executions())
                .extracting(Execution::scheduled)
                .containsExactly(hour(4), hour(3), hour(2), hour(1));
    }

    @Test
    void theLinesOfManyLeasesAreInFewFiles() throws IOException {
        Watch watch = replica("a", List.of("a"), part(0));
        for (int i = 1; i <= 60; i++) {
            run(watch, hour(i));
        }
        assertThat(watch.executions())
                .extracting(Execution::scheduled)
                .containsExactlyElementsOf(IntStream.iterate(60, i -> i > 0, i -> i - 1)
                        .mapToObj(Hours::hour)
                        .toList());
        try (Stream<Path> files = Files.list(folder.resolve(WATCH))) {
            assertThat(files.filter(file -> file.toString().endsWith(".jsonl"))).hasSizeBetween(2, 26);
        }
    }

    @Test
    void replicasWithoutASharedHistoryAreRefused() {
        assertThatThrownBy(() -> Watch.of(MONITOR, part(0))
                        .replica("a", List.of("a", "b"), GRACE)
                        .open())
                .hasMessageContaining("History.sharedFolder(path)");
        assertThatThrownBy(() -> Watch.of(MONITOR, part(0)).replica("z", List.of("a", "b"), GRACE))
                .hasMessage("own is 'z'; allowed is one of [a, b]");
    }
}

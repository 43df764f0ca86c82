package io.modelmonitor.watch;

import static io.modelmonitor.watch.Hours.hour;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.ManualClock;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.MetricId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that share a history, while leases are lost, writes fail before or after they are done, clocks jump, and processes end. */
@Tag("exhaustive")
class DisturbedWatchesTest {

    private static final Monitor MONITOR = Hours.monitor();
    private static final String WATCH = "credit/hourly";
    private static final int HOURS = 40;
    private static final int LONG_AFTER = 10_000;

    @TempDir
    private Path folder;

    private final List<Alert> told = new ArrayList<>();

    /** A process: it forgets everything but its name when it is started anew. */
    private static final class Participant {
        final ManualClock clock = new ManualClock(Hours.START);
        final Function<Participant, Watch> starts;
        final Faults faults;
        Watch watch;

        Participant(Faults faults, Function<Participant, Watch> starts) {
            this.faults = faults;
            this.starts = starts;
            this.watch = starts.apply(this);
        }

        void run(Instant now) {
            clock.now = now;
            try {
                watch.runDue(now);
            } catch (UncheckedIOException e) {
                faults.outages++;
            }
        }
    }

    /** A store that fails, loses leases, and lets other processes in while a line is written. */
    private static final class Faults implements HistoryStore {
        private final HistoryStore store;
        private final SplittableRandom random;
        private Runnable meanwhile = () -> {};
        private int outages;
        private int takenOver;
        private boolean isNested;

        Faults(HistoryStore store, SplittableRandom random) {
            this.store = store;
            this.random = random;
        }

        private void mayFail(int one) {
            if (random.nextInt(one) == 0) {
                throw new UncheckedIOException(new IOException("the store is out of reach"));
            }
        }

        @Override
        public void append(String watch, Entry entry) {
            mayFail(12);
            if (!isNested && random.nextInt(6) == 0) {
                isNested = true; // this process is held up, longer than its lease lasts
                meanwhile.run();
                isNested = false;
            }
            try {
                store.append(watch, entry);
            } catch (UncheckedIOException e) {
                takenOver++;
                throw e;
            }
        }

        @Override
        public List<Line> lines(String watch, Instant from) {
            return store.lines(watch, from);
        }

        @Override
        public List<History.Point> series(String watch, MetricId id, Instant from, Instant to) {
            return store.series(watch, id, from, to);
        }

        @Override
        public Last last(String watch) {
            mayFail(40);
            return store.last(watch);
        }

        @Override
        public void save(String watch, Instant scheduled, String part, byte[] bytes) {
            mayFail(30);
            store.save(watch, scheduled, part, bytes);
            mayFail(30);
        }

        @Override
        public byte[] load(String watch, Instant scheduled, String part) {
            mayFail(400);
            return store.load(watch, scheduled, part);
        }

        @Override
        public boolean has(String watch, Instant scheduled, String part) {
            return store.has(watch, scheduled, part);
        }

        @Override
        public void deleteBefore(String watch, Instant time) {
            store.deleteBefore(watch, time);
        }

        @Override
        public Lease lease(String watch, String owner, Instant now, Duration time) {
            Lease lease = store.lease(watch, owner, now, time);
            if (lease == null || random.nextInt(5) > 0) {
                return lease;
            }
            return new Lease() {
                @Override
                public long token() {
                    return lease.token();
                }

                @Override
                public void renew(Instant until) {
                    lease.renew(until);
                }

                @Override
                public void close() {
                    throw new UncheckedIOException(new IOException("the lease is not given back"));
                }
            };
        }
    }

    private WatchBuilder watch(WindowSource source, History history) {
        return Watch.of(MONITOR, source)
                .named("hourly")
                .since(hour(0))
                .history(history)
                .promise(0.05, Duration.ofDays(365))
                .alerting(told::add);
    }

    /** A tenth of the rows of each hour, which change at hour 20, for each of ten replicas, or all for each process. */
    private static WindowSource part(int index, int rows) {
        return window -> Hours.rows(
                window.start().getEpochSecond() + index, rows, window.start().isBefore(hour(20)) ? 0 : 0.8);
    }

    private void disturb(long seed, Faults faults, List<Participant> all) {
        SplittableRandom random = new SplittableRandom(seed);
        Instant[] now = {hour(0)};
        int[] runs = {0};
        faults.meanwhile = () -> {
            now[0] = now[0].plus(Duration.ofMinutes(6));
            all.get((runs[0] + random.nextInt(1, all.size())) % all.size()).run(now[0]);
        };
        while (now[0].isBefore(hour(HOURS))) {
            now[0] = now[0].plus(Duration.ofMinutes(random.nextInt(2, 20)));
            runs[0] = random.nextInt(all.size());
            Participant one = all.get(runs[0]);
            if (random.nextInt(15) == 0) {
                one.watch = startAnew(one);
            }
            // Clocks differ by seconds, and now and then one is set back by hours.
            Instant its = random.nextInt(10) == 0
                    ? now[0].minus(Duration.ofHours(random.nextInt(1, 6)))
                    : now[0].plusSeconds(random.nextInt(-20, 20));
            one.run(its);
        }
        for (int i = 1; isBehind(faults) && i < LONG_AFTER; i++) {
            runs[0] = i % all.size();
            all.get(runs[0]).run(hour(HOURS).plus(Duration.ofMinutes(6L * i)));
        }
    }

    private Watch startAnew(Participant one) {
        try {
            return one.starts.apply(one);
        } catch (UncheckedIOException e) {
            return one.watch; // it cannot start while the store is out of reach
        }
    }

    private static boolean isBehind(Faults faults) {
        HistoryStore.Last last = faults.store.last(WATCH);
        return last == null
                || HistoryLine.parse(last.line().text()).counted().isBefore(hour(HOURS))
                || HistoryLine.parse(last.line().text()).isUntold();
    }

    /** Returns what became of each window, without what depends on when it was judged. */
    private static Map<Instant, List<Object>> outcomes(HistoryStore store) {
        Map<Instant, List<Object>> outcomes = new LinkedHashMap<>();
        for (HistoryLine line : History.in(store).lines(WATCH, hour(0), hour(HOURS + 1))) {
            if (!line.scheduled().isAfter(hour(HOURS))) {
                outcomes.put(
                        line.scheduled(),
                        List.of(
                                line.rows(),
                                line.alerts(WATCH),
                                String.valueOf(line.tree().get("state"))));
            }
        }
        return outcomes;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void twoProcessesCountEveryWindowOnceWhateverFails(long seed) {
        HistoryStore quiet = new HistoryFolder(folder.resolve("quiet"), true);
        watch(part(0, 200), History.in(quiet))
                .clock(new ManualClock(Hours.START))
                .open()
                .runDue(hour(HOURS));
        List<Alert> expected = List.copyOf(told);
        told.clear();

        Faults faults = new Faults(new HistoryFolder(folder.resolve("shared"), true), new SplittableRandom(seed));
        Function<Participant, Watch> starts =
                one -> watch(part(0, 200), History.in(faults)).clock(one.clock).open();
        List<Participant> all = new ArrayList<>();
        while (all.size() < 2) {
            try {
                all.add(new Participant(faults, starts));
            } catch (UncheckedIOException e) {
                // It could not start; tries again.
            }
        }
        disturb(seed, faults, all);
        check(faults, quiet, expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {4})
    void twentyReplicasCountEveryWindowOnceWhateverFails(long seed) {
        List<String> names =
                IntStream.range(0, 20).mapToObj(i -> "replica-" + i).toList();
        HistoryStore quiet = new HistoryFolder(folder.resolve("quiet"), true);
        List<Watch> undisturbed = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            undisturbed.add(watch(part(i, 10), History.in(quiet))
                    .clock(new ManualClock(Hours.START))
                    .replica(names.get(i), names, Duration.ofDays(1_000))
                    .open());
        }
        undisturbed.forEach(watch -> watch.runDue(hour(HOURS)));
        List<Alert> expected = List.copyOf(told);
        told.clear();

        Faults faults = new Faults(new HistoryFolder(folder.resolve("shared"), true), new SplittableRandom(seed));
        List<Participant> all = new ArrayList<>();
        while (all.size() < names.size()) {
            int index = all.size();
            try {
                all.add(new Participant(faults, one -> watch(part(index, 10), History.in(faults))
                        .clock(one.clock)
                        .replica(names.get(index), names, Duration.ofDays(1_000))
                        .open()));
            } catch (UncheckedIOException e) {
                // It could not start; tries again.
            }
        }
        disturb(seed, faults, all);
        check(faults, quiet, expected);
    }

    private void check(Faults faults, HistoryStore quiet, List<Alert> expected) {
        assertThat(outcomes(quiet)).hasSize(HOURS);
        // Every window is there, with the numbers, the alerts and the evidence that it has where nothing fails.
        assertThat(outcomes(faults.store)).isEqualTo(outcomes(quiet));
        MetricId id = new MetricId("x", "mean");
        assertThat(faults.store.series(WATCH, id, hour(0), hour(HOURS + 1)))
                .isEqualTo(quiet.series(WATCH, id, hour(0), hour(HOURS + 1)))
                .hasSize(HOURS);
        assertThat(faults.store.last(WATCH).state()).isNotEmpty();
        assertThat(expected).isNotEmpty();
        // A process that cannot note that it told an alert leaves it to be told again; none is lost, none is made up.
        assertThat(new HashSet<>(told).containsAll(expected)).isTrue();
        assertThat(told.stream().filter(alert -> !alert.window().end().isAfter(hour(HOURS))))
                .isSubsetOf(expected);
        assertThat(faults.outages).isGreaterThan(2);
        assertThat(faults.takenOver).isGreaterThan(0);
    }
}

package io.modelmonitor.watch;

import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.internal.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A record of one watch's runs: in a history, or the latest of them in memory. */
interface Journal {

    /** Returns the values of a metric, in the order in which windows were due; none if they are not kept. */
    List<History.Point> series(MetricId id);

    /** Returns the runs, newest first. */
    default List<Execution> executions(String watch) {
        List<Execution> executions = new ArrayList<>();
        lines(Instant.EPOCH).forEach(line -> executions.add(line.execution(watch)));
        Collections.reverse(executions);
        return executions;
    }

    /**
     * Returns what was told of windows that end at or after a time, earliest first.
     *
     * @param due when the only window was due that is asked for; null for all
     */
    default List<Alert> alerts(String watch, Instant from, @Nullable Instant due) {
        List<Alert> alerts = new ArrayList<>();
        for (HistoryLine line : lines(from)) {
            if (due == null || line.scheduled().equals(due)) {
                alerts.addAll(line.alerts(watch));
            }
        }
        return alerts;
    }

    /** Returns the runs of windows that end at or after a time, earliest due first. */
    List<HistoryLine> lines(Instant from);

    /** Returns the last line and what is remembered after it, the same object as long as nobody appends; null if there is none. */
    @Nullable
    Entry last();

    /**
     * Saves the measurement of a run, and then its line, so that a line never lacks its measurement.
     *
     * @param metrics what was measured; null of a note
     * @param state the tree of what is to be remembered after it
     */
    Entry append(
            HistoryLine line,
            @Nullable List<Metric> metrics,
            Supplier<Map<String, @Nullable Object>> state,
            @Nullable Measurement measurement);

    /**
     * A line that is remembered, with its state, which is parsed when it is asked for.
     *
     * @param state JSON; empty if it is lost
     */
    record Entry(HistoryLine line, String state) {

        /** Returns the tree of what is remembered; an empty one if it is lost. */
        Map<String, @Nullable Object> tree() {
            return state.isEmpty() ? Map.of() : Json.object(Json.parse(state));
        }
    }

    /** Returns the measurement of a run; null if it was not kept. */
    @Nullable
    Measurement measurement(Monitor monitor, Instant scheduled);

    /** Saves this replica's part of a window. */
    void savePart(Instant scheduled, String replica, Measurement measurement);

    /** Returns a replica's part of a window; null if it is not there. */
    @Nullable
    Measurement part(Monitor monitor, Instant scheduled, String replica);

    boolean hasPart(Instant scheduled, String replica);

    /** Returns the right to run windows, to be closed; null if another has it. */
    @Nullable
    Lock lock(Instant now);

    /** Extends the right to run windows, if half of its time is over. */
    void renew(Instant now);

    /** A right to run windows that is given back without an exception. */
    interface Lock extends AutoCloseable {
        @Override
        void close();
    }

    /** A history's. */
    final class Kept implements Journal {

        private static final Logger LOGGER = LoggerFactory.getLogger(Journal.class);

        /** The time after which a process that is killed is replaced. */
        private static final Duration LEASE = Duration.ofMinutes(5);

        private final History history;
        private final String watch;
        private final String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
        private volatile HistoryStore.@Nullable Lease lease;
        private volatile Instant until = Instant.MIN;
        private @Nullable Entry last;

        Kept(History history, String watch) {
            this.history = history;
            this.watch = watch;
        }

        @Override
        public List<HistoryLine> lines(Instant from) {
            return history.lines(watch, from, Instant.MAX);
        }

        @Override
        public List<History.Point> series(MetricId id) {
            return history.series(watch, id, Instant.EPOCH, Instant.MAX);
        }

        @Override
        public synchronized @Nullable Entry last() {
            HistoryStore.Last stored = history.last(watch);
            Entry known = last;
            HistoryLine line =
                    stored == null ? null : HistoryLine.parse(stored.line().text());
            if (stored == null || line == null) {
                last = null;
            } else if (known == null || !known.line().equals(line)) {
                boolean isThere = line.isOf(stored.state());
                if (!isThere) {
                    LOGGER.warn(
                            "Watch {}: what is remembered after {} is lost; evidence begins anew",
                            watch,
                            line.counted());
                }
                last = new Entry(line, isThere ? stored.state() : "");
            }
            return last;
        }

        @Override
        public synchronized Entry append(
                HistoryLine line,
                @Nullable List<Metric> metrics,
                Supplier<Map<String, @Nullable Object>> state,
                @Nullable Measurement measurement) {
            if (measurement != null && measurement.rows() > 0) {
                history.save(watch, line.scheduled(), "", measurement);
            }
            HistoryStore.Lease held = lease;
            if (held == null) {
                throw new IllegalStateException("a line is appended without a lease");
            }
            String remembered = Json.write(state.get());
            Entry entry = new Entry(line.with(remembered), remembered);
            history.append(watch, held.token(), entry.line(), metrics, remembered);
            last = entry;
            return entry;
        }

        @Override
        public @Nullable Measurement measurement(Monitor monitor, Instant scheduled) {
            return history.measurement(watch, monitor, scheduled);
        }

        @Override
        public void savePart(Instant scheduled, String replica, Measurement measurement) {
            history.save(watch, scheduled, replica, measurement);
        }

        @Override
        public @Nullable Measurement part(Monitor monitor, Instant scheduled, String replica) {
            return history.part(watch, monitor, scheduled, replica);
        }

        @Override
        public boolean hasPart(Instant scheduled, String replica) {
            return history.hasPart(watch, scheduled, replica);
        }

        @Override
        public @Nullable Lock lock(Instant now) {
            HistoryStore.Lease taken = history.lease(watch, owner, now, LEASE);
            if (taken == null) {
                return null;
            }
            lease = taken;
            until = now.plus(LEASE);
            return () -> {
                lease = null;
                try {
                    taken.close();
                } catch (RuntimeException e) {
                    LOGGER.warn("Watch {}: a lease was not given back, and ends at {}", watch, until, e);
                }
            };
        }

        @Override
        public void renew(Instant now) {
            HistoryStore.Lease held = lease;
            if (held != null && now.isAfter(until.minus(LEASE.dividedBy(2)))) {
                until = now.plus(LEASE);
                try {
                    held.renew(until);
                } catch (RuntimeException e) {
                    LOGGER.warn("Watch {}: a lease was not extended", watch, e);
                }
            }
        }
    }

    /** In memory: the latest thousand. */
    final class Forgotten implements Journal {

        private static final int MOST = 1_000;

        private final Deque<HistoryLine> lines = new ArrayDeque<>();
        private @Nullable Entry last;

        @Override
        public synchronized List<HistoryLine> lines(Instant from) {
            return lines.stream()
                    .filter(line -> !line.window().end().isBefore(from))
                    .toList();
        }

        @Override
        public List<History.Point> series(MetricId id) {
            return List.of(); // nobody else has added any
        }

        @Override
        public synchronized @Nullable Entry last() {
            return last;
        }

        @Override
        public synchronized Entry append(
                HistoryLine line,
                @Nullable List<Metric> metrics,
                Supplier<Map<String, @Nullable Object>> state,
                @Nullable Measurement measurement) {
            Entry entry = new Entry(line, ""); // nobody else appends, so that nobody has to read the state
            last = entry;
            if (line.isNote()) {
                return entry;
            }
            HistoryLine newest = lines.peekLast();
            if (newest == null || newest.scheduled().isBefore(line.scheduled())) {
                lines.addLast(line);
            } else {
                List<HistoryLine> all = new ArrayList<>(lines);
                all.removeIf(other -> other.scheduled().equals(line.scheduled()));
                all.add(line);
                all.sort(Comparator.comparing(HistoryLine::scheduled));
                lines.clear();
                lines.addAll(all);
            }
            if (lines.size() > MOST) {
                lines.removeFirst();
            }
            return entry;
        }

        @Override
        public @Nullable Measurement measurement(Monitor monitor, Instant scheduled) {
            return null;
        }

        @Override
        public void savePart(Instant scheduled, String replica, Measurement measurement) {
            throw new IllegalStateException("replicas need a history that they share");
        }

        @Override
        public @Nullable Measurement part(Monitor monitor, Instant scheduled, String replica) {
            return null;
        }

        @Override
        public boolean hasPart(Instant scheduled, String replica) {
            return false;
        }

        @Override
        public Lock lock(Instant now) {
            return () -> {};
        }

        @Override
        public void renew(Instant now) {
            // Nobody else could have it.
        }
    }
}

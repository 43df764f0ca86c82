package io.modelmonitor.watch;

import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record of one watch's runs: in a history, or the latest of them in memory. */
interface Journal {

    /** Returns the runs, earliest due first. */
    List<HistoryLine> lines();

    @Nullable
    HistoryLine last();

    /** Saves the measurement of a run, and then its line, so that a line never lacks its measurement. */
    void append(HistoryLine line, @Nullable Measurement measurement);

    /** Returns the measurement of a run; null if it was not kept. */
    @Nullable
    Measurement measurement(Monitor monitor, Instant scheduled);

    /** Returns the right to run windows, to be closed; null if another has it. */
    @Nullable
    AutoCloseable lock();

    /** A history's. */
    record Kept(History history, String watch) implements Journal {

        @Override
        public List<HistoryLine> lines() {
            return history.lines(watch, Instant.MIN, Instant.MAX);
        }

        @Override
        public @Nullable HistoryLine last() {
            return history.last(watch);
        }

        @Override
        public void append(HistoryLine line, @Nullable Measurement measurement) {
            if (measurement != null && measurement.rows() > 0) {
                history.save(watch, line.scheduled(), measurement);
            }
            history.append(watch, line);
        }

        @Override
        public @Nullable Measurement measurement(Monitor monitor, Instant scheduled) {
            return history.measurement(watch, monitor, scheduled);
        }

        @Override
        public @Nullable AutoCloseable lock() {
            return history.lock(watch);
        }
    }

    /** In memory: the latest thousand. */
    final class Forgotten implements Journal {

        private static final int MOST = 1_000;

        private final Deque<HistoryLine> lines = new ArrayDeque<>();
        private @Nullable HistoryLine last;

        @Override
        public synchronized List<HistoryLine> lines() {
            return new ArrayList<>(lines);
        }

        @Override
        public synchronized @Nullable HistoryLine last() {
            return last;
        }

        @Override
        public synchronized void append(HistoryLine line, @Nullable Measurement measurement) {
            last = line;
            if (line.isNote()) {
                return;
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
        }

        @Override
        public @Nullable Measurement measurement(Monitor monitor, Instant scheduled) {
            return null;
        }

        @Override
        public AutoCloseable lock() {
            return () -> {};
        }
    }
}

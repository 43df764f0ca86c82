package io.modelmonitor.watch;

import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.internal.Arguments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record of watches in a folder or a database: numbers as lines of JSON, and measurements, which merge into days and weeks.
 * A watch that starts again continues from it.
 *
 * <p>Lines are only ever appended, and forced to the disk. A last line that a crash has torn is taken away before the next one is
 * written. A window that ran twice counts as it ran last. One process at a time runs a watch's windows: in a folder by a lock on a file, which
 * ends with the process but which network file systems may not keep; in a shared folder or a database by a lease.
 *
 * <p>Safe for use by several threads and by several watches. Reading takes time in proportion to the months that are read.
 */
public final class History {

    private final HistoryStore store;
    private final @Nullable Duration age;

    private History(HistoryStore store, @Nullable Duration age) {
        this.store = store;
        this.age = age;
    }

    /** Returns the history in a folder of this machine, which is made when first written to. Everything is kept. */
    public static History folder(Path folder) {
        return in(new HistoryFolder(Objects.requireNonNull(folder, "folder"), false));
    }

    /**
     * Returns the history in a folder that processes of several machines share, such as replicas. The process that runs windows has a lease
     * there, so that one that was killed is replaced when its lease ends. Machines' clocks should agree but for seconds.
     */
    public static History sharedFolder(Path folder) {
        return in(new HistoryFolder(Objects.requireNonNull(folder, "folder"), true));
    }

    /** Returns the history in a store, such as a database. */
    public static History in(HistoryStore store) {
        return new History(Objects.requireNonNull(store, "store"), null);
    }

    /**
     * Returns this history, kept for so long: older measurements are deleted, and lines of months that lie wholly before, each time a
     * window is added.
     *
     * @param age at least a day
     */
    public History retention(Duration age) {
        Arguments.check(age.compareTo(Duration.ofDays(1)) >= 0, "age", age, "at least PT24H");
        return new History(store, age);
    }

    /**
     * A value of a metric.
     *
     * @param window the window that was measured
     * @param value the value; NaN if it was undefined
     */
    public record Point(Window window, double value) {}

    /**
     * Returns a metric's values in windows that end in a time, in the order in which they were due. A year of hours takes some tens of
     * milliseconds.
     *
     * @param watch the name of the watch, {@code endpoint/schedule}
     * @param from the first moment that is in
     * @param to the first moment after it that is not
     * @throws java.io.UncheckedIOException if the folder cannot be read
     */
    public List<Point> series(String watch, MetricId id, Instant from, Instant to) {
        return store.series(watch, id, from.isBefore(Instant.EPOCH) ? Instant.EPOCH : from, to);
    }

    /**
     * Returns the measurement of all windows that lie wholly in a time, merged: a day or a week of hours.
     *
     * @param watch the name of the watch, {@code endpoint/schedule}
     * @param monitor the monitor whose calculators measured
     * @return null if there is none
     * @throws IllegalArgumentException if one was measured by other calculators
     * @throws java.io.UncheckedIOException if the folder cannot be read
     */
    public @Nullable Measurement measurement(String watch, Monitor monitor, Instant from, Instant to) {
        Measurement merged = null;
        for (HistoryLine line : lines(watch, from, to)) {
            Measurement one = !line.window().start().isBefore(from) && line.rows() > 0
                    ? measurement(watch, monitor, line.scheduled())
                    : null;
            merged = merged == null ? one : one == null ? merged : merged.merge(one);
        }
        return merged;
    }

    /** Returns the measurement of a run; null if it is not kept. */
    @Nullable
    Measurement measurement(String watch, Monitor monitor, Instant scheduled) {
        return part(watch, monitor, scheduled, "");
    }

    /** Returns a replica's measurement of a part of a window; null if it is not kept. */
    @Nullable
    Measurement part(String watch, Monitor monitor, Instant scheduled, String replica) {
        byte[] bytes = store.load(watch, scheduled, replica);
        if (bytes == null) {
            return null;
        }
        try {
            return monitor.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the measurement of " + watch + " at " + scheduled + " is damaged: " + e.getMessage(), e);
        }
    }

    boolean hasPart(String watch, Instant scheduled, String replica) {
        return store.has(watch, scheduled, replica);
    }

    /** Returns the runs of windows that end in a time or with it, as each ran last, earliest due first. */
    List<HistoryLine> lines(String watch, Instant from, Instant to) {
        Map<Instant, HistoryLine> byTime = new LinkedHashMap<>();
        for (HistoryStore.Line stored : store.lines(watch, from.isBefore(Instant.EPOCH) ? Instant.EPOCH : from)) {
            HistoryLine line = line(stored.text());
            if (line != null && !line.isNote()) {
                Instant end = line.window().end();
                if (!end.isBefore(from) && !end.isAfter(to)) {
                    byTime.put(line.scheduled(), line);
                }
            }
        }
        List<HistoryLine> lines = new ArrayList<>(byTime.values());
        lines.sort(Comparator.comparing(HistoryLine::scheduled));
        return lines;
    }

    private static @Nullable HistoryLine line(String text) {
        try {
            return HistoryLine.parse(text);
        } catch (IllegalArgumentException | DateTimeException e) {
            return null; // damaged by other than us: the others are whole
        }
    }

    /** Returns the last line that was appended, and what is remembered after it; null if there is none. */
    HistoryStore.@Nullable Last last(String watch) {
        return store.last(watch);
    }

    /** Saves what a window, or a replica's part of it, was measured to be. */
    void save(String watch, Instant scheduled, String replica, Measurement measurement) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            measurement.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        store.save(watch, scheduled, replica, bytes.toByteArray());
    }

    /**
     * Appends a line, and deletes what is too old.
     *
     * @param metrics what was measured; null of a note
     */
    void append(String watch, long token, HistoryLine line, @Nullable List<Metric> metrics, String state) {
        HistoryStore.Line stored = new HistoryStore.Line(line.scheduled(), token, line.text());
        store.append(watch, new HistoryStore.Entry(stored, line.window(), metrics, state));
        if (age != null) {
            store.deleteBefore(watch, line.scheduled().minus(age));
        }
    }

    /** Returns the right to run a watch's windows until it is closed; null if another has it. */
    HistoryStore.@Nullable Lease lease(String watch, String owner, Instant now, Duration time) {
        return store.lease(watch, owner, now, time);
    }

    @Override
    public String toString() {
        return "History in " + store;
    }
}

package io.modelmonitor.watch;

import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.MetricId;
import java.nio.file.Path;
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
 * A record of watches in a folder: numbers as lines of JSON, a file for each watch and month, and measurements, which merge into days and weeks.
 * A watch that starts again continues from it.
 *
 * <p>Lines are only ever appended, and forced to the disk. A last line that a crash has torn is taken away before the next one is
 * written. A window that ran twice counts as it ran last. One process at a time runs a watch's windows, by a lock on a file, which
 * ends with the process; network file systems may not keep such locks.
 *
 * <p>Safe for use by several threads and by several watches. Reading takes time in proportion to the months that are read.
 */
public final class History {

    private final HistoryFolder folder;

    private History(HistoryFolder folder) {
        this.folder = folder;
    }

    /** Returns the history in a folder, which is made when first written to. Everything is kept. */
    public static History folder(Path folder) {
        return new History(new HistoryFolder(Objects.requireNonNull(folder, "folder"), null));
    }

    /**
     * Returns this history, kept for so long: older measurements are deleted, and months that lie wholly before, each time a
     * window is added.
     *
     * @param age at least a day
     */
    public History keeping(Duration age) {
        Arguments.check(age.compareTo(Duration.ofDays(1)) >= 0, "age", age, "at least PT24H");
        return new History(new HistoryFolder(folder.root(), age));
    }

    /**
     * A value of a metric.
     *
     * @param window the window that was measured
     * @param value the value; NaN if it was undefined
     */
    public record Point(Window window, double value) {}

    /**
     * Returns a metric's values in windows that end in a time, earliest first.
     *
     * @param watch the name of the watch, {@code endpoint/schedule}
     * @param from the first moment that is in
     * @param to the first moment after it that is not
     * @throws java.io.UncheckedIOException if the folder cannot be read
     */
    public List<Point> series(String watch, MetricId id, Instant from, Instant to) {
        List<Point> points = new ArrayList<>();
        for (HistoryLine line : lines(watch, from, to)) {
            Double value = line.value(id);
            if (value != null) {
                points.add(new Point(line.window(), value));
            }
        }
        points.sort(Comparator.comparing(point -> point.window().end()));
        return points;
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
        Path file = folder.measurement(watch, scheduled);
        return file.toFile().exists() ? monitor.load(file) : null;
    }

    /** Returns the runs of windows that end in a time, as each ran last, earliest due first. */
    List<HistoryLine> lines(String watch, Instant from, Instant to) {
        Map<Instant, HistoryLine> byTime = new LinkedHashMap<>();
        for (HistoryLine line : folder.lines(watch)) {
            Instant end = line.window().end();
            if (!line.isNote() && !end.isBefore(from) && end.isBefore(to)) {
                byTime.put(line.scheduled(), line);
            }
        }
        List<HistoryLine> lines = new ArrayList<>(byTime.values());
        lines.sort(Comparator.comparing(HistoryLine::scheduled));
        return lines;
    }

    /** Returns the last line that was appended; null if there is none. */
    @Nullable
    HistoryLine last(String watch) {
        return folder.last(watch);
    }

    /** Saves what a window was measured to be. */
    void save(String watch, Instant scheduled, Measurement measurement) {
        measurement.save(folder.measurement(watch, scheduled));
    }

    /** Appends a line, and deletes what is too old. */
    void append(String watch, HistoryLine line) {
        folder.append(watch, line);
    }

    /** Returns the right to run a watch's windows until it is closed; null if another has it. */
    @Nullable
    HistoryLock lock(String watch) {
        return folder.lock(watch);
    }

    @Override
    public String toString() {
        return "History in " + folder.root();
    }
}

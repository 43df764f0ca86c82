package io.modelmonitor;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.internal.Counted;
import io.modelmonitor.internal.Arguments;
import io.modelmonitor.internal.data.CaptureRows;
import io.modelmonitor.spi.CaptureSink;
import io.modelmonitor.spi.RecordTransformer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A monitor behind a capture: what a model is asked and answers is checked while it serves, window after window; made by
 * {@link Monitor#every} and {@link Monitor#everyRows}.
 *
 * <pre>{@code
 * DataCapture capture = DataCapture.of("credit-risk")
 *     .sink(Sinks.all(Sinks.files(folder), monitor.every(Duration.ofHours(1))))
 *     .start();
 * }</pre>
 *
 * <p>Requests become rows as {@link io.modelmonitor.data.Datasets#captures} makes rows of the files that hold them, without being
 * text in between, and columns have the names that the capture was given. The report of a window is the one that
 * {@link Monitor#check} gives of the same requests. It goes to the monitor's listeners. A window without a request is reported as {@link
 * io.modelmonitor.api.Report.Status#NO_DATA}; the last one, which closing cuts short, only if it has rows.
 *
 * <p>A request belongs to the window that is open when it comes out of the capture's queue, milliseconds after it was served; {@link #byEventTime}
 * puts it into that of its own time. The capture's worker only lets the monitor's calculators see the rows, about a microsecond for 20
 * numbers; memory does not grow with their number. What a window costs at its end, tests and explanations, is paid by a daemon thread of
 * its own that ends when idle, so that reports come one at a time and in order. While it is busy with a window, another may wait; with a
 * third, the capture's worker waits too, and the capture's queue fills.
 *
 * <p>What a window has seen is in memory only, and is lost with the process, unless it is {@linkplain #stateFolder saved}. Nothing that goes
 * wrong here reaches the application: failures of calculators are in the report, all others are logged. Each method that configures it
 * returns another sink. Safe for use by several captures at once.
 *
 * <p>Each listener has a queue of {@value ReportQueue#MOST_WAITING} reports and a thread of its own, so that one that hangs delays
 * neither captures nor other listeners; reports for which there is no place are dropped and counted ({@link #droppedReports}).
 * Closing waits for listeners for at most {@value Reporting#SECONDS_FOR_LISTENERS} seconds.
 *
 * <p>Windows never overlap, however the clock is set. Set ahead, it ends the open window; set back, the open window ends at most one
 * length later, and windows take the first times that were not reported yet, which is logged.
 */
public final class LiveMonitor implements CaptureSink {

    private final Monitor monitor;
    /** In milliseconds; 0 if windows are of rows. */
    private final long length;
    /** The way to cut windows by the number of rows; null if by time. */
    private final @Nullable RowWindowSettings rows;

    private final CaptureRows captured;
    private final Clock clock;
    /** The way to cut windows by the times of requests; null if by when they come. */
    private final @Nullable EventTimes times;

    private final Reporting reporting;
    private final LiveWindows windows;

    private LiveMonitor(
            Monitor monitor,
            long length,
            @Nullable RowWindowSettings rows,
            CaptureRows captured,
            Clock clock,
            @Nullable EventTimes times) {
        this.monitor = monitor;
        this.length = length;
        this.rows = rows;
        this.captured = captured;
        this.clock = clock;
        this.times = times;
        this.reporting = new Reporting(monitor);
        this.windows = rows != null
                ? new RowWindows(monitor, reporting, captured, rows)
                : times != null
                        ? new EventWindows(monitor, reporting, captured, length, times)
                        : new ArrivalWindows(monitor, reporting, captured, length);
    }

    static LiveMonitor every(Monitor monitor, Duration length) {
        checkAllRows(monitor);
        return new LiveMonitor(monitor, length.toMillis(), null, CaptureRows.standard(), Clock.systemUTC(), null);
    }

    static LiveMonitor everyRows(Monitor monitor, long rows) {
        checkAllRows(monitor);
        return new LiveMonitor(monitor, 0, RowWindowSettings.of(rows), CaptureRows.standard(), Clock.systemUTC(), null);
    }

    /** Checks that rows can be judged as they come: which one of a group is read is known when all of them have come. */
    private static void checkAllRows(Monitor monitor) {
        String group = monitor.baseline().measurement().group();
        Arguments.check(
                group.isEmpty(),
                "baseline",
                "of one row of each '" + group + "'",
                "one of all rows for live windows, or a check of the captured files, which are read twice");
    }

    /**
     * Names the columns without a name, those of the output first; columns beyond keep their position as name. Not needed if the
     * capture knows the names: {@link DataCaptureBuilder#inputs} and {@link DataCaptureBuilder#outputs}.
     */
    public LiveMonitor columns(String... names) {
        return new LiveMonitor(monitor, length, rows, captured.columns(names), clock, times);
    }

    /** Changes, drops or splits requests before rows are made of them. */
    public LiveMonitor transformer(RecordTransformer transformer) {
        return new LiveMonitor(monitor, length, rows, captured.transformer(transformer), clock, times);
    }

    /** Tells by another clock when a window ends. */
    public LiveMonitor clock(Clock newClock) {
        return new LiveMonitor(monitor, length, rows, captured, newClock, times);
    }

    /**
     * Puts a request into the window of the time at which it was served, however late it comes out of the capture's queue. A window is reported
     * when the clock is beyond its end by a lateness; requests that come later still are counted ({@link #lateRequests}). Times that are ahead
     * of the clock count as now. At most the panes of the lateness and one more are open.
     *
     * @param lateness at least 0
     * @throws IllegalArgumentException if it is not, or windows are of rows
     */
    public LiveMonitor byEventTime(Duration lateness) {
        return with(eventTimes().waiting(lateness));
    }

    /**
     * Reports a window of the last time, of the length of a window, at each multiple of a shorter time: a sliding window, by the times at which
     * requests were served. Each part of it is measured once, and merged into the windows that hold it. The first windows are shorter.
     *
     * @param step at least a second, and a whole part of the length
     * @throws IllegalArgumentException if it is not, or windows are of rows
     */
    public LiveMonitor step(Duration step) {
        return with(eventTimes().step(step, Duration.ofMillis(length)));
    }

    /**
     * Reports a window of the last rows, as many as a window has, whenever so many have come: a sliding window. Each part of it is measured
     * once, and merged into the windows that hold it. The first windows are shorter.
     *
     * @param step at least 1, and a whole part of the rows of a window
     * @throws IllegalArgumentException if it is not, or windows are of time
     */
    public LiveMonitor step(long step) {
        RowWindowSettings steps = rows;
        Arguments.check(
                steps != null,
                "window",
                Duration.ofMillis(length),
                "one of rows, such as monitor.everyRows(1000), where the step is of rows");
        return with(Objects.requireNonNull(steps).step(step));
    }

    /**
     * Saves the measurement of open windows every minute and when closed, so that another process continues them. One that is killed loses
     * what came since the last minute; a window of time that was over meanwhile is reported when the next begins. Windows of time are by the
     * times at which requests were served.
     *
     * @param folder of this monitor in this process, and of no other that runs at the same time
     */
    public LiveMonitor stateFolder(Path folder) {
        return rows == null ? with(eventTimes().stateFolder(folder)) : with(rows.stateFolder(folder));
    }

    private EventTimes eventTimes() {
        Arguments.check(
                rows == null,
                "window",
                rows == null ? "" : Counted.of(rows.rows(), "row"),
                "one of time, such as monitor.every(PT1H)");
        return times == null ? new EventTimes(Duration.ofMillis(length), Duration.ZERO, null) : times;
    }

    private LiveMonitor with(EventTimes newTimes) {
        return new LiveMonitor(monitor, length, null, captured, clock, newTimes);
    }

    private LiveMonitor with(RowWindowSettings newRows) {
        return new LiveMonitor(monitor, length, newRows, captured, clock, null);
    }

    @Override
    public synchronized void write(CaptureBatch batch) {
        windows.add(batch.records(), clock.millis());
        reporting.warnOfDropped();
    }

    /** Ends the window if it is time to; called once a second by a capture, so that a window without requests ends too. */
    @Override
    public synchronized void flush() {
        windows.endIfDue(clock.millis());
        reporting.warnOfDropped();
    }

    /** Returns how many reports listeners were not handed, as they were too slow. */
    public long droppedReports() {
        return reporting.dropped();
    }

    /** Returns how many requests came after the window of their time had ended. */
    public long lateRequests() {
        return windows.late();
    }

    /**
     * Reports what there is of the last window, or saves it, and waits until all listeners have been told, for at most
     * {@value Reporting#SECONDS_FOR_LISTENERS} seconds.
     */
    @Override
    public void close() {
        synchronized (this) {
            windows.close();
        }
        reporting.close();
    }

    @Override
    public String toString() {
        return "Live " + monitor
                + (rows != null ? ", every " + Counted.of(rows.rows(), "row") : ", every " + Duration.ofMillis(length));
    }
}

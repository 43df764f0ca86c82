package io.modelmonitor;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Report;
import io.modelmonitor.internal.capture.WarningLog;
import io.modelmonitor.internal.data.CaptureRows;
import io.modelmonitor.spi.CaptureSink;
import io.modelmonitor.spi.RecordTransformer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A monitor behind a capture: what a model is asked and answers is checked while it serves, window after window; made by
 * {@link Monitor#every} and {@link Monitor#everyRows}.
 *
 * <pre>{@code
 * DataCapture capture = DataCapture.of("credit-risk")
 *     .into(Sinks.all(Sinks.files(folder), monitor.every(Duration.ofHours(1))))
 *     .start();
 * }</pre>
 *
 * <p>Requests become rows as {@link io.modelmonitor.data.Datasets#captures} makes rows of the files that hold them, without being
 * text in between, and columns have the names that the capture was given. The report of a window is the one that
 * {@link Monitor#check} gives of the same requests. It goes to the monitor's listeners. A window without a request is reported as {@link io.modelmonitor.api.Report.Status#NO_DATA}; the last one, which closing cuts
 * short, only if it has rows.
 *
 * <p>A request belongs to the window that is open when it comes out of the capture's queue, milliseconds after it was served.
 * The capture's worker only lets the monitor's calculators see the rows, about a microsecond for 20 numbers; memory does not grow with
 * their number. What a window costs at its end, tests and explanations, is paid by a daemon thread of its own that
 * ends when idle, so that reports come one at a time and in order. While it is busy with a window, another may wait; with a
 * third, the capture's worker waits too, and the capture's queue fills.
 *
 * <p>What a window has seen is in memory only, and is lost with the process. Nothing that goes wrong here reaches the
 * application: failures of calculators are in the report, all others are logged. Each method that configures it returns
 * another sink. Safe for use by several captures at once.
 *
 * <p>Each listener has a queue of {@value ReportQueue#MOST_WAITING} reports and a thread of its own, so that one that hangs delays
 * neither captures nor other listeners; reports for which there is no place are dropped and counted ({@link #droppedReports}).
 * Closing waits for listeners for at most {@value #SECONDS_FOR_LISTENERS} seconds.
 *
 * <p>Windows never overlap, however the clock is set. Set ahead, it ends the open window; set back, the open window ends at most one
 * length later, and windows take the first times that were not reported yet, which is logged.
 */
public final class LiveMonitor implements CaptureSink {

    private static final Logger LOGGER = LoggerFactory.getLogger(LiveMonitor.class);
    private static final long NEVER = Long.MAX_VALUE;
    private static final long IDLE_SECONDS = 5;
    private static final int SECONDS_FOR_LISTENERS = 5;

    private final Monitor monitor;
    /** In milliseconds. */
    private final long length;

    private final long mostRows;
    private final CaptureRows captured;
    private final Clock clock;
    private final ThreadPoolExecutor ending;
    private final List<ReportQueue> listeners;
    private final @Nullable WindowTimes times;
    private final WarningLog warnings;
    /** Of whoever made this sink: models and listeners may look for it. */
    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

    private @Nullable LiveWindow window;
    private final AtomicLong unreported = new AtomicLong();

    private LiveMonitor(Monitor monitor, long length, long mostRows, CaptureRows captured, Clock clock) {
        this.monitor = monitor;
        this.length = length;
        this.mostRows = mostRows;
        this.captured = captured;
        this.clock = clock;
        this.times = length == NEVER ? null : new WindowTimes(length);
        this.warnings = new WarningLog("monitor " + monitor.name(), false, System::nanoTime, LOGGER::warn);
        this.listeners = monitor.tellers().stream()
                .map(teller -> new ReportQueue(teller, this::daemon))
                .toList();
        this.ending = new ThreadPoolExecutor(
                0, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), this::daemon, this::waitForPlace);
    }

    static LiveMonitor every(Monitor monitor, Duration length) {
        return new LiveMonitor(monitor, length.toMillis(), NEVER, CaptureRows.standard(), Clock.systemUTC());
    }

    static LiveMonitor everyRows(Monitor monitor, long rows) {
        return new LiveMonitor(monitor, NEVER, rows, CaptureRows.standard(), Clock.systemUTC());
    }

    /**
     * Names the columns without a name, those of the output first; columns beyond keep their position as name. Not needed if the
     * capture knows the names: {@link DataCaptureBuilder#inputs} and {@link DataCaptureBuilder#outputs}.
     */
    public LiveMonitor columns(String... names) {
        return new LiveMonitor(monitor, length, mostRows, captured.columns(names), clock);
    }

    /** Changes, drops or splits requests before rows are made of them. */
    public LiveMonitor transforming(RecordTransformer transformer) {
        return new LiveMonitor(monitor, length, mostRows, captured.transforming(transformer), clock);
    }

    /** Tells by another clock when a window ends. */
    public LiveMonitor clock(Clock newClock) {
        return new LiveMonitor(monitor, length, mostRows, captured, newClock);
    }

    @Override
    public synchronized void write(CaptureBatch batch) {
        long now = endIfDue();
        List<CaptureRecord> left = batch.records();
        while (!left.isEmpty()) {
            LiveWindow open = open(now);
            int taken = (int) Math.min(left.size(), mostRows - open.rows());
            open.add(left.subList(0, taken));
            left = left.subList(taken, left.size());
            if (open.rows() >= mostRows) {
                end(open);
            }
        }
    }

    /** Ends the window if it is time to; called once a second by a capture, so that a window without requests ends too. */
    @Override
    public synchronized void flush() {
        open(endIfDue());
    }

    /** Returns how many reports listeners were not handed, as they were too slow. */
    public long droppedReports() {
        return listeners.stream().mapToLong(ReportQueue::dropped).sum();
    }

    /**
     * Reports what there is of the last window, and waits until all listeners have been told, for at most
     * {@value #SECONDS_FOR_LISTENERS} seconds.
     */
    @Override
    public void close() {
        endWhatThereIs();
        ending.shutdown();
        try {
            while (!ending.awaitTermination(1, TimeUnit.MINUTES)) {
                LOGGER.info("Monitor {}: waits for the report of the last window", monitor.name());
            }
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_FOR_LISTENERS);
            listeners.forEach(ReportQueue::close);
            for (ReportQueue listener : listeners) {
                listener.await(until - System.nanoTime());
            }
        } catch (InterruptedException e) {
            ending.shutdownNow();
            listeners.forEach(ReportQueue::giveUp);
            warnOnce("closings before the last window was reported", 1, e);
            Thread.currentThread().interrupt();
        }
        warnOnce("reports that listeners were too slow for", droppedReports(), null);
    }

    private synchronized void endWhatThereIs() {
        if (window != null && window.rows() > 0) {
            end(window);
        }
    }

    private long endIfDue() {
        long now = clock.millis();
        if (window != null && times != null && times.isOver(now)) {
            end(window);
        }
        if (times != null) {
            warnOnce(
                    "times that the clock was set back, so that windows end by their length",
                    times.timesSetBack(),
                    null);
        }
        warnOnce("reports that listeners were too slow for", droppedReports(), null);
        return now;
    }

    private LiveWindow open(long now) {
        LiveWindow open = window;
        if (open == null) {
            open = new LiveWindow(monitor, captured);
            window = open;
            if (times != null) {
                times.open(now);
            }
        }
        return open;
    }

    private void end(LiveWindow ended) {
        window = null;
        Instant start = times == null ? null : Instant.ofEpochMilli(times.startTime());
        Instant end = times == null ? null : Instant.ofEpochMilli(times.endTime());
        if (times != null) {
            times.end();
        }
        ending.execute(() -> report(ended, start, end));
    }

    private void report(LiveWindow ended, @Nullable Instant start, @Nullable Instant end) {
        try {
            Report report = monitor.report(ended.finish(start, end));
            listeners.forEach(listener -> listener.add(report));
        } catch (Throwable e) { // code of the user runs here, and the next window has to be tried
            warnOnce("windows that could not be reported", unreported.incrementAndGet(), e);
        }
    }

    private void warnOnce(String kind, long total, @Nullable Throwable because) {
        synchronized (warnings) {
            warnings.tell(kind, total, because);
        }
    }

    private void waitForPlace(Runnable report, ThreadPoolExecutor executor) {
        try {
            if (!executor.isShutdown()) {
                executor.getQueue().put(report);
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        warnOnce("windows that were not reported, as the monitor was closed", unreported.incrementAndGet(), null);
    }

    private Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "monitor-" + monitor.name());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }

    @Override
    public String toString() {
        return "Live " + monitor
                + (length == NEVER ? ", every " + mostRows + " rows" : ", every " + Duration.ofMillis(length));
    }
}

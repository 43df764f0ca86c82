package io.modelmonitor;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.data.CaptureRows;
import io.modelmonitor.spi.CaptureSink;
import io.modelmonitor.spi.RecordTransformer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
 * their number. What a window costs at its end, tests, explanations and listeners, is paid by a daemon thread of its own that
 * ends when idle, so that reports come one at a time and in order. While it is busy with a window, another may wait; with a
 * third, the capture's worker waits too, and the capture's queue fills.
 *
 * <p>What a window has seen is in memory only, and is lost with the process. Nothing that goes wrong here reaches the
 * application: failures of calculators are in the report, all others are logged. Each method that configures it returns
 * another sink. Safe for use by several captures at once.
 */
public final class LiveMonitor implements CaptureSink {

    private static final Logger LOGGER = LoggerFactory.getLogger(LiveMonitor.class);
    private static final long NEVER = Long.MAX_VALUE;
    private static final long IDLE_SECONDS = 5;

    private final Monitor monitor;
    /** In milliseconds. */
    private final long length;

    private final long mostRows;
    private final CaptureRows captured;
    private final Clock clock;
    private final ThreadPoolExecutor ending;
    /** Of whoever made this sink: models and listeners may look for it. */
    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

    private @Nullable LiveWindow window;
    /** When the open window ends, in milliseconds since 1970. */
    private long end;

    private LiveMonitor(Monitor monitor, long length, long mostRows, CaptureRows captured, Clock clock) {
        this.monitor = monitor;
        this.length = length;
        this.mostRows = mostRows;
        this.captured = captured;
        this.clock = clock;
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

    /** Reports what there is of the last window, and waits until all listeners have been told. */
    @Override
    public void close() {
        endWhatThereIs();
        ending.shutdown();
        try {
            while (!ending.awaitTermination(1, TimeUnit.MINUTES)) {
                LOGGER.info("Monitor {}: waits for the report of the last window", monitor.name());
            }
        } catch (InterruptedException e) {
            ending.shutdownNow();
            LOGGER.warn("Monitor {}: closed before the last window was reported", monitor.name());
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void endWhatThereIs() {
        if (window != null && window.rows() > 0) {
            end(window);
        }
    }

    private long endIfDue() {
        long now = clock.millis();
        if (window != null && now >= end) {
            end(window);
        }
        return now;
    }

    private LiveWindow open(long now) {
        LiveWindow open = window;
        if (open == null) {
            open = new LiveWindow(monitor.accumulation(), captured, monitor.expectedColumns());
            window = open;
            end = length == NEVER ? NEVER : (Math.floorDiv(now, length) + 1) * length;
        }
        return open;
    }

    private void end(LiveWindow ended) {
        window = null;
        Instant windowEnd = end == NEVER ? null : Instant.ofEpochMilli(end);
        ending.execute(() -> report(ended, windowEnd));
    }

    private void report(LiveWindow ended, @Nullable Instant windowEnd) {
        try {
            Instant start = windowEnd == null ? null : windowEnd.minusMillis(length);
            monitor.judge(ended.finish(start, windowEnd));
        } catch (Throwable e) { // code of the user runs here, and the next window has to be tried
            LOGGER.warn("Monitor {}: a window could not be reported", monitor.name(), e);
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
        LOGGER.warn("Monitor {}: closed before a window was reported", monitor.name());
    }

    private Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "monitor-" + monitor.name());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }
}

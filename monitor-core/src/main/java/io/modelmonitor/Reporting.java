package io.modelmonitor;

import io.modelmonitor.api.Report;
import io.modelmonitor.internal.capture.WarningLog;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon thread on which a live monitor's windows are reported, one at a time and in order, and the listeners behind it. While it
 * is busy, one more window may wait; a thread that hands over another one blocks. Ends when idle. Safe for use by several threads.
 */
final class Reporting {

    /** The time that closing waits for listeners. */
    static final int SECONDS_FOR_LISTENERS = 5;

    private static final Logger LOGGER = LoggerFactory.getLogger(LiveMonitor.class);
    private static final long IDLE_SECONDS = 5;

    private final String name;
    private final ThreadPoolExecutor ending;
    private final List<ReportQueue> listeners;
    private final WarningLog warnings;
    private final AtomicLong unreported = new AtomicLong();
    /** The context class loader of the thread that made the sink, which models and listeners may need. */
    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

    Reporting(Monitor monitor) {
        this.name = monitor.name();
        this.warnings = new WarningLog("monitor " + name, false, System::nanoTime, LOGGER::warn);
        this.listeners = monitor.tellers().stream()
                .map(teller -> new ReportQueue(teller, this::daemon))
                .toList();
        this.ending = new ThreadPoolExecutor(
                0, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), this::daemon, this::waitForPlace);
    }

    /** Does work on the thread, behind what was brought before. What it throws is counted as a window that was not reported. */
    void execute(Runnable work) {
        ending.execute(() -> {
            try {
                work.run();
            } catch (Throwable e) { // code of the user runs here, and the next window has to be tried
                warn("windows that could not be reported", unreported.incrementAndGet(), e);
            }
        });
    }

    void tell(Report report) {
        listeners.forEach(listener -> listener.add(report));
    }

    /** Returns how many reports listeners were not handed. */
    long dropped() {
        return listeners.stream().mapToLong(ReportQueue::dropped).sum();
    }

    /** Warns of a kind of trouble, the first time and then now and then. */
    void warn(String kind, long total, @Nullable Throwable because) {
        synchronized (warnings) {
            warnings.tell(kind, total, because);
        }
    }

    void warnOfDropped() {
        warn("reports that listeners were too slow for", dropped(), null);
    }

    /** Waits until all work is done and all listeners have been told, for these for at most {@value #SECONDS_FOR_LISTENERS} seconds. */
    void close() {
        ending.shutdown();
        try {
            while (!ending.awaitTermination(1, TimeUnit.MINUTES)) {
                LOGGER.info("Monitor {}: waits for the report of the last window", name);
            }
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_FOR_LISTENERS);
            listeners.forEach(ReportQueue::close);
            for (ReportQueue listener : listeners) {
                listener.await(until - System.nanoTime());
            }
        } catch (InterruptedException e) {
            ending.shutdownNow();
            listeners.forEach(ReportQueue::giveUp);
            warn("closings before the last window was reported", 1, e);
            Thread.currentThread().interrupt();
        }
        warnOfDropped();
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
        warn("windows that were not reported, as the monitor was closed", unreported.incrementAndGet(), null);
    }

    private Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "monitor-" + name);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }
}

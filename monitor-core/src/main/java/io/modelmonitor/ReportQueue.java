package io.modelmonitor;

import io.modelmonitor.api.Report;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The reports that wait for one listener: at most {@value #MOST_WAITING}, handed over one at a time and in order, on a thread that
 * ends when idle. Reports beyond are dropped and counted. Safe for use by several threads.
 */
final class ReportQueue {

    /** The number of reports that may wait for a listener that is busy with another. */
    static final int MOST_WAITING = 64;

    private static final long IDLE_SECONDS = 5;

    private final Consumer<Report> listener;
    private final ThreadPoolExecutor executor;
    private final AtomicLong dropped = new AtomicLong();

    /** @param listener must not throw */
    ReportQueue(Consumer<Report> listener, ThreadFactory threads) {
        this.listener = listener;
        this.executor = new ThreadPoolExecutor(
                0,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                threads,
                (report, full) -> dropped.incrementAndGet());
    }

    void add(Report report) {
        executor.execute(() -> listener.accept(report));
    }

    /** Returns how many reports the listener was not handed. */
    long dropped() {
        return dropped.get();
    }

    /** Takes no more reports; the listener is handed those that wait. */
    void close() {
        executor.shutdown();
    }

    /** Waits until the listener has been handed all reports; when time runs out, it is interrupted and the rest dropped. */
    void await(long nanos) throws InterruptedException {
        if (!executor.awaitTermination(Math.max(0, nanos), TimeUnit.NANOSECONDS)) {
            giveUp();
        }
    }

    /** Interrupts the listener, and drops what waits. */
    void giveUp() {
        dropped.addAndGet(executor.shutdownNow().size());
    }
}

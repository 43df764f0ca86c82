package io.modelmonitor;

import io.modelmonitor.internal.Arguments;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that a measurement may use: a number, the calling thread included, and where the others come from.
 *
 * @param count at least 1
 * @param executor runs what other threads are to do
 * @param few up to how many cells the calling thread measures alone, as it takes longer to start a thread
 */
record Threads(int count, Executor executor, int few) {

    /** In some tenths of a millisecond a thread is started, or so many cells are measured. */
    private static final int FEW_CELLS = 1_000;

    private static final AtomicInteger STARTED = new AtomicInteger();

    /** Threads of which the others take part however little there is to do. */
    Threads(int count, Executor executor) {
        this(count, executor, 0);
    }

    /**
     * Returns as many threads as there are processors, of which all but the calling one are started, if there are more than a few cells,
     * and end with the work.
     */
    static Threads ofAllProcessors() {
        return new Threads(Runtime.getRuntime().availableProcessors(), Threads::start, FEW_CELLS);
    }

    /**
     * Returns so many threads, of which all but the calling one are started and end with the work.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Threads of(int count) {
        Arguments.check(count >= 1, "threads", count, "at least 1");
        return new Threads(count, Threads::start);
    }

    /** Returns as many threads as there are processors, of which all but the calling one are an executor's. */
    static Threads on(Executor executor) {
        return new Threads(Runtime.getRuntime().availableProcessors(), executor);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "model-monitor-scan-" + STARTED.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Returns how many threads can be used now: one while a class is being initialised on the calling thread, as another thread
     * that runs code of that class would wait for its initialisation to end, and this one for that thread.
     */
    int usable() {
        return count > 1
                        && StackWalker.getInstance()
                                .walk(frames -> frames.anyMatch(
                                        frame -> frame.getMethodName().equals("<clinit>")))
                ? 1
                : count;
    }
}

package io.modelmonitor.internal.capture;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Workers that share a thread. A worker that holds it for longer than a limit is left alone with that thread, and the others are moved to a
 * new one, by a second thread that looks once in each such time. Both threads end with the last worker. Safe for use by several threads.
 */
public final class WorkerGroup {

    private final String name;
    private final WorkerThread.Pace pace;
    private @Nullable WorkerThread shared;
    private @Nullable Thread watch;

    /**
     * Creates a group without a thread.
     *
     * @param name of its threads
     */
    public WorkerGroup(String name) {
        this(name, WorkerThread.Pace.USUAL);
    }

    WorkerGroup(String name, WorkerThread.Pace pace) {
        this.name = name;
        this.pace = pace;
    }

    synchronized void join(Worker worker) {
        WorkerThread present = shared;
        if (present == null || !present.add(worker)) {
            startShared(List.of(worker));
        }
        if (watch == null) {
            Thread started = new Thread(this::watch, name + "-watch");
            started.setDaemon(true);
            started.setContextClassLoader(null);
            started.start();
            watch = started;
        }
    }

    private void startShared(List<Worker> workers) {
        WorkerThread started = new WorkerThread(name, pace);
        workers.forEach(started::add);
        shared = started;
        started.start();
    }

    private void watch() {
        do {
            LockSupport.parkNanos(this, pace.patience());
        } while (isNeededAfter(System.nanoTime()));
    }

    /** Lets the others go on if a worker has held the thread for too long; returns whether anybody has to look again. */
    private synchronized boolean isNeededAfter(long now) {
        WorkerThread present = shared;
        if (present == null || present.isEnded()) {
            shared = null;
            watch = null;
            return false;
        }
        Worker overdue = present.overdue(now);
        if (overdue != null) {
            List<Worker> others = present.keepOnly(overdue);
            if (others.isEmpty()) {
                shared = null;
            } else {
                startShared(others);
            }
        }
        return true;
    }

    /** Returns the thread that is shared now; null if there is none. */
    synchronized @Nullable WorkerThread shared() {
        return shared;
    }
}

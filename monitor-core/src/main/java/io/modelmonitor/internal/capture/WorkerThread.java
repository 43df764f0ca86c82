package io.modelmonitor.internal.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A daemon that serves one worker, or several in turn, and ends when it has none. It looks for work every few milliseconds when
 * there is none; after a second it sleeps until it is woken or sinks are to be flushed, which all are at the same time.
 */
final class WorkerThread {

    private static final long SHORTEST_REST = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LONGEST_REST = TimeUnit.MILLISECONDS.toNanos(10);

    /**
     * The times of a thread, in nanoseconds.
     *
     * @param beforeSleep how long there is no work before it sleeps
     * @param betweenFlushes how often sinks are flushed
     * @param patience how long a worker may hold up others that share the thread
     */
    record Pace(long beforeSleep, long betweenFlushes, long patience) {

        static final Pace USUAL =
                new Pace(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(1));
    }

    private final Pace pace;
    private final Thread thread;
    private final CopyOnWriteArrayList<Worker> workers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private boolean ended;
    private final AtomicLong rounds = new AtomicLong();
    private volatile long servingSince;
    private volatile @Nullable Worker serving;

    WorkerThread(String name, Pace pace) {
        this.pace = pace;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
    }

    void start() {
        thread.start();
    }

    /** Serves a worker, too, from now on; returns false if this thread has ended. */
    synchronized boolean add(Worker worker) {
        if (ended) {
            return false;
        }
        worker.serveBy(this);
        workers.add(worker);
        LockSupport.unpark(thread);
        return true;
    }

    /** Serves only one of its workers from now on; returns the others, which have no thread yet. */
    synchronized List<Worker> keepOnly(Worker kept) {
        List<Worker> others = new ArrayList<>(workers);
        others.remove(kept);
        workers.removeAll(others);
        return others;
    }

    private synchronized boolean mayEnd() {
        ended |= workers.isEmpty();
        return ended;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    private void run() {
        long rest = SHORTEST_REST;
        long lastWork = System.nanoTime();
        long lastFlush = lastWork;
        while (!mayEnd()) {
            rounds.incrementAndGet();
            long now = System.nanoTime();
            boolean flushing = now - lastFlush >= pace.betweenFlushes;
            lastFlush = flushing ? now : lastFlush;
            if (serveAll(flushing)) {
                rest = SHORTEST_REST;
                lastWork = System.nanoTime();
            } else if (System.nanoTime() - lastWork < pace.beforeSleep || !sleep(lastFlush)) {
                LockSupport.parkNanos(this, rest);
                rest = Math.min(2 * rest, LONGEST_REST);
            }
        }
    }

    private boolean serveAll(boolean flushing) {
        boolean worked = false;
        for (Worker worker : workers) {
            servingSince = System.nanoTime();
            serving = worker;
            worked |= worker.turn(this, flushing);
            serving = null;
            if (worker.hasEnded()) {
                workers.remove(worker);
            }
        }
        return worked;
    }

    /**
     * Waits until it is woken, or the next flush is due; returns false if there is work.
     *
     * <p>No request is overlooked: this thread first sets the flag {@code asleep} and then reads the queues, and a thread that adds a
     * request first writes the queue and then reads the flag. All four are volatile, so that at least one of the two sees the other's
     * write. A worker that is moved here from another thread refers to this thread before its queue is read here, so that a request by
     * which the other thread is still woken is in the queue already.
     */
    private boolean sleep(long lastFlush) {
        asleep.set(true);
        boolean idle = true;
        for (Worker worker : workers) {
            idle &= worker.isIdle();
        }
        if (idle) {
            LockSupport.parkNanos(this, Math.max(1, pace.betweenFlushes - (System.nanoTime() - lastFlush)));
        }
        asleep.set(false);
        return idle;
    }

    /** Wakes the thread if it sleeps. */
    void wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    /** Lets the thread look for work at once. */
    void hurry() {
        LockSupport.unpark(thread);
    }

    /** Returns whether the thread has found nothing to do for a while. */
    boolean isAsleep() {
        return asleep.get();
    }

    /** Returns the worker that has held this thread for longer than it may; null if none has. */
    @Nullable
    Worker overdue(long now) {
        Worker last = serving; // read first: its turn began no later than the time read next
        return last != null && now - servingSince > pace.patience ? last : null;
    }

    /** Returns how often the thread has looked for work. */
    long rounds() {
        return rounds.get();
    }

    /** Waits until the thread is gone; returns false if this one was interrupted meanwhile. */
    boolean join(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    Thread thread() {
        return thread;
    }
}

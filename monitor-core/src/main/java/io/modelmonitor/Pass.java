package io.modelmonitor;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dataset once and hands every batch to every lane.
 *
 * <p>The work is split by lane, never by rows: each lane sees all batches in order, so what it computes does not depend
 * on how many threads there are. A thread takes the lane that is furthest behind; the calling thread, when no lane has work,
 * reads the next batch. Batches wait in a short queue, so memory is bounded.
 *
 * <p>Code of the user, the source and the confined lanes, runs on the calling thread only. It may thus be called from a
 * static initialiser, whose class other threads would wait for without end, and finds its own thread-local state.
 */
final class Pass {

    private final Dataset.Cursor cursor;
    private final List<Lane> lanes;
    /** The first so many lanes are for the calling thread only. */
    private final int confined;

    private final int mostWaiting;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** The batches that some lane still has to see; the first is number {@link #firstWaiting}. */
    private final Deque<Batch> waiting = new ArrayDeque<>();

    private final long[] next;
    private final boolean[] busy;
    private long firstWaiting;
    private boolean ended;
    private long rows;
    private @Nullable Throwable failure;

    private Pass(Dataset.Cursor cursor, List<? extends Lane> confined, List<? extends Lane> shared, int threads) {
        this.cursor = cursor;
        this.lanes = Stream.<Lane>concat(confined.stream(), shared.stream()).toList();
        this.confined = confined.size();
        this.mostWaiting = 2 * threads;
        this.next = new long[lanes.size()];
        this.busy = new boolean[lanes.size()];
    }

    /**
     * What a pass says of the data itself.
     *
     * @param schema all columns met
     * @param rows the number of rows read
     * @param problems what was wrong with them
     */
    record Result(Schema schema, long rows, List<DataProblem> problems) {}

    /**
     * Reads a dataset from its beginning to its end.
     *
     * @param confined lanes that run on the calling thread only
     * @param shared lanes that may run on any thread
     * @param threads how many threads to work on, the calling one included, at least 1
     * @throws java.io.UncheckedIOException if the dataset cannot be read
     */
    static Result read(Dataset dataset, List<? extends Lane> confined, List<? extends Lane> shared, int threads) {
        try (Dataset.Cursor cursor = dataset.open()) {
            Pass pass = new Pass(cursor, confined, shared, threads);
            pass.run(threads);
            return new Result(cursor.schema(), pass.rows, cursor.problems());
        }
    }

    private void run(int threads) {
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            Thread helper = new Thread(() -> work(false), "model-monitor-pass-" + i);
            helper.setDaemon(true);
            helper.start();
            helpers.add(helper);
        }
        work(true);
        boolean interrupted = false;
        for (Thread helper : helpers) {
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException e) {
                    // The helpers end by themselves; the interrupt is kept for the caller.
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void work(boolean isCaller) {
        lock.lock();
        try {
            while (failure == null) {
                int lane = furthestBehind(isCaller ? 0 : confined);
                if (lane >= 0) {
                    feed(lane);
                } else if (isCaller && !ended && waiting.size() < mostWaiting) {
                    readOn();
                } else if (ended && waiting.isEmpty()) {
                    return;
                } else {
                    changed.awaitUninterruptibly();
                }
            }
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    private int furthestBehind(int first) {
        int found = -1;
        for (int i = first; i < next.length; i++) {
            if (!busy[i] && next[i] < firstWaiting + waiting.size() && (found < 0 || next[i] < next[found])) {
                found = i;
            }
        }
        return found;
    }

    private void feed(int lane) {
        Batch batch = batch(next[lane]);
        busy[lane] = true;
        lock.unlock();
        try {
            lanes.get(lane).accept(batch);
        } finally {
            lock.lock();
            busy[lane] = false;
        }
        next[lane]++;
        dropSeen();
        changed.signalAll();
    }

    private void readOn() {
        lock.unlock();
        Batch batch;
        try {
            batch = cursor.next();
        } finally {
            lock.lock();
        }
        if (batch == null) {
            ended = true;
        } else {
            rows += batch.size();
            waiting.addLast(batch);
            dropSeen();
        }
        changed.signalAll();
    }

    private Batch batch(long number) {
        long ahead = number - firstWaiting;
        for (Batch batch : waiting) {
            if (ahead-- == 0) {
                return batch;
            }
        }
        throw new IllegalStateException("batch " + number + " is gone, though a lane has not seen it");
    }

    private void dropSeen() {
        long seenByAll = Long.MAX_VALUE;
        for (long lane : next) {
            seenByAll = Math.min(seenByAll, lane);
        }
        while (!waiting.isEmpty() && firstWaiting < seenByAll) {
            waiting.removeFirst();
            firstWaiting++;
        }
    }
}

package io.modelmonitor;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a dataset once and hands every batch to every consumer.
 *
 * <p>The work is split by consumer: each sees all batches in order, by one thread at a time, so what it computes does not depend
 * on how many threads there are. A thread takes the consumer that is furthest behind; the calling thread, when no consumer has
 * work or fewer batches wait than there are threads, reads the next batch, so that no thread waits for it. Batches wait in a short
 * queue, so memory is bounded.
 *
 * <p>The source and the confined consumers run on the calling thread only. The calling thread never waits for another thread
 * that has not begun to work, so an executor may be busy, full or shut down.
 */
final class Scan {

    /** The greatest number of waiting batches, for each thread. */
    private static final int MOST_AHEAD = 2;

    private final Dataset.Cursor cursor;
    private final List<BatchConsumer> consumers;
    /** The first so many consumers are for the calling thread only. */
    private final int confined;

    /** One until it is known that there is work for others. */
    private int threads = 1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** The batches that some consumer still has to see; the first is number {@link #firstWaiting}. */
    private final Deque<Batch> waiting = new ArrayDeque<>();

    private final long[] next;
    private final boolean[] busy;
    private long firstWaiting;
    private int helping;
    private boolean ended;
    private boolean closed;
    private long rows;
    private @Nullable Throwable failure;

    private Scan(Dataset.Cursor cursor, List<? extends BatchConsumer> confined, List<? extends BatchConsumer> shared) {
        this.cursor = cursor;
        this.consumers =
                Stream.<BatchConsumer>concat(confined.stream(), shared.stream()).toList();
        this.confined = confined.size();
        this.next = new long[consumers.size()];
        this.busy = new boolean[consumers.size()];
    }

    /** A consumer of all batches of a scan, in order, used by one thread at a time. */
    interface BatchConsumer {

        /** Takes the next batch. */
        void accept(Batch batch);
    }

    /**
     * The data themselves, as far as a scan sees them.
     *
     * @param schema all columns met
     * @param rows the number of rows read
     * @param problems bad data met while reading
     */
    record Result(Schema schema, long rows, List<DataProblem> problems) {}

    /**
     * Reads a dataset from its beginning to its end.
     *
     * @param confined consumers that run on the calling thread only
     * @param shared consumers that may run on any thread
     * @throws java.io.UncheckedIOException if the dataset cannot be read
     */
    static Result read(
            Dataset dataset,
            List<? extends BatchConsumer> confined,
            List<? extends BatchConsumer> shared,
            Threads threads) {
        try (Dataset.Cursor cursor = dataset.open()) {
            Scan scan = new Scan(cursor, confined, shared);
            scan.run(threads);
            return new Result(cursor.schema(), scan.rows, cursor.problems());
        }
    }

    private void run(Threads others) {
        if (!isOfFew(others.few())) {
            threads = Math.min(others.usable(), 1 + next.length - confined);
            startHelpers(others.executor());
        }
        work(true);
        lock.lock();
        try {
            closed = true;
            while (helping > 0) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    /** Reads until it is known whether there are more cells than a few, or as many batches wait as may. */
    private boolean isOfFew(int cells) {
        long each = (long) next.length - confined;
        lock.lock();
        try {
            while (!ended && rows * each <= cells && waiting.size() < MOST_AHEAD * threads) {
                readOn();
            }
            return ended && rows * each <= cells;
        } catch (RuntimeException | Error e) {
            failure = e;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void startHelpers(Executor executor) {
        try {
            for (int i = 1; i < threads; i++) {
                executor.execute(this::help);
            }
        } catch (RejectedExecutionException e) {
            // The executor has no thread to spare: the calling thread does the work.
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable because) {
        lock.lock();
        try {
            failure = because;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void help() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            helping++;
        } finally {
            lock.unlock();
        }
        try {
            work(false);
        } finally {
            stopHelping();
        }
    }

    private void stopHelping() {
        lock.lock();
        try {
            helping--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work(boolean isCaller) {
        lock.lock();
        try {
            while (failure == null) {
                int consumer = furthestBehind(isCaller ? 0 : confined);
                boolean mayRead = isCaller && !ended && waiting.size() < MOST_AHEAD * threads;
                if (mayRead && (consumer < 0 || waiting.size() < threads)) {
                    readOn();
                } else if (consumer >= 0) {
                    feed(consumer);
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

    private void feed(int consumer) {
        Batch batch = batch(next[consumer]);
        busy[consumer] = true;
        lock.unlock();
        try {
            consumers.get(consumer).accept(batch);
        } finally {
            lock.lock();
            busy[consumer] = false;
        }
        next[consumer]++;
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
        throw new IllegalStateException("batch " + number + " is gone, though a consumer has not seen it");
    }

    private void dropSeen() {
        long seenByAll = Long.MAX_VALUE;
        for (long consumer : next) {
            seenByAll = Math.min(seenByAll, consumer);
        }
        while (!waiting.isEmpty() && firstWaiting < seenByAll) {
            waiting.removeFirst();
            firstWaiting++;
        }
    }
}

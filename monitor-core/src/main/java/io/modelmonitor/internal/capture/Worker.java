package io.modelmonitor.internal.capture;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.internal.capture.file.CaptureEncoder;
import io.modelmonitor.spi.CaptureSink;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The one thread that takes records from the queue, makes text of them and calls the sink. */
final class Worker {

    private static final int LARGEST_BATCH = 512;
    private static final long MOST_BATCH_BYTES = 4L << 20;
    private static final long SHORTEST_REST = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LONGEST_REST = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long BEFORE_SLEEP = TimeUnit.SECONDS.toNanos(1);
    private static final long BETWEEN_FLUSHES = TimeUnit.SECONDS.toNanos(1);
    private static final long GRACE_AFTER_INTERRUPT = TimeUnit.MILLISECONDS.toNanos(200);

    private final PipelineSettings settings;
    private final Ring<PendingRecord> ring;
    private final Consumer<PendingRecord> release;
    private final LongSupplier evicted;
    private final WarningLog warnings;
    private final Consumer<WarningLog> complainer;
    private final Thread thread;
    private final FlushRequests requests = new FlushRequests();
    private final List<CaptureRecord> records = new ArrayList<>(LARGEST_BATCH);
    private final TextBuffer buffer = new TextBuffer();
    private final CaptureEncoder lines = new CaptureEncoder(OutputStream.nullOutputStream());

    private final AtomicLong written = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong inFlight = new AtomicLong();
    private final AtomicLong flushFailures = new AtomicLong();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile boolean finishing;
    private volatile boolean givenUp;

    // Of the worker's thread alone.
    private long lastWork = System.nanoTime();
    private long lastFlush = System.nanoTime();

    /**
     * Creates a worker that is not running yet.
     *
     * @param release what is called for every record that has left the queue
     * @param evicted how many records have left the queue to make room for others
     * @param warnings receives what goes wrong here
     * @param complainer is polled for failures elsewhere that are to be logged
     */
    Worker(
            PipelineSettings settings,
            Ring<PendingRecord> ring,
            Consumer<PendingRecord> release,
            LongSupplier evicted,
            WarningLog warnings,
            Consumer<WarningLog> complainer) {
        this.warnings = warnings;
        this.complainer = complainer;
        this.settings = settings;
        this.ring = ring;
        this.release = release;
        this.evicted = evicted;
        this.thread = new Thread(this::run, "capture-" + settings.endpoint());
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
    }

    void start() {
        thread.start();
    }

    private void run() {
        long rest = SHORTEST_REST;
        while (!givenUp) {
            if (turn()) {
                rest = SHORTEST_REST;
                lastWork = System.nanoTime();
            } else if (finishing && ring.size() == 0) {
                break;
            } else if (System.nanoTime() - lastWork >= BEFORE_SLEEP) {
                sleep();
            } else {
                LockSupport.parkNanos(this, rest);
                rest = Math.min(2 * rest, LONGEST_REST);
            }
        }
        boolean closed = closeSink() && !givenUp;
        requests.end(losses(), closed);
    }

    /** Does what there is to do; returns whether there was any. Whatever is thrown, the next turn comes. */
    private boolean turn() {
        try {
            boolean worked = writeSome();
            if (requests.takeDue(ring.removed())) {
                boolean flushed = flushSink();
                requests.answer(losses(), flushed);
            }
            flushNowAndThen();
            return worked;
        } catch (Throwable e) { // of memory that ran out, say
            failed.addAndGet(inFlight.getAndSet(0));
            warnOnce("records that the worker lost", failed.get(), e);
            return true;
        }
    }

    /**
     * Waits until it is woken, or the next flush is due. A request that was added before the queue is found empty is seen
     * there, and one that is added after it finds the flag set: adding one, and setting the flag, are volatile writes that
     * come before the other's read.
     */
    private void sleep() {
        asleep.set(true);
        if (ring.size() == 0 && !finishing && !givenUp) {
            LockSupport.parkNanos(this, Math.max(1, BETWEEN_FLUSHES - (System.nanoTime() - lastFlush)));
        }
        asleep.set(false);
    }

    /** Wakes the worker if it sleeps. */
    void wake() {
        if (asleep.get() && asleep.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    /** Returns whether the worker has found nothing to do for a while. */
    boolean isAsleep() {
        return asleep.get();
    }

    /** Returns whether there was anything to do. */
    private boolean writeSome() {
        records.clear();
        int taken = 0;
        long size = 0;
        while (taken < LARGEST_BATCH && size < MOST_BATCH_BYTES && ring.size() > 0) {
            inFlight.lazySet(records.size() + 1);
            PendingRecord captured = ring.poll();
            if (captured == null) {
                break;
            }
            taken++;
            size += add(captured);
        }
        inFlight.set(records.size());
        if (!records.isEmpty()) {
            write();
            inFlight.set(0);
        }
        return taken > 0;
    }

    private long add(PendingRecord captured) {
        try {
            CaptureRecord record = captured.toRecord(settings.inputs(), settings.outputs(), buffer);
            records.add(record);
            return captured.weight();
        } catch (Throwable e) { // of the application's clock or numbers, say
            warnOnce("records that could not be made text", failed.incrementAndGet(), e);
            return 0;
        } finally {
            release.accept(captured);
        }
    }

    private void write() {
        try {
            settings.sink().write(new CaptureBatch(settings.endpoint(), settings.variant(), records));
            written.addAndGet(records.size());
            bytes.addAndGet(bytesOfText());
        } catch (CaptureSink.PausedException e) {
            warnOnce("records dropped while the sink has paused", dropped.addAndGet(records.size()), e);
        } catch (Throwable e) { // a sink may throw anything, and the next batch has to be tried
            warnOnce("records that the sink refused", failed.addAndGet(records.size()), e);
        }
    }

    /** Returns how many bytes the lines of those records have of which the sink made text. */
    private long bytesOfText() {
        long sum = 0;
        for (CaptureRecord record : records) {
            sum += isText(record.input()) && isText(record.output()) ? lines.length(record) : 0;
        }
        return sum;
    }

    private static boolean isText(@Nullable Payload payload) {
        return payload == null || payload.isText();
    }

    private void flushNowAndThen() {
        long now = System.nanoTime();
        if (now - lastFlush >= BETWEEN_FLUSHES) {
            lastFlush = now;
            flushSink();
            complainer.accept(warnings);
        }
    }

    private boolean flushSink() {
        try {
            settings.sink().flush();
            return true;
        } catch (CaptureSink.LostException e) {
            lose(e);
            return false;
        } catch (Throwable e) { // as for writing
            warnOnce("flushes that failed", flushFailures.incrementAndGet(), e);
            return false;
        }
    }

    private void lose(CaptureSink.LostException because) {
        long lost = Math.min(because.records(), written.get());
        written.addAndGet(-lost);
        warnOnce("records that the sink lost", failed.addAndGet(lost), because);
        flushFailures.incrementAndGet();
    }

    private boolean closeSink() {
        try {
            settings.sink().close();
            return true;
        } catch (CaptureSink.LostException e) {
            lose(e);
            return false;
        } catch (Throwable e) { // as for writing
            warnOnce("sinks that could not be closed", 1, e);
            return false;
        } finally {
            complainer.accept(warnings);
        }
    }

    private void warnOnce(String kind, long total, Throwable because) {
        warnings.tell(kind, total, because);
    }

    /** Returns how often something may have been lost that had been accepted. */
    long losses() {
        return failed.get() + dropped.get() + evicted.getAsLong() + flushFailures.get();
    }

    /**
     * Waits as {@link CapturePipeline#flush} says.
     *
     * @param lossesBefore what was lost when the first record was accepted that the caller wants to know of
     */
    FlushRequests.Answer flush(Duration atMost, long lossesBefore) {
        FlushRequests.Request request = requests.add(ring.added(), lossesBefore);
        LockSupport.unpark(thread);
        return request.answer(nanos(atMost));
    }

    /** Waits until the worker has ended; when time runs out, it is interrupted and left alone. */
    void finish(Duration atMost) {
        finishing = true;
        LockSupport.unpark(thread);
        boolean interrupted = !join(nanos(atMost));
        if (thread.isAlive()) {
            givenUp = true;
            thread.interrupt();
            interrupted |= !join(GRACE_AFTER_INTERRUPT);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns false if this thread was interrupted while it waited. */
    private boolean join(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofDays(365)) > 0 ? TimeUnit.DAYS.toNanos(365) : duration.toNanos();
    }

    long written() {
        return written.get();
    }

    long dropped() {
        return dropped.get();
    }

    long failed() {
        return failed.get();
    }

    long bytes() {
        return bytes.get();
    }

    /** Returns how many records have left the queue and are not settled yet. */
    long inFlight() {
        return inFlight.get();
    }
}

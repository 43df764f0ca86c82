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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes records from the queue of one capture, makes text of them and calls its sink, on one thread at a time: its own, or one that
 * it shares with others.
 */
final class Worker {

    private static final int LARGEST_BATCH = 512;
    private static final long MOST_BATCH_BYTES = 4L << 20;
    private static final long GRACE_AFTER_INTERRUPT = TimeUnit.MILLISECONDS.toNanos(200);

    private final PipelineSettings settings;
    private final Ring<PendingRecord> ring;
    private final Consumer<PendingRecord> release;
    private final LongSupplier evicted;
    private final WarningLog warnings;
    private final Consumer<WarningLog> otherWarnings;
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
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean finishing;
    private volatile boolean givenUp;

    /** Written under the lock of this, and read by producers without. */
    private volatile @Nullable WorkerThread server;

    /** Set before this is handed on; null if the thread is that of a group. */
    private @Nullable WorkerThread own;

    /** The thread that is at a turn. */
    private @Nullable Thread running;

    /**
     * Creates a worker that nothing serves yet.
     *
     * @param release what is called for every record that has left the queue
     * @param evicted how many records have left the queue to make room for others
     * @param warnings receives what goes wrong here
     * @param otherWarnings is polled for failures elsewhere that are to be logged
     */
    Worker(
            PipelineSettings settings,
            Ring<PendingRecord> ring,
            Consumer<PendingRecord> release,
            LongSupplier evicted,
            WarningLog warnings,
            Consumer<WarningLog> otherWarnings) {
        this.warnings = warnings;
        this.otherWarnings = otherWarnings;
        this.settings = settings;
        this.ring = ring;
        this.release = release;
        this.evicted = evicted;
    }

    /** Has a thread serve this: one of its own, or that of a group. */
    void start(@Nullable WorkerGroup group) {
        if (group == null) {
            WorkerThread started = new WorkerThread("capture-" + settings.endpoint(), WorkerThread.Pace.USUAL);
            started.add(this);
            started.start();
            own = started;
        } else {
            group.join(this);
        }
    }

    /** Sets the thread that serves this from now on; a turn that another one is at is its last. */
    synchronized void serveBy(WorkerThread newServer) {
        server = newServer;
    }

    private synchronized boolean begin(WorkerThread by) {
        boolean mine = server == by && running == null && !hasEnded();
        running = mine ? by.thread() : running;
        return mine;
    }

    /**
     * Ends a turn, and with it an interruption by {@link #giveUp}, or by the sink itself: the thread goes on, perhaps with other
     * captures.
     */
    private synchronized void end() {
        running = null;
        boolean unused = Thread.interrupted();
    }

    private synchronized void giveUp() {
        givenUp = true;
        if (running != null) {
            running.interrupt();
        }
    }

    /**
     * Does some of what there is to do, if it is up to that thread; returns whether there was any. Whatever is thrown, the next turn
     * comes.
     */
    boolean turn(WorkerThread by, boolean flushing) {
        if (!begin(by)) {
            return false;
        }
        try {
            boolean worked = !givenUp && work(flushing);
            if (givenUp || (!worked && finishing && ring.size() == 0)) {
                boolean closed = closeSink() && !givenUp;
                requests.end(losses(), closed);
                ended.countDown();
                return true;
            }
            return worked;
        } finally {
            end();
        }
    }

    private boolean work(boolean flushing) {
        try {
            boolean worked = writeSome();
            if (requests.takeDue(ring.removed())) {
                boolean flushed = flushSink();
                requests.answer(losses(), flushed);
            }
            if (flushing) {
                flushSink();
                otherWarnings.accept(warnings);
            }
            return worked;
        } catch (Throwable e) { // of memory that ran out, say
            failed.addAndGet(inFlight.getAndSet(0));
            warnOnce("records that the worker lost", failed.get(), e);
            return true;
        }
    }

    /** Returns whether there is nothing to do but to flush now and then. */
    boolean isIdle() {
        return ring.size() == 0 && !finishing && !givenUp;
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Wakes the thread that serves this, if it sleeps. */
    void wake() {
        WorkerThread present = server;
        if (present != null) {
            present.wake();
        }
    }

    /** Returns whether that thread has found nothing to do for a while. */
    boolean isAsleep() {
        WorkerThread present = server;
        return present != null && present.isAsleep();
    }

    private void hurry() {
        WorkerThread present = server;
        if (present != null) {
            present.hurry();
        }
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
            // Before anything is counted, so that whatever fails the records are counted once.
            long text = bytesOfText();
            written.addAndGet(records.size());
            bytes.addAndGet(text);
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
            otherWarnings.accept(warnings);
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
        hurry();
        return request.answer(nanos(atMost));
    }

    /** Waits until the sink has been closed; when time runs out, the thread is interrupted and left alone. */
    void finish(Duration atMost) {
        finishing = true;
        hurry();
        boolean interrupted = !awaitEnd(nanos(atMost));
        if (!hasEnded()) {
            giveUp();
            hurry();
            interrupted |= !awaitEnd(GRACE_AFTER_INTERRUPT);
        }
        WorkerThread thread = own;
        if (thread != null && hasEnded()) {
            interrupted |= !thread.join(GRACE_AFTER_INTERRUPT);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the end; returns false if this thread was interrupted meanwhile. */
    private boolean awaitEnd(long nanos) {
        try {
            boolean inTime = ended.await(nanos, TimeUnit.NANOSECONDS);
            return inTime || !Thread.interrupted();
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

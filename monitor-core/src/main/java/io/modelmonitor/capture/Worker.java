package io.modelmonitor.capture;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.capture.file.CaptureEncoder;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that takes records from the queue, makes text of them and calls the sink. */
final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final int LARGEST_BATCH = 512;
    private static final long MOST_BATCH_BYTES = 4L << 20;
    private static final long SHORTEST_REST = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LONGEST_REST = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long BETWEEN_FLUSHES = TimeUnit.SECONDS.toNanos(1);
    private static final long GRACE_AFTER_INTERRUPT = TimeUnit.MILLISECONDS.toNanos(200);

    private final PipelineSettings settings;
    private final Ring<Captured> ring;
    private final Consumer<Captured> release;
    private final LongSupplier evicted;
    private final Thread thread;
    private final FlushRequests requests = new FlushRequests();
    private final List<CaptureRecord> records = new ArrayList<>(LARGEST_BATCH);
    private final TextBuffer buffer = new TextBuffer();
    private final CaptureEncoder lines = new CaptureEncoder(OutputStream.nullOutputStream());

    private final AtomicLong written = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong inHand = new AtomicLong();
    private final AtomicLong flushFailures = new AtomicLong();
    private volatile boolean finishing;
    private volatile boolean givenUp;

    // Of the worker's thread alone.
    private boolean complained;
    private long lastFlush = System.nanoTime();

    /**
     * Creates a worker that is not running yet.
     *
     * @param release what is told about every record that has left the queue
     * @param evicted how many records have left the queue to make room for others
     */
    Worker(PipelineSettings settings, Ring<Captured> ring, Consumer<Captured> release, LongSupplier evicted) {
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
            boolean worked = writeSome();
            if (requests.isDue(ring.removed())) {
                boolean flushed = flushSink();
                requests.answer(ring.removed(), losses(), flushed);
            }
            flushNowAndThen();
            if (worked) {
                rest = SHORTEST_REST;
            } else if (finishing && ring.size() == 0) {
                break;
            } else {
                LockSupport.parkNanos(this, rest);
                rest = Math.min(2 * rest, LONGEST_REST);
            }
        }
        boolean closed = closeSink() && !givenUp;
        requests.end(losses(), closed);
    }

    /** Returns whether there was anything to do. */
    private boolean writeSome() {
        records.clear();
        int taken = 0;
        long size = 0;
        while (taken < LARGEST_BATCH && size < MOST_BATCH_BYTES && ring.size() > 0) {
            inHand.lazySet(records.size() + 1);
            Captured captured = ring.poll();
            if (captured == null) {
                break;
            }
            taken++;
            size += add(captured);
        }
        inHand.set(records.size());
        if (!records.isEmpty()) {
            write();
            inHand.set(0);
        }
        return taken > 0;
    }

    private long add(Captured captured) {
        try {
            CaptureRecord record = captured.toRecord(settings.inputs(), settings.outputs(), buffer);
            records.add(record);
            return captured.weight();
        } catch (RuntimeException | Error e) {
            failed.incrementAndGet();
            complain("a record could not be made text", e);
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
            complained = false;
        } catch (CaptureSink.PausedException e) {
            dropped.addAndGet(records.size());
            complain("the sink has paused", e);
        } catch (Throwable e) { // a sink may throw anything, and the next batch has to be tried
            failed.addAndGet(records.size());
            complain("the sink failed", e);
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
        }
    }

    private boolean flushSink() {
        try {
            settings.sink().flush();
            return true;
        } catch (Throwable e) { // as for writing
            flushFailures.incrementAndGet();
            complain("the sink could not flush", e);
            return false;
        }
    }

    private boolean closeSink() {
        try {
            settings.sink().close();
            return true;
        } catch (IOException | RuntimeException | Error e) {
            complain("the sink could not be closed", e);
            return false;
        }
    }

    private void complain(String what, Throwable because) {
        if (!complained) {
            complained = true;
            LOG.warn("capture of {}: {}: {}", settings.endpoint(), what, because.toString());
        }
    }

    /** Returns how often something may have been lost that had been accepted. */
    private long losses() {
        return failed.get() + dropped.get() + evicted.getAsLong() + flushFailures.get();
    }

    /** Waits as {@link CapturePipeline#flush} says. */
    boolean flush(Duration atMost) {
        FlushRequests.Request request = requests.add(ring.added());
        LockSupport.unpark(thread);
        return request.await(nanos(atMost));
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
    long inHand() {
        return inHand.get();
    }
}

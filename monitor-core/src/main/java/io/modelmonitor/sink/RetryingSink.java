package io.modelmonitor.sink;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.capture.CaptureKey;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what another sink refuses and tries again; made by {@link Sinks#retrying}. Each method that configures it returns
 * another sink.
 *
 * <pre>{@code
 * Sinks.retrying(broker)                                             // up to 100,000 records in memory
 * Sinks.retrying(broker).backlog(Path.of("spill"), 1L << 30)      // up to 1 GiB on disk, which survives a restart
 * }</pre>
 *
 * <p>It never waits: after a failure it keeps batches, in their order, until the next attempt is due, which is at the next
 * batch or flush after a pause that doubles from one failure to the next, less up to half of it by chance, so that many
 * replicas do not come back at the same moment. When it keeps as much as it may, it refuses batches, and they count as
 * failed. What it keeps counts as written. Safe for use by several captures at once.
 *
 * <h2>The spill</h2>
 *
 * <p>Batches that are kept in a folder are in capture files, as {@link FileSink} writes them, readable by their owner only.
 * They are handed over in their order and at least once:
 *
 * <ul>
 *   <li>What was added is with the operating system: it survives the end of the process, at whatever moment, though not the
 *       loss of power. So a flush of the capture is acknowledged while the target is away.
 *   <li>What a process leaves behind is handed over by the next sink with this folder, before all that it is given, from the
 *       first flush on; of several processes in the order of their starts. A line that the end of a process has torn is left
 *       out and logged. Times of records that were spilled are whole seconds, as in all capture files.
 *   <li>Records of a file that somebody deleted or damaged are lost: the flush behind the attempt that notices it says how many.
 *   <li>A file of 4 MiB is deleted when the target has taken all of it and has flushed. What was under way when a process
 *       ended, or when the target could not flush, is handed over again; doubles can be told by their event ids.
 *   <li>Several processes, and several sinks, may share a folder: each has a part of its own, and as many bytes. Sinks of two
 *       class loaders in one process must not.
 *   <li>A spill is handed over beside the records that go on coming, a fiftieth of a second at a time, so that no queue fills
 *       because of it; at closing for a second at most, and the rest stays for the next process.
 * </ul>
 */
public final class RetryingSink implements CaptureSink {

    private static final long TURN_BESIDE_A_BATCH = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long TURN_OF_A_FLUSH = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LAST_TURN = TimeUnit.SECONDS.toNanos(1);

    private final CaptureSink target;
    private final Duration firstPause;
    private final Duration longestPause;
    private final Function<Clock, Backlog> backlogs;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Backlog backlog;
    private boolean unflushed;
    private int failures;
    private long due = Long.MIN_VALUE;

    private RetryingSink(
            CaptureSink target,
            Duration firstPause,
            Duration longestPause,
            Function<Clock, Backlog> backlogs,
            Clock clock,
            LongSupplier nanoTime) {
        this.target = Objects.requireNonNull(target, "target");
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.backlogs = backlogs;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.backlog = backlogs.apply(clock);
    }

    static RetryingSink of(CaptureSink target) {
        return new RetryingSink(
                target,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                clock -> new MemoryBacklog(100_000),
                Clock.systemUTC(),
                System::nanoTime);
    }

    /**
     * Sets how long to wait after the first failure, and at most; a second and a minute unless said.
     *
     * @throws IllegalArgumentException if the first is not above zero, or longer than the longest
     */
    public RetryingSink backoff(Duration first, Duration longest) {
        if (first.toMillis() < 1 || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException("pauses from " + first + " to " + longest
                    + "; the first must be at least a millisecond and not longer than the longest");
        }
        return new RetryingSink(target, first, longest, backlogs, clock, nanoTime);
    }

    /**
     * Sets how many records are kept in memory at most; 100,000 unless said.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public RetryingSink backlog(int records) {
        return new RetryingSink(
                target, firstPause, longestPause, unused -> new MemoryBacklog(records), clock, nanoTime);
    }

    /**
     * Keeps batches in a folder, not in memory.
     *
     * @param folder made when it is first needed, with its owner's permissions only
     * @param bytes how large this sink's files in it may be together, those included that it takes over
     * @throws IllegalArgumentException if {@code bytes} is below 1
     */
    public RetryingSink backlog(Path folder, long bytes) {
        return spilling(folder, bytes, null);
    }

    /**
     * Keeps batches in a folder, not in memory, and encrypted.
     *
     * @param key what files are encrypted with, and what those are read with that are taken over
     * @throws IllegalArgumentException if {@code bytes} is below 1
     * @see #backlog(Path, long)
     */
    public RetryingSink backlog(Path folder, long bytes, CaptureKey key) {
        return spilling(folder, bytes, Objects.requireNonNull(key, "key"));
    }

    private RetryingSink spilling(Path folder, long bytes, @Nullable CaptureKey key) {
        Objects.requireNonNull(folder, "folder");
        return new RetryingSink(
                target, firstPause, longestPause, time -> new Spill(folder, bytes, key, time), clock, nanoTime);
    }

    /** Tells by another clock when an attempt is due and how long what is kept has been handed over. */
    public RetryingSink clock(Clock newClock) {
        LongSupplier nanos = () -> TimeUnit.MILLISECONDS.toNanos(newClock.millis());
        return new RetryingSink(target, firstPause, longestPause, backlogs, newClock, nanos);
    }

    /** Returns how many records this sink was given that wait for another attempt. */
    public synchronized long waiting() {
        return backlog.records();
    }

    @Override
    public synchronized void write(CaptureBatch batch) throws IOException {
        Exception because = retry(false, TURN_BESIDE_A_BATCH);
        if (backlog.isEmpty()) {
            because = attempt(batch);
            if (because == null) {
                return;
            }
        }
        try {
            backlog.add(batch);
        } catch (IOException | RuntimeException e) {
            IOException refused = new IOException("the sink is away, and " + e.getMessage(), because);
            refused.addSuppressed(e);
            throw refused;
        }
    }

    @Override
    public synchronized void flush() throws Exception {
        flush(false, TURN_OF_A_FLUSH);
    }

    private void flush(boolean atOnce, long nanos) throws Exception {
        Exception because = retry(atOnce, nanos);
        if (!backlog.isEmpty() && !backlog.isSafe()) {
            throw new IOException("the sink is away; " + backlog.records() + " records are kept", because);
        }
        if (unflushed || backlog.isEmpty()) {
            flushTarget();
        }
        long lost = backlog.takeLost();
        if (lost > 0) {
            throw new CaptureSink.LostException(lost + " records that were kept are gone", lost);
        }
    }

    private void flushTarget() throws Exception {
        try {
            target.flush();
        } catch (Throwable e) { // a target may throw anything
            backlog.rollback();
            failed();
            throw exception(e);
        }
        unflushed = false;
        backlog.commit();
    }

    @Override
    public synchronized void close() throws IOException {
        try (target;
                backlog) {
            flush(true, LAST_TURN);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the sink could not be flushed: " + e.getMessage(), e);
        }
    }

    /** Hands over what is kept, until one attempt fails or the turn is over; does nothing before it is due. */
    private @Nullable Exception retry(boolean atOnce, long nanos) {
        if (backlog.isEmpty() || !(atOnce || clock.millis() >= due)) {
            return null;
        }
        long start = nanoTime.getAsLong();
        CaptureBatch oldest = backlog.first();
        while (oldest != null) {
            Exception because = attempt(oldest);
            if (because != null) {
                return because;
            }
            backlog.removeFirst();
            oldest = backlog.first(); // before the turn may end: a spill that has been handed over is empty then
            if (backlog.isSafe() && nanoTime.getAsLong() - start >= nanos) {
                break;
            }
        }
        return null;
    }

    private @Nullable Exception attempt(CaptureBatch batch) {
        try {
            target.write(batch);
            unflushed = true;
            failures = 0;
            due = Long.MIN_VALUE;
            return null;
        } catch (Throwable e) { // as for flushing
            failed();
            return exception(e);
        }
    }

    /** Returns what a sink has thrown as an exception, so that an error is a failure of that sink and nothing else. */
    static Exception exception(Throwable thrown) {
        return thrown instanceof Exception exception
                ? exception
                : new IOException("a sink failed with " + thrown.getClass().getName(), thrown);
    }

    private void failed() {
        long pause = longestPause.toMillis();
        if (failures < Long.SIZE - 1 && firstPause.toMillis() <= pause >> failures) {
            pause = firstPause.toMillis() << failures;
        }
        failures++;
        due = clock.millis() + pause - ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    }

    @Override
    public String toString() {
        return "retrying " + target;
    }
}

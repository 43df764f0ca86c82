package io.modelmonitor.sink;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.spi.CaptureSink;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what another sink refuses and tries again; made by {@link Sinks#retrying}. Each method that configures it returns
 * another sink.
 *
 * <p>It never waits: after a failure it keeps batches in memory, in their order, until the next attempt is due, which is at
 * the next batch or flush after a pause that doubles from one failure to the next, less up to half of it by chance, so that
 * many replicas do not come back at the same moment. When it keeps as many records as it may, it refuses batches, and they
 * count as failed. Safe for use by several captures at once.
 */
public final class RetryingSink implements CaptureSink {

    private final CaptureSink target;
    private final Duration firstPause;
    private final Duration longestPause;
    private final int most;
    private final Clock clock;
    private final Deque<CaptureBatch> kept = new ArrayDeque<>();
    private int keptRecords;
    private int failures;
    private long due = Long.MIN_VALUE;

    RetryingSink(CaptureSink target, Duration firstPause, Duration longestPause, int most, Clock clock) {
        this.target = Objects.requireNonNull(target, "target");
        this.firstPause = firstPause;
        this.longestPause = longestPause;
        this.most = most;
        this.clock = clock;
    }

    /**
     * Sets how long to wait after the first failure, and at most; a second and a minute unless said.
     *
     * @throws IllegalArgumentException if the first is not above zero, or longer than the longest
     */
    public RetryingSink pausing(Duration first, Duration longest) {
        if (first.toMillis() < 1 || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException("pauses from " + first + " to " + longest
                    + "; the first must be at least a millisecond and not longer than the longest");
        }
        return new RetryingSink(target, first, longest, most, clock);
    }

    /**
     * Sets how many records are kept at most; 100,000 unless said.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public RetryingSink keeping(int records) {
        if (records < 1) {
            throw new IllegalArgumentException("keeping " + records + " records; it must be at least 1");
        }
        return new RetryingSink(target, firstPause, longestPause, records, clock);
    }

    /** Tells by another clock when an attempt is due. */
    public RetryingSink clock(Clock newClock) {
        return new RetryingSink(target, firstPause, longestPause, most, newClock);
    }

    /** Returns how many records are kept for another attempt. */
    public synchronized int waiting() {
        return keptRecords;
    }

    @Override
    public synchronized void write(CaptureBatch batch) throws IOException {
        Exception because = retry(false);
        if (kept.isEmpty()) {
            because = attempt(batch);
            if (because == null) {
                return;
            }
        }
        if (keptRecords + batch.records().size() > most) {
            throw new IOException("the sink is away, and " + keptRecords + " records are kept already", because);
        }
        kept.addLast(batch);
        keptRecords += batch.records().size();
    }

    @Override
    public synchronized void flush() throws Exception {
        flush(false);
    }

    private void flush(boolean atOnce) throws Exception {
        Exception because = retry(atOnce);
        if (!kept.isEmpty()) {
            throw new IOException("the sink is away; " + keptRecords + " records are kept", because);
        }
        target.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        try (target) {
            flush(true);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the sink could not be flushed: " + e.getMessage(), e);
        }
    }

    /** Hands over what is kept, until one attempt fails; does nothing before it is due. */
    private @Nullable Exception retry(boolean atOnce) {
        Exception because = null;
        while (because == null && !kept.isEmpty() && (atOnce || clock.millis() >= due)) {
            CaptureBatch oldest = kept.getFirst();
            because = attempt(oldest);
            if (because == null) {
                kept.removeFirst();
                keptRecords -= oldest.records().size();
            }
        }
        return because;
    }

    private @Nullable Exception attempt(CaptureBatch batch) {
        try {
            target.write(batch);
            failures = 0;
            due = Long.MIN_VALUE;
            return null;
        } catch (Exception e) {
            long pause = longestPause.toMillis();
            if (failures < Long.SIZE - 1 && firstPause.toMillis() <= pause >> failures) {
                pause = firstPause.toMillis() << failures;
            }
            failures++;
            due = clock.millis() + pause - ThreadLocalRandom.current().nextLong(pause / 2 + 1);
            return e;
        }
    }
}

package io.modelmonitor.capture;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests on the threads that serve them and hands them to a sink on a thread of its own.
 *
 * <p>Offering never blocks, never throws, and takes no lock: the request is copied and put into a bounded queue, or
 * counted as dropped. The worker, a daemon, looks into the queue every few milliseconds when it has nothing to do, so
 * that no caller ever pays for waking it. Safe for use by any number of threads, virtual ones included.
 */
public final class CapturePipeline {

    private static final Logger LOG = LoggerFactory.getLogger(CapturePipeline.class);
    private static final long HEAVY = 4096;
    private static final long HEAVY_RECORDS = 64;

    private final PipelineSettings settings;
    private final Ring<Captured> ring;
    private final Worker worker;
    private final Tally sampledOut = new Tally();
    private final LongAdder droppedAtTheDoor = new LongAdder();
    private final LongAdder evicted = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final LongAdder failedAtTheDoor = new LongAdder();
    private final AtomicLong heavyBytes = new AtomicLong();
    private final long mostHeavyBytes;

    private CapturePipeline(PipelineSettings settings) {
        this.settings = settings;
        this.ring = new Ring<>(settings.capacity());
        this.mostHeavyBytes = Math.min(settings.largestPayload(), Long.MAX_VALUE / HEAVY_RECORDS) * HEAVY_RECORDS;
        this.worker = new Worker(settings, ring, this::released, evicted::sum);
    }

    /** Starts the worker. */
    public static CapturePipeline start(PipelineSettings settings) {
        CapturePipeline pipeline = new CapturePipeline(settings);
        pipeline.worker.start();
        return pipeline;
    }

    /**
     * Copies a request of numbers into the queue.
     *
     * @return the event's id, or null if the request was dropped or failed
     */
    public @Nullable UUID offer(@Nullable String inferenceId, double @Nullable [] input, double @Nullable [] output) {
        try {
            Content in = input == null ? null : settings.inputs().copyOf(bounded(input));
            Content out = output == null ? null : settings.outputs().copyOf(bounded(output));
            return put(inferenceId, in, out, List.of());
        } catch (Throwable e) { // whatever it is, the request must not suffer
            failed(e);
            return null;
        }
    }

    /**
     * Copies a request into the queue.
     *
     * @return the event's id, or null if the request was dropped or failed
     */
    public @Nullable UUID offer(
            @Nullable String inferenceId,
            @Nullable Content input,
            @Nullable Content output,
            List<String> customAttributes) {
        try {
            Content in = input == null ? null : bounded(input).copy(settings.inputs());
            Content out = output == null ? null : bounded(output).copy(settings.outputs());
            return put(inferenceId, in, out, List.copyOf(customAttributes));
        } catch (Throwable e) { // a user's map may throw anything, and the request must not suffer
            failed(e);
            return null;
        }
    }

    /**
     * Copies a request of the application's own types into the queue.
     *
     * @param input what makes content of the input, null if there is none
     * @param output what makes content of the output, null if there is none
     * @return the event's id, or null if the request was dropped or failed
     */
    public @Nullable UUID offerMapped(
            @Nullable String inferenceId, @Nullable Supplier<Content> input, @Nullable Supplier<Content> output) {
        try {
            Content in = input == null ? null : bounded(input.get()).copy(settings.inputs());
            Content out = output == null ? null : bounded(output.get()).copy(settings.outputs());
            return put(inferenceId, in, out, List.of());
        } catch (Throwable e) { // a user's mapper may throw anything, and the request must not suffer
            failed(e);
            return null;
        }
    }

    /** Copies an input before a model sees it; returns null, counted as failed, if it cannot be copied. */
    public @Nullable Content copyOfInput(Supplier<Content> input) {
        try {
            return bounded(input.get()).copy(settings.inputs());
        } catch (Throwable e) { // a user's mapper may throw anything, and the request must not suffer
            failed(e);
            return null;
        }
    }

    /**
     * Puts a request into the queue of which the input has been copied already.
     *
     * @param input what {@link #copyOfInput} returned
     * @param output what makes content of the output
     * @return the event's id, or null if the request was dropped or failed
     */
    public @Nullable UUID offerCopied(@Nullable String inferenceId, Content input, Supplier<Content> output) {
        try {
            return put(inferenceId, input, bounded(output.get()).copy(settings.outputs()), List.of());
        } catch (Throwable e) { // a user's mapper may throw anything, and the request must not suffer
            failed(e);
            return null;
        }
    }

    private @Nullable UUID put(
            @Nullable String inferenceId, @Nullable Content input, @Nullable Content output, List<String> attributes) {
        long now = settings.clock().millis();
        Captured captured = new Captured(EventIds.next(now), now, inferenceId, input, output, attributes);
        long weight = captured.weight();
        if (weight > HEAVY && heavyBytes.addAndGet(weight) > mostHeavyBytes) {
            heavyBytes.addAndGet(-weight);
            droppedAtTheDoor.increment();
            return null;
        }
        while (!ring.offer(captured)) {
            if (settings.overflow() == Overflow.DROP_NEWEST || ring.isClosed()) {
                released(captured);
                droppedAtTheDoor.increment();
                return null;
            }
            evicted.increment(); // before it is gone, lest a flush be answered in between
            Captured oldest = ring.poll();
            if (oldest == null) {
                evicted.decrement();
            } else {
                released(oldest);
            }
        }
        return captured.eventId();
    }

    private double[] bounded(double[] row) {
        requireBounded(8L * row.length);
        return row;
    }

    private Content bounded(Content content) {
        requireBounded(content.weight());
        return content;
    }

    private void requireBounded(long weight) {
        if (weight > settings.largestPayload()) {
            throw new IllegalArgumentException("a payload of " + weight + " bytes is larger than the "
                    + settings.largestPayload() + " that are allowed");
        }
    }

    private void released(Captured captured) {
        long weight = captured.weight();
        if (weight > HEAVY) {
            heavyBytes.addAndGet(-weight);
        }
    }

    /** Counts a request that could not be captured; the first of a kind is logged. */
    public void failed(Throwable because) {
        failedAtTheDoor.increment();
        if (failedAtTheDoor.sum() == 1) {
            LOG.warn(
                    "capture of {}: a request could not be captured, the first of possibly many: {}",
                    settings.endpoint(),
                    because.toString());
        }
    }

    /**
     * Waits until everything that was accepted before this call has been handed to the sink and the sink has flushed.
     *
     * @return true if so; false if it took longer, if an accepted record was lost since the last flush was answered, or if
     *     this thread was interrupted, in which case it stays so
     */
    public boolean flush(Duration atMost) {
        return worker.flush(atMost);
    }

    /**
     * Refuses requests from now on, drains the queue, closes the sink and ends the worker; gives up after the time set. A
     * second call waits for the first, and does no more.
     *
     * @return how many records were not written because time ran out
     */
    public long close() {
        ring.close();
        worker.finish(settings.closingWithin());
        for (Captured left = ring.poll(); left != null; left = ring.poll()) {
            released(left);
            abandoned.increment();
        }
        long lost = abandoned.sum() + worker.inHand();
        if (lost > 0) {
            LOG.warn(
                    "capture of {}: closed after {} with {} records not written",
                    settings.endpoint(),
                    settings.closingWithin(),
                    lost);
        }
        return lost;
    }

    /** Counts a request that sampling kept out. */
    public void sampledOut() {
        sampledOut.increment();
    }

    /** Returns what has been done so far. */
    public CaptureStats stats() {
        long dropped = droppedAtTheDoor.sum();
        long failed = failedAtTheDoor.sum();
        return new CaptureStats(
                ring.added() + dropped + failed,
                sampledOut.sum(),
                worker.written(),
                dropped + evicted.sum() + abandoned.sum() + worker.dropped(),
                failed + worker.failed(),
                ring.size() + worker.inHand(),
                worker.bytes());
    }
}

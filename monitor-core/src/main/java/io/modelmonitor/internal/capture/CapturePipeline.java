package io.modelmonitor.internal.capture;

import io.modelmonitor.capture.CaptureStats;
import io.modelmonitor.capture.Overflow;
import io.modelmonitor.internal.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests on the threads that serve them and hands them to a sink on a thread of its own, or one of a group.
 *
 * <p>Offering never blocks, never throws, and takes no lock: the request is copied and put into a bounded queue, or
 * counted as dropped. The worker, a daemon, looks into the queue every few milliseconds when it has nothing to do, so
 * that callers do not pay for waking it; after a second it sleeps, and the next request wakes it for a few microseconds.
 * Safe for use by any number of threads, virtual ones included.
 */
public final class CapturePipeline {

    private static final Logger LOG = LoggerFactory.getLogger(CapturePipeline.class);
    private static final long HEAVY = 4096;
    /** So many of the largest records wait at most: the time they take has to be shorter than small ones need to fill the queue. */
    private static final long HEAVY_RECORDS = 16;

    /** So many bytes of large records may wait, however small the largest may be. */
    private static final long HEAVY_BYTES = 16 << 20;

    private static final long NOTHING_RECORDED = -1;

    /** So many records are recorded by code that is not compiled, at most. */
    private static final long INTERPRETED = 20_000;

    /** Frames of this class that take more stack than those below it, all together. */
    private static final int FRAMES = 64;

    private final PipelineSettings settings;
    private final Ring<PendingRecord> ring;
    private final Worker worker;
    private final Tally sampledOut = new Tally();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder evicted = new LongAdder();
    private final LongAdder lostOnClose = new LongAdder();
    private final LongAdder failedToCopy = new LongAdder();
    private final AtomicLong heavyBytes = new AtomicLong();
    private final AtomicLong heavyRecords = new AtomicLong();
    private final long mostHeavyBytes;

    /** For each thread; a class of the JDK, so that it holds nothing of the application in the threads of a server. */
    @SuppressWarnings("ThreadLocalUsage") // pipelines are few, and each tells its callers apart
    private final ThreadLocal<long[]> lossesBefore = new ThreadLocal<>();

    private volatile @Nullable Throwable lastFailure;

    private CapturePipeline(PipelineSettings settings) {
        this.settings = settings;
        this.ring = new Ring<>(settings.capacity());
        this.mostHeavyBytes = Math.max(
                HEAVY_BYTES, Math.min(settings.largestPayload(), Long.MAX_VALUE / HEAVY_RECORDS) * HEAVY_RECORDS);
        WarningLog warnings = new WarningLog(subject(), settings.isPrivate(), System::nanoTime, LOG::warn);
        this.worker = new Worker(settings, ring, this::released, evicted::sum, warnings, this::warnOnce);
    }

    private String subject() {
        return "capture of " + settings.endpoint();
    }

    /** Reports the records that were rejected at the queue; runs on the worker. */
    private void warnOnce(WarningLog warnings) {
        warnings.tell("requests that could not be captured", failedToCopy.sum(), lastFailure);
        warnings.tell("records dropped because the queue was full", rejected.sum() + evicted.sum(), null);
    }

    /**
     * Initialises the classes that recording needs. One whose initialisation fails, as it does where the stack ends, could not be
     * used any more by anybody.
     */
    private static void initialise() {
        PayloadFormat form = PayloadFormat.of(null, false, List.of());
        CapturePipeline trial = new CapturePipeline(new PipelineSettings(
                "trial",
                "trial",
                8,
                Overflow.DROP_OLDEST,
                1 << 20,
                form,
                form,
                PrivateMetadata.of(List.of()),
                batch -> {},
                Clock.systemUTC(),
                Duration.ZERO));
        List<Object> values = List.of(0.5f, 1, "text", BigInteger.ONE, new BigDecimal("0.5"));
        trial.offer("id", new double[] {0.5}, new double[] {0.5});
        trial.offer("id", () -> List.of(Map.of("name", values)), () -> new float[] {0.5f}, "attribute");
        trial.offer(null, () -> values, () -> null);
        trial.sampledOut();
        trial.failed(new IllegalStateException());
        Json.parse(Json.write(values));
    }

    /**
     * Runs {@link #initialise} on a thread that ends: JSON parsers keep buffers for each thread, which would hold the class loader of
     * an application in the threads of a server.
     */
    private static void initialiseElsewhere() {
        Thread thread = new Thread(CapturePipeline::initialise, "initialising-capture");
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            // The classes are initialised all the same, only perhaps a little later than the first record.
            Thread.currentThread().interrupt();
        }
    }

    /** Starts a worker of its own. */
    public static CapturePipeline start(PipelineSettings settings) {
        return start(settings, null);
    }

    /** Starts a worker of a group, or of its own if there is none. */
    public static CapturePipeline start(PipelineSettings settings, @Nullable WorkerGroup group) {
        initialiseElsewhere();
        CapturePipeline pipeline = new CapturePipeline(settings);
        pipeline.worker.start(group);
        return pipeline;
    }

    /**
     * Copies a request of numbers into the queue.
     *
     * @return the event's id, or null if the request was dropped or failed
     */
    public @Nullable UUID offer(@Nullable String inferenceId, double @Nullable [] input, double @Nullable [] output) {
        try {
            PayloadSource in = input == null ? null : settings.inputs().copyOf(input, allowance());
            PayloadSource out = output == null ? null : settings.outputs().copyOf(output, allowance());
            return put(inferenceId, in, out, List.of());
        } catch (Throwable e) { // whatever it is, the request must not suffer
            failed(e);
            return null;
        }
    }

    private List<String> copyOf(@Nullable String @Nullable [] attributes) {
        if (attributes == null || attributes.length == 0) {
            return List.of();
        }
        Allowance allowance = allowance();
        allowance.take(attributes.length, ValueCopies.ELEMENT);
        List<String> copy = new ArrayList<>(attributes.length);
        for (String attribute : attributes) {
            if (attribute == null) {
                throw new IllegalArgumentException("custom attribute " + copy.size() + " is null; texts are allowed");
            }
            allowance.take(attribute.length());
            copy.add(attribute);
        }
        return settings.metadata().protectAttributes(copy);
    }

    /**
     * Copies a request of any form, or of the application's own types, into the queue.
     *
     * @param input what makes content of the input, as {@link PayloadSource#of} reads it; null where there is none
     * @param output what makes content of the output, likewise
     * @return the event's id, or null if the request was dropped or failed
     */
    public @Nullable UUID offer(
            @Nullable String inferenceId,
            Supplier<? extends @Nullable Object> input,
            Supplier<? extends @Nullable Object> output,
            @Nullable String @Nullable ... customAttributes) {
        try {
            Object in = input.get();
            PayloadSource inCopy = in == null ? null : copyOf(in, settings.inputs());
            Object out = output.get();
            PayloadSource outCopy = out == null ? null : copyOf(out, settings.outputs());
            return put(inferenceId, inCopy, outCopy, copyOf(customAttributes));
        } catch (Throwable e) { // a user's mapper may throw anything, and the request must not suffer
            failed(e);
            return null;
        }
    }

    private PayloadSource copyOf(@Nullable Object value, PayloadFormat form) {
        return PayloadSource.of(value).copy(form, allowance());
    }

    /** Copies an input before a model sees it; returns null, counted as failed, if it cannot be copied. */
    public @Nullable PayloadSource copyOfInput(Supplier<? extends @Nullable Object> input) {
        try {
            return copyOf(input.get(), settings.inputs());
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
    public @Nullable UUID offerCopied(
            @Nullable String inferenceId, PayloadSource input, Supplier<? extends @Nullable Object> output) {
        try {
            return put(inferenceId, input, copyOf(output.get(), settings.outputs()), List.of());
        } catch (Throwable e) { // a user's mapper may throw anything, and the request must not suffer
            failed(e);
            return null;
        }
    }

    private Allowance allowance() {
        return new Allowance(settings.largestPayload());
    }

    private @Nullable UUID put(
            @Nullable String inferenceId,
            @Nullable PayloadSource input,
            @Nullable PayloadSource output,
            List<String> attributes) {
        if (inferenceId != null) {
            allowance().take(inferenceId.length());
        }
        String id = settings.metadata().protectId(inferenceId);
        if (ring.added() < INTERPRETED) {
            requireStack(FRAMES);
        }
        long now = settings.clock().millis();
        PendingRecord captured = new PendingRecord(EventIds.next(now), now, id, input, output, attributes);
        noteLossesBefore();
        long weight = captured.weight();
        if (weight > HEAVY && !admit(weight)) {
            rejected.increment();
            return null;
        }
        boolean added = false;
        try {
            added = add(captured);
        } finally {
            if (!added) {
                released(captured);
            }
        }
        if (!added) {
            rejected.increment();
            return null;
        }
        worker.wake();
        return captured.eventId();
    }

    /** Adds a record to the queue, in place of the oldest one if that is wanted; returns false if there is no room. */
    private boolean add(PendingRecord captured) {
        while (!ring.offer(captured)) {
            if (settings.overflow() == Overflow.DROP_NEWEST || ring.isClosed()) {
                return false;
            }
            evicted.increment(); // before it is gone, lest a flush be answered in between
            PendingRecord oldest = ring.poll();
            if (oldest == null) {
                evicted.decrement();
            } else {
                released(oldest);
            }
        }
        return true;
    }

    /**
     * Fails if the stack ends soon, before a place in the queue is taken that would then never be filled. Code that is
     * compiled takes a place and fills it without a call; until then, it needs some frames.
     */
    private static int requireStack(int frames) {
        return frames == 0 ? 0 : 1 + requireStack(frames - 1);
    }

    /** Keeps for this thread how much was lost before the first of its records that no flush has answered for. */
    private void noteLossesBefore() {
        long[] before = lossesBefore.get();
        if (before == null) {
            before = new long[] {NOTHING_RECORDED};
            lossesBefore.set(before);
        }
        if (before[0] == NOTHING_RECORDED) {
            before[0] = worker.losses();
        }
    }

    boolean isAsleep() {
        return worker.isAsleep();
    }

    private void released(PendingRecord captured) {
        long weight = captured.weight();
        if (weight > HEAVY) {
            heavyBytes.addAndGet(-weight);
            heavyRecords.decrementAndGet();
        }
    }

    /**
     * Takes room for a large record. There is the less of it the more small ones wait, and none when these fill half of the queue: a
     * worker that cannot keep up with large payloads, however slow they make it, has time left for small ones.
     */
    private boolean admit(long weight) {
        long small = Math.max(0, ring.size() - heavyRecords.incrementAndGet());
        double share = Math.max(0, 1 - 2.0 * small / settings.capacity());
        if (heavyBytes.addAndGet(weight) <= mostHeavyBytes * share) {
            return true;
        }
        heavyBytes.addAndGet(-weight);
        heavyRecords.decrementAndGet();
        return false;
    }

    /** Counts a request that could not be captured; the worker logs it, if a line is due. */
    public void failed(Throwable because) {
        failedToCopy.increment();
        lastFailure = because;
    }

    /**
     * Waits until everything that was accepted before this call has been handed to the sink and the sink has flushed.
     *
     * @return true if so; false if it took longer, if an accepted record was lost since the last flush was answered, or if
     *     this thread was interrupted, in which case it stays so
     */
    public boolean flush(Duration atMost) {
        long[] before = lossesBefore.get();
        long known = before == null || before[0] == NOTHING_RECORDED ? Long.MAX_VALUE : before[0];
        FlushRequests.Answer answer = worker.flush(atMost, known);
        if (before != null && answer != FlushRequests.Answer.NONE) {
            before[0] = NOTHING_RECORDED;
        }
        return answer == FlushRequests.Answer.SAFE;
    }

    /**
     * Refuses requests from now on, drains the queue, closes the sink and ends the worker; gives up after the time set. A
     * second call waits for the first, and does no more.
     *
     * @return how many records were not written because time ran out
     */
    public long close() {
        ring.close();
        worker.finish(settings.shutdownTimeout());
        for (PendingRecord left = ring.poll(); left != null; left = ring.poll()) {
            released(left);
            lostOnClose.increment();
        }
        long lost = lostOnClose.sum() + worker.inFlight();
        String kind = "records not written when it was closed after " + settings.shutdownTimeout();
        new WarningLog(subject(), false, System::nanoTime, LOG::warn).tell(kind, lost, null);
        return lost;
    }

    /** Counts a request that sampling kept out. */
    public void sampledOut() {
        sampledOut.increment();
    }

    /** Returns what has been done so far. */
    public CaptureStats stats() {
        long dropped = rejected.sum();
        long failed = failedToCopy.sum();
        return new CaptureStats(
                ring.added() + dropped + failed,
                sampledOut.sum(),
                worker.written(),
                dropped + evicted.sum() + lostOnClose.sum() + worker.dropped(),
                failed + worker.failed(),
                ring.size() + worker.inFlight(),
                worker.bytes());
    }

    @Override
    public String toString() {
        return subject();
    }
}

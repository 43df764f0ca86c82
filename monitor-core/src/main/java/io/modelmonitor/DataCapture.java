package io.modelmonitor;

import io.modelmonitor.capture.CaptureStats;
import io.modelmonitor.capture.Sampler;
import io.modelmonitor.internal.capture.CapturePipeline;
import io.modelmonitor.internal.capture.PayloadSource;
import io.modelmonitor.internal.capture.PipelineSettings;
import io.modelmonitor.internal.capture.WorkerGroup;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Captures what goes into a model and what comes out, beside the requests and never in their way.
 *
 * <pre>{@code
 * try (DataCapture capture = DataCapture.of("churn").sampling(0.2).sink(Sinks.files(folder)).start()) {
 *     double score = capture.around(features, model::score);
 * }
 * }</pre>
 *
 * <p>Recording samples, copies and offers; everything else happens on one worker thread, which captures may share. It never throws, never
 * blocks and takes no lock, so it may be called by any number of threads, virtual ones included. When the queue is full, a record is
 * dropped and counted. The worker is a daemon; when the JVM ends, the capture closes itself, unless it was told not to.
 *
 * <p>Sampled out, by chance or while paused, a request costs less than one atomic addition and allocates nothing; for threads
 * beyond about a hundred, and for virtual ones, one atomic addition more. Recorded, 20 numbers that are answered by one
 * allocate 304 bytes on a JVM with compressed references: their copies, 200 bytes, and about a hundred for the record and
 * its id. {@code CaptureBenchmark} of module {@code monitor-benchmarks} measures time and memory.
 */
public final class DataCapture implements AutoCloseable {

    private static final Sampler NONE = (id, input) -> false;

    private final CapturePipeline pipeline;
    private final AtExit closing;
    /** The number of requests that met a full stack; approximate, as it is counted without a call. */
    private long unseen;

    private final Object switching = new Object();
    private Sampler sampler;
    private boolean on = true;
    private volatile Sampler active;

    private DataCapture(CapturePipeline pipeline, Sampler sampler) {
        this.pipeline = pipeline;
        this.closing = new AtExit(pipeline::close);
        this.sampler = sampler;
        this.active = sampler;
    }

    static DataCapture start(
            PipelineSettings settings, @Nullable WorkerGroup group, Sampler sampler, boolean closedAtExit) {
        DataCapture capture = new DataCapture(CapturePipeline.start(settings, group), sampler);
        if (closedAtExit) {
            capture.closing.add();
        }
        return capture;
    }

    /**
     * Begins to describe a capture: of all requests, with a queue of 16,384 records, the newest dropped when it is full.
     *
     * @param endpoint the name of what serves the model: letters, digits, {@code .}, {@code _} and {@code -}
     */
    public static DataCaptureBuilder of(String endpoint) {
        return new DataCaptureBuilder(endpoint);
    }

    /** Records a request of numbers; see {@link #record(String, double[], double[])}. */
    public @Nullable UUID record(double @Nullable [] input, double @Nullable [] output) {
        try {
            return record(null, input, output);
        } catch (Throwable e) { // the stack has ended: nothing may be called any more
            unseen++;
            return null;
        }
    }

    /** Records a request of numbers that was answered by one; see {@link #record(String, double[], double[])}. */
    public @Nullable UUID record(double @Nullable [] input, double output) {
        try {
            return record(null, input, output);
        } catch (Throwable e) { // the stack has ended: nothing may be called any more
            unseen++;
            return null;
        }
    }

    /** Records a request of numbers that was answered by one; see {@link #record(String, double[], double[])}. */
    public @Nullable UUID record(@Nullable String inferenceId, double @Nullable [] input, double output) {
        try {
            return includes(inferenceId, input) ? pipeline.offer(inferenceId, input, new double[] {output}) : null;
        } catch (Throwable e) { // the stack has ended: nothing may be called any more
            unseen++;
            return null;
        }
    }

    /**
     * Records a request of numbers: the fastest form.
     *
     * @param inferenceId the caller's identifier of the request, by which labels are joined later; may be null
     * @param input a row of numbers, NaN for a missing one; null to record none
     * @param output a row of numbers; null to record none
     * @return the event's id; null if the request was not recorded, for whatever reason
     */
    public @Nullable UUID record(@Nullable String inferenceId, double @Nullable [] input, double @Nullable [] output) {
        try {
            return includes(inferenceId, input) ? pipeline.offer(inferenceId, input, output) : null;
        } catch (Throwable e) { // the stack has ended: nothing may be called any more
            unseen++;
            return null;
        }
    }

    /** Records a request of any form; see {@link #record(String, Object, Object)}. */
    public @Nullable UUID record(@Nullable Object input, @Nullable Object output) {
        try {
            return record(null, input, output);
        } catch (Throwable e) { // the stack has ended: nothing may be called any more
            unseen++;
            return null;
        }
    }

    /**
     * Records a request of any form: arrays and lists of values in the order of the columns, maps of named values, arrays and lists of
     * these for a request of several rows, a single value, or a {@link Payload} as it was sent, such as {@link Payload#csv},
     * {@link Payload#json} or {@link Payload#bytes}.
     *
     * @param inferenceId the caller's identifier of the request, by which labels are joined later; may be null
     * @param input what went in; null to record none
     * @param output what came out; null to record none
     * @return the event's id; null if the request was not recorded, for whatever reason
     */
    public @Nullable UUID record(@Nullable String inferenceId, @Nullable Object input, @Nullable Object output) {
        try {
            return includes(inferenceId, input) ? pipeline.offer(inferenceId, () -> input, () -> output) : null;
        } catch (Throwable e) { // the stack has ended: nothing may be called any more
            unseen++;
            return null;
        }
    }

    /**
     * Records a request of any form, as {@link #record(String, Object, Object)} does, with attributes.
     *
     * @param inferenceId the caller's identifier of the request, by which labels are joined later; may be null
     * @param input what went in; null to record none
     * @param output what came out; null to record none
     * @param customAttributes whatever is to be kept with the request
     * @return the event's id; null if the request was not recorded, for whatever reason
     */
    public @Nullable UUID record(
            @Nullable String inferenceId, @Nullable Object input, @Nullable Object output, String... customAttributes) {
        try {
            return includes(inferenceId, input)
                    ? pipeline.offer(inferenceId, () -> input, () -> output, customAttributes)
                    : null;
        } catch (Throwable e) { // the stack has ended: nothing may be called any more
            unseen++;
            return null;
        }
    }

    /**
     * Asks a model and records what it was asked, as it was before the model saw it, and what it answered.
     *
     * @param input of any form that {@link #record(String, Object, Object)} takes, such as {@code double[]}, {@code float[]}, a list or a map
     * @return the model's own answer; what it throws passes through, and nothing is recorded
     */
    public <I> double around(I input, ToDoubleFunction<? super I> model) {
        PayloadSource copy = null;
        try {
            copy = includes(null, input) ? pipeline.copyOfInput(() -> input) : null;
        } catch (Throwable e) { // the stack has ended: nothing may be called any more
            unseen++;
        }
        double output = model.applyAsDouble(input);
        try {
            if (copy != null) {
                pipeline.offerCopied(null, copy, () -> output);
            }
        } catch (Throwable e) { // as before
            unseen++;
        }
        return output;
    }

    /**
     * Asks a model of any form and records what it was asked, as it was before the model saw it, and what it answered.
     *
     * @param asInput what to record of the input, of any form; runs on this thread; if it throws, the request is counted as failed
     * @param asOutput what to record of the output; likewise
     * @return the model's own answer; what it throws passes through, and nothing is recorded
     */
    public <I extends @Nullable Object, O extends @Nullable Object> O around(
            I input,
            Function<? super I, ? extends O> model,
            Function<I, ? extends @Nullable Object> asInput,
            Function<O, ? extends @Nullable Object> asOutput) {
        PayloadSource copy = null;
        try {
            copy = includes(null, input) ? pipeline.copyOfInput(() -> asInput.apply(input)) : null;
        } catch (Throwable e) { // the stack has ended: nothing may be called any more
            unseen++;
        }
        O output = model.apply(input);
        try {
            if (copy != null) {
                pipeline.offerCopied(null, copy, () -> asOutput.apply(output));
            }
        } catch (Throwable e) { // as before
            unseen++;
        }
        return output;
    }

    /**
     * Returns a recorder of the application's own types.
     *
     * @param asInput what to record of an input, of any form but null; runs on the recording thread
     * @param asOutput what to record of an output; likewise
     */
    public <I, O> CaptureRecorder<I, O> recorder(Function<I, ?> asInput, Function<O, ?> asOutput) {
        return (inferenceId, input, output) -> {
            try {
                return includes(inferenceId, input)
                        ? pipeline.offer(
                                inferenceId,
                                () -> input == null ? null : Objects.requireNonNull(asInput.apply(input), "input"),
                                () -> output == null ? null : Objects.requireNonNull(asOutput.apply(output), "output"))
                        : null;
            } catch (Throwable e) { // the stack has ended: nothing may be called any more
                unseen++;
                return null;
            }
        };
    }

    private boolean includes(@Nullable String inferenceId, @Nullable Object input) {
        try {
            boolean included = active.includes(inferenceId, input);
            if (!included) {
                pipeline.sampledOut();
            }
            return included;
        } catch (Throwable e) { // a user's sampler may throw anything, and the request must not suffer
            pipeline.failed(e);
            return false;
        }
    }

    /**
     * Captures a fraction of the requests from now on, by chance.
     *
     * @throws IllegalArgumentException if the fraction lies outside 0 to 1
     */
    public void sample(double fraction) {
        sample(Sampler.fraction(fraction));
    }

    /** Captures those requests from now on that a sampler lets in. */
    public void sample(Sampler newSampler) {
        synchronized (switching) {
            sampler = Objects.requireNonNull(newSampler, "newSampler");
            active = on ? sampler : NONE;
        }
    }

    /** Captures nothing until {@link #resume()}; requests count as sampled out. */
    public void pause() {
        turn(false);
    }

    /** Captures again. */
    public void resume() {
        turn(true);
    }

    private void turn(boolean newOn) {
        synchronized (switching) {
            on = newOn;
            active = on ? sampler : NONE;
        }
    }

    /** Returns what this capture has done so far. */
    public CaptureStats stats() {
        return pipeline.stats().withFailed(unseen);
    }

    /**
     * Waits until everything that was recorded before this call is where the sink keeps it, safe from the end of this
     * process.
     *
     * @return true if so; false if it took longer, if the sink or the queue lost a record since the last flush was answered
     *     that had been given an id, or if this thread was interrupted, in which case it stays so
     */
    public boolean flush(Duration atMost) {
        return pipeline.flush(atMost);
    }

    /**
     * Records nothing more, writes what waits, closes the sink and ends the worker; gives up after the time set with
     * {@link DataCaptureBuilder#shutdownTimeout}. What could not be written is logged and counted as dropped. Closing again does nothing.
     */
    @Override
    public void close() {
        closing.remove();
        pipeline.close();
    }

    @Override
    public String toString() {
        return pipeline.toString();
    }
}

package io.modelmonitor;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.CapturePipeline;
import io.modelmonitor.capture.CaptureStats;
import io.modelmonitor.capture.Content;
import io.modelmonitor.capture.Form;
import io.modelmonitor.capture.Overflow;
import io.modelmonitor.capture.PipelineSettings;
import io.modelmonitor.capture.Privacy;
import io.modelmonitor.capture.Sampler;
import io.modelmonitor.spi.CaptureSink;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Captures what goes into a model and what comes out, beside the requests and never in their way.
 *
 * <pre>{@code
 * try (DataCapture capture = DataCapture.of("churn").sampling(0.2).into(Sinks.files(folder)).start()) {
 *     double score = capture.around(features, model::score);
 * }
 * }</pre>
 *
 * <p>Recording samples, copies and offers; everything else happens on one worker thread. It never throws, never blocks and
 * takes no lock, so it may be called by any number of threads, virtual ones included. When the queue is full, a record is
 * dropped and counted. The worker is a daemon: what waits when the JVM ends without {@link #close()} is lost.
 *
 * <p>Sampled out, by chance or while paused, a request costs less than one atomic addition and allocates nothing; for threads
 * beyond about a hundred, and for virtual ones, one atomic addition more. Recorded, 20 numbers that are answered by one cost
 * in the order of a hundred nanoseconds and 304 bytes on a JVM with compressed references: their copies, 200 bytes, and
 * about a hundred for the record and its id. The benchmark {@code CaptureBenchmark} among the examples measures both.
 */
public final class DataCapture implements AutoCloseable {

    private static final Sampler NOBODY = (id, input) -> false;

    private final CapturePipeline pipeline;
    private final Object switching = new Object();
    private Sampler sampler;
    private boolean on = true;
    private volatile Sampler active;

    private DataCapture(CapturePipeline pipeline, Sampler sampler) {
        this.pipeline = pipeline;
        this.sampler = sampler;
        this.active = sampler;
    }

    /**
     * Begins to describe a capture: of all requests, with a queue of 16,384 records, the newest dropped when it is full.
     *
     * @param endpoint the name of what serves the model: letters, digits, {@code .}, {@code _} and {@code -}
     */
    public static Builder of(String endpoint) {
        return new Builder(endpoint);
    }

    /** Records a request of numbers; see {@link #record(String, double[], double[])}. */
    public @Nullable UUID record(double @Nullable [] input, double @Nullable [] output) {
        return record(null, input, output);
    }

    /** Records a request of numbers that was answered by one; see {@link #record(String, double[], double[])}. */
    public @Nullable UUID record(double @Nullable [] input, double output) {
        return record(null, input, output);
    }

    /** Records a request of numbers that was answered by one; see {@link #record(String, double[], double[])}. */
    public @Nullable UUID record(@Nullable String inferenceId, double @Nullable [] input, double output) {
        return includes(inferenceId, input) ? pipeline.offer(inferenceId, input, new double[] {output}) : null;
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
        return includes(inferenceId, input) ? pipeline.offer(inferenceId, input, output) : null;
    }

    /** Records a request of any form; see {@link #record(String, Object, Object)}. */
    public @Nullable UUID record(@Nullable Object input, @Nullable Object output) {
        return record(null, input, output);
    }

    /**
     * Records a request of any form, as {@link Content#of} reads it: arrays and lists of values in the order of the columns, maps
     * of named values, arrays and lists of these for a request of several rows, or a single value.
     *
     * @param inferenceId the caller's identifier of the request, by which labels are joined later; may be null
     * @param input what went in; null to record none
     * @param output what came out; null to record none
     * @return the event's id; null if the request was not recorded, for whatever reason
     */
    public @Nullable UUID record(@Nullable String inferenceId, @Nullable Object input, @Nullable Object output) {
        return includes(inferenceId, input)
                ? pipeline.offerMapped(
                        inferenceId,
                        input == null ? null : () -> Content.of(input),
                        output == null ? null : () -> Content.of(output))
                : null;
    }

    /**
     * Records a request with attributes.
     *
     * @param inferenceId the caller's identifier of the request, by which labels are joined later; may be null
     * @param input what went in; null to record none
     * @param output what came out; null to record none
     * @param customAttributes whatever is to be kept with the request
     * @return the event's id; null if the request was not recorded, for whatever reason
     */
    public @Nullable UUID record(
            @Nullable String inferenceId,
            @Nullable Content input,
            @Nullable Content output,
            String... customAttributes) {
        return includes(inferenceId, input)
                ? pipeline.offer(inferenceId, input, output, List.of(customAttributes))
                : null;
    }

    /**
     * Asks a model and records what it was asked, as it was before the model saw it, and what it answered.
     *
     * @param input of any form that {@link Content#of} reads, such as {@code double[]}, {@code float[]}, a list or a map
     * @return the model's own answer; what it throws passes through, and nothing is recorded
     */
    public <I> double around(I input, ToDoubleFunction<? super I> model) {
        if (!includes(null, input)) {
            return model.applyAsDouble(input);
        }
        Content copy = pipeline.copyOfInput(() -> Content.of(input));
        double output = model.applyAsDouble(input);
        if (copy != null) {
            pipeline.offerCopied(null, copy, () -> Content.numbers(output));
        }
        return output;
    }

    /**
     * Asks a model of any form and records what it was asked, as it was before the model saw it, and what it answered.
     *
     * @param asInput what to record of the input; runs on this thread; if it throws, the request is counted as failed
     * @param asOutput what to record of the output; likewise
     * @return the model's own answer; what it throws passes through, and nothing is recorded
     */
    public <I extends @Nullable Object, O extends @Nullable Object> O around(
            I input,
            Function<? super I, ? extends O> model,
            Function<I, Content> asInput,
            Function<O, Content> asOutput) {
        if (!includes(null, input)) {
            return model.apply(input);
        }
        Content copy = pipeline.copyOfInput(() -> asInput.apply(input));
        O output = model.apply(input);
        if (copy != null) {
            pipeline.offerCopied(null, copy, () -> asOutput.apply(output));
        }
        return output;
    }

    /**
     * Returns a recorder of the application's own types.
     *
     * @param asInput what to record of an input; runs on the recording thread
     * @param asOutput what to record of an output; likewise
     */
    public <I, O> CaptureRecorder<I, O> recorder(Function<I, Content> asInput, Function<O, Content> asOutput) {
        return (inferenceId, input, output) -> includes(inferenceId, input)
                ? pipeline.offerMapped(
                        inferenceId,
                        input == null ? null : () -> asInput.apply(input),
                        output == null ? null : () -> asOutput.apply(output))
                : null;
    }

    private boolean includes(@Nullable String inferenceId, @Nullable Object input) {
        boolean included;
        try {
            included = active.includes(inferenceId, input);
        } catch (Throwable e) { // a user's sampler may throw anything, and the request must not suffer
            pipeline.failed(e);
            return false;
        }
        if (!included) {
            pipeline.sampledOut();
        }
        return included;
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
            active = on ? sampler : NOBODY;
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
            active = on ? sampler : NOBODY;
        }
    }

    /** Returns what this capture has done so far. */
    public CaptureStats stats() {
        return pipeline.stats();
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
     * {@link Builder#closingWithin}. What could not be written is logged and counted as dropped. Closing again does nothing.
     */
    @Override
    public void close() {
        pipeline.close();
    }

    /** Describes a capture. Not safe for use by several threads. */
    public static final class Builder {

        private final String endpoint;
        private String variant = CaptureBatch.ALL_TRAFFIC;
        private Sampler sampler = Sampler.fraction(1);
        private int capacity = 16_384;
        private Overflow overflow = Overflow.DROP_NEWEST;
        private long largestPayload = 1 << 20;
        private @Nullable Schema inputs;
        private @Nullable Schema outputs;
        private boolean json;
        private final List<Privacy> privacy = new ArrayList<>();
        private @Nullable CaptureSink sink;
        private Clock clock = Clock.systemUTC();
        private Duration closingWithin = Duration.ofSeconds(10);

        private Builder(String endpoint) {
            this.endpoint = endpoint;
        }

        /** Names the model's variant; {@value CaptureBatch#ALL_TRAFFIC} unless said. */
        public Builder variant(String newVariant) {
            this.variant = newVariant;
            return this;
        }

        /**
         * Captures a fraction of the requests, by chance; all unless said.
         *
         * @param fraction from 0 to 1
         * @throws IllegalArgumentException if the fraction lies elsewhere
         */
        public Builder sampling(double fraction) {
            return sampling(Sampler.fraction(fraction));
        }

        /** Captures those requests that a sampler lets in. */
        public Builder sampling(Sampler newSampler) {
            this.sampler = Objects.requireNonNull(newSampler, "newSampler");
            return this;
        }

        /**
         * Sets how many records may wait for the sink, and which one goes when there are more.
         *
         * @param records at least 1
         */
        public Builder holding(int records, Overflow newOverflow) {
            this.capacity = records;
            this.overflow = Objects.requireNonNull(newOverflow, "newOverflow");
            return this;
        }

        /**
         * Sets how large one side of a request may be; one that is larger counts as failed. 1 MiB unless said. All large
         * payloads that wait together may have 64 times as much.
         */
        public Builder payloadsUpTo(long bytes) {
            this.largestPayload = bytes;
            return this;
        }

        /**
         * Names the columns of arrays and CSV rows that go in, for sinks that take rows as they are, such as a live monitor, and for
         * {@link #asJson}; a column of type fractional is written with a point.
         */
        public Builder inputs(Schema schema) {
            this.inputs = schema;
            return this;
        }

        /** Names the columns of arrays and CSV rows that come out. */
        public Builder outputs(Schema schema) {
            this.outputs = schema;
            return this;
        }

        /** Writes arrays as JSON objects by the names of their columns; as CSV, which has none, unless said. */
        public Builder asJson() {
            this.json = true;
            return this;
        }

        /** Protects a field; may be said of several fields. */
        public Builder protecting(Privacy field) {
            this.privacy.add(field);
            return this;
        }

        /** Sets where records go. The capture closes it. */
        public Builder into(CaptureSink newSink) {
            this.sink = Objects.requireNonNull(newSink, "newSink");
            return this;
        }

        /** Tells the time by another clock. */
        public Builder clock(Clock newClock) {
            this.clock = newClock;
            return this;
        }

        /** Sets how long closing may take; 10 seconds unless said. */
        public Builder closingWithin(Duration duration) {
            this.closingWithin = duration;
            return this;
        }

        /**
         * Starts to capture.
         *
         * @throws IllegalArgumentException if something is not allowed, or no sink was given; the message says what
         */
        public DataCapture start() {
            if (sink == null) {
                throw new IllegalArgumentException("capture of '" + endpoint + "' has no sink; say into(..)");
            }
            PipelineSettings settings = new PipelineSettings(
                    endpoint,
                    variant,
                    capacity,
                    overflow,
                    largestPayload,
                    Form.of(inputs, json, privacy),
                    Form.of(outputs, json, privacy),
                    sink,
                    clock,
                    closingWithin);
            return new DataCapture(CapturePipeline.start(settings), sampler);
        }
    }
}

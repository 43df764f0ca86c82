package io.modelmonitor;

import io.modelmonitor.api.CaptureBatch;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.Overflow;
import io.modelmonitor.capture.Privacy;
import io.modelmonitor.capture.Sampler;
import io.modelmonitor.internal.capture.PayloadFormat;
import io.modelmonitor.internal.capture.PipelineSettings;
import io.modelmonitor.internal.capture.PrivateMetadata;
import io.modelmonitor.spi.CaptureSink;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Describes a capture. Not safe for use by several threads. */
public final class DataCaptureBuilder {

    private final String endpoint;
    private String variant = CaptureBatch.ALL_TRAFFIC;
    private Sampler sampler = Sampler.fraction(1);
    private int capacity = 16_384;
    private Overflow overflow = Overflow.DROP_NEWEST;
    private long largestPayload = 1 << 20;
    private @Nullable Schema inputs;
    private @Nullable Schema outputs;
    private boolean json;
    private final List<Privacy> inputPrivacy = new ArrayList<>();
    private final List<Privacy> outputPrivacy = new ArrayList<>();
    private final List<Privacy> metadataPrivacy = new ArrayList<>();
    private @Nullable CaptureSink sink;
    private Clock clock = Clock.systemUTC();
    private Duration shutdownTimeout = Duration.ofSeconds(10);
    private boolean closedAtExit = true;
    private @Nullable CaptureWorker worker;

    DataCaptureBuilder(String endpoint) {
        this.endpoint = endpoint;
    }

    /** Names the model's variant; {@value CaptureBatch#ALL_TRAFFIC} unless said. */
    public DataCaptureBuilder variant(String newVariant) {
        this.variant = newVariant;
        return this;
    }

    /**
     * Captures a fraction of the requests, by chance; all unless said.
     *
     * @param fraction from 0 to 1
     * @throws IllegalArgumentException if the fraction lies elsewhere
     */
    public DataCaptureBuilder sampling(double fraction) {
        return sampling(Sampler.fraction(fraction));
    }

    /** Captures those requests that a sampler lets in. */
    public DataCaptureBuilder sampling(Sampler newSampler) {
        this.sampler = Objects.requireNonNull(newSampler, "newSampler");
        return this;
    }

    /**
     * Sets how many records may wait for the sink, and which one goes when there are more.
     *
     * @param records at least 1
     */
    public DataCaptureBuilder queueCapacity(int records, Overflow newOverflow) {
        this.capacity = records;
        this.overflow = Objects.requireNonNull(newOverflow, "newOverflow");
        return this;
    }

    /**
     * Sets how large one side of a request may be; one that is larger counts as failed. 1 MiB unless said. All payloads of more than
     * 4 KiB that wait together may have 16 times as much, or 16 MiB if that is more; the less, the more small ones wait, and none when
     * these fill half of the queue, so that a flood of large ones costs no small one its place.
     */
    public DataCaptureBuilder maxPayloadBytes(long bytes) {
        this.largestPayload = bytes;
        return this;
    }

    /**
     * Names the columns of arrays and CSV rows that go in, for sinks that take rows as they are, such as a live monitor, and for
     * {@link #asJson}; a column of type fractional is written with a point.
     */
    public DataCaptureBuilder inputs(Schema schema) {
        this.inputs = schema;
        return this;
    }

    /** Names the columns of arrays and CSV rows that come out. */
    public DataCaptureBuilder outputs(Schema schema) {
        this.outputs = schema;
        return this;
    }

    /** Writes arrays as JSON objects by the names of their columns; as CSV, which has none, unless said. */
    public DataCaptureBuilder asJson() {
        this.json = true;
        return this;
    }

    /** Protects a field of inputs and outputs; may be said of several fields. */
    public DataCaptureBuilder protecting(Privacy field) {
        return protectingInput(field).protectingOutput(field);
    }

    /** Protects a field of inputs; outputs are taken not to have it. */
    public DataCaptureBuilder protectingInput(Privacy field) {
        this.inputPrivacy.add(field);
        return this;
    }

    /** Protects a field of outputs; inputs are taken not to have it. */
    public DataCaptureBuilder protectingOutput(Privacy field) {
        this.outputPrivacy.add(field);
        return this;
    }

    /**
     * Protects what is recorded beside inputs and outputs: {@code inferenceId}, or {@code customAttributes}, each of which is treated
     * alike. The sampler alone sees them as they were. Labels are joined by hashed ids if they are read with the same privacy, see
     * {@link io.modelmonitor.labels.GroundTruth#protectingIds}; with ids that are dropped, by event ids only.
     *
     * @param field of which {@link Privacy#applyToText} makes what is recorded
     */
    public DataCaptureBuilder protectingMetadata(Privacy field) {
        this.metadataPrivacy.add(field);
        return this;
    }

    /** Sets where records go. The capture closes it. */
    public DataCaptureBuilder sink(CaptureSink newSink) {
        this.sink = Objects.requireNonNull(newSink, "newSink");
        return this;
    }

    /** Has the thread of a worker that other captures share write records, and none of this capture's own. */
    public DataCaptureBuilder worker(CaptureWorker newWorker) {
        this.worker = Objects.requireNonNull(newWorker, "newWorker");
        return this;
    }

    /** Tells the time by another clock. */
    public DataCaptureBuilder clock(Clock newClock) {
        this.clock = Objects.requireNonNull(newClock, "newClock");
        return this;
    }

    /** Sets how long closing may take; 10 seconds unless said. */
    public DataCaptureBuilder shutdownTimeout(Duration duration) {
        this.shutdownTimeout = Objects.requireNonNull(duration, "duration");
        return this;
    }

    /**
     * Sets whether the capture closes itself when the JVM ends, within the time that closing may take; it does unless said
     * otherwise. An application that closes its captures in a shutdown hook of its own, after its last request, says so.
     */
    public DataCaptureBuilder closedAtExit(boolean wanted) {
        this.closedAtExit = wanted;
        return this;
    }

    /**
     * Starts to capture.
     *
     * @throws IllegalArgumentException if something is not allowed, or no sink was given; the message says what
     */
    public DataCapture start() {
        if (sink == null) {
            throw new IllegalArgumentException("capture of '" + endpoint + "' has no sink; say sink(..)");
        }
        PipelineSettings settings = new PipelineSettings(
                endpoint,
                variant,
                capacity,
                overflow,
                largestPayload,
                PayloadFormat.of(inputs, json, inputPrivacy),
                PayloadFormat.of(outputs, json, outputPrivacy),
                PrivateMetadata.of(metadataPrivacy),
                sink,
                clock,
                shutdownTimeout);
        return DataCapture.start(settings, worker == null ? null : worker.group(), sampler, closedAtExit);
    }

    @Override
    public String toString() {
        return "Data capture of " + endpoint + ", not started";
    }
}

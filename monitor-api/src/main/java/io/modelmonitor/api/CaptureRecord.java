package io.modelmonitor.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request to a model with its answer: one line of a capture file.
 *
 * @param eventId the capture's own identifier of the request
 * @param inferenceId the caller's identifier of the request, by which labels are joined later; null when none was given
 * @param inferenceTime when it happened; null when a file does not say it in a way that can be read. Files keep it to the
 *     second.
 * @param input what was sent to the model; null when inputs are not captured
 * @param output what the model answered; null when outputs are not captured
 * @param customAttributes whatever the caller wanted to be kept with it, in its order; mostly empty
 */
public record CaptureRecord(
        String eventId,
        @Nullable String inferenceId,
        @Nullable Instant inferenceTime,
        @Nullable Payload input,
        @Nullable Payload output,
        List<String> customAttributes) {

    /** Creates a record. */
    public CaptureRecord {
        Objects.requireNonNull(eventId, "eventId");
        customAttributes = List.copyOf(customAttributes);
    }

    /** Returns the identifier by which labels are joined: the inference id if there is one, else the event id. */
    public String joinId() {
        return inferenceId == null ? eventId : inferenceId;
    }

    /** Returns this record with another input. */
    public CaptureRecord withInput(@Nullable Payload newInput) {
        return new CaptureRecord(eventId, inferenceId, inferenceTime, newInput, output, customAttributes);
    }

    /** Returns this record with another output. */
    public CaptureRecord withOutput(@Nullable Payload newOutput) {
        return new CaptureRecord(eventId, inferenceId, inferenceTime, input, newOutput, customAttributes);
    }
}

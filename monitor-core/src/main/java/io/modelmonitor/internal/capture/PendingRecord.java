package io.modelmonitor.internal.capture;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A request on its way through the queue: copies, not yet text. */
final class PendingRecord {

    private final UUID eventId;
    private final long epochMilli;
    private final @Nullable String inferenceId;
    private final @Nullable PayloadSource input;
    private final @Nullable PayloadSource output;
    private final List<String> attributes;

    PendingRecord(
            UUID eventId,
            long epochMilli,
            @Nullable String inferenceId,
            @Nullable PayloadSource input,
            @Nullable PayloadSource output,
            List<String> attributes) {
        this.eventId = eventId;
        this.epochMilli = epochMilli;
        this.inferenceId = inferenceId;
        this.input = input;
        this.output = output;
        this.attributes = attributes;
    }

    UUID eventId() {
        return eventId;
    }

    long weight() {
        long sum = inferenceId == null ? 0 : inferenceId.length();
        for (String attribute : attributes) {
            sum += attribute.length();
        }
        return sum + (input == null ? 0 : input.weight()) + (output == null ? 0 : output.weight());
    }

    CaptureRecord toRecord(PayloadFormat inputs, PayloadFormat outputs, TextBuffer buffer) {
        Payload in = input == null ? null : input.payload(inputs, buffer);
        Payload out = output == null ? null : output.payload(outputs, buffer);
        return new CaptureRecord(
                eventId.toString(), inferenceId, Instant.ofEpochMilli(epochMilli), in, out, attributes);
    }
}

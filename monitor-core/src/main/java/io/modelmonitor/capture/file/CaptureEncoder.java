package io.modelmonitor.capture.file;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.json.Json;
import io.modelmonitor.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Writes capture records as the lines of a capture file: JSON, one object a line, UTF-8. Not safe for use by several
 * threads.
 */
public final class CaptureEncoder implements AutoCloseable {

    private final JsonWriter writer;
    private long second = Long.MIN_VALUE;
    private String secondText = "";

    /** Creates an encoder that writes to a stream; a line may stay in its hands until it is flushed. */
    public CaptureEncoder(OutputStream out) {
        this.writer = Json.writer(out);
    }

    /** Returns a record as a line, without the line feed. */
    public static String line(CaptureRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (CaptureEncoder encoder = new CaptureEncoder(out)) {
            encoder.object(record);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /**
     * Writes a line and the line feed after it.
     *
     * @throws java.io.UncheckedIOException if writing fails
     */
    public void write(CaptureRecord record) {
        object(record);
        writer.raw('\n');
    }

    /** Hands everything written to the stream below. */
    public void flush() {
        writer.flush();
    }

    @Override
    public void close() {
        writer.close();
    }

    private void object(CaptureRecord record) {
        writer.object().name("captureData").object();
        if (record.input() != null) {
            payload("endpointInput", "INPUT", record.input());
        }
        if (record.output() != null) {
            payload("endpointOutput", "OUTPUT", record.output());
        }
        writer.endObject();
        writer.name("eventMetadata").object();
        writer.name("eventId").value(record.eventId());
        if (record.inferenceId() != null) {
            writer.name("inferenceId").value(record.inferenceId());
        }
        if (!record.customAttributes().isEmpty()) {
            writer.name("customAttributes").tree(record.customAttributes());
        }
        if (record.inferenceTime() != null) {
            writer.name("inferenceTime").value(text(record.inferenceTime()));
        }
        writer.endObject();
        writer.name("eventVersion").value("0").endObject();
    }

    private void payload(String name, String mode, Payload payload) {
        writer.name(name).object();
        writer.name("observedContentType").value(payload.contentType());
        writer.name("mode").value(mode);
        writer.name("data").value(payload.data());
        writer.name("encoding").value(payload.encoding().name()).endObject();
    }

    private String text(Instant time) {
        if (time.getEpochSecond() != second) {
            second = time.getEpochSecond();
            secondText = time.truncatedTo(ChronoUnit.SECONDS).toString();
        }
        return secondText;
    }
}

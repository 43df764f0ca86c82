package io.modelmonitor.internal.capture.file;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.internal.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Writes capture records as the lines of a capture file: JSON, one object a line, UTF-8. A line that needs no escapes costs
 * little more than copying its text. Not safe for use by several threads.
 */
public final class CaptureEncoder {

    private static final byte[] BEGIN = ascii("{\"captureData\":{");
    private static final byte[] INPUT = ascii("\"endpointInput\":{\"observedContentType\":");
    private static final byte[] INPUT_DATA = ascii(",\"mode\":\"INPUT\",\"data\":");
    private static final byte[] OUTPUT = ascii("\"endpointOutput\":{\"observedContentType\":");
    private static final byte[] OUTPUT_DATA = ascii(",\"mode\":\"OUTPUT\",\"data\":");
    private static final byte[] ENCODING = ascii(",\"encoding\":");
    private static final byte[] CSV = ascii("\"CSV\"");
    private static final byte[] JSON = ascii("\"JSON\"");
    private static final byte[] BASE64 = ascii("\"BASE64\"");
    private static final byte[] CLOSE = ascii("}");
    private static final byte[] COMMA = ascii(",");
    private static final byte[] EVENT = ascii("},\"eventMetadata\":{\"eventId\":");
    private static final byte[] INFERENCE_ID = ascii(",\"inferenceId\":");
    private static final byte[] ATTRIBUTES = ascii(",\"customAttributes\":");
    private static final byte[] TIME = ascii(",\"inferenceTime\":");
    private static final byte[] END = ascii("},\"eventVersion\":\"0\"}");
    private static final byte[] LINE_FEED = ascii("\n");

    private final OutputStream out;
    private final JsonLine line = new JsonLine();
    private long second = Long.MIN_VALUE;
    private String secondText = "";

    /** Creates an encoder that writes to a stream, each line whole and at once. */
    public CaptureEncoder(OutputStream out) {
        this.out = out;
    }

    /** Returns a record as a line, without the line feed. */
    public static String line(CaptureRecord record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        CaptureEncoder encoder = new CaptureEncoder(out);
        try {
            encoder.object(record);
            encoder.line.moveTo(out);
        } catch (IOException e) {
            throw new IllegalStateException("an array takes whatever there is, but: " + e.getMessage(), e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /**
     * Writes a line and the line feed after it.
     *
     * @throws IOException if the stream throws it
     */
    public void write(CaptureRecord record) throws IOException {
        object(record);
        line.fixed(LINE_FEED).moveTo(out);
    }

    /** Returns how many bytes {@link #write} writes of a record, without writing them. */
    public long length(CaptureRecord record) {
        Payload input = record.input();
        Payload output = record.output();
        long length = BEGIN.length + EVENT.length + JsonLine.length(record.eventId()) + END.length + LINE_FEED.length;
        length += input == null ? 0 : INPUT.length + INPUT_DATA.length + length(input);
        length += output == null ? 0 : OUTPUT.length + OUTPUT_DATA.length + length(output);
        length += input == null || output == null ? 0 : COMMA.length;
        length += record.inferenceId() == null ? 0 : INFERENCE_ID.length + JsonLine.length(record.inferenceId());
        if (!record.customAttributes().isEmpty()) {
            length += ATTRIBUTES.length + json(record.customAttributes()).length;
        }
        length += record.inferenceTime() == null ? 0 : TIME.length + JsonLine.length(text(record.inferenceTime()));
        return length;
    }

    private static long length(Payload payload) {
        return JsonLine.length(payload.contentType())
                + JsonLine.length(payload.data())
                + ENCODING.length
                + name(payload.encoding()).length
                + CLOSE.length;
    }

    private void object(CaptureRecord record) {
        line.clear();
        line.fixed(BEGIN);
        Payload input = record.input();
        Payload output = record.output();
        if (input != null) {
            payload(INPUT, INPUT_DATA, input);
        }
        if (output != null) {
            if (input != null) {
                line.fixed(COMMA);
            }
            payload(OUTPUT, OUTPUT_DATA, output);
        }
        line.fixed(EVENT).string(record.eventId());
        if (record.inferenceId() != null) {
            line.fixed(INFERENCE_ID).string(record.inferenceId());
        }
        if (!record.customAttributes().isEmpty()) {
            line.fixed(ATTRIBUTES).fixed(json(record.customAttributes()));
        }
        if (record.inferenceTime() != null) {
            line.fixed(TIME).string(text(record.inferenceTime()));
        }
        line.fixed(END);
    }

    private void payload(byte[] begin, byte[] data, Payload payload) {
        line.fixed(begin).string(payload.contentType());
        line.fixed(data).string(payload.data());
        line.fixed(ENCODING).fixed(name(payload.encoding())).fixed(CLOSE);
    }

    private static byte[] name(Payload.Encoding encoding) {
        return switch (encoding) {
            case CSV -> CSV;
            case JSON -> JSON;
            case BASE64 -> BASE64;
        };
    }

    private String text(Instant time) {
        if (time.getEpochSecond() != second) {
            second = time.getEpochSecond();
            secondText = time.truncatedTo(ChronoUnit.SECONDS).toString();
        }
        return secondText;
    }

    private static byte[] json(Object tree) {
        return Json.write(tree).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

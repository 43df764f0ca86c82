package io.modelmonitor.internal.capture.file;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Payload;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.internal.json.JsonReader;
import io.modelmonitor.internal.json.JsonReader.Token;
import io.modelmonitor.internal.json.JsonTokens;
import io.modelmonitor.internal.json.PlainJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a capture file. Keys that are not known are read over; a time that cannot be read is no time. Not safe
 * for use by several threads.
 */
public final class CaptureDecoder {

    private final PlainJson plain = new PlainJson();
    private @Nullable String problem;
    private String eventId = "";
    private @Nullable String inferenceId;
    private @Nullable Instant inferenceTime;
    private @Nullable Payload input;
    private @Nullable Payload output;
    private List<String> attributes = List.of();
    private String lastTime = "";
    private @Nullable Instant lastInstant;

    /** Creates a decoder. */
    public CaptureDecoder() {}

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is no capture record; the message says why, in one line
     */
    public CaptureRecord read(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return read(bytes, 0, bytes.length);
    }

    /**
     * Reads a line of UTF-8.
     *
     * @throws IllegalArgumentException if it is no capture record; the message says why, in one line
     */
    public CaptureRecord read(byte[] bytes, int from, int length) {
        plain.start(bytes, from, length);
        collect(plain);
        if (plain.gaveUp()) {
            try (JsonReader reader = Json.reader(bytes, from, length)) {
                collect(reader);
            }
        }
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
        return new CaptureRecord(eventId, inferenceId, inferenceTime, input, output, attributes);
    }

    private void collect(JsonTokens reader) {
        problem = null;
        eventId = "";
        inferenceId = null;
        inferenceTime = null;
        input = null;
        output = null;
        attributes = List.of();
        boolean captured = false;
        if (reader.next() != Token.OBJECT) {
            warnOnce("it is no JSON object");
            return;
        }
        while (reader.next() == Token.NAME) {
            String name = reader.text();
            Token value = reader.next();
            if (name.equals("captureData") && value == Token.OBJECT) {
                captured = true;
                captureData(reader);
            } else if (name.equals("eventMetadata") && value == Token.OBJECT) {
                metadata(reader);
            } else {
                reader.skip();
            }
        }
        if (reader.next() != Token.END) {
            warnOnce("there is more after the end of the record");
        } else if (!captured || eventId.isEmpty()) {
            warnOnce(captured ? "it has no eventId" : "it has no captureData");
        }
    }

    /** Remembers what is wrong with the line, if it is the first. */
    private void warnOnce(String what) {
        problem = problem == null ? what : problem;
    }

    private void captureData(JsonTokens reader) {
        while (reader.next() == Token.NAME) {
            String name = reader.text();
            Token value = reader.next();
            if (value != Token.OBJECT) {
                reader.skip();
            } else if (name.equals("endpointInput") || name.equals("batchTransformInput")) {
                input = payload(reader);
            } else if (name.equals("endpointOutput") || name.equals("batchTransformOutput")) {
                output = payload(reader);
            } else {
                reader.skip();
            }
        }
    }

    private @Nullable Payload payload(JsonTokens reader) {
        String contentType = "";
        String data = null;
        String encoding = null;
        while (reader.next() == Token.NAME) {
            String name = reader.text();
            Token value = reader.next();
            switch (name) {
                case "observedContentType" -> contentType = text(reader, value);
                case "data" -> data = scalar(reader, value);
                case "encoding" -> encoding = scalar(reader, value);
                default -> reader.skip();
            }
        }
        Payload.Encoding known = encoding == null ? null : encoding(encoding);
        if (data != null && known != null) {
            return new Payload(contentType, known, data);
        }
        warnOnce(
                data == null
                        ? "a payload has no data"
                        : encoding == null
                                ? "a payload has no encoding"
                                : "its encoding is none of CSV, JSON and BASE64");
        return null;
    }

    private static Payload.@Nullable Encoding encoding(String name) {
        return switch (name) {
            case "CSV" -> Payload.Encoding.CSV;
            case "JSON" -> Payload.Encoding.JSON;
            case "BASE64" -> Payload.Encoding.BASE64;
            default -> null;
        };
    }

    private void metadata(JsonTokens reader) {
        while (reader.next() == Token.NAME) {
            String name = reader.text();
            Token value = reader.next();
            switch (name) {
                case "eventId" -> eventId = text(reader, value);
                case "inferenceId" -> inferenceId = scalar(reader, value);
                case "inferenceTime" -> inferenceTime = time(scalar(reader, value));
                case "customAttributes" -> attributes = list(reader, value);
                default -> reader.skip();
            }
        }
    }

    private static List<String> list(JsonTokens reader, Token value) {
        if (value != Token.ARRAY) {
            String only = scalar(reader, value);
            return only == null ? List.of() : List.of(only);
        }
        List<String> list = new ArrayList<>();
        for (Token element = reader.next(); element != Token.END_ARRAY; element = reader.next()) {
            String text = scalar(reader, element);
            if (text != null) {
                list.add(text);
            }
        }
        return list;
    }

    /** Returns a string, a number or a truth value as text, and reads over anything else. */
    private static @Nullable String scalar(JsonTokens reader, Token value) {
        return switch (value) {
            case STRING, INTEGER, FRACTION, TRUE, FALSE -> reader.text();
            default -> {
                reader.skip();
                yield null;
            }
        };
    }

    private static String text(JsonTokens reader, Token value) {
        String text = scalar(reader, value);
        return text == null ? "" : text;
    }

    private @Nullable Instant time(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!text.equals(lastTime)) {
            lastTime = text;
            lastInstant = parse(text);
        }
        return lastInstant;
    }

    private static @Nullable Instant parse(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}

package io.modelmonitor.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * One side of a captured request: what was sent to a model, or what it answered.
 *
 * @param contentType the content type as the request named it, such as {@code text/csv; charset=utf-8}
 * @param encoding how {@code data} is to be read
 * @param data the content; rows are separated by line feeds, and one line feed may end the last
 */
public record Payload(String contentType, Encoding encoding, String data) {

    /** How the content of a payload is written. */
    public enum Encoding {
        /** Comma separated values without a header (RFC 4180). */
        CSV,
        /** One JSON value, or several, one a line. */
        JSON,
        /** Bytes that are neither, in BASE64 (RFC 4648, with padding). */
        BASE64
    }

    /** Creates a payload. */
    public Payload {
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(data, "data");
    }

    /** Returns comma separated values, with content type {@code text/csv}. */
    public static Payload csv(String rows) {
        return new Payload("text/csv", Encoding.CSV, rows);
    }

    /** Returns one JSON value, with content type {@code application/json}. */
    public static Payload json(String value) {
        return new Payload("application/json", Encoding.JSON, value);
    }

    /** Returns JSON values, one a line, with content type {@code application/jsonlines}. */
    public static Payload jsonLines(String values) {
        return new Payload("application/jsonlines", Encoding.JSON, values);
    }

    /** Returns bytes in BASE64. */
    public static Payload bytes(String contentType, byte[] content) {
        return new Payload(contentType, Encoding.BASE64, Base64.getEncoder().encodeToString(content));
    }

    /**
     * Returns the content as bytes: decoded, if it is BASE64, else as UTF-8.
     *
     * @throws IllegalArgumentException if {@code data} is no BASE64 although it should be
     */
    public byte[] content() {
        return encoding == Encoding.BASE64 ? Base64.getDecoder().decode(data) : data.getBytes(StandardCharsets.UTF_8);
    }
}

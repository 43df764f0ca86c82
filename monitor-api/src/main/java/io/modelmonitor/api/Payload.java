package io.modelmonitor.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One side of a captured request: what was sent to a model, or what it answered.
 *
 * <p>A payload of a live capture has its rows as values ({@link #rows()}), and its text is made when somebody first asks for it,
 * once. Payloads are equal if type, encoding and text are. Immutable; safe for use by several threads.
 */
public final class Payload {

    /** The encoding of a payload's content. */
    public enum Encoding {
        /** Comma separated values without a header (RFC 4180). */
        CSV,
        /** One JSON value, or several, one a line. */
        JSON,
        /** Bytes that are neither, in BASE64 (RFC 4648, with padding). */
        BASE64
    }

    private final String contentType;
    private final Encoding encoding;
    private final @Nullable Schema schema;
    private final @Nullable List<?> rows;
    private final @Nullable Supplier<String> text;

    /** Several threads may make the text at the same time; they make the same, and one of them is kept. */
    private @Nullable String data;

    private Payload(
            String contentType,
            Encoding encoding,
            @Nullable Schema schema,
            @Nullable List<?> rows,
            @Nullable Supplier<String> text,
            @Nullable String data) {
        this.contentType = Objects.requireNonNull(contentType, "contentType");
        this.encoding = Objects.requireNonNull(encoding, "encoding");
        this.schema = schema;
        this.rows = rows;
        this.text = text;
        this.data = data;
    }

    /**
     * Creates a payload of text.
     *
     * @param contentType the content type as the request named it, such as {@code text/csv; charset=utf-8}
     * @param encoding how {@code data} is to be read
     * @param data the content; rows are separated by line feeds, and one line feed may end the last
     */
    public Payload(String contentType, Encoding encoding, String data) {
        this(contentType, encoding, null, null, null, Objects.requireNonNull(data, "data"));
    }

    /**
     * Returns a payload of rows that are not text yet.
     *
     * @param schema the columns' names and types, as {@link #schema()} has them
     * @param rows as {@link #rows()} has them; not copied
     * @param text makes the text, of which the rows are what is read; may be called more than once
     */
    public static Payload of(
            String contentType, Encoding encoding, @Nullable Schema schema, List<?> rows, Supplier<String> text) {
        return new Payload(contentType, encoding, schema, rows, text, null);
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

    /** Returns this payload with the names and types of the columns of its CSV rows, which no file keeps. */
    public Payload withSchema(Schema newSchema) {
        return new Payload(contentType, encoding, newSchema, rows, text, data);
    }

    /** Returns the content type as the request named it, such as {@code text/csv; charset=utf-8}. */
    public String contentType() {
        return contentType;
    }

    /** Returns how {@link #data()} is to be read. */
    public Encoding encoding() {
        return encoding;
    }

    /** Returns the names and types of columns that have no name in the text, in order; null if they are not known. */
    public @Nullable Schema schema() {
        return schema;
    }

    /**
     * Returns the rows as values; null if there is only text. Neither the list nor what is in it may be changed.
     *
     * <p>A row is a {@code double[]}, of which NaN is missing; or a list of {@code String}, {@code Boolean}, {@code Double},
     * {@code Long}, {@code BigInteger} and null, which is missing; or, of JSON, a map of these, and of lists and maps of them.
     * A {@code double[]} of JSON is an object by the names of the schema.
     */
    public @Nullable List<?> rows() {
        return rows;
    }

    /** Returns the content; rows are separated by line feeds, and one line feed may end the last. */
    public String data() {
        String known = data;
        if (known == null) {
            known = Objects.requireNonNull(text, "text").get();
            data = known;
        }
        return known;
    }

    /** Returns whether the text has been made, so that {@link #data()} costs nothing. */
    public boolean isText() {
        return data != null;
    }

    /**
     * Returns the content as bytes: decoded, if it is BASE64, else as UTF-8.
     *
     * @throws IllegalArgumentException if {@code data} is no BASE64 although it should be
     */
    public byte[] content() {
        return encoding == Encoding.BASE64
                ? Base64.getDecoder().decode(data())
                : data().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Payload that
                        && contentType.equals(that.contentType)
                        && encoding == that.encoding
                        && data().equals(that.data()));
    }

    @Override
    public int hashCode() {
        return Objects.hash(contentType, encoding, data());
    }

    @Override
    public String toString() {
        return contentType + " " + encoding + ": " + data();
    }
}

package io.modelmonitor.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.modelmonitor.api.internal.VisibleText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON, as a stream or as a tree of plain objects: {@code Map<String, Object>} in the order written,
 * {@code List<Object>}, {@code String}, {@code Long} (or {@code BigInteger} beyond its range), {@code Double},
 * {@code Boolean} and null.
 *
 * <p>JSON has no word for numbers that are not finite. They are written as the strings {@code "NaN"}, {@code "Infinity"}
 * and {@code "-Infinity"}, and {@link #number(Object)} reads them back.
 *
 * <p>Hostile input is bounded: {@value #MOST_DEPTH} levels deep, numbers of 1,000 characters, texts of
 * {@value #LONGEST_TEXT} characters. Static methods are safe for use by several threads; readers and writers are not.
 */
public final class Json {

    /** The deepest nesting of objects and arrays. */
    public static final int MOST_DEPTH = 200;

    /** The largest number of characters of a text. */
    public static final int LONGEST_TEXT = 64 * 1024 * 1024;

    /**
     * Names stay out of the table of the JVM, which whoever sends them could fill. The writer of numbers has the fewest
     * digits on every JDK, as {@link Double#toString} has only since 19.
     */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH)
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .configure(StreamReadFeature.USE_FAST_DOUBLE_PARSER, true)
            .configure(StreamWriteFeature.USE_FAST_DOUBLE_WRITER, true)
            .build();

    private Json() {}

    /**
     * Reads a text into a tree.
     *
     * @throws IllegalArgumentException if it is not exactly one JSON value; the message is one line and says where
     */
    public static @Nullable Object parse(String text) {
        return parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Reads a file into a tree.
     *
     * @throws IllegalArgumentException if it is not exactly one JSON value; the message names the file and says where
     * @throws UncheckedIOException if it cannot be read
     */
    public static @Nullable Object read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return parse(in);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable Object parse(InputStream in) {
        try (JsonReader reader = reader(in)) {
            reader.next();
            Object tree = reader.tree();
            if (reader.next() != JsonReader.Token.END) {
                throw new IllegalArgumentException("there is more after the end of the JSON value");
            }
            return tree;
        }
    }

    /** Returns a tree as JSON in one line. */
    public static String write(@Nullable Object tree) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonWriter writer = writer(out)) {
            writer.tree(tree);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Returns a tree as indented JSON, which ends with a line feed; the elements of an array share a line. */
    public static String writeIndented(@Nullable Object tree) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonWriter writer = new JsonWriter(out, true)) {
            writer.tree(tree);
        }
        return out.toString(StandardCharsets.UTF_8) + "\n";
    }

    /** Starts to read UTF-8 (or UTF-16 or UTF-32, by its first bytes). A sequence of values is read one after the other. */
    public static JsonReader reader(InputStream in) {
        return new JsonReader(JsonReader.call(() -> FACTORY.createParser(in)));
    }

    /** Starts to read UTF-8 from an array. */
    public static JsonReader reader(byte[] bytes, int from, int length) {
        return new JsonReader(JsonReader.call(() -> FACTORY.createParser(bytes, from, length)));
    }

    /** Starts to write UTF-8; several values are written one after the other, with nothing between them. */
    public static JsonWriter writer(OutputStream out) {
        return new JsonWriter(out, false);
    }

    /**
     * Returns a number of a tree, be it a number or one of the strings {@code NaN}, {@code Infinity} and
     * {@code -Infinity}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static double number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if ("NaN".equals(value)) {
            return Double.NaN;
        }
        if ("Infinity".equals(value)) {
            return Double.POSITIVE_INFINITY;
        }
        if ("-Infinity".equals(value)) {
            return Double.NEGATIVE_INFINITY;
        }
        throw new IllegalArgumentException("a number was expected, but there is " + abbreviated(value));
    }

    /**
     * Returns an object of a tree.
     *
     * @throws IllegalArgumentException if it is no object
     */
    @SuppressWarnings("unchecked") // a tree's objects have no keys but strings
    public static Map<String, @Nullable Object> object(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, @Nullable Object>) map;
        }
        throw new IllegalArgumentException("an object was expected, but there is " + abbreviated(value));
    }

    /**
     * Returns an array of a tree.
     *
     * @throws IllegalArgumentException if it is no array
     */
    @SuppressWarnings("unchecked") // whatever a list holds is an object
    public static List<@Nullable Object> array(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return (List<@Nullable Object>) list;
        }
        throw new IllegalArgumentException("an array was expected, but there is " + abbreviated(value));
    }

    /**
     * Returns the elements of an array of any type, or of what is iterable; null if there are none to be had. Nothing is copied,
     * and there may be no end. A path is a name, and not the list of its parts.
     */
    public static @Nullable Iterable<?> elements(@Nullable Object value) {
        if (value instanceof Iterable<?> elements) {
            return value instanceof Path ? null : elements;
        }
        if (value instanceof Object[] array) {
            return Arrays.asList(array);
        }
        if (value == null || !value.getClass().isArray()) {
            return null;
        }
        return new AbstractList<Object>() {
            @Override
            public Object get(int index) {
                return Array.get(value, index);
            }

            @Override
            public int size() {
                return Array.getLength(value);
            }
        };
    }

    private static String abbreviated(@Nullable Object value) {
        return VisibleText.cut(String.valueOf(value).replaceAll("\\p{Cntrl}", "?"), 60);
    }
}

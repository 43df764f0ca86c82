package io.modelmonitor.internal.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.modelmonitor.stats.internal.text.ShortestFloat;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON token by token. Methods throw {@link UncheckedIOException} if writing fails. */
public final class JsonWriter implements AutoCloseable {

    private final JsonGenerator generator;

    JsonWriter(OutputStream out, boolean indented) {
        this.generator = JsonReader.call(() -> Json.FACTORY.createGenerator(out, JsonEncoding.UTF8));
        if (indented) {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
            printer.indentObjectsWith(indenter);
            generator.setPrettyPrinter(printer);
        } else {
            generator.setPrettyPrinter(new MinimalPrettyPrinter(""));
        }
    }

    /** Begins an object. */
    public JsonWriter object() {
        return run(generator::writeStartObject);
    }

    /** Ends an object. */
    public JsonWriter endObject() {
        return run(generator::writeEndObject);
    }

    /** Begins an array. */
    public JsonWriter array() {
        return run(generator::writeStartArray);
    }

    /** Ends an array. */
    public JsonWriter endArray() {
        return run(generator::writeEndArray);
    }

    /** Writes a field's name. */
    public JsonWriter name(String name) {
        return run(() -> generator.writeFieldName(name));
    }

    /** Writes a string, or null. Half of a surrogate pair, which is no character, becomes a question mark. */
    public JsonWriter value(@Nullable String text) {
        if (text == null) {
            return run(generator::writeNull);
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return run(() -> generator.writeUTF8String(utf8, 0, utf8.length));
    }

    /** Writes a number, in its shortest form; one that is not finite as a string. */
    public JsonWriter value(double number) {
        return run(() -> {
            if (Double.isFinite(number)) {
                generator.writeNumber(number);
            } else {
                generator.writeString(Double.toString(number));
            }
        });
    }

    /** Writes a number. */
    public JsonWriter value(long number) {
        return run(() -> generator.writeNumber(number));
    }

    /** Writes a truth value. */
    public JsonWriter value(boolean truth) {
        return run(() -> generator.writeBoolean(truth));
    }

    /** Writes bytes as a string in BASE64. */
    public JsonWriter base64(byte[] bytes) {
        return run(() -> generator.writeBinary(bytes));
    }

    /** Writes text as it is, between two values: a line feed, for JSON Lines. */
    public JsonWriter raw(char c) {
        return run(() -> generator.writeRaw(c));
    }

    /**
     * Writes a tree.
     *
     * @throws IllegalArgumentException if there is anything in it that is no part of a tree
     */
    public JsonWriter tree(@Nullable Object tree) {
        if (tree instanceof Map<?, ?> map) {
            object();
            map.forEach((name, value) -> name(String.valueOf(name)).tree(value));
            return endObject();
        }
        Iterable<?> list = Json.elements(tree);
        if (list != null) {
            array();
            list.forEach(this::tree);
            return endArray();
        }
        if (tree instanceof Double number) {
            return value(number.doubleValue());
        }
        if (tree instanceof Float number) {
            return value(ShortestFloat.toDouble(number));
        }
        if (tree instanceof BigInteger big) {
            return run(() -> generator.writeNumber(big));
        }
        if (tree instanceof Number number) {
            return value(number.longValue());
        }
        if (tree instanceof Boolean truth) {
            return value(truth.booleanValue());
        }
        if (tree == null || tree instanceof String) {
            return value((String) tree);
        }
        throw new IllegalArgumentException(
                "no JSON can be made of a " + tree.getClass().getName());
    }

    /** Hands everything written to the stream below. */
    public void flush() {
        run(generator::flush);
    }

    @Override
    public void close() {
        run(generator::close);
    }

    private JsonWriter run(Write write) {
        try {
            write.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write JSON: " + e.getMessage(), e);
        }
    }

    private interface Write {
        void run() throws IOException;
    }
}

package io.modelmonitor.internal.capture.file;

import io.modelmonitor.internal.bytes.EightBytes;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.internal.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A line of JSON in UTF-8, put together from fixed text and strings. */
final class JsonLine extends OutputStream {

    private static final int USUAL = 1 << 10;
    private static final int LARGEST_KEPT = 1 << 20;

    private byte[] bytes = new byte[USUAL];
    private int length;
    private @Nullable JsonWriter escaping;

    /** Appends text that is JSON already. */
    JsonLine fixed(byte[] json) {
        write(json, 0, json.length);
        return this;
    }

    /** Appends a text as a string. */
    JsonLine string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (isEscaped(utf8)) {
            JsonWriter writer = escaping == null ? Json.writer(this) : escaping;
            escaping = writer;
            writer.utf8(utf8).flush();
        } else {
            write('"');
            fixed(utf8);
            write('"');
        }
        return this;
    }

    /** Returns how many bytes a text has as a string. */
    static long length(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        long length = 2L + utf8.length;
        if (isEscaped(utf8)) {
            for (byte b : utf8) {
                if (b == '"' || b == '\\' || (b >= '\b' && b <= '\r' && b != 0x0B)) {
                    length++;
                } else if (b >= 0 && b < ' ') {
                    length += "u00xx".length();
                }
            }
        }
        return length;
    }

    /** Returns whether there is anything that a JSON string cannot hold as it is (RFC 8259, section 7). */
    private static boolean isEscaped(byte[] utf8) {
        int i = 0;
        for (; i + Long.BYTES <= utf8.length; i += Long.BYTES) {
            if (EightBytes.escapedInJson(EightBytes.at(utf8, i)) != 0) {
                return true;
            }
        }
        for (; i < utf8.length; i++) {
            byte b = utf8[i];
            if ((b >= 0 && b < ' ') || b == '"' || b == '\\') {
                return true;
            }
        }
        return false;
    }

    @Override
    public void write(int b) {
        reserve(1);
        bytes[length++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int start, int count) {
        reserve(count);
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            int least = Math.addExact(length, count);
            bytes = Arrays.copyOf(bytes, (int) Math.min(2L * least, Integer.MAX_VALUE - 8));
        }
    }

    /** Hands the line to a stream, at once, and begins another one. */
    void moveTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
        clear();
    }

    /** Begins another line. */
    void clear() {
        length = 0;
        if (bytes.length > LARGEST_KEPT) {
            bytes = new byte[USUAL];
        }
    }
}

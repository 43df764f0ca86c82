package io.modelmonitor.internal.capture.file;

import io.modelmonitor.internal.bytes.EightBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A line of JSON in UTF-8, put together from fixed text and strings. */
final class JsonLine extends OutputStream {

    private static final int USUAL = 1 << 10;
    private static final int LARGEST_KEPT = 1 << 20;

    /** The letter behind the backslash of each byte that is escaped; 0 of others. */
    private static final byte[] ESCAPES = new byte[256];

    /** The number of bytes that each byte has more when it is escaped. */
    private static final byte[] FURTHER = new byte[256];

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    static {
        Arrays.fill(ESCAPES, 0, ' ', (byte) 'u');
        Arrays.fill(FURTHER, 0, ' ', (byte) "u00xx".length());
        String special = "\b\t\n\f\r\"\\";
        for (int i = 0; i < special.length(); i++) {
            ESCAPES[special.charAt(i)] = (byte) "btnfr\"\\".charAt(i);
            FURTHER[special.charAt(i)] = 1;
        }
    }

    private byte[] bytes = new byte[USUAL];
    private int length;

    /** Appends text that is JSON already. */
    JsonLine fixed(byte[] json) {
        write(json, 0, json.length);
        return this;
    }

    /** Appends a text as a string. */
    JsonLine string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        write('"');
        if (isEscaped(utf8)) {
            reserve(Math.addExact(utf8.length, further(utf8)));
            length = escape(utf8, bytes, length);
        } else {
            fixed(utf8);
        }
        write('"');
        return this;
    }

    private static int escape(byte[] utf8, byte[] to, int from) {
        int next = from;
        for (byte b : utf8) {
            byte escape = ESCAPES[b & 0xFF];
            if (escape == 0) {
                to[next++] = b;
                continue;
            }
            to[next++] = '\\';
            to[next++] = escape;
            if (escape == 'u') {
                to[next++] = '0';
                to[next++] = '0';
                to[next++] = HEX[b >> 4];
                to[next++] = HEX[b & 0xF];
            }
        }
        return next;
    }

    /** Returns how many bytes more a text has when it is escaped. */
    private static int further(byte[] utf8) {
        long further = 0;
        for (byte b : utf8) {
            further += FURTHER[b & 0xFF];
        }
        return Math.toIntExact(further);
    }

    /** Returns how many bytes a text has as a string. */
    static long length(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return 2L + utf8.length + (isEscaped(utf8) ? further(utf8) : 0);
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

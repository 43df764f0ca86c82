package io.modelmonitor.internal.capture;

import io.modelmonitor.stats.internal.text.NumberText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text that is put together in memory which is used again, in UTF-8. Half of a surrogate pair, which is no character, becomes
 * a question mark. Not safe for use by several threads.
 */
final class TextBuffer {

    private static final int USUAL = 1 << 10;
    private static final int LARGEST_KEPT = 1 << 20;

    private byte[] bytes;
    private int length;

    TextBuffer() {
        this(USUAL);
    }

    /** @param capacity how many bytes it has room for before it grows */
    TextBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** Begins anew. */
    TextBuffer clear() {
        length = 0;
        if (bytes.length > LARGEST_KEPT) {
            bytes = new byte[USUAL];
        }
        return this;
    }

    /** Returns how many bytes there are. */
    int length() {
        return length;
    }

    TextBuffer append(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
        return this;
    }

    TextBuffer append(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        reserve(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        return this;
    }

    /** Appends a number, as {@link NumberText#write} has it; nothing for NaN. */
    void append(double number, boolean fractional) {
        if (!Double.isNaN(number)) {
            reserve(NumberText.MOST_CHARACTERS);
            length = NumberText.write(bytes, length, number, fractional);
        }
    }

    /** Takes back the last byte, which is a character of ASCII. */
    void removeLast() {
        length--;
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            int least = Math.addExact(length, count);
            bytes = Arrays.copyOf(bytes, (int) Math.min(2L * least, Integer.MAX_VALUE - 8));
        }
    }

    /** Returns a copy of the text. */
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}

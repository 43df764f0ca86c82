package io.modelmonitor.stats.internal.text;

import java.util.Arrays;

/**
 * The format of one text after the other, in memory that is used again. Costs less than a {@link StringBuilder}, which asks of each
 * character whether it fits a byte. One thread at a time.
 */
public final class FormatBuffer {

    private char[] characters = new char[64];
    private int length;

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    char last() {
        return characters[length - 1];
    }

    FormatBuffer append(char c) {
        if (length == characters.length) {
            characters = Arrays.copyOf(characters, 2 * length);
        }
        characters[length++] = c;
        return this;
    }

    FormatBuffer append(CharSequence text) {
        return append(text, 0, text.length());
    }

    FormatBuffer append(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            append(text.charAt(i));
        }
        return this;
    }

    /** Replaces each of a character by another. */
    void replace(char each, char by) {
        for (int i = 0; i < length; i++) {
            characters[i] = characters[i] == each ? by : characters[i];
        }
    }

    /** Returns whether the format is this one. */
    public boolean is(char[] format) {
        return Arrays.equals(characters, 0, length, format, 0, format.length);
    }

    @Override
    public String toString() {
        return new String(characters, 0, length);
    }
}

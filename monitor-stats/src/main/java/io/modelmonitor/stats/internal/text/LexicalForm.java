package io.modelmonitor.stats.internal.text;

import io.modelmonitor.api.ValueKind;

/**
 * Classifies a text by the grammar of {@link ValueKind} in one scan.
 *
 * <p>Digits are ASCII digits. An empty text is a string; that it stands for a missing value is for the
 * reader of a file to say. Linear in the characters; allocates nothing for a {@code char[]}.
 */
public final class LexicalForm {

    private LexicalForm() {}

    /** Returns the {@link ValueKind} of a text. */
    public static byte of(CharSequence text) {
        int length = text.length();
        if (length == 0 || (text.charAt(0) > '9' && !isAsLongAsABoolean(length))) {
            return ValueKind.STRING; // as most texts are, without a copy
        }
        char[] characters = text.toString().toCharArray();
        return of(characters, 0, length);
    }

    /**
     * Returns the {@link ValueKind} of a text.
     *
     * @param text holds the text
     * @param from the place of its first character
     * @param to the place after its last character
     */
    public static byte of(char[] text, int from, int to) {
        if (from == to) {
            return ValueKind.STRING;
        }
        char first = text[from];
        return first > '9' ? bool(text, from, to) : number(text, from, to);
    }

    private static byte number(char[] text, int from, int to) {
        int i = from;
        if (text[i] == '+' || text[i] == '-') {
            i++;
        }
        int integers = i;
        i = skipDigits(text, i, to);
        integers = i - integers;
        if (i == to) {
            return integers == 0 ? ValueKind.STRING : ValueKind.INTEGRAL;
        }
        boolean point = text[i] == '.';
        int fractions = 0;
        if (point) {
            int start = ++i;
            i = skipDigits(text, i, to);
            fractions = i - start;
        }
        if (i < to && !isExponent(text, i, to)) {
            return ValueKind.STRING;
        }
        return integers + fractions > 0 ? ValueKind.FRACTIONAL : ValueKind.STRING;
    }

    private static boolean isExponent(char[] text, int from, int to) {
        if (text[from] != 'e' && text[from] != 'E') {
            return false;
        }
        int i = from + 1;
        if (i < to && (text[i] == '+' || text[i] == '-')) {
            i++;
        }
        return i < to && skipDigits(text, i, to) == to;
    }

    private static int skipDigits(char[] text, int from, int to) {
        int i = from;
        while (i < to && text[i] >= '0' && text[i] <= '9') {
            i++;
        }
        return i;
    }

    private static boolean isAsLongAsABoolean(int length) {
        return length == 4 || length == 5;
    }

    private static byte bool(char[] text, int from, int to) {
        int length = to - from;
        String word = length == 4 ? "true" : length == 5 ? "false" : "";
        if (word.isEmpty()) {
            return ValueKind.STRING;
        }
        for (int i = 0; i < length; i++) {
            char expected = word.charAt(i);
            char found = text[from + i];
            if (found != expected && found != expected - 'a' + 'A') {
                return ValueKind.STRING;
            }
        }
        return ValueKind.BOOLEAN;
    }
}

package io.modelmonitor.stats.internal.text;

/** A place in a text that is read from its beginning to its end, and the format that has been found so far. One thread at a time. */
public abstract class TextCursor {

    CharSequence text = "";
    int at;
    int end;

    /** The number last read. */
    int number;

    /** Of how many digits it was. */
    int width;

    /** The format, such as {@code y-M-d'T'H:m:s} without quotes; a number of a clock behind {@code a/b} is day or month. */
    final FormatBuffer format;

    TextCursor(FormatBuffer format) {
        this.format = format;
    }

    /** Reads a run of at most so many digits, but for those that exceed it; returns whether there is one. */
    final boolean digits(int most) {
        int start = at;
        number = 0;
        while (at < end && at - start < most && isDigit(text.charAt(at))) {
            number = 10 * number + text.charAt(at++) - '0';
        }
        width = at - start;
        return width > 0;
    }

    /** Skips letters; returns where they begin. */
    final int word() {
        int start = at;
        while (at < end && isOfName(text.charAt(at))) {
            at++;
        }
        return start;
    }

    /** Returns whether the next character is this one. */
    final boolean next(char expected) {
        return at < end && text.charAt(at) == expected;
    }

    /** Skips a character if it is next. */
    final void skip(char optional) {
        at += next(optional) ? 1 : 0;
    }

    /** Skips a character if it is next and stands before another. */
    final void skip(char optional, char before) {
        at += next(optional) && at + 1 < end && text.charAt(at + 1) == before ? 1 : 0;
    }

    /** Adds the next character to the format, and skips it. */
    final void copy() {
        format.append(text.charAt(at++));
    }

    /** Returns whether a character is a digit of ASCII. */
    public static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Returns whether a character is a letter of ASCII. */
    public static boolean isLetter(char c) {
        return (c | ' ') >= 'a' && (c | ' ') <= 'z';
    }

    /** Returns whether a character may be one of a name in a language of Europe. */
    public static boolean isOfName(char c) {
        return isLetter(c) || (c >= '\u00c0' && (c <= '\u017f' || (c >= '\u0400' && c <= '\u045f')));
    }
}

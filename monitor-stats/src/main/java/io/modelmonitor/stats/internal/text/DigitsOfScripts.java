package io.modelmonitor.stats.internal.text;

/**
 * Digits of other scripts than Latin, such as those of Arabic, Persian and Hindi and the wide ones of East Asia, as ASCII. Immutable.
 */
final class DigitsOfScripts {

    /** The first digit behind ASCII. */
    private static final char FIRST = '\u0660';

    private static final int LONGEST = 64;

    private static final char FIRST_WIDE = '\uff01';
    private static final char LAST_WIDE = '\uff5e';
    private static final int WIDE = FIRST_WIDE - '!';

    private DigitsOfScripts() {}

    /** Returns the nine of the script whose digits a text has; that of ASCII if there are no others, or the text is long. */
    static char nine(CharSequence text) {
        for (int i = text.length() <= LONGEST ? text.length() - 1 : -1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c >= FIRST && Character.isDigit(c)) {
                return (char) (c + 9 - Character.digit(c, 10));
            }
        }
        return '9';
    }

    /** Returns a text with its digits, and the signs that are written among them, in ASCII; as many characters as it has. */
    static String inAscii(CharSequence text) {
        char[] characters = text.toString().toCharArray();
        for (int i = 0; i < characters.length; i++) {
            characters[i] = inAscii(characters[i]);
        }
        return new String(characters);
    }

    private static char inAscii(char c) {
        if (c >= FIRST && Character.isDigit(c)) {
            return (char) ('0' + Character.digit(c, 10));
        }
        return switch (c) {
            case '\u066a' -> '%';
            case '\u066b' -> '.';
            case '\u066c' -> ',';
            case '\u3000' -> ' ';
            default -> c >= FIRST_WIDE && c <= LAST_WIDE ? (char) (c - WIDE) : c;
        };
    }
}

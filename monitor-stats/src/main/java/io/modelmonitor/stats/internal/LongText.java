package io.modelmonitor.stats.internal;

import java.util.HexFormat;

/** Holds texts of any length in bounded memory. */
public final class LongText {

    /** Up to how many UTF-16 units a text is held as it is. */
    public static final int LIMIT = 256;

    private static final String MARK = "\u2026#";

    private LongText() {}

    /**
     * Returns the text itself, or, of one of more than {@link #LIMIT} units, its beginning, a mark and its hash, together
     * longer than any text that is held as it is.
     */
    public static String held(CharSequence text, long hash) {
        if (text.length() <= LIMIT) {
            return text.toString();
        }
        // A pair of surrogates is not torn apart.
        int end = Character.isHighSurrogate(text.charAt(LIMIT - 1)) ? LIMIT - 1 : LIMIT;
        return text.subSequence(0, end) + MARK + HexFormat.of().toHexDigits(hash);
    }

    /** Returns whether a text is as {@link #held} makes them. */
    public static boolean isHeld(String text) {
        int mark = text.length() - 16 - MARK.length();
        return text.length() <= LIMIT
                || ((mark == LIMIT || mark == LIMIT - 1)
                        && text.startsWith(MARK, mark)
                        && text.substring(mark + MARK.length())
                                .chars()
                                .allMatch(c -> "0123456789abcdef".indexOf(c) >= 0));
    }

    /** Returns the hash of the text that is held so. */
    public static long hash(String held) {
        if (held.length() <= LIMIT) {
            return Hashes.of(held);
        }
        return Long.parseUnsignedLong(held.substring(held.length() - 16), 16);
    }
}

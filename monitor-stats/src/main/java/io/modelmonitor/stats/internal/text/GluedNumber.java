package io.modelmonitor.stats.internal.text;

import static io.modelmonitor.stats.internal.text.TextCursor.isDigit;

import java.util.Locale;
import java.util.Set;

/**
 * Tells numbers to which letters are glued, such as {@code RM7,134.58}, {@code Rs.950} and {@code 230.12V}, from codes, such as {@code A1234}
 * and {@code v3.2}: by decimals and separators of thousands, which codes have not.
 */
final class GluedNumber {

    /** The number of digits that may be the whole of an amount with separators of thousands. */
    private static final int GROUP = 3;

    private static final int LONGEST_WHOLE = 4;

    private static final int LONGEST_VERSION = 8;

    /** Signs that may stand between letters and an amount. */
    private static final String JOINTS = ".:/";

    private static final Set<String> VERSIONS = Set.of("v", "ver", "vers", "version", "rel", "release", "rev", "build");

    /** The kinds of letters and digits without a blank between them. */
    enum Kind {
        CODE,
        /** A number if others with the same letters certainly are. */
        DOUBTFUL,
        NUMBER
    }

    private GluedNumber() {}

    /** Returns whether a letter, perhaps with a sign behind it, stands directly before a place. */
    static boolean isBefore(CharSequence text, int place) {
        if (place == 0) {
            return false;
        }
        char c = text.charAt(place - 1);
        return Character.isLetter(c)
                || (place > 1 && JOINTS.indexOf(c) >= 0 && Character.isLetter(text.charAt(place - 2)));
    }

    /**
     * Returns what digits behind letters are: whole numbers of few digits may be amounts below a thousand, and {@code C50.1} one or a diagnosis.
     *
     * @param place where the letters end
     * @param from where the digits begin
     */
    static Kind before(CharSequence text, int place, int from, int end) {
        int to = skipDigits(text, from, end);
        if (to == end) {
            boolean mayBeShort = to - from <= GROUP && place == from && text.charAt(place - 1) != ':';
            return mayBeShort ? Kind.DOUBTFUL : Kind.CODE;
        }
        int next = skipDigits(text, to + 1, end);
        int behind = next - to - 1;
        char separator = text.charAt(to);
        if (behind == 0 || !NumberBody.isSeparator(separator)) {
            return Kind.CODE;
        }
        if (separator != '.' && separator != ',') {
            boolean hasMore = next + 1 < end && NumberBody.isSeparator(text.charAt(next));
            return behind == GROUP && (hasMore || !NumberBody.isBlank(separator)) ? Kind.NUMBER : Kind.CODE;
        }
        if (isVersion(text, place)) {
            return Kind.CODE;
        }
        boolean mayBeDiagnosis =
                place == 1 && to - from == 2 && separator == '.' && (behind == 1 || behind == GROUP) && next == end;
        return mayBeDiagnosis ? Kind.DOUBTFUL : Kind.NUMBER;
    }

    /** Returns what a text is that is digits and a last capital: whole numbers may count seats and flats. */
    static Kind behind(CharSequence text, int from, int to) {
        if (NumberBody.hasDecimals(text, from, to)) {
            return Kind.NUMBER;
        }
        return from == 0 && to <= LONGEST_WHOLE ? Kind.DOUBTFUL : Kind.CODE;
    }

    private static boolean isVersion(CharSequence text, int place) {
        int to = Character.isLetter(text.charAt(place - 1)) ? place : place - 1;
        int from = to;
        while (from > 0 && TextCursor.isLetter(text.charAt(from - 1)) && to - from < LONGEST_VERSION) {
            from--;
        }
        return VERSIONS.contains(text.subSequence(from, to).toString().toLowerCase(Locale.ROOT));
    }

    private static int skipDigits(CharSequence text, int from, int end) {
        int at = from;
        while (at < end && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }
}

package io.modelmonitor.stats.internal.text;

/**
 * A run of digits and what separates them, read as a number with a point before decimals and as one with a comma. One thread at a time.
 */
final class NumberBody {

    private static final String THIN_BLANKS = "\u00a0\u202f\u2009";
    private static final int GROUP = 3;
    private static final int PARTS_OF_ADDRESS = 4;
    private static final int GREATEST_OF_ADDRESS = 255;

    private CharSequence text = "";
    private double point;
    private double comma;

    /** Returns the number if a point stands before decimals; NaN if it is none. */
    double withPoint() {
        return point;
    }

    /** Returns the number if a comma stands before decimals; NaN if it is none. */
    double withComma() {
        return comma;
    }

    void negate() {
        point = -point;
        comma = -comma;
    }

    void multiply(Multiple by) {
        point = by.of(point);
        comma = by.of(comma);
    }

    /** Reads a part of a text; returns whether it is a number by one of the readings. Digits with a zero in front are none. */
    boolean read(CharSequence toRead, int from, int to) {
        text = toRead;
        if (text.charAt(from) == '0' && from + 1 < to && TextCursor.isDigit(text.charAt(from + 1))) {
            return false;
        }
        point = value(from, to, '.', ',');
        comma = value(from, to, ',', '.');
        if (Double.isNaN(point) && isAddress(from, to)) {
            return false;
        }
        return !Double.isNaN(point) || !Double.isNaN(comma);
    }

    /** Returns whether four numbers of at most 255 with points between are an address on the internet, and no thousands of thousands. */
    private boolean isAddress(int from, int to) {
        int parts = 1;
        int part = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            parts += c == '.' ? 1 : 0;
            part = TextCursor.isDigit(c) ? 10 * part + c - '0' : 0;
            if (part > GREATEST_OF_ADDRESS || (c != '.' && !TextCursor.isDigit(c))) {
                return false;
            }
        }
        return parts == PARTS_OF_ADDRESS;
    }

    /**
     * Returns the number with these separators of decimals and of groups of three digits, or, but for points, of two before the last three as in India;
     * NaN if it is none.
     */
    private double value(int from, int to, char decimal, char thousands) {
        long digits = 0;
        int count = 0;
        int decimals = -1;
        int inGroup = 0;
        char group = 0;
        int first = 0;
        int inner = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (TextCursor.isDigit(c)) {
                digits = 10 * digits + c - '0';
                inGroup++;
                decimals += decimals >= 0 ? 1 : 0;
                if (++count > 15) {
                    return Double.NaN;
                }
            } else if (c == decimal && decimals < 0) {
                if (group != 0 && inGroup != GROUP) {
                    return Double.NaN;
                }
                decimals = 0;
            } else if (decimals < 0 && (c == thousands || isApostrophe(c) || isBlank(c))) {
                boolean isFirst = group == 0 && inGroup >= 1 && inGroup <= GROUP;
                boolean isNext = group == c && (inner == 0 ? isInner(c, inGroup, first) : inGroup == inner);
                if (!isFirst && !isNext) {
                    return Double.NaN;
                }
                first = isFirst ? inGroup : first;
                inner = isFirst ? inner : inGroup;
                group = c;
                inGroup = 0;
            } else {
                return Double.NaN;
            }
        }
        if (count == 0 || (decimals < 0 && group != 0 && inGroup != GROUP)) {
            return Double.NaN;
        }
        return decimals <= 0 ? digits : digits / AmountText.POWERS[decimals];
    }

    /** Returns whether a group behind the first one can be of so many digits. */
    private static boolean isInner(char separator, int digits, int first) {
        return digits == GROUP || (digits == GROUP - 1 && first < GROUP && separator != '.');
    }

    static boolean hasDecimals(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '.' || text.charAt(i) == ',') {
                return true;
            }
        }
        return false;
    }

    static boolean isSeparator(char c) {
        return c == '.' || c == ',' || isApostrophe(c) || isBlank(c);
    }

    private static boolean isApostrophe(char c) {
        return c == '\'' || c == '\u2019';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || (c >= '\u00a0' && THIN_BLANKS.indexOf(c) >= 0);
    }
}

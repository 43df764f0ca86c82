package io.modelmonitor.stats.internal.text;

import static io.modelmonitor.stats.internal.text.TextCursor.isDigit;
import static io.modelmonitor.stats.internal.text.TextCursor.isLetter;

/**
 * Reads numbers that are written for people: with a currency, a percent sign, a unit, separators of thousands (of lakhs, too), a
 * decimal comma, a power of ten, what multiplies them ({@link Multiple}), brackets for negative ones, blanks or quotation marks around.
 * Digits with a zero in front are a code. Where {@code 1,234} may be either, it is read both ways. One thread at a time.
 */
public final class AmountText {

    /** Powers of ten, by their exponents. */
    static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

    static final int LONGEST = 32;

    /** The form of digits that are no number, as they have zeros in front or are too many. */
    public static final String DIGITS = "digits";

    private static final int GROUP = 3;

    private static final int LONGEST_UNIT = 8;

    /** The longest beginning or end of a number in a text. */
    private static final int LONGEST_AFFIX = 12;

    /** Signs by which codes are joined. */
    private static final String JOINTS = "-_#/:.\\&@";

    private CharSequence text = "";
    private int at;
    private int end;
    private final FormatBuffer format;
    private boolean isOfDigits;
    private boolean isCredit;
    private final NumberBody body = new NumberBody();
    private int numberFrom;
    private int affixFrom;
    private int affixTo;
    private GluedNumber.Kind glued = GluedNumber.Kind.NUMBER;

    AmountText(FormatBuffer format) {
        this.format = format;
    }

    /** Returns the number if a point stands before decimals; NaN if it is none. */
    double withPoint() {
        return body.withPoint();
    }

    /** Returns the number if a comma stands before decimals; NaN if it is none. */
    double withComma() {
        return body.withComma();
    }

    /** Reads a text; returns whether it is a number, whose format and values are then known. */
    boolean read(CharSequence toRead) {
        text = toRead;
        at = 0;
        end = toRead.length();
        format.clear();
        isOfDigits = false;
        isCredit = false;
        if (end == 0 || end > LONGEST) {
            return false;
        }
        while (end > 0 && NumberBody.isBlank(text.charAt(end - 1))) {
            end--;
        }
        skipBlanks();
        enclosed('"', '"');
        boolean negative = enclosed('(', ')');
        negative |= sign();
        if (unit(false)) {
            negative |= sign();
            negative |= enclosed('(', ')');
        }
        int from = at;
        while (at < end && (isDigit(text.charAt(at)) || NumberBody.isSeparator(text.charAt(at)))) {
            at++;
        }
        while (at > from && NumberBody.isBlank(text.charAt(at - 1))) {
            at--;
        }
        int to = at;
        boolean isNumber = to > from && body.read(text, from, to);
        if (!isNumber && !areDigits(from, to)) {
            return false;
        }
        format.append(isNumber ? "9" : DIGITS);
        if (isNumber) {
            exponent();
            skipBlanks();
            multiple(from, to);
        }
        skipBlanks();
        if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+') && at + 1 == end) {
            negative |= text.charAt(at++) == '-';
        }
        if (at < end && !unit(true) && !measure()) {
            return false;
        }
        if (negative) {
            body.negate();
        }
        isOfDigits = at == end && !isNumber;
        return at == end && isNumber;
    }

    /**
     * Reads the text that has just been read as no number as one with any beginning and end: both are short, and stand apart from the
     * number, by a blank or a sign. Letters may stand directly behind it, as units do, but where digits follow, and so may a slash before a
     * unit, as in {@code 9/mo}; hyphens and other joints on either side make codes, as in {@code SKU-1234}, and letters directly before it
     * and a single capital behind it may ({@link GluedNumber}).
     */
    boolean readAffixed() {
        if (end == 0 || end > LONGEST) {
            return false;
        }
        int from = 0;
        while (from < end && !isDigit(text.charAt(from))) {
            if (++from > LONGEST_AFFIX) {
                return false;
            }
        }
        affixFrom = from > 0 && isMinus(text.charAt(from - 1)) ? from - 1 : from;
        boolean isGlued = GluedNumber.isBefore(text, affixFrom);
        glued = isGlued ? GluedNumber.before(text, affixFrom, from, end) : GluedNumber.Kind.NUMBER;
        if (glued == GluedNumber.Kind.CODE || !(isGlued || isApartBefore(affixFrom))) {
            return false; // as most codes are, without a look at the rest
        }
        int to = from;
        int last = from;
        while (to < end && (isDigit(text.charAt(to)) || NumberBody.isSeparator(text.charAt(to)))) {
            last = isDigit(text.charAt(to)) ? to + 1 : last;
            to++;
        }
        if (last == from || end - last > LONGEST_AFFIX) {
            return false;
        }
        numberFrom = from;
        affixTo = last;
        // The name of a month is no unit; that of doubtful numbers matters only beside certain ones.
        return isApartBehind(last)
                && readNumber()
                && (glued == GluedNumber.Kind.DOUBTFUL || DateInText.find(text.toString()) < 0);
    }

    /** Reads the number of a text that differs from the one {@link #readAffixed} in nothing but digits; returns whether it has one, too. */
    boolean readAsBefore(CharSequence toRead) {
        text = toRead;
        return readNumber();
    }

    private boolean readNumber() {
        if (!body.read(text, numberFrom, affixTo)) {
            return false;
        }
        if (affixFrom < numberFrom) {
            body.negate();
        }
        return true;
    }

    /**
     * Returns what {@link #readAffixed} found around the number, and {@code 9} for that, with a mark behind it where it is a number only
     * if others with the same around them are ({@link Affixes}).
     */
    String affixes() {
        String affixes = text.subSequence(0, affixFrom) + "9" + text.subSequence(affixTo, end);
        return glued == GluedNumber.Kind.DOUBTFUL ? Affixes.asDoubtful(affixes) : affixes;
    }

    /** Returns whether the text last read is a number of crores or, as it has two decimals, a credit in a ledger. */
    boolean isCreditOrCrores() {
        return isCredit && !Affixes.hasThousands(text, numberFrom, affixTo);
    }

    private boolean hasDigit(int place) {
        for (int i = place; i < end; i++) {
            if (Character.isDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMinus(char c) {
        return c == '-' || c == '\u2212';
    }

    private boolean isApartBefore(int place) {
        char c = place == 0 ? ' ' : text.charAt(place - 1);
        return !Character.isLetter(c) && JOINTS.indexOf(c) < 0;
    }

    private boolean isApartBehind(int place) {
        if (place == end) {
            return true;
        }
        char c = text.charAt(place);
        if (c == ':' && NumberBody.hasDecimals(text, numberFrom, place)) {
            return true; // a ratio, and no time of the day
        }
        boolean isUnit =
                place + 2 < end && c == '/' && isLetter(text.charAt(place + 1)) && isLetter(text.charAt(place + 2));
        boolean isCode = Character.isLetter(c) && hasDigit(place);
        if (!isCode && place + 1 == end && Character.isUpperCase(c)) {
            boolean isGlued = GluedNumber.isBefore(text, affixFrom);
            glued = isGlued ? GluedNumber.Kind.CODE : GluedNumber.behind(text, affixFrom, place);
            isCode = glued == GluedNumber.Kind.CODE;
        }
        return isUnit || !(isCode || JOINTS.indexOf(c) >= 0);
    }

    /** Returns whether the text last read is no number, as its digits have zeros in front or are too many; its format is then known. */
    boolean isOfDigits() {
        return isOfDigits;
    }

    private boolean areDigits(int from, int to) {
        int place = from;
        while (place < to && isDigit(text.charAt(place))) {
            place++;
        }
        return place == to && to > from;
    }

    /** Returns whether the text last read is no number by what it begins with, before any digit. */
    boolean isRejectedAtOnce() {
        return at == 0;
    }

    /** Skips what encloses the rest, if it does. */
    private boolean enclosed(char opening, char closing) {
        boolean is = at + 1 < end && text.charAt(at) == opening && text.charAt(end - 1) == closing;
        if (is) {
            at++;
            end--;
            skipBlanks();
        }
        return is;
    }

    /** Reads a power of ten directly behind a number, if there is one. */
    private void exponent() {
        if (at + 1 >= end || (text.charAt(at) | ' ') != 'e') {
            return;
        }
        boolean isSigned = text.charAt(at + 1) == '-' || text.charAt(at + 1) == '+';
        int first = at + (isSigned ? 2 : 1);
        int next = first;
        int power = 0;
        while (next < end && isDigit(text.charAt(next)) && next - first < GROUP) {
            power = 10 * power + text.charAt(next++) - '0';
        }
        if (next > first) {
            body.multiply(Multiple.ofTen(text.charAt(at + 1) == '-' ? -power : power));
            at = next;
        }
    }

    /** Reads what multiplies a number, if that is so; the format says of which kind it is. */
    private void multiple(int from, int to) {
        int next = at;
        while (next < end && next - at <= LONGEST_UNIT && (isLetter(text.charAt(next)) || text.charAt(next) == '/')) {
            next++;
        }
        String name = next == at ? "" : text.subSequence(at, next).toString();
        Multiple multiple = next == at ? null : Multiple.named(name, at > to, NumberBody.hasDecimals(text, from, to));
        isCredit = next == end && (name.equals("Cr") || name.equals("cr")) && hasTwoDecimals(from, to);
        if (multiple != null && !isCredit) {
            body.multiply(multiple);
            format.append(' ').append(multiple.format());
            at = next;
            skipBlanks();
        }
    }

    private boolean hasTwoDecimals(int from, int to) {
        int point = to - 3;
        return point > from && (text.charAt(point) == '.' || text.charAt(point) == ',');
    }

    /** Reads the unit of a measured number up to the end, if there is one; the format says it. */
    private boolean measure() {
        if (end - at > LONGEST_UNIT
                || !Units.MEASURES.contains(text.subSequence(at, end).toString())) {
            return false;
        }
        format.append(text, at, end);
        at = end;
        return true;
    }

    private boolean sign() {
        if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+' || text.charAt(at) == '\u2212')) {
            boolean negative = text.charAt(at++) != '+';
            skipBlanks();
            return negative;
        }
        return false;
    }

    /** Reads a currency or, behind a number, a percent sign, if there is one; the format says it. */
    private boolean unit(boolean behind) {
        int from = at;
        while (at < end && isLetter(text.charAt(at)) && at - from <= GROUP) {
            at++;
        }
        boolean symbol = at < end
                && (isCurrencySymbol(text.charAt(at))
                        || (behind && at == from && (text.charAt(at) == '%' || text.charAt(at) == '\u2030')));
        if (symbol) {
            at++;
        } else if (!isCurrency(from, at)) {
            at = from;
            return false;
        }
        // Of a word that is cut short, as in Rs.950.
        at += !behind && at - from == 2 && !symbol && at < end && text.charAt(at) == '.' ? 1 : 0;
        format.append(text, from, at);
        skipBlanks();
        return true;
    }

    private boolean isCurrency(int from, int to) {
        // Most words are no codes of three capitals, which is seen without a copy.
        boolean capitals = to - from == GROUP && isCapital(from) && isCapital(from + 1) && isCapital(from + 2);
        return (capitals || to - from == 2)
                && Units.CURRENCIES.contains(text.subSequence(from, to).toString());
    }

    static boolean isCurrencySymbol(char c) {
        return c < 0x80 ? c == '$' : Character.getType(c) == Character.CURRENCY_SYMBOL;
    }

    private boolean isCapital(int place) {
        char c = text.charAt(place);
        return c >= 'A' && c <= 'Z';
    }

    private void skipBlanks() {
        while (at < end && NumberBody.isBlank(text.charAt(at))) {
            at++;
        }
    }
}

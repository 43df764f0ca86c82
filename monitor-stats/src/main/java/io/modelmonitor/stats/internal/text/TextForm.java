package io.modelmonitor.stats.internal.text;

import io.modelmonitor.stats.internal.LongText;

/**
 * The form of a text: of a time or a number its format, of any other its shape, which has {@code 9} for a run of digits, {@code A}
 * for one of capitals, {@code a} for one of letters, and {@code X} or {@code x} where digits and letters alternate, whatever their
 * lengths, but for long ones such as {@code x{32}}, and {@code xX{32}} of capitals and small letters. One thread at a time.
 */
public final class TextForm {

    /** The family of values that a text belongs to. */
    public enum Family {
        TEXT,
        TIME,
        NUMBER
    }

    private static final int MOST_SYMBOLS = 24;
    private static final int UUID_LENGTH = 36;

    /** From this length on a run of digits and letters is a key, whose length is told, and roughly when it is long. */
    private static final int LEAST_KEY = 16;

    private static final int LONG_KEY = 64;

    private static final int LONGEST_BEFORE = 64;
    private static final int NONE = -1;

    private static final byte OTHER = 0;
    private static final byte DIGIT = 1;
    private static final byte CAPITAL = 2;
    private static final byte LETTER = 3;
    private static final byte[] ASCII = ascii();

    private final FormatBuffer form = new FormatBuffer();
    private final TimeText times = new TimeText(form);
    private final AmountText amounts = new AmountText(form);
    private final DurationText durations = new DurationText(form);
    private final CompoundText compounds = new CompoundText(form);
    private Family family = Family.TEXT;
    private boolean isAffixed;
    /** The number that the text last read is by its units; NaN if it is none, or an amount. */
    private double quantity = Double.NaN;

    private final char[] before = new char[LONGEST_BEFORE];
    /** The length of the text last read; negative if others of its pattern may have another form. */
    private int beforeLength = NONE;

    private int beforeWord;
    private boolean hasLettersAsBefore;

    /** Reads a text, of which no more than its beginning matters if it is long. */
    public void read(CharSequence text) {
        readAscii(text);
        char nine = family == Family.TEXT ? DigitsOfScripts.nine(text) : '9';
        if (nine != '9') {
            readAscii(DigitsOfScripts.inAscii(text));
            beforeLength = NONE;
            form.replace('9', nine);
        }
    }

    private void readAscii(CharSequence text) {
        beforeLength = NONE;
        isAffixed = false;
        quantity = Double.NaN;
        if (times.read(text)) {
            family = Family.TIME;
        } else if (amounts.read(text)) {
            family = Family.NUMBER;
        } else if (durations.read(text)) {
            family = Family.NUMBER;
            quantity = durations.seconds();
        } else if (compounds.read(text)) {
            family = Family.NUMBER;
            quantity = compounds.value();
        } else {
            family = Family.TEXT;
            boolean isOfDigits = amounts.isOfDigits();
            isAffixed = !isOfDigits && amounts.readAffixed();
            remember(text);
            if (!isOfDigits) {
                readShape(text);
            }
        }
    }

    /** Remembers a text that is neither a time nor a number, whatever its digits are. */
    private void remember(CharSequence text) {
        int length = text.length();
        if (length == 0 || length > LONGEST_BEFORE || length == UUID_LENGTH || TextCursor.isDigit(text.charAt(0))) {
            return;
        }
        int word = 0;
        while (word < length && TextCursor.isOfName(text.charAt(word))) {
            word++;
        }
        if (times.at > word || !amounts.isRejectedAtOnce() || durations.isBegun() || isCreditOrCrores()) {
            return;
        }
        for (int i = 0; i < length; i++) {
            before[i] = text.charAt(i);
        }
        beforeLength = length;
        beforeWord = word;
    }

    /**
     * Returns whether a text certainly has the form of the one last read, and its traits and beginning: it has the same first word, and
     * behind it the same signs, and digits, capitals and small letters where that has them. As ids mostly do, which takes less time to see
     * than what they are. A number with affixes is read.
     */
    public boolean isAsBefore(CharSequence text) {
        if (text.length() != beforeLength) {
            return false;
        }
        boolean isOfDigits = true;
        for (int i = 0; i < beforeLength; i++) {
            char c = text.charAt(i);
            char known = before[i];
            if (c != known) {
                if (i < beforeWord
                        || c >= ASCII.length
                        || known >= ASCII.length
                        || ASCII[c] == OTHER
                        || ASCII[c] != ASCII[known]) {
                    return false;
                }
                isOfDigits &= ASCII[c] == DIGIT;
            }
        }
        hasLettersAsBefore = isOfDigits;
        return !isAffixed || (isOfDigits && amounts.readAsBefore(text));
    }

    /** Returns whether a text that is as the one last read differs from it in nothing but digits. */
    public boolean hasLettersAsBefore() {
        return hasLettersAsBefore;
    }

    /** Returns the kind of text last read. */
    public Family family() {
        return family;
    }

    /** Returns whether a text that is neither a time nor a number of a known kind has one number between a beginning and an end. */
    public boolean isAffixed() {
        return isAffixed;
    }

    /** Returns whether a text with one number is so many crores or, without that multiple, a credit in a ledger. */
    public boolean isCreditOrCrores() {
        return isAffixed && amounts.isCreditOrCrores();
    }

    /** Returns the beginning and the end of a text with a number between, and {@code 9} for that. */
    public String affixes() {
        return amounts.affixes();
    }

    /** Returns the form, to be read before the next text is. */
    public FormatBuffer form() {
        return form;
    }

    /** Returns what a text is as a number, of a time in seconds since 1970; where there are two readings, by the one or the other. */
    public double value(boolean other) {
        return switch (family) {
            case TIME -> other ? times.monthFirst() : times.dayFirst();
            case NUMBER -> !Double.isNaN(quantity) ? quantity : other ? amounts.withComma() : amounts.withPoint();
            case TEXT -> !isAffixed ? Double.NaN : other ? amounts.withComma() : amounts.withPoint();
        };
    }

    private void readShape(CharSequence text) {
        form.clear();
        int length = Math.min(text.length(), LongText.LIMIT);
        if (length == UUID_LENGTH && isUuid(text)) {
            form.append(hasCapital(text) ? "UUID" : "uuid");
            return;
        }
        if (areDigits(text)) {
            form.append(AmountText.DIGITS);
            return;
        }
        int i = 0;
        while (i < length && form.length() < MOST_SYMBOLS) {
            char c = text.charAt(i);
            if (kind(c) == OTHER) {
                if (form.length() == 0 || c != ' ' || form.last() != ' ') {
                    form.append(c);
                }
                i++;
                continue;
            }
            i = readRun(text, i, length);
        }
        if (i < length || text.length() > LongText.LIMIT) {
            form.append('\u2026');
        }
    }

    /** Adds the symbols of a run of letters and digits; returns where it ends. */
    private int readRun(CharSequence text, int from, int length) {
        int i = from;
        int kind = kind(text.charAt(from));
        boolean first = kind == DIGIT;
        boolean last = first;
        int changes = 0;
        boolean capitals = true;
        boolean small = true;
        while (kind != OTHER) {
            boolean digit = kind == DIGIT;
            capitals &= kind != LETTER;
            small &= kind != CAPITAL;
            changes += digit == last ? 0 : 1;
            last = digit;
            i++;
            kind = i < length ? kind(text.charAt(i)) : OTHER;
        }
        char letters = capitals ? 'A' : 'a';
        if (changes > 1) {
            form.append(capitals ? 'X' : 'x');
            if (!capitals && !small && i - from >= LEAST_KEY) {
                form.append('X');
            }
            appendLength(i - from);
        } else {
            form.append(first ? '9' : letters);
            if (changes == 1) {
                form.append(last ? '9' : letters);
            }
            if (first || last) {
                appendLength(i - from);
            }
        }
        return i;
    }

    /** Adds of how many characters a long run is, as keys of one algorithm are of one length. */
    private void appendLength(int length) {
        if (length >= LEAST_KEY) {
            int step = length < LONG_KEY ? 1 : LONG_KEY;
            form.append('{').append(Integer.toString(length / step * step)).append('}');
        }
    }

    private static int kind(char c) {
        return c < ASCII.length ? ASCII[c] : kindOf(c);
    }

    private static byte kindOf(char c) {
        if (!Character.isLetter(c)) {
            return Character.isDigit(c) ? DIGIT : OTHER;
        }
        return Character.isUpperCase(c) ? CAPITAL : LETTER;
    }

    private static byte[] ascii() {
        byte[] kinds = new byte[0x80];
        for (char c = 0; c < kinds.length; c++) {
            kinds[c] = kindOf(c);
        }
        return kinds;
    }

    private static boolean areDigits(CharSequence text) {
        int length = text.length();
        int digits = 0;
        while (digits < length && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        return length > 0 && digits == length;
    }

    private static boolean hasCapital(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 'A' && text.charAt(i) <= 'F') {
                return true;
            }
        }
        return false;
    }

    private static boolean isUuid(CharSequence text) {
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            boolean hex = (c >= '0' && c <= '9') || ((c | ' ') >= 'a' && (c | ' ') <= 'f');
            if (dash ? c != '-' : !hex) {
                return false;
            }
        }
        return true;
    }
}

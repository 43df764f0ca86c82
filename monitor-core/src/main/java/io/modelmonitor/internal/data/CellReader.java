package io.modelmonitor.internal.data;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.internal.bytes.EightBytes;
import io.modelmonitor.stats.internal.text.LexicalForm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** Classifies cells and parses their numbers. Immutable. */
final class CellReader {

    /** Every whole number below this is a double. */
    private static final long EXACT = 1L << 53;

    /** So many digits make a number without a sign of 64 bits; those from {@link #MOST} on are left to others. */
    private static final int MOST_DIGITS = 19;

    private static final long MOST = 1_000_000_000_000_000_000L;

    /** Powers of ten that are doubles. */
    private static final double[] POWERS = new double[MOST_DIGITS];

    static {
        double power = 1;
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = power;
            power *= 10;
        }
    }

    private final byte[][] missing;

    /**
     * @param missing the texts that mean a missing value, beside the empty one
     */
    CellReader(Set<String> missing) {
        this.missing = missing.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /**
     * Reads a cell.
     *
     * <p>Plain numbers, a few digits with perhaps a sign before and a point within, are read here:
     * a whole number below 2<sup>53</sup> divided by a power of ten up to 10<sup>22</sup> is rounded once, so
     * correctly (Clinger, How to read floating point numbers accurately, PLDI 1990); a larger one is left to
     * {@link NearestDouble}, and all else to {@link LexicalForm} and to a general parser.
     *
     * @param bytes UTF-8
     * @param from where the cell begins
     * @param to where the cell ends
     * @param numbers where its number is put, or NaN
     * @param row at which index
     * @return a {@link ValueKind}
     */
    byte read(byte[] bytes, int from, int to, double[] numbers, int row) {
        if (from == to || isMissing(bytes, from, to)) {
            numbers[row] = Double.NaN;
            return ValueKind.MISSING;
        }
        int i = from;
        boolean negative = bytes[i] == '-';
        if (negative) {
            i++;
        }
        int first = i;
        long value = 0;
        int digit;
        int last = Math.min(to, i + MOST_DIGITS + 1);
        while (i < last && (digit = bytes[i] - '0') >= 0 && digit <= 9) {
            value = 10 * value + digit;
            i++;
        }
        int whole = i - first;
        if (whole > 0 && whole <= MOST_DIGITS) {
            if (i == to && value >= 0 && value < MOST) {
                numbers[row] = value == 0 && negative ? -0.0 : negative ? -value : value;
                return ValueKind.INTEGRAL;
            }
            if (i < to && bytes[i] == '.') {
                int point = i++;
                for (long eight; i + Long.BYTES <= last; i += Long.BYTES) {
                    eight = EightBytes.at(bytes, i);
                    if (!EightBytes.areDigits(eight)) {
                        break;
                    }
                    value = 100_000_000 * value + EightBytes.number(eight);
                }
                while (i < last && (digit = bytes[i] - '0') >= 0 && digit <= 9) {
                    value = 10 * value + digit;
                    i++;
                }
                int fraction = i - point - 1;
                if (i == to && fraction > 0 && value >= 0 && value < MOST) {
                    double number = value < EXACT ? value / POWERS[fraction] : NearestDouble.of(value, fraction);
                    numbers[row] = negative ? -number : number;
                    return ValueKind.FRACTIONAL;
                }
            }
        }
        if (whole > 0 && i < to && !continuesNumber(bytes[i])) {
            // As times do, and amounts with a unit.
            numbers[row] = Double.NaN;
            return ValueKind.STRING;
        }
        return readOther(bytes, from, to, numbers, row);
    }

    /** Returns whether a number may go on with this behind its first digits: neither grammar has others. */
    private static boolean continuesNumber(byte next) {
        return next == '.' || next == 'e' || next == 'E' || (next >= '0' && next <= '9');
    }

    private static byte readOther(byte[] bytes, int from, int to, double[] numbers, int row) {
        numbers[row] = Double.NaN;
        if (bytes[from] < 0 || (bytes[from] > '9' && !mayBeTruth(bytes, from, to))) {
            // No number begins with a letter.
            return ValueKind.STRING;
        }
        byte kind = kind(bytes, from, to);
        if (ValueKind.isNumber(kind)) {
            numbers[row] = JavaDoubleParser.parseDouble(bytes, from, to - from);
        }
        return kind;
    }

    private static boolean mayBeTruth(byte[] bytes, int from, int to) {
        int first = bytes[from] | ' ';
        return to - from == 4 ? first == 't' : to - from == 5 && first == 'f';
    }

    private static byte kind(byte[] bytes, int from, int to) {
        char[] ascii = new char[to - from];
        for (int i = 0; i < ascii.length; i++) {
            if (bytes[from + i] < 0) {
                return ValueKind.STRING;
            }
            ascii[i] = (char) bytes[from + i];
        }
        return LexicalForm.of(ascii, 0, ascii.length);
    }

    private boolean isMissing(byte[] bytes, int from, int to) {
        for (byte[] token : missing) {
            if (Arrays.equals(token, 0, token.length, bytes, from, to)) {
                return true;
            }
        }
        return false;
    }
}

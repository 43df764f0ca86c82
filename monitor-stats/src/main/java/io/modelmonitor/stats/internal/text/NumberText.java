package io.modelmonitor.stats.internal.text;

import java.nio.charset.StandardCharsets;

/**
 * Numbers as text: the fewest digits that read back as the same number. {@link Double#toString} gives these only since JDK
 * 19 (JDK-4511638); texts that are saved and compared must be the same on every JDK.
 */
public final class NumberText {

    /** The largest number of characters of a number. */
    public static final int MOST_CHARACTERS = 25;

    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    private static final double MOST_EXACT = 1e15;
    private static final long MOST_IN_A_WORD = 10_000_000;

    private NumberText() {}

    /**
     * Returns the shortest text that reads back as the number, laid out as {@link Double#toString} does: plainly from
     * 10<sup>-3</sup> to 10<sup>7</sup>, else scientifically.
     *
     * @param number any number
     * @param fractional whether whole numbers are written with a point; if not, those within the range of {@code long} are
     *     written plainly
     */
    public static String of(double number, boolean fractional) {
        if (!fractional && number == Math.rint(number) && Math.abs(number) < 0x1p63) {
            return Long.toString((long) number);
        }
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        byte[] text = new byte[MOST_CHARACTERS];
        return latin(text, ShortestDecimal.write(text, 0, number));
    }

    /**
     * Writes the shortest text that reads back as the number, plainly if it is below 10<sup>15</sup> and has at most six
     * decimals, as most features have, but for a few whose product with a power of ten is not exact; else as {@link #of}
     * does. A plain number takes a third of the time.
     *
     * <p>If {@code d * 10^k} rounds to a whole number {@code m} below 10<sup>15</sup> and {@code m / 10^k} is {@code d}
     * again, then {@code m} with a point is a text for {@code d}: both operands are exact, so the division rounds as a
     * reader does (W. D. Clinger, "How to read floating point numbers accurately", 1990).
     *
     * @param to has room for {@value #MOST_CHARACTERS} characters, all of which may change; the text is ASCII
     * @param at where the text begins
     * @param number any number
     * @param fractional whether a whole number gets {@code .0}
     * @return where it ends
     */
    public static int write(byte[] to, int at, double number, boolean fractional) {
        double size = Math.abs(number);
        if (size < MOST_EXACT && (size > 0 || 1 / number > 0) && mayHaveFewDecimals(size)) {
            for (int decimals = 0; decimals < POWERS.length; decimals++) {
                double power = POWERS[decimals];
                double scaled = size * power;
                long whole = (long) scaled;
                if (whole == scaled && scaled < MOST_EXACT && whole / power == size) {
                    int start = number < 0 ? DecimalDigits.put(to, at, '-') : at;
                    return plain(to, start, whole, decimals, fractional);
                }
            }
        }
        return Double.isFinite(number)
                ? ShortestDecimal.write(to, at, number)
                : DecimalDigits.put(to, at, Double.toString(number));
    }

    /**
     * Returns false only if no decimal of six digits behind the point rounds to a number. A number to which one rounds is off it
     * by half of 2<sup>-52</sup> of itself at most, and the product by as much again; so it is as near to a whole number.
     */
    private static boolean mayHaveFewDecimals(double size) {
        double scaled = size * POWERS[POWERS.length - 1];
        return Math.abs(scaled - Math.rint(scaled)) <= scaled * 0x1p-51;
    }

    private static int plain(byte[] to, int at, long whole, int decimals, boolean fractional) {
        if (decimals > 0 && whole < MOST_IN_A_WORD) {
            return DecimalDigits.withPoint(to, at, (int) whole, decimals);
        }
        int count = DecimalDigits.count(whole);
        if (decimals > 0) {
            return DecimalDigits.withPoint(to, at, whole, count, count - decimals);
        }
        int end = DecimalDigits.put(to, at, whole, count);
        return fractional ? DecimalDigits.put(to, end, ".0") : end;
    }

    private static String latin(byte[] text, int length) {
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }
}

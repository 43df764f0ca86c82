package io.modelmonitor.stats.internal.text;

import java.math.BigInteger;

/**
 * The decimal of the fewest digits, but at least two, that rounds to a double; of several, the nearest to it (R. Giulietti,
 * "The Schubfach way to render doubles", 2020, whose names and bounds this follows).
 *
 * <p>A double is {@code c * 2^q}. All reals that round to it lie in an interval around it, which is at least as long as
 * {@code 10^k} and shorter than {@code 10^(k+1)} for one {@code k}; so of the multiples of {@code 10^(k+1)} at most one lies
 * within, and of those of {@code 10^k} at least one. The double and both ends of its interval are multiplied by
 * {@code 4 * 10^-k} with 126 bits of that power, rounded to odd, which decides every comparison as exact numbers would.
 */
final class ShortestDecimal {

    private static final int FRACTION_BITS = 52;
    private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
    private static final int LEAST_EXPONENT = -1074;
    private static final int LEAST_POWER = -324;
    private static final int MOST_POWER = 292;
    private static final long LOW_63 = Long.MAX_VALUE;
    private static final int POWER_BITS = 126;

    /** The leading 126 bits of {@code 10^-k}, rounded up, in two halves for each {@code k}; 10 KB. */
    private static final long[] POWERS = powers();

    private ShortestDecimal() {}

    /** Writes a finite number as {@link Double#toString} lays it out; returns where the text ends. */
    static int write(byte[] to, int at, double number) {
        long bits = Double.doubleToRawLongBits(number);
        int start = bits < 0 ? DecimalDigits.put(to, at, '-') : at;
        int biased = (int) (bits >>> FRACTION_BITS) & 0x7FF;
        long fraction = bits & (HIDDEN_BIT - 1);
        if (biased > 0) {
            int q = LEAST_EXPONENT - 1 + biased;
            return write(to, start, HIDDEN_BIT | fraction, q, fraction == 0 && biased > 1, 0);
        }
        if (fraction == 0) {
            return DecimalDigits.put(to, start, "0.0");
        }
        // The two least doubles would have one digit; ten times as large they have two.
        return fraction < 3
                ? write(to, start, 10 * fraction, LEAST_EXPONENT, false, -1)
                : write(to, start, fraction, LEAST_EXPONENT, false, 0);
    }

    /** Writes {@code c * 2^q * 10^tens}; {@code closeBelow} says that the next smaller double is half as far as the next. */
    private static int write(byte[] to, int at, long c, int q, boolean closeBelow, int tens) {
        int k = closeBelow ? floorLog10OfThreeQuarters(q) : floorLog10(q);
        long digits = digits(c, q, k, closeBelow);
        int exponent = k + tens;
        while (digits % 10 == 0) {
            digits /= 10;
            exponent++;
        }
        return layOut(to, at, digits, exponent);
    }

    private static long digits(long c, int q, int k, boolean closeBelow) {
        int odd = (int) c & 1;
        int shift = q + floorLog2OfPower(-k) + 2;
        long high = POWERS[2 * (k - LEAST_POWER)];
        long low = POWERS[2 * (k - LEAST_POWER) + 1];
        long value = scaled(high, low, (4 * c) << shift);
        long lower = scaled(high, low, (4 * c - (closeBelow ? 1 : 2)) << shift) + odd;
        long upper = scaled(high, low, (4 * c + 2) << shift) - odd;
        long below = value >> 2;
        if (below >= 100) {
            long tenBelow = 10 * (below / 10);
            boolean belowIsIn = lower <= 4 * tenBelow;
            if (belowIsIn != (4 * (tenBelow + 10) <= upper)) {
                return belowIsIn ? tenBelow : tenBelow + 10;
            }
        }
        boolean belowIsIn = lower <= 4 * below;
        if (belowIsIn != (4 * (below + 1) <= upper)) {
            return belowIsIn ? below : below + 1;
        }
        long beyondMiddle = value - (4 * below + 2);
        return beyondMiddle < 0 || (beyondMiddle == 0 && (below & 1) == 0) ? below : below + 1;
    }

    /** Returns {@code c} times a power of ten of 126 bits, less 127 bits, rounded to odd: its last bit says "or more". */
    private static long scaled(long high, long low, long c) {
        long middle = ((high * c) >>> 1) + Math.multiplyHigh(low, c);
        long whole = Math.multiplyHigh(high, c) + (middle >>> 63);
        return whole | (((middle & LOW_63) + LOW_63) >>> 63);
    }

    private static int layOut(byte[] to, int at, long digits, int exponent) {
        int count = DecimalDigits.count(digits);
        int scientific = exponent + count - 1;
        if (scientific >= -3 && scientific < 7) {
            return DecimalDigits.withPoint(to, at, digits, count, scientific + 1);
        }
        int end = DecimalDigits.put(to, DecimalDigits.withPoint(to, at, digits, count, 1), 'E');
        if (scientific < 0) {
            end = DecimalDigits.put(to, end, '-');
        }
        int size = Math.abs(scientific);
        return DecimalDigits.put(to, end, size, DecimalDigits.count(size));
    }

    /** Returns the floor of {@code log10(2^q)}, for exponents of doubles. */
    private static int floorLog10(int q) {
        return (int) ((q * 661_971_961_083L) >> 41);
    }

    /** Returns the floor of {@code log10(3/4 * 2^q)}, for exponents of doubles. */
    private static int floorLog10OfThreeQuarters(int q) {
        return (int) ((q * 661_971_961_083L - 274_743_187_321L) >> 41);
    }

    /** Returns the floor of {@code log2(10^e)}, for exponents of doubles. */
    private static int floorLog2OfPower(int e) {
        return (int) ((e * 913_124_641_741L) >> 38);
    }

    private static long[] powers() {
        long[] powers = new long[2 * (MOST_POWER - LEAST_POWER + 1)];
        for (int k = LEAST_POWER; k <= MOST_POWER; k++) {
            int surplus = floorLog2OfPower(-k) + 1 - POWER_BITS;
            BigInteger power = BigInteger.TEN.pow(Math.abs(k));
            BigInteger leading = k <= 0
                    ? power.shiftRight(surplus)
                    : BigInteger.ONE.shiftLeft(-surplus).divide(power);
            BigInteger rounded = leading.add(BigInteger.ONE);
            powers[2 * (k - LEAST_POWER)] = rounded.shiftRight(63).longValueExact();
            powers[2 * (k - LEAST_POWER) + 1] = rounded.longValue() & LOW_63;
        }
        return powers;
    }
}

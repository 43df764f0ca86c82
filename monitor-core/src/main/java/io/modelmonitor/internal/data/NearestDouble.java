package io.modelmonitor.internal.data;

import java.math.BigInteger;

/**
 * The double nearest to a decimal of up to 18 digits, of two that are as near the even one: what {@link Double#parseDouble} makes
 * of it, in a tenth of the time (D. Lemire, "Number parsing at a gigabyte per second", 2021; that no decimal needs more bits
 * than these is shown by N. Mushtak and D. Lemire, "Fast number parsing without fallback", 2023).
 *
 * <p>The digits are multiplied by a power of ten of 128 bits, of which the product's upper 64 bits hold the double and the bits
 * that decide how it is rounded.
 */
final class NearestDouble {

    private static final int MOST_FRACTION = 18;
    private static final int FRACTION_BITS = 52;
    private static final int BIAS = 1023;

    /** The digits of a tie are at least {@code 2^53 * 5^n}, which fit 64 bits only up to this {@code n}. */
    private static final int MOST_FRACTION_OF_A_TIE = 4;

    /** The leading 128 bits of {@code 10^-n}, rounded up, in two halves for each {@code n}. */
    private static final long[] POWERS = new long[2 * (MOST_FRACTION + 1)];

    static {
        for (int n = 1; n <= MOST_FRACTION; n++) {
            BigInteger power = BigInteger.TEN.pow(n);
            // 10^n lies between two powers of two, so that the quotient has exactly 128 bits.
            BigInteger leading = BigInteger.ONE
                    .shiftLeft(127 + power.bitLength())
                    .divide(power)
                    .add(BigInteger.ONE);
            POWERS[2 * n] = leading.shiftRight(64).longValue();
            POWERS[2 * n + 1] = leading.longValue();
        }
    }

    private NearestDouble() {}

    /**
     * Returns the double nearest to {@code digits / 10^fraction}.
     *
     * @param digits from 1
     * @param fraction from 1 to 18
     */
    static double of(long digits, int fraction) {
        int shift = Long.numberOfLeadingZeros(digits);
        long whole = digits << shift;
        long high = multiplyHigh(whole, POWERS[2 * fraction]);
        long low = whole * POWERS[2 * fraction];
        if ((high & 0x1FF) == 0x1FF) {
            // The lower half of the power may carry into what is kept.
            long carry = multiplyHigh(whole, POWERS[2 * fraction + 1]);
            low += carry;
            high += Long.compareUnsigned(low, carry) < 0 ? 1 : 0;
        }
        int upper = (int) (high >>> 63);
        int dropped = upper + 64 - FRACTION_BITS - 3;
        long mantissa = high >>> dropped;
        boolean tie = Long.compareUnsigned(low, 1) <= 0
                && fraction <= MOST_FRACTION_OF_A_TIE
                && (mantissa & 3) == 1
                && mantissa << dropped == high;
        mantissa = tie ? mantissa & ~1 : mantissa + (mantissa & 1);
        // A mantissa that was rounded up to the next power of two carries into the exponent, as it should.
        int exponent = 62 + upper - shift - bitsOfPower(fraction);
        return Double.longBitsToDouble(((long) (exponent + BIAS - 1) << FRACTION_BITS) + (mantissa >>> 1));
    }

    /** Returns the floor of {@code log2(10^n)}. */
    private static int bitsOfPower(int n) {
        return (n * 217_706) >> 16;
    }

    private static long multiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }
}

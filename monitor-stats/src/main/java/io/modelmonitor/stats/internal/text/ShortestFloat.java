package io.modelmonitor.stats.internal.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Floats as doubles of the same digits: {@code 0.1f} is 0.1, and not the 0.10000000149011612 that a cast makes of it. The same on
 * every JDK, which {@link Float#toString} is only since 19 (JDK-4511638).
 */
public final class ShortestFloat {

    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};
    private static final double LARGEST_PLAIN = 0x1p24;
    private static final double LEAST_PLAIN = 1e-4;
    private static final int MOST_DIGITS = 9;

    private ShortestFloat() {}

    /**
     * Returns the decimal of the fewest digits that rounds to a float, of several the nearest to it. Takes constant time from
     * 10<sup>-4</sup> to 2<sup>24</sup>, else a microsecond.
     *
     * <p>A float of 24 bits times 5<sup>12</sup>, which has 28, is a double exactly; so what is rounded here is rounded once,
     * and so is the quotient.
     */
    public static double toDouble(float number) {
        double exact = number;
        double size = Math.abs(exact);
        if (exact == Math.rint(exact) && size <= LARGEST_PLAIN) {
            return exact;
        }
        if (size >= LEAST_PLAIN && size <= LARGEST_PLAIN) {
            for (int decimals = 1; decimals < POWERS.length; decimals++) {
                double candidate = Math.rint(exact * POWERS[decimals]) / POWERS[decimals];
                if ((float) candidate == number) {
                    return candidate;
                }
            }
        }
        return Float.isFinite(number) ? ofFewDigits(number) : exact;
    }

    private static double ofFewDigits(float number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 1; digits < MOST_DIGITS; digits++) {
            double candidate =
                    exact.round(new MathContext(digits, RoundingMode.HALF_EVEN)).doubleValue();
            if ((float) candidate == number) {
                return candidate;
            }
        }
        return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)).doubleValue();
    }
}

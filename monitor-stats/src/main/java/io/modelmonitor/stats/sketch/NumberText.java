package io.modelmonitor.stats.sketch;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers in their shortest form. {@link Double#toString} gives that only since JDK 19 (JDK-4511638); texts that are saved
 * and compared must be the same on every JDK.
 */
public final class NumberText {

    /** Every number of so many digits is told apart; 17 always do. */
    private static final int MOST_LIKELY_DIGITS = 15;

    private NumberText() {}

    /**
     * Returns the shortest text that reads back as the number.
     *
     * @param number any number
     * @param fractional whether whole numbers are written with a point
     */
    public static String of(double number, boolean fractional) {
        if (!fractional && number == Math.rint(number) && Math.abs(number) < 0x1p63) {
            return Long.toString((long) number);
        }
        String text = Double.toString(number);
        // Only texts of many digits can be too long.
        return text.length() < 15 || !Double.isFinite(number) ? text : shortest(number);
    }

    private static String shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = MOST_LIKELY_DIGITS; ; digits++) {
            BigDecimal down = exact.round(new MathContext(digits, RoundingMode.DOWN));
            BigDecimal up = exact.round(new MathContext(digits, RoundingMode.UP));
            boolean downReads = down.doubleValue() == number;
            // Next to a power of two the nearer of both may belong to the neighbour.
            if (up.doubleValue() == number && !(downReads && isNearer(down, up, exact))) {
                return layOut(up);
            }
            if (downReads) {
                return layOut(down);
            }
        }
    }

    private static boolean isNearer(BigDecimal one, BigDecimal other, BigDecimal exact) {
        return one.subtract(exact).abs().compareTo(other.subtract(exact).abs()) <= 0;
    }

    /** Writes digits as {@link Double#toString} does: plainly from 10<sup>-3</sup> to 10<sup>7</sup>, else scientifically. */
    private static String layOut(BigDecimal decimal) {
        BigDecimal stripped = decimal.stripTrailingZeros();
        String digits = stripped.unscaledValue().abs().toString();
        int exponent = digits.length() - stripped.scale() - 1;
        String sign = stripped.signum() < 0 ? "-" : "";
        if (exponent >= 7 || exponent < -3) {
            return sign + digits.charAt(0) + '.' + (digits.length() > 1 ? digits.substring(1) : "0") + 'E' + exponent;
        }
        String plain = stripped.abs().toPlainString();
        return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }
}

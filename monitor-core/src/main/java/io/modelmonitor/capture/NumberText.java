package io.modelmonitor.capture;

import io.modelmonitor.json.Json;

/**
 * Numbers as text that reads back as the same number, in few characters and quickly.
 *
 * <p>Most features have a few decimals. If {@code d * 10^k} rounds to a whole number {@code m} below 10^15 and
 * {@code m / 10^k} is {@code d} again, then {@code m} with a point is a text for {@code d}: both operands are exact, so the
 * division rounds as a parser does (W. D. Clinger, "How to read floating point numbers accurately", 1990). All other
 * numbers go the long way.
 */
final class NumberText {

    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    private static final double MOST_EXACT = 1e15;

    private NumberText() {}

    /**
     * Appends a number: NaN as nothing at all, since it stands for a missing value; infinity as {@code Infinity}.
     *
     * @param fractional whether a whole number gets {@code .0}, as a column of fractions has it
     */
    static void append(StringBuilder out, double number, boolean fractional) {
        if (Double.isNaN(number)) {
            return;
        }
        double size = Math.abs(number);
        if (size < MOST_EXACT && (size > 0 || 1 / number > 0)) {
            for (int decimals = 0; decimals < POWERS.length; decimals++) {
                double power = POWERS[decimals];
                double scaled = number * power;
                long whole = (long) scaled;
                if (whole == scaled && Math.abs(scaled) < MOST_EXACT && whole / power == number) {
                    appendDecimal(out, whole, decimals, fractional);
                    return;
                }
            }
        }
        out.append(Json.text(number));
    }

    private static void appendDecimal(StringBuilder out, long whole, int decimals, boolean fractional) {
        if (decimals == 0) {
            out.append(whole);
            if (fractional) {
                out.append(".0");
            }
            return;
        }
        if (whole < 0) {
            out.append('-');
        }
        long size = Math.abs(whole);
        long power = (long) POWERS[decimals];
        out.append(size / power).append('.');
        long rest = size % power;
        for (long digit = power / 10; digit > 1 && rest < digit; digit /= 10) {
            out.append('0');
        }
        out.append(rest);
    }
}

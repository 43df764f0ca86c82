package io.modelmonitor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers by a format that has one, {@code %d} or such as {@code %.2f}, as {@link String#format} writes them: that one reads its format and
 * the signs of a locale anew for each number, which takes longer than what tests do with it.
 */
final class FormattedNumber {

    private static final Pattern ONE = Pattern.compile("([^%]*)%(?:d|\\.(\\d)f)([^%]*)");

    private final String before;
    private final int digits;
    private final long unit;
    private final String after;

    private FormattedNumber(String before, int digits, String after) {
        this.before = before;
        this.digits = digits;
        this.unit = Math.round(Math.pow(10, digits));
        this.after = after;
    }

    static FormattedNumber of(String format) {
        Matcher one = ONE.matcher(format);
        if (!one.matches()) {
            throw new IllegalArgumentException("not one number: " + format);
        }
        return new FormattedNumber(
                one.group(1), one.group(2) == null ? 0 : Integer.parseInt(one.group(2)), one.group(3));
    }

    /** Returns a number in the format, which is far from the greatest whole one. */
    String of(double number) {
        long units = Math.round(Math.abs(number) * unit);
        StringBuilder text = new StringBuilder(before);
        if (number < 0) {
            text.append('-');
        }
        text.append(units / unit);
        if (digits > 0) {
            String fraction = Long.toString(units % unit);
            text.append('.').append("0".repeat(digits - fraction.length())).append(fraction);
        }
        return text.append(after).toString();
    }
}

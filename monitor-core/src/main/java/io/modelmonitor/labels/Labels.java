package io.modelmonitor.labels;

import io.modelmonitor.stats.internal.text.NumberText;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes labels comparable that were written by different hands: the label column of a file says {@code 1}, the model answers
 * {@code 1.0}, a JSON payload {@code true}, a quoted field {@code "1"}.
 *
 * <p>Blanks around a label and one pair of double quotes are dropped; numbers take their shortest form, whole ones without a
 * point; {@code true} and {@code false} in any case become {@code 1} and {@code 0}. All other text stays as it is.
 */
public final class Labels {

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?([0-9]{1,30}(\\.[0-9]{0,30})?|\\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?");

    private static final double LARGEST_WHOLE = 0x1p53;

    private Labels() {}

    /** Returns whether a label is a number. */
    public static boolean isNumber(String label) {
        return NUMBER.matcher(label).matches();
    }

    /** Returns the label that a number stands for. */
    public static String normalised(double number) {
        return number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE
                ? Long.toString((long) number)
                : NumberText.of(number, true);
    }

    /** Returns the label that a text stands for; empty if there is nothing in it. */
    public static String normalised(String text) {
        String label = text.strip();
        if (label.length() >= 2 && label.startsWith("\"") && label.endsWith("\"")) {
            label = label.substring(1, label.length() - 1).strip();
        }
        if (isNumber(label)) {
            return normalised(Double.parseDouble(label));
        }
        return switch (label.toLowerCase(Locale.ROOT)) {
            case "true" -> "1";
            case "false" -> "0";
            default -> label;
        };
    }
}

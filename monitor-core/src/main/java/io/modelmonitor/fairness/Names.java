package io.modelmonitor.fairness;

import io.modelmonitor.stats.internal.text.NumberText;
import java.util.Locale;

/** Formats numbers in names and notes. */
final class Names {

    private Names() {}

    /** A number in its shortest form, without a point if it is whole. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : NumberText.of(value, true);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * share);
    }

    static String count(long people) {
        return String.format(Locale.ROOT, "%,d", people);
    }
}

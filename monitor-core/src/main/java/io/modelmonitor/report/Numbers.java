package io.modelmonitor.report;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import java.util.Locale;

/** Numbers as a reader sees them: four significant digits, so that 0.9963 is not shown as a bound of 1 that it misses. */
final class Numbers {

    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};

    private Numbers() {}

    /** Returns a number with four significant digits, or all of a whole one below a billion. */
    static String of(double value) {
        return of(value, 4);
    }

    /** Returns a whole number, in groups of three digits. */
    static String of(long value) {
        return value < 0 ? Long.toString(value) : grouped(value);
    }

    /** Returns a number with at most seven significant digits. */
    static String of(double value, int digits) {
        if (Double.isNaN(value)) {
            return "undefined";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        double size = Math.abs(value);
        if (size < 1e9 && value == Math.rint(value)) {
            return (value < 0 ? "-" : "") + grouped((long) size);
        }
        if (size >= 1e9 || size < 1e-4) {
            return String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
        }
        int decimals = Math.max(0, digits - 1 - (int) Math.floor(StrictMath.log10(size)));
        if (decimals >= POWERS.length) {
            return String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
        }
        long scaled = Math.round(size * POWERS[decimals]);
        StringBuilder text = new StringBuilder(value < 0 ? "-" : "").append(grouped(scaled / POWERS[decimals]));
        long fraction = scaled % POWERS[decimals];
        if (fraction > 0) {
            text.append('.').append(Long.toString(POWERS[decimals] + fraction), 1, decimals + 1);
            while (text.charAt(text.length() - 1) == '0') {
                text.setLength(text.length() - 1);
            }
        }
        return text.toString();
    }

    /** Returns a share as percent, such as {@code 6.1 %}. */
    static String percent(double share) {
        return Double.isNaN(share) ? "no rows" : of(Math.rint(share * 1_000) / 10) + " %";
    }

    /** Returns a probability; those that nobody tells apart are {@code below 1e-9}. */
    static String probability(double p) {
        return Double.isNaN(p) ? "" : p < 1e-9 ? "below 1e-9" : of(p, 2);
    }

    /** Returns a bound in words, such as {@code at most 0.1}. */
    static String wanted(Bound bound) {
        if (bound.lower() == bound.upper()) {
            return "exactly " + of(bound.lower());
        }
        if (bound.lower() == Double.NEGATIVE_INFINITY) {
            return "at most " + of(bound.upper());
        }
        if (bound.upper() == Double.POSITIVE_INFINITY) {
            return "at least " + of(bound.lower());
        }
        return "between " + of(bound.lower()) + " and " + of(bound.upper());
    }

    /** Returns what a metric's evidence adds to its value, in words; empty for a fact. */
    static String evidence(Metric metric) {
        Evidence evidence = metric.evidence();
        if (evidence instanceof Evidence.Proportion share) {
            return of(share.successes()) + " of " + of(share.trials());
        }
        double[] interval = interval(metric);
        if (interval.length > 0 && interval[0] < interval[1]) {
            return "95 %: " + of(interval[0]) + " to " + of(interval[1]);
        }
        double expected = evidence.expectedByChance();
        return Double.isNaN(expected) ? "" : "chance gives " + of(expected, 2);
    }

    /** Returns the ends of the interval of 95 % around a value; none where its evidence gives none or is exact. */
    static double[] interval(Metric metric) {
        if (metric.evidence() instanceof Evidence.Limits limits) {
            // The grid's levels at z = -2 and z = 2 are those closest to 95 %.
            return new double[] {limits.limits().get(8), limits.limits().get(16)};
        }
        double error = metric.evidence().standardError();
        if (metric.evidence().isExact() || Double.isNaN(error) || !metric.isDefined()) {
            return new double[0];
        }
        return new double[] {
            Math.max(metric.scale().least(), metric.value() - 1.96 * error),
            Math.min(metric.scale().greatest(), metric.value() + 1.96 * error)
        };
    }

    private static String grouped(long whole) {
        String digits = Long.toString(whole);
        if (digits.length() <= 3) {
            return digits;
        }
        StringBuilder text = new StringBuilder(digits);
        for (int i = digits.length() - 3; i > 0; i -= 3) {
            text.insert(i, ',');
        }
        return text.toString();
    }
}

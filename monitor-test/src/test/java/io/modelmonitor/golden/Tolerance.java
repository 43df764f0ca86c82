package io.modelmonitor.golden;

import com.fasterxml.jackson.databind.JsonNode;
import org.assertj.core.api.Assertions;

/**
 * The largest allowed difference of two numbers: {@code |a − b| <= absolute + relative · max(|a|, |b|)}. Two NaNs are equal, and so are
 * two infinities of the same sign.
 */
record Tolerance(double relative, double absolute) {

    static final Tolerance EXACT = new Tolerance(0, 0);

    boolean accepts(double actual, double expected) {
        if (Double.isNaN(actual) || Double.isNaN(expected)) {
            return Double.isNaN(actual) && Double.isNaN(expected);
        }
        if (actual == expected) {
            return true;
        }
        if (Double.isInfinite(actual) || Double.isInfinite(expected)) {
            return false;
        }
        return Math.abs(actual - expected) <= absolute + relative * Math.max(Math.abs(actual), Math.abs(expected));
    }

    /** Fails with the name of what differs, both values, and how much of the tolerance the difference takes. */
    void check(String what, double actual, double expected) {
        if (!accepts(actual, expected)) {
            Assertions.fail("%s: expected %s but was %s (difference %s, allowed relative %s, absolute %s)"
                    .formatted(what, expected, actual, actual - expected, relative, absolute));
        }
    }

    /** As {@link #check(String, double, double)}; {@code null}, which stands for undefined, has to be NaN. */
    void check(String what, double actual, JsonNode expected) {
        check(what, actual, number(expected));
    }

    /** Checks numbers one by one, and that there are as many. */
    void check(String what, double[] actual, JsonNode expected) {
        Assertions.assertThat(actual.length).as(what + ": number of values").isEqualTo(expected.size());
        for (int i = 0; i < actual.length; i++) {
            check(what + "[" + i + "]", actual[i], expected.get(i));
        }
    }

    /**
     * Returns a number of a golden case, in which numbers that are not finite are the strings {@code "NaN"},
     * {@code "Infinity"} and {@code "-Infinity"}; NaN for {@code null}.
     */
    static double number(JsonNode node) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isNull()) {
            return Double.NaN;
        }
        if (node.isTextual()) {
            return Double.parseDouble(node.textValue());
        }
        throw new IllegalArgumentException("no number: " + node.getNodeType());
    }
}

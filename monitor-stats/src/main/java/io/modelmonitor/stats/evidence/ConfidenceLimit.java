package io.modelmonitor.stats.evidence;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Metric;

/**
 * The values that the truth behind a metric is unlikely to be beyond, found by turning its evidence around: the lower
 * limit is the greatest bound that the value would exceed by more than chance (the duality of tests and confidence
 * intervals; J. Neyman, 1937). Works for every kind of evidence; a fact's limits are its value.
 */
public final class ConfidenceLimit {

    private static final int MOST_STEPS = 60;

    private ConfidenceLimit() {}

    /**
     * Returns the one-sided lower limit.
     *
     * @param metric a defined metric
     * @param confidence the probability that the truth is above, such as 0.95
     * @return a value not above the metric's; negative infinity if nothing is too low; NaN if the metric is undefined
     */
    public static double lower(Metric metric, double confidence) {
        return limit(metric, confidence, -1);
    }

    /**
     * Returns the one-sided upper limit.
     *
     * @param metric a defined metric
     * @param confidence the probability that the truth is below, such as 0.95
     * @return a value not below the metric's; positive infinity if nothing is too high; NaN if the metric is undefined
     */
    public static double upper(Metric metric, double confidence) {
        return limit(metric, confidence, 1);
    }

    private static double limit(Metric metric, double confidence, int direction) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence is " + confidence + "; allowed is between 0 and 1");
        }
        double value = metric.value();
        if (!Double.isFinite(value) || metric.evidence().isCertain()) {
            return value;
        }
        double standardError = metric.evidence().standardError();
        double step = standardError > 0 ? standardError : Math.max(1e-9, Math.abs(value) * 1e-6);
        double near = 0;
        double far = step;
        for (int i = 0; plausible(metric, direction * far, confidence); i++) {
            if (i == MOST_STEPS) {
                return direction * Double.POSITIVE_INFINITY;
            }
            near = far;
            far *= 2;
        }
        for (int i = 0; i < MOST_STEPS; i++) {
            double middle = (near + far) / 2;
            if (plausible(metric, direction * middle, confidence)) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return value + direction * near;
    }

    /** Whether chance explains the value if the truth is so far away from it. */
    private static boolean plausible(Metric metric, double away, double confidence) {
        double truth = metric.value() + away;
        Bound bound = away < 0 ? Bound.atMost(truth) : Bound.atLeast(truth);
        return metric.evidence().pValue(metric.value(), bound) > 1 - confidence;
    }
}

package io.modelmonitor.stats.evidence;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Computes confidence limits of the truth by inverting one-sided tests: the lower limit is the greatest bound that the value
 * would exceed by more than chance (the duality of tests and confidence intervals; J. Neyman, 1937). Works for every kind of
 * evidence; the limits of an exact value are the value.
 */
public final class ConfidenceLimit {

    private static final int MOST_STEPS = 60;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private ConfidenceLimit() {}

    /** A one-sided test of a value, as a function of the bound. */
    @FunctionalInterface
    public interface Test {

        /** Returns the probability of a value at least as far out if the truth lies inside the bound, from 0 to 1. */
        double pValue(double value, Bound bound);
    }

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
        if (!Double.isFinite(metric.value()) || metric.evidence().isExact()) {
            return metric.value();
        }
        return limit(
                metric.value(),
                metric.evidence().standardError(),
                confidence,
                direction,
                (value, bound) -> PValues.of(metric.evidence(), value, bound));
    }

    /**
     * Returns the limits of a value on the grid of {@link Evidence.Limits}, found by inverting a test.
     *
     * @param value the measured value, finite
     * @param standardError the value's standard error, from which the search starts; NaN when there is none
     * @param expectedByChance the value to be expected if nothing changed; NaN when there is none
     * @param test the test of the value
     */
    public static Evidence.Limits limits(double value, double standardError, double expectedByChance, Test test) {
        List<Double> limits = new ArrayList<>();
        for (int i = 0; i < Evidence.Limits.SIZE; i++) {
            double z = Evidence.Limits.quantile(i);
            limits.add(
                    z == 0
                            ? value
                            : limit(
                                    value,
                                    standardError,
                                    NORMAL.cumulativeProbability(Math.abs(z)),
                                    z < 0 ? -1 : 1,
                                    test));
        }
        // The search ends within rounding of a limit, so that equal limits may come in either order.
        Collections.sort(limits);
        return new Evidence.Limits(standardError, expectedByChance, limits);
    }

    private static double limit(double value, double standardError, double confidence, int direction, Test test) {
        double step = standardError > 0 ? standardError : Math.max(1e-9, Math.abs(value) * 1e-6);
        double near = 0;
        double far = step;
        for (int i = 0; plausible(value, direction * far, confidence, test); i++) {
            if (i == MOST_STEPS) {
                return direction * Double.POSITIVE_INFINITY;
            }
            near = far;
            far *= 2;
        }
        for (int i = 0; i < MOST_STEPS; i++) {
            double middle = (near + far) / 2;
            if (plausible(value, direction * middle, confidence, test)) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return value + direction * near;
    }

    /** Returns whether chance explains the value if the truth is so far away from it. */
    private static boolean plausible(double value, double away, double confidence, Test test) {
        double truth = value + away;
        Bound bound = away < 0 ? Bound.atMost(truth) : Bound.atLeast(truth);
        return test.pValue(value, bound) > 1 - confidence;
    }
}

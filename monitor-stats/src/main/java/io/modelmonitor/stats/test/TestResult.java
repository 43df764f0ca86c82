package io.modelmonitor.stats.test;

import io.modelmonitor.api.Metric;

/**
 * The result of a statistical test.
 *
 * @param statistic the test's statistic; NaN when the test is undefined
 * @param degreesOfFreedom the degrees of freedom of its reference distribution; NaN when that has none
 * @param pValue the probability of such a statistic if nothing differs, from 0 to 1; NaN when undefined
 * @param reason why the p-value is undefined, in one line; empty when it is defined
 */
public record TestResult(double statistic, double degreesOfFreedom, double pValue, String reason) {

    /**
     * Creates a result.
     *
     * @throws IllegalArgumentException if there is neither a p-value nor a reason
     */
    public TestResult {
        if (Double.isNaN(pValue) == reason.isEmpty()) {
            throw new IllegalArgumentException("pValue " + pValue + " with reason '" + reason
                    + "'; a result has a p-value, or a reason why there is none");
        }
    }

    /** Creates a defined result without degrees of freedom. */
    public static TestResult of(double statistic, double pValue) {
        return of(statistic, Double.NaN, pValue);
    }

    /**
     * Creates a defined result; rounding errors that leave [0, 1] are cut off. An undefined one for NaN, which is what is left
     * of numbers that a double cannot hold.
     */
    public static TestResult of(double statistic, double degreesOfFreedom, double pValue) {
        return Double.isNaN(pValue)
                ? undefined("the values are too far apart or too close to compute with")
                : new TestResult(statistic, degreesOfFreedom, Math.max(0, Math.min(1, pValue)), "");
    }

    /** Creates an undefined result. */
    public static TestResult undefined(String reason) {
        return new TestResult(Double.NaN, Double.NaN, Double.NaN, reason);
    }

    /** Returns whether there is a p-value; if not, the reason says why. */
    public boolean isDefined() {
        return reason.isEmpty();
    }

    /** Returns the p-value as a metric. */
    public Metric asMetric(String name, String subject) {
        return isDefined() ? Metric.of(subject, name, pValue) : Metric.undefined(subject, name, reason);
    }
}

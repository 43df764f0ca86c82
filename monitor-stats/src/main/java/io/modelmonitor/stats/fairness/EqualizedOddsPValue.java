package io.modelmonitor.stats.fairness;

import io.modelmonitor.api.Bound;
import io.modelmonitor.stats.evidence.ConfidenceLimit;

/**
 * Tests the equalized odds difference, which is the greater of two distances and has a corner wherever they are equal: so
 * the two are tested, and the tests combined. Above a bound one of them must be, and chance had two tries, hence
 * twice the smaller p-value (Bonferroni); below a bound both must be, hence the greater (R. Berger's intersection–union
 * test, 1982).
 *
 * @param truePositives TPR_d − TPR_a
 * @param truePositiveTest the test of it
 * @param falsePositives FPR_d − FPR_a
 * @param falsePositiveTest the test of it
 */
record EqualizedOddsPValue(
        double truePositives,
        ConfidenceLimit.Test truePositiveTest,
        double falsePositives,
        ConfidenceLimit.Test falsePositiveTest)
        implements ConfidenceLimit.Test {

    @Override
    public double pValue(double value, Bound bound) {
        if (bound.holds(value)) {
            return 1;
        }
        if (value > bound.upper()) {
            Bound symmetric = Bound.between(-Math.max(0, bound.upper()), Math.max(0, bound.upper()));
            return Math.min(
                    1,
                    2
                            * Math.min(
                                    truePositiveTest.pValue(truePositives, symmetric),
                                    falsePositiveTest.pValue(falsePositives, symmetric)));
        }
        return Math.max(
                beyond(truePositives, truePositiveTest, bound.lower()),
                beyond(falsePositives, falsePositiveTest, bound.lower()));
    }

    private static double beyond(double difference, ConfidenceLimit.Test test, double limit) {
        return test.pValue(difference, difference < 0 ? Bound.atMost(-limit) : Bound.atLeast(limit));
    }
}

package io.modelmonitor.stats.fairness;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;

/**
 * How sure the equalized odds difference is, which is the greater of two distances and has a corner wherever they are
 * equal: so the two are tested, and the tests combined. Above a bound one of them must be, and chance had two tries, hence
 * twice the smaller p-value (Bonferroni); below a bound both must be, hence the greater (R. Berger's intersection–union
 * test, 1982).
 *
 * @param truePositives TPR_d − TPR_a
 * @param truePositiveEvidence how sure that is
 * @param falsePositives FPR_d − FPR_a
 * @param falsePositiveEvidence how sure that is
 */
record EqualizedOddsEvidence(
        double truePositives, Evidence truePositiveEvidence, double falsePositives, Evidence falsePositiveEvidence)
        implements Evidence {

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
                                    truePositiveEvidence.pValue(truePositives, symmetric),
                                    falsePositiveEvidence.pValue(falsePositives, symmetric)));
        }
        return Math.max(
                beyond(truePositives, truePositiveEvidence, bound.lower()),
                beyond(falsePositives, falsePositiveEvidence, bound.lower()));
    }

    private static double beyond(double difference, Evidence evidence, double limit) {
        return evidence.pValue(difference, difference < 0 ? Bound.atMost(-limit) : Bound.atLeast(limit));
    }
}

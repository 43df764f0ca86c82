package io.modelmonitor.api;

import java.util.Objects;

/**
 * A constraint held against its metric.
 *
 * @param constraint what was wanted
 * @param metric what was measured; undefined, with a reason, when it could not be
 * @param pValue the probability of such a value if the truth lies inside the bound, from 0 to 1; 1 when the value itself
 *     does; NaN when undefined
 * @param adjustedPValue the same, corrected over all constraints of the report
 * @param outcome the verdict on this constraint
 */
public record Assessment(Constraint constraint, Metric metric, double pValue, double adjustedPValue, Outcome outcome) {

    /** A verdict on one constraint. */
    public enum Outcome {
        /** It was measured, and its value lies inside the bound or is explained by chance. */
        HOLDS,
        /** Its value lies outside the bound and chance does not explain it, or nothing measures it. */
        VIOLATED,
        /** There was nothing to measure it of, or the calculator that measures it failed, so that nothing can be said. */
        NOT_JUDGED
    }

    /** Creates an assessment. */
    public Assessment {
        Objects.requireNonNull(constraint, "constraint");
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(outcome, "outcome");
    }

    /** Returns whether the constraint was measured and holds. */
    public boolean holds() {
        return outcome == Outcome.HOLDS;
    }
}

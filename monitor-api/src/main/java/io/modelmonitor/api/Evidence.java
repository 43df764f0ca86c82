package io.modelmonitor.api;

/**
 * How sure a metric is of its value: given a bound, how likely is a value like this one if the truth lies inside it?
 *
 * <p>A constraint is violated when the value lies outside its bound and chance does not explain it. This is the part that
 * knows about chance. It comes from a standard error, from resampled counts, from exact counts, or from the distribution
 * that a distance has when nothing changed; facts, such as a missing column, are {@link #certain()}.
 *
 * <p>Implementations are pure and safe for use by several threads.
 */
@FunctionalInterface
public interface Evidence {

    /**
     * Returns the probability to measure a value at least as far out as this one, if the truth lies inside the bound.
     *
     * @param value the measured value, not NaN
     * @param bound what is wanted of it
     * @return a probability from 0 to 1; near 0 when chance does not explain the value
     */
    double pValue(double value, Bound bound);

    /** Returns the standard error of the value, in its unit; NaN when there is none. */
    default double standardError() {
        return Double.NaN;
    }

    /**
     * Returns the value to be expected from chance alone, when nothing changed, in the metric's unit: what a reader holds a
     * distance against. NaN when there is none, as of a share.
     */
    default double expectedByChance() {
        return Double.NaN;
    }

    /** Returns whether the value is a fact that chance has no part in, which needs no correction for multiplicity. */
    default boolean isCertain() {
        return false;
    }

    /** Returns the evidence of a fact: p = 0 outside the bound and p = 1 inside. */
    static Evidence certain() {
        return CertainEvidence.INSTANCE;
    }

    /**
     * Returns the evidence of a distance whose p-value under "nothing changed" is known, whatever the bound; the bound is
     * then the size from which a change matters.
     *
     * @param pValue a probability from 0 to 1
     * @throws IllegalArgumentException if it is not
     */
    static Evidence ofPValue(double pValue) {
        if (!(pValue >= 0 && pValue <= 1)) {
            throw new IllegalArgumentException("pValue " + pValue + " is no probability; allowed is 0 to 1");
        }
        return (value, bound) -> pValue;
    }
}

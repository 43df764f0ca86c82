package io.modelmonitor.quality;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;

/**
 * The evidence of the worst of several segments: the more there are, the further out the worst is by chance, so
 * p' = 1 − (1 − p)<sup>k</sup> (Z. Šidák, Journal of the American Statistical Association 62, 1967).
 *
 * @param ofOne the evidence of the segment that is the worst
 * @param segments k, how many were compared
 */
record WorstOf(Evidence ofOne, int segments) implements Evidence {

    @Override
    public double pValue(double value, Bound bound) {
        return -Math.expm1(segments * Math.log1p(-ofOne.pValue(value, bound)));
    }

    @Override
    public double standardError() {
        return ofOne.standardError();
    }

    @Override
    public boolean isCertain() {
        return ofOne.isCertain();
    }
}

package io.modelmonitor.stats.internal.drift;

/**
 * The place of a distance in its null distribution.
 *
 * @param pValue the probability of a distance at least as large; NaN when it is undefined
 * @param expected the mean distance; NaN when it is undefined
 */
record NullSummary(double pValue, double expected) {

    static NullSummary of(MonteCarloNull resampling) {
        return new NullSummary(resampling.pValue(), resampling.expected());
    }
}

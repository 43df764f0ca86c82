package io.modelmonitor.stats.drift;

/**
 * What chance says of a distance when nothing changed.
 *
 * @param pValue the probability of a distance at least as large; NaN when it is undefined
 * @param expected the mean distance; NaN when it is undefined
 */
record Chance(double pValue, double expected) {

    static Chance of(Resampling resampling) {
        return new Chance(resampling.pValue(), resampling.expected());
    }
}

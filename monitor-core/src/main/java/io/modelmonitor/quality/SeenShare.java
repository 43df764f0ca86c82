package io.modelmonitor.quality;

import io.modelmonitor.api.Evidence.Proportion;

/**
 * The share of further rows whose value a sample has met. The share of its rows whose value occurred once is the share of new ones to
 * expect (I. J. Good, The population frequencies of species, Biometrika 40, 1953). That varies more than a share of independent rows does,
 * by the values that occurred twice (W. W. Esty, A normal limit law for a nonparametric estimator of the coverage of a random sample, The
 * Annals of Statistics 11, 1983): it is given as the share of so many fewer rows.
 */
final class SeenShare {

    private SeenShare() {}

    /**
     * Returns the share.
     *
     * @param present the number of rows with a value, at least 1
     * @param once the number of rows whose value occurred once
     * @param twice the number of values that occurred twice
     */
    static Proportion of(long present, long once, long twice) {
        double independent = (double) once * (present - once) / present;
        double factor = independent > 0 ? independent / (independent + 2 * twice) : 1;
        long rows = Math.max(1, Math.round(factor * present));
        return new Proportion(rows - Math.min(rows, Math.round(factor * once)), rows);
    }
}

package io.modelmonitor.stats.evidence;

import io.modelmonitor.api.Bound;
import io.modelmonitor.stats.internal.SortedReplicates;

/**
 * The evidence of a value that was computed again on resampled data.
 *
 * <p>The p-value is that of the percentile interval turned around (B. Efron and R. Tibshirani, An Introduction to the
 * Bootstrap, 1993, §15): the share of replicates that lie inside the bound, or beyond it on the other side, counting one
 * more as if the truth had been drawn too, so that it is never 0.
 */
public final class Replicates {

    private final SortedReplicates sorted;
    private final double standardError;

    private Replicates(SortedReplicates sorted) {
        this.sorted = sorted;
        boolean isFinite = Double.isFinite(sorted.at(0)) && Double.isFinite(sorted.at(sorted.size()));
        this.standardError = isFinite ? sorted.standardDeviation() : Double.NaN;
    }

    /**
     * Creates the evidence.
     *
     * @param replicates the values on resampled data, in any order; copied; NaN among them are left out
     * @throws IllegalArgumentException if fewer than 20 remain
     */
    public static Replicates of(double[] replicates) {
        SortedReplicates defined = SortedReplicates.of(replicates);
        if (defined.size() < 20) {
            throw new IllegalArgumentException("replicates: " + defined.size() + " of " + replicates.length
                    + " are numbers; at least 20 are needed");
        }
        return new Replicates(defined);
    }

    /** Returns the probability of the value if the truth lies inside the bound; 1 if the value does. */
    public double pValue(double value, Bound bound) {
        if (bound.holds(value)) {
            return 1;
        }
        int explained = value < bound.lower()
                ? sorted.size() - sorted.below(bound.lower())
                : sorted.below(Math.nextUp(bound.upper()));
        return (1.0 + explained) / (1.0 + sorted.size());
    }

    /** Returns the standard deviation of the replicates; NaN if one is infinite. */
    public double standardError() {
        return standardError;
    }

    /**
     * Returns a quantile of the replicates: the smallest of them with at least this share at or below it.
     *
     * @param probability a share from 0 to 1
     */
    public double quantile(double probability) {
        return sorted.at((int) Math.ceil(probability * sorted.size()) - 1);
    }
}

package io.modelmonitor.stats.evidence;

import io.modelmonitor.api.Bound;
import java.util.Arrays;

/**
 * The evidence of a value that was computed again on resampled data.
 *
 * <p>The p-value is that of the percentile interval turned around (B. Efron and R. Tibshirani, An Introduction to the
 * Bootstrap, 1993, §15): the share of replicates that lie inside the bound, or beyond it on the other side, counting one
 * more as if the truth had been drawn too, so that it is never 0.
 */
public final class Replicates {

    private final double[] sorted;
    private final double standardError;

    private Replicates(double[] sorted) {
        this.sorted = sorted;
        this.standardError = standardDeviation(sorted);
    }

    /**
     * Creates the evidence.
     *
     * @param replicates the values on resampled data, in any order; copied; NaN among them are left out
     * @throws IllegalArgumentException if fewer than 20 remain
     */
    public static Replicates of(double[] replicates) {
        double[] defined = Arrays.stream(replicates)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (defined.length < 20) {
            throw new IllegalArgumentException("replicates: " + defined.length + " of " + replicates.length
                    + " are numbers; at least 20 are needed");
        }
        return new Replicates(defined);
    }

    /** Returns the probability of the value if the truth lies inside the bound; 1 if the value does. */
    public double pValue(double value, Bound bound) {
        if (bound.holds(value)) {
            return 1;
        }
        int explained =
                value < bound.lower() ? sorted.length - below(bound.lower()) : below(Math.nextUp(bound.upper()));
        return (1.0 + explained) / (1.0 + sorted.length);
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
        int index = (int) Math.ceil(probability * sorted.length) - 1;
        return sorted[Math.max(0, Math.min(sorted.length - 1, index))];
    }

    private int below(double limit) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double standardDeviation(double[] values) {
        double mean = 0;
        double squares = 0;
        int n = 0;
        for (double value : values) {
            if (Double.isInfinite(value)) {
                return Double.NaN;
            }
            n++;
            double delta = value - mean;
            mean += delta / n;
            squares += delta * (value - mean);
        }
        return Math.sqrt(squares / (n - 1));
    }
}

package io.modelmonitor.stats.evidence;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The evidence of a value that is about normally distributed around the truth.
 *
 * <p>The p-value is one-sided: with d the distance by which the value lies outside the bound, it is P(Z ≥ d / standard
 * error). A value inside the bound lies a negative distance outside, from the end that is nearer. This is Wald's test
 * (A. Wald, 1943) of the least favourable truth that the bound allows: its end.
 *
 * @param standardError the standard deviation of the value over repeated windows, in its unit; at least 0
 */
public record StandardError(double standardError) implements Evidence {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /**
     * Creates the evidence.
     *
     * @throws IllegalArgumentException if the standard error is negative or not finite
     */
    public StandardError {
        if (!(standardError >= 0) || Double.isInfinite(standardError)) {
            throw new IllegalArgumentException(
                    "standardError " + standardError + " is none; allowed is a finite number from 0");
        }
    }

    @Override
    public double pValue(double value, Bound bound) {
        double outside = Math.max(bound.lower() - value, value - bound.upper());
        if (standardError == 0) {
            return outside > 0 ? 0 : 1;
        }
        return NORMAL.survivalProbability(outside / standardError);
    }
}

package io.modelmonitor.stats.evidence;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The evidence of a share of rows: so many of so many, each by itself.
 *
 * <p>The p-value is that of the exact one-sided binomial test (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934)
 * against the end of the bound that the share has crossed: P(X ≤ successes) at the lower end, P(X ≥ successes) at the
 * upper. Takes constant time.
 *
 * @param successes how many rows have the property, from 0 to {@code trials}
 * @param trials how many rows there are, at least 0
 */
public record Proportion(long successes, long trials) implements Evidence {

    /**
     * Creates the evidence.
     *
     * @throws IllegalArgumentException if successes are not between 0 and trials
     */
    public Proportion {
        if (successes < 0 || successes > trials) {
            throw new IllegalArgumentException(
                    "successes " + successes + " of " + trials + " trials; allowed is 0 to " + trials);
        }
    }

    /** Returns the share, from 0 to 1; NaN when there are no trials. */
    public double value() {
        return (double) successes / trials;
    }

    @Override
    public double pValue(double value, Bound bound) {
        if (trials == 0) {
            return 1;
        }
        double below = bound.lower() <= 0 ? 1 : atMost(successes, bound.lower());
        double above = bound.upper() >= 1 ? 1 : atLeast(successes, bound.upper());
        return Math.min(below, above);
    }

    /** The usual estimate, sqrt(p(1−p)/n). */
    @Override
    public double standardError() {
        double share = value();
        return Math.sqrt(share * (1 - share) / trials);
    }

    // Both tails of the binomial distribution are values of the regularised incomplete beta function (NIST DLMF,
    // 8.17.5).

    private double atMost(long count, double probability) {
        if (count == trials) {
            return 1;
        }
        return probability >= 1
                ? 0
                : BetaDistribution.of(count + 1.0, (double) trials - count).survivalProbability(probability);
    }

    private double atLeast(long count, double probability) {
        if (count == 0) {
            return 1;
        }
        return probability <= 0
                ? 0
                : BetaDistribution.of((double) count, trials - count + 1.0).cumulativeProbability(probability);
    }
}

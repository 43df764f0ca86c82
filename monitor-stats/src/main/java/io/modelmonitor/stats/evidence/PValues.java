package io.modelmonitor.stats.evidence;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import java.util.List;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Computes p-values of evidence: the probability of a value at least as far out as the measured one, if the truth lies inside
 * the bound. All are one-sided, against the end of the bound that the value has crossed.
 *
 * <ul>
 *   <li>{@link Evidence.Exact}: 0 outside the bound, 1 inside.
 *   <li>{@link Evidence.Proportion}: the exact binomial test (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934), {@code P(X
 *       <= successes)} at the lower end and {@code P(X >= successes)} at the upper one.
 *   <li>{@link Evidence.ComparedProportion}: that test, too, where the bound is a requirement. Where it was learned from the
 *       baseline, 1 inside and Fisher's exact one-sided test of both counts outside (R. A. Fisher, On the interpretation of
 *       chi-square from contingency tables, 1922); with 2^31 rows or more, the conditional test of two Poisson counts, which is more
 *       careful (J. Przyborowski and H. Wilenski, Biometrika 31, 1940).
 *   <li>{@link Evidence.StandardError}: Wald's test (A. Wald, 1943), {@code P(Z >= d / standard error)} with d the distance from
 *       the nearer end, which is negative inside. Where the value is skewed, d/se is first transformed as in P. Hall, On the
 *       removal of skewness by transformation, Journal of the Royal Statistical Society B 54, 1992, which accounts for the spread
 *       being estimated from the same skewed values.
 *   <li>{@link Evidence.ComparedMean}: the greater of that and of a test with the spread and skewness of the baseline taken as
 *       known: of Pearson's type III distribution at the end towards which means are skewed, of the normal one at the other,
 *       where it is the more careful.
 *   <li>{@link Evidence.Limits}: the level at which the end of the bound is a confidence limit (the duality of tests and
 *       intervals; J. Neyman, 1937), interpolated between levels on the normal scale.
 *   <li>{@link Evidence.PValue}: as it is outside the bound; 0 if it was not tested, as nothing then speaks for chance.
 * </ul>
 *
 * <p>Takes constant time, Fisher's test time in proportion to the root of the counts. Pure and safe for use by several threads.
 */
public final class PValues {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** Below this skewness the normal distribution is within 0.2 % of Pearson's at any level from 0.05 to 0.001. */
    private static final double LEAST_SKEWNESS = 0.001;

    private PValues() {}

    /** Returns the p-value of a metric; NaN if it is undefined. */
    public static double of(Metric metric, Bound bound) {
        return metric.isDefined() ? of(metric.evidence(), metric.value(), bound) : Double.NaN;
    }

    /**
     * Returns the p-value of a value.
     *
     * @param evidence how sure the value is
     * @param value the measured value, not NaN
     * @param bound the allowed values
     * @return a probability from 0 to 1
     */
    public static double of(Evidence evidence, double value, Bound bound) {
        if (evidence instanceof Evidence.Proportion proportion) {
            return ofProportion(proportion, bound);
        }
        if (evidence instanceof Evidence.ComparedProportion compared) {
            return bound.isEstimate() ? ofChange(compared, value, bound) : ofProportion(compared.current(), bound);
        }
        if (evidence instanceof Evidence.StandardError error) {
            return ofStandardError(error, value, bound);
        }
        if (evidence instanceof Evidence.ComparedMean mean) {
            return Math.max(
                    ofStandardError(mean.current(), value, bound), ofKnownSpread(mean.baseline(), value, bound));
        }
        if (bound.holds(value)) {
            return 1;
        }
        if (evidence instanceof Evidence.Limits limits) {
            return value > bound.upper()
                    ? confidenceBelow(limits.limits(), bound.upper())
                    : confidenceAbove(limits.limits(), bound.lower());
        }
        return evidence instanceof Evidence.PValue test && !Double.isNaN(test.pValue()) ? test.pValue() : 0;
    }

    // Both tails of the binomial distribution are values of the regularised incomplete beta function (NIST DLMF,
    // 8.17.5).
    private static double ofProportion(Evidence.Proportion share, Bound bound) {
        if (share.trials() == 0) {
            return 1;
        }
        double below = bound.lower() <= 0 ? 1 : atMost(share, bound.lower());
        double above = bound.upper() >= 1 ? 1 : atLeast(share, bound.upper());
        return Math.min(below, above);
    }

    private static double atMost(Evidence.Proportion share, double probability) {
        if (share.successes() == share.trials()) {
            return 1;
        }
        return probability >= 1
                ? 0
                : BetaDistribution.of(share.successes() + 1.0, (double) share.trials() - share.successes())
                        .survivalProbability(probability);
    }

    private static double atLeast(Evidence.Proportion share, double probability) {
        if (share.successes() == 0) {
            return 1;
        }
        return probability <= 0
                ? 0
                : BetaDistribution.of((double) share.successes(), share.trials() - share.successes() + 1.0)
                        .cumulativeProbability(probability);
    }

    private static double ofChange(Evidence.ComparedProportion compared, double value, Bound bound) {
        if (bound.holds(value)) {
            return 1;
        }
        Evidence.Proportion now = compared.current();
        Evidence.Proportion before = compared.baseline();
        return value < bound.lower()
                ? moreOften(
                        now.trials() - now.successes(),
                        now.trials(),
                        before.trials() - before.successes(),
                        before.trials())
                : moreOften(now.successes(), now.trials(), before.successes(), before.trials());
    }

    /** Returns the probability that chance puts at least so many of the rows that have a property into the window. */
    private static double moreOften(long have, long rows, long hadBefore, long rowsBefore) {
        long all = have + hadBefore;
        if (have == 0) {
            return 1;
        }
        if (rows + rowsBefore <= Integer.MAX_VALUE) {
            return HypergeometricDistribution.of((int) (rows + rowsBefore), (int) all, (int) rows)
                    .survivalProbability((int) have - 1);
        }
        // Of all rows with the property, those of the window are binomial; the upper tail is a beta probability.
        return BetaDistribution.of((double) have, hadBefore + 1.0)
                .cumulativeProbability((double) rows / ((double) rows + rowsBefore));
    }

    private static double ofStandardError(Evidence.StandardError error, double value, Bound bound) {
        double outside = outside(value, bound);
        if (error.standardError() == 0) {
            return outside > 0 ? 0 : 1;
        }
        double t = outside / error.standardError();
        // As if the value had crossed the upper end: the mirror image has the opposite skewness.
        double skewness = isBelow(value, bound) ? -error.skewness() : error.skewness();
        return NORMAL.survivalProbability(
                t + skewness / 6 + skewness * t * t / 3 + skewness * skewness * t * t * t / 27);
    }

    private static double ofKnownSpread(Evidence.StandardError error, double value, Bound bound) {
        double outside = outside(value, bound);
        if (error.standardError() == 0) {
            return outside > 0 ? 0 : 1;
        }
        double t = outside / error.standardError();
        double skewness = isBelow(value, bound) ? -error.skewness() : error.skewness();
        if (skewness < LEAST_SKEWNESS) {
            return NORMAL.survivalProbability(t);
        }
        // A gamma variable of shape k has mean k, variance k and skewness 2/sqrt(k).
        double shape = 4 / (skewness * skewness);
        return GammaDistribution.of(shape, 1).survivalProbability(shape + t * Math.sqrt(shape));
    }

    /** Returns the distance from the nearer end, negative inside. */
    private static double outside(double value, Bound bound) {
        return Math.max(bound.lower() - value, value - bound.upper());
    }

    private static boolean isBelow(double value, Bound bound) {
        return bound.lower() - value > value - bound.upper();
    }

    /** Returns the confidence that the truth is at most a limit; where limits do not tell, the greater one. */
    private static double confidenceBelow(List<Double> limits, double limit) {
        int above = 0;
        while (above < limits.size() && limits.get(above) <= limit) {
            above++;
        }
        if (above == limits.size()) {
            return 1;
        }
        double z = Evidence.Limits.quantile(above);
        if (above > 0 && Double.isFinite(limits.get(above)) && Double.isFinite(limits.get(above - 1))) {
            z -= (limits.get(above) - limit) / (limits.get(above) - limits.get(above - 1)) / 2;
        }
        return NORMAL.cumulativeProbability(z);
    }

    /** Returns the confidence that the truth is at least a limit. */
    private static double confidenceAbove(List<Double> limits, double limit) {
        return confidenceBelow(limits.stream().map(value -> -value).sorted().toList(), -limit);
    }
}

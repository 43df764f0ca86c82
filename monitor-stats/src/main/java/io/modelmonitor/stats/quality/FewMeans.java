package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.FDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The evidence of means of few values, whose own spread says little: one value has none, and two may happen to be equal.
 *
 * <p>The lower limit of a mean of values of at least 0 is that of a share of n rows: of k values of one size c, and zeros besides, with
 * the same mean and the same mean square; so {@code c = Σx² / Σx} and {@code k = (Σx)² / Σx²}. Those of C. J. Clopper and E. S.
 * Pearson (1934) are quantiles of {@code c Beta(k, n - k + 1)}. For equal values these are the limits of N. Gaffke (Mathematical Methods
 * of Statistics 14, 2005); other values have wider ones here than there. Of a single value nothing is said.
 */
final class FewMeans {

    /** With as many values, a mean has a standard error. */
    static final int FEW = 50;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final int MIDDLE = Limits.SIZE / 2;

    private FewMeans() {}

    /** Returns the evidence of a mean of values that cannot be negative. */
    static Evidence ofSizes(Mean mean) {
        return ofSizes(mean.count(), mean.value(), mean.meanSquare(), mean.standardError());
    }

    /**
     * Returns the evidence of a mean of values that cannot be negative.
     *
     * @param count how many there are
     * @param mean their mean
     * @param meanSquare the mean of their squares
     * @param standardError the mean's standard error; NaN when there is none
     */
    static Evidence ofSizes(long count, double mean, double meanSquare, double standardError) {
        if (count < 2 || count >= FEW || !(mean > 0) || !Double.isFinite(meanSquare) || !(meanSquare > 0)) {
            return Uncertainty.of(standardError);
        }
        double size = meanSquare / mean;
        double rows = Math.min((double) count, count * mean / size);
        BetaDistribution share = BetaDistribution.of(rows, count - rows + 1);
        return limits(
                mean,
                standardError,
                tail -> size * share.inverseCumulativeProbability(tail),
                tail -> mean + NORMAL.inverseSurvivalProbability(tail) * standardError);
    }

    /**
     * Returns the evidence of a mean of values of any sign, by W. S. Gosset's distribution (Biometrika 6, 1908), with the spread that
     * a value of 0 more would give if that is greater.
     */
    static Evidence ofAny(long count, double mean, double meanSquare, double standardError) {
        if (count < 2 || count >= FEW || !Double.isFinite(meanSquare)) {
            return Uncertainty.of(standardError);
        }
        double share = count / (count + 1.0);
        double variance = Math.max(0, share * meanSquare - share * mean * share * mean);
        double spread = Math.max(standardError, Math.sqrt(variance / count));
        TDistribution t = TDistribution.of(count - 1.0);
        return limits(
                mean,
                standardError,
                tail -> mean + spread * t.inverseCumulativeProbability(tail),
                tail -> mean - spread * t.inverseCumulativeProbability(tail));
    }

    /**
     * Returns limits.
     *
     * @param lower returns the limit above which the truth lies but with a probability of at most 0.5
     * @param upper returns the one below which it lies but with such a probability
     */
    static Evidence limits(double value, double standardError, DoubleUnaryOperator lower, DoubleUnaryOperator upper) {
        List<Double> limits = new ArrayList<>(Collections.nCopies(Limits.SIZE, value));
        for (int i = 1; i <= MIDDLE; i++) {
            double tail = NORMAL.cumulativeProbability(Limits.quantile(MIDDLE - i));
            limits.set(MIDDLE - i, Math.min(limits.get(MIDDLE - i + 1), lower.applyAsDouble(tail)));
            limits.set(MIDDLE + i, Math.max(limits.get(MIDDLE + i - 1), upper.applyAsDouble(tail)));
        }
        return new Limits(standardError, Double.NaN, limits);
    }

    /**
     * Returns the evidence of one less a ratio of mean squares, the second of which a few rows may hardly have: at least that of the
     * ratio of two variances by G. W. Snedecor's distribution, as of half as many rows, which values of a kurtosis of 5 ask for.
     *
     * @param ratio the ratio of the mean squares
     * @param standardError the standard error of the value
     */
    static Evidence ofExplained(long count, double ratio, double standardError) {
        if (count < 2 || count >= FEW || !Double.isFinite(ratio) || !(ratio > 0)) {
            return Uncertainty.of(standardError);
        }
        double value = 1 - ratio;
        double unbiased = ratio * (count - 1) / count;
        FDistribution f = FDistribution.of(count / 2.0, (count - 1) / 2.0);
        return limits(
                value,
                standardError,
                tail -> Math.min(
                        value - NORMAL.inverseSurvivalProbability(tail) * standardError,
                        1 - unbiased / f.inverseCumulativeProbability(tail)),
                tail -> Math.max(
                        value + NORMAL.inverseSurvivalProbability(tail) * standardError,
                        1 - unbiased / f.inverseSurvivalProbability(tail)));
    }

    /** Returns evidence of a function of a value that ascends with it. */
    static Evidence map(Evidence evidence, double standardError, DoubleUnaryOperator ascending) {
        return evidence instanceof Limits limits
                ? new Limits(
                        standardError,
                        Double.NaN,
                        limits.limits().stream().map(ascending::applyAsDouble).toList())
                : Uncertainty.of(standardError);
    }

    /** Returns the evidence of another estimate of the same truth. */
    static Evidence about(double value, Evidence evidence) {
        return evidence instanceof Limits limits
                ? limits(value, limits.standardError(), tail -> at(limits, -1, tail), tail -> at(limits, 1, tail))
                : evidence;
    }

    private static double at(Limits limits, int direction, double tail) {
        int steps = (int) Math.round(-2 * NORMAL.inverseCumulativeProbability(tail));
        return limits.limits().get(MIDDLE + direction * steps);
    }

    /**
     * Returns the evidence of a weighted mean of values that may vary together, so that the mean of their limits, or of their standard
     * errors, is the most it can be off.
     */
    static Evidence average(double[] values, Evidence[] evidence, double[] weights) {
        double total = 0;
        double error = 0;
        double[] limits = new double[Limits.SIZE];
        boolean hasLimits = false;
        for (int i = 0; i < values.length; i++) {
            if (weights[i] > 0) {
                total += weights[i];
                error += weights[i] * evidence[i].standardError();
                hasLimits |= evidence[i] instanceof Limits;
                for (int j = 0; j < limits.length; j++) {
                    limits[j] += weights[i]
                            * (evidence[i] instanceof Limits ofOne
                                    ? ofOne.limits().get(j)
                                    : values[i] + Limits.quantile(j) * evidence[i].standardError());
                }
            }
        }
        double all = total;
        return hasLimits
                ? new Limits(
                        error / all,
                        Double.NaN,
                        Arrays.stream(limits).map(sum -> sum / all).boxed().toList())
                : Uncertainty.of(error / all);
    }
}

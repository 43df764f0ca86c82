package io.modelmonitor.watch;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * E-values: numbers of at least 0 whose mean is at most 1 as long as the truth lies inside the bound, given all that was seen before. Each
 * method returns the natural logarithms of {@value #SIZE} of them, made for changes of different size, the smallest first. All are pure, and
 * take constant time.
 */
final class EValues {

    /** The number of alternatives. */
    static final int SIZE = 6;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double[] SHIFTS = {0.5, 1, 1.75, 2.75, 4, 5.5};
    private static final double[] POINTS = {0.005, 0.01, 0.02, 0.04, 0.08, 0.16};
    /** Beyond, a double has no finite normal quantile. */
    private static final double LEAST_P = 1e-300;

    private EValues() {}

    /** Returns the same logarithm for all alternatives: 0 of what says nothing, infinity of what chance has no part in. */
    static double[] all(double logarithm) {
        double[] logarithms = new double[SIZE];
        Arrays.fill(logarithms, logarithm);
        return logarithms;
    }

    /**
     * Returns the e-values of a p-value: likelihood ratios of normal shifts d of either sign, {@code cosh(d z) exp(-d^2/2)} at the z with
     * {@code P(|Z| >= z) = p}. The mean over a uniform p is 1, and they fall with p, so that they calibrate any p-value (V. Vovk and R.
     * Wang, "E-values: calibration, combination and applications", Annals of Statistics 49, 2021).
     *
     * @param p from 0 to 1
     */
    static double[] ofPValue(double p) {
        double z = p >= 1 ? 0 : NORMAL.inverseSurvivalProbability(Math.max(p, LEAST_P) / 2);
        double[] logarithms = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            double shifted = SHIFTS[i] * z;
            double cosh = shifted + StrictMath.log1p(StrictMath.exp(-2 * shifted)) - StrictMath.log(2);
            logarithms[i] = cosh - SHIFTS[i] * SHIFTS[i] / 2;
        }
        return p <= 0 ? all(Double.POSITIVE_INFINITY) : logarithms;
    }

    /**
     * Returns the e-values of counts against a greatest rate: the likelihood ratios {@code (q/p0)^S ((1-q)/(1-p0))^(n-S)}, q = p0 + 0.5,
     * 1, 2, 4, 8 and 16 points. The mean of each grows with the true rate, so that p0 is the worst inside (A. Wald, "Sequential
     * Analysis", 1947, section 3.1).
     *
     * @param successes the number of rows that have the property, S
     * @param trials the number of rows, n
     * @param rate the greatest allowed rate p0, from 0 to 1
     */
    static double[] ofCounts(long successes, long trials, double rate) {
        if (trials == 0 || rate >= 1) {
            return all(0);
        }
        if (rate <= 0) {
            return all(successes > 0 ? Double.POSITIVE_INFINITY : 0);
        }
        double[] logarithms = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            // A rate that leaves no room above is replaced by one half of the way to 1.
            double other = rate + Math.min(POINTS[i], (1 - rate) / 2);
            logarithms[i] = successes * StrictMath.log(other / rate)
                    + (trials - successes) * (StrictMath.log1p(-other) - StrictMath.log1p(-rate));
        }
        return logarithms;
    }

    /** Returns the e-values of counts against a bound of the rate: of an end, or the mean of both if both can be crossed. */
    static double[] ofCounts(Evidence.Proportion counts, Bound bound) {
        boolean above = bound.upper() < 1;
        boolean below = bound.lower() > 0;
        double[] tooMany = above ? ofCounts(counts.successes(), counts.trials(), bound.upper()) : all(0);
        double[] tooFew =
                below ? ofCounts(counts.trials() - counts.successes(), counts.trials(), 1 - bound.lower()) : all(0);
        for (int i = 0; i < SIZE; i++) {
            tooMany[i] = above && below ? addition(tooMany[i], tooFew[i]) - StrictMath.log(2) : tooMany[i] + tooFew[i];
        }
        return tooMany;
    }

    /**
     * Returns a p-value that is valid given the baseline, of one that is valid only on average over baselines.
     *
     * <p>Let the statistic be normal, {@code Z = (x - y)/(s sqrt(1/m + 1/n))} with x of m rows, y of n reference rows and r = m/n. Given
     * the baseline, whose error is at most {@code c s/sqrt(n)} with the wanted confidence, {@code Z sqrt(1 + r)} is normal with variance 1
     * and a mean of at most {@code c sqrt(r)} in size, so that {@code P(|Z| >= z)} is at most {@code P(N >= z sqrt(1 + r) - c
     * sqrt(r)) + P(N >= z sqrt(1 + r) + c sqrt(r))}. Statistics of several degrees of freedom are taken likewise, at the z of their
     * p-value: in units of its deviation, a noncentral chi-square of k degrees grows by less than one of 1. The derivation is ours; the benchmark
     * {@code YearOfWindows} holds it to the promise at 1, 5 and 20 degrees.
     *
     * @param p the p-value, from 0 to 1
     * @param ratio the rows of the window over those of the baseline, r
     * @param quantile the baseline's error in its standard errors, c
     */
    static double givenBaseline(double p, double ratio, double quantile) {
        if (p <= 0 || p >= 1 || ratio <= 0) {
            return p;
        }
        double z = NORMAL.inverseSurvivalProbability(Math.max(p, LEAST_P) / 2) * Math.sqrt(1 + ratio);
        double error = quantile * Math.sqrt(ratio);
        double worst = NORMAL.survivalProbability(z - error) + NORMAL.survivalProbability(z + error);
        return Math.min(1, Math.max(p, worst));
    }

    /**
     * Returns a bound that was learned from the baseline, made wider by what the baseline's rows leave open: beyond the confidence
     * limits of its own share.
     *
     * @param probability the probability of an error at each end
     */
    static Bound inside(Evidence.Proportion baseline, Bound bound, double probability) {
        long have = baseline.successes();
        long lack = baseline.trials() - have;
        double least = have == 0
                ? 0
                : BetaDistribution.of((double) have, lack + 1.0).inverseCumulativeProbability(probability);
        double most =
                lack == 0 ? 1 : BetaDistribution.of(have + 1.0, (double) lack).inverseSurvivalProbability(probability);
        return new Bound(Math.min(bound.lower(), least), Math.max(bound.upper(), most), true);
    }

    /** Returns the standard normal quantile that is exceeded with a probability. */
    static double quantile(double probability) {
        return NORMAL.inverseSurvivalProbability(probability);
    }

    /** Returns ln(exp(a) + exp(b)). */
    static double addition(double a, double b) {
        double greater = Math.max(a, b);
        return Double.isInfinite(greater)
                ? greater
                : greater + StrictMath.log1p(StrictMath.exp(Math.min(a, b) - greater));
    }
}

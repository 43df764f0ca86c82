package io.modelmonitor.stats.test;

import io.modelmonitor.stats.internal.Samples;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * Tests of location that need no distribution, on midranks. Undefined for an empty sample, one with NaN, or when all values
 * are equal.
 *
 * <p>Each takes a sort's time unless its method says otherwise. Pure and safe for use by several threads.
 */
public final class RankTests {

    private static final int EXACT_PAIRS = 40_000;

    private RankTests() {}

    /** The computation of the p-value of the Mann-Whitney test; all are two-sided. */
    public enum Method {
        /** The normal approximation, corrected for ties and for continuity. */
        NORMAL_WITH_CONTINUITY,
        /** The normal approximation, corrected for ties. */
        NORMAL,
        /**
         * Counting all orders; undefined with ties, and for more than 40,000 pairs of values. Takes time in proportion to
         * the square of their number, about a second at most.
         */
        EXACT
    }

    /**
     * Returns the two-sided Mann-Whitney test. The statistic is U of the reference: in how many pairs its value is greater,
     * ties as half. Source: Mann and Whitney (1947), On a test of whether one of two random variables is stochastically
     * larger than the other.
     */
    public static TestResult mannWhitney(double[] reference, double[] current, Method method) {
        String problem = problem(reference, current);
        if (!problem.isEmpty()) {
            return TestResult.undefined(problem);
        }
        // The library takes zeros of different signs as different values, so it is given samples without negative ones.
        MannWhitneyUTest.Result result = MannWhitneyUTest.withDefaults()
                .with(PValueMethod.ASYMPTOTIC)
                .with(
                        method == Method.NORMAL_WITH_CONTINUITY
                                ? ContinuityCorrection.ENABLED
                                : ContinuityCorrection.DISABLED)
                .test(Samples.sorted(reference), Samples.sorted(current));
        return method == Method.EXACT
                ? exact(reference, current, result.getStatistic())
                : TestResult.of(result.getStatistic(), result.getPValue());
    }

    private static TestResult exact(double[] reference, double[] current, double statistic) {
        if (hasTies(Samples.pooled(reference, current))) {
            return TestResult.undefined("there are ties, which the exact distribution of ranks does not know");
        }
        long pairs = (long) reference.length * current.length;
        if (pairs > EXACT_PAIRS) {
            return TestResult.undefined(
                    "there are " + pairs + " pairs of values; counting all orders is for at most " + EXACT_PAIRS);
        }
        int least = (int) Math.min(statistic, pairs - statistic);
        int larger = Math.max(reference.length, current.length);
        int smaller = Math.min(reference.length, current.length);
        return TestResult.of(statistic, 2 * RankSums.atMost(larger, smaller, least));
    }

    /**
     * Returns the Kruskal-Wallis test of two or more samples, corrected for ties, with its chi-square approximation. Source:
     * Kruskal and Wallis (1952), Use of ranks in one-criterion variance analysis.
     */
    public static TestResult kruskalWallis(double[]... samples) {
        String problem = problem(samples);
        if (!problem.isEmpty()) {
            return TestResult.undefined(problem);
        }
        double[] pooled = Samples.pooled(samples);
        double size = pooled.length;
        double sum = 0;
        for (double[] sample : samples) {
            double excess = 0;
            for (double value : sample) {
                excess += midrank(pooled, value) - (size + 1) / 2;
            }
            sum += excess * excess / sample.length;
        }
        double statistic = 12 / (size * (size + 1)) * sum / (1 - tieCorrection(pooled));
        int degreesOfFreedom = samples.length - 1;
        return TestResult.of(
                statistic,
                degreesOfFreedom,
                ChiSquaredDistribution.of(degreesOfFreedom).survivalProbability(statistic));
    }

    private static String problem(double[]... samples) {
        if (samples.length < 2) {
            return "there are " + samples.length + " samples; the test compares at least 2";
        }
        String problem = Samples.problem(1, samples);
        return problem.isEmpty() && Samples.allEqual(samples) ? "all values are equal" : problem;
    }

    private static boolean hasTies(double[] sorted) {
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                return true;
            }
        }
        return false;
    }

    private static double midrank(double[] sorted, double value) {
        return (Samples.countBelow(sorted, value) + Samples.countUpTo(sorted, value) + 1) / 2.0;
    }

    /** Returns {@code sum (t^3 - t) / (N^3 - N)} over the ties of t values each. */
    private static double tieCorrection(double[] sorted) {
        double size = sorted.length;
        double sum = 0;
        for (int i = 0; i < sorted.length; ) {
            int end = Samples.countUpTo(sorted, sorted[i]);
            double ties = end - i;
            sum += ties * ties * ties - ties;
            i = end;
        }
        return sum / (size * size * size - size);
    }
}

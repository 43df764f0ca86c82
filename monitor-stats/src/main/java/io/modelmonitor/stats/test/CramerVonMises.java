package io.modelmonitor.stats.test;

import io.modelmonitor.stats.internal.Samples;
import org.apache.commons.math3.util.CombinatoricsUtils;

/**
 * The two-sample Cramer-von Mises test on midranks. Source: Anderson (1962), On the distribution of the two-sample Cramer-von
 * Mises criterion. Undefined for samples of fewer than two values or with NaN.
 *
 * <p>The statistic is not corrected for ties, with which the p-value is off; calibrated evidence accounts for them.
 *
 * <p>Pure and safe for use by several threads.
 */
public final class CramerVonMises {

    private static final int EXACT_SIZE = 20;

    private CramerVonMises() {}

    /**
     * Returns the test with the p-value of the limit distribution, after the statistic was moved to the limit's mean and
     * variance. Precise down to the smallest p-values. Takes a sort's time.
     */
    public static TestResult asymptotic(double[] reference, double[] current) {
        return asymptotic(reference, current, 0);
    }

    /**
     * Returns the test with a p-value from the limit's series, of which the terms below a size are left out, as SciPy leaves
     * out those below 1e-7. The p-value is then off by about as much and never gets smaller: for comparison only.
     *
     * @param leastTerm the size, from 0 to 1
     */
    public static TestResult asymptotic(double[] reference, double[] current, double leastTerm) {
        String problem = Samples.problem(2, reference, current);
        if (!problem.isEmpty()) {
            return TestResult.undefined(problem);
        }
        double n = reference.length;
        double m = current.length;
        double size = n + m;
        double product = n * m;
        double statistic = statistic(reference, current);
        double mean = (1 + 1 / size) / 6;
        double variance = (size + 1)
                * (4 * product * size - 3 * (n * n + m * m) - 2 * product)
                / (45 * size * size * 4 * product);
        double inLimit = 1.0 / 6 + (statistic - mean) / Math.sqrt(45 * variance);
        double pValue =
                leastTerm > 0 ? CramerVonMisesLimit.cutTail(inLimit, leastTerm) : CramerVonMisesLimit.tail(inLimit);
        return TestResult.of(statistic, pValue);
    }

    /**
     * Returns the test with the exact p-value without ties, by counting all ways to merge the samples; undefined for more
     * than 20 values in a sample. Source: Xiao, Gordon and Yakovlev (2007), A C++ program for the Cramer-von Mises
     * two-sample test.
     */
    public static TestResult exact(double[] reference, double[] current) {
        String problem = Samples.problem(2, reference, current);
        if (!problem.isEmpty()) {
            return TestResult.undefined(problem);
        }
        int n = reference.length;
        int m = current.length;
        if (Math.max(n, m) > EXACT_SIZE) {
            return TestResult.undefined(
                    "a sample has " + Math.max(n, m) + " values; counting all merges is for at most " + EXACT_SIZE);
        }
        long product = (long) n * m;
        long multiple = product / greatestCommonDivisor(n, m);
        double scaled = Math.floor((double) multiple
                * multiple
                * (n + m)
                * (6 * rankSum(reference, current) - product * (4.0 * product - 1))
                / (6.0 * product * product));
        double atLeast = MergeCounts.of(n, m).countAtLeast(scaled);
        return TestResult.of(
                statistic(reference, current), atLeast / CombinatoricsUtils.binomialCoefficientDouble(n + m, n));
    }

    static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    private static double statistic(double[] reference, double[] current) {
        double product = (double) reference.length * current.length;
        double size = (double) reference.length + current.length;
        return rankSum(reference, current) / (product * size) - (4 * product - 1) / (6 * size);
    }

    /** Returns Anderson's U: squared distances between ranks in the pooled and in the own sample, weighted by size. */
    private static double rankSum(double[] reference, double[] current) {
        double[] pooled = Samples.pooled(reference, current);
        return reference.length * squares(pooled, Samples.sorted(reference))
                + current.length * squares(pooled, Samples.sorted(current));
    }

    private static double squares(double[] pooled, double[] sorted) {
        double sum = 0;
        double midrank = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                midrank = (Samples.countBelow(pooled, sorted[i]) + Samples.countUpTo(pooled, sorted[i]) + 1) / 2.0;
            }
            double difference = midrank - (i + 1);
            sum += difference * difference;
        }
        return sum;
    }
}

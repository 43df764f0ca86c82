package io.modelmonitor.stats.test;

import io.modelmonitor.stats.internal.Samples;
import java.util.Arrays;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * The Anderson-Darling test of whether two or more samples come from one distribution, which sees the tails better than
 * Kolmogorov-Smirnov. Source: Scholz and Stephens (1987), K-sample Anderson-Darling tests.
 *
 * <p>The statistic is normed to mean 0 and standard deviation 1 when nothing differs. The p-value is interpolated in the
 * paper's table and does not leave it: 0.001 stands for anything less, 0.25 for anything more. Undefined for fewer than four
 * values, an empty sample, one with NaN, or when all values are equal.
 *
 * <p>Takes a sort's time. Pure and safe for use by several threads.
 */
public final class AndersonDarling {

    // Scholz and Stephens, table 2: critical value = B0 + B1 / sqrt(m) + B2 / m for m = samples - 1.
    private static final double[] LEVELS = {0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001};
    private static final double[] B0 = {0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085};
    private static final double[] B1 = {-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615};
    private static final double[] B2 = {-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154};

    private AndersonDarling() {}

    /** Returns the test with each tie split between below and above (the paper's equation 7). */
    public static TestResult midrank(double[]... samples) {
        return test(true, samples);
    }

    /** Returns the test with distribution functions that are continuous from the right (the paper's equation 6). */
    public static TestResult right(double[]... samples) {
        return test(false, samples);
    }

    /** Returns the critical values of the normed statistic at levels 0.25, 0.1, 0.05, 0.025, 0.01, 0.005 and 0.001. */
    public static double[] criticalValues(int samples) {
        double m = samples - 1;
        double[] critical = new double[LEVELS.length];
        for (int i = 0; i < critical.length; i++) {
            critical[i] = B0[i] + B1[i] / Math.sqrt(m) + B2[i] / m;
        }
        return critical;
    }

    private static TestResult test(boolean midrank, double[]... samples) {
        if (samples.length < 2) {
            return TestResult.undefined("there are " + samples.length + " samples; the test compares at least 2");
        }
        String problem = Samples.problem(1, samples);
        if (!problem.isEmpty()) {
            return TestResult.undefined(problem);
        }
        double[] pooled = Samples.pooled(samples);
        if (pooled.length < 4) {
            return TestResult.undefined("there are " + pooled.length + " values in all; the test needs at least 4");
        }
        if (Samples.allEqual(samples)) {
            return TestResult.undefined("all values are equal");
        }
        double statistic = (sum(midrank, pooled, samples) - (samples.length - 1)) / deviation(pooled.length, samples);
        return TestResult.of(statistic, pValue(statistic, criticalValues(samples.length)));
    }

    private static double sum(boolean midrank, double[] pooled, double[]... samples) {
        double size = pooled.length;
        double result = 0;
        for (double[] sample : samples) {
            double[] sorted = Samples.sorted(sample);
            double own = sorted.length;
            double sum = 0;
            int below = 0;
            int ownBelow = 0;
            while (below < pooled.length) {
                double value = pooled[below];
                int upTo = below;
                while (upTo < pooled.length && pooled[upTo] == value) {
                    upTo++;
                }
                int ownUpTo = ownBelow;
                while (ownUpTo < sorted.length && sorted[ownUpTo] == value) {
                    ownUpTo++;
                }
                double ties = upTo - below;
                if (midrank) {
                    double rank = below + ties / 2;
                    double ownRank = (ownBelow + ownUpTo) / 2.0;
                    double difference = size * ownRank - rank * own;
                    sum += ties / size * difference * difference / (rank * (size - rank) - size * ties / 4);
                } else if (upTo < pooled.length) {
                    double difference = size * ownUpTo - upTo * own;
                    sum += ties / size * difference * difference / (upTo * (size - upTo));
                }
                below = upTo;
                ownBelow = ownUpTo;
            }
            result += sum / own;
        }
        return midrank ? result * (size - 1) / size : result;
    }

    /** Returns the standard deviation of the sum without ties (the paper's equation 4). */
    private static double deviation(int size, double[]... samples) {
        double k = samples.length;
        double reciprocals =
                Arrays.stream(samples).mapToDouble(s -> 1.0 / s.length).sum();
        double h = 0;
        for (int i = size - 1; i >= 1; i--) {
            h += 1.0 / i;
        }
        double g = doubleSum(size);
        double a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * reciprocals;
        double b = (2 * g - 4) * k * k + 8 * h * k + (2 * g - 14 * h - 4) * reciprocals - 8 * h + 4 * g - 6;
        double c = (6 * h + 2 * g - 2) * k * k + (4 * h - 4 * g + 6) * k + (2 * h - 6) * reciprocals + 4 * h;
        double d = (2 * h + 6) * k * k - 4 * h * k;
        double n = size;
        return Math.sqrt((((a * n + b) * n + c) * n + d) / ((n - 1) * (n - 2) * (n - 3)));
    }

    /** Returns the sum of {@code 1 / ((N - i) j)} over i from 1 to N - 2 and j from i + 1 to N - 1. */
    private static double doubleSum(int size) {
        double inner = 0;
        double sum = 0;
        for (int i = 1; i <= size - 2; i++) {
            inner += 1.0 / (size - i);
            sum += inner / (i + 1);
        }
        return sum;
    }

    /** Fits a parabola through the logarithms of the levels by least squares, and reads it at the statistic. */
    private static double pValue(double statistic, double[] critical) {
        if (statistic < critical[0]) {
            return LEVELS[0];
        }
        if (statistic > critical[critical.length - 1]) {
            return LEVELS[LEVELS.length - 1];
        }
        double[][] powers = new double[critical.length][];
        double[] logs = new double[critical.length];
        for (int i = 0; i < critical.length; i++) {
            powers[i] = new double[] {critical[i], critical[i] * critical[i]};
            logs[i] = StrictMath.log(LEVELS[i]);
        }
        OLSMultipleLinearRegression parabola = new OLSMultipleLinearRegression();
        parabola.newSampleData(logs, powers);
        double[] coefficients = parabola.estimateRegressionParameters();
        return StrictMath.exp(coefficients[0] + statistic * (coefficients[1] + statistic * coefficients[2]));
    }
}

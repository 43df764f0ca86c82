package io.modelmonitor.stats.drift;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.inference.DataDispersion;
import org.apache.commons.statistics.inference.OneWayAnova;
import org.apache.commons.statistics.inference.TTest;

/**
 * Tests of equal means and of equal spread, two-sided. Undefined for samples of fewer than two values, with NaN or infinite
 * values, or without any spread.
 *
 * <p>Each takes time in proportion to the number of values, {@link #brownForsythe} a sort's time. Pure and safe for use by
 * several threads.
 */
public final class MeanTests {

    private MeanTests() {}

    /**
     * Returns Welch's t test, which does not take the variances as equal. Source: Welch (1947), The generalization of
     * Student's problem when several different population variances are involved.
     */
    public static TestResult welch(double[] reference, double[] current) {
        return t(reference, current, DataDispersion.HETEROSCEDASTIC);
    }

    /** Returns Student's t test, which takes the variances as equal. Source: Student (1908), The probable error of a mean. */
    public static TestResult student(double[] reference, double[] current) {
        return t(reference, current, DataDispersion.HOMOSCEDASTIC);
    }

    private static TestResult t(double[] reference, double[] current, DataDispersion dispersion) {
        String problem = problem(reference, current);
        if (!problem.isEmpty()) {
            return TestResult.undefined(problem);
        }
        TTest.Result result = TTest.withDefaults().with(dispersion).test(reference, current);
        return TestResult.of(result.getStatistic(), result.getDegreesOfFreedom(), result.getPValue());
    }

    /** Returns one-way analysis of variance of two or more samples; its degrees of freedom are those within the samples. */
    public static TestResult oneWayAnova(double[]... samples) {
        String problem = samples.length < 2
                ? "there are " + samples.length + " samples; the test compares at least 2"
                : problem(samples);
        return problem.isEmpty() ? anova(samples) : TestResult.undefined(problem);
    }

    /**
     * Returns the Brown-Forsythe test of equal spread: analysis of variance of the distances from each sample's median.
     * Source: Brown and Forsythe (1974), Robust tests for the equality of variances.
     */
    public static TestResult brownForsythe(double[] reference, double[] current) {
        String problem = Samples.problemOfFinite(2, reference, current);
        if (!problem.isEmpty()) {
            return TestResult.undefined(problem);
        }
        double[][] distances = {fromMedian(reference), fromMedian(current)};
        return hasNoSpread(distances)
                ? TestResult.undefined("the distances from the medians have no spread")
                : anova(distances);
    }

    private static TestResult anova(double[]... samples) {
        OneWayAnova.Result result = OneWayAnova.withDefaults().test(List.of(samples));
        int values = Arrays.stream(samples).mapToInt(sample -> sample.length).sum();
        return TestResult.of(result.getStatistic(), values - samples.length, result.getPValue());
    }

    private static String problem(double[]... samples) {
        String problem = Samples.problemOfFinite(2, samples);
        return problem.isEmpty() && hasNoSpread(samples) ? "no sample has any spread" : problem;
    }

    private static boolean hasNoSpread(double[]... samples) {
        return Arrays.stream(samples).allMatch(sample -> Samples.allEqual(sample));
    }

    private static double[] fromMedian(double[] sample) {
        double[] sorted = Samples.sorted(sample);
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return Arrays.stream(sample).map(value -> Math.abs(value - median)).toArray();
    }
}

package io.modelmonitor.stats.test;

import io.modelmonitor.stats.internal.Samples;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.FDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Tests of equal means and of equal spread, two-sided. Undefined for samples of fewer than two values, with NaN or infinite
 * values, or without any spread. The origin and the unit of the values do not matter, not even in rounding.
 *
 * <p>Each takes a sort's time. Pure and safe for use by several threads.
 */
public final class MeanTests {

    private MeanTests() {}

    /**
     * Returns Welch's t test, which does not take the variances as equal. Source: Welch (1947), The generalization of
     * Student's problem when several different population variances are involved.
     */
    public static TestResult welch(double[] reference, double[] current) {
        String problem = problem(2, reference, current);
        if (!problem.isEmpty()) {
            return TestResult.undefined(problem);
        }
        Centred[] samples = Centred.of(reference, current);
        double a = samples[0].variance() / reference.length;
        double b = samples[1].variance() / current.length;
        double shareOfA = a / (a + b);
        double shareOfB = b / (a + b);
        double degreesOfFreedom =
                1 / (shareOfA * shareOfA / (reference.length - 1) + shareOfB * shareOfB / (current.length - 1));
        return t(samples, Math.sqrt(a + b), degreesOfFreedom);
    }

    /** Returns Student's t test, which takes the variances as equal. Source: Student (1908), The probable error of a mean. */
    public static TestResult student(double[] reference, double[] current) {
        String problem = problem(2, reference, current);
        if (!problem.isEmpty()) {
            return TestResult.undefined(problem);
        }
        Centred[] samples = Centred.of(reference, current);
        double degreesOfFreedom = (double) reference.length + current.length - 2;
        double variance = (samples[0].squares() + samples[1].squares()) / degreesOfFreedom;
        return t(samples, Math.sqrt(variance * (1.0 / reference.length + 1.0 / current.length)), degreesOfFreedom);
    }

    private static TestResult t(Centred[] samples, double standardError, double degreesOfFreedom) {
        double t = samples[0].above(samples[1]) / standardError;
        return TestResult.of(
                t, degreesOfFreedom, 2 * TDistribution.of(degreesOfFreedom).survivalProbability(Math.abs(t)));
    }

    /**
     * Returns one-way analysis of variance of two or more samples, of which some may have a single value; its degrees of freedom
     * are those within the samples.
     */
    public static TestResult oneWayAnova(double[]... samples) {
        String problem = samples.length < 2
                ? "there are " + samples.length + " samples; the test compares at least 2"
                : problem(1, samples);
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
        double[][] scaled = Samples.scaled(reference, current);
        double[][] distances = {fromMedian(scaled[0]), fromMedian(scaled[1])};
        return hasNoSpread(distances)
                ? TestResult.undefined("the distances from the medians have no spread")
                : anova(distances);
    }

    private static TestResult anova(double[]... samples) {
        Centred[] centred = Centred.of(samples);
        double size = Arrays.stream(centred).mapToDouble(Centred::size).sum();
        double within = Arrays.stream(centred).mapToDouble(Centred::squares).sum();
        double grandMean = Arrays.stream(centred)
                        .mapToDouble(sample -> sample.size() * sample.above(centred[0]))
                        .sum()
                / size;
        double between = 0;
        for (Centred sample : centred) {
            double above = sample.above(centred[0]) - grandMean;
            between += sample.size() * above * above;
        }
        double degreesBetween = centred.length - 1.0;
        double degreesWithin = size - centred.length;
        double f = between / degreesBetween / (within / degreesWithin);
        return TestResult.of(
                f,
                degreesWithin,
                FDistribution.of(degreesBetween, degreesWithin).survivalProbability(f));
    }

    private static String problem(int least, double[]... samples) {
        String problem = Samples.problemOfFinite(least, samples);
        return problem.isEmpty() && hasNoSpread(samples) ? "no sample has any spread" : problem;
    }

    private static boolean hasNoSpread(double[]... samples) {
        return Arrays.stream(samples).allMatch(sample -> Samples.allEqual(sample));
    }

    /** Returns twice the distances from the median; twice, so that both values in the middle are equally far in rounding too. */
    private static double[] fromMedian(double[] sample) {
        double[] sorted = Samples.sorted(sample);
        double low = sorted[(sorted.length - 1) / 2];
        double high = sorted[sorted.length / 2];
        return Arrays.stream(sample)
                .map(value -> Math.abs((value - low) + (value - high)))
                .toArray();
    }

    /**
     * A sample about a value in its middle, so that what all values have in common does not take digits from their differences.
     *
     * @param size how many values
     * @param origin the value in the middle
     * @param rest the mean less the origin
     * @param squares the sum of squared distances from the mean
     */
    private record Centred(int size, double origin, double rest, double squares) {

        static Centred[] of(double[]... samples) {
            return Arrays.stream(Samples.scaled(samples)).map(Centred::of).toArray(Centred[]::new);
        }

        private static Centred of(double[] sample) {
            double origin = Samples.sorted(sample)[sample.length / 2];
            double rest = Arrays.stream(sample).map(value -> value - origin).sum() / sample.length;
            double squares = 0;
            for (double value : sample) {
                double difference = value - origin - rest;
                squares += difference * difference;
            }
            return new Centred(sample.length, origin, rest, squares);
        }

        double variance() {
            return squares / (size - 1);
        }

        /** Returns how far the mean is above another sample's. */
        double above(Centred other) {
            return (origin - other.origin) + (rest - other.rest);
        }
    }
}

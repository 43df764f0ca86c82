package io.modelmonitor.stats.quality;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The managed service's procedure to say how far a metric may be off: its standard deviation over five random subsamples
 * of 80 % of the rows, without replacement; undefined under 200 rows.
 *
 * <p>Rows that fall into the same count are interchangeable. So the subsamples need not be chosen while rows pass by: each
 * row stays with a probability of 0.8, hence of c equal rows a binomial number, and drawing that number from the final
 * counts gives subsamples of exactly the same distribution. They depend on the counts and a fixed seed, not on the order of
 * rows, nor on how they were split and merged; and they cost nothing on the way.
 *
 * <p>Note what this measures: subsamples of 80 % of the same rows share most of them, so the standard deviation is about
 * half the standard error of the metric, √((1 − 0.8) / 0.8).
 */
final class Thinning {

    /** The managed service gives no standard deviation of fewer rows. */
    static final long FEWEST_ROWS = 200;

    private static final double SHARE = 0.8;
    private static final int SUBSAMPLES = 5;
    private static final long SEED = 0x5EED0F80L;

    /** 0.8 in units of 2^-16, so that one random long decides for four rows. */
    private static final long SHARE_OF_16_BITS = Math.round(SHARE * (1 << 16));

    /** From here on, the normal distribution stands for the binomial: sd 12.6, and nobody could tell from five draws. */
    private static final long MANY = 1000;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private Thinning() {}

    /** Returns how many of each count stay. */
    static long[] of(long[] counts, SplittableRandom random) {
        long[] left = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            left[i] = counts[i] < MANY ? few(counts[i], random) : many(counts[i], random);
        }
        return left;
    }

    /**
     * Returns the standard deviations of several metrics over the five subsamples, with divisor 4.
     *
     * @param counts the counts that are thinned: they choose the random numbers too, so that one set of these does not make all
     *     standard deviations too large or too small alike
     * @param count how many metrics there are
     * @param metrics computes the metrics, as many each time, of a subsample drawn with the given random numbers
     * @return one standard deviation for each metric; NaN under 200 rows, or where a metric is undefined in a subsample
     */
    static double[] deviations(long[] counts, int count, Function<SplittableRandom, double[]> metrics) {
        return deviations(Arrays.stream(counts).sum(), Arrays.hashCode(counts), count, metrics);
    }

    private static double[] deviations(long rows, int salt, int count, Function<SplittableRandom, double[]> metrics) {
        double[] deviations = new double[count];
        if (rows < FEWEST_ROWS) {
            Arrays.fill(deviations, Double.NaN);
            return deviations;
        }
        SplittableRandom seeds = new SplittableRandom(SEED ^ (long) salt << Integer.SIZE);
        double[][] values = new double[SUBSAMPLES][];
        for (int i = 0; i < SUBSAMPLES; i++) {
            values[i] = metrics.apply(seeds.split());
        }
        for (int metric = 0; metric < count; metric++) {
            Mean mean = new Mean();
            for (double[] subsample : values) {
                mean.add(subsample[metric]);
            }
            deviations[metric] = mean.standardError() * Math.sqrt(SUBSAMPLES);
        }
        return deviations;
    }

    /**
     * Returns the standard deviation over five subsamples of a smooth function of means. The means of a random 80 % of at
     * least 200 rows are normal about the means of all (J. Hájek, Publ. Math. Inst. Hungar. Acad. Sci. 5, 1960), with
     * √((1 − 0.8) / 0.8) of their standard error, and so is the function; the five are drawn from that.
     *
     * @param standardError the function's standard error over all rows
     * @param stream tells apart the random numbers of several metrics
     */
    static double deviation(long rows, double standardError, int stream) {
        double spread = standardError * Math.sqrt((1 - SHARE) / SHARE);
        return deviations(rows, Long.hashCode(31 * rows + stream), 1, random -> new double[] {spread * normal(random)})[
                0];
    }

    /** Returns a metric of counts, 0/0 being 0 to the service in a subsample as it is in all rows. */
    static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    private static long few(long count, SplittableRandom random) {
        long left = 0;
        long coins = 0;
        for (long i = 0; i < count; i++) {
            if ((i & 3) == 0) {
                coins = random.nextLong();
            }
            left += (coins & 0xFFFF) < SHARE_OF_16_BITS ? 1 : 0;
            coins >>>= 16;
        }
        return left;
    }

    private static long many(long count, SplittableRandom random) {
        double spread = Math.sqrt(count * SHARE * (1 - SHARE));
        long left = Math.round(count * SHARE + spread * normal(random));
        return Math.max(0, Math.min(count, left));
    }

    private static double normal(SplittableRandom random) {
        // The middle of one of 2^53 equal parts: never 0, never 1.
        return NORMAL.inverseCumulativeProbability(((random.nextLong() >>> 11) + 0.5) * 0x1p-53);
    }
}

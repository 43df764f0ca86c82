package io.modelmonitor.stats.drift;

import io.modelmonitor.api.Distribution;
import io.modelmonitor.spi.DriftMeasure;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What size a measure has when nothing changed: both sides' counts are drawn anew, many times, from the pooled shares at the
 * actual numbers of rows. The cost depends on cells and draws, never on rows.
 *
 * <p>Draws depend on the counts alone, through a fixed seed. Immutable and safe for use by several threads.
 */
public final class Resampling {

    private static final long SEED = 0x5EED_0D21F7L;
    private static final int DRAWS = 999;
    private static final double NORMAL_FROM = 30;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final double observed;
    private final double[] ascending;

    private Resampling(double observed, double[] ascending) {
        this.observed = observed;
        this.ascending = ascending;
    }

    /**
     * Draws 999 times.
     *
     * @param reference the reference's counts
     * @param current the current counts over the same cells
     * @param measure what is measured; a draw of which it is undefined does not count
     */
    public static Resampling of(Distribution reference, Distribution current, DriftMeasure measure) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] shares = pooledShares(reference, current);
        double[] drawn = new double[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            Distribution one = reference.withCounts(multinomial(random, reference.total(), shares));
            Distribution other = current.withCounts(multinomial(random, current.total(), shares));
            drawn[i] = measure.between(one, other);
        }
        double[] ascending = Arrays.stream(drawn)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        return new Resampling(measure.between(reference, current), ascending);
    }

    /**
     * Returns the probability of a size at least as observed when nothing changed; NaN when it is undefined. From the ranks
     * of the draws and, beyond all of them, from the slower of two exponential tails, through the top tenth and the top
     * fiftieth. Source: Pickands (1975), Statistical inference using extreme order statistics.
     */
    public double pValue() {
        int drawn = ascending.length;
        if (Double.isNaN(observed) || drawn == 0) {
            return Double.NaN;
        }
        int exceeding = drawn - Samples.below(ascending, observed - 1e-12 * Math.abs(observed));
        double least = 1.0 / (drawn + 1);
        if (exceeding > 0) {
            return (exceeding + 1) * least;
        }
        double greatest = ascending[drawn - 1];
        double excess = Math.max(meanExcess(drawn / 10), meanExcess(drawn / 50));
        return excess > 0 && observed < Double.POSITIVE_INFINITY
                ? least * Math.exp((greatest - observed) / excess)
                : least;
    }

    private double meanExcess(int top) {
        int first = ascending.length - top;
        double sum = 0;
        for (int i = first; i < ascending.length; i++) {
            sum += ascending[i] - ascending[first - 1];
        }
        return top == 0 ? 0 : sum / top;
    }

    /** Returns the mean size when nothing changed: what to expect from chance alone; NaN when it is undefined. */
    public double expected() {
        return Arrays.stream(ascending).average().orElse(Double.NaN);
    }

    private static double[] pooledShares(Distribution reference, Distribution current) {
        double[] shares = new double[reference.size()];
        double total = reference.total() + current.total();
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (reference.count(i) + current.count(i)) / total;
        }
        return shares;
    }

    /** Draws counts cell by cell, each from what the cells before it left. */
    private static double[] multinomial(SplittableRandom random, double rows, double[] shares) {
        double[] counts = new double[shares.length];
        double left = rows;
        double mass = 1;
        for (int i = 0; i < shares.length && left > 0; i++) {
            double share = i == shares.length - 1 ? 1 : Math.min(1, shares[i] / mass);
            counts[i] = shares[i] == 0 ? 0 : binomial(random, left, share);
            left -= counts[i];
            mass -= shares[i];
        }
        return counts;
    }

    private static double binomial(SplittableRandom random, double rows, double share) {
        if (share > 0.5) {
            return rows - binomial(random, rows, 1 - share);
        }
        double mean = rows * share;
        return mean < NORMAL_FROM ? inverted(random, rows, share) : rounded(random, rows, mean, share);
    }

    /** Draws by adding up probabilities from 0 until they exceed a uniform number. */
    private static double inverted(SplittableRandom random, double rows, double share) {
        double odds = share / (1 - share);
        double probability = Math.exp(rows * Math.log1p(-share));
        double rest = random.nextDouble();
        double count = 0;
        while (rest > probability && count < rows) {
            rest -= probability;
            count++;
            probability *= odds * (rows - count + 1) / count;
            if (probability < 1e-300) {
                break;
            }
        }
        return count;
    }

    /** Draws from the normal distribution, bent to the binomial's skewness, and rounds. */
    private static double rounded(SplittableRandom random, double rows, double mean, double share) {
        double z = NORMAL.inverseCumulativeProbability(Math.max(random.nextDouble(), 0x1p-54));
        double deviation = Math.sqrt(mean * (1 - share));
        double bent = z + (z * z - 1) * (1 - 2 * share) / (6 * deviation);
        return Math.max(0, Math.min(rows, Math.rint(mean + deviation * bent)));
    }
}

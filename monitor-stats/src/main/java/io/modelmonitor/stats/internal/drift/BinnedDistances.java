package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Distribution;

/**
 * Distances between counts over the same cells, with shares p of the reference and q of the current data. Each is a
 * {@link io.modelmonitor.spi.DriftMeasure} by its method reference. Undefined, that is NaN, when one side has no rows.
 *
 * <p>Each takes time in proportion to the number of cells. Pure and safe for use by several threads.
 */
public final class BinnedDistances {

    private static final double DEEQU_CONSTANT = 1.8;

    private BinnedDistances() {}

    /**
     * Returns the population stability index {@code sum (q - p) ln(q / p)}, in nats, from 0 to infinity, with half a row added
     * to every cell. Without drift its mean is about {@code (k - 1) (1/n + 1/m)}: the customary threshold 0.1 means nothing before that is
     * compared.
     */
    public static double psi(Distribution reference, Distribution current) {
        return psi(reference, current, ZeroRule.HALF_A_ROW);
    }

    /** Returns the population stability index by a rule for cells without rows. Shares are not made to add up to 1 again. */
    public static double psi(Distribution reference, Distribution current, ZeroRule rule) {
        if (reference.total() == 0 || current.total() == 0) {
            return Double.NaN;
        }
        double[] p = rule.shares(reference, current);
        double[] q = rule.shares(current, reference);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += p[i] == q[i] ? 0 : (q[i] - p[i]) * StrictMath.log(q[i] / p[i]);
        }
        return sum;
    }

    /**
     * Returns the Kullback-Leibler divergence {@code sum q ln(q / p)} of the current data from the reference, in nats, from 0
     * to infinity; infinite when a cell has rows in the current data only. Swap the arguments for the other direction.
     */
    public static double kullbackLeibler(Distribution reference, Distribution current) {
        return kullbackLeibler(reference, current, ZeroRule.NONE);
    }

    /** Returns the Kullback-Leibler divergence by a rule for cells without rows. Shares are not made to add up to 1 again. */
    public static double kullbackLeibler(Distribution reference, Distribution current, ZeroRule rule) {
        double[] p = rule.shares(reference, current);
        double[] q = rule.shares(current, reference);
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += relativeEntropy(q[i], p[i]);
        }
        return sum;
    }

    /**
     * Returns the Jensen-Shannon divergence in nats, from 0 to ln 2: {@code (KL(p | r) + KL(q | r)) / 2} with {@code r = (p +
     * q) / 2}. Source: Lin (1991), Divergence measures based on the Shannon entropy.
     */
    public static double jensenShannonDivergence(Distribution reference, Distribution current) {
        double sum = 0;
        for (int i = 0; i < reference.size(); i++) {
            double p = reference.share(i);
            double q = current.share(i);
            double middle = (p + q) / 2;
            sum += relativeEntropy(p, middle) + relativeEntropy(q, middle);
        }
        return positive(sum / 2);
    }

    /** Returns the Jensen-Shannon divergence in bits, from 0 to 1. */
    public static double jensenShannonDivergenceBits(Distribution reference, Distribution current) {
        return jensenShannonDivergence(reference, current) / StrictMath.log(2);
    }

    /** Returns the root of the Jensen-Shannon divergence in nats, a metric from 0 to 0.833. */
    public static double jensenShannon(Distribution reference, Distribution current) {
        return Math.sqrt(jensenShannonDivergence(reference, current));
    }

    /** Returns the root of the Jensen-Shannon divergence in bits, a metric from 0 to 1. */
    public static double jensenShannonBits(Distribution reference, Distribution current) {
        return Math.sqrt(jensenShannonDivergenceBits(reference, current));
    }

    /** Returns the Hellinger distance {@code sqrt(1 - sum sqrt(p q))}, from 0 to 1, without cancellation. */
    public static double hellinger(Distribution reference, Distribution current) {
        double sum = 0;
        for (int i = 0; i < reference.size(); i++) {
            double difference = Math.sqrt(reference.share(i)) - Math.sqrt(current.share(i));
            sum += difference * difference;
        }
        return Math.sqrt(sum / 2);
    }

    /** Returns the Bhattacharyya coefficient {@code sum sqrt(p q)}, from 0 for disjoint to 1 for equal: not a distance. */
    public static double bhattacharyyaCoefficient(Distribution reference, Distribution current) {
        double sum = 0;
        for (int i = 0; i < reference.size(); i++) {
            sum += Math.sqrt(reference.share(i) * current.share(i));
        }
        return sum;
    }

    /** Returns the Bhattacharyya distance {@code -ln sum sqrt(p q)}, from 0 to infinity. */
    public static double bhattacharyya(Distribution reference, Distribution current) {
        return positive(-StrictMath.log(bhattacharyyaCoefficient(reference, current)));
    }

    /**
     * Returns the total variation distance {@code sum |p - q| / 2}, from 0 to 1: the share of rows that would have to be in
     * another cell for the two to agree.
     */
    public static double totalVariation(Distribution reference, Distribution current) {
        double sum = 0;
        for (int i = 0; i < reference.size(); i++) {
            sum += Math.abs(reference.share(i) - current.share(i));
        }
        return sum / 2;
    }

    /** Returns the Euclidean distance {@code sqrt(sum (p - q)^2)}, from 0 to sqrt 2. */
    public static double euclidean(Distribution reference, Distribution current) {
        double sum = 0;
        for (int i = 0; i < reference.size(); i++) {
            double difference = reference.share(i) - current.share(i);
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /** Returns the greatest change of any cell's share, {@code max |p - q|}, from 0 to 1. */
    public static double infinity(Distribution reference, Distribution current) {
        double greatest = 0;
        for (int i = 0; i < reference.size(); i++) {
            greatest = Math.max(greatest, Math.abs(reference.share(i) - current.share(i)));
        }
        return greatest;
    }

    /** Returns {@link #infinity} less what chance explains, as Deequ has it: {@code max(0, L - 1.8 sqrt((n + m) / (n m)))}. */
    public static double robustInfinity(Distribution reference, Distribution current) {
        return robust(infinity(reference, current), reference.total(), current.total());
    }

    static double robust(double distance, double n, double m) {
        return Math.max(0, distance - DEEQU_CONSTANT * Math.sqrt((n + m) / (n * m)));
    }

    private static double relativeEntropy(double p, double q) {
        return p == 0 ? 0 : p * StrictMath.log(p / q);
    }

    /** Cuts off a rounding error below zero; NaN stays. */
    private static double positive(double value) {
        return Math.max(0, value);
    }
}

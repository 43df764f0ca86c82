package io.modelmonitor.stats.internal;

import org.jspecify.annotations.Nullable;

/**
 * The sum over cells of weights times squared differences between counts and what is expected of them, {@code sum of w_i
 * (y_i - P_i m / N)^2}, and its distribution over all ways to share the N pooled rows among samples of n and m.
 *
 * <p>Pooled counts P share rows like a multivariate hypergeometric variable. The sum's mean and variance are those of its
 * covariance {@code n m / N (diag(p) - p p')} with {@code p = P / N} and of its fourth cumulants, which rule where cells are
 * sparse; terms of the order 1 / N are left out. Its skewness is that of cells with these covariances and own cumulants up to
 * the sixth. The probability is that of a {@link QuadraticForm} with these three moments. Two rows that change places alter
 * the sum by twice a weight or more, of which half, with the mean weight of a row, is taken off as a continuity correction.
 */
public final class WeightedChiSquare {

    private final double rows;
    private final double spread;

    private double statistic;
    // Sums over cells of powers of weights w and shares p.
    private double wp;
    private double wp2;
    private double w2p;
    private double w2p2;
    private double w2p3;
    private double w3p3;
    private double w3p4;
    private double fourthOfCells;
    private double thirdOfCells;

    /** Creates the sum over no cells for samples of n and m rows. */
    public WeightedChiSquare(double n, double m) {
        rows = n + m;
        spread = n / rows * (m / rows);
    }

    /**
     * Adds a cell.
     *
     * @param pooled how many rows both sides have in it
     * @param difference how many more rows than expected one side has
     * @param weight the weight, which may depend on the pooled count only
     */
    public void add(double pooled, double difference, double weight) {
        double p = pooled / rows;
        statistic += weight * difference * difference;
        wp += weight * p;
        wp2 += weight * p * p;
        w2p += weight * weight * p;
        w2p2 += weight * weight * p * p;
        w2p3 += weight * weight * p * p * p;
        w3p3 += weight * weight * weight * p * p * p;
        w3p4 += weight * weight * weight * p * p * p * p;
        double g = p * (1 - p);
        double second = rows * spread * g;
        double thirdSquared = second * second * (1 - 4 * spread) * (1 - 4 * g);
        double fourth = second * (1 - 6 * spread - 6 * g + 30 * spread * g);
        double sixth = second * (1 - 30 * spread + 120 * spread * spread);
        fourthOfCells += weight * weight * fourth;
        thirdOfCells += weight * weight * weight * (sixth + 12 * fourth * second + 10 * thirdSquared);
    }

    /** Returns the sum. */
    public double statistic() {
        return statistic;
    }

    /** Returns the mean when nothing changed. */
    public double mean() {
        return scale() * (wp - wp2);
    }

    /** Returns the probability of a sum at least as large when nothing changed. */
    public double pValue() {
        QuadraticForm whenUnchanged = nullDistribution();
        return whenUnchanged == null ? 1 : whenUnchanged.survival(statistic - wp);
    }

    /** Returns the distribution of the sum when nothing changed; null if it can only have one value. */
    @Nullable
    QuadraticForm nullDistribution() {
        double scale = scale();
        double squares = w2p2 - 2 * w2p3 + wp2 * wp2;
        double cubes = w3p3 - 3 * w3p4 + 3 * w2p3 * wp2 - wp2 * wp2 * wp2;
        double ofRows = w2p - 6 * w2p2 + 8 * w2p3 - wp * wp + 4 * wp * wp2 - 6 * wp2 * wp2;
        double ofSides = (wp - wp2) * (wp - wp2) + 2 * squares;
        double fourth = scale * ((1 - 6 * spread) * ofRows - 2 * spread * ofSides);
        double normal = scale * scale * squares;
        double half = normal + fourth / 2;
        double halfOfCells = normal + fourthOfCells / 2;
        // Pooled rows that can be shared in one way only, up to swapping sides, say nothing.
        if (!(Math.min(half, halfOfCells) > 1e-9 * normal)) {
            return null;
        }
        double third = scale * scale * scale * cubes + thirdOfCells / 8;
        return new QuadraticForm(mean(), half, third * StrictMath.pow(half / halfOfCells, 1.5));
    }

    private double scale() {
        return rows * rows * spread / (rows - 1);
    }
}

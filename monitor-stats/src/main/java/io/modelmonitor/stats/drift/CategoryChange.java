package io.modelmonitor.stats.drift;

import io.modelmonitor.api.Distribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Tests whether shares of categories changed, whether many changed a little or one changed a lot, and however rare some are.
 *
 * <p>Two tests, joined into one p-value by the Cauchy combination (Liu and Xie, 2020, Cauchy combination test), which holds
 * whether or not they depend on each other:
 *
 * <ul>
 *   <li>A chi-square whose terms are divided by an expectation of at least one row on the smaller side, so that one unseen
 *       category is no proof. Its mean and variance over all ways to share the pooled rows are known, with the fourth
 *       moments of rare cells, and a gamma distribution with these gives the p-value; with dense cells it is the
 *       chi-square distribution.
 *   <li>The cell that changed most, from the binomial distribution, times the number of cells.
 * </ul>
 *
 * <p>Two cells are tested by one: Fisher's exact test where a cell is sparse. Takes time in proportion to the number of
 * cells. Pure and safe for use by several threads.
 */
public final class CategoryChange {

    private static final double DENSE = 10;

    /** A p-value near 1, as sparse cells often have, must not outvote a small one. */
    private static final double LARGE = 0.9;

    private static final double LARGE_WHERE_DENSE = 0.99;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private CategoryChange() {}

    /**
     * Tests whether the counts over the same cells are from the same shares. The statistic is the first test's. Undefined
     * when a side has no rows, or all are in one cell.
     */
    public static TestResult test(Distribution reference, Distribution current) {
        return test(reference, current, 0);
    }

    /**
     * As {@link #test(Distribution, Distribution)}, with counts that a sketch knows only roughly.
     *
     * @param slack how far any difference of shares may be off, from 0 to 1; differences are lessened by it
     */
    public static TestResult test(Distribution reference, Distribution current, double slack) {
        int cells = ContingencyTests.occupied(reference, current);
        if (reference.total() == 0 || current.total() == 0) {
            return TestResult.undefined("one side has no values");
        }
        if (cells < 2) {
            return TestResult.undefined("all values are equal");
        }
        double n = reference.total();
        double m = current.total();
        double total = n + m;
        double smaller = Math.min(n, m) / total;
        double mean = 0;
        double squares = 0;
        double weighted = 0;
        double diagonal = 0;
        double fourth = 0;
        double statistic = 0;
        double greatest = -1;
        int most = 0;
        double halves = n / total * (m / total);
        for (int i = 0; i < reference.size(); i++) {
            double pooled = reference.count(i) + current.count(i);
            if (pooled == 0) {
                continue;
            }
            double expected = pooled * m / total;
            double excess = Math.max(0, Math.abs(current.count(i) - expected) - slack * (n * m / total));
            double weight = total / (n * Math.max(pooled * (m / total), 1 / (smaller * total / m)));
            double variance = pooled * halves * (total - pooled) / (total - 1);
            statistic += weight * excess * excess;
            mean += weight * variance;
            squares += weight * variance * weight * variance;
            double joint = weight * pooled * pooled;
            weighted += joint;
            diagonal += joint * joint;
            fourth += weight * weight * pooled * halves * (1 - 6 * halves) * (1 - pooled / total);
            double standing = excess * excess / (variance + (smaller < 0.5 ? 0.5 : 0.25));
            if (standing > greatest) {
                greatest = standing;
                most = i;
            }
        }
        double coupled = halves / (total - 1);
        double variance = 2 * squares + 2 * coupled * coupled * (weighted * weighted - diagonal) + fourth;
        double least = extreme(reference.count(most), current.count(most), n, m, slack);
        if (cells == 2) {
            return TestResult.of(statistic, 1, least);
        }
        double shape = mean * mean / variance;
        double together = GammaDistribution.of(shape, mean / shape).survivalProbability(statistic);
        double cap = ContingencyTests.leastExpected(reference, current) < DENSE ? LARGE : LARGE_WHERE_DENSE;
        return TestResult.of(statistic, mean, combined(together, ofMany(cells, least), cap));
    }

    /** Returns the p-value of counts over two cells. */
    static double ofTwo(double[] reference, double[] current) {
        return extreme(reference[0], current[0], reference[0] + reference[1], current[0] + current[1], 0);
    }

    /** Returns the two-sided p-value of one cell against all others. */
    private static double extreme(double p, double q, double n, double m, double slack) {
        double pooled = p + q;
        double total = n + m;
        double rare = Math.min(pooled, total - pooled);
        if (rare * Math.min(n, m) / total >= DENSE) {
            double deviation = Math.sqrt(pooled * (n / total) * (m / total) * (total - pooled) / (total - 1));
            double excess = Math.max(0, Math.abs(q - pooled * m / total) - slack * (n * m / total));
            return Math.min(1, 2 * NORMAL.survivalProbability(excess / deviation));
        }
        if (total < Integer.MAX_VALUE && slack == 0) {
            return new TwoByTwo((int) Math.rint(p), (int) Math.rint(n - p), (int) Math.rint(q), (int) Math.rint(m - q))
                    .fisher(TwoByTwo.Side.BOTH)
                    .pValue();
        }
        boolean rareHere = pooled <= total - pooled;
        return binomial(rareHere ? q : m - q, rare, m / total, slack * (n * m / total));
    }

    private static double binomial(double observed, double rows, double share, double slack) {
        BinomialDistribution law = BinomialDistribution.of((int) Math.rint(rows), share);
        double expected = rows * share;
        double lessened =
                observed > expected ? Math.max(expected, observed - slack) : Math.min(expected, observed + slack);
        double upper = law.survivalProbability((int) Math.ceil(lessened) - 1);
        double lower = law.cumulativeProbability((int) Math.floor(lessened));
        return Math.min(1, 2 * Math.min(upper, lower));
    }

    /** Returns the probability that the most extreme of some cells is so extreme (Sidak). */
    private static double ofMany(int cells, double least) {
        return least >= 1 ? 1 : -Math.expm1(cells * Math.log1p(-least));
    }

    private static double combined(double one, double other, double cap) {
        double sum = cotangent(Math.min(one, cap)) + cotangent(Math.min(other, cap));
        // For the smallest probabilities the arc tangent of the sum's reciprocal keeps all digits.
        return sum > 0 ? Math.atan(2 / sum) / Math.PI : 1 + Math.atan(2 / sum) / Math.PI;
    }

    private static double cotangent(double p) {
        return 1 / Math.tan(Math.PI * Math.max(Double.MIN_NORMAL, p));
    }
}

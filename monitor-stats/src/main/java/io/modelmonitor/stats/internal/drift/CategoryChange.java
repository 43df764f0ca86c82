package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Distribution;
import io.modelmonitor.stats.internal.CauchyCombination;
import io.modelmonitor.stats.internal.WeightedChiSquare;
import io.modelmonitor.stats.test.ContingencyTests;
import io.modelmonitor.stats.test.TestResult;
import io.modelmonitor.stats.test.TwoByTwo;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Tests whether shares of categories changed, whether many changed a little or one changed a lot, and however rare some are.
 *
 * <p>Three tests, joined into one p-value by the Cauchy combination (Liu and Xie, 2020):
 *
 * <ul>
 *   <li>A chi-square whose terms are divided by an expectation of at least two rows on the smaller side, so that one unseen
 *       category is no proof. It sees many cells that changed in proportion to their shares, rare ones too. Source:
 *       Balakrishnan and Wasserman (2019), Hypothesis testing for densities and high-dimensional multinomials: sharp local
 *       minimax rates (their truncated chi-square).
 *   <li>The sum of squared differences of shares, which frequent cells rule: with a thousand rare categories a frequent one
 *       that changed would drown in the former. Source: Chan, Diakonikolas, Valiant and Valiant (2014), Optimal algorithms
 *       for testing closeness of discrete distributions (their test in the Euclidean norm).
 *   <li>The cell that changed most, from the binomial distribution, times the number of cells.
 * </ul>
 *
 * <p>The p-values of the first two are those of all ways to share the pooled rows among the samples ({@link WeightedChiSquare}).
 * Two cells are tested by one: Fisher's exact test where a cell is sparse. Takes time in proportion to the number of cells.
 * Pure and safe for use by several threads.
 */
public final class CategoryChange {

    private static final double DENSE = 10;

    /** With one row, sums over hundreds of single rows have a heavier tail than three moments tell. */
    private static final double LEAST_EXPECTED = 2;

    /** From so many expected rows a count is normal even where it is the most extreme of thousands. */
    private static final double NORMAL_FROM = 10_000;

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
     * As {@link #test(Distribution, Distribution)}, with counts that a sketch only estimates.
     *
     * @param error how far any difference of shares may be off, from 0 to 1; differences are shrunk by it
     */
    public static TestResult test(Distribution reference, Distribution current, double error) {
        return test(new PooledCounts(reference, current, error));
    }

    static TestResult test(PooledCounts shares) {
        PooledCounts certain = shares.withoutSketchError();
        Distribution reference = certain.reference();
        Distribution current = certain.current();
        int cells = certain.occupied();
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
        WeightedChiSquare inProportion = new WeightedChiSquare(n, m);
        WeightedChiSquare ofShares = new WeightedChiSquare(n, m);
        double greatest = -1;
        int most = 0;
        double halves = n / total * (m / total);
        for (int i = 0; i < reference.size(); i++) {
            double pooled = reference.count(i) + current.count(i);
            if (pooled == 0) {
                continue;
            }
            double excess = current.count(i) - pooled * m / total;
            inProportion.add(pooled, excess, 1 / (halves * Math.max(pooled, LEAST_EXPECTED / smaller)));
            ofShares.add(pooled, excess, 1);
            double variance = pooled * halves * (total - pooled) / (total - 1);
            double standing = excess * excess / (variance + (smaller < 0.5 ? 0.5 : 0.25));
            if (standing > greatest) {
                greatest = standing;
                most = i;
            }
        }
        double least = extreme(reference.count(most), current.count(most), n, m);
        if (cells == 2) {
            return TestResult.of(inProportion.statistic(), 1, least);
        }
        double cap = ContingencyTests.leastExpected(reference, current) < DENSE ? LARGE : LARGE_WHERE_DENSE;
        double p = CauchyCombination.of(cap, inProportion.pValue(), ofShares.pValue(), ofMany(cells, least));
        return TestResult.of(inProportion.statistic(), inProportion.mean(), p);
    }

    /**
     * Returns the two-sided p-value of one cell against all others. A count that is not whole, as it has been shrunk, is
     * rounded towards what is expected.
     */
    static double extreme(double p, double q, double n, double m) {
        double pooled = p + q;
        double total = n + m;
        double expected = pooled * m / total;
        double rare = Math.min(pooled, total - pooled);
        double rareOfSmaller = rare * Math.min(n, m) / total;
        boolean isCountable = total < Integer.MAX_VALUE;
        if (rareOfSmaller >= DENSE && !(isCountable && rareOfSmaller < NORMAL_FROM)) {
            double deviation = Math.sqrt(pooled * (n / total) * (m / total) * (total - pooled) / (total - 1));
            return Math.min(1, 2 * NORMAL.survivalProbability(Math.abs(q - expected) / deviation));
        }
        double count = q > expected ? Math.floor(q) : Math.ceil(q);
        if (!isCountable) {
            return binomial(pooled <= total - pooled ? count : m - count, rare, m / total);
        }
        int rows = (int) Math.rint(pooled);
        int here = (int) count;
        return rareOfSmaller >= DENSE
                ? hypergeometric(here, rows, (int) Math.rint(m), (int) Math.rint(total))
                : new TwoByTwo(rows - here, (int) Math.rint(n) - rows + here, here, (int) Math.rint(m) - here)
                        .fisher(TwoByTwo.Side.BOTH)
                        .pValue();
    }

    /** Returns twice the probability of a count at least as far on its side, term by term until they vanish. */
    private static double hypergeometric(int observed, int pooled, int rows, int total) {
        double term = HypergeometricDistribution.of(total, pooled, rows).probability(observed);
        boolean upper = observed >= (double) pooled * rows / total;
        double others = (double) total - pooled - rows;
        double sum = term;
        for (double k = observed; term > 1e-17 * sum; k += upper ? 1 : -1) {
            term *= upper
                    ? (pooled - k) * (rows - k) / ((k + 1) * (others + k + 1))
                    : k * (others + k) / ((pooled - k + 1) * (rows - k + 1));
            sum += term;
        }
        return Math.min(1, 2 * sum);
    }

    private static double binomial(double observed, double rows, double share) {
        BinomialDistribution law = BinomialDistribution.of((int) Math.rint(rows), share);
        double upper = law.survivalProbability((int) observed - 1);
        double lower = law.cumulativeProbability((int) observed);
        return Math.min(1, 2 * Math.min(upper, lower));
    }

    /** Returns the probability that the most extreme of some cells is so extreme (Sidak). */
    static double ofMany(int cells, double least) {
        return least >= 1 ? 1 : -StrictMath.expm1(cells * StrictMath.log1p(-least));
    }
}

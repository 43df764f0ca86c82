package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Distribution;
import io.modelmonitor.api.Distribution.Kind;
import io.modelmonitor.stats.internal.HypergeometricSampler;
import io.modelmonitor.stats.internal.QuadraticForm;
import java.util.function.Function;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The permutation null of a measure of counts, in closed form: the pooled rows of each cell are shared between
 * both sides at random, as {@link HypergeometricSampler} draws it.
 *
 * <p>A sum over cells has the exact mean. Its variance and skewness are those of the cells by themselves and of how counts vary
 * together: {@code cov = -n m r_i r_j / (N^2 (N - 1))} for r pooled rows, which acts on the linear and the quadratic part of
 * each term (Mehler's formula). The probability is that of a {@link QuadraticForm} with these moments. The greatest change of
 * a cell has the product of the cells' probabilities, which for small ones is their sum. What lies out of the reference's
 * range is part of its neighbour's law, from which it is taken apart.
 *
 * <p>For where some cells are dense ({@link #areDense}); other cells may have few rows. Takes time in proportion to the number
 * of cells. Safe for use by several threads.
 */
final class PermutationNull {

    /** The number of rows expected on the smaller side from which a cell is dense. Of fewer rows a cell counts as a part of one. */
    private static final double DENSE = 40;

    /** The number of cells that have to be dense, so that no single count shows in a sum. */
    private static final double LEAST_DENSE = 6;

    /** The least number of equal cells that would vary as much, so that no single one rules a sum. */
    private static final double LEAST_EQUAL = 4;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** The number of sizes over which the mean of the greatest change is summed. */
    private static final int SIZES = 24;

    /** The standard deviations up to which it is summed. */
    private static final double WIDEST = 6;

    private final double n;
    private final double m;
    private final double cells;
    private final HypergeometricCount[] laws;
    /** Marks cells beyond the reference's range, which share the distribution of their neighbour. */
    private final boolean[] isRun;

    /** The probability that a current row beyond the outermost one of the reference is followed by another. */
    private final double another;

    PermutationNull(Distribution reference, Distribution current) {
        n = reference.total();
        m = current.total();
        double[] pooled = new double[reference.size()];
        double numbers = 0;
        double currentNumbers = 0;
        isRun = new boolean[pooled.length];
        for (int i = 0; i < pooled.length; i++) {
            double rows = Math.rint(reference.count(i)) + Math.rint(current.count(i));
            int neighbour = HypergeometricSampler.neighbour(reference, i);
            isRun[i] = neighbour >= 0;
            pooled[isRun[i] ? neighbour : i] += rows;
            if (isRun[i] || reference.cells().get(i).kind() == Kind.VALUES) {
                numbers += rows;
                currentNumbers += Math.rint(current.count(i));
            }
        }
        laws = new HypergeometricCount[pooled.length];
        for (int i = 0; i < laws.length; i++) {
            laws[i] = HypergeometricCount.shared(pooled[i], n, m);
        }
        cells = occupied(pooled);
        another = currentNumbers / numbers;
        for (int i = 0; i < laws.length; i++) {
            if (isRun[i]) {
                int neighbour = HypergeometricSampler.neighbour(reference, i);
                laws[neighbour] = laws[neighbour].withRun(another);
            }
        }
    }

    /** Returns the number of cells that have rows, or may have some beyond the reference's range. */
    private int occupied(double[] pooled) {
        int occupied = 0;
        for (int i = 0; i < pooled.length; i++) {
            occupied += pooled[i] > 0 || isRun[i] ? 1 : 0;
        }
        return occupied;
    }

    /**
     * Returns whether there are so many cells and rows that a sum over cells hardly shows its single steps, and that none of
     * them rules it.
     */
    static boolean areDense(Distribution reference, Distribution current) {
        double rows = reference.total() + current.total();
        double smaller = Math.min(reference.total(), current.total()) / rows;
        double dense = 0;
        double deviations = 0;
        double variances = 0;
        for (int i = 0; i < reference.size(); i++) {
            double pooled = reference.count(i) + current.count(i);
            double variance = pooled * (rows - pooled);
            dense += Math.min(1, pooled * smaller / DENSE);
            deviations += Math.sqrt(variance);
            variances += variance;
        }
        return dense >= LEAST_DENSE && deviations * deviations >= LEAST_EQUAL * variances;
    }

    /** Returns the null distribution of a sum over counts whose differences may be shrunk. */
    Function<PooledCounts, NullSummary> judge(SumMeasure measure) {
        Moments moments = new Moments();
        for (int i = 0; i < laws.length; i++) {
            if (!isRun[i]) {
                moments.add(measure, laws[i]);
            }
        }
        double mean = moments.mean;
        double variance = moments.variance();
        double root = measure.isRoot() ? meanRoot(mean * mean / variance) : 1;
        double expected = root * measure.size().applyAsDouble(Math.max(0, mean));
        QuadraticForm law = new QuadraticForm(mean, variance / 2, moments.third() / 8);
        // Where sizes are as equal as can be, the sum moves by two rows' steps at a time.
        double step = measure.isSmooth() ? 0 : (1 / n + 1 / m) / 4;
        return counts -> new NullSummary(law.survival(sum(measure, counts) - step), expected);
    }

    private double sum(SumMeasure measure, PooledCounts counts) {
        double sum = 0;
        for (int i = 0; i < laws.length; i++) {
            sum += term(measure, counts.reference().count(i), counts.current().count(i));
        }
        return sum;
    }

    private double term(SumMeasure measure, double ofReference, double ofCurrent) {
        if (ofReference == 0 && ofCurrent == 0) {
            return 0;
        }
        double half = measure.hasHalfRows() ? 0.5 : 0;
        return measure.term()
                .applyAsDouble((ofReference + half) / (n + half * cells), (ofCurrent + half) / (m + half * cells));
    }

    /** Returns {@code Gamma(a + 1/2) / (Gamma(a) sqrt a)} by its series. */
    private static double meanRoot(double shape) {
        double x = 1 / (8 * shape);
        return 1 - x + x * x / 2 + 2.5 * x * x * x;
    }

    /** The moments of a sum over cells. */
    private final class Moments {

        private final double scale = n / (n + m) * (m / (n + m)) / (n + m - 1);
        private double mean;
        private double ofCells;
        private double thirdOfCells;
        // Sums over cells of powers of pooled rows r, the slope b and the curvature c of a term, and the variance of a
        // count.
        private double br;
        private double b2r2;
        private double cr2;
        private double c2r4;
        private double c2r3;
        private double c3r3;
        private double c3r4;
        private double ownCubes;

        private void add(SumMeasure measure, HypergeometricCount law) {
            double[] values = new double[law.counts.length];
            double first = 0;
            for (int i = 0; i < values.length; i++) {
                values[i] = term(measure, law.rows - law.counts[i], law.counts[i] - law.beyond[i]);
                if (law.hasRun) {
                    values[i] += term(measure, 0, law.beyond[i]);
                }
                first += law.probabilities[i] * values[i];
            }
            double second = 0;
            double third = 0;
            double slope = 0;
            double curvature = 0;
            for (int i = 0; i < values.length; i++) {
                double value = values[i] - first;
                double excess = law.counts[i] - law.mean;
                double weighted = law.probabilities[i] * value;
                second += weighted * value;
                third += weighted * value * value;
                slope += weighted * excess;
                curvature += weighted * excess * excess;
            }
            mean += first;
            ofCells += second;
            thirdOfCells += third;
            if (law.ofSquares == 0) {
                return;
            }
            double r = law.rows;
            double b = slope / law.variance;
            double c = (curvature - law.third * b) / law.ofSquares;
            br += b * r;
            b2r2 += b * b * r * r;
            cr2 += c * r * r;
            c2r4 += c * c * r * r * r * r;
            c2r3 += c * c * r * r * r;
            c3r3 += c * c * c * r * r * r;
            c3r4 += c * c * c * r * r * r * r;
            double own = c * r * (n + m - r);
            ownCubes += own * own * own;
        }

        private double variance() {
            return ofCells - scale * (br * br - b2r2) + 2 * scale * scale * (cr2 * cr2 - c2r4);
        }

        private double third() {
            double all = n + m;
            double cubes = all * all * all * c3r3 - 3 * all * all * c3r4 + 3 * all * c2r3 * cr2 - cr2 * cr2 * cr2;
            return thirdOfCells + 8 * scale * scale * scale * (cubes - ownCubes);
        }
    }

    /** Returns the null distribution of the greatest change of a cell's share. */
    Function<PooledCounts, NullSummary> judgeGreatest() {
        double widest = 0;
        for (int i = 0; i < laws.length; i++) {
            widest = Math.max(widest, deviation(i));
        }
        double step = WIDEST * widest / SIZES;
        double expected = step / 2;
        for (int size = 1; size < SIZES; size++) {
            expected += step * anyAtLeast(size * step);
        }
        double mean = expected;
        return counts ->
                new NullSummary(greatestPValue(BinnedDistances.infinity(counts.reference(), counts.current())), mean);
    }

    private double greatestPValue(double observed) {
        double logNone = 0;
        for (int i = 0; i < laws.length; i++) {
            logNone += StrictMath.log1p(-atLeast(i, observed));
        }
        return -StrictMath.expm1(logNone);
    }

    /** Returns the probability that a cell's share changes at least so much. */
    private double atLeast(int cell, double change) {
        HypergeometricCount law = laws[cell];
        if (isRun[cell] || law.variance < HypergeometricCount.NORMAL_FROM) {
            return rarelyAtLeast(cell, change);
        }
        double excess = change / (1 / n + 1 / m);
        return Math.min(1, tail(law, law.mean + excess, 1) + tail(law, law.mean - excess, -1));
    }

    /** As above, of a cell of few rows or out of range. */
    private double rarelyAtLeast(int cell, double change) {
        if (isRun[cell]) {
            return StrictMath.pow(another, Math.ceil(change * m * (1 - 1e-12)));
        }
        HypergeometricCount law = laws[cell];
        double sum = 0;
        for (int i = 0; i < law.counts.length; i++) {
            double difference = law.counts[i] / m - (law.rows - law.counts[i]) / n;
            sum += Math.abs(difference) >= change * (1 - 1e-12) ? law.probabilities[i] : 0;
        }
        return Math.min(1, sum);
    }

    /**
     * Returns the probability of a count at least as far on one side: that of a normal variable at the signed root of the
     * likelihood ratio, half a row nearer. Source: Cox and Hinkley (1974), Theoretical Statistics.
     */
    private double tail(HypergeometricCount law, double bound, int side) {
        double whole =
                side > 0 ? Math.ceil(bound - 1e-9 * Math.abs(bound)) : Math.floor(bound + 1e-9 * Math.abs(bound));
        double count = whole - side * 0.5;
        if (count <= 0 || count >= law.rows || count >= m || law.rows - count >= n) {
            return 0;
        }
        double all = n + m;
        double ratio = part(count, law.rows * (m / all))
                + part(law.rows - count, law.rows * (n / all))
                + part(m - count, m * ((all - law.rows) / all))
                + part(n - law.rows + count, n * ((all - law.rows) / all));
        double root = Math.sqrt(Math.max(0, 2 * ratio));
        return NORMAL.survivalProbability((count - law.mean) * side >= 0 ? root : -root);
    }

    private static double part(double observed, double expected) {
        return observed * StrictMath.log(observed / expected) - observed + expected;
    }

    private double deviation(int cell) {
        return Math.sqrt(laws[cell].variance) * (1 / n + 1 / m);
    }

    /** Returns the probability that any cell's share changes at least so much, dense ones taken as normal. */
    private double anyAtLeast(double change) {
        double logNone = 0;
        for (int i = 0; i < laws.length; i++) {
            double deviations = change / deviation(i);
            if (isRun[i] || laws[i].variance < HypergeometricCount.NORMAL_FROM) {
                logNone += StrictMath.log1p(-rarelyAtLeast(i, change));
            } else if (deviations < WIDEST) {
                logNone += StrictMath.log1p(-2 * NORMAL.survivalProbability(deviations));
            }
        }
        return -StrictMath.expm1(logNone);
    }
}

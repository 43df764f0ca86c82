package io.modelmonitor.stats.internal;

import io.modelmonitor.api.Distribution;
import io.modelmonitor.api.Distribution.Kind;
import java.util.SplittableRandom;

/**
 * Samples tables from the permutation null: the pooled rows of each cell are shared between the reference and the current data
 * as if the rows' labels were permuted at random, a multivariate hypergeometric distribution. Conditioning on the pooled counts is what
 * keeps rare cells honest: to draw both sides anew from the pooled shares would lose most values that occurred once, and so understate
 * chance.
 *
 * <p>Cells out of the reference's range have no rows of the reference, whatever the data. They are drawn together with their
 * neighbour, and then get the run of current rows that lies beyond the outermost row of the reference.
 *
 * <p>Not safe for use by several threads.
 */
public final class HypergeometricSampler {

    private static final long SEED = 0x5EED_0D21F7L;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** The fraction of the golden ratio, whose multiples lie the most evenly between whole numbers. */
    private static final double GOLDEN = 0.6180339887498949;

    /** Up to how many rows are drawn one by one. */
    private static final double FEW = 12;

    /** The variance from which a count is drawn from the normal distribution, bent to its skewness. */
    private static final double NORMAL_FROM = 25;

    private static final int TABLE = 2_048;
    private static final double[] LOG_FACTORIALS = logFactorials();

    private final SplittableRandom random;
    private final double[] pooled;
    private final double total;
    private final double referenceTotal;
    /** The logarithm of the current side's share of the numbers. */
    private final double logCurrentShare;
    /** The first cell is drawn from numbers that lie evenly, so that two cells need few draws. */
    private double first;

    /** For each cell the cell it is split from after drawing, or -1. */
    private final int[] neighbour;

    /** The number of rows that are left before each cell is drawn. */
    private final double[] left;

    /** For cells of so many rows that they are drawn from the normal distribution what the variance is a multiple of; else 0. */
    private final double[] normal;

    public HypergeometricSampler(Distribution reference, Distribution current) {
        random = new SplittableRandom(seed(reference, current));
        first = random.nextDouble();
        pooled = new double[reference.size()];
        neighbour = new int[pooled.length];
        double sum = 0;
        double ofReference = 0;
        double numbers = 0;
        double currentNumbers = 0;
        for (int i = 0; i < pooled.length; i++) {
            double rows = Math.rint(reference.count(i));
            pooled[i] = rows + Math.rint(current.count(i));
            sum += pooled[i];
            ofReference += rows;
            neighbour[i] = neighbour(reference, i);
            if (neighbour[i] >= 0 || reference.cells().get(i).kind() == Kind.VALUES) {
                numbers += pooled[i];
                currentNumbers += pooled[i] - rows;
            }
        }
        for (int i = 0; i < pooled.length; i++) {
            if (neighbour[i] >= 0) {
                pooled[neighbour[i]] += pooled[i];
                pooled[i] = 0;
            }
        }
        total = sum;
        referenceTotal = ofReference;
        left = new double[pooled.length];
        normal = new double[pooled.length];
        plan();
        logCurrentShare = StrictMath.log(currentNumbers / numbers);
    }

    private void plan() {
        double all = total;
        double ofReference = referenceTotal / total;
        for (int i = 0; i < pooled.length; i++) {
            double rows = pooled[i];
            double factor = rows * (all - rows) / (all * all * (all - 1));
            left[i] = all;
            normal[i] = factor * all * all * ofReference * (1 - ofReference) >= NORMAL_FROM ? factor : 0;
            all -= rows;
        }
    }

    /** Returns a seed of the counts' own, lest all columns share the error of one sequence of draws. */
    private static long seed(Distribution reference, Distribution current) {
        long seed = SEED;
        for (int i = 0; i < reference.size(); i++) {
            seed = 31 * (31 * seed + Double.doubleToLongBits(reference.count(i)))
                    + Double.doubleToLongBits(current.count(i));
            seed = (seed ^ seed >>> 32) * MULTIPLIER;
        }
        return seed;
    }

    /** Returns the cell that one out of the reference's range is drawn together with, or -1 for any other. */
    public static int neighbour(Distribution cells, int cell) {
        Kind kind = cells.cells().get(cell).kind();
        int beside = kind == Kind.BELOW_RANGE ? cell + 1 : kind == Kind.ABOVE_RANGE ? cell - 1 : -1;
        boolean isThere = beside >= 0
                && beside < cells.size()
                && cells.cells().get(beside).kind() == Kind.VALUES;
        return isThere ? beside : -1;
    }

    /** Draws the next counts of both sides into arrays with a place for each cell. */
    public void next(double[] reference, double[] current) {
        double ofReference = referenceTotal;
        first += GOLDEN;
        first -= Math.floor(first);
        for (int i = 0; i < pooled.length; i++) {
            double drawn = pooled[i] == 0 ? 0 : draw(i, ofReference, left[i] == total ? first : random.nextDouble());
            reference[i] = drawn;
            current[i] = pooled[i] - drawn;
            ofReference -= drawn;
        }
        for (int i = 0; i < pooled.length; i++) {
            if (neighbour[i] >= 0) {
                double run = Math.floor(StrictMath.log(1 - random.nextDouble()) / logCurrentShare);
                double beyond = Math.min(run, current[neighbour[i]]);
                current[i] = beyond;
                current[neighbour[i]] -= beyond;
            }
        }
    }

    /** Draws how many rows of a cell are of the reference, which has so many of all that are left. */
    private double draw(int cell, double ofReference, double uniform) {
        double all = left[cell];
        double rows = pooled[cell];
        double others = all - ofReference;
        return normal[cell] > 0
                ? rounded(all, ofReference, rows, normal[cell] * ofReference * others, uniform)
                : hypergeometric(all, ofReference, rows, uniform);
    }

    /** Draws how many of some rows are of the reference. */
    private double hypergeometric(double all, double ofReference, double rows, double uniform) {
        double few = Math.min(rows, all - rows);
        double marked = Math.min(ofReference, all - ofReference);
        double drawn = few <= marked ? ofMarked(all, marked, few, uniform) : ofMarked(all, few, marked, uniform);
        double ofFew = marked == ofReference ? drawn : few - drawn;
        return few == rows ? ofFew : ofReference - ofFew;
    }

    /** Draws how many of some rows are marked; both are at most half of all, and the rows are not more than the marked. */
    private double ofMarked(double all, double marked, double rows, double uniform) {
        if (rows <= FEW) {
            return oneByOne(all, marked, rows);
        }
        double share = marked / all;
        double variance = rows * share * (1 - share) * (all - rows) / (all - 1);
        return variance < NORMAL_FROM
                ? inverted(all, marked, rows, uniform)
                : rounded(all, marked, rows, variance, uniform);
    }

    private double oneByOne(double all, double marked, double rows) {
        double drawn = 0;
        for (int i = 0; i < rows; i++) {
            drawn += random.nextDouble() * (all - i) < marked - drawn ? 1 : 0;
        }
        return drawn;
    }

    /** Draws by adding up probabilities from 0 until they exceed a uniform number. */
    private static double inverted(double all, double marked, double rows, double uniform) {
        double others = all - marked;
        double probability = StrictMath.exp(
                logFactorial(others) + logFactorial(all - rows) - logFactorial(all) - logFactorial(others - rows));
        double rest = uniform;
        double drawn = 0;
        while (rest > probability && drawn < rows) {
            rest -= probability;
            probability *= (marked - drawn) * (rows - drawn) / ((drawn + 1) * (others - rows + drawn + 1));
            drawn++;
        }
        return drawn;
    }

    private static double[] logFactorials() {
        double[] table = new double[TABLE];
        for (int i = 1; i < TABLE; i++) {
            table[i] = table[i - 1] + StrictMath.log(i);
        }
        return table;
    }

    /** From a table, and beyond it by Stirling's series. */
    private static double logFactorial(double x) {
        return x < TABLE
                ? LOG_FACTORIALS[(int) x]
                : (x + 0.5) * StrictMath.log(x) - x + 0.9189385332046727 + 1 / (12 * x);
    }

    /** Draws from the normal distribution, bent to the hypergeometric's skewness (Cornish and Fisher), and rounds. */
    private double rounded(double all, double marked, double rows, double variance, double uniform) {
        double z = NormalQuantiles.of(uniform);
        double mean = rows * marked / all;
        double skewness = (all - 2 * marked) * (all - 2 * rows) / (all * (all - 2));
        double drawn = Math.rint(mean + Math.sqrt(variance) * z + skewness * (z * z - 1) / 6);
        return Math.max(Math.max(0, rows - (all - marked)), Math.min(Math.min(rows, marked), drawn));
    }
}

package io.modelmonitor.stats.test;

import io.modelmonitor.api.Distribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Tests of two counts over the same cells. Cells without rows on either side do not count; with fewer than two others, or no
 * rows on a side, a test is undefined. Both sides are taken as samples, so the number of reference rows matters.
 *
 * <p>Each takes time in proportion to the number of cells. Pure and safe for use by several threads.
 */
public final class ContingencyTests {

    private ContingencyTests() {}

    /** Returns Pearson's chi-square test of the two rows of counts, without continuity correction. */
    public static TestResult chiSquare(Distribution reference, Distribution current) {
        return test(
                reference, current, (observed, expected) -> (observed - expected) * (observed - expected) / expected);
    }

    /** Returns the G test (log-likelihood ratio) of the two rows of counts, {@code 2 sum O ln(O / E)}. */
    public static TestResult g(Distribution reference, Distribution current) {
        return test(
                reference,
                current,
                (observed, expected) -> observed == 0 ? 0 : 2 * observed * StrictMath.log(observed / expected));
    }

    /**
     * Returns the chi-square test with Yates' continuity correction: half a row, or the whole difference if that is less.
     * Undefined unless exactly two cells have rows.
     */
    public static TestResult chiSquareYates(Distribution reference, Distribution current) {
        if (occupied(reference, current) != 2) {
            return TestResult.undefined("Yates' correction is for exactly two cells with rows");
        }
        return test(reference, current, (observed, expected) -> {
            double difference = Math.max(0, Math.abs(observed - expected) - 0.5);
            return difference * difference / expected;
        });
    }

    /**
     * Returns the chi-square test of the current counts against the reference's shares, taken as the truth. For comparison
     * only: it mistakes the reference's chance for drift. Undefined when a cell has rows in the current data only.
     */
    public static TestResult goodnessOfFit(Distribution reference, Distribution current) {
        int cells = occupied(reference, current);
        String problem = problem(reference, current, cells);
        if (!problem.isEmpty()) {
            return TestResult.undefined(problem);
        }
        double sum = 0;
        for (int i = 0; i < reference.size(); i++) {
            double expected = reference.share(i) * current.total();
            double difference = current.count(i) - expected;
            if (expected > 0) {
                sum += difference * difference / expected;
            } else if (current.count(i) > 0) {
                return TestResult.undefined("cell '" + reference.cells().get(i).label() + "' has no reference rows");
            }
        }
        return result(sum, cells - 1);
    }

    /** Returns Cramer's V of the two rows of counts, {@code sqrt(chi-square / rows)}, from 0 to 1; NaN when undefined. */
    public static double cramersV(Distribution reference, Distribution current) {
        return Math.sqrt(chiSquare(reference, current).statistic() / (reference.total() + current.total()));
    }

    /** Returns the least number of rows that is expected in any cell on either side; NaN without rows. */
    public static double leastExpected(Distribution reference, Distribution current) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < reference.size(); i++) {
            double pooled = reference.count(i) + current.count(i);
            least = pooled > 0 ? Math.min(least, pooled) : least;
        }
        double n = reference.total();
        double m = current.total();
        return least * Math.min(n, m) / (n + m);
    }

    static int occupied(Distribution reference, Distribution current) {
        int occupied = 0;
        for (int i = 0; i < reference.size(); i++) {
            if (reference.count(i) + current.count(i) > 0) {
                occupied++;
            }
        }
        return occupied;
    }

    private static TestResult test(Distribution reference, Distribution current, CellTerm term) {
        int cells = occupied(reference, current);
        String problem = problem(reference, current, cells);
        if (!problem.isEmpty()) {
            return TestResult.undefined(problem);
        }
        double n = reference.total();
        double m = current.total();
        double sum = 0;
        for (int i = 0; i < reference.size(); i++) {
            double pooled = reference.count(i) + current.count(i);
            if (pooled > 0) {
                sum += term.of(reference.count(i), pooled * (n / (n + m)))
                        + term.of(current.count(i), pooled * (m / (n + m)));
            }
        }
        return result(sum, cells - 1);
    }

    private static String problem(Distribution reference, Distribution current, int cells) {
        if (reference.total() == 0 || current.total() == 0) {
            return "one side has no rows";
        }
        return cells < 2 ? "all rows are in one cell" : "";
    }

    private static TestResult result(double statistic, int degreesOfFreedom) {
        return TestResult.of(
                statistic,
                degreesOfFreedom,
                ChiSquaredDistribution.of(degreesOfFreedom).survivalProbability(statistic));
    }

    @FunctionalInterface
    private interface CellTerm {
        double of(double observed, double expected);
    }
}

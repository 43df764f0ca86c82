package io.modelmonitor.stats.test;

import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Two shares: of the reference rows, {@code a} have a property and {@code b} have not; of the current rows, {@code c} and
 * {@code d}.
 *
 * @param a the reference rows with the property
 * @param b the reference rows without it
 * @param c the current rows with the property
 * @param d the current rows without it
 */
public record TwoByTwo(int a, int b, int c, int d) {

    /**
     * Creates a table.
     *
     * @throws IllegalArgumentException if a count is negative
     */
    public TwoByTwo {
        if (a < 0 || b < 0 || c < 0 || d < 0) {
            throw new IllegalArgumentException(
                    "table " + a + ", " + b + ", " + c + ", " + d + " has a negative count; allowed is at least 0");
        }
    }

    /** Which difference counts. */
    public enum Side {
        /** Any. */
        BOTH {
            @Override
            double of(HypergeometricDistribution tables, int a) {
                return Tables.noLikelierThan(tables, a);
            }
        },
        /** The reference's share is greater. */
        REFERENCE_GREATER {
            @Override
            double of(HypergeometricDistribution tables, int a) {
                return Tables.atLeast(tables, a);
            }
        },
        /** The reference's share is less. */
        REFERENCE_LESS {
            @Override
            double of(HypergeometricDistribution tables, int a) {
                return Tables.atMost(tables, a);
            }
        };

        /** Returns the probability of tables that differ as much as the one with a. */
        abstract double of(HypergeometricDistribution tables, int a);
    }

    /** Returns the odds ratio {@code a d / (b c)}: infinite when only the divisor is zero, NaN when both are. */
    public double oddsRatio() {
        return (double) a * d / ((double) b * c);
    }

    /**
     * Returns Fisher's exact test, with the {@link #oddsRatio} as statistic; two-sided by adding up the tables that are no
     * likelier than this one. A table with an empty margin can be no other, so p = 1. Takes time in proportion to the
     * root of the counts. Source: Fisher (1922), On the interpretation of chi-square from contingency tables.
     */
    public TestResult fisher(Side side) {
        if (hasEmptyMargin()) {
            return TestResult.of(oddsRatio(), 1);
        }
        if ((long) a + b + c + d > Integer.MAX_VALUE) {
            return TestResult.undefined("the table has " + ((long) a + b + c + d)
                    + " rows; adding up tables is for at most " + Integer.MAX_VALUE);
        }
        return TestResult.of(oddsRatio(), side.of(tables(), a));
    }

    /** Returns how likely each a is when the margins are as they are and nothing differs. */
    private HypergeometricDistribution tables() {
        return HypergeometricDistribution.of(a + b + c + d, a + c, a + b);
    }

    /**
     * Returns Fisher's two-sided test with half the probability of this very table (Lancaster's mid-p), which is uniform on
     * average where the exact one is too careful.
     */
    double fisherMidP() {
        if (hasEmptyMargin()) {
            return 1;
        }
        double own = tables().probability(a);
        return Math.max(0, fisher(Side.BOTH).pValue() - own / 2);
    }

    /** Returns the two-sided z test of equal shares with the pooled share in its variance; undefined when that is 0. */
    public TestResult pooledZ() {
        double n = (double) a + b;
        double m = (double) c + d;
        double share = ((double) a + c) / (n + m);
        return z(share * (1 - share) * (1 / n + 1 / m));
    }

    /** Returns the two-sided z test of equal shares with each side's own variance; undefined when both are 0. */
    public TestResult unpooledZ() {
        double n = (double) a + b;
        double m = (double) c + d;
        return z(a / n * (b / n) / n + c / m * (d / m) / m);
    }

    private TestResult z(double variance) {
        double n = (double) a + b;
        double m = (double) c + d;
        if (n == 0 || m == 0) {
            return TestResult.undefined("one side has no rows");
        }
        if (variance == 0) {
            return TestResult.undefined("the shares have no variance: each is 0 or 1");
        }
        double z = (a / n - c / m) / Math.sqrt(variance);
        return TestResult.of(z, 2 * NormalDistribution.of(0, 1).survivalProbability(Math.abs(z)));
    }

    private boolean hasEmptyMargin() {
        return (long) a + b == 0 || (long) c + d == 0 || (long) a + c == 0 || (long) b + d == 0;
    }
}

package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.stats.test.TestResult;

/**
 * Tests whether a distribution of numbers changed, with as few assumptions as a monitor may make: ties, heaps of zeros, two
 * values only, very different numbers of rows, windows of one row, and ranks that a sketch only estimates.
 *
 * <p>The null distribution is that of all ways to share the pooled rows among both sides. The p-value comes from the first of
 * these that applies:
 *
 * <ol>
 *   <li>One row on a side: its rank, exactly ({@link ExactPermutation#singleRow}).
 *   <li>Two values: two categories, exactly ({@link BinomialScan}).
 *   <li>Few ways to share the rows: Anderson and Darling's statistic of each of them ({@link ExactPermutation#enumerated}).
 *   <li>A heap, that is a value with much of the mass, and few rows beside it: the number of rows on the heap, exactly, and the
 *       rows beside it by this list, joined ({@link HeapDecomposition}).
 *   <li>Anderson and Darling's statistic, which sees a shift nearly as well as a t test does ({@link AndersonDarlingSums}), and
 *       the cut that changed most, which sees an edge that moved ({@link BinomialScan}), joined by Bonferroni's inequality.
 * </ol>
 *
 * <p>The p-value is uniform or larger without a change, but for the 0.0125 that joining adds at most. Each difference is first
 * shrunk by both rank errors. Takes time in proportion to the number of values. Pure and safe for use by several threads.
 */
public final class NumericChange {

    /** The part of the false alarms of the first test that the cuts may add, while p-values are small. */
    private static final double CUTS = 0.25;

    /** The p-value up to which the cuts count. */
    private static final double SMALL = 0.05;

    private NumericChange() {}

    /**
     * Tests whether two distributions are the same. The statistic is normed to a mean of about 1 when they are. Undefined
     * when one has no rows, or all values are equal.
     */
    public static TestResult test(EmpiricalDistribution reference, EmpiricalDistribution current) {
        return test(PooledEcdf.of(reference, current));
    }

    static TestResult test(PooledEcdf pooled) {
        if (pooled.n == 0 || pooled.m == 0) {
            return TestResult.undefined("one side has no numbers");
        }
        if (pooled.size == 1) {
            return TestResult.undefined("all numbers are equal");
        }
        AndersonDarlingSums sums = AndersonDarlingSums.of(pooled);
        return TestResult.of(sums.statistic(), pValue(pooled, sums));
    }

    /** Returns the p-value; 1 where nothing could differ. */
    private static double pValue(PooledEcdf pooled, AndersonDarlingSums sums) {
        double rows = Math.min(pooled.n, pooled.m);
        if (rows < 1 || pooled.size < 2) {
            return 1;
        }
        if (rows < 2) {
            return ExactPermutation.singleRow(pooled);
        }
        if (pooled.size == 2) {
            return BinomialScan.of(pooled).pValue();
        }
        if (ExactPermutation.areFew(pooled)) {
            return ExactPermutation.enumerated(pooled);
        }
        if (!HeapDecomposition.applies(pooled, sums.weights())) {
            return joint(sums.pValue(), BinomialScan.of(pooled).pValue());
        }
        int mode = pooled.mode();
        PooledEcdf rest = pooled.without(mode);
        return HeapDecomposition.pValue(pooled, mode, pValue(rest, AndersonDarlingSums.of(rest)));
    }

    /**
     * Returns a p-value of both tests: with {@code T = min(p, q / CUTS)}, q not counting beyond {@code CUTS SMALL}, the chance of
     * {@code T <= t} is at most {@code t + CUTS min(t, SMALL)}, whether or not the tests depend on each other.
     */
    private static double joint(double ofAll, double ofCuts) {
        double cuts = ofCuts / CUTS;
        double least = cuts <= SMALL ? Math.min(ofAll, cuts) : ofAll;
        return Math.min(1, least + CUTS * Math.min(least, SMALL));
    }
}

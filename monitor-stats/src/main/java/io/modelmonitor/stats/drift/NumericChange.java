package io.modelmonitor.stats.drift;

/**
 * Tests whether a distribution of numbers changed, with as few assumptions as a monitor may make: ties, heaps of zeros, two
 * values only, very different numbers of rows, and ranks that a sketch knows only roughly.
 *
 * <p>Two tests, joined by Bonferroni's inequality, the second of which counts only where it is sure:
 *
 * <ul>
 *   <li>Anderson and Darling's, which sees a shift nearly as well as a t test does ({@link AndersonDarlingSums}).
 *   <li>The cut that changed most, of some that leave ever fewer rows on one side, which sees an edge that moved
 *       ({@link Cuts}).
 * </ul>
 *
 * <p>The p-value is uniform without a change, but for the 0.0125 that joining adds at most. Each difference is first lessened by
 * both rank errors. Two values are tested as two categories are. Takes time in proportion to the number of values. Pure and
 * safe for use by several threads.
 */
public final class NumericChange {

    /** How many false alarms the cuts may add to those of the first test, as a share of these, while p-values are small. */
    private static final double CUTS = 0.25;

    /** Up to which p-value the cuts have a say. */
    private static final double SMALL = 0.05;

    private NumericChange() {}

    /**
     * Tests whether two distributions are the same. The statistic is normed to a mean of about 1 when they are. Undefined
     * when one has no rows, or all values are equal.
     */
    public static TestResult test(EmpiricalDistribution reference, EmpiricalDistribution current) {
        if (reference.isEmpty() || current.isEmpty()) {
            return TestResult.undefined("one side has no numbers");
        }
        double n = reference.total();
        double m = current.total();
        double slack = reference.rankError() + current.rankError();
        AndersonDarlingSums sums = new AndersonDarlingSums(n, m, slack);
        Cuts cuts = new Cuts(n, m, slack);
        Steps steps = new Steps(reference, current);
        while (steps.next()) {
            sums.add(steps.referenceCount(), steps.currentCount());
            cuts.add(steps.referenceCount(), steps.currentCount());
        }
        if (sums.steps() == 0) {
            return TestResult.undefined("all numbers are equal");
        }
        double p = sums.steps() == 1 ? cuts.pValue() : joint(sums.pValue(), cuts.pValue());
        return TestResult.of(sums.statistic(), p);
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

package io.modelmonitor.stats.drift;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Tests whether a distribution of numbers changed, with as few assumptions as a monitor may make: ties, heaps of zeros, two
 * values only, very different numbers of rows, and ranks that a sketch knows only roughly.
 *
 * <p>Two tests, joined by Bonferroni's inequality, the second of which counts only where it is sure:
 *
 * <ul>
 *   <li>Anderson and Darling's, {@code integral (F - G)^2 / (H (1 - H)) dH} over {@code s = 1/n + 1/m}, where H pools both: it
 *       sees a shift nearly as well as a t test does. Its p-value is that of all ways to share the pooled values among the
 *       samples, so ties are no approximation: given the pooled values, F - G is a bridge whose covariance {@code H_i (1 -
 *       H_j)} yields the statistic's mean, variance and skewness in one pass; where few rows are expected beyond a step, its
 *       fourth cumulant corrects them. Source: Pettitt (1976), A two-sample Anderson-Darling rank statistic.
 *   <li>The cut that changed most, of those that leave a half, a quarter, an eighth and so on of the pooled rows on one side:
 *       it sees an edge that moved. Each is tested as two categories are, times
 *       the number of cuts. Source: Berk and Jones (1979), Goodness-of-fit test statistics that dominate the Kolmogorov
 *       statistics, with few cuts so that probabilities stay exact.
 * </ul>
 *
 * <p>The p-value is uniform without a change, but for one part in 100. Each difference is first lessened by both rank
 * errors. Two values are tested as two categories are. Takes time in
 * proportion to the number of values. Pure and safe for use by several threads.
 */
public final class NumericChange {

    /** How many false alarms the cuts may add to those of the first test, as a share of these, while p-values are small. */
    private static final double CUTS = 0.2;

    /** Up to which p-value the cuts have a say. */
    private static final double SMALL = 0.05;

    private final int size;
    private final double[] pooled;
    private final double[] difference;
    private final double[] weight;
    private final double slack;
    private final double n;
    private final double m;

    private NumericChange(EmpiricalDistribution reference, EmpiricalDistribution current) {
        int most = reference.values().size() + current.values().size();
        double[] positions = new double[most];
        double[] differences = new double[most];
        n = reference.total();
        m = current.total();
        Steps steps = new Steps(reference, current);
        int count = 0;
        while (steps.next()) {
            positions[count] = (steps.referenceCount() + steps.currentCount()) / (n + m);
            differences[count] = steps.difference();
            count++;
        }
        // After the last value both distribution functions are 1, which says nothing.
        size = Math.max(0, count - 1);
        pooled = positions;
        difference = differences;
        slack = reference.rankError() + current.rankError();
        weight = new double[size];
        for (int i = 0; i < size; i++) {
            weight[i] = weight(pooled[i] - (i == 0 ? 0 : pooled[i - 1]), pooled[i + 1] - pooled[i]);
        }
    }

    /**
     * Tests whether two distributions are the same. The statistic is normed to a mean of about 1 when they are. Undefined
     * when one has no rows, or all values are equal.
     */
    public static TestResult test(EmpiricalDistribution reference, EmpiricalDistribution current) {
        if (reference.isEmpty() || current.isEmpty()) {
            return TestResult.undefined("one side has no numbers");
        }
        NumericChange change = new NumericChange(reference, current);
        if (change.size == 0) {
            return TestResult.undefined("all numbers are equal");
        }
        double statistic = change.statistic();
        double ofCuts = change.cutsPValue();
        if (change.size == 1) {
            return TestResult.of(statistic, ofCuts);
        }
        return TestResult.of(statistic, joint(change.pValue(statistic), ofCuts));
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

    /**
     * Returns the weight of the step between two neighbouring values from their shares of the pooled rows: the harmonic mean,
     * which is their share where they are alike. A heap then lends no weight to its own edge, where its chance would drown
     * a change of the values beside it.
     */
    private static double weight(double below, double above) {
        return 2 * below * above / (below + above);
    }

    private double statistic() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double excess = Math.max(0, Math.abs(difference[i]) - slack);
            sum += weight[i] * excess * excess / (pooled[i] * (1 - pooled[i]));
        }
        return sum * (n + m - 1) / (n + m) / (1 / n + 1 / m);
    }

    private double pValue(double statistic) {
        double sum = 0;
        double squares = 0;
        double cubes = 0;
        double fourthMoments = 0;
        // Sums over all earlier steps: of a, of a times weight, and of a times the weights between; see the class
        // comment.
        double before = 0;
        double beforeWeighted = 0;
        double between = 0;
        double beforeBelowHalf = 0;
        for (int i = 0; i < size; i++) {
            double h = pooled[i];
            double w = weight[i];
            double a = w * h / (1 - h);
            double belowHalf = w * (1 - 2 * h) / (1 - h);
            double d = w * (1 - h) / h;
            sum += w;
            squares += w * w + 2 * d * before;
            cubes += w * w * w + d * (3 * beforeWeighted + 3 * w * before + 6 * between);
            fourthMoments += d * (belowHalf + 2 * beforeBelowHalf) + w * (a + 2 * before);
            between += before * w;
            before += a;
            beforeWeighted += w * a;
            beforeBelowHalf += belowHalf;
        }
        double spread = n / (n + m) * (m / (n + m));
        double fourth =
                (1 - 6 * spread) * (fourthMoments - sum * sum - 2 * squares) - 2 * spread * (sum * sum + 2 * squares);
        double sparse = 1 + fourth / ((n + m) * spread) / (2 * squares);
        if (!(sparse > 1e-9)) {
            return 1;
        }
        return new QuadraticForm(sum, squares * sparse, cubes * Math.pow(sparse, sparse > 1 ? 5.5 : 3))
                .survival(statistic);
    }

    /** Returns the p-value of the cut that changed most, among those with a row expected beyond on the smaller side. */
    private double cutsPValue() {
        BitSet cuts = new BitSet(size);
        for (double share = 0.5; share >= 0.25 || share * Math.min(n, m) >= 1; share /= 2) {
            int first = firstFrom(share);
            if (first < size) {
                cuts.set(first);
            }
            int last = firstFrom(Math.nextUp(1 - share)) - 1;
            if (share < 0.5 && last >= 0) {
                cuts.set(last);
            }
        }
        double least = cuts.stream().mapToDouble(this::cutPValue).min().orElse(1);
        return CategoryChange.ofMany(cuts.cardinality(), least);
    }

    /** Returns the first step up to which at least this share of the pooled rows lies. */
    private int firstFrom(double share) {
        int found = Arrays.binarySearch(pooled, 0, size, share);
        return found >= 0 ? found : -found - 1;
    }

    private double cutPValue(int step) {
        double reference = referenceUpTo(step);
        return CategoryChange.extreme(reference, pooled[step] * (n + m) - reference, n, m, slack);
    }

    private double referenceUpTo(int step) {
        return step == size ? n : (pooled[step] * (n + m) + difference[step] * m) * n / (n + m);
    }
}

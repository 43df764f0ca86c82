package io.modelmonitor.stats.drift;

import io.modelmonitor.api.Distribution;
import java.util.ArrayList;
import java.util.List;

/**
 * Tests whether a distribution of numbers changed, with as few assumptions as a monitor may make: ties, heaps of zeros, two
 * values only, very different numbers of rows, and ranks that a sketch knows only roughly.
 *
 * <p>The statistic is Anderson and Darling's, {@code integral (F - G)^2 / (H (1 - H)) dH} over {@code s = 1/n + 1/m}, where H
 * pools both: it sees a shift nearly as well as a t test does and, unlike Kolmogorov-Smirnov, the tails too. Each difference
 * is first lessened by both rank errors. Its p-value is that of all ways to share the pooled values among the samples, so
 * ties are no approximation: given the pooled values, F - G is a bridge whose covariance {@code H_i (1 - H_j)} yields the
 * statistic's mean, variance and skewness in one pass. Where the weight lies on steps that fewer than five rows of the
 * smaller side are expected beyond, the counts are resampled instead, and two values are tested by Fisher's exact test.
 *
 * <p>Source of the statistic: Pettitt (1976), A two-sample Anderson-Darling rank statistic. Takes time in proportion to the
 * number of values. Pure and safe for use by several threads.
 */
public final class NumericChange {

    /** The expected number of rows from which the bridge is close enough to normal. */
    private static final double DENSE = 5;

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
        return TestResult.of(statistic, change.isDense() ? change.pValue(statistic) : change.sparsePValue());
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

    private boolean isDense() {
        double expected = 0;
        double total = 0;
        for (int i = 0; i < size; i++) {
            expected += weight[i] * Math.min(pooled[i], 1 - pooled[i]);
            total += weight[i];
        }
        return expected * Math.min(n, m) >= DENSE * total;
    }

    private double pValue(double statistic) {
        double sum = 0;
        double squares = 0;
        double cubes = 0;
        // Sums over all earlier steps: of a, of a times weight, and of a times the weights between; see the class
        // comment.
        double before = 0;
        double beforeWeighted = 0;
        double between = 0;
        for (int i = 0; i < size; i++) {
            double h = pooled[i];
            double w = weight[i];
            double a = w * h / (1 - h);
            double d = w * (1 - h) / h;
            sum += w;
            squares += w * w + 2 * d * before;
            cubes += w * w * w + d * (3 * beforeWeighted + 3 * w * before + 6 * between);
            between += before * w;
            before += a;
            beforeWeighted += w * a;
        }
        return new QuadraticForm(sum, squares, cubes).survival(statistic);
    }

    private double sparsePValue() {
        double[] p = new double[size + 1];
        double[] q = new double[size + 1];
        double total = n + m;
        double reference = 0;
        double current = 0;
        for (int i = 0; i <= size; i++) {
            double both = pooled[i] * total;
            double referenceUpTo = i == size ? n : (both + difference[i] * m) * n / total;
            double currentUpTo = i == size ? m : both - referenceUpTo;
            p[i] = Math.max(0, Math.rint(referenceUpTo - reference));
            q[i] = Math.max(0, Math.rint(currentUpTo - current));
            reference = referenceUpTo;
            current = currentUpTo;
        }
        if (size == 1) {
            return CategoryChange.ofTwo(p, q);
        }
        List<Distribution.Cell> cells = new ArrayList<>();
        for (int i = 0; i <= size; i++) {
            cells.add(new Distribution.Cell(Distribution.Kind.VALUES, "", i));
        }
        return Resampling.of(Distribution.of(cells, p), Distribution.of(cells, q), NumericChange::ofCells)
                .pValue();
    }

    /** Returns the statistic of counts over cells in ascending order of their values. */
    private static double ofCells(Distribution reference, Distribution current) {
        double n = reference.total();
        double m = current.total();
        double before = 0;
        double h = 0;
        double difference = 0;
        double sum = 0;
        for (int i = 0; i < reference.size(); i++) {
            double next = h + (reference.count(i) + current.count(i)) / (n + m);
            if (h > 0 && next > h && h < 1 - 1e-12) {
                sum += weight(h - before, next - h) * difference * difference / (h * (1 - h));
            }
            if (next > h) {
                before = h;
                h = next;
            }
            difference += reference.count(i) / n - current.count(i) / m;
        }
        return sum / (1 / n + 1 / m);
    }
}

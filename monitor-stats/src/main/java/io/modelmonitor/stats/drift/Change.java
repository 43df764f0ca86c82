package io.modelmonitor.stats.drift;

import io.modelmonitor.api.Bound;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * One way in which a column may have changed: how much, and whether chance explains it.
 *
 * @param effect the size, as a share of rows from 0 to 1
 * @param expected the size to expect from chance alone, computed when asked for; NaN when nothing could change
 * @param test the test, made when first asked for
 * @param note what changed, for the reader
 */
record Change(double effect, DoubleSupplier expected, Supplier<TestResult> test, String note) {

    /** Returns a change of shares over the same cells, sized by total variation. */
    static Change ofShares(Shares shares, String note) {
        return new Change(
                BinnedDistances.totalVariation(shares.reference(), shares.current()),
                () -> expectedTotalVariation(shares),
                new Once<>(() -> CategoryChange.test(shares)),
                note);
    }

    /** Returns a change of numbers, sized by the Kolmogorov-Smirnov distance. */
    static Change ofNumbers(NumberDistances numbers, String note) {
        return new Change(
                numbers.kolmogorovSmirnov(),
                () -> numbers.chanceOfKolmogorovSmirnov().expected(),
                new Once<>(() -> NumericChange.test(numbers.reference(), numbers.current())),
                note);
    }

    /** Returns the greatest of several changes; of equal ones the first. */
    static Change greatest(List<Change> changes) {
        Change greatest = changes.get(0);
        for (Change change : changes) {
            greatest = change.effect() > greatest.effect() ? change : greatest;
        }
        return greatest;
    }

    /**
     * Returns the p-value of a column that may have changed in several ways: the least of those that exceed the bound, times the
     * number of ways that could be tested (Bonferroni). So a large change that chance explains and a tiny one that it does not
     * raise no alarm together.
     */
    static double pValue(List<Change> changes, Bound bound) {
        double least = 1;
        int tested = 0;
        for (Change change : changes) {
            TestResult result = change.test().get();
            if (result.isDefined()) {
                tested++;
                if (!bound.holds(change.effect())) {
                    least = Math.min(least, result.pValue());
                }
            }
        }
        return Math.min(1, Math.max(1, tested) * least);
    }

    /** Returns half the sum of the cells' mean absolute differences, each as of a normal variable and no more than possible. */
    private static double expectedTotalVariation(Shares shares) {
        double n = shares.reference().total();
        double m = shares.current().total();
        double sum = 0;
        for (int i = 0; i < shares.reference().size(); i++) {
            double share = (shares.reference().count(i) + shares.current().count(i)) / (n + m);
            double normal = Math.sqrt(2 / Math.PI * share * (1 - share) * (1 / n + 1 / m));
            sum += Math.min(normal, 2 * share * (1 - share));
        }
        return Math.min(1, sum / 2);
    }
}

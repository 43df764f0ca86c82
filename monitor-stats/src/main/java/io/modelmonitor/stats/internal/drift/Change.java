package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Bound;
import io.modelmonitor.stats.test.TestResult;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * One way in which a column may have changed: how much, and whether chance explains it.
 *
 * @param way the way
 * @param effect the size, as a share of rows from 0 to 1
 * @param expected the size to expect from chance alone, computed when asked for; NaN when nothing could change
 * @param excess the size less what chance gives, computed when asked for
 * @param test the test, made when first asked for
 * @param note what changed, for the reader
 */
record Change(
        Way way,
        double effect,
        DoubleSupplier expected,
        DoubleSupplier excess,
        Supplier<TestResult> test,
        String note) {

    /** A way in which a column may change. */
    enum Way {
        VALUES,
        PRESENCE,
        KINDS
    }

    /** Returns a change of shares over the same cells, sized by total variation. */
    static Change ofShares(Way way, PooledCounts shares, String note) {
        TotalVariation size = TotalVariation.of(shares);
        return new Change(
                way, size.value(), size::expected, size::excess, new Once<>(() -> CategoryChange.test(shares)), note);
    }

    /** Returns a change of numbers, sized by the Kolmogorov-Smirnov distance. */
    static Change ofNumbers(NumberDistances numbers) {
        return new Change(
                Way.VALUES,
                numbers.kolmogorovSmirnov(),
                () -> numbers.kolmogorovSmirnovNull().expected(),
                numbers::kolmogorovSmirnovExcess,
                new Once<>(numbers::test),
                numbers.note());
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
     * Returns the p-values of the ways in which a column changed by more than a bound, beside what chance gives: each times the number of
     * ways that could be tested (Bonferroni). None of a way whose size less what chance gives lies inside the bound, so that a large change
     * that chance explains and a tiny one that it does not raise no alarm together.
     *
     * @param own how much windows of the reference differ
     * @param rows the number of rows of the window
     */
    static Map<Way, Double> pValues(List<Change> changes, Bound bound, Dispersion own, long rows) {
        Map<Way, Double> values = new EnumMap<>(Way.class);
        if (changes.stream().noneMatch(change -> Excess.isOutside(bound, change.effect(), change.excess()))) {
            return values;
        }
        int tested = 0;
        for (Change change : changes) {
            TestResult result = change.test().get();
            if (result.isDefined()) {
                tested++;
                if (Excess.isOutside(bound, change.effect(), change.excess())) {
                    values.put(change.way(), own.pValue(change.way(), result, rows));
                }
            }
        }
        int ways = tested;
        values.replaceAll((way, p) -> Math.min(1, ways * p));
        return values;
    }

    /** Returns the least of the {@link #pValues}. */
    static double pValue(List<Change> changes, Bound bound, Dispersion own, long rows) {
        return least(pValues(changes, bound, own, rows));
    }

    /** Returns the least of some p-values; 1 of none. */
    static double least(Map<Way, Double> values) {
        return values.isEmpty() ? 1 : Collections.min(values.values());
    }
}

package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Distribution;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.sketch.Category;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The metric {@code word_drift}: the change of the shares of words in a column of texts or ids that hardly come again, such as the domains
 * of addresses. One word of each text takes part, so that the metric is less than the share of texts that changed: about that share,
 * divided by the number of words of a text. Pure and safe for use by several threads.
 */
public final class WordDrift {

    /** The name of the metric. */
    public static final String METRIC = "word_drift";

    private static final String NO_WORD = "no word";
    private static final String OTHER_WORDS = "other words";

    private WordDrift() {}

    /** Returns whether texts of a reference have words, so that windows can be compared with them. */
    public static boolean isKnown(List<Category> reference) {
        return total(reference) > without(reference);
    }

    /** Returns the metric of a column of the reference itself. */
    public static Metric ofReference(String column) {
        return Metric.of(column, METRIC, 0).on(Scale.CHANGE);
    }

    /**
     * Returns the metric of a window: the total variation of the shares, from 0 to 1.
     *
     * @param column the column's name
     * @param reference the words of the reference, cell by cell ({@link io.modelmonitor.stats.sketch.ColumnReading#words})
     * @param current those of the window
     * @param wanted the bound to test for; null if it is not tested
     */
    public static Metric of(String column, List<Category> reference, List<Category> current, @Nullable Bound wanted) {
        if (total(current) == 0) {
            return Metric.undefined(column, METRIC, "no text is present").on(Scale.CHANGE);
        }
        PooledCounts shares = shares(reference, current);
        Change change = Change.ofShares(Change.Way.VALUES, shares, Notes.ofCells(shares));
        Evidence evidence = wanted == null || wanted.holds(change.effect())
                ? Evidence.PValue.UNTESTED
                : new Evidence.PValue(
                        Change.pValue(List.of(change), wanted, Dispersion.NONE, total(current)),
                        change.expected().getAsDouble());
        Metric metric = Metric.of(column, METRIC, change.effect(), evidence).on(Scale.CHANGE);
        return change.effect() > 0 ? metric.withNote(change.note()) : metric;
    }

    private static long total(List<Category> words) {
        return words.stream().mapToLong(Category::count).sum();
    }

    private static long without(List<Category> words) {
        return words.isEmpty() ? 0 : words.get(words.size() - 1).count();
    }

    private static PooledCounts shares(List<Category> reference, List<Category> current) {
        PooledCounts.Builder shares = new PooledCounts.Builder();
        int last = reference.size() - 1;
        for (int cell = 0; cell <= last; cell++) {
            Category before = reference.get(cell);
            Category now = current.get(cell);
            String word = before.value().isEmpty() ? now.value() : before.value();
            shares.addOccupied(
                    Distribution.Kind.VALUES,
                    cell == last ? NO_WORD : word.isEmpty() ? OTHER_WORDS : word,
                    Double.NaN,
                    (double) before.count(),
                    (double) now.count());
        }
        return shares.build(0);
    }
}

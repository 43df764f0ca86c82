package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.FeatureType;
import java.util.Arrays;

/**
 * The order of rows in which numbers go on, though too unevenly to be ids: as decimal years, readings of meters and numbers of a few batches
 * do, and those of several counters, such as the partitions of a log, of which the next row is of any. Those of a file that is sorted do so,
 * too: what tells them apart is a window that goes on where they end.
 *
 * <ul>
 *   <li>Numbers that never go back are followed by a window that begins where they end and hardly goes back, in steps of about that size.
 *       Where they are few, and so may be classes, it never goes back, and no number comes in many more rows than those of the baseline.
 *   <li>Numbers of a few sequences that rise, far fewer than independent ones have ({@link RisingSequences}), from the least of all at the
 *       beginning to the greatest at the end, are followed by a window of as many sequences which go on from them, so that both together
 *       are hardly more, in steps of about that size.
 * </ul>
 */
public final class RowOrder {

    private static final double LEAST_SHARE = 0.9;

    /** So many fractions or fewer may be classes, by which a file is sorted. */
    private static final int MOST_FRACTIONS = 5;

    /** Fewer classes are as well those of a sorted file of which one is frequent. */
    private static final int FEWEST = 3;

    /** No run of rows of an equal number is that much longer than the longest of those before. */
    private static final double LONGER_RUN = 1.5;

    /** Nor that much longer than the shortest, where a window has none but these. */
    private static final double NO_LONGER_RUN = 1.1;

    /** A window of fewer steps shows no direction. */
    private static final int LEAST_STEPS = 40;

    /** The greatest share of steps back of those to another value: of independent values it is a half. */
    private static final double MOST_BACK = 0.2;

    /** The share of the range by which a window may begin before the end. */
    private static final double NEAR = 0.05;

    /** So many times as large are no steps of the same process: of units, the most usual are 60 and more of others. */
    private static final double OTHER_STEPS = 30;

    /** So many times as many sequences are others, too, as are so few. */
    private static final double MORE_SEQUENCES = 1.15;

    private static final double FEWER_SEQUENCES = 0.7;

    private final ColumnReading baseline;
    private final RowSteps steps;
    private final Moments range;
    private final ColumnReading window;
    private final RowSteps own;

    private RowOrder(ColumnReading baseline, ColumnReading window) {
        this.baseline = baseline;
        this.steps = baseline.values().steps();
        this.range = baseline.values().moments();
        this.window = window;
        this.own = window.values().steps();
    }

    /** Returns whether the numbers of a baseline go on with the rows, and those of a window go on behind them, so that they are others. */
    public static boolean goesOn(ColumnReading baseline, ColumnReading window) {
        RowOrder order = new RowOrder(baseline, window);
        return baseline.type().isNumeric()
                && order.isKnown()
                && (order.steps.areOfOneDirection() ? order.neverGoesBack() : order.isOfSequences());
    }

    private boolean isKnown() {
        return steps.total() >= LEAST_STEPS
                && steps.total() >= LEAST_SHARE * (baseline.values().present() - 1)
                && own.ends().count() > 0;
    }

    private boolean neverGoesBack() {
        int classes = baseline.type() == FeatureType.INTEGRAL ? ColumnTyping.MOST_CLASSES : MOST_FRACTIONS;
        boolean isUp = steps.ups() > 0;
        double beyond = (own.ends().first() - steps.ends().last()) * (isUp ? 1 : -1);
        long back = isUp ? own.downs() : own.ups();
        double span = range.max() - range.min();
        double length = Math.abs(own.ends().last() - own.ends().first());
        if (baseline.values().distribution().size() <= classes) {
            return beyond >= 0
                    && back == 0
                    && length <= OTHER_STEPS * span / steps.changes() * own.changes()
                    && (beyond <= span || own.changes() > 0)
                    && areRunsOfClasses();
        }
        boolean isInSteps =
                back <= MOST_BACK * own.changes() && length <= OTHER_STEPS * span / steps.total() * own.total();
        return beyond >= -NEAR * span && (own.total() < LEAST_STEPS || (isInSteps && !isStuck()));
    }

    /** Returns whether numbers come in runs of rows of which one is longer than those of the baseline. */
    private boolean isStuck() {
        Categories earlier = baseline.values().categories();
        return 2 * steps.changes() <= steps.total()
                && earlier.isComplete()
                && window.values().categories().isComplete()
                && longestRun() > LONGER_RUN * earlier.greatestCount();
    }

    private boolean areRunsOfClasses() {
        Categories earlier = baseline.values().categories();
        if (earlier.size() < FEWEST
                || !earlier.isComplete()
                || !window.values().categories().isComplete()) {
            return false;
        }
        boolean isOne = own.changes() == 0 && own.total() >= LEAST_STEPS;
        return longestRun() <= (isOne ? NO_LONGER_RUN * shortestRun() : LONGER_RUN * earlier.greatestCount());
    }

    /** Returns in how many rows a number of the window comes at most, those of the baseline included. */
    private long longestRun() {
        Categories earlier = baseline.values().categories();
        return window.values().categories().stream()
                .mapToLong(category -> category.count() + earlier.count(category.value()))
                .max()
                .orElse(0);
    }

    /** Returns how many rows the least frequent number but the last one comes in, of which more rows may follow. */
    private long shortestRun() {
        String last = ColumnReading.value(Double.toString(steps.ends().last()));
        return baseline.values().categories().stream()
                .filter(category -> !category.value().equals(last))
                .mapToLong(Category::count)
                .min()
                .orElse(0);
    }

    private boolean isOfSequences() {
        if (!baseline.values().kinds().areWhole() || !window.values().kinds().areWhole()) {
            return false;
        }
        RowEnds ends = steps.ends();
        int half = (int) Math.min(RowEnds.MOST, ends.count() / 2);
        double[] first = ends.first(half);
        double[] last = ends.last(half);
        for (boolean areFalling : new boolean[] {false, true}) {
            if (areSequences(first, areFalling)
                    && areSequences(last, areFalling)
                    && leadFromEndToEnd(areFalling ? last : first, areFalling ? first : last)) {
                return goOn(areFalling);
            }
        }
        return false;
    }

    /** Returns whether numbers are of a few sequences, but of more than one. */
    private static boolean areSequences(double[] numbers, boolean areFalling) {
        boolean goesBack = false;
        for (int i = 1; i < numbers.length; i++) {
            goesBack |= areFalling ? numbers[i] > numbers[i - 1] : numbers[i] < numbers[i - 1];
        }
        return goesBack && RisingSequences.areFew(numbers, areFalling);
    }

    /** Returns whether the least number of all is near the least of those of one end, and the greatest near that of the other. */
    private boolean leadFromEndToEnd(double[] low, double[] high) {
        double near = NEAR * (range.max() - range.min());
        return least(low) - range.min() <= near && range.max() - greatest(high) <= near;
    }

    /** Returns whether no number of the window is before those of the end of the baseline and of its own beginning. */
    private boolean staysBehind(double[] end, double[] begin, boolean areFalling) {
        Moments all = window.values().moments();
        return areFalling
                ? all.max() <= Math.max(greatest(end), greatest(begin))
                : all.min() >= Math.min(least(end), least(begin));
    }

    private static double least(double[] numbers) {
        return Arrays.stream(numbers).min().orElseThrow();
    }

    private static double greatest(double[] numbers) {
        return Arrays.stream(numbers).max().orElseThrow();
    }

    private boolean goOn(boolean areFalling) {
        double[] before = steps.ends().both();
        double[] all = RisingSequences.joined(before, own.ends().both());
        int sequences = RisingSequences.count(before, areFalling);
        if (RisingSequences.count(all, areFalling) > MORE_SEQUENCES * sequences) {
            return false;
        }
        if (own.total() < LEAST_STEPS) {
            return true;
        }
        int size = (int)
                Math.min(RowEnds.MOST, Math.min(steps.ends().count(), own.ends().count()));
        double[] end = steps.ends().last(size);
        double[] begin = own.ends().first(size);
        return staysBehind(end, begin, areFalling)
                && RisingSequences.count(begin, areFalling) >= FEWER_SEQUENCES * RisingSequences.count(end, areFalling)
                && RisingSequences.step(begin) <= OTHER_STEPS * RisingSequences.step(end);
    }
}

package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.FeatureType;

/**
 * The order of rows in which numbers go on, as decimal years and readings of meters do, though too unevenly to be ids. They never go back, as
 * those of a file that is sorted do not either: what tells them apart is a window that goes on where they end, in steps of about that size.
 */
public final class RowOrder {

    private static final double LEAST_SHARE = 0.9;

    /** So many fractions or fewer may be classes, by which a file is sorted. */
    private static final int MOST_FRACTIONS = 5;

    /** A window of fewer steps shows no direction. */
    private static final int LEAST_STEPS = 40;

    /** The greatest share of steps back of those to another value: of independent values it is a half. */
    private static final double MOST_BACK = 0.2;

    /** The share of the range by which a window may begin before the end. */
    private static final double NEAR = 0.05;

    /** So many times as large are no steps of the same process: of units, the most usual are 60 and more of others. */
    private static final double OTHER_STEPS = 30;

    private RowOrder() {}

    /** Returns whether the numbers of a baseline go on with the rows, and those of a window go on behind them, so that they are others. */
    public static boolean goesOn(ColumnReading baseline, ColumnReading window) {
        RowSteps steps = baseline.values().steps();
        Moments range = baseline.values().moments();
        int classes = baseline.type() == FeatureType.INTEGRAL ? ColumnTyping.MOST_CLASSES : MOST_FRACTIONS;
        if (!baseline.type().isNumeric()
                || steps.total() < LEAST_STEPS
                || steps.total() < LEAST_SHARE * (baseline.values().present() - 1)
                || !steps.areOfOneDirection()
                || baseline.values().distribution().size() <= classes) {
            return false;
        }
        RowSteps own = window.values().steps();
        boolean isUp = steps.ups() > 0;
        double beyond = (own.number(false) - steps.number(true)) * (isUp ? 1 : -1);
        double step = (range.max() - range.min()) / steps.total();
        boolean isInSteps = (isUp ? own.downs() : own.ups()) <= MOST_BACK * own.changes()
                && Math.abs(own.number(true) - own.number(false)) <= OTHER_STEPS * step * own.total();
        return beyond >= -NEAR * (range.max() - range.min()) && (own.total() < LEAST_STEPS || isInSteps);
    }
}

package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Bound;
import java.util.function.DoubleSupplier;

/**
 * The size of a change less what chance gives, which is what a bound is about: sampling alone moves a distance away from zero,
 * the more so the more cells there are.
 *
 * <p>Without a change, deviations of shares are independent of the true differences on average, so squares add up: {@code E v^2
 * = truth^2 + chance^2} for a Euclidean distance, and nearly so for other distances. Divergences are in proportion to squares
 * already, and add up themselves. See docs/drift.md.
 */
final class Excess {

    private Excess() {}

    /** Returns {@code sqrt(v^2 - chance^2)}, or 0 when chance gives as much; chance that is NaN counts as none. */
    static double ofDistance(double size, double chance) {
        return chance > 0 && size < Double.POSITIVE_INFINITY
                ? Math.sqrt(Math.max(0, (size - chance) * (size + chance)))
                : size;
    }

    /** Returns {@code v - chance}, or 0 when chance gives as much; chance that is NaN counts as none. */
    static double ofDivergence(double size, double chance) {
        return chance > 0 ? Math.max(0, size - chance) : size;
    }

    /**
     * Returns whether a size less what chance gives is outside a bound. A bound that allows no change at all is left to the test
     * of whether there is one.
     */
    static boolean isOutside(Bound bound, double size, DoubleSupplier excess) {
        return !bound.holds(size) && (bound.upper() <= 0 || !bound.holds(excess.getAsDouble()));
    }
}

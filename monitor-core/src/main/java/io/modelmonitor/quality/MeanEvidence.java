package io.modelmonitor.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.ComparedMean;
import io.modelmonitor.api.Evidence.ComparedProportion;
import io.modelmonitor.api.Evidence.Proportion;
import io.modelmonitor.api.Evidence.StandardError;
import io.modelmonitor.stats.sketch.Moments;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of the mean of a column: exact where all numbers are 0 and 1, of which it is a share, else by spread and skewness.
 */
final class MeanEvidence {

    private MeanEvidence() {}

    /**
     * Returns the evidence.
     *
     * @param now at least one number
     * @param before the numbers of the baseline, if there are some
     */
    static Evidence of(Moments now, @Nullable Moments before) {
        if (before == null || before.count() == 0) {
            StandardError own = error(now, now.count());
            return isBinary(now) ? ones(now) : own != null ? own : Evidence.ofPValue(1);
        }
        if (isBinary(now) && isBinary(before)) {
            return new ComparedProportion(ones(now), ones(before));
        }
        StandardError own = error(now, now.count());
        StandardError expected = error(before, now.count());
        if (expected == null) {
            return own != null ? own : Evidence.ofPValue(1);
        }
        // One value or equal values say nothing of how values differ.
        return new ComparedMean(
                own != null && own.standardError() > 0 ? own : new StandardError(expected.standardError()), expected);
    }

    /** Returns how much the mean of so many varies; null if that is not known. */
    private static @Nullable StandardError error(Moments moments, long count) {
        double error = Math.sqrt(moments.varianceSample() / count);
        double skewness = moments.skewness() / Math.sqrt((double) count);
        return Double.isFinite(error) ? new StandardError(error, Double.isFinite(skewness) ? skewness : 0) : null;
    }

    /** Returns whether all numbers are 0 or 1: so far below 1, none could make up for another. */
    private static boolean isBinary(Moments moments) {
        return moments.min() >= 0
                && moments.max() <= 1
                && moments.sum() == (double) (moments.count() - moments.zeroCount());
    }

    private static Proportion ones(Moments moments) {
        return new Proportion(moments.count() - moments.zeroCount(), moments.count());
    }
}

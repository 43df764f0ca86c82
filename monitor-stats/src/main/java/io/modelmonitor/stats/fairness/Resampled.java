package io.modelmonitor.stats.fairness;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.stats.evidence.ConfidenceLimit;
import io.modelmonitor.stats.internal.SortedReplicates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The bootstrap distribution of a measure of bias, from its values on resampled counts. Immutable; safe for use by several threads.
 *
 * <p>The interval is Efron's BCa, the percentile interval corrected for bias and for a spread that changes with the value
 * (B. Efron, Better Bootstrap Confidence Intervals, JASA 82, 1987). It is taken on a scale on which the measure has no
 * corner: a distance between two binary distributions is resampled with the sign of the difference behind it, and folded
 * afterwards. The p-value is the same interval turned around; beyond the outermost hundredth of the replicates it goes on
 * like a normal tail, so that a correction for many constraints has something to work with. It is one-sided: up to 0.025
 * exactly when the 95 % interval and the allowed range are disjoint.
 */
public final class Resampled implements ConfidenceLimit.Test {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** The share of replicates at either end beyond which the normal tail takes over. */
    private static final double TAIL = 0.01;

    /** With more replicates undefined than this, the groups are too small to say anything. */
    private static final double MOST_UNDEFINED = 0.1;

    private final ResamplingScale scale;
    private final double estimate;
    private final SortedReplicates sorted;
    private final double error;
    private final double bias;
    private final double acceleration;
    private final boolean enough;

    private Resampled(
            ResamplingScale scale,
            double estimate,
            SortedReplicates sorted,
            double bias,
            double acceleration,
            boolean enough) {
        this.scale = scale;
        this.estimate = estimate;
        this.sorted = sorted;
        this.error = sorted.standardDeviation();
        this.bias = bias;
        this.acceleration = acceleration;
        this.enough = enough;
    }

    /**
     * Creates the evidence.
     *
     * @param estimate the value, on the scale
     * @param replicates the values on resampled counts, on the scale; NaN where undefined
     * @param acceleration Efron's a
     * @param centered whether the counts were resampled as they are, so that a difference between the estimate and the
     *     middle of the replicates is bias
     */
    static Resampled of(
            ResamplingScale scale, double estimate, double[] replicates, double acceleration, boolean centered) {
        SortedReplicates sorted = SortedReplicates.of(replicates);
        boolean enough =
                !Double.isNaN(estimate) && replicates.length - sorted.size() <= MOST_UNDEFINED * replicates.length;
        double bias = enough && centered && Double.isFinite(estimate) ? quantileOf(shareBelow(sorted, estimate)) : 0;
        return new Resampled(scale, estimate, sorted, bias, acceleration, enough);
    }

    /**
     * Returns whether the groups were large enough to resample: if not, every interval is unlimited and every p-value 1.
     */
    public boolean isEnough() {
        return enough;
    }

    /**
     * Returns the BCa interval.
     *
     * @param level the probability with which it covers the truth, such as 0.95
     */
    public Interval interval(double level) {
        double z = NORMAL.inverseCumulativeProbability((1 - level) / 2);
        return between(corrected(z), corrected(-z));
    }

    /** Returns the interval between quantiles of the replicates, which the service's guide calls percentile. */
    public Interval percentileInterval(double level) {
        return between((1 - level) / 2, (1 + level) / 2);
    }

    /** Returns the estimate plus and minus a multiple of the replicates' standard deviation, on the scale. */
    public Interval normalInterval(double level) {
        double margin = NORMAL.inverseCumulativeProbability((1 + level) / 2) * error;
        return enough && !Double.isNaN(margin)
                ? scale.toValues(estimate - margin, estimate + margin)
                : Interval.UNKNOWN;
    }

    @Override
    public double pValue(double value, Bound bound) {
        if (bound.holds(value) || !enough) {
            return 1;
        }
        boolean above = value > bound.upper();
        double limit = scale.toPivot(above ? bound.upper() : bound.lower());
        // A distance is judged on the side of 0 on which it was found.
        boolean mirrored = scale.isFolded() && estimate < 0;
        double w = (mirrored ? -score(-limit) : score(limit)) - (mirrored ? -bias : bias);
        double a = mirrored ? -acceleration : acceleration;
        double z = w / Math.max(0.1, 1 + a * w) - (mirrored ? -bias : bias);
        double below = NORMAL.cumulativeProbability(above ? z : -z);
        return Double.isNaN(below) ? 1 : below;
    }

    /** Returns the standard error of the measure; NaN if the groups are too small. */
    public double standardError() {
        return enough ? scale.standardError(estimate, error) : Double.NaN;
    }

    /** Returns this as evidence: the BCa limits on a grid of levels, which {@link #pValue} is the inverse of. */
    Evidence.Limits evidence() {
        boolean mirrored = scale.isFolded() && estimate < 0;
        int sign = mirrored ? -1 : 1;
        List<Double> limits = new ArrayList<>();
        for (int i = 0; i < Evidence.Limits.SIZE; i++) {
            double shifted = sign * (Evidence.Limits.quantile(i) + sign * bias);
            double pivot = sign * ofScore(bias + shifted / Math.max(0.1, 1 - acceleration * shifted));
            // Below 0 a distance has no value; the limit stays below all of them.
            limits.add(pivot < 0 && scale.isFolded() ? -scale.toValue(pivot) : scale.toValue(pivot));
        }
        Collections.sort(limits);
        return new Evidence.Limits(standardError(), Double.NaN, limits);
    }

    private Interval between(double lowerShare, double upperShare) {
        return enough ? scale.toValues(quantile(lowerShare), quantile(upperShare)) : Interval.UNKNOWN;
    }

    private double corrected(double z) {
        double shifted = bias + z;
        return NORMAL.cumulativeProbability(bias + shifted / (1 - acceleration * shifted));
    }

    /** The standard normal quantile of a pivot among the replicates, continued beyond them. */
    private double score(double pivot) {
        double low = quantile(TAIL);
        double high = quantile(1 - TAIL);
        double tail = NORMAL.inverseCumulativeProbability(TAIL);
        if (pivot < low) {
            return tail - (low - pivot) / error;
        }
        if (pivot > high) {
            return -tail + (pivot - high) / error;
        }
        return quantileOf(shareBelow(sorted, pivot));
    }

    /** Returns the pivot whose {@link #score} is a number. */
    private double ofScore(double score) {
        double tail = NORMAL.inverseCumulativeProbability(TAIL);
        if (score < tail) {
            return quantile(TAIL) - (tail - score) * error;
        }
        return score > -tail
                ? quantile(1 - TAIL) + (score + tail) * error
                : quantile(NORMAL.cumulativeProbability(score));
    }

    /** The quantile by linear interpolation between order statistics. */
    private double quantile(double share) {
        double position = Math.min(Math.max(share * (sorted.size() + 1) - 1, 0), sorted.size() - 1);
        int index = (int) position;
        double weight = position - index;
        return weight == 0 ? sorted.at(index) : sorted.at(index) * (1 - weight) + sorted.at(index + 1) * weight;
    }

    private static double quantileOf(double share) {
        return NORMAL.inverseCumulativeProbability(share);
    }

    /** The share of replicates below a value, half of those equal to it included; never 0 or 1. */
    private static double shareBelow(SortedReplicates sorted, double value) {
        int below = sorted.below(value);
        int notAbove = sorted.below(Math.nextUp(value));
        return (below + notAbove + 1.0) / 2 / (sorted.size() + 1.0);
    }
}

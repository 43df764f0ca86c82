package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.Limits;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Confidence limits from draws of the truth. Levels that the draws do not reach are extrapolated exponentially: beyond a point the
 * tail of a distribution with a log-concave density falls at least as fast, so that its limits lie further in.
 */
final class ResampledLimits {

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /** The tail is extrapolated from the quantiles at these probabilities. */
    private static final double NEAR = 0.02;

    private static final double FAR = 0.005;

    private ResampledLimits() {}

    /**
     * Returns the limits; the standard error alone if a draw is undefined.
     *
     * @param value the measured value
     * @param standardError its standard error; NaN when there is none
     * @param low draws of the truth for lower limits; sorted in place
     * @param high draws of the truth for upper limits; sorted in place
     */
    static Evidence of(double value, double standardError, double[] low, double[] high) {
        Arrays.sort(low);
        Arrays.sort(high);
        // NaN come last.
        if (Double.isNaN(low[low.length - 1]) || Double.isNaN(high[high.length - 1])) {
            return Uncertainty.of(standardError);
        }
        Double[] limits = new Double[Limits.SIZE];
        double[] mirrored = new double[high.length];
        for (int i = 0; i < high.length; i++) {
            mirrored[i] = -high[high.length - 1 - i];
        }
        int middle = Limits.SIZE / 2;
        limits[middle] = value;
        for (int i = 1; i <= middle; i++) {
            double tail = NORMAL.cumulativeProbability(Limits.quantile(middle - i));
            limits[middle - i] = Math.min(limits[middle - i + 1], quantile(low, tail));
            limits[middle + i] = Math.max(limits[middle + i - 1], -quantile(mirrored, tail));
        }
        return new Limits(standardError, Double.NaN, List.of(limits));
    }

    private static double quantile(double[] ascending, double probability) {
        if (probability >= FAR) {
            return ascending[Math.max(0, (int) (probability * (ascending.length + 1)) - 1)];
        }
        double near = quantile(ascending, NEAR);
        double far = quantile(ascending, FAR);
        return far - (near - far) * StrictMath.log(FAR / probability) / StrictMath.log(NEAR / FAR);
    }
}

package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.numbers.arrays.Selection;
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

    /** Probabilities of the quantiles that are read and not extrapolated. */
    private static final double[] READ = DoubleStream.concat(
                    DoubleStream.of(NEAR, FAR),
                    IntStream.range(0, Limits.SIZE / 2)
                            .mapToDouble(i -> NORMAL.cumulativeProbability(Limits.quantile(i)))
                            .filter(tail -> tail >= FAR))
            .toArray();

    private ResampledLimits() {}

    /**
     * Returns the limits; the standard error alone if a draw is undefined.
     *
     * @param value the measured value
     * @param standardError its standard error; NaN when there is none
     * @param low draws of the truth for lower limits; put in another order
     * @param high draws of the truth for upper limits
     */
    static Evidence of(double value, double standardError, double[] low, double[] high) {
        if (Arrays.stream(low).anyMatch(Double::isNaN) || Arrays.stream(high).anyMatch(Double::isNaN)) {
            return Uncertainty.of(standardError);
        }
        double[] mirrored = Arrays.stream(high).map(draw -> -draw).toArray();
        selectTail(low);
        selectTail(mirrored);
        Double[] limits = new Double[Limits.SIZE];
        int middle = Limits.SIZE / 2;
        limits[middle] = value;
        for (int i = 1; i <= middle; i++) {
            double tail = NORMAL.cumulativeProbability(Limits.quantile(middle - i));
            limits[middle - i] = Math.min(limits[middle - i + 1], quantile(low, tail));
            limits[middle + i] = Math.max(limits[middle + i - 1], -quantile(mirrored, tail));
        }
        return new Limits(standardError, Double.NaN, List.of(limits));
    }

    /** Brings the draws that {@link #quantile} reads to the places that they have in ascending order; the rest need no order. */
    private static void selectTail(double[] draws) {
        Selection.select(
                draws,
                DoubleStream.of(READ).mapToInt(tail -> place(draws, tail)).toArray());
    }

    private static int place(double[] draws, double probability) {
        return Math.max(0, (int) (probability * (draws.length + 1)) - 1);
    }

    private static double quantile(double[] draws, double probability) {
        if (probability >= FAR) {
            return draws[place(draws, probability)];
        }
        double near = quantile(draws, NEAR);
        double far = quantile(draws, FAR);
        return far - (near - far) * StrictMath.log(FAR / probability) / StrictMath.log(NEAR / FAR);
    }
}

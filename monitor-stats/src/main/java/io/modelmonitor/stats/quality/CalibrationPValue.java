package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.stats.evidence.ConfidenceLimit;
import io.modelmonitor.stats.evidence.PValues;
import org.apache.commons.statistics.distribution.GammaDistribution;

/**
 * Tests an expected calibration error, which is a sum of absolute values: few rows give one of perfect probabilities
 * too. Source of the trap: Bröcker and Smith (2007), Increasing the reliability of reliability diagrams.
 *
 * <p>A bin's difference between mean score and positive share is the true one plus what chance adds, so by the triangle
 * inequality the error exceeds the true one by no more than the sum of what chance adds to all bins. That sum is about gamma
 * distributed, with the exact mean and variance of the absolute deviations.
 *
 * @param chance the mean of what chance adds, above 0
 * @param variance its variance, above 0
 * @param downwards the evidence for errors that are too low, which chance makes only by hitting bins off in the same direction
 */
record CalibrationPValue(double chance, double variance, Evidence downwards) implements ConfidenceLimit.Test {

    @Override
    public double pValue(double value, Bound bound) {
        if (value < bound.lower()) {
            return PValues.of(downwards, value, bound);
        }
        double beyond = value - bound.upper();
        return beyond <= 0
                ? 1
                : GammaDistribution.of(chance * chance / variance, variance / chance)
                        .survivalProbability(beyond);
    }
}

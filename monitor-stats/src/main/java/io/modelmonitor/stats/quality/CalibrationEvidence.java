package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import org.apache.commons.statistics.distribution.GammaDistribution;

/**
 * How sure an expected calibration error is, which is a sum of absolute values: few rows give one of perfect probabilities
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
record CalibrationEvidence(double chance, double variance, Evidence downwards) implements Evidence {

    @Override
    public double pValue(double value, Bound bound) {
        if (value < bound.lower()) {
            return downwards.pValue(value, bound);
        }
        double beyond = value - bound.upper();
        return beyond <= 0
                ? 1
                : GammaDistribution.of(chance * chance / variance, variance / chance)
                        .survivalProbability(beyond);
    }

    @Override
    public double standardError() {
        return downwards.standardError();
    }

    @Override
    public double expectedByChance() {
        return chance;
    }
}

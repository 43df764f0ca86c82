package io.modelmonitor.stats.internal;

import java.util.Arrays;

/**
 * Joins p-values of tests on the same data into one, which holds whether or not the tests depend on each other, and is nearly
 * the least of them times their number when they disagree. Source: Liu and Xie (2020), Cauchy combination test.
 */
public final class CauchyCombination {

    private CauchyCombination() {}

    /**
     * Returns the joint p-value.
     *
     * @param cap p-values above this count as this, as one near 1, which discrete tests often have, must not outvote a small
     *     one
     */
    public static double of(double cap, double... pValues) {
        double least = Arrays.stream(pValues).min().orElse(1);
        if (least >= cap) {
            return least;
        }
        double sum = 0;
        for (double p : pValues) {
            sum += 1 / StrictMath.tan(Math.PI * Math.max(Double.MIN_NORMAL, Math.min(p, cap)));
        }
        double mean = sum / pValues.length;
        // For the smallest probabilities the arc tangent of the mean's reciprocal keeps all digits.
        return mean > 0 ? StrictMath.atan(1 / mean) / Math.PI : 1 + StrictMath.atan(1 / mean) / Math.PI;
    }
}

package io.modelmonitor.stats.drift;

import java.util.function.DoubleUnaryOperator;

/**
 * Distances between the distribution functions F of the reference and G of the current data, exact for samples and up to
 * rank error for sketches. Undefined, that is NaN, when one of them has no rows.
 *
 * <p>Each takes time in proportion to the number of values, sorted as they are. Pure and safe for use by several threads.
 */
public final class EmpiricalDistances {

    /** Standard deviations below this do not scale a distance, as in Evidently and so that a constant column has one. */
    private static final double LEAST_STANDARD_DEVIATION = 0.001;

    private EmpiricalDistances() {}

    /**
     * Returns the two-sided Kolmogorov-Smirnov distance {@code max |F - G|}, from 0 to 1: the greatest change in the share of
     * rows up to any value. Called {@code linf_simple} by Deequ.
     */
    public static double kolmogorovSmirnov(EmpiricalDistribution reference, EmpiricalDistribution current) {
        return kolmogorovSmirnov(PooledEcdf.of(reference, current));
    }

    static double kolmogorovSmirnov(PooledEcdf pooled) {
        return Math.max(greatest(pooled, 1), greatest(pooled, -1));
    }

    /** Returns {@code max (F - G)}, from 0 to 1, which is large when the current values are greater. */
    public static double kolmogorovSmirnovGreater(EmpiricalDistribution reference, EmpiricalDistribution current) {
        return greatest(PooledEcdf.of(reference, current), 1);
    }

    /** Returns {@code max (G - F)}, from 0 to 1, which is large when the current values are less. */
    public static double kolmogorovSmirnovLess(EmpiricalDistribution reference, EmpiricalDistribution current) {
        return greatest(PooledEcdf.of(reference, current), -1);
    }

    /** Returns the greatest difference in one direction, from products of whole numbers so that equal ones are equal. */
    private static double greatest(PooledEcdf pooled, double sign) {
        if (pooled.n == 0 || pooled.m == 0) {
            return Double.NaN;
        }
        double greatest = 0;
        for (int i = 0; i < pooled.size; i++) {
            greatest = Math.max(greatest, sign * (pooled.reference[i] * pooled.m - pooled.current[i] * pooled.n));
        }
        return greatest / (pooled.n * pooled.m);
    }

    /**
     * Returns the Kolmogorov-Smirnov distance less what chance explains, as Deequ has it: {@code max(0, D - 1.8 sqrt((n +
     * m) / (n m)))}. Blind to a column of zeros and ones unless both samples are large; for comparison only.
     */
    public static double robust(EmpiricalDistribution reference, EmpiricalDistribution current) {
        return BinnedDistances.robust(kolmogorovSmirnov(reference, current), reference.total(), current.total());
    }

    /**
     * Returns the Wasserstein-1 distance {@code integral |F - G| dx}, in the unit of the values: how far a row has to move on
     * average. Infinite or NaN when values are infinite.
     */
    public static double wasserstein(EmpiricalDistribution reference, EmpiricalDistribution current) {
        return integral(reference, current, Math::abs);
    }

    /**
     * Returns {@link #wasserstein} in standard deviations of the reference (with the number of rows as divisor), which are
     * taken as at least 0.001.
     */
    public static double wassersteinNormed(EmpiricalDistribution reference, EmpiricalDistribution current) {
        return wasserstein(reference, current) / scale(reference);
    }

    /** Returns the energy distance {@code sqrt(2 integral (F - G)^2 dx)}. Source: Szekely and Rizzo (2013), Energy statistics. */
    public static double energy(EmpiricalDistribution reference, EmpiricalDistribution current) {
        return Math.sqrt(2 * integral(reference, current, difference -> difference * difference));
    }

    /** Returns {@link #energy} of the values in standard deviations of the reference, taken as at least 0.001; has no unit. */
    public static double energyNormed(EmpiricalDistribution reference, EmpiricalDistribution current) {
        return energy(reference, current) / Math.sqrt(scale(reference));
    }

    static double scale(EmpiricalDistribution reference) {
        return Math.max(reference.standardDeviation(), LEAST_STANDARD_DEVIATION);
    }

    private static double integral(
            EmpiricalDistribution reference, EmpiricalDistribution current, DoubleUnaryOperator height) {
        if (reference.isEmpty() || current.isEmpty()) {
            return Double.NaN;
        }
        double sum = 0;
        PooledEcdf pooled = PooledEcdf.of(reference, current);
        for (int i = 0; i < pooled.size; i++) {
            sum += height.applyAsDouble(pooled.difference(i)) * pooled.gaps[i];
        }
        return sum;
    }
}

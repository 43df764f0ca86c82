package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.stats.sketch.WeightedValues;
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
        Extremes extremes = extremes(reference, current);
        return Math.max(extremes.greater, extremes.less);
    }

    /** Returns {@code max (F - G)}, from 0 to 1, which is large when the current values are greater. */
    public static double kolmogorovSmirnovGreater(EmpiricalDistribution reference, EmpiricalDistribution current) {
        return extremes(reference, current).greater;
    }

    /** Returns {@code max (G - F)}, from 0 to 1, which is large when the current values are less. */
    public static double kolmogorovSmirnovLess(EmpiricalDistribution reference, EmpiricalDistribution current) {
        return extremes(reference, current).less;
    }

    private record Extremes(double greater, double less) {}

    /** Walks over both without memory, as most columns have not changed and need no more than this. */
    private static Extremes extremes(EmpiricalDistribution reference, EmpiricalDistribution current) {
        if (reference.isEmpty() || current.isEmpty()) {
            return new Extremes(Double.NaN, Double.NaN);
        }
        WeightedValues x = reference.values();
        WeightedValues y = current.values();
        double n = reference.total();
        double m = current.total();
        double greater = 0;
        double less = 0;
        int i = 0;
        int j = 0;
        // Once one side has ended, its distribution function is 1, and the difference only shrinks.
        while (i < x.size() && j < y.size()) {
            double a = x.value(i);
            double b = y.value(j);
            i += a <= b ? 1 : 0;
            j += b <= a ? 1 : 0;
            double difference = reference.countUpTo(i - 1) * m - current.countUpTo(j - 1) * n;
            if (difference > greater) {
                greater = difference;
            } else if (difference < less) {
                less = difference;
            }
        }
        return new Extremes(greater / (n * m), Math.abs(less) / (n * m));
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
            sum += height.applyAsDouble(pooled.difference(i)) * pooled.gap(i);
        }
        return sum;
    }
}

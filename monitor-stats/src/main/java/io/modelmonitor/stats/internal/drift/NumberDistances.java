package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.stats.test.KolmogorovSmirnov;
import io.modelmonitor.stats.test.TestResult;
import java.util.List;

/**
 * The distances between two distributions of numbers that have a name, and the null distribution of each.
 *
 * <p>Chance is known from the pooled values alone: given these, F - G depends only on whose row each value is, and all ways to
 * share the rows are alike when nothing changed. The distances of Wasserstein and the energy distance are sums over the
 * pooled steps; they are drawn on a grid of at most {@value #GRID} of these, chosen so that each stands for an equal part of
 * the expected sum and that the expectation on the grid is exact. So ties, heaps and tails are as they are in the data,
 * and the cost does not depend on rows. The Kolmogorov-Smirnov distance is drawn likewise where there are no more steps than
 * that; else it has the exact distribution in small samples and Kolmogorov's limit in large ones, and its expectation is that
 * of distinct values, which heaps stay below. What is observed is first
 * shrunk by both rank errors.
 *
 * <p>Safe for use by several threads; what is costly is computed when first asked for.
 */
final class NumberDistances {

    /** Up to how many steps are drawn at. */
    private static final int GRID = 64;

    /** The square of {@code 2 sqrt(pi / 2) ln 2}. */
    private static final double SQUARED_CHANCE = 2 * Math.PI * 0.4804530139182014;

    /** Where all values are equal, nothing can differ. */
    private static final NullSummary NO_CHANCE = new NullSummary(1, 0);

    private final EmpiricalDistribution reference;
    private final EmpiricalDistribution current;
    private final double rankError;
    private final Once<Double> kolmogorovSmirnov;
    private final Once<PooledEcdf> pooled;
    private final Once<Integrals> integrals;
    private final Once<Double> scale;
    private final Once<List<NullSummary>> ofIntegrals;
    private final Once<String> note;

    NumberDistances(EmpiricalDistribution reference, EmpiricalDistribution current) {
        this.reference = reference;
        this.current = current;
        rankError = reference.rankError() + current.rankError();
        pooled = new Once<>(() -> PooledEcdf.of(reference, current));
        kolmogorovSmirnov = new Once<>(() -> EmpiricalDistances.kolmogorovSmirnov(reference, current));
        integrals = new Once<>(() -> new Integrals(pooled.get(), rankError));
        scale = new Once<>(this::unit);
        ofIntegrals = new Once<>(this::integralNulls);
        note = new Once<>(() -> NumberNote.of(reference.values(), current.values(), pooled.get()));
    }

    /** Returns the unit of distances; NaN where the standard deviation exceeds the largest double. */
    private double unit() {
        double unit = EmpiricalDistances.scale(reference);
        return Double.isInfinite(unit) ? Double.NaN : unit;
    }

    EmpiricalDistribution reference() {
        return reference;
    }

    EmpiricalDistribution current() {
        return current;
    }

    /** Returns the change in words ({@link NumberNote}). */
    String note() {
        return note.get();
    }

    double kolmogorovSmirnov() {
        return kolmogorovSmirnov.get();
    }

    /**
     * Returns the Kolmogorov-Smirnov distance less what chance gives: {@code max sqrt((F - G)^2 - c^2 H (1 - H) s)} over all
     * values, where H pools both and {@code s = 1/n + 1/m}. The mean of the distance of continuous numbers is {@code sqrt(pi / 2)
     * ln 2 sqrt(s)}, which is c times the standard deviation of F - G at the median; elsewhere, and with heaps, F - G varies
     * less, and so does its greatest.
     */
    double kolmogorovSmirnovExcess() {
        PooledEcdf both = pooled.get();
        double chance = SQUARED_CHANCE * (1 / both.n + 1 / both.m);
        double squared = 0;
        for (int i = 0; i < both.size; i++) {
            double difference = both.difference(i);
            double h = both.pooled(i);
            squared = Math.max(squared, difference * difference - chance * h * (1 - h));
        }
        return Math.sqrt(squared);
    }

    /** Tests whether the distributions are the same. */
    TestResult test() {
        return NumericChange.test(pooled.get());
    }

    double wasserstein() {
        return integrals.get().absolute / scale.get();
    }

    double energy() {
        return Math.sqrt(2 * integrals.get().squared / scale.get());
    }

    NullSummary kolmogorovSmirnovNull() {
        double observed = Math.max(0, kolmogorovSmirnov() - rankError);
        int values = Math.max(reference.values().size(), current.values().size());
        if (values <= GRID + 1 && integrals.get().grid.isComplete()) {
            return integrals.get().grid.size() == 0
                    ? NO_CHANCE
                    : NullSummary.of(integrals.get().grid.judgeGreatest(observed));
        }
        double n = reference.total();
        double m = current.total();
        double p = rankError == 0 && n * m <= LatticePaths.MOST
                ? LatticePaths.of(pooled.get()).pValue(observed)
                : KolmogorovSmirnov.limitPValue(observed, n, m);
        return new NullSummary(p, KolmogorovSmirnov.expectedDistance(n, m));
    }

    NullSummary wassersteinNull() {
        return ofIntegrals.get().get(0);
    }

    NullSummary energyNull() {
        return ofIntegrals.get().get(1);
    }

    /** Returns the null distributions of Wasserstein's distance and of the energy distance, from the same draws. */
    private List<NullSummary> integralNulls() {
        Integrals all = integrals.get();
        if (all.grid.size() == 0) {
            return List.of(NO_CHANCE, NO_CHANCE);
        }
        double unit = scale.get();
        List<MonteCarloNull> drawn = all.grid.judge(all.certainAbsolute, Math.sqrt(all.certainSquared));
        return List.of(
                new NullSummary(drawn.get(0).pValue(), drawn.get(0).expected() / unit),
                new NullSummary(drawn.get(1).pValue(), drawn.get(1).expected() * Math.sqrt(2 / unit)));
    }

    /** The integrals of |F - G| and of its square, as they are and shrunk by the rank error, and the grid that stands for them. */
    private static final class Integrals {

        private double absolute;
        private double squared;
        private double certainAbsolute;
        private double certainSquared;

        private final EcdfGrid grid;

        private Integrals(PooledEcdf steps, double rankError) {
            for (int i = 0; i < steps.size; i++) {
                double gap = steps.gap(i);
                double difference = Math.abs(steps.difference(i));
                double certain = Math.max(0, difference - rankError);
                absolute += difference * gap;
                squared += difference * difference * gap;
                certainAbsolute += certain * gap;
                certainSquared += certain * certain * gap;
            }
            grid = EcdfGrid.of(steps, GRID);
        }
    }
}

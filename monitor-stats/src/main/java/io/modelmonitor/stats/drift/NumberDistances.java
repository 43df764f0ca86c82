package io.modelmonitor.stats.drift;

import java.util.List;

/**
 * The distances between two distributions of numbers that have a name, and what chance says of each.
 *
 * <p>Chance is known from the pooled values alone: given these, F - G depends only on whose row each value is, and all ways to
 * share the rows are alike when nothing changed. The distances of Wasserstein and the energy distance are sums over the
 * pooled steps; they are drawn on a grid of at most {@value #GRID} of these, chosen so that each stands for an equal part of
 * the expected sum and that the expectation on the grid is exact. So ties, heaps and tails are as they are in the data,
 * and the cost does not depend on rows. The Kolmogorov-Smirnov distance is drawn likewise where there are no more steps than
 * that; else it has the exact distribution in small samples and Kolmogorov's limit in large ones, and its expectation is that
 * of distinct values, which heaps stay below. What is observed is first
 * lessened by both rank errors.
 *
 * <p>Safe for use by several threads; what is costly is computed when first asked for.
 */
final class NumberDistances {

    /** Up to how many steps are drawn at. */
    private static final int GRID = 64;

    /** The square of {@code 2 sqrt(pi / 2) ln 2}. */
    private static final double SQUARED_CHANCE = 2 * Math.PI * 0.4804530139182014;

    /** Where all values are equal, nothing can differ. */
    private static final Chance NO_CHANCE = new Chance(1, 0);

    private final EmpiricalDistribution reference;
    private final EmpiricalDistribution current;
    private final double slack;
    private final Once<Double> kolmogorovSmirnov;
    private final Once<PooledEcdf> pooled;
    private final Once<Integrals> integrals;
    private final Once<Double> scale;
    private final Once<List<Chance>> ofIntegrals;

    NumberDistances(EmpiricalDistribution reference, EmpiricalDistribution current) {
        this.reference = reference;
        this.current = current;
        slack = reference.rankError() + current.rankError();
        kolmogorovSmirnov = new Once<>(() -> EmpiricalDistances.kolmogorovSmirnov(reference, current));
        pooled = new Once<>(() -> PooledEcdf.of(reference, current));
        integrals = new Once<>(() -> new Integrals(pooled.get(), slack));
        scale = new Once<>(this::unit);
        ofIntegrals = new Once<>(this::chancesOfIntegrals);
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

    Chance chanceOfKolmogorovSmirnov() {
        double observed = Math.max(0, kolmogorovSmirnov() - slack);
        int values = Math.max(reference.values().size(), current.values().size());
        if (values <= GRID + 1 && integrals.get().grid.isComplete()) {
            return integrals.get().grid.size() == 0
                    ? NO_CHANCE
                    : Chance.of(integrals.get().grid.judgeGreatest(observed));
        }
        double n = reference.total();
        double m = current.total();
        double p = slack == 0 && n * m <= LatticePaths.MOST
                ? LatticePaths.of(reference, current).pValue(observed)
                : KolmogorovSmirnov.limitPValue(observed, n, m);
        return new Chance(p, KolmogorovSmirnov.expectedDistance(n, m));
    }

    Chance chanceOfWasserstein() {
        return ofIntegrals.get().get(0);
    }

    Chance chanceOfEnergy() {
        return ofIntegrals.get().get(1);
    }

    /** Returns what chance says of Wasserstein's distance and of the energy distance, from the same draws. */
    private List<Chance> chancesOfIntegrals() {
        Integrals all = integrals.get();
        if (all.grid.size() == 0) {
            return List.of(NO_CHANCE, NO_CHANCE);
        }
        double unit = scale.get();
        List<Resampling> drawn = all.grid.judge(all.lessenedAbsolute, Math.sqrt(all.lessenedSquared));
        return List.of(
                new Chance(drawn.get(0).pValue(), drawn.get(0).expected() / unit),
                new Chance(drawn.get(1).pValue(), drawn.get(1).expected() * Math.sqrt(2 / unit)));
    }

    /** The integrals of |F - G| and of its square, as they are and lessened by a slack, and the grid that stands for them. */
    private static final class Integrals {

        private double absolute;
        private double squared;
        private double lessenedAbsolute;
        private double lessenedSquared;

        private final StepGrid grid;

        private Integrals(PooledEcdf steps, double slack) {
            for (int i = 0; i < steps.size; i++) {
                double gap = steps.gaps[i];
                double difference = Math.abs(steps.difference(i));
                double lessened = Math.max(0, difference - slack);
                absolute += difference * gap;
                squared += difference * difference * gap;
                lessenedAbsolute += lessened * gap;
                lessenedSquared += lessened * lessened * gap;
            }
            grid = StepGrid.of(steps, GRID);
        }
    }
}

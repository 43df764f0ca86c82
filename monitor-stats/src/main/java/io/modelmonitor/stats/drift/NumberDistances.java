package io.modelmonitor.stats.drift;

import io.modelmonitor.spi.DriftMeasure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

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

    private final EmpiricalDistribution reference;
    private final EmpiricalDistribution current;
    private final double slack;
    private final Once<Double> kolmogorovSmirnov;
    private final Once<Integrals> integrals;
    private final Once<Double> scale;
    private final Once<StepGrid> grid;
    private final Once<List<Chance>> ofIntegrals;

    NumberDistances(EmpiricalDistribution reference, EmpiricalDistribution current) {
        this.reference = reference;
        this.current = current;
        slack = reference.rankError() + current.rankError();
        kolmogorovSmirnov = new Once<>(() -> EmpiricalDistances.kolmogorovSmirnov(reference, current));
        integrals = new Once<>(() -> new Integrals(reference, current, slack));
        scale = new Once<>(this::unit);
        grid = new Once<>(() -> StepGrid.of(reference, current, GRID));
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

    double wasserstein() {
        return integrals.get().absolute / scale.get();
    }

    double energy() {
        return Math.sqrt(2 * integrals.get().squared / scale.get());
    }

    Chance chanceOfKolmogorovSmirnov() {
        double observed = Math.max(0, kolmogorovSmirnov() - slack);
        int values = Math.max(reference.values().size(), current.values().size());
        if (values <= GRID + 1 && grid.get().isComplete()) {
            return drawn(List.of(NumberDistances::greatest), observed).get(0);
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
        double unit = scale.get();
        return drawn(
                List.of(
                        differences -> grid.get().absolute(differences) / unit,
                        differences -> Math.sqrt(2 * grid.get().squared(differences) / unit)),
                integrals.get().lessenedAbsolute / unit,
                Math.sqrt(2 * integrals.get().lessenedSquared / unit));
    }

    private List<Chance> drawn(List<ToDoubleFunction<double[]>> distances, double... observed) {
        StepGrid steps = grid.get();
        if (steps.size() == 0) {
            // All values are equal, so nothing can differ.
            return Collections.nCopies(distances.size(), new Chance(1, 0));
        }
        List<DriftMeasure> measures = new ArrayList<>();
        for (ToDoubleFunction<double[]> distance : distances) {
            measures.add((p, q) -> distance.applyAsDouble(StepGrid.differences(p, q)));
        }
        return Resampling.of(steps.reference(), steps.current(), measures, observed).stream()
                .map(Chance::of)
                .toList();
    }

    private static double greatest(double[] differences) {
        double greatest = 0;
        for (double difference : differences) {
            greatest = Math.max(greatest, Math.abs(difference));
        }
        return greatest;
    }

    /** The integrals of |F - G| and of its square, as they are and lessened by a slack, in one pass. */
    private static final class Integrals {

        private double absolute;
        private double squared;
        private double lessenedAbsolute;
        private double lessenedSquared;

        private Integrals(EmpiricalDistribution reference, EmpiricalDistribution current, double slack) {
            Steps steps = new Steps(reference, current);
            while (steps.next()) {
                double gap = steps.gap();
                double difference = Math.abs(steps.difference());
                double lessened = Math.max(0, difference - slack);
                absolute += difference * gap;
                squared += difference * difference * gap;
                lessenedAbsolute += lessened * gap;
                lessenedSquared += lessened * lessened * gap;
            }
        }
    }
}

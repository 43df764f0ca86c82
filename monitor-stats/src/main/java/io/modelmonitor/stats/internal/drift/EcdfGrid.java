package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.api.Distribution;
import io.modelmonitor.stats.internal.HypergeometricSampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Steps of two distribution functions that stand for all of them in an integral over F - G. Each stands for an equal part of
 * {@code integral sqrt(H (1 - H)) dx}, where H pools both, to which the mean of {@code integral |F - G| dx} is in proportion
 * when nothing changed; its weights are such that the means of that integral and of the one of the square are exact.
 *
 * <p>Takes time in proportion to the number of values. Immutable and safe for use by several threads.
 */
final class EcdfGrid {

    private final Distribution reference;
    private final Distribution current;
    private final double[] absolute;
    private final double[] squared;
    private final boolean isComplete;

    private EcdfGrid(
            Distribution reference, Distribution current, double[] absolute, double[] squared, boolean isComplete) {
        this.reference = reference;
        this.current = current;
        this.absolute = absolute;
        this.squared = squared;
        this.isComplete = isComplete;
    }

    /**
     * Chooses steps.
     *
     * @param most how many at most, at least 1; all of them if there are no more
     */
    static EcdfGrid of(PooledEcdf steps, int most) {
        return new Builder(steps, most).build();
    }

    /** Returns the number of steps. */
    int size() {
        return absolute.length;
    }

    /** Returns whether every step is there. */
    boolean isComplete() {
        return isComplete;
    }

    /**
     * Judges an integral of |F - G| and the root of one of (F - G)^2 by what these are when nothing changed.
     *
     * @return for each its probability to be at least as large, and its mean, in this order
     */
    List<MonteCarloNull> judge(double ofAbsolute, double rootOfSquared) {
        return MonteCarloNull.of(new Integrals(), reference.size(), ofAbsolute, rootOfSquared);
    }

    /** Judges a greatest |F - G| likewise, which needs every step. */
    MonteCarloNull judgeGreatest(double distance) {
        return MonteCarloNull.of(new Greatest(), reference.size(), distance).get(0);
    }

    /** Draws the rows up to the first step, between neighbouring ones, and beyond the last. */
    private abstract class Differences implements MonteCarloNull.Draws {

        private final HypergeometricSampler sampler = new HypergeometricSampler(reference, current);
        private final double[] one = new double[reference.size()];
        private final double[] other = new double[one.length];

        final void draw() {
            sampler.next(one, other);
            double ofOne = 1 / reference.total();
            double ofOther = 1 / current.total();
            double difference = 0;
            for (int i = 0; i < absolute.length; i++) {
                difference += one[i] * ofOne - other[i] * ofOther;
                take(i, Math.abs(difference));
            }
        }

        abstract void take(int step, double difference);
    }

    private final class Integrals extends Differences {

        private double ofAbsolute;
        private double ofSquared;

        @Override
        public void next() {
            ofAbsolute = 0;
            ofSquared = 0;
            draw();
        }

        @Override
        void take(int step, double difference) {
            ofAbsolute += absolute[step] * difference;
            ofSquared += squared[step] * difference * difference;
        }

        @Override
        public double size(int distance) {
            return distance == 0 ? ofAbsolute : Math.sqrt(ofSquared);
        }
    }

    private final class Greatest extends Differences {

        private double greatest;

        @Override
        public void next() {
            greatest = 0;
            draw();
        }

        @Override
        void take(int step, double difference) {
            greatest = Math.max(greatest, difference);
        }

        @Override
        public double size(int distance) {
            return greatest;
        }
    }

    private static final class Builder {

        private final PooledEcdf pooled;
        /** For each step its part of the integral of the root of H (1 - H). */
        private final double[] share;

        private final int steps;
        private final double total;
        private final int[] chosen;
        private final double[] absolute;
        private final double[] squared;
        private final boolean isComplete;
        private int parts;

        private Builder(PooledEcdf pooled, int most) {
            this.pooled = pooled;
            // After the last value both distribution functions are 1.
            steps = Math.max(0, pooled.size - 1);
            share = new double[steps];
            double sum = 0;
            for (int i = 0; i < steps; i++) {
                share[i] = pooled.gap(i) * spread(i);
                sum += share[i];
            }
            total = sum;
            isComplete = steps <= most;
            chosen = new int[Math.min(steps, most)];
            absolute = new double[chosen.length];
            squared = new double[chosen.length];
        }

        private double spread(int step) {
            double h = pooled.pooled(step);
            return Math.sqrt(h * (1 - h));
        }

        private EcdfGrid build() {
            double sum = 0;
            int first = 0;
            for (int i = 0; i < steps; i++) {
                sum += share[i];
                if (isComplete || i == steps - 1 || (sum >= total * (parts + 1) / chosen.length && hasRoom())) {
                    represent(first, i);
                    first = i + 1;
                }
            }
            return new EcdfGrid(
                    Distribution.of(cells(), counts(pooled.reference, pooled.n)),
                    Distribution.of(cells(), counts(pooled.current, pooled.m)),
                    Arrays.copyOf(absolute, parts),
                    Arrays.copyOf(squared, parts),
                    isComplete);
        }

        /** Returns whether there is room for another part, and for the one that ends with the last step. */
        private boolean hasRoom() {
            return parts < chosen.length - 1;
        }

        /** Chooses the step in the middle of some, with weights by which it stands for all of them. */
        private void represent(int first, int last) {
            double ofAbsolute = 0;
            double ofSquared = 0;
            for (int i = first; i <= last; i++) {
                double h = pooled.pooled(i);
                ofAbsolute += share[i];
                ofSquared += pooled.gap(i) * h * (1 - h);
            }
            int middle = first;
            double upTo = share[first];
            while (middle < last && upTo < ofAbsolute / 2) {
                middle++;
                upTo += share[middle];
            }
            chosen[parts] = middle;
            absolute[parts] = ofAbsolute / spread(middle);
            squared[parts] = ofSquared / (spread(middle) * spread(middle));
            parts++;
        }

        private List<Distribution.Cell> cells() {
            List<Distribution.Cell> cells = new ArrayList<>();
            for (int i = 0; i <= parts; i++) {
                cells.add(new Distribution.Cell("step " + i));
            }
            return cells;
        }

        private double[] counts(double[] upTo, double rows) {
            double[] counts = new double[parts + 1];
            double before = 0;
            for (int i = 0; i <= parts; i++) {
                double next = i == parts ? rows : upTo[chosen[i]];
                counts[i] = next - before;
                before = next;
            }
            return counts;
        }
    }
}

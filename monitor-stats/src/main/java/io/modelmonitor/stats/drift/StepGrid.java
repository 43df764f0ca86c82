package io.modelmonitor.stats.drift;

import io.modelmonitor.api.Distribution;
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
final class StepGrid {

    private final Distribution reference;
    private final Distribution current;
    private final double[] absolute;
    private final double[] squared;
    private final boolean isComplete;

    private StepGrid(
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
    static StepGrid of(EmpiricalDistribution reference, EmpiricalDistribution current, int most) {
        return new Builder(reference, current, most).build();
    }

    /** Returns the reference's counts up to the first step, between neighbouring ones, and beyond the last. */
    Distribution reference() {
        return reference;
    }

    /** Returns the current counts over the same cells. */
    Distribution current() {
        return current;
    }

    /** Returns the number of steps. */
    int size() {
        return absolute.length;
    }

    /** Returns whether every step is there. */
    boolean isComplete() {
        return isComplete;
    }

    /** Returns F - G at each step, from counts over the cells. */
    static double[] differences(Distribution p, Distribution q) {
        double[] differences = new double[p.size() - 1];
        double difference = 0;
        for (int i = 0; i < differences.length; i++) {
            difference += p.count(i) / p.total() - q.count(i) / q.total();
            differences[i] = difference;
        }
        return differences;
    }

    /** Returns the integral of |F - G|. */
    double absolute(double[] differences) {
        double sum = 0;
        for (int i = 0; i < absolute.length; i++) {
            sum += absolute[i] * Math.abs(differences[i]);
        }
        return sum;
    }

    /** Returns the integral of (F - G)^2. */
    double squared(double[] differences) {
        double sum = 0;
        for (int i = 0; i < squared.length; i++) {
            sum += squared[i] * differences[i] * differences[i];
        }
        return sum;
    }

    private static final class Builder {

        private final EmpiricalDistribution reference;
        private final EmpiricalDistribution current;
        private final double[] referenceUpTo;
        private final double[] currentUpTo;
        private final double[] gaps;
        private final double[] spread;
        private final int[] chosen;
        private final double[] absolute;
        private final double[] squared;
        private final boolean isComplete;
        private int steps;
        private int parts;
        private double total;

        private Builder(EmpiricalDistribution reference, EmpiricalDistribution current, int most) {
            this.reference = reference;
            this.current = current;
            int values = reference.values().size() + current.values().size();
            referenceUpTo = new double[values];
            currentUpTo = new double[values];
            gaps = new double[values];
            spread = new double[values];
            walk();
            isComplete = steps <= most;
            chosen = new int[Math.min(steps, most)];
            absolute = new double[chosen.length];
            squared = new double[chosen.length];
        }

        private void walk() {
            double rows = reference.total() + current.total();
            Steps walk = new Steps(reference, current);
            int values = 0;
            while (walk.next()) {
                referenceUpTo[values] = walk.referenceCount();
                currentUpTo[values] = walk.currentCount();
                gaps[values] = walk.gap();
                double h = (referenceUpTo[values] + currentUpTo[values]) / rows;
                spread[values] = Math.sqrt(h * (1 - h));
                total += gaps[values] * spread[values];
                values++;
            }
            // After the last value both distribution functions are 1.
            steps = Math.max(0, values - 1);
        }

        private StepGrid build() {
            double sum = 0;
            int first = 0;
            for (int i = 0; i < steps; i++) {
                sum += gaps[i] * spread[i];
                if (isComplete || i == steps - 1 || (sum >= total * (parts + 1) / chosen.length && hasRoom())) {
                    represent(first, i);
                    first = i + 1;
                }
            }
            return new StepGrid(
                    Distribution.of(cells(), counts(referenceUpTo, reference.total())),
                    Distribution.of(cells(), counts(currentUpTo, current.total())),
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
                ofAbsolute += gaps[i] * spread[i];
                ofSquared += gaps[i] * spread[i] * spread[i];
            }
            int middle = first;
            double upTo = gaps[first] * spread[first];
            while (middle < last && upTo < ofAbsolute / 2) {
                middle++;
                upTo += gaps[middle] * spread[middle];
            }
            chosen[parts] = middle;
            absolute[parts] = ofAbsolute / spread[middle];
            squared[parts] = ofSquared / (spread[middle] * spread[middle]);
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

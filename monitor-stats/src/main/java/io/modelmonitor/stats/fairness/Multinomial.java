package io.modelmonitor.stats.fairness;

import java.util.SplittableRandom;

/**
 * Draws tables of counts as if as many people had been met again: a multinomial distribution with the observed shares.
 * Each cell is one binomial number, given the cells before it, so that the cost does not depend on the number of people.
 * Not safe for use by several threads.
 */
final class Multinomial {

    private final int[] cells;
    private final double[] conditional;
    private final long people;
    private final Binomial binomial;

    /**
     * Prepares to draw.
     *
     * @param weights the expected counts, at least 0
     * @param people how many people each table has
     */
    Multinomial(double[] weights, long people, SplittableRandom random) {
        int occupied = 0;
        double rest = 0;
        for (double weight : weights) {
            rest += weight;
            occupied += weight > 0 ? 1 : 0;
        }
        this.cells = new int[occupied];
        this.conditional = new double[occupied];
        this.people = people;
        this.binomial = new Binomial(random);
        int next = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                cells[next] = i;
                conditional[next++] = Math.min(1, weights[i] / rest);
                rest -= weights[i];
            }
        }
    }

    /** Writes a table into an array of all cells. */
    void draw(long[] into) {
        long left = people;
        for (int i = 0; i < cells.length; i++) {
            long count = i == cells.length - 1 ? left : binomial.draw(left, conditional[i]);
            into[cells[i]] = count;
            left -= count;
        }
    }
}

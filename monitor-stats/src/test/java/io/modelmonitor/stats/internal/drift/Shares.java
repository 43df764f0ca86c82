package io.modelmonitor.stats.internal.drift;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws from many cells of unequal shares, each in few steps: sums are made once, and where to look for them is known. */
final class Shares {

    private final double[] cumulative;
    /** The first cell whose cumulative share reaches each of as many equal steps. */
    private final int[] first;

    private Shares(double[] shares) {
        cumulative = shares.clone();
        for (int i = 1; i < cumulative.length; i++) {
            cumulative[i] += cumulative[i - 1];
        }
        first = new int[shares.length];
        int cell = 0;
        for (int step = 0; step < first.length; step++) {
            while (cell < cumulative.length - 1 && cumulative[cell] < (double) step / first.length) {
                cell++;
            }
            first[step] = cell;
        }
    }

    /** Returns cells of which each has a share in inverse proportion to its rank. */
    static Shares skewed(int cells) {
        double[] shares = new double[cells];
        double sum = 0;
        for (int i = 0; i < cells; i++) {
            shares[i] = 1.0 / (i + 1);
            sum += shares[i];
        }
        for (int i = 0; i < cells; i++) {
            shares[i] /= sum;
        }
        return new Shares(shares);
    }

    static Shares equal(int cells) {
        double[] shares = new double[cells];
        Arrays.fill(shares, 1.0 / cells);
        return new Shares(shares);
    }

    /** Returns how many of some rows fall into each cell. */
    double[] drawn(SplittableRandom random, int rows) {
        double[] counts = new double[cumulative.length];
        for (int i = 0; i < rows; i++) {
            double place = random.nextDouble();
            int cell = first[(int) (place * first.length)];
            while (cell < cumulative.length - 1 && cumulative[cell] < place) {
                cell++;
            }
            counts[cell]++;
        }
        return counts;
    }
}

package io.modelmonitor.stats.attribution;

import java.util.Arrays;

/**
 * Normalised discounted cumulative gain: how well a new order of features keeps those in front that used to matter (K.
 * Järvelin and J. Kekäläinen, Cumulated gain-based evaluation of IR techniques, 2002, with linear gains).
 *
 * <p>nDCG = Σ gain(f′ᵢ) / log₂(i + 1) ÷ Σ gain(fᵢ) / log₂(i + 1), where gains are the baseline's attributions, f′ᵢ is the
 * feature of rank i by live attribution, and fᵢ the one of rank i by baseline attribution. It is 1 when the order is kept.
 *
 * <ul>
 *   <li>Ties: features of equal attribution keep the order in which they are given.
 *   <li>Negative attributions are gains like others: they are what a feature's place costs. With them the value may leave 0
 *       to 1, and it is undefined where the ideal order gains nothing. Take magnitudes where signs mean nothing.
 *   <li>Undefined, NaN: if the best possible order gains nothing (all gains 0), or any attribution is NaN.
 * </ul>
 */
public final class Ndcg {

    /** The logarithms of 2 and more, for as many features as most models have. */
    private static final double[] LOGARITHMS = new double[256];

    static {
        for (int i = 0; i < LOGARITHMS.length; i++) {
            LOGARITHMS[i] = StrictMath.log(i + 2.0);
        }
    }

    private Ndcg() {}

    /**
     * Returns the normalised discounted cumulative gain.
     *
     * @param baseline an attribution of each feature in the baseline: the gains
     * @param live an attribution of each feature now, in the same order: what it is ranked by
     * @return a number, from 0 to 1 if no gain is negative; NaN when undefined
     * @throws IllegalArgumentException if there are not as many of one as of the other
     */
    public static double of(double[] baseline, double[] live) {
        if (baseline.length != live.length) {
            throw new IllegalArgumentException("live: " + live.length + " attributions for " + baseline.length
                    + " in the baseline; there must be as many");
        }
        for (int j = 0; j < live.length; j++) {
            if (Double.isNaN(baseline[j]) || Double.isNaN(live[j])) {
                return Double.NaN;
            }
        }
        double[] ascending = baseline.clone();
        Arrays.sort(ascending);
        int[] order = order(live);
        double ideal = 0;
        double gain = 0;
        for (int i = 0; i < order.length; i++) {
            double discount = i < LOGARITHMS.length ? LOGARITHMS[i] : StrictMath.log(i + 2.0);
            ideal += ascending[order.length - 1 - i] * LOGARITHMS[0] / discount;
            gain += baseline[order[i]] * LOGARITHMS[0] / discount;
        }
        return ideal > 0 ? gain / ideal : Double.NaN;
    }

    /**
     * Returns the rank of each feature, from 1 for the greatest attribution; equal ones in the order given.
     *
     * @param attributions an attribution of each feature, none NaN
     */
    public static int[] ranks(double[] attributions) {
        int[] order = order(attributions);
        int[] ranks = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            ranks[order[i]] = i + 1;
        }
        return ranks;
    }

    /** The features' positions by descending attribution; equal ones in the order given. */
    static int[] order(double[] attributions) {
        double[] sorted = new double[attributions.length];
        for (int j = 0; j < sorted.length; j++) {
            sorted[j] = turned(attributions[j]);
        }
        Arrays.sort(sorted);
        int[] order = new int[sorted.length];
        int[] equals = new int[sorted.length];
        for (int j = 0; j < sorted.length; j++) {
            int first = first(sorted, turned(attributions[j]));
            order[first + equals[first]++] = j;
        }
        return order;
    }

    /** Turns descending into ascending; -0.0 and 0.0 are equal attributions and become the same number. */
    private static double turned(double attribution) {
        return 0.0 - attribution;
    }

    private static int first(double[] ascending, double value) {
        int low = 0;
        int high = ascending.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

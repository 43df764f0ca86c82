package io.modelmonitor.stats.attribution;

import java.util.Comparator;
import java.util.stream.IntStream;

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
        double ideal = gain(baseline, order(baseline));
        return ideal > 0 ? gain(baseline, order(live)) / ideal : Double.NaN;
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

    private static double gain(double[] gains, int[] order) {
        double sum = 0;
        for (int i = 0; i < order.length; i++) {
            sum += gains[order[i]] * Math.log(2) / Math.log(i + 2.0);
        }
        return sum;
    }

    /** The features' positions by descending attribution. */
    static int[] order(double[] attributions) {
        // -0.0 and 0.0 are equal attributions, so they are compared as numbers.
        return IntStream.range(0, attributions.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer j) -> 0.0 - attributions[j]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}

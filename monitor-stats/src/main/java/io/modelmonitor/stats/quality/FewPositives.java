package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.stats.internal.Variates;
import java.util.Arrays;

/**
 * A ranking with few positive rows, whose average precision is resampled by the Bayesian bootstrap (D. B. Rubin, The Annals of
 * Statistics 9, 1981): every row has a gamma weight. Negative rows between two positive ones count as one group, so that it takes
 * time in proportion to the positive rows. As in {@link FewCounts}, upper limits come with a positive row more above all others,
 * lower limits with one below.
 */
final class FewPositives {

    private static final int REPLICATES = 999;
    private static final long SEED = 0x5EEDA9L;

    private final double[] positives;
    private final double[] negatives;

    private FewPositives(double[] positives, double[] negatives) {
        this.positives = positives;
        this.negatives = negatives;
    }

    /** Groups the rows of scores in descending order. */
    static FewPositives of(SortedCounts scores) {
        double[] positives = new double[(int) Math.min(scores.size(), scores.markedTotal()) + 1];
        double[] negatives = new double[positives.length];
        int group = 0;
        for (int i = 0; i < scores.size(); i++) {
            negatives[group] += scores.unmarked()[i];
            if (scores.marked()[i] > 0) {
                positives[group++] = scores.marked()[i];
            }
        }
        return new FewPositives(Arrays.copyOf(positives, group + 1), Arrays.copyOf(negatives, group + 1));
    }

    /** Returns the evidence of the average precision. */
    Evidence evidence(double value, double standardError) {
        int salt = 31 * Arrays.hashCode(positives) + Arrays.hashCode(negatives);
        Variates variates = new Variates(SEED ^ (long) salt << Integer.SIZE);
        double mean = 0;
        double[] low = new double[REPLICATES];
        double[] high = new double[REPLICATES];
        for (int i = 0; i < REPLICATES; i++) {
            mean += draw(variates, i, low, high) / REPLICATES;
        }
        // Draws exceed the measured value on average as that exceeds the truth: so twice that is taken off, but not
        // from
        // upper limits, as the windows that chance made worst exceed it least.
        double excess = 2 * (mean - value);
        for (int i = 0; i < REPLICATES; i++) {
            low[i] -= excess;
            high[i] -= Math.min(0, excess);
        }
        return ResampledLimits.of(value, standardError, low, high);
    }

    /**
     * Draws an average precision.
     *
     * @param replicate the number of the draw, from 0
     * @param low takes it with a positive row more below all others
     * @param high takes it with one above
     */
    private double draw(Variates variates, int replicate, double[] low, double[] high) {
        double above = variates.gamma(1);
        double below = variates.gamma(1);
        double positive = 0;
        double negative = 0;
        double sum = 0;
        double sumBelowAnother = above;
        for (int i = 0; i < positives.length; i++) {
            negative += negatives[i] > 0 ? variates.gamma(negatives[i]) : 0;
            if (positives[i] > 0) {
                double weight = variates.gamma(positives[i]);
                positive += weight;
                sum += weight * positive / (positive + negative);
                sumBelowAnother += weight * (positive + above) / (positive + above + negative);
            }
        }
        double all = positive + below;
        low[replicate] = (sum + below * all / (all + negative)) / all;
        high[replicate] = sumBelowAnother / (positive + above);
        return sum / positive;
    }
}

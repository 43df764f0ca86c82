package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.stats.internal.Variates;
import java.util.Arrays;

/**
 * A ranking with few rows of a label, whose area under the ROC curve and Kolmogorov–Smirnov statistic are resampled by the Bayesian
 * bootstrap (D. B. Rubin, The Annals of Statistics 9, 1981): every row has a gamma weight. Rows of the other label between two of
 * the rarer one count as one group, so that it takes time in proportion to the rarer rows.
 *
 * <p>Upper limits come with a positive row more above all others and a negative one below them, lower limits the other way around,
 * as N. Gaffke (Mathematical Methods of Statistics 14, 2005) bounds a mean of values of a known range: a pair that happens to be
 * ranked wrong, or right, proves little.
 */
final class FewRanks {

    private static final int REPLICATES = 999;
    private static final long SEED = 0x5EED4A9CL;

    private final double[] positives;
    private final double[] negatives;
    private final double[] lowAreas = new double[REPLICATES];
    private final double[] highAreas = new double[REPLICATES];
    private final double[] lowDistances = new double[REPLICATES];
    private final double[] highDistances = new double[REPLICATES];
    private double meanDistance;

    private FewRanks(double[] positives, double[] negatives) {
        this.positives = positives;
        this.negatives = negatives;
    }

    /** Groups the rows of scores in descending order, and draws. */
    static FewRanks of(SortedCounts scores) {
        boolean positivesAreRarer = scores.markedTotal() <= scores.unmarkedTotal();
        long[] rarer = positivesAreRarer ? scores.marked() : scores.unmarked();
        double[] positives = new double[scores.size()];
        double[] negatives = new double[positives.length];
        int groups = 0;
        for (int i = 0; i < positives.length; i++) {
            boolean goesOn = i > 0 && rarer[i] == 0 && rarer[i - 1] == 0;
            groups += goesOn ? 0 : 1;
            positives[groups - 1] += scores.marked()[i];
            negatives[groups - 1] += scores.unmarked()[i];
        }
        FewRanks ranks = new FewRanks(Arrays.copyOf(positives, groups), Arrays.copyOf(negatives, groups));
        ranks.draw();
        return ranks;
    }

    /** Returns the evidence of the area under the ROC curve. */
    Evidence ofArea(double value, double standardError) {
        return ResampledLimits.of(value, standardError, lowAreas.clone(), highAreas.clone());
    }

    /** Returns the evidence of the Kolmogorov–Smirnov statistic. */
    Evidence ofDistance(double value, double standardError) {
        // A greatest difference exceeds the true one on average, and a draw exceeds it by as much again: twice that is
        // taken off where it makes the limits wider.
        double excess = 2 * Math.max(0, meanDistance - value);
        double[] low = Arrays.stream(lowDistances)
                .map(distance -> Math.max(0, distance - excess))
                .toArray();
        return ResampledLimits.of(value, standardError, low, highDistances.clone());
    }

    private void draw() {
        int salt = 31 * Arrays.hashCode(positives) + Arrays.hashCode(negatives);
        Variates variates = new Variates(SEED ^ (long) salt << Integer.SIZE);
        Weights weights = new Weights(positives.length + 2);
        for (int replicate = 0; replicate < REPLICATES; replicate++) {
            for (int i = 0; i < positives.length; i++) {
                weights.positives[i + 1] = positives[i] > 0 ? variates.gamma(positives[i]) : 0;
                weights.negatives[i + 1] = negatives[i] > 0 ? variates.gamma(negatives[i]) : 0;
            }
            weights.surround(0, 0, 0, 0);
            meanDistance += weights.distance() / REPLICATES;
            double positive = variates.gamma(1);
            double negative = variates.gamma(1);
            weights.surround(positive, 0, 0, negative);
            highAreas[replicate] = weights.area();
            highDistances[replicate] = weights.distance();
            weights.surround(0, negative, positive, 0);
            lowAreas[replicate] = weights.area();
            lowDistances[replicate] = weights.distance();
        }
    }

    /** The weights of the groups in descending order of their scores; the first and the last one are free. */
    private static final class Weights {

        private final double[] positives;
        private final double[] negatives;
        private double positive;
        private double negative;

        Weights(int size) {
            positives = new double[size];
            negatives = new double[size];
        }

        /** Sets the weights of the first and the last group. */
        void surround(double firstPositive, double firstNegative, double lastPositive, double lastNegative) {
            positives[0] = firstPositive;
            negatives[0] = firstNegative;
            positives[positives.length - 1] = lastPositive;
            negatives[negatives.length - 1] = lastNegative;
            positive = Arrays.stream(positives).sum();
            negative = Arrays.stream(negatives).sum();
        }

        double area() {
            double above = 0;
            double pairs = 0;
            for (int i = 0; i < positives.length; i++) {
                pairs += negatives[i] * (above + positives[i] / 2);
                above += positives[i];
            }
            return pairs / positive / negative;
        }

        double distance() {
            double difference = 0;
            double greatest = 0;
            for (int i = 0; i < positives.length; i++) {
                difference += positives[i] / positive - negatives[i] / negative;
                greatest = Math.max(greatest, difference);
            }
            return greatest;
        }
    }
}

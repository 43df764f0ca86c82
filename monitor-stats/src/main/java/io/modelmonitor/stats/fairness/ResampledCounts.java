package io.modelmonitor.stats.fairness;

import java.util.List;
import java.util.function.Function;

/** Counts that some measures are functions of, as one array, to be resampled together. */
final class ResampledCounts {

    private static final double HALF_A_PERSON = 0.5;

    /** The cells of a group: those with both outcomes known, with one, with the other, with none. */
    private static final int[][] FAMILIES = {
        {
            Outcomes.cell(0, 0), Outcomes.cell(0, 1), Outcomes.cell(1, 0), Outcomes.cell(1, 1),
        },
        {Outcomes.cell(0, Outcomes.UNKNOWN), Outcomes.cell(1, Outcomes.UNKNOWN)},
        {Outcomes.cell(Outcomes.UNKNOWN, 0), Outcomes.cell(Outcomes.UNKNOWN, 1)},
    };

    private final long[] counts;
    private final double[] weights;
    private final Function<long[], GroupComparison> view;
    private final List<BiasMetric> metrics;

    private ResampledCounts(
            long[] counts, double[] weights, Function<long[], GroupComparison> view, List<BiasMetric> metrics) {
        this.counts = counts;
        this.weights = weights;
        this.view = view;
        this.metrics = metrics;
    }

    /** The outcomes of the group, then of the rest. */
    static ResampledCounts ofOutcomes(GroupComparison comparison, List<BiasMetric> metrics) {
        long[] counts = new long[2 * Outcomes.CELLS];
        System.arraycopy(comparison.group().cells(), 0, counts, 0, Outcomes.CELLS);
        System.arraycopy(comparison.rest().cells(), 0, counts, Outcomes.CELLS, Outcomes.CELLS);
        double[] weights = copy(counts);
        for (int side = 0; side < 2; side++) {
            for (int[] family : FAMILIES) {
                occupy(weights, family, side * Outcomes.CELLS);
            }
        }
        return new ResampledCounts(
                counts,
                weights,
                cells -> GroupComparison.of(Outcomes.of(cells, 0), Outcomes.of(cells, Outcomes.CELLS)),
                metrics);
    }

    /** The label strata. */
    static ResampledCounts ofLabelStrata(GroupComparison comparison, List<BiasMetric> metrics) {
        long[] counts = comparison.labelStrata().counts();
        return new ResampledCounts(
                counts,
                copy(counts),
                cells -> GroupComparison.of(Outcomes.NONE, Outcomes.NONE, new Strata(cells), Strata.NONE),
                metrics);
    }

    /** The prediction strata. */
    static ResampledCounts ofPredictionStrata(GroupComparison comparison, List<BiasMetric> metrics) {
        long[] counts = comparison.predictionStrata().counts();
        return new ResampledCounts(
                counts,
                copy(counts),
                cells -> GroupComparison.of(Outcomes.NONE, Outcomes.NONE, Strata.NONE, new Strata(cells)),
                metrics);
    }

    /** Returns the observed counts. */
    long[] counts() {
        return counts;
    }

    /**
     * Returns what is expected of a resampled table: the counts, with half a person in empty cells that could have been
     * occupied, lest an empty cell be taken for an impossible one (J. Haldane, 1956; F. Anscombe, 1956).
     */
    double[] weights() {
        return weights;
    }

    /** Returns what some counts of this table say. */
    GroupComparison view(long[] cells) {
        return view.apply(cells);
    }

    /** Returns the measures that are functions of these counts. */
    List<BiasMetric> metrics() {
        return metrics;
    }

    /** Returns whether the expected counts are the observed ones. */
    boolean isAsObserved() {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != weights[i]) {
                return false;
            }
        }
        return true;
    }

    private static double[] copy(long[] counts) {
        double[] weights = new double[counts.length];
        for (int i = 0; i < counts.length; i++) {
            weights[i] = counts[i];
        }
        return weights;
    }

    private static void occupy(double[] weights, int[] family, int offset) {
        double sum = 0;
        for (int cell : family) {
            sum += weights[offset + cell];
        }
        if (sum > 0) {
            for (int cell : family) {
                weights[offset + cell] = Math.max(HALF_A_PERSON, weights[offset + cell]);
            }
        }
    }
}

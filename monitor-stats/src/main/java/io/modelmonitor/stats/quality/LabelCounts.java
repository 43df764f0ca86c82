package io.modelmonitor.stats.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * A confusion matrix of K labels, and its margins, of which all metrics of several labels are functions: the rows predicted
 * right for each label, the rows of each actual label, the rows of each predicted label, 3·K counts in this order.
 */
final class LabelCounts implements Formula.Counts {

    private final long[][] cells;

    /** Creates counts of a square matrix, which must not be written to any more. */
    LabelCounts(long[][] cells) {
        this.cells = cells;
    }

    int labels() {
        return cells.length;
    }

    long[][] cells() {
        return cells;
    }

    long rows() {
        return actual().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns all cells, one row after the other. */
    long[] flat() {
        return Arrays.stream(cells).flatMapToLong(Arrays::stream).toArray();
    }

    /** Returns the rows of each actual label. */
    List<Long> actual() {
        return Arrays.stream(cells).map(row -> Arrays.stream(row).sum()).toList();
    }

    @Override
    public double[] values() {
        return margins(Arrays.stream(flat()).asDoubleStream().toArray());
    }

    /** Returns these counts, resampled where they are few. */
    Formula.Counts resampled() {
        return FewCounts.of(this, cells, LabelCounts::margins);
    }

    /** Returns the margins of cells that are given one row after the other. */
    private static double[] margins(double[] flat) {
        int labels = (int) Math.round(Math.sqrt(flat.length));
        double[] margins = new double[3 * labels];
        for (int actual = 0; actual < labels; actual++) {
            margins[actual] = flat[actual * labels + actual];
            for (int predicted = 0; predicted < labels; predicted++) {
                margins[labels + actual] += flat[actual * labels + predicted];
                margins[2 * labels + predicted] += flat[actual * labels + predicted];
            }
        }
        return margins;
    }

    /**
     * {@inheritDoc} Each cell is taken to hold 1/K of a row more, as half a row with two labels. Takes K² steps, and 6·K
     * evaluations.
     */
    @Override
    public double standardError(ToDoubleFunction<double[]> function) {
        int labels = cells.length;
        double smoothing = 1.0 / labels;
        double[] margins = values();
        for (int i = 0; i < margins.length; i++) {
            margins[i] += i < labels ? smoothing : 1;
        }
        double[] gradient = Gradient.of(function, margins);
        double variance = 0;
        for (int actual = 0; actual < labels; actual++) {
            for (int predicted = 0; predicted < labels; predicted++) {
                double derivative = gradient[labels + actual] + gradient[2 * labels + predicted];
                derivative += actual == predicted ? gradient[actual] : 0;
                variance += (cells[actual][predicted] + smoothing) * derivative * derivative;
            }
        }
        return Math.sqrt(variance);
    }

    /** Returns the counts of each label against all others. */
    List<BinaryCounts> oneAgainstRest() {
        double[] margins = values();
        long rows = rows();
        List<BinaryCounts> counts = new ArrayList<>();
        for (int label = 0; label < cells.length; label++) {
            long right = cells[label][label];
            long actual = (long) margins[cells.length + label];
            long predicted = (long) margins[2 * cells.length + label];
            counts.add(new BinaryCounts(rows - actual - predicted + right, predicted - right, actual - right, right));
        }
        return counts;
    }

    LabelCounts thinned(SplittableRandom random) {
        long[][] left = new long[cells.length][];
        for (int i = 0; i < left.length; i++) {
            left[i] = Thinning.of(cells[i], random);
        }
        return new LabelCounts(left);
    }
}

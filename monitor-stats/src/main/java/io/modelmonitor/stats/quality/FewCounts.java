package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.stats.internal.Variates;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A confusion matrix with few rows of a label, whose measures are resampled: the delta method's normal distribution is wrong there.
 *
 * <p>The cells of the truth are drawn from Dirichlet distributions about the counts, those for upper limits with a row more
 * predicted right for each label, those for lower limits with a row more predicted wrong. For a single share these are the limits of
 * C. J. Clopper and E. S. Pearson (1934), which are quantiles of Beta(x + 1, n - x) and Beta(x, n - x + 1), so never too narrow; for
 * the F1 measure too, which is a function of the share of true positives among the rows that are or were predicted positive. The
 * draws are seeded with the counts.
 */
final class FewCounts implements Formula.Counts {

    /** With fewer rows of a label, or predicted to be of it, measures are resampled. */
    static final int FEW = 50;

    /** With more labels that occur, drawing every cell takes too long: then only those of few rows are drawn. */
    static final int MOST_LABELS = 20;

    private static final int REPLICATES = 1_999;
    private static final long SEED = 0x5EEDFE3C07L;

    private final Formula.Counts counts;
    private final double[][] worse;
    private final double[][] better;

    private FewCounts(Formula.Counts counts, double[][] worse, double[][] better) {
        this.counts = counts;
        this.worse = worse;
        this.better = better;
    }

    /**
     * Returns counts that are resampled where they are few.
     *
     * @param all the square matrix of rows by true and by predicted label
     * @param values returns the values of the counts of other cells, one row of the matrix after the other, of labels that occur
     */
    static Formula.Counts of(Formula.Counts counts, long[][] all, UnaryOperator<double[]> values) {
        long[][] cells = all.length > 2 ? occurring(all) : all;
        int labels = cells.length;
        long[] actual = new long[labels];
        long[] predicted = new long[labels];
        for (int i = 0; i < labels; i++) {
            for (int j = 0; j < labels; j++) {
                actual[i] += cells[i][j];
                predicted[j] += cells[i][j];
            }
        }
        int occurring = 0;
        boolean few = false;
        for (int i = 0; i < labels; i++) {
            occurring += actual[i] + predicted[i] > 0 ? 1 : 0;
            few |= (actual[i] > 0 && actual[i] < FEW) || (predicted[i] > 0 && predicted[i] < FEW);
        }
        boolean many = labels > MOST_LABELS;
        if (!few || occurring < 2 || (many && LongStream.of(actual).sum() >= FEW)) {
            return counts;
        }
        double[] worse = new double[labels * labels];
        double[] better = new double[labels * labels];
        for (int i = 0; i < labels; i++) {
            for (int j = 0; j < labels; j++) {
                int cell = i * labels + j;
                boolean occurs = actual[i] + predicted[i] > 0 && actual[j] + predicted[j] > 0;
                // A label that was only predicted may be one of the truth too, all rows of which were predicted right.
                worse[cell] = cells[i][j] + (occurs && actual[i] > 0 ? wrong(i, j, labels, many) : 0);
                better[cell] = cells[i][j] + (occurs && i == j ? 1 : 0);
            }
        }
        Variates variates = new Variates(SEED ^ (long) Arrays.deepHashCode(cells) << Integer.SIZE);
        return new FewCounts(counts, draws(worse, variates, values), draws(better, variates, values));
    }

    /** Returns the cells of the labels that occur. */
    private static long[][] occurring(long[][] cells) {
        int[] labels = IntStream.range(0, cells.length)
                .filter(label -> Arrays.stream(cells[label]).anyMatch(rows -> rows > 0)
                        || Arrays.stream(cells).anyMatch(row -> row[label] > 0))
                .toArray();
        return IntStream.of(labels)
                .mapToObj(actual -> IntStream.of(labels)
                        .mapToLong(predicted -> cells[actual][predicted])
                        .toArray())
                .toArray(long[][]::new);
    }

    /** Returns the part of a wrong row of a label that is predicted to be of another; of many labels the next one has all of it. */
    private static double wrong(int actual, int predicted, int labels, boolean many) {
        if (many) {
            return predicted == (actual + 1) % labels ? 1 : 0;
        }
        return actual == predicted ? 0 : 1.0 / (labels - 1);
    }

    /** Draws proportions; not divided by their sum, as no measure depends on it. */
    private static double[][] draws(double[] shapes, Variates variates, UnaryOperator<double[]> values) {
        double[][] draws = new double[REPLICATES][];
        for (int i = 0; i < REPLICATES; i++) {
            double[] cells = new double[shapes.length];
            for (int j = 0; j < cells.length; j++) {
                cells[j] = shapes[j] > 0 ? variates.gamma(shapes[j]) : 0;
            }
            draws[i] = values.apply(cells);
        }
        return draws;
    }

    @Override
    public double[] values() {
        return counts.values();
    }

    @Override
    public double standardError(ToDoubleFunction<double[]> function) {
        return counts.standardError(function);
    }

    @Override
    public Evidence evidence(ToDoubleFunction<double[]> function) {
        double[] low = Arrays.stream(worse).mapToDouble(function).toArray();
        double[] high = Arrays.stream(better).mapToDouble(function).toArray();
        return ResampledLimits.of(function.applyAsDouble(counts.values()), counts.standardError(function), low, high);
    }
}

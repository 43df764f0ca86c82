package io.modelmonitor.stats.attribution;

import java.util.Arrays;

/**
 * The rows from which a feature takes its value when it is "not there": what a prediction is explained against.
 *
 * <p>Kernel SHAP asks the model about every coalition with every row of the background, so a hundred rows, or a dozen
 * centres of clusters, are plenty. Immutable.
 */
public final class Background {

    private final double[][] rows;
    private final double[][] columns;
    private final double[] weights;

    private Background(double[][] rows, double[] weights) {
        this.rows = rows;
        this.weights = weights;
        this.columns = new double[rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                columns[j][i] = rows[i][j];
            }
        }
    }

    /**
     * Returns a background of rows that count alike.
     *
     * @param rows at least one row, all of the same width of at least 1; copied
     * @throws IllegalArgumentException if there is none, or their widths differ
     */
    public static Background of(double[][] rows) {
        double[] weights = new double[rows.length];
        Arrays.fill(weights, 1);
        return weighted(rows, weights);
    }

    /**
     * Returns a background of rows that count in proportion to their weights.
     *
     * @param rows at least one row, all of the same width of at least 1; copied
     * @param weights a finite positive number for each row
     * @throws IllegalArgumentException if rows or weights are not so
     */
    public static Background weighted(double[][] rows, double[] weights) {
        if (rows.length == 0 || rows[0].length == 0) {
            throw new IllegalArgumentException(
                    "rows: " + rows.length + " given; a background has at least one row of at least one feature");
        }
        if (weights.length != rows.length) {
            throw new IllegalArgumentException("weights: " + weights.length + " given for " + rows.length + " rows");
        }
        double sum = 0;
        double[][] copies = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != rows[0].length) {
                throw new IllegalArgumentException("rows: row " + i + " has " + rows[i].length + " features, row 0 has "
                        + rows[0].length + "; all must have as many");
            }
            if (!(weights[i] > 0) || Double.isInfinite(weights[i])) {
                throw new IllegalArgumentException(
                        "weights: " + weights[i] + " for row " + i + "; allowed is a finite number above 0");
            }
            copies[i] = rows[i].clone();
            sum += weights[i];
        }
        double[] shares = new double[weights.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = weights[i] / sum;
        }
        return new Background(copies, shares);
    }

    /**
     * Returns the centres of the clusters that k-means finds among rows, each with the weight of its cluster. A centre is a
     * mean and may hold values that no row has.
     *
     * @param rows finite numbers, all rows of the same width
     * @param clusters the most clusters to make, at least 1; fewer if there are fewer distinct rows
     * @param seed what makes the first centres repeatable
     * @throws IllegalArgumentException if clusters is less than 1, or rows are none, uneven or not finite
     */
    public static Background centres(double[][] rows, int clusters, long seed) {
        Clusters found = Clusters.of(Background.of(rows).rows, clusters, seed);
        return weighted(found.centres(), found.sizes());
    }

    /**
     * Returns the rows that are nearest to the centres that k-means finds, each with the weight of its cluster: real rows,
     * for features whose means make no sense, such as codes of categories.
     *
     * @param rows finite numbers, all rows of the same width
     * @param clusters the most clusters to make, at least 1; fewer if there are fewer distinct rows
     * @param seed what makes the first centres repeatable
     * @throws IllegalArgumentException if clusters is less than 1, or rows are none, uneven or not finite
     */
    public static Background medoids(double[][] rows, int clusters, long seed) {
        Clusters found = Clusters.of(Background.of(rows).rows, clusters, seed);
        return weighted(found.medoids(), found.sizes());
    }

    /** Returns the number of rows. */
    public int size() {
        return rows.length;
    }

    /** Returns the number of features. */
    public int features() {
        return rows[0].length;
    }

    /** Returns the weighted mean of each feature, as a new array. */
    public double[] means() {
        double[] means = new double[features()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < means.length; j++) {
                means[j] += weights[i] * rows[i][j];
            }
        }
        return means;
    }

    /** The row itself, not to be written to. */
    double[] row(int index) {
        return rows[index];
    }

    /** A feature's values in all rows, not to be written to. */
    double[] column(int feature) {
        return columns[feature];
    }

    /** A row's share of the whole; they add up to 1. */
    double weight(int index) {
        return weights[index];
    }

    /** The positions of the features in which a row differs from any row here, in ascending order. */
    int[] varying(double[] instance) {
        int[] varying = new int[instance.length];
        int count = 0;
        for (int j = 0; j < instance.length; j++) {
            for (double[] row : rows) {
                if (Double.compare(row[j], instance[j]) != 0) {
                    varying[count++] = j;
                    break;
                }
            }
        }
        return Arrays.copyOf(varying, count);
    }
}

package io.modelmonitor.stats.attribution;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** The aggregation of a feature's contributions to many rows into one number. */
public enum Aggregation {
    /** The mean of the magnitudes. */
    MEAN_ABS {
        @Override
        public double of(double[] contributions) {
            return mean(contributions, Math::abs);
        }

        @Override
        double[] of(GlobalAttribution global, int output) {
            return global.meanMagnitudes(output);
        }

        @Override
        double[] of(double[][] rows, int[] chosen, int from, int to) {
            double[] means = new double[rows[0].length];
            for (int i = from; i < to; i++) {
                double[] row = rows[chosen[i]];
                for (int j = 0; j < means.length; j++) {
                    means[j] += Math.abs(row[j]);
                }
            }
            return divided(means, to - from);
        }
    },

    /** The median of the contributions with their signs: near 0 for a feature that raises as often as it lowers. */
    MEDIAN {
        @Override
        public double of(double[] contributions) {
            if (contributions.length == 0) {
                return Double.NaN;
            }
            double[] ascending = contributions.clone();
            Arrays.sort(ascending);
            return (ascending[(ascending.length - 1) / 2] + ascending[ascending.length / 2]) / 2;
        }

        @Override
        double[] of(GlobalAttribution global, int output) {
            return IntStream.range(0, global.features())
                    .mapToDouble(feature -> of(global.sampled(output, feature)))
                    .toArray();
        }

        @Override
        double[] of(double[][] rows, int[] chosen, int from, int to) {
            double[] medians = new double[rows[0].length];
            double[] contributions = new double[to - from];
            for (int j = 0; j < medians.length; j++) {
                for (int i = from; i < to; i++) {
                    contributions[i - from] = rows[chosen[i]][j];
                }
                medians[j] = of(contributions);
            }
            return medians;
        }
    },

    /** The mean of the squares. */
    MEAN_SQ {
        @Override
        public double of(double[] contributions) {
            return mean(contributions, value -> value * value);
        }

        @Override
        double[] of(GlobalAttribution global, int output) {
            return global.meanSquares(output);
        }

        @Override
        double[] of(double[][] rows, int[] chosen, int from, int to) {
            double[] means = new double[rows[0].length];
            for (int i = from; i < to; i++) {
                double[] row = rows[chosen[i]];
                for (int j = 0; j < means.length; j++) {
                    means[j] += row[j] * row[j];
                }
            }
            return divided(means, to - from);
        }
    };

    /**
     * Returns the number.
     *
     * @param contributions a feature's contribution to each row, in any order
     * @return the aggregate; NaN for no rows
     */
    public abstract double of(double[] contributions);

    /** The number for each feature. */
    abstract double[] of(GlobalAttribution global, int output);

    /** The number for each feature of the rows at the chosen positions, some perhaps several times; at least one. */
    abstract double[] of(double[][] rows, int[] chosen, int from, int to);

    private static double mean(double[] values, DoubleUnaryOperator of) {
        CompensatedSums sums = new CompensatedSums(1);
        for (double value : values) {
            sums.add(0, of.applyAsDouble(value));
        }
        return sums.get(0) / values.length;
    }

    private static double[] divided(double[] sums, int count) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] /= count;
        }
        return sums;
    }
}

package io.modelmonitor.stats.attribution;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** How a feature's contributions to many rows become one number. */
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
        double ofResampled(double[] ascending, int[] times, int total) {
            double sum = 0;
            for (int i = 0; i < ascending.length; i++) {
                sum += times[i] * Math.abs(ascending[i]);
            }
            return sum / total;
        }
    },

    /** The median of the contributions with their signs: near 0 for a feature that raises as often as it lowers. */
    MEDIAN {
        @Override
        public double of(double[] contributions) {
            double[] ascending = contributions.clone();
            Arrays.sort(ascending);
            int[] once = new int[ascending.length];
            Arrays.fill(once, 1);
            return ofResampled(ascending, once, once.length);
        }

        @Override
        double[] of(GlobalAttribution global, int output) {
            return IntStream.range(0, global.features())
                    .mapToDouble(feature -> of(global.sampled(output, feature)))
                    .toArray();
        }

        @Override
        double ofResampled(double[] ascending, int[] times, int total) {
            return total == 0
                    ? Double.NaN
                    : (ranked(ascending, times, (total - 1) / 2) + ranked(ascending, times, total / 2)) / 2;
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
        double ofResampled(double[] ascending, int[] times, int total) {
            double sum = 0;
            for (int i = 0; i < ascending.length; i++) {
                sum += times[i] * ascending[i] * ascending[i];
            }
            return sum / total;
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

    /** The same of rows that count several times, or not at all. */
    abstract double ofResampled(double[] ascending, int[] times, int total);

    private static double mean(double[] values, DoubleUnaryOperator of) {
        Sums sums = new Sums(1);
        for (double value : values) {
            sums.add(0, of.applyAsDouble(value));
        }
        return sums.get(0) / values.length;
    }

    private static double ranked(double[] ascending, int[] times, int rank) {
        int i = 0;
        for (int rest = rank; rest >= times[i]; i++) {
            rest -= times[i];
        }
        return ascending[i];
    }
}

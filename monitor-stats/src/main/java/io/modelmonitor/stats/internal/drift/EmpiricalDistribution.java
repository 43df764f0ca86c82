package io.modelmonitor.stats.internal.drift;

import io.modelmonitor.stats.internal.Samples;
import io.modelmonitor.stats.sketch.WeightedValues;

/**
 * A distribution of numbers, and how far its ranks may be off: a sample as it is, or what a sketch remembers of one. Immutable
 * and safe for use by several threads.
 *
 * @param values the values with the number of rows of each
 * @param rankError how far the share of rows up to a value may be off, from 0 to 1; 0 when the values are exact
 */
public record EmpiricalDistribution(WeightedValues values, double rankError) {

    /**
     * Creates a distribution.
     *
     * @throws IllegalArgumentException if the rank error is no share
     */
    public EmpiricalDistribution {
        if (!(rankError >= 0 && rankError <= 1)) {
            throw new IllegalArgumentException("rankError " + rankError + " is no share; allowed is 0 to 1");
        }
    }

    /**
     * Returns the distribution of a sample.
     *
     * @param sample values in any order, infinities allowed; copied
     * @throws IllegalArgumentException if one is NaN, which has no place on the number line: count those apart
     */
    public static EmpiricalDistribution of(double... sample) {
        return new EmpiricalDistribution(WeightedValues.of(sample), 0);
    }

    /** Returns the number of rows. */
    public double total() {
        return values.total();
    }

    /** Returns whether there are no rows. */
    public boolean isEmpty() {
        return values.size() == 0;
    }

    /** Returns the distribution of the rows with values from a least one on, but for one. */
    EmpiricalDistribution without(double value, double least) {
        return new EmpiricalDistribution(values.without(value, least), rankError);
    }

    /** Returns the number of rows up to the value at an index, and 0 for the index before the first. */
    double countUpTo(int index) {
        return index < 0 ? 0 : values.cumulativeWeight(index);
    }

    /** Returns the mean; NaN without rows. */
    public double mean() {
        double scale = scale();
        return mean(scale) / scale;
    }

    /** Returns the standard deviation with the number of rows as divisor; NaN without rows. Computed about the mean. */
    public double standardDeviation() {
        double scale = scale();
        double mean = mean(scale);
        double squares = 0;
        double rest = 0;
        for (int i = 0; i < values.size(); i++) {
            double difference = values.value(i) * scale - mean;
            squares += values.weight(i) * difference * difference;
            rest += values.weight(i) * difference;
        }
        return Math.sqrt(Math.max(0, squares - rest * rest / total()) / total()) / scale;
    }

    private double mean(double scale) {
        double mean = 0;
        for (int i = 0; i < values.size(); i++) {
            double share = (double) values.weight(i) / values.cumulativeWeight(i);
            mean += (values.value(i) * scale - mean) * share;
        }
        return isEmpty() ? Double.NaN : mean;
    }

    /** Returns the power of two by which the greatest value comes to about 1, so that no square leaves the range of doubles. */
    private double scale() {
        return isEmpty() ? 1 : Samples.scale(values.value(0), values.value(values.size() - 1));
    }
}

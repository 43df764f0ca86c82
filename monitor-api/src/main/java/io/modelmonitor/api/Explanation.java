package io.modelmonitor.api;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An explanation of a model's outputs for one row: the contribution of each feature to each output, in the output's unit,
 * and the model's mean output over the background. For Shapley values the two add up to the output. Immutable.
 */
public final class Explanation {

    private final double[] expected;
    private final int features;
    private final double[] contributions;

    private Explanation(double[] expected, int features, double[] contributions) {
        this.expected = expected;
        this.features = features;
        this.contributions = contributions;
    }

    /**
     * Creates an explanation.
     *
     * @param expected for each output, its expected value over the background
     * @param contributions the contributions to the first output in the order of the features, then those to the second, and
     *     so on
     * @throws IllegalArgumentException if there is no output, or if not every output has as many contributions
     */
    public static Explanation of(double[] expected, double[] contributions) {
        if (expected.length == 0 || contributions.length % expected.length != 0) {
            throw new IllegalArgumentException("contributions: " + contributions.length + " given for "
                    + expected.length + " outputs; allowed is the same number for each of at least one output");
        }
        return new Explanation(expected.clone(), contributions.length / expected.length, contributions.clone());
    }

    /** Returns the number of outputs, at least 1. */
    public int outputs() {
        return expected.length;
    }

    /** Returns the number of features. */
    public int features() {
        return features;
    }

    /**
     * Returns an output's expected value over the background.
     *
     * @param output a position from 0
     */
    public double expected(int output) {
        return expected[output];
    }

    /**
     * Returns what a feature contributed to an output.
     *
     * @param output a position from 0
     * @param feature a position from 0
     */
    public double contribution(int output, int feature) {
        return contributions[output * features + Objects.checkIndex(feature, features)];
    }

    /**
     * Returns the contributions to an output in the order of the features, as a new array.
     *
     * @param output a position from 0
     */
    public double[] contributions(int output) {
        return Arrays.copyOfRange(contributions, output * features, (output + 1) * features);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Explanation that
                && Arrays.equals(expected, that.expected)
                && Arrays.equals(contributions, that.contributions);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(expected) + Arrays.hashCode(contributions);
    }

    @Override
    public String toString() {
        return "expected " + Arrays.toString(expected) + ", contributions " + Arrays.toString(contributions);
    }
}

package io.modelmonitor.stats.attribution;

import io.modelmonitor.api.Explanation;
import io.modelmonitor.spi.Attributor;
import java.util.stream.Stream;

/** Shapley values of a linear model: φⱼ = wⱼ (xⱼ − E[bⱼ]). */
final class LinearAttributor implements Attributor {

    private final double[][] coefficients;
    private final double[] means;
    private final double[] expected;

    LinearAttributor(double[][] coefficients, double[] intercepts, Background background) {
        if (coefficients.length == 0 || coefficients.length != intercepts.length) {
            throw new IllegalArgumentException(
                    "coefficients: of " + coefficients.length + " outputs given, intercepts of " + intercepts.length
                            + "; there must be as many of one as of the other, at least 1");
        }
        this.coefficients = Stream.of(coefficients).map(double[]::clone).toArray(double[][]::new);
        this.means = background.means();
        this.expected = intercepts.clone();
        for (int output = 0; output < expected.length; output++) {
            double[] ofOutput = this.coefficients[output];
            if (ofOutput.length != means.length) {
                throw new IllegalArgumentException("coefficients: " + ofOutput.length + " given for output " + output
                        + "; the background has " + means.length + " features");
            }
            for (int j = 0; j < means.length; j++) {
                expected[output] += ofOutput[j] * means[j];
            }
        }
    }

    @Override
    public Explanation explain(double[] row) {
        if (row.length != means.length) {
            throw new IllegalArgumentException(
                    "row has " + row.length + " features; the background has " + means.length);
        }
        double[] contributions = new double[coefficients.length * means.length];
        int at = 0;
        for (double[] ofOutput : coefficients) {
            for (int j = 0; j < means.length; j++) {
                contributions[at++] = ofOutput[j] * (row[j] - means[j]);
            }
        }
        return Explanation.of(expected, contributions);
    }
}

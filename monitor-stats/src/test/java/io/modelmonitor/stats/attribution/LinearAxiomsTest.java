package io.modelmonitor.stats.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Explanation;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The axioms that define Shapley values, for the closed form of linear models with several outputs. */
class LinearAxiomsTest {

    private static final double[] INTERCEPTS = {0.5, -2};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20, 200})
    void contributionsAddUpToThePredictionOfEachOutput(int features) {
        double[][] coefficients = Models.rows(2, features, 5);
        double[] row = Models.row(features, 1);

        Explanation explanation = explained(coefficients, features, row);

        for (int output = 0; output < 2; output++) {
            double prediction =
                    INTERCEPTS[output] + Models.linear(coefficients[output]).applyAsDouble(row);
            assertThat(explanation.expected(output)
                            + Arrays.stream(explanation.contributions(output)).sum())
                    .isCloseTo(prediction, within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 20, 200})
    void featuresThatActAlikeContributeAlikeAndThoseThatDoNotActContributeNothing(int features) {
        double[][] coefficients = Models.rows(2, features, 5);
        double[] row = Models.row(features, 1);
        double[] means = background(features).means();
        coefficients[0][1] = coefficients[0][0];
        row[1] = row[0] - means[0] + means[1];
        coefficients[1][0] = 0;

        Explanation explanation = explained(coefficients, features, row);

        assertThat(explanation.contribution(0, 1)).isCloseTo(explanation.contribution(0, 0), within(1e-14));
        assertThat(explanation.contribution(1, 0)).isZero();
        row[1] = means[1];
        assertThat(explained(coefficients, features, row).contribution(1, 1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20, 200})
    void contributionsToASumOfModelsAreTheSumsOfContributions(int features) {
        double[][] coefficients = Models.rows(2, features, 5);
        double[][] sum = new double[2][features];
        Arrays.setAll(sum[0], j -> coefficients[0][j] + 2 * coefficients[1][j]);
        double[] row = Models.row(features, 1);

        Explanation apart = explained(coefficients, features, row);
        Explanation together = explained(sum, features, row);

        for (int j = 0; j < features; j++) {
            assertThat(together.contribution(0, j))
                    .isCloseTo(apart.contribution(0, j) + 2 * apart.contribution(1, j), within(1e-13));
        }
    }

    private static Explanation explained(double[][] coefficients, int features, double[] row) {
        return Attributors.linear(coefficients, INTERCEPTS, background(features))
                .explain(row);
    }

    private static Background background(int features) {
        return Background.of(Models.rows(7, features, 2));
    }
}

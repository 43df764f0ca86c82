package io.modelmonitor.stats.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Explanation;
import io.modelmonitor.spi.Attributor;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The axioms that define Shapley values, on random models, for every attributor of them and any number of features. */
class ShapleyAxiomsTest {

    /** A factory of attributors of a model. */
    interface Maker {
        Attributor of(ToDoubleFunction<double[]> model, Background background, Link link, long seed);

        default Attributor of(ToDoubleFunction<double[]> model, Background background, Link link) {
            return of(model, background, link, 42);
        }
    }

    /** The number of seeds over which estimates are averaged. */
    private static final int SEEDS = 16;

    static Stream<Arguments> attributors() {
        Maker exact = (model, background, link, seed) -> Attributors.exact(Models.of(model), background, link);
        Maker kernel =
                (model, background, link, seed) -> Attributors.kernelShap(Models.of(model), background, link, seed);
        return Stream.of(
                Arguments.of("exact", exact, 1),
                Arguments.of("exact", exact, 2),
                Arguments.of("exact", exact, 5),
                Arguments.of("exact", exact, 9),
                Arguments.of("kernel", kernel, 3),
                Arguments.of("kernel", kernel, 12),
                Arguments.of("kernel", kernel, 13),
                Arguments.of("kernel", kernel, 20),
                Arguments.of("kernel", kernel, 31),
                Arguments.of("kernel", kernel, 32),
                Arguments.of("kernel", kernel, 40),
                Arguments.of("kernel", kernel, 60),
                Arguments.of("kernel", kernel, 64),
                Arguments.of("kernel", kernel, 65),
                Arguments.of("kernel", kernel, 200));
    }

    @ParameterizedTest(name = "{0} of {2} features")
    @MethodSource("attributors")
    void contributionsAddUpToThePrediction(String name, Maker maker, int features) {
        ToDoubleFunction<double[]> model = Models.interacting(features, features);
        double[] row = Models.row(features, 1);
        Background background = Background.of(Models.rows(4, features, 2));

        Explanation explanation = maker.of(model, background, Link.IDENTITY).explain(row);

        double sum = Arrays.stream(explanation.contributions(0)).sum();
        assertThat(explanation.expected(0) + sum).isCloseTo(model.applyAsDouble(row), within(1e-10));
        assertThat(explanation.expected(0))
                .isCloseTo(
                        Stream.of(Models.rows(4, features, 2))
                                .mapToDouble(model)
                                .average()
                                .orElseThrow(),
                        within(1e-12));
    }

    @ParameterizedTest(name = "{0} of {2} features")
    @MethodSource("attributors")
    void aFeatureThatChangesNothingContributesNothing(String name, Maker maker, int features) {
        ToDoubleFunction<double[]> others = Models.logistic(Models.row(features, 5));
        ToDoubleFunction<double[]> model = row -> {
            double[] without = row.clone();
            without[features - 1] = 0;
            return others.applyAsDouble(without);
        };
        double[] row = Models.row(features, 1);
        double[][] rows = Models.rows(3, features, 2);

        double ignored = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Attributor attributor = maker.of(model, Background.of(rows), Link.IDENTITY, seed);
            ignored += contribution(attributor, row, features - 1) / SEEDS;
        }
        assertThat(ignored).isCloseTo(0, within(name.equals("exact") ? 1e-12 : 0.005));

        for (double[] other : rows) {
            other[0] = row[0];
        }
        double unchanged = contribution(maker.of(model, Background.of(rows), Link.IDENTITY), row, 0);
        assertThat(unchanged).as("a feature equal in row and background").isZero();
    }

    @ParameterizedTest(name = "{0} of {2} features")
    @MethodSource("attributors")
    void featuresThatActAlikeContributeAlike(String name, Maker maker, int features) {
        double[] coefficients = Models.row(features, 5);
        double[] row = Models.row(features, 1);
        double[][] rows = Models.rows(3, features, 2);
        int last = features - 1;
        coefficients[last] = coefficients[0];
        row[last] = row[0];
        for (double[] other : rows) {
            other[last] = other[0];
        }

        double difference = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Explanation explanation = maker.of(Models.logistic(coefficients), Background.of(rows), Link.IDENTITY, seed)
                    .explain(row);
            difference += (explanation.contribution(0, last) - explanation.contribution(0, 0)) / SEEDS;
        }
        assertThat(difference).isCloseTo(0, within(name.equals("exact") ? 1e-12 : 0.005));
    }

    @ParameterizedTest(name = "{0} of {2} features")
    @MethodSource("attributors")
    void contributionsToASumOfModelsAreTheSumsOfContributions(String name, Maker maker, int features) {
        ToDoubleFunction<double[]> one = Models.interacting(features, 3);
        ToDoubleFunction<double[]> other = Models.logistic(Models.row(features, 5));
        double[] row = Models.row(features, 1);
        Background background = Background.of(Models.rows(3, features, 2));

        double[] ofOne = maker.of(one, background, Link.IDENTITY).explain(row).contributions(0);
        double[] ofOther =
                maker.of(other, background, Link.IDENTITY).explain(row).contributions(0);
        double[] ofSum = maker.of(x -> one.applyAsDouble(x) + 2 * other.applyAsDouble(x), background, Link.IDENTITY)
                .explain(row)
                .contributions(0);

        for (int j = 0; j < features; j++) {
            assertThat(ofSum[j]).isCloseTo(ofOne[j] + 2 * ofOther[j], within(1e-10));
        }
    }

    @ParameterizedTest(name = "{0} of {2} features")
    @MethodSource("attributors")
    void aLinearModelGetsItsClosedFormHoweverManyFeaturesItHas(String name, Maker maker, int features) {
        double[] coefficients = Models.row(features, 5);
        double[] row = Models.row(features, 1);
        Background background = Background.of(Models.rows(7, features, 2));

        double[] contributions = maker.of(Models.linear(coefficients), background, Link.IDENTITY)
                .explain(row)
                .contributions(0);
        double[] closedForm = Attributors.linear(new double[][] {coefficients}, new double[1], background)
                .explain(row)
                .contributions(0);

        for (int j = 0; j < features; j++) {
            assertThat(contributions[j]).isCloseTo(closedForm[j], within(1e-10));
        }
    }

    @ParameterizedTest(name = "{0} of {2} features")
    @MethodSource("attributors")
    void theLogitOfALogisticModelIsLinearForABackgroundOfOneRow(String name, Maker maker, int features) {
        double[] coefficients = Models.row(features, 5);
        double[] row = Models.row(features, 1);
        Background background = Background.of(Models.rows(1, features, 2));

        double[] contributions = maker.of(Models.logistic(coefficients), background, Link.LOGIT)
                .explain(row)
                .contributions(0);
        double[] closedForm = Attributors.linear(new double[][] {coefficients}, new double[1], background)
                .explain(row)
                .contributions(0);

        for (int j = 0; j < features; j++) {
            assertThat(contributions[j]).isCloseTo(closedForm[j], within(1e-9));
        }
    }

    private static double contribution(Attributor attributor, double[] row, int feature) {
        return attributor.explain(row).contribution(0, feature);
    }
}

package io.modelmonitor.stats.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Explanation;
import io.modelmonitor.spi.Attributor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributorsTest {

    private static final Background TEN = Background.of(Models.rows(10, 13, 2));
    private static final double[] ROW = Models.row(13, 1);

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 2", "3, 6", "10, 1022", "11, 2046", "12, 2072", "20, 2088", "40, 2128", "200, 2448"})
    void asksForAsManyCoalitionsAsTheServiceUnlessToldOtherwise(int features, int samples) {
        assertThat(Attributors.defaultSamples(features)).isEqualTo(samples);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 13, 14})
    void kernelShapComesCloseToTheExactValuesOfModelsFullOfInteractions(int features) {
        UnaryOperator<double[][]> model = Models.of(Models.interacting(features, 7));
        Background background = Background.of(Models.rows(5, features, 2));
        double[] row = Models.row(features, 1);

        double[] exact =
                Attributors.exact(model, background, Link.IDENTITY).explain(row).contributions(0);
        double[] estimated = Attributors.kernelShap(model, background, Link.IDENTITY, 3)
                .explain(row)
                .contributions(0);

        for (int j = 0; j < features; j++) {
            assertThat(estimated[j]).isCloseTo(exact[j], within(0.01));
        }
    }

    @Test
    void moreCoalitionsMakeTheErrorSmaller() {
        UnaryOperator<double[][]> model = Models.of(Models.interacting(13, 7));
        double[] exact =
                Attributors.exact(model, TEN, Link.IDENTITY).explain(ROW).contributions(0);

        double few = meanError(exact, model, 26);
        double more = meanError(exact, model, 500);
        double most = meanError(exact, model, 6000);

        assertThat(more).isLessThan(few / 2);
        assertThat(most).isLessThan(more / 2);
    }

    private static double meanError(double[] exact, UnaryOperator<double[][]> model, int samples) {
        double sum = 0;
        for (long seed = 0; seed < 8; seed++) {
            double[] estimated = Attributors.kernelShap(model, TEN, Link.IDENTITY, samples, seed)
                    .explain(ROW)
                    .contributions(0);
            for (int j = 0; j < exact.length; j++) {
                sum += Math.abs(estimated[j] - exact[j]);
            }
        }
        return sum;
    }

    @Test
    void equalSeedsGiveEqualBitsWhateverWasExplainedBefore() {
        UnaryOperator<double[][]> model = Models.of(Models.interacting(13, 7));
        Attributor one = Attributors.kernelShap(model, TEN, Link.IDENTITY, 3);
        Attributor other = Attributors.kernelShap(model, TEN, Link.IDENTITY, 3);
        other.explain(Models.row(13, 8));

        assertThat(one.explain(ROW)).isEqualTo(other.explain(ROW));
        assertThat(one.explain(ROW))
                .isNotEqualTo(
                        Attributors.kernelShap(model, TEN, Link.IDENTITY, 4).explain(ROW));
    }

    @Test
    void explainsEachOutputByItself() {
        ToDoubleFunction<double[]> first = Models.interacting(6, 1);
        ToDoubleFunction<double[]> second = Models.interacting(6, 2);
        UnaryOperator<double[][]> both = rows -> {
            double[][] outputs = new double[rows.length][];
            for (int i = 0; i < rows.length; i++) {
                outputs[i] = new double[] {first.applyAsDouble(rows[i]), second.applyAsDouble(rows[i])};
            }
            return outputs;
        };
        Background background = Background.of(Models.rows(3, 6, 2));
        double[] row = Models.row(6, 1);

        Explanation explanation =
                Attributors.exact(both, background, Link.IDENTITY).explain(row);

        assertThat(explanation.outputs()).isEqualTo(2);
        assertThat(explanation.contributions(1))
                .isEqualTo(Attributors.exact(Models.of(second), background, Link.IDENTITY)
                        .explain(row)
                        .contributions(0));
    }

    @Test
    void takesTheLinkOfTheMeanNotTheMeanOfTheLink() {
        UnaryOperator<double[][]> model = Models.of(row -> row[0]);
        Background background = Background.of(new double[][] {{0.1}, {0.5}});

        Explanation explanation =
                Attributors.exact(model, background, Link.LOGIT).explain(new double[] {0.9});

        assertThat(explanation.expected(0)).isCloseTo(Math.log(0.3 / 0.7), within(1e-15));
        assertThat(explanation.contribution(0, 0)).isCloseTo(Math.log(9) - Math.log(0.3 / 0.7), within(1e-15));
    }

    @Test
    void weightsBackgroundRows() {
        UnaryOperator<double[][]> model = Models.of(Models.interacting(4, 1));
        double[][] rows = Models.rows(2, 4, 2);
        double[] row = Models.row(4, 1);

        double[] weighted = Attributors.exact(model, Background.weighted(rows, new double[] {3, 1}), Link.IDENTITY)
                .explain(row)
                .contributions(0);
        double[] repeated = Attributors.exact(
                        model, Background.of(new double[][] {rows[0], rows[0], rows[0], rows[1]}), Link.IDENTITY)
                .explain(row)
                .contributions(0);

        for (int j = 0; j < 4; j++) {
            assertThat(weighted[j]).isCloseTo(repeated[j], within(1e-14));
        }
    }

    @Test
    void aModelMayScaleItsRowsInPlace() {
        ToDoubleFunction<double[]> model = Models.interacting(13, 7);
        ToDoubleFunction<double[]> inPlace = row -> {
            double output = model.applyAsDouble(row);
            Arrays.fill(row, 1e9);
            return output;
        };

        assertThat(Attributors.kernelShap(Models.of(inPlace), TEN, Link.IDENTITY, 3)
                        .explain(ROW))
                .isEqualTo(Attributors.kernelShap(Models.of(model), TEN, Link.IDENTITY, 3)
                        .explain(ROW));
    }

    @Test
    void asksInLargeBatchesAndForNoMoreThanItsSamples() {
        List<Integer> batches = new ArrayList<>();
        UnaryOperator<double[][]> model = Models.of(Models.interacting(13, 7));
        UnaryOperator<double[][]> watched = rows -> {
            batches.add(rows.length);
            return model.apply(rows);
        };

        Attributors.kernelShap(watched, TEN, Link.IDENTITY, 2000, 3).explain(ROW);

        assertThat(batches.stream().mapToInt(size -> size).sum()).isBetween(19_900, 1 + 10 + 20_000);
        assertThat(batches).hasSizeLessThan(25).allMatch(size -> size <= 1024);
    }

    @Test
    void featuresEqualToTheBackgroundCostNothing() {
        List<Integer> batches = new ArrayList<>();
        UnaryOperator<double[][]> model = Models.of(Models.interacting(13, 7));
        double[] background = ROW.clone();
        background[4] += 1;
        background[9] -= 1;
        Attributor attributor = Attributors.kernelShap(
                rows -> {
                    batches.add(rows.length);
                    return model.apply(rows);
                },
                Background.of(new double[][] {background}),
                Link.IDENTITY,
                3);

        Explanation explanation = attributor.explain(ROW);

        assertThat(batches.stream().mapToInt(size -> size).sum()).isEqualTo(1 + 1 + 2);
        assertThat(explanation.contribution(0, 4)).isNotZero();
        assertThat(explanation.contribution(0, 0)).isZero();
        assertThat(attributor.explain(background).contributions(0)).containsOnly(0);
    }

    @Test
    void missingValuesReachTheModelAndDoNotPlayWhereTheBackgroundLacksThemToo() {
        UnaryOperator<double[][]> model = Models.of(row -> (Double.isNaN(row[0]) ? 5 : row[0]) + row[1]);
        Background background = Background.of(new double[][] {{Double.NaN, 1}});
        Attributor attributor = Attributors.exact(model, background, Link.IDENTITY);

        assertThat(attributor.explain(new double[] {Double.NaN, 3}).contributions(0))
                .containsExactly(0, 2);
        assertThat(attributor.explain(new double[] {1, 1}).contributions(0)).containsExactly(-4, 0);
    }

    @Test
    void permutationImportanceAsksOnceForEachFeature() {
        List<Integer> batches = new ArrayList<>();
        UnaryOperator<double[][]> model = rows -> {
            batches.add(rows.length);
            return Models.of(row -> 3 * row[0] * row[1] + row[2]).apply(rows);
        };
        Background background = Background.of(new double[][] {{0, 0, 0}, {0, 0, 2}});

        Explanation explanation =
                Attributors.permutation(model, background, Link.IDENTITY).explain(new double[] {1, 2, 3});

        assertThat(explanation.contributions(0)).containsExactly(6, 6, 2);
        assertThat(batches.stream().mapToInt(size -> size).sum()).isEqualTo(1 + 2 + 3 * 2);
    }

    @Test
    void permutationImportanceOfALinearModelIsItsShapleyValue() {
        double[] coefficients = Models.row(13, 5);
        double[] one = Attributors.permutation(Models.of(Models.linear(coefficients)), TEN, Link.IDENTITY)
                .explain(ROW)
                .contributions(0);
        double[] other = Attributors.linear(new double[][] {coefficients}, new double[1], TEN)
                .explain(ROW)
                .contributions(0);

        for (int j = 0; j < one.length; j++) {
            assertThat(one[j]).isCloseTo(other[j], within(1e-12));
        }
    }

    @Test
    void aModelThatReturnsNoNumbersIsReported() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Attributors.exact(Models.of(row -> Double.NaN), TEN, Link.IDENTITY)
                        .explain(ROW))
                .withMessageContaining("the model returned NaN");
        assertThatIllegalStateException()
                .isThrownBy(() -> Attributors.kernelShap(
                                Models.of(row -> row[3] == ROW[3] ? 1 : Double.POSITIVE_INFINITY),
                                TEN,
                                Link.IDENTITY,
                                1)
                        .explain(ROW))
                .withMessageContaining("Infinity");
    }

    @Test
    void aModelOfTheWrongWidthIsReported() {
        assertThatIllegalStateException()
                .isThrownBy(() -> explain(rows -> new double[rows.length / 2][1]))
                .withMessageContaining("the model returned 0 rows for 1 row");
        assertThatIllegalStateException()
                .isThrownBy(() -> explain(rows -> new double[1][1]))
                .withMessageContaining("the model returned 1 rows for 10 rows");
        assertThatIllegalStateException()
                .isThrownBy(() -> explain(rows -> new double[rows.length][rows.length]))
                .withMessageContaining("10 outputs for one row and 1 for another");
        assertThatIllegalStateException()
                .isThrownBy(() -> explain(rows -> new double[rows.length][0]))
                .withMessageContaining("without any output");
    }

    @Test
    void aProbabilityOfOneHasNoLogOdds() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        Attributors.exact(Models.of(row -> 1), TEN, Link.LOGIT).explain(ROW))
                .withMessageContaining("1.0 has no finite LOGIT");
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> explain(new double[12]))
                .withMessageContaining("row has 12 features; the background has 13");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Attributors.kernelShap(Models.of(row -> 1), TEN, Link.IDENTITY, 25, 1))
                .withMessageContaining("samples 25")
                .withMessageContaining("at least 26");
        Background wide = Background.of(Models.rows(1, 21, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Attributors.exact(Models.of(row -> 1), wide, Link.IDENTITY)
                        .explain(Models.row(21, 1)))
                .withMessageContaining("features: 21");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Attributors.linear(new double[1][12], new double[1], TEN))
                .withMessageContaining("12");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Attributors.linear(new double[1][13], new double[2], TEN))
                .withMessageContaining("intercepts");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Attributors.linear(new double[1][13], new double[1], TEN)
                        .explain(new double[2]))
                .withMessageContaining("row has 2 features");
    }

    private static Explanation explain(UnaryOperator<double[][]> model) {
        return Attributors.exact(model, TEN, Link.IDENTITY).explain(ROW);
    }

    private static Explanation explain(double[] row) {
        return Attributors.exact(Models.of(x -> 1), TEN, Link.IDENTITY).explain(row);
    }
}

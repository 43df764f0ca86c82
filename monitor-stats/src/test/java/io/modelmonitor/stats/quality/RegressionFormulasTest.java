package io.modelmonitor.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Plot;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics of a number and their standard errors, by their definitions over all rows at once. */
class RegressionFormulasTest {

    private final double[] truths;
    private final double[] predictions;
    private final RegressionQuality quality = RegressionQuality.empty();

    RegressionFormulasTest() {
        SplittableRandom random = new SplittableRandom(11);
        truths = random.doubles(23, 1, 9).toArray();
        predictions = random.doubles(23, 0, 10).toArray();
        for (int i = 0; i < truths.length; i++) {
            quality.add(truths[i], predictions[i]);
        }
    }

    private double error(int i) {
        return truths[i] - predictions[i];
    }

    private double mean(IntToDoubleFunction ofRow) {
        return IntStream.range(0, truths.length).mapToDouble(ofRow).average().orElseThrow();
    }

    /** The standard error of a mean, s/√n with n − 1 degrees of freedom. */
    private double standardError(IntToDoubleFunction ofRow) {
        double mean = mean(ofRow);
        double squares = IntStream.range(0, truths.length)
                .mapToDouble(i -> Math.pow(ofRow.applyAsDouble(i) - mean, 2))
                .sum();
        return Math.sqrt(squares / (truths.length - 1) / truths.length);
    }

    private void assertMetric(String name, double value, double standardError) {
        Metric metric = quality.summary().metric(name);
        assertThat(metric.value()).as(name).isCloseTo(value, within(1e-12));
        assertThat(metric.evidence().standardError())
                .as("standard error of " + name)
                .isCloseTo(standardError, within(1e-12));
    }

    @Test
    void meansHaveTheStandardErrorsOfMeans() {
        IntToDoubleFunction size = i -> Math.abs(error(i));
        IntToDoubleFunction square = i -> error(i) * error(i);
        IntToDoubleFunction relative = i -> Math.abs(error(i) / truths[i]);
        IntToDoubleFunction symmetric = i -> 2 * Math.abs(error(i)) / (truths[i] + predictions[i]);
        assertMetric("mae", mean(size), standardError(size));
        assertMetric("mse", mean(square), standardError(square));
        assertMetric("mean_error", mean(this::error), standardError(this::error));
        assertMetric("mape", mean(relative), standardError(relative));
        assertMetric("smape", mean(symmetric), standardError(symmetric));
    }

    /** The delta method: that of √m is that of m over 2√m. */
    @Test
    void rootsOfMeansHaveThemOverTwiceTheRoot() {
        IntToDoubleFunction square = i -> error(i) * error(i);
        IntToDoubleFunction logarithmic = i -> Math.pow(Math.log1p(truths[i]) - Math.log1p(predictions[i]), 2);
        double rmse = Math.sqrt(mean(square));
        double rmsle = Math.sqrt(mean(logarithmic));
        assertMetric("rmse", rmse, standardError(square) / (2 * rmse));
        assertMetric("rmsle", rmsle, standardError(logarithmic) / (2 * rmsle));
    }

    /** The influence of a row on a ratio a/b of means is that of its share of a, less a/b of its share of b, over b. */
    @Test
    void explainedSharesHaveTheStandardErrorOfTheirRowsInfluence() {
        double meanTruth = mean(i -> truths[i]);
        double meanError = mean(this::error);
        IntToDoubleFunction distance = i -> Math.pow(truths[i] - meanTruth, 2);
        double variance = mean(distance);
        for (String name : new String[] {"r2", "explained_variance"}) {
            double centre = name.equals("r2") ? 0 : meanError;
            IntToDoubleFunction square = i -> Math.pow(error(i) - centre, 2);
            double share = mean(square) / variance;
            assertMetric(
                    name,
                    1 - share,
                    standardError(i -> (square.applyAsDouble(i) - share * distance.applyAsDouble(i)) / variance));
        }
    }

    @Test
    void aStateOfTwoPartsIsThatOfAllRowsWhicheverIsEmpty() {
        for (int rows : new int[] {0, 1, 9, truths.length}) {
            RegressionQuality one = RegressionQuality.empty();
            RegressionQuality other = RegressionQuality.empty();
            for (int i = 0; i < truths.length; i++) {
                (i < rows ? one : other).add(truths[i], predictions[i]);
            }
            one.merge(other);
            assertThat(other.rows()).as("stays as it is").isEqualTo(truths.length - rows);
            for (Metric metric : quality.summary().metrics()) {
                Metric merged = one.summary().metric(metric.name());
                assertThat(merged.value()).as(metric.name()).isCloseTo(metric.value(), within(1e-12));
                assertThat(merged.evidence().standardError())
                        .as("standard error of " + metric.name())
                        .isCloseTo(metric.evidence().standardError(), within(1e-12));
            }
        }
    }

    /** Woodruff's interval lies between the ranks n/2 ± √n/2, taken outwards. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 23})
    void theMedianAndItsErrorAreThoseOfTheSortedSizes(int rows) {
        RegressionQuality first = RegressionQuality.empty();
        IntStream.range(0, rows).forEach(i -> first.add(truths[i], predictions[i]));
        double[] sizes = IntStream.range(0, rows)
                .mapToDouble(i -> Math.abs(error(i)))
                .sorted()
                .toArray();
        int low = Math.max(1, (int) Math.floor((rows - Math.sqrt(rows)) / 2));
        int high = Math.min(rows, (int) Math.ceil((rows + Math.sqrt(rows)) / 2 + 1));
        Metric median = first.summary().metric("median_absolute_error");
        assertThat(median.value()).isCloseTo((sizes[(rows - 1) / 2] + sizes[rows / 2]) / 2, within(1e-15));
        assertThat(median.evidence().standardError()).isCloseTo((sizes[high - 1] - sizes[low - 1]) / 2, within(1e-15));
        assertThat(first.summary().metric("max_error").value()).isEqualTo(sizes[rows - 1]);
        assertThat(first.rows()).isEqualTo(rows);
    }

    @Test
    void theHistogramCountsEachErrorBetweenItsEdges() {
        Plot.Histogram histogram =
                (Plot.Histogram) quality.summary().metric("max_error").plots().get(0);
        double[] errors = IntStream.range(0, truths.length)
                .mapToDouble(this::error)
                .sorted()
                .toArray();
        double width = (errors[errors.length - 1] - errors[0]) / 20;
        assertThat(histogram.edges()).hasSize(21);
        for (int bin = 0; bin < 20; bin++) {
            double from = errors[0] + bin * width;
            boolean isLast = bin == 19;
            assertThat(histogram.edges().get(bin)).isCloseTo(from, within(1e-12));
            assertThat(histogram.counts().get(bin)).isEqualTo((double) Arrays.stream(errors)
                    .filter(e -> e >= from && (isLast || e < from + width))
                    .count());
        }
        assertThat(histogram.edges().get(20)).isEqualTo(errors[errors.length - 1]);
    }

    @Test
    void errorsThatAreAllEqualOrFurtherApartThanANumberCanBeAreOneBar() {
        RegressionQuality equal = RegressionQuality.empty();
        equal.add(3, 1);
        equal.add(4, 2);
        RegressionQuality far = RegressionQuality.empty();
        far.add(Double.MAX_VALUE, 0);
        far.add(-Double.MAX_VALUE, 0);
        for (RegressionQuality one : new RegressionQuality[] {equal, far}) {
            Plot.Histogram histogram =
                    (Plot.Histogram) one.summary().metric("max_error").plots().get(0);
            assertThat(histogram.counts()).containsExactly(2.0);
            assertThat(histogram.edges()).hasSize(2);
        }
    }

    /** One row says nothing of how far a mean may be off, so that chance explains any. */
    @Test
    void ofOneRowNothingIsKnownOfAMeansError() {
        RegressionQuality one = RegressionQuality.empty();
        one.add(2, 1);
        assertThat(one.summary().metric("mae").evidence()).isEqualTo(Evidence.ofPValue(1));
        assertThat(one.summary().metric("mean_error").evidence()).isEqualTo(Evidence.ofPValue(1));
        assertThat(one.summary().metric("r2").note()).isEqualTo("all truths are equal");
    }

    @Test
    void numbersOfZeroAreNeitherNegativeNorRelative() {
        RegressionQuality zeros = RegressionQuality.empty();
        zeros.add(0, 1);
        zeros.add(1, 0);
        assertThat(zeros.summary().metric("rmsle").value()).isCloseTo(Math.log(2), within(1e-15));
        assertThat(zeros.summary().metric("smape").value()).isEqualTo(2);
        assertThat(zeros.summary().metric("mape").note()).isEqualTo("a truth is 0 in 1 rows");
    }
}

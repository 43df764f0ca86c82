package io.modelmonitor.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Plot;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegressionQualityTest {

    private static RegressionQuality generated(long seed, int rows, double offset) {
        SplittableRandom random = new SplittableRandom(seed);
        RegressionQuality quality = RegressionQuality.empty();
        for (int i = 0; i < rows; i++) {
            addRandomRow(quality, random, offset);
        }
        return quality;
    }

    private static void addRandomRow(RegressionQuality quality, SplittableRandom random, double offset) {
        double truth = offset + 10 * random.nextDouble();
        double skewed = random.nextDouble();
        quality.add(truth, truth + 3 * skewed * skewed - 0.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void splitAndMergedEqualsWhole(long seed) {
        RegressionQuality whole = RegressionQuality.empty();
        RegressionQuality one = RegressionQuality.empty();
        RegressionQuality other = RegressionQuality.empty();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100_000; i++) {
            long row = random.nextLong();
            addRandomRow(whole, new SplittableRandom(row), 5);
            addRandomRow(random.nextInt(10) == 0 ? one : other, new SplittableRandom(row), 5);
        }
        one.merge(other);
        one.merge(RegressionQuality.empty());

        QualitySummary expected = whole.summary();
        QualitySummary actual = one.summary();
        for (int i = 0; i < expected.metrics().size(); i++) {
            Metric metric = expected.metrics().get(i);
            Metric merged = actual.metrics().get(i);
            assertThat(merged.value()).as(metric.name()).isCloseTo(metric.value(), within(1e-12));
            assertThat(merged.evidence().standardError())
                    .as(metric.name())
                    .isCloseTo(metric.evidence().standardError(), within(1e-12));
        }
        expected.deviations()
                .forEach((name, deviation) ->
                        assertThat(actual.deviations().get(name)).isCloseTo(deviation, within(1e-12)));
    }

    @Test
    void reasonsAreTheSameInEveryLanguageAndSayWhatIsWrong() {
        RegressionQuality quality = RegressionQuality.empty();
        quality.add(0, 1);
        RegressionQuality large = RegressionQuality.empty();
        large.add(1e-300, 1e300);
        large.add(1e-300, 1e300);
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(quality.summary().metric("mape").note()).isEqualTo("a truth is 0 in 1 rows");
            assertThat(large.summary().metric("mape").note()).isEqualTo("its terms are too large to be summed");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void neitherMeansNorVariancesKnowTheOrigin() {
        RegressionQuality here = RegressionQuality.empty();
        RegressionQuality there = RegressionQuality.empty();
        RegressionQuality rest = RegressionQuality.empty();
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 3_000; i++) {
            // Eighths, which stay what they are far from zero.
            double truth = random.nextInt(100) / 8.0;
            double predicted = truth + random.nextInt(40) / 8.0 - 2;
            here.add(truth, predicted);
            (i < 1_000 ? there : rest).add(0x1p40 + truth, 0x1p40 + predicted);
        }
        there.merge(rest);
        for (String name : new String[] {"r2", "explained_variance", "mean_error", "rmse"}) {
            assertThat(there.summary().metric(name).value())
                    .as(name)
                    .isCloseTo(here.summary().metric(name).value(), within(1e-13));
        }
    }

    @Test
    void anOffsetOfABillionCostsNoDigits() {
        QualitySummary near = generated(1, 10_000, 0).summary();
        QualitySummary far = generated(1, 10_000, 1e9).summary();

        for (String name : new String[] {"r2", "explained_variance", "mse", "rmse", "mean_error"}) {
            assertThat(far.metric(name).value())
                    .as(name)
                    .isCloseTo(near.metric(name).value(), within(1e-6));
            assertThat(far.metric(name).evidence().standardError())
                    .as(name)
                    .isCloseTo(near.metric(name).evidence().standardError(), within(1e-6));
        }
    }

    @Test
    void standardErrorsAreTheSpreadOverRepeatedSamples() {
        String[] names = {
            "mae",
            "mse",
            "rmse",
            "r2",
            "explained_variance",
            "mean_error",
            "median_absolute_error",
            "mape",
            "smape",
            "rmsle"
        };
        int repetitions = 400;
        Mean[] values =
                IntStream.range(0, names.length).mapToObj(i -> new Mean()).toArray(Mean[]::new);
        Mean[] errors =
                IntStream.range(0, names.length).mapToObj(i -> new Mean()).toArray(Mean[]::new);
        for (int seed = 0; seed < repetitions; seed++) {
            QualitySummary summary = generated(seed, 500, 5).summary();
            for (int i = 0; i < names.length; i++) {
                values[i].add(summary.metric(names[i]).value());
                errors[i].add(summary.metric(names[i]).evidence().standardError());
            }
        }
        for (int i = 0; i < names.length; i++) {
            double spread = values[i].standardError() * Math.sqrt(repetitions);
            assertThat(errors[i].value() / spread).as(names[i]).isBetween(0.85, 1.15);
        }
    }

    @Test
    void theMedianIsExactWhileThereAreFewErrorsAndBoundedBeyond() {
        SplittableRandom random = new SplittableRandom(9);
        RegressionQuality quality = RegressionQuality.empty();
        double[] sizes = new double[200_001];
        for (int i = 0; i < sizes.length; i++) {
            double truth = random.nextDouble() - 0.5;
            quality.add(truth, 0);
            sizes[i] = Math.abs(truth);
        }
        Arrays.sort(sizes);
        Metric median = quality.summary().metric("median_absolute_error");

        assertThat(median.value()).isCloseTo(sizes[100_000], within(3e-4 * sizes[100_000]));
        assertThat(median.note()).startsWith("within ").contains("%");
        assertThat(generated(1, 1000, 0)
                        .summary()
                        .metric("median_absolute_error")
                        .note())
                .isEmpty();
    }

    @Test
    void whatIsUndefinedSaysWhy() {
        RegressionQuality quality = RegressionQuality.empty();
        quality.add(0, 0);
        quality.add(0, -1);
        QualitySummary summary = quality.summary();

        assertThat(summary.metric("r2").note()).isEqualTo("all truths are equal");
        assertThat(summary.metric("explained_variance").isDefined()).isFalse();
        assertThat(summary.metric("mape").note()).isEqualTo("a truth is 0 in 2 rows");
        assertThat(summary.metric("smape").note()).isEqualTo("truth and prediction are 0 in 1 rows");
        assertThat(summary.metric("rmsle").note()).isEqualTo("truth or prediction is negative in 1 rows");
        assertThat(RegressionQuality.empty().summary().metrics())
                .allSatisfy(
                        metric -> assertThat(metric.note()).as(metric.name()).isEqualTo("there are no labelled rows"));
    }

    @Test
    void perfectPredictionsHaveNoErrorAtAll() {
        RegressionQuality quality = RegressionQuality.empty();
        quality.add(1, 1);
        quality.add(2, 2);
        QualitySummary summary = quality.summary();

        assertThat(summary.metric("rmse").value()).isZero();
        assertThat(summary.metric("rmsle").value()).isZero();
        assertThat(summary.metric("r2").value()).isEqualTo(1);
        Plot.Histogram histogram =
                (Plot.Histogram) summary.metric("max_error").plots().get(0);
        assertThat(histogram.counts()).containsExactly(2.0);
    }

    @Test
    void theHistogramOfErrorsHoldsEachRowOnce() {
        Plot.Histogram histogram = (Plot.Histogram)
                generated(3, 5_000, 1).summary().metric("max_error").plots().get(0);

        assertThat(histogram.counts()).hasSize(20);
        assertThat(histogram.counts().stream().mapToDouble(Double::doubleValue).sum())
                .isEqualTo(5_000);
        assertThat(histogram.edges()).isSorted();
    }

    @Test
    void theStandardDeviationOfFiveSubsamplesIsAboutHalfTheStandardError() {
        assertThat(generated(1, 199, 0).summary().deviations().values()).allMatch(deviation -> Double.isNaN(deviation));
        QualitySummary summary = generated(1, 10_000, 0).summary();
        assertThat(summary.deviations()).containsOnlyKeys("mae", "mse", "rmse", "r2");
        summary.deviations().forEach((name, deviation) -> assertThat(
                        deviation / summary.metric(name).evidence().standardError())
                .as(name)
                .isBetween(0.1, 1.0));
    }
}

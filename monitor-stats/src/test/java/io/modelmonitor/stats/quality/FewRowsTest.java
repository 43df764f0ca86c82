package io.modelmonitor.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Scale.Worse;
import io.modelmonitor.stats.evidence.ConfidenceLimit;
import io.modelmonitor.stats.evidence.PValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** p-values of all metrics of a few rows, at bounds that a baseline of the same process suggests: P(p <= a) is at most a. */
@Tag("simulation")
class FewRowsTest {

    private static final int[] WINDOWS = {1, 2, 3, 5, 10, 30};
    private static final double[] LEVELS = {0.05, 0.01, 0.001};
    private static final int WINDOWS_EACH = 10;

    /** Two standard errors of the baseline's metric. */
    private static final double CONFIDENCE = 0.97725;

    private final Random random = new Random(41);

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.15, 0.5})
    void chanceIsNotUnderstatedOfTwoLabels(double positive) {
        assertThatChanceIsNotUnderstated(rows -> ofTwoLabels(rows, positive), 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 30})
    void chanceIsNotUnderstatedOfSeveralLabels(int labels) {
        assertThatChanceIsNotUnderstated(rows -> ofLabels(rows, labels), 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"normal", "log-normal", "whole"})
    void chanceIsNotUnderstatedOfNumbers(String kind) {
        assertThatChanceIsNotUnderstated(rows -> ofNumbers(rows, kind), 10);
    }

    private void assertThatChanceIsNotUnderstated(IntFunction<QualitySummary> process, int baselines) {
        for (int window : WINDOWS) {
            Map<String, int[]> small = new HashMap<>();
            for (int i = 0; i < baselines; i++) {
                Map<MetricId, Bound> bounds = bounds(process.apply(500));
                for (int j = 0; j < WINDOWS_EACH; j++) {
                    for (Metric metric : process.apply(window).metrics()) {
                        Bound bound = bounds.get(metric.id());
                        double p = bound == null || !metric.isDefined() || bound.holds(metric.value())
                                ? 1
                                : PValues.of(metric, bound);
                        int[] counts = small.computeIfAbsent(metric.id().toString(), id -> new int[LEVELS.length]);
                        for (int level = 0; level < LEVELS.length; level++) {
                            counts[level] += p <= LEVELS[level] ? 1 : 0;
                        }
                    }
                }
            }
            small.forEach((metric, counts) -> {
                for (int level = 0; level < LEVELS.length; level++) {
                    double expected = LEVELS[level] * baselines * WINDOWS_EACH;
                    assertThat(counts[level])
                            .as("%s of %s rows at %s", metric, window, LEVELS[level])
                            .isLessThanOrEqualTo((int) (expected + 4 * Math.sqrt(expected) + 1));
                }
            });
        }
    }

    private static Map<MetricId, Bound> bounds(QualitySummary baseline) {
        Map<MetricId, Bound> bounds = new HashMap<>();
        for (Metric metric : baseline.metrics()) {
            Worse worse = metric.scale().worse();
            if (worse != Worse.NEITHER
                    && metric.isDefined()
                    && !metric.evidence().isExact()) {
                double limit = worse == Worse.LOWER
                        ? ConfidenceLimit.lower(metric, CONFIDENCE)
                        : ConfidenceLimit.upper(metric, CONFIDENCE);
                if (Double.isFinite(limit)) {
                    bounds.put(metric.id(), worse == Worse.LOWER ? Bound.atLeast(limit) : Bound.atMost(limit));
                }
            }
        }
        return bounds;
    }

    private QualitySummary ofTwoLabels(int rows, double positive) {
        BinaryQuality quality = BinaryQuality.empty();
        for (int i = 0; i < rows; i++) {
            boolean actual = random.nextDouble() < positive;
            double logit = random.nextGaussian() + (actual ? 1 : -1) + Math.log(positive / (1 - positive));
            double score = 1 / (1 + Math.exp(-logit));
            quality.add(actual, score > 0.4, score);
        }
        return quality.summary("no", "yes", ConstantClassifier.ofMajority());
    }

    /** Of more than five labels there are no scores. */
    private QualitySummary ofLabels(int rows, int labels) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < labels; i++) {
            names.add("label " + i);
        }
        MulticlassQuality quality = labels > 5 ? MulticlassQuality.empty() : MulticlassQuality.scoring(names);
        for (int i = 0; i < rows; i++) {
            int actual = (int) (labels * Math.pow(random.nextDouble(), 1.5));
            double[] scores = new double[labels];
            double sum = 0;
            int greatest = 0;
            for (int j = 0; j < labels; j++) {
                scores[j] = Math.exp(random.nextGaussian() + (j == actual ? 3 : 0));
                sum += scores[j];
                greatest = scores[j] > scores[greatest] ? j : greatest;
            }
            for (int j = 0; j < labels; j++) {
                scores[j] /= sum;
            }
            int truth = quality.position(names.get(actual));
            int predicted = quality.position(names.get(greatest));
            if (labels > 5) {
                quality.add(truth, predicted);
            } else {
                quality.add(truth, predicted, scores);
            }
        }
        return quality.summary(ConstantClassifier.ofMajority());
    }

    private QualitySummary ofNumbers(int rows, String kind) {
        RegressionQuality quality = RegressionQuality.empty();
        for (int i = 0; i < rows; i++) {
            double normal = random.nextGaussian();
            double truth = kind.equals("log-normal") ? Math.exp(normal) : 10 + 3 * normal;
            switch (kind) {
                case "log-normal" -> quality.add(truth, truth * (1 + random.nextGaussian() / 2));
                case "whole" -> quality.add(Math.rint(truth), Math.rint(truth) + (random.nextInt(10) == 0 ? 1 : 0));
                default -> quality.add(truth, truth + random.nextGaussian());
            }
        }
        return quality.summary();
    }
}

package io.modelmonitor.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Plot;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Metrics of two labels and their standard errors, by their definitions over all rows at once. */
class BinaryDefinitionsTest {

    private static final int ROWS = 240;

    private final boolean[] actual = new boolean[ROWS];
    private final boolean[] predicted = new boolean[ROWS];
    private final double[] scores = new double[ROWS];
    private final QualitySummary summary;

    /** Scores of one digit, so that many are equal; both labels have high ones and low ones. */
    BinaryDefinitionsTest() {
        SplittableRandom random = new SplittableRandom(5);
        BinaryQuality quality = BinaryQuality.empty();
        for (int i = 0; i < ROWS; i++) {
            actual[i] = random.nextInt(5) < 2;
            double uniform = random.nextDouble();
            scores[i] = Math.round(10 * (actual[i] ? Math.sqrt(uniform) : uniform)) / 10.0;
            predicted[i] = scores[i] > 0.5;
            quality.add(actual[i], predicted[i], scores[i]);
        }
        summary = quality.summary("no", "yes", ConstantClassifier.ofMajority());
    }

    private double value(String name) {
        return summary.metric(name).value();
    }

    private double error(String name) {
        return summary.metric(name).evidence().standardError();
    }

    private double count(IntPredicate rows) {
        return IntStream.range(0, ROWS).filter(rows).count();
    }

    private double mean(IntToDoubleFunction ofRow) {
        return IntStream.range(0, ROWS).mapToDouble(ofRow).average().orElseThrow();
    }

    private double standardErrorOfMean(IntToDoubleFunction ofRow) {
        double mean = mean(ofRow);
        return Math.sqrt(mean(i -> Math.pow(ofRow.applyAsDouble(i) - mean, 2)) / (ROWS - 1));
    }

    @Test
    void sharesAreCountsOfRowsOverCountsOfRows() {
        double tp = count(i -> actual[i] && predicted[i]);
        double fp = count(i -> !actual[i] && predicted[i]);
        double fn = count(i -> actual[i] && !predicted[i]);
        double tn = count(i -> !actual[i] && !predicted[i]);
        Object[][] shares = {
            {"accuracy", tp + tn, (double) ROWS},
            {"precision", tp, tp + fp},
            {"recall", tp, tp + fn},
            {"true_positive_rate", tp, tp + fn},
            {"true_negative_rate", tn, tn + fp},
            {"false_positive_rate", fp, tn + fp},
            {"false_negative_rate", fn, tp + fn},
        };
        for (Object[] share : shares) {
            Metric metric = summary.metric((String) share[0]);
            double hits = (double) share[1];
            double rows = (double) share[2];
            assertThat(metric.value()).as(metric.name()).isEqualTo(hits / rows);
            assertThat(metric.evidence())
                    .as(metric.name())
                    .isEqualTo(new Evidence.Proportion(Math.round(hits), Math.round(rows)));
        }
        // Most rows are negative, so that the best constant classifier predicts no row positive.
        assertThat(value("accuracy_best_constant_classifier")).isEqualTo((tn + fp) / ROWS);
        assertThat(value("recall_best_constant_classifier")).isZero();
        assertThat(value("f1_best_constant_classifier")).isZero();
        assertThat(summary.metric("precision_best_constant_classifier").isDefined())
                .isFalse();
    }

    @Test
    void fMeasuresAreWeightedHarmonicMeansAndCorrelationsThoseOfTheLabels() {
        double precision = value("precision");
        double recall = value("recall");
        for (double beta : new double[] {0.5, 1, 2}) {
            String name = beta == 0.5 ? "f0_5" : "f" + (int) beta;
            assertThat(value(name))
                    .as(name)
                    .isCloseTo((1 + beta * beta) / (1 / precision + beta * beta / recall), within(1e-14));
        }
        assertThat(value("balanced_accuracy")).isCloseTo((recall + value("true_negative_rate")) / 2, within(1e-15));
        double meanActual = mean(i -> actual[i] ? 1 : 0);
        double meanPredicted = mean(i -> predicted[i] ? 1 : 0);
        double covariance = mean(i -> ((actual[i] ? 1 : 0) - meanActual) * ((predicted[i] ? 1 : 0) - meanPredicted));
        assertThat(value("matthews_correlation"))
                .as("Pearson's correlation of zeros and ones")
                .isCloseTo(
                        covariance / Math.sqrt(meanActual * (1 - meanActual) * meanPredicted * (1 - meanPredicted)),
                        within(1e-13));
        double byChance = meanActual * meanPredicted + (1 - meanActual) * (1 - meanPredicted);
        assertThat(value("cohen_kappa")).isCloseTo((value("accuracy") - byChance) / (1 - byChance), within(1e-13));
    }

    /** Cells of half a row more; with e = fp + fn, F1 = 2t/(2t + e), and the derivatives are 2e/(2t + e)² and -2t/(2t + e)². */
    @Test
    void measuresOfCountsHaveTheStandardErrorsOfTheDeltaMethod() {
        double tp = count(i -> actual[i] && predicted[i]) + 0.5;
        double fp = count(i -> !actual[i] && predicted[i]) + 0.5;
        double fn = count(i -> actual[i] && !predicted[i]) + 0.5;
        double tn = count(i -> !actual[i] && !predicted[i]) + 0.5;
        BinaryCounts counts = new BinaryCounts(
                Math.round(tn - 0.5), Math.round(fp - 0.5), Math.round(fn - 0.5), Math.round(tp - 0.5));
        double wrong = fp + fn;
        double all = 2 * tp + wrong;
        double variance = tp * Math.pow(2 * wrong / all / all, 2) + wrong * Math.pow(2 * tp / all / all, 2);
        assertThat(counts.standardError(c -> 2 * c[3] / (2 * c[3] + c[1] + c[2])))
                .isCloseTo(Math.sqrt(variance), within(1e-9));
        assertThat(error("f1")).isCloseTo(Math.sqrt(variance), within(1e-9));
        double recall = tp / (tp + fn);
        double specificity = tn / (tn + fp);
        assertThat(error("balanced_accuracy"))
                .as("the mean of two independent shares")
                .isCloseTo(
                        Math.sqrt(recall * (1 - recall) / (tp + fn) + specificity * (1 - specificity) / (tn + fp)) / 2,
                        within(1e-9));
        assertThat(counts.rows()).isEqualTo(ROWS);
    }

    /** Returns how much of a pair of a positive and a negative row is ranked right. */
    private double ranked(int positive, int negative) {
        return scores[positive] > scores[negative] ? 1 : scores[positive] == scores[negative] ? 0.5 : 0;
    }

    @Test
    void theAreaIsTheShareOfPairsRankedRightWithTheStandardErrorOfItsPlacements() {
        int[] positives = IntStream.range(0, ROWS).filter(i -> actual[i]).toArray();
        int[] negatives = IntStream.range(0, ROWS).filter(i -> !actual[i]).toArray();
        double[] ofPositives = Arrays.stream(positives)
                .mapToDouble(p -> Arrays.stream(negatives)
                        .mapToDouble(n -> ranked(p, n))
                        .average()
                        .orElseThrow())
                .toArray();
        double[] ofNegatives = Arrays.stream(negatives)
                .mapToDouble(n -> Arrays.stream(positives)
                        .mapToDouble(p -> ranked(p, n))
                        .average()
                        .orElseThrow())
                .toArray();
        double area = Arrays.stream(ofPositives).average().orElseThrow();
        double error = Math.sqrt(varianceOfMean(ofPositives) + varianceOfMean(ofNegatives));
        assertThat(value("roc_auc")).isCloseTo(area, within(1e-14));
        assertThat(error("roc_auc")).isCloseTo(error, within(1e-14));
        assertThat(value("gini")).isCloseTo(2 * area - 1, within(1e-14));
        assertThat(error("gini")).isCloseTo(2 * error, within(1e-14));
        assertThat(summary.metric("roc_auc").note()).isEmpty();
    }

    private static double varianceOfMean(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / (values.length - 1) / values.length;
    }

    /** Returns the average precision of weighted rows: the mean, over positive rows, of the precision at their score. */
    private double averagePrecision(double[] weights) {
        double sum = 0;
        double all = 0;
        for (int i = 0; i < ROWS; i++) {
            if (actual[i]) {
                double right = 0;
                double above = 0;
                for (int j = 0; j < ROWS; j++) {
                    if (scores[j] >= scores[i]) {
                        above += weights[j];
                        right += actual[j] ? weights[j] : 0;
                    }
                }
                sum += weights[i] * right / above;
                all += weights[i];
            }
        }
        return sum / all;
    }

    @Test
    void theAveragePrecisionVariesByItsDerivativesByTheWeightsOfRows() {
        double[] weights = new double[ROWS];
        Arrays.fill(weights, 1);
        double variance = 0;
        for (int i = 0; i < ROWS; i++) {
            weights[i] = 1 + 1e-4;
            double above = averagePrecision(weights);
            weights[i] = 1 - 1e-4;
            double below = averagePrecision(weights);
            weights[i] = 1;
            variance += Math.pow((above - below) / 2e-4, 2);
        }
        assertThat(value("average_precision")).isCloseTo(averagePrecision(weights), within(1e-13));
        assertThat(error("average_precision")).isCloseTo(Math.sqrt(variance), within(1e-8));
        assertThat(error("precision_recall_auc")).isCloseTo(Math.sqrt(variance), within(1e-8));
    }

    @Test
    void theCurvesHaveAPointForEachScore() {
        double[] thresholds = Arrays.stream(scores).distinct().sorted().toArray();
        double positives = count(i -> actual[i]);
        double lastRecall = 0;
        double lastPrecision = 1;
        double area = 0;
        double greatest = 0;
        double error = 0;
        ScoreCurves curves = summary.curves();
        assertThat(curves.size()).isEqualTo(thresholds.length);
        assertThat(curves.rocAucError()).isZero();
        for (int i = 0; i < thresholds.length; i++) {
            double threshold = thresholds[thresholds.length - 1 - i];
            double right = count(row -> actual[row] && scores[row] >= threshold);
            double wrong = count(row -> !actual[row] && scores[row] >= threshold);
            double recall = right / positives;
            double alarms = wrong / (ROWS - positives);
            double precision = right / (right + wrong);
            assertThat(curves.thresholds()[i]).isEqualTo(threshold);
            assertThat(curves.truePositiveRates()[i]).isCloseTo(recall, within(1e-15));
            assertThat(curves.falsePositiveRates()[i]).isCloseTo(alarms, within(1e-15));
            assertThat(curves.precisions()[i]).isCloseTo(precision, within(1e-15));
            area += (recall - lastRecall) * (precision + lastPrecision) / 2;
            lastRecall = recall;
            lastPrecision = precision;
            if (recall - alarms > greatest) {
                greatest = recall - alarms;
                error = Math.sqrt(recall * (1 - recall) / positives + alarms * (1 - alarms) / (ROWS - positives));
            }
        }
        assertThat(value("precision_recall_auc")).isCloseTo(area, within(1e-14));
        assertThat(value("kolmogorov_smirnov")).isCloseTo(greatest, within(1e-14));
        assertThat(error("kolmogorov_smirnov")).isCloseTo(error, within(1e-14));
        Plot.Curve roc = (Plot.Curve) summary.metric("roc_auc").plots().get(0);
        assertThat(roc.y()).hasSize(thresholds.length + 1).startsWith(0.0).endsWith(1.0);
        Plot.Curve ofPrecision =
                (Plot.Curve) summary.metric("average_precision").plots().get(0);
        assertThat(ofPrecision.y()).startsWith(1.0).endsWith(positives / ROWS);
    }

    @Test
    void lossesAreMeansOverRows() {
        double clip = Math.ulp(1.0);
        IntToDoubleFunction ofTruth = i -> actual[i] ? scores[i] : 1 - scores[i];
        IntToDoubleFunction loss = i -> -Math.log(Math.max(clip, Math.min(1 - clip, ofTruth.applyAsDouble(i))));
        IntToDoubleFunction square = i -> Math.pow(1 - ofTruth.applyAsDouble(i), 2);
        assertThat(value("log_loss")).isCloseTo(mean(loss), within(1e-12));
        assertThat(error("log_loss")).isCloseTo(standardErrorOfMean(loss), within(1e-12));
        assertThat(value("brier_score")).isCloseTo(mean(square), within(1e-13));
        assertThat(error("brier_score")).isCloseTo(standardErrorOfMean(square), within(1e-13));
    }

    @Test
    void theCalibrationErrorIsTheMeanOverRowsOfTheirBinsDifference() {
        double sum = 0;
        Plot.Curve curve = (Plot.Curve)
                summary.metric("expected_calibration_error").plots().get(0);
        int point = 0;
        for (int bin = 0; bin < 10; bin++) {
            int of = bin;
            int[] rows = IntStream.range(0, ROWS)
                    .filter(i -> Math.min(9, (int) (10 * scores[i])) == of)
                    .toArray();
            if (rows.length > 0) {
                double said = Arrays.stream(rows)
                        .mapToDouble(i -> scores[i])
                        .average()
                        .orElseThrow();
                double seen = Arrays.stream(rows)
                        .mapToDouble(i -> actual[i] ? 1 : 0)
                        .average()
                        .orElseThrow();
                sum += rows.length * Math.abs(said - seen);
                assertThat(curve.x().get(point)).isCloseTo(said, within(1e-14));
                assertThat(curve.y().get(point)).isCloseTo(seen, within(1e-14));
                point++;
            }
        }
        assertThat(curve.x()).hasSize(point);
        assertThat(value("expected_calibration_error")).isCloseTo(sum / ROWS, within(1e-14));
    }

    @Test
    void scoresAreMostlyAboveOneIfMoreThanHalfOfThemAre() {
        SplittableRandom random = new SplittableRandom(1);
        double[] kinds = {-1, 0.5, 1, 1.5, 2, 3};
        for (int round = 0; round < 500; round++) {
            BinaryQuality quality = BinaryQuality.empty();
            int rows = 1 + random.nextInt(9);
            int above = 0;
            for (int i = 0; i < rows; i++) {
                double score = kinds[random.nextInt(kinds.length)];
                quality.add(random.nextBoolean(), true, score);
                above += score > 1 ? 1 : 0;
            }
            assertThat(quality.isMostlyAboveOne()).isEqualTo(2 * above > rows);
        }
    }
}

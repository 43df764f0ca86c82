package io.modelmonitor.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.stats.quality.BinaryQuality;
import io.modelmonitor.stats.quality.ConstantClassifier;
import io.modelmonitor.stats.quality.MulticlassQuality;
import io.modelmonitor.stats.quality.QualitySummary;
import io.modelmonitor.stats.quality.RegressionQuality;
import io.modelmonitor.stats.quality.ScoreCurves;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every metric of the cases under its name here. Where the cases write 0/0 as 0, the metric here is undefined with a reason;
 * averages over labels count such a label as 0 in both.
 */
class ModelQualityCasesTest {

    private static final List<String> FACTS = List.of("n", "positives", "negatives");

    private static final Map<String, String> NAMES_OF_BINARY = Map.of(
            "ks_of_scores", "kolmogorov_smirnov",
            "precision_recall_auc_trapezoid", "precision_recall_auc",
            "expected_calibration_error_10_equal_width", "expected_calibration_error");

    private static final Map<String, String> NAMES_OF_MULTICLASS = Map.of(
            "balanced_accuracy_over_true_labels", "balanced_accuracy",
            "macro_one_vs_rest_roc_auc", "macro_roc_auc",
            "weighted_one_vs_rest_roc_auc", "weighted_roc_auc",
            "log_loss_no_renormalisation", "log_loss",
            "brier_score_sum_over_classes", "brier_score");

    private static final Map<String, String> NAMES_OF_REGRESSION =
            Map.of("smape_0_to_2", "smape", "mean_error_truth_minus_prediction", "mean_error");

    /** Facts of the cases that are no metrics here. */
    private static final List<String> NO_METRICS = List.of(
            "log_loss_clip",
            "sum_of_squared_errors",
            "sum_of_squares_total",
            "macro_one_vs_one_roc_auc",
            "roc_curve",
            "precision_recall_curve");

    @TestFactory
    Stream<DynamicTest> predictionsOfTwoLabels() {
        return GoldenCases.of("model_quality", "binary", golden -> {
            String positive = golden.parameters().path("positive_label").asText();
            String negative = golden.parameters().path("negative_label").asText();
            BinaryQuality quality = BinaryQuality.empty();
            for (String[] row : rows(golden)) {
                boolean actual = row[0].equals(positive);
                boolean predicted = row[1].equals(positive);
                if (row.length > 2) {
                    quality.add(actual, predicted, Double.parseDouble(row[2]));
                } else {
                    quality.add(actual, predicted);
                }
            }
            QualitySummary summary = quality.summary(negative, positive, ConstantClassifier.ofMajority());

            checkMetrics(golden, golden.expected(), "", summary, MetricId.DATASET, NAMES_OF_BINARY);
            JsonNode matrix = golden.expected().path("confusion_matrix");
            checkMatrix(matrix.path("by_actual_then_predicted"), summary);
            long positives = checkCount(matrix, "true_positive", summary, positive, positive)
                    + checkCount(matrix, "false_negative", summary, positive, negative);
            long negatives = checkCount(matrix, "true_negative", summary, negative, negative)
                    + checkCount(matrix, "false_positive", summary, negative, positive);
            assertThat(golden.expected().path("n").asLong()).isEqualTo(positives + negatives);
            assertThat(golden.expected().path("positives").asLong()).isEqualTo(positives);
            assertThat(golden.expected().path("negatives").asLong()).isEqualTo(negatives);
            checkCurves(golden, summary.curves());
            for (String label : List.of(negative, positive)) {
                checkConstant(golden, label, quality.summary(negative, positive, ConstantClassifier.of(label)));
            }
            checkConstant(golden, golden.expected().path("majority_label").asText(), summary);
        });
    }

    @TestFactory
    Stream<DynamicTest> predictionsOfSeveralLabels() {
        return GoldenCases.of("model_quality", "multiclass", golden -> {
            List<String> labels = texts(golden.parameters().path("label_order"));
            List<String[]> rows = rows(golden);
            boolean scored = rows.get(0).length > 2;
            MulticlassQuality quality = scored ? MulticlassQuality.scoring(labels) : MulticlassQuality.empty();
            for (String[] row : rows) {
                int actual = quality.position(row[0]);
                int predicted = quality.position(row[1]);
                if (scored) {
                    quality.add(
                            actual,
                            predicted,
                            Arrays.stream(row, 2, row.length)
                                    .mapToDouble(Double::parseDouble)
                                    .toArray());
                } else {
                    quality.add(actual, predicted);
                }
            }
            QualitySummary summary = quality.summary(ConstantClassifier.ofMajority());

            assertThat(summary.confusion().labels())
                    .isEqualTo(labels)
                    .isEqualTo(texts(golden.expected().path("labels")));
            for (int i = 0; i < labels.size(); i++) {
                String actual = labels.get(i);
                long support = labels.stream()
                        .mapToLong(predicted -> summary.confusion().count(actual, predicted))
                        .sum();
                assertThat(support)
                        .isEqualTo(golden.expected().path("support").get(i).asLong());
            }
            assertThat(golden.expected().path("n").asInt()).isEqualTo(rows.size());
            checkMetrics(golden, golden.expected(), "", summary, MetricId.DATASET, NAMES_OF_MULTICLASS);
            checkMatrix(golden.expected().path("confusion_matrix"), summary);
            for (String label : labels) {
                JsonNode ofLabel = golden.expected().path("per_class").path(label);
                checkMetrics(golden, ofLabel, label + ".", summary, "class=" + label, Map.of());
                checkOneAgainstRest(golden, "one_vs_rest_roc_auc", "roc_auc", label, summary);
                checkOneAgainstRest(golden, "one_vs_rest_average_precision", "average_precision", label, summary);
                checkConstant(golden, label, quality.summary(ConstantClassifier.of(label)));
            }
            checkConstant(golden, golden.expected().path("majority_label").asText(), summary);
        });
    }

    @TestFactory
    Stream<DynamicTest> predictionsOfANumber() {
        return GoldenCases.of("model_quality", "regression", golden -> {
            RegressionQuality quality = RegressionQuality.empty();
            for (String[] row : rows(golden)) {
                quality.add(Double.parseDouble(row[0]), Double.parseDouble(row[1]));
            }
            QualitySummary summary = quality.summary();

            assertThat(summary.rows()).isEqualTo(golden.expected().path("n").asLong());
            checkMetrics(golden, golden.expected(), "", summary, MetricId.DATASET, NAMES_OF_REGRESSION);
        });
    }

    private static void checkMetrics(
            GoldenCase golden,
            JsonNode expected,
            String path,
            QualitySummary summary,
            String subject,
            Map<String, String> names) {
        List<String> zeroDivisions = texts(golden.expected().path("zero_division_metrics"));
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (!(value.isNumber() || value.isNull()) || NO_METRICS.contains(name) || FACTS.contains(name)) {
                continue;
            }
            expected.path(name);
            Metric metric = summary.metric(subject, names.getOrDefault(name, name));
            assertThat(metric).as(path + name).isNotNull();
            boolean writtenAsZero = value.isNumber()
                    && value.doubleValue() == 0
                    && (zeroDivisions.contains(path + name)
                            || golden.expected().path("undefined").has(name)
                            || isZeroOverZero(golden, path, name));
            if (writtenAsZero) {
                assertThat(metric.isDefined()).as(path + name + " is 0/0").isFalse();
                assertThat(metric.note()).as(path + name).isNotEmpty();
            } else {
                golden.tolerance(name.startsWith("log_loss") ? "log_loss" : name)
                        .check(path + name, metric.value(), value);
            }
        }
    }

    /** 0/0 that the cases do not list: the correlation with a constant, and the F of a label that never occurs. */
    private static boolean isZeroOverZero(GoldenCase golden, String path, String name) {
        JsonNode matrix = golden.expected().path("confusion_matrix");
        if (matrix.has("by_actual_then_predicted")) {
            matrix = matrix.path("by_actual_then_predicted");
        }
        List<String> labels = new ArrayList<>();
        matrix.fieldNames().forEachRemaining(labels::add);
        int actualLabels = 0;
        int predictedLabels = 0;
        boolean labelOccurs = path.isEmpty();
        for (String label : labels) {
            long actual = 0;
            long predicted = 0;
            for (String other : labels) {
                actual += matrix.path(label).path(other).asLong();
                predicted += matrix.path(other).path(label).asLong();
            }
            actualLabels += actual > 0 ? 1 : 0;
            predictedLabels += predicted > 0 ? 1 : 0;
            labelOccurs |= path.equals(label + ".") && actual + predicted > 0;
        }
        return (name.equals("matthews_correlation") && (actualLabels < 2 || predictedLabels < 2))
                || (name.matches("f0_5|f1|f2") && !labelOccurs);
    }

    private static void checkConstant(GoldenCase golden, String label, QualitySummary summary) {
        JsonNode expected = golden.expected().path("constant_classifiers").path(label);
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            if (field.getKey().startsWith("macro_") || field.getKey().startsWith("micro_")) {
                continue;
            }
            Metric metric = summary.metric(field.getKey() + "_best_constant_classifier");
            expected.path(field.getKey());
            assertThat(metric).as(field.getKey()).isNotNull();
            if (metric.isDefined()) {
                golden.tolerance().check("constant " + label + " " + field.getKey(), metric.value(), field.getValue());
            } else {
                assertThat(field.getValue().doubleValue())
                        .as("0/0 is written as 0")
                        .isZero();
            }
        }
    }

    private static void checkOneAgainstRest(
            GoldenCase golden, String field, String metric, String label, QualitySummary summary) {
        if (golden.expected().has(field)) {
            Metric measured = summary.metric("class=" + label, metric);
            assertThat(measured).as(metric + " of " + label).isNotNull();
            golden.tolerance()
                    .check(
                            metric + " of " + label,
                            measured.value(),
                            golden.expected().path(field).path(label));
        }
    }

    private static void checkMatrix(JsonNode expected, QualitySummary summary) {
        for (Map.Entry<String, JsonNode> actual : expected.properties()) {
            for (Map.Entry<String, JsonNode> predicted : actual.getValue().properties()) {
                checkCount(actual.getValue(), predicted.getKey(), summary, actual.getKey(), predicted.getKey());
            }
        }
    }

    private static long checkCount(
            JsonNode expected, String field, QualitySummary summary, String actual, String predicted) {
        long count = summary.confusion().count(actual, predicted);
        assertThat(count).as(field).isEqualTo(expected.path(field).asLong());
        return count;
    }

    private static void checkCurves(GoldenCase golden, ScoreCurves curves) {
        JsonNode roc = golden.expected().path("roc_curve");
        if (roc.isObject()) {
            golden.tolerance()
                    .check(
                            "thresholds",
                            preceded(Double.POSITIVE_INFINITY, curves.thresholds()),
                            roc.path("thresholds"));
            golden.tolerance()
                    .check(
                            "false positive rates",
                            preceded(0, curves.falsePositiveRates()),
                            roc.path("false_positive_rates"));
            golden.tolerance()
                    .check(
                            "true positive rates",
                            preceded(0, curves.truePositiveRates()),
                            roc.path("true_positive_rates"));
        }
        JsonNode precisionRecall = golden.expected().path("precision_recall_curve");
        if (precisionRecall.isObject()) {
            golden.tolerance()
                    .check(
                            "precisions",
                            reversed(preceded(1, curves.precisions())),
                            precisionRecall.path("precisions"));
            golden.tolerance()
                    .check(
                            "recalls",
                            reversed(preceded(0, curves.truePositiveRates())),
                            precisionRecall.path("recalls"));
            golden.tolerance().check("thresholds", reversed(curves.thresholds()), precisionRecall.path("thresholds"));
        }
    }

    private static double[] preceded(double first, double[] values) {
        double[] all = new double[values.length + 1];
        all[0] = first;
        System.arraycopy(values, 0, all, 1, values.length);
        return all;
    }

    private static double[] reversed(double[] values) {
        double[] reversed = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static List<String[]> rows(GoldenCase golden) throws IOException {
        return Csv.rows(golden.input("predictions"));
    }
}

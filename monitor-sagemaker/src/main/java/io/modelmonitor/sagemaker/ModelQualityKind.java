package io.modelmonitor.sagemaker;

import io.modelmonitor.stats.quality.QualitySummary;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The managed service's three kinds of problems: what its files call them, and which metrics they hold in which order. */
final class ModelQualityKind {

    private static final ModelQualityKind REGRESSION =
            new ModelQualityKind("regression", List.of("mae", "mse", "rmse", "r2"));

    private static final ModelQualityKind BINARY = new ModelQualityKind(
            "binary_classification",
            List.of(
                    "confusion_matrix",
                    "recall",
                    "precision",
                    "accuracy",
                    "recall_best_constant_classifier",
                    "precision_best_constant_classifier",
                    "accuracy_best_constant_classifier",
                    "true_positive_rate",
                    "true_negative_rate",
                    "false_positive_rate",
                    "false_negative_rate",
                    "receiver_operating_characteristic_curve",
                    "precision_recall_curve",
                    "auc",
                    "f0_5",
                    "f1",
                    "f2",
                    "f0_5_best_constant_classifier",
                    "f1_best_constant_classifier",
                    "f2_best_constant_classifier"));

    private static final ModelQualityKind MULTICLASS = new ModelQualityKind(
            "multiclass_classification",
            List.of(
                    "confusion_matrix",
                    "accuracy",
                    "weighted_recall",
                    "weighted_precision",
                    "weighted_f0_5",
                    "weighted_f1",
                    "weighted_f2",
                    "accuracy_best_constant_classifier",
                    "weighted_recall_best_constant_classifier",
                    "weighted_precision_best_constant_classifier",
                    "weighted_f0_5_best_constant_classifier",
                    "weighted_f1_best_constant_classifier",
                    "weighted_f2_best_constant_classifier"));

    /** Metrics that have no threshold beside those of the best constant classifier. */
    private static final Set<String> NO_NUMBERS =
            Set.of("confusion_matrix", "receiver_operating_characteristic_curve", "precision_recall_curve");

    /** The metrics of which smaller values are better. */
    private static final Set<String> ERRORS =
            Set.of("false_positive_rate", "false_negative_rate", "mae", "mse", "rmse");

    private final String title;
    private final List<String> keys;

    private ModelQualityKind(String title, List<String> keys) {
        this.title = title;
        this.keys = keys;
    }

    /** Returns the key of the metrics in a statistics file. */
    String statisticsKey() {
        return title + "_metrics";
    }

    /** Returns the key of the thresholds in a constraints file. */
    String constraintsKey() {
        return title + "_constraints";
    }

    /** Returns the keys of a statistics file in their order. */
    List<String> keys() {
        return keys;
    }

    static boolean isNumber(String key) {
        return !NO_NUMBERS.contains(key);
    }

    /** Returns whether a metric is given a threshold. */
    static boolean isConstrained(String key) {
        return isNumber(key) && !key.endsWith("_best_constant_classifier");
    }

    /** Returns the service's word for how a metric is violated. */
    static String operator(String key) {
        return ERRORS.contains(key)
                ? ModelQualityConstraints.GREATER_THAN_THRESHOLD
                : ModelQualityConstraints.LESS_THAN_THRESHOLD;
    }

    static ModelQualityKind of(QualitySummary summary) {
        if (summary.confusion() == null) {
            return REGRESSION;
        }
        return summary.metric("true_positive_rate") == null ? MULTICLASS : BINARY;
    }

    /**
     * Returns the kind whose key a file has.
     *
     * @throws IllegalArgumentException if it has none
     */
    static ModelQualityKind in(Map<String, ?> root) {
        for (ModelQualityKind kind : List.of(REGRESSION, BINARY, MULTICLASS)) {
            if (root.containsKey(kind.statisticsKey()) || root.containsKey(kind.constraintsKey())) {
                return kind;
            }
        }
        throw new IllegalArgumentException("there are no metrics or constraints of model quality in it");
    }
}

package io.modelmonitor.stats.quality;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which way a metric of quality gets better. */
public enum Direction {
    /** Greater values are better, as of a recall. */
    HIGHER_IS_BETTER,
    /** Smaller values are better, as of an error. */
    LOWER_IS_BETTER;

    private static final Set<String> HIGHER = Set.of(
            "accuracy",
            "balanced_accuracy",
            "precision",
            "recall",
            "f0_5",
            "f1",
            "f2",
            "true_positive_rate",
            "true_negative_rate",
            "matthews_correlation",
            "cohen_kappa",
            "roc_auc",
            "gini",
            "kolmogorov_smirnov",
            "average_precision",
            "precision_recall_auc",
            "r2",
            "explained_variance");

    private static final Set<String> LOWER = Set.of(
            "false_positive_rate",
            "false_negative_rate",
            "log_loss",
            "brier_score",
            "expected_calibration_error",
            "mae",
            "mse",
            "rmse",
            "median_absolute_error",
            "max_error",
            "mape",
            "smape",
            "rmsle");

    /** Returns the direction of a metric of this package, or null if it has none, as a count or a mean error. */
    public static @Nullable Direction of(String metric) {
        String plain = metric.replaceFirst("^(weighted|macro|micro)_", "");
        if (HIGHER.contains(plain)) {
            return HIGHER_IS_BETTER;
        }
        return LOWER.contains(plain) ? LOWER_IS_BETTER : null;
    }

    /** Returns whether a value is worse than another. */
    public boolean isWorse(double value, double other) {
        return this == HIGHER_IS_BETTER ? value < other : value > other;
    }
}

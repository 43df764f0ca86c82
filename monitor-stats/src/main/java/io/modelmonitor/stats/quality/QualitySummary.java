package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that was found out about the quality of predictions. Immutable.
 *
 * @param rows how many rows had both a truth and a prediction
 * @param metrics every metric in a fixed order
 * @param deviations the standard deviation over five random subsamples of 80 % of the rows, by the names of those metrics of
 *     the dataset that the managed service gave it for; NaN under 200 rows
 * @param confusion the confusion matrix; null for a regression
 * @param curves the curves of the scores; null unless there are two labels and scores
 */
public record QualitySummary(
        long rows,
        List<Metric> metrics,
        Map<String, Double> deviations,
        @Nullable ConfusionMatrix confusion,
        @Nullable ScoreCurves curves) {

    /** Creates a summary. */
    public QualitySummary {
        metrics = List.copyOf(metrics);
        deviations = Collections.unmodifiableMap(new LinkedHashMap<>(deviations));
    }

    /** Returns the metric of a name of the dataset as a whole, or null if there is none. */
    public @Nullable Metric metric(String name) {
        return metric(MetricId.DATASET, name);
    }

    /** Returns the metric of a subject and name, or null if there is none. */
    public @Nullable Metric metric(String subject, String name) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(name) && metric.subject().equals(subject))
                .findFirst()
                .orElse(null);
    }
}

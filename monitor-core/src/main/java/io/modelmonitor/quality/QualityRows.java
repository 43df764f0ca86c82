package io.modelmonitor.quality;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Row;
import io.modelmonitor.stats.quality.QualitySummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A state that reads rows with labels and predictions, merges, and ends as a summary.
 *
 * @param <S> the state's own type
 */
abstract class QualityRows<S extends QualityRows<S>> {

    private long withoutLabel;
    private long withoutPrediction;

    /** Takes a row. */
    abstract void accept(Row row);

    /** Adds another state and returns this one. */
    S merge(S other) {
        QualityRows<?> counts = other;
        withoutLabel += counts.withoutLabel;
        withoutPrediction += counts.withoutPrediction;
        return mergeCounted(other);
    }

    /** Adds what a kind of state counts beside the rows left out, and returns this. */
    abstract S mergeCounted(S other);

    /** Returns what was measured of the rows with label and prediction. */
    abstract QualitySummary measured();

    /** Counts a row that has no label, or none that can be read. */
    final void skipForLabel() {
        withoutLabel++;
    }

    /** Counts a row that has no prediction, or none that can be read. */
    final void skipForPrediction() {
        withoutPrediction++;
    }

    /** Returns what was measured, and how many rows were left out. */
    final QualitySummary summary() {
        QualitySummary measured = measured();
        List<Metric> metrics = new ArrayList<>(measured.metrics());
        metrics.add(new Metric("labelled_rows", Metric.DATASET, measured.rows()));
        metrics.add(new Metric("rows_without_label", Metric.DATASET, withoutLabel));
        metrics.add(new Metric("rows_without_prediction", Metric.DATASET, withoutPrediction));
        return new QualitySummary(
                measured.rows(), metrics, measured.deviations(), measured.confusion(), measured.curves());
    }

    /** Returns the summary of rows that nothing can be said of, and why. */
    static QualitySummary unsaid(long rows, String name, String because) {
        return new QualitySummary(rows, List.of(Metric.undefined(name, Metric.DATASET, because)), Map.of(), null, null);
    }
}

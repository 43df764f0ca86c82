package io.modelmonitor.quality;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Scale;
import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.quality.QualitySummary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A state that reads rows with labels and predictions, merges, and is measured as a summary. */
abstract class QualityRows {

    private long withoutLabel;
    private long withoutPrediction;

    /** Takes a row. */
    abstract void accept(Row row);

    /** Adds another state of the same kind, which stays as it is. */
    final void merge(QualityRows other) {
        withoutLabel += other.withoutLabel;
        withoutPrediction += other.withoutPrediction;
        mergeCounted(other);
    }

    /** Adds what a kind of state counts beside the rows left out. */
    abstract void mergeCounted(QualityRows other);

    /** Writes the state. */
    final void write(DataOutput out) throws IOException {
        Packed.writeCount(out, withoutLabel);
        Packed.writeCount(out, withoutPrediction);
        writeCounted(out);
    }

    /** Writes what a kind of state counts beside the rows left out. */
    abstract void writeCounted(DataOutput out) throws IOException;

    /** Takes over what was written, in place of what is here. */
    final void read(DataInput in) throws IOException {
        withoutLabel = Packed.readCount(in, "rows without label");
        withoutPrediction = Packed.readCount(in, "rows without prediction");
        readCounted(in);
    }

    /** Takes over what a kind of state counts beside the rows left out. */
    abstract void readCounted(DataInput in) throws IOException;

    static void writeTexts(DataOutput out, Collection<String> texts) throws IOException {
        Packed.writeCount(out, texts.size());
        for (String text : texts) {
            Packed.writeText(out, text);
        }
    }

    static List<String> readTexts(DataInput in, String what) throws IOException {
        List<String> texts = new ArrayList<>();
        for (long left = Packed.readCount(in, what); left > 0; left--) {
            texts.add(Packed.readText(in, what));
        }
        return texts;
    }

    /**
     * Returns what was measured of the rows with label and prediction.
     *
     * @param reference the state of the reference data; null if there is none
     */
    abstract QualitySummary measured(@Nullable QualityRows reference);

    /** Returns the number of rows that were counted and have, as is known in the end, no label or prediction that can be read. */
    long unread(@Nullable QualityRows reference) {
        return 0;
    }

    /** Counts a row that has no label, or none that can be read. */
    final void skipForLabel() {
        withoutLabel++;
    }

    /** Counts a row that has no prediction, or none that can be read. */
    final void skipForPrediction() {
        withoutPrediction++;
    }

    /** Returns what was measured, and how many rows were left out. */
    final QualitySummary summary(@Nullable QualityRows reference) {
        QualitySummary measured = measured(reference);
        List<Metric> metrics = new ArrayList<>(measured.metrics());
        metrics.add(Metric.of(MetricId.DATASET, "labelled_rows", (double) measured.rows())
                .on(Scale.COUNT));
        metrics.add(Metric.of(MetricId.DATASET, "rows_without_label", (double) withoutLabel + unread(reference))
                .on(Scale.COUNT));
        metrics.add(Metric.of(MetricId.DATASET, "rows_without_prediction", (double) withoutPrediction)
                .on(Scale.COUNT));
        return new QualitySummary(
                measured.rows(), metrics, measured.deviations(), measured.confusion(), measured.curves());
    }

    /** Returns the summary of rows that nothing can be said of, and why. */
    static QualitySummary unsaid(long rows, String name, String because) {
        return new QualitySummary(
                rows, List.of(Metric.undefined(MetricId.DATASET, name, because)), Map.of(), null, null);
    }
}

package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Plot;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts of rows by label and prediction. Immutable.
 *
 * @param labels the labels in order: numbers by value before text by code points, or as the user gave them
 * @param counts a list for each actual label, with a count for each predicted one
 */
public record ConfusionMatrix(List<String> labels, List<List<Long>> counts) {

    /** Creates a matrix. */
    public ConfusionMatrix {
        labels = List.copyOf(labels);
        counts = counts.stream().map(List::copyOf).toList();
    }

    static ConfusionMatrix of(List<String> labels, long[][] counts) {
        List<List<Long>> rows = new ArrayList<>();
        for (long[] row : counts) {
            List<Long> list = new ArrayList<>(row.length);
            for (long count : row) {
                list.add(count);
            }
            rows.add(list);
        }
        return new ConfusionMatrix(labels, rows);
    }

    /** Returns the number of rows of an actual label that were predicted to be of another, or of the same. */
    public long count(String actual, String predicted) {
        return counts.get(labels.indexOf(actual)).get(labels.indexOf(predicted));
    }

    Plot exhibit() {
        return new Plot.Matrix("Confusion matrix", "actual", "predicted", labels, counts);
    }
}

package io.modelmonitor.stats.quality;

import java.io.Serializable;
import java.util.List;

/**
 * The best constant classifier: it predicts the same label for every row, and any model should beat it. Two readings of
 * "best" are in use.
 */
@FunctionalInterface
public interface ConstantClassifier extends Serializable {

    /**
     * Chooses the label.
     *
     * @param labels the labels in order, at least one
     * @param rows how many rows are actually of each
     * @return the position of the label to predict
     */
    int choose(List<String> labels, List<Long> rows);

    /** Returns the classifier that predicts the most frequent label, of equally frequent ones the first. The default. */
    static ConstantClassifier ofMajority() {
        return (labels, rows) -> {
            int best = 0;
            for (int i = 1; i < rows.size(); i++) {
                best = rows.get(i) > rows.get(best) ? i : best;
            }
            return best;
        };
    }

    /**
     * Returns the classifier that predicts a given label, or the most frequent one if there is no such label. The managed
     * service's guide prints the numbers of label {@code 1}.
     */
    static ConstantClassifier of(String label) {
        return (labels, rows) -> {
            int index = labels.indexOf(label);
            return index >= 0 ? index : ofMajority().choose(labels, rows);
        };
    }

    /** Returns whether it predicts the positive label of two. */
    default boolean predictsPositive(String negative, long negatives, String positive, long positives) {
        return choose(List.of(negative, positive), List.of(negatives, positives)) == 1;
    }
}

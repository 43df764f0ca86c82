package io.modelmonitor.stats.fairness;

/** The inputs that a measure of bias requires. */
public enum Inputs {
    /** Which group they belong to. */
    GROUPS,
    /** Their group and label. */
    LABELS,
    /** Their group and prediction. */
    PREDICTIONS,
    /** Their group, label and prediction. */
    LABELS_AND_PREDICTIONS;

    /** Returns whether labels are needed. */
    public boolean needLabels() {
        return this == LABELS || this == LABELS_AND_PREDICTIONS;
    }

    /** Returns whether predictions are needed; if not, training data alone can be measured. */
    public boolean needPredictions() {
        return this == PREDICTIONS || this == LABELS_AND_PREDICTIONS;
    }
}

package io.modelmonitor.stats.fairness;

/**
 * Counts of one group's people by label and prediction. Labels may come late or never, so either may be
 * unknown.
 *
 * @param truePositives label and prediction positive
 * @param falsePositives label negative, prediction positive
 * @param falseNegatives label positive, prediction negative
 * @param trueNegatives label and prediction negative
 * @param onlyPositiveLabel label positive, prediction unknown
 * @param onlyNegativeLabel label negative, prediction unknown
 * @param onlyPositivePrediction label unknown, prediction positive
 * @param onlyNegativePrediction label unknown, prediction negative
 * @param neither label and prediction unknown
 */
public record Outcomes(
        long truePositives,
        long falsePositives,
        long falseNegatives,
        long trueNegatives,
        long onlyPositiveLabel,
        long onlyNegativeLabel,
        long onlyPositivePrediction,
        long onlyNegativePrediction,
        long neither) {

    /** The code of a negative label or prediction. */
    public static final int NEGATIVE = 0;
    /** The code of a positive label or prediction. */
    public static final int POSITIVE = 1;
    /** The code of an unknown label or prediction. */
    public static final int UNKNOWN = 2;

    /** The number of combinations of a label and a prediction. */
    static final int CELLS = 9;

    /** Outcomes of no rows. */
    public static final Outcomes NONE = new Outcomes(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Creates the outcomes of a group of whom both label and prediction are known. */
    public static Outcomes of(long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
        return new Outcomes(truePositives, falsePositives, falseNegatives, trueNegatives, 0, 0, 0, 0, 0);
    }

    /** Creates the outcomes of a group of whom only labels are known. */
    public static Outcomes ofLabels(long positive, long negative) {
        return new Outcomes(0, 0, 0, 0, positive, negative, 0, 0, 0);
    }

    static int cell(int label, int prediction) {
        return label * 3 + prediction;
    }

    static Outcomes of(long[] cells, int offset) {
        return new Outcomes(
                cells[offset + cell(POSITIVE, POSITIVE)],
                cells[offset + cell(NEGATIVE, POSITIVE)],
                cells[offset + cell(POSITIVE, NEGATIVE)],
                cells[offset + cell(NEGATIVE, NEGATIVE)],
                cells[offset + cell(POSITIVE, UNKNOWN)],
                cells[offset + cell(NEGATIVE, UNKNOWN)],
                cells[offset + cell(UNKNOWN, POSITIVE)],
                cells[offset + cell(UNKNOWN, NEGATIVE)],
                cells[offset + cell(UNKNOWN, UNKNOWN)]);
    }

    long[] cells() {
        long[] cells = new long[CELLS];
        cells[cell(POSITIVE, POSITIVE)] = truePositives;
        cells[cell(NEGATIVE, POSITIVE)] = falsePositives;
        cells[cell(POSITIVE, NEGATIVE)] = falseNegatives;
        cells[cell(NEGATIVE, NEGATIVE)] = trueNegatives;
        cells[cell(POSITIVE, UNKNOWN)] = onlyPositiveLabel;
        cells[cell(NEGATIVE, UNKNOWN)] = onlyNegativeLabel;
        cells[cell(UNKNOWN, POSITIVE)] = onlyPositivePrediction;
        cells[cell(UNKNOWN, NEGATIVE)] = onlyNegativePrediction;
        cells[cell(UNKNOWN, UNKNOWN)] = neither;
        return cells;
    }

    /** Returns the number of people. */
    public long size() {
        return labels() + onlyPositivePrediction + onlyNegativePrediction + neither;
    }

    /** Returns the number of people with a known label. */
    public long labels() {
        return positiveLabels() + negativeLabels();
    }

    /** Returns the number of people with a positive label. */
    public long positiveLabels() {
        return truePositives + falseNegatives + onlyPositiveLabel;
    }

    /** Returns the number of people with a negative label. */
    public long negativeLabels() {
        return falsePositives + trueNegatives + onlyNegativeLabel;
    }

    /** Returns the number of people with a known prediction. */
    public long predictions() {
        return positivePredictions() + negativePredictions();
    }

    /** Returns the number of people with a positive prediction. */
    public long positivePredictions() {
        return truePositives + falsePositives + onlyPositivePrediction;
    }

    /** Returns the number of people with a negative prediction. */
    public long negativePredictions() {
        return falseNegatives + trueNegatives + onlyNegativePrediction;
    }

    /** Returns the number of people of whom both label and prediction are known. */
    public long judged() {
        return truePositives + falsePositives + falseNegatives + trueNegatives;
    }

    /** Returns the outcomes of two groups together. */
    public Outcomes plus(Outcomes other) {
        return new Outcomes(
                truePositives + other.truePositives,
                falsePositives + other.falsePositives,
                falseNegatives + other.falseNegatives,
                trueNegatives + other.trueNegatives,
                onlyPositiveLabel + other.onlyPositiveLabel,
                onlyNegativeLabel + other.onlyNegativeLabel,
                onlyPositivePrediction + other.onlyPositivePrediction,
                onlyNegativePrediction + other.onlyNegativePrediction,
                neither + other.neither);
    }
}

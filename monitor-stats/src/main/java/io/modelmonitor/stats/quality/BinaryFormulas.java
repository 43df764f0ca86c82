package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The metrics of two labels, as functions of true negatives, false positives, false negatives and true positives in this
 * order. F measures are written in counts, so that a model that never predicts the positive label has an F of 0 although its
 * precision is 0/0.
 *
 * <p>Definitions: C. J. van Rijsbergen, Information Retrieval, 1979 (F); B. W. Matthews, Biochim. Biophys. Acta 405, 1975
 * (correlation); J. Cohen, Educational and Psychological Measurement 20, 1960 (kappa).
 */
final class BinaryFormulas {

    private static final int TN = 0;
    private static final int FP = 1;
    private static final int FN = 2;
    private static final int TP = 3;

    private static final String NO_ROWS = "there are no labelled rows";
    private static final String NO_POSITIVES = "0/0: no row is positive";
    private static final String NO_NEGATIVES = "0/0: no row is negative";
    private static final String NONE_PREDICTED = "0/0: no row was predicted positive";
    private static final String NO_POSITIVES_AT_ALL = "0/0: no row is or was predicted positive";
    private static final String ONE_CLASS = "0/0: all rows are of one label, or were predicted to be";

    private static final Formula ACCURACY =
            Formula.share("accuracy", NO_ROWS, c -> c[TP] + c[TN], c -> c[TP] + c[TN] + c[FP] + c[FN]);
    private static final Formula PRECISION = Formula.share("precision", NONE_PREDICTED, c -> c[TP], c -> c[TP] + c[FP]);
    private static final Formula RECALL = Formula.share("recall", NO_POSITIVES, c -> c[TP], c -> c[TP] + c[FN]);
    private static final Formula F0_5 = f("f0_5", 0.5);
    private static final Formula F1 = f("f1", 1);
    private static final Formula F2 = f("f2", 2);

    /** Precision, recall and the F measures, which are also given of each class of several. */
    static final List<Formula> OF_ONE_CLASS = List.of(PRECISION, RECALL, F0_5, F1, F2);

    private static final List<Formula> ALL = List.of(
            ACCURACY,
            PRECISION,
            RECALL,
            F0_5,
            F1,
            F2,
            Formula.share("true_positive_rate", NO_POSITIVES, c -> c[TP], c -> c[TP] + c[FN]),
            Formula.share("true_negative_rate", NO_NEGATIVES, c -> c[TN], c -> c[TN] + c[FP]),
            Formula.share("false_positive_rate", NO_NEGATIVES, c -> c[FP], c -> c[TN] + c[FP])
                    .on(Scale.CHANGE),
            Formula.share("false_negative_rate", NO_POSITIVES, c -> c[FN], c -> c[TP] + c[FN])
                    .on(Scale.CHANGE),
            Formula.of("balanced_accuracy", "0/0: all rows are of one label", BinaryFormulas::balancedAccuracy),
            Formula.of("matthews_correlation", ONE_CLASS, BinaryFormulas::matthewsCorrelation)
                    .on(Uncertainty.CORRELATION),
            Formula.of("cohen_kappa", "0/0: truth and prediction are one and the same label", BinaryFormulas::kappa)
                    .on(Uncertainty.CORRELATION));

    private BinaryFormulas() {}

    /**
     * Returns all formulas, those of the best constant classifier among them.
     *
     * @param constantIsPositive which label the constant classifier predicts
     */
    static List<Formula> all(boolean constantIsPositive) {
        UnaryOperator<double[]> constant = constantIsPositive
                ? c -> new double[] {0, c[TN] + c[FP], 0, c[TP] + c[FN]}
                : c -> new double[] {c[TN] + c[FP], 0, c[TP] + c[FN], 0};
        List<Formula> all = new ArrayList<>(ALL);
        for (Formula formula : List.of(ACCURACY, PRECISION, RECALL, F0_5, F1, F2)) {
            all.add(formula.after(formula.name() + "_best_constant_classifier", constant)
                    .on(Scale.SHARE.withWorse(Scale.Worse.NEITHER)));
        }
        return all;
    }

    private static Formula f(String name, double beta) {
        double square = beta * beta;
        return Formula.of(
                name, NO_POSITIVES_AT_ALL, c -> (1 + square) * c[TP] / ((1 + square) * c[TP] + square * c[FN] + c[FP]));
    }

    private static double balancedAccuracy(double[] c) {
        return (c[TP] / (c[TP] + c[FN]) + c[TN] / (c[TN] + c[FP])) / 2;
    }

    private static double matthewsCorrelation(double[] c) {
        // Roots before products: the product of four counts of a few billion is beyond 2^127, but not beyond a double.
        double scale = Math.sqrt(c[TP] + c[FP])
                * Math.sqrt(c[TP] + c[FN])
                * Math.sqrt(c[TN] + c[FP])
                * Math.sqrt(c[TN] + c[FN]);
        return (c[TP] * c[TN] - c[FP] * c[FN]) / scale;
    }

    private static double kappa(double[] c) {
        double chance = (c[TP] + c[FP]) * (c[FP] + c[TN]) + (c[TP] + c[FN]) * (c[FN] + c[TN]);
        return 2 * (c[TP] * c[TN] - c[FN] * c[FP]) / chance;
    }
}

package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of several labels, as functions of the margins of {@link LabelCounts}.
 *
 * <p>A label counts in averages if it occurs among the truths or among the predictions. Where its precision or recall is 0/0,
 * it counts there as 0, so that a model gains nothing by never predicting a label; the metric of that label alone is
 * undefined. {@code weighted_} averages weigh labels by their actual rows, {@code macro_} averages weigh them equally,
 * {@code micro_} averages add up the rows of all labels, which makes each of them equal to the accuracy. The weighted F is
 * the average of the labels' F, not the F of the averages.
 *
 * <p>Definitions: M. Sokolova and G. Lapalme, Information Processing and Management 45, 2009 (averages); J. Gorodkin,
 * Computational Biology and Chemistry 28, 2004 (correlation of K categories); J. Cohen, 1960 (kappa).
 */
final class LabelFormulas {

    private static final String NO_ROWS = "there are no labelled rows";
    private static final String ONE_CLASS = "0/0: all rows are of one label, or were predicted to be";

    private LabelFormulas() {}

    /** One label's score from its right, actual and predicted rows; 0/0 is NaN. */
    private interface OfLabel {
        double value(double right, double actual, double predicted);
    }

    /**
     * Returns all formulas, those of the best constant classifier among them.
     *
     * @param constant the position of the label that the constant classifier predicts
     */
    static List<Formula> all(int constant) {
        List<Formula> service = new ArrayList<>();
        service.add(Formula.share(
                "accuracy", NO_ROWS, margins -> sum(margins, 0), margins -> sum(margins, margins.length / 3)));
        addAverages(service, "weighted_", LabelFormulas::weighted);
        List<Formula> all = new ArrayList<>(service);
        addAverages(all, "macro_", LabelFormulas::macro);
        addAverages(all, "micro_", LabelFormulas::micro);
        all.add(Formula.of("balanced_accuracy", NO_ROWS, LabelFormulas::balancedAccuracy));
        all.add(Formula.of("matthews_correlation", ONE_CLASS, LabelFormulas::matthewsCorrelation)
                .on(Uncertainty.CORRELATION));
        all.add(Formula.of("cohen_kappa", "0/0: truth and prediction are one and the same label", LabelFormulas::kappa)
                .on(Uncertainty.CORRELATION));
        for (Formula formula : service) {
            all.add(formula.after(
                            formula.name() + "_best_constant_classifier",
                            margins -> predictingAlways(constant, margins))
                    .on(Scale.SHARE.withWorse(Scale.Worse.NEITHER)));
        }
        return all;
    }

    private interface Average {
        double of(OfLabel score, double[] margins);
    }

    private static void addAverages(List<Formula> formulas, String prefix, Average average) {
        formulas.add(average(prefix + "precision", average, (right, actual, predicted) -> right / predicted));
        formulas.add(average(prefix + "recall", average, (right, actual, predicted) -> right / actual));
        formulas.add(average(prefix + "f0_5", average, f(0.5)));
        formulas.add(average(prefix + "f1", average, f(1)));
        formulas.add(average(prefix + "f2", average, f(2)));
    }

    private static Formula average(String name, Average average, OfLabel score) {
        ToDoubleFunction<double[]> value = margins -> average.of(score, margins);
        return Formula.of(name, NO_ROWS, value);
    }

    private static OfLabel f(double beta) {
        double square = beta * beta;
        return (right, actual, predicted) -> (1 + square) * right / (square * actual + predicted);
    }

    private static double weighted(OfLabel score, double[] margins) {
        int labels = margins.length / 3;
        double sum = 0;
        double rows = 0;
        for (int i = 0; i < labels; i++) {
            double actual = margins[labels + i];
            if (actual > 0) {
                sum += actual * orZero(score.value(margins[i], actual, margins[2 * labels + i]));
                rows += actual;
            }
        }
        return sum / rows;
    }

    private static double macro(OfLabel score, double[] margins) {
        int labels = margins.length / 3;
        double sum = 0;
        int occurring = 0;
        for (int i = 0; i < labels; i++) {
            double actual = margins[labels + i];
            double predicted = margins[2 * labels + i];
            if (actual > 0 || predicted > 0) {
                sum += orZero(score.value(margins[i], actual, predicted));
                occurring++;
            }
        }
        return sum / occurring;
    }

    private static double micro(OfLabel score, double[] margins) {
        int labels = margins.length / 3;
        return score.value(sum(margins, 0), sum(margins, labels), sum(margins, 2 * labels));
    }

    private static double balancedAccuracy(double[] margins) {
        int labels = margins.length / 3;
        double sum = 0;
        int occurring = 0;
        for (int i = 0; i < labels; i++) {
            if (margins[labels + i] > 0) {
                sum += margins[i] / margins[labels + i];
                occurring++;
            }
        }
        return sum / occurring;
    }

    private static double matthewsCorrelation(double[] margins) {
        int labels = margins.length / 3;
        double rows = sum(margins, labels);
        double chance = 0;
        double ofActual = 0;
        double ofPredicted = 0;
        for (int i = 0; i < labels; i++) {
            double actual = margins[labels + i] / rows;
            double predicted = margins[2 * labels + i] / rows;
            chance += actual * predicted;
            // p(1−p) summed, not 1 − Σp²: exactly 0 when all rows are of one label.
            ofActual += actual * (1 - actual);
            ofPredicted += predicted * (1 - predicted);
        }
        return (sum(margins, 0) / rows - chance) / Math.sqrt(ofActual * ofPredicted);
    }

    private static double kappa(double[] margins) {
        int labels = margins.length / 3;
        double rows = sum(margins, labels);
        double chance = 0;
        double disagreement = 0;
        for (int i = 0; i < labels; i++) {
            double actual = margins[labels + i] / rows;
            double predicted = margins[2 * labels + i] / rows;
            chance += actual * predicted;
            disagreement += actual * (1 - predicted);
        }
        return (sum(margins, 0) / rows - chance) / disagreement;
    }

    private static double[] predictingAlways(int label, double[] margins) {
        int labels = margins.length / 3;
        double[] constant = new double[margins.length];
        System.arraycopy(margins, labels, constant, labels, labels);
        constant[label] = margins[labels + label];
        constant[2 * labels + label] = sum(margins, labels);
        return constant;
    }

    /** Returns the sum over the labels of the margin that begins at a position. */
    private static double sum(double[] margins, int from) {
        double sum = 0;
        for (int i = from; i < from + margins.length / 3; i++) {
            sum += margins[i];
        }
        return sum;
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }
}

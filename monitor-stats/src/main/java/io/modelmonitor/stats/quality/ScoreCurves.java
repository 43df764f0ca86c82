package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Plot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Curves of how well scores rank positive rows above negative ones: the ROC and precision–recall curves with one point for each
 * distinct score, and the areas under them. Ties count half. Immutable; arrays returned are copies.
 *
 * <p>With p and n the positive and negative rows of a score, P and N those of all, T and F those at this score or above:
 *
 * <ul>
 *   <li>area under the ROC curve: Σ n·(T − p/2) / (P·N), the probability that a positive row is ranked above a negative one
 *       (J. A. Hanley and B. J. McNeil, Radiology 143, 1982); undefined if P or N is 0;
 *   <li>average precision: Σ p/P · T/(T+F), the step sum; undefined if P is 0;
 *   <li>area under the precision–recall curve: the same points, from recall 0 and precision 1, joined by straight lines;
 *   <li>Kolmogorov–Smirnov statistic: max(T/P − F/N), at least 0.
 * </ul>
 *
 * <p>If rows of different scores share a cell of the table, they count as ties. {@link #rocAucError()} bounds what that can
 * change.
 */
public final class ScoreCurves {

    private static final int MOST_POINTS_SHOWN = 256;

    private final SortedCounts scores;
    private final double positives;
    private final double negatives;

    ScoreCurves(SortedCounts scores) {
        this.scores = scores;
        this.positives = scores.markedTotal();
        this.negatives = scores.unmarkedTotal();
    }

    /** Returns the number of distinct scores, or of cells if they share cells. */
    public int size() {
        return scores.size();
    }

    /** Returns whether each point stands for one distinct score. */
    public boolean isExact() {
        return scores.isExact();
    }

    /** Returns the scores in descending order; the middle of a cell if several share it. */
    public double[] thresholds() {
        return scores.numbers().clone();
    }

    /** Returns F/N at each threshold, in their order; NaN if N is 0. */
    public double[] falsePositiveRates() {
        return cumulativeShares(scores.unmarked(), negatives);
    }

    /** Returns T/P at each threshold, in their order, which is also the recall; NaN if P is 0. */
    public double[] truePositiveRates() {
        return cumulativeShares(scores.marked(), positives);
    }

    /** Returns T/(T+F) at each threshold, in their order. */
    public double[] precisions() {
        double[] precisions = new double[size()];
        double above = 0;
        double falseAbove = 0;
        for (int i = 0; i < precisions.length; i++) {
            above += scores.marked()[i];
            falseAbove += scores.unmarked()[i];
            precisions[i] = above / (above + falseAbove);
        }
        return precisions;
    }

    /** Returns the area under the ROC curve; NaN without positive or without negative rows. */
    public double rocAuc() {
        double above = 0;
        double pairs = 0;
        for (int i = 0; i < size(); i++) {
            pairs += scores.unmarked()[i] * (above + 0.5 * scores.marked()[i]);
            above += scores.marked()[i];
        }
        return pairs / positives / negatives;
    }

    /** Returns how far {@link #rocAuc()} can be off because rows share cells: Σ p·n / (2·P·N); 0 if it is exact. */
    public double rocAucError() {
        double ties = 0;
        for (int i = 0; i < size() && !isExact(); i++) {
            ties += 0.5 * scores.marked()[i] * scores.unmarked()[i];
        }
        return ties / positives / negatives;
    }

    /**
     * Returns the standard error of {@link #rocAuc()}: that of E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson (Biometrics
     * 44, 1988), but at least what half a row of the smaller class makes, since a few rows that happen to be ranked perfectly
     * prove little.
     */
    double rocAucStandardError() {
        double area = rocAuc();
        double above = 0;
        double below = negatives;
        double ofPositives = 0;
        double ofNegatives = 0;
        for (int i = 0; i < size(); i++) {
            double p = scores.marked()[i];
            double n = scores.unmarked()[i];
            below -= n;
            double outranked = (below + n / 2) / negatives - area;
            double outranking = (above + p / 2) / positives - area;
            ofPositives += p * outranked * outranked;
            ofNegatives += n * outranking * outranking;
            above += p;
        }
        double variance = ofPositives / Math.max(1, positives - 1) / positives
                + ofNegatives / Math.max(1, negatives - 1) / negatives;
        return Math.max(Math.sqrt(variance), 0.5 / (Math.min(positives, negatives) + 1));
    }

    /** Returns the average precision; NaN without positive rows. */
    public double averagePrecision() {
        double above = 0;
        double falseAbove = 0;
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            above += scores.marked()[i];
            falseAbove += scores.unmarked()[i];
            sum += scores.marked()[i] * (above / (above + falseAbove));
        }
        return sum / positives;
    }

    /**
     * Returns the standard error of {@link #averagePrecision()} by the infinitesimal jackknife (L. A. Jaeckel, Bell
     * Laboratories memorandum 72-1215-11, 1972): the root of Σ over rows of the squared derivative by the row's weight.
     */
    double averagePrecisionStandardError() {
        double average = averagePrecision();
        double above = positives;
        double falseAbove = negatives;
        double positiveTail = 0;
        double negativeTail = 0;
        double variance = 0;
        for (int i = size() - 1; i >= 0; i--) {
            double p = scores.marked()[i];
            double n = scores.unmarked()[i];
            double all = above + falseAbove;
            positiveTail += p * falseAbove / all / all;
            negativeTail += p * above / all / all;
            double byPositive = (above / all - average + positiveTail) / positives;
            double byNegative = negativeTail / positives;
            variance += p * byPositive * byPositive + n * byNegative * byNegative;
            above -= p;
            falseAbove -= n;
        }
        return Math.sqrt(variance);
    }

    /** Returns how sure {@link #averagePrecision()} is: by resampling where there are few positive rows. */
    Evidence averagePrecisionEvidence() {
        double error = averagePrecisionStandardError();
        return positives > 0 && positives < FewCounts.FEW
                ? FewPositives.of(scores).evidence(averagePrecision(), error)
                : Uncertainty.of(error);
    }

    /** Returns what says how sure {@link #rocAuc()} and {@link #kolmogorovSmirnov()} are if a label has few rows. */
    @Nullable
    FewRanks fewRanks() {
        double rarer = Math.min(positives, negatives);
        return rarer > 0 && rarer < FewCounts.FEW ? FewRanks.of(scores) : null;
    }

    /** Returns the area under the precision–recall curve, its points joined by lines; NaN without positive rows. */
    public double precisionRecallAuc() {
        double[] recalls = truePositiveRates();
        double[] precisions = precisions();
        double area = 0;
        double recall = 0;
        double precision = 1;
        for (int i = 0; i < recalls.length; i++) {
            area += (recalls[i] - recall) * (precisions[i] + precision) / 2;
            recall = recalls[i];
            precision = precisions[i];
        }
        return recalls.length == 0 ? Double.NaN : area;
    }

    /** Returns the Kolmogorov–Smirnov statistic of the scores; NaN without positive or without negative rows. */
    public double kolmogorovSmirnov() {
        return kolmogorovSmirnov(false);
    }

    /** Returns the standard error of {@link #kolmogorovSmirnov()}: of two independent shares, at the threshold it is found. */
    double kolmogorovSmirnovStandardError() {
        return kolmogorovSmirnov(true);
    }

    private double kolmogorovSmirnov(boolean wantsError) {
        double above = 0;
        double falseAbove = 0;
        double greatest = positives == 0 || negatives == 0 ? Double.NaN : 0;
        double variance = 0;
        for (int i = 0; i < size(); i++) {
            above += scores.marked()[i];
            falseAbove += scores.unmarked()[i];
            double recall = above / positives;
            double alarms = falseAbove / negatives;
            if (recall - alarms > greatest) {
                greatest = recall - alarms;
                variance = recall * (1 - recall) / positives + alarms * (1 - alarms) / negatives;
            }
        }
        return wantsError ? Math.sqrt(variance) : greatest;
    }

    /** Returns the ROC curve to look at, from (0, 0), with at most {@value #MOST_POINTS_SHOWN} of its points. */
    Plot rocCurve() {
        return new Plot.Curve(
                "ROC curve",
                "false positive rate",
                "true positive rate",
                shown(falsePositiveRates(), 0),
                shown(truePositiveRates(), 0));
    }

    /** Returns the precision–recall curve to look at, from (0, 1), with at most {@value #MOST_POINTS_SHOWN} of its points. */
    Plot precisionRecallCurve() {
        return new Plot.Curve(
                "Precision-recall curve", "recall", "precision", shown(truePositiveRates(), 0), shown(precisions(), 1));
    }

    private static List<Double> shown(double[] values, double first) {
        int count = Math.min(values.length, MOST_POINTS_SHOWN - 1);
        Double[] points = new Double[count + 1];
        points[0] = first;
        for (int i = 1; i <= count; i++) {
            points[i] = values[(int) ((long) i * values.length / count) - 1];
        }
        return List.of(points);
    }

    private static double[] cumulativeShares(long[] counts, double total) {
        double[] shares = new double[counts.length];
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i];
            shares[i] = sum / total;
        }
        return shares;
    }
}

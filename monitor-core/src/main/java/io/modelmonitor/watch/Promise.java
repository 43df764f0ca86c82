package io.modelmonitor.watch;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.internal.Arguments;
import java.time.Duration;
import java.util.List;

/**
 * The promise that, if nothing changes beyond its bound, the probability of any alert during a time is at most a number, however often it
 * is looked and however the constraints depend on each other.
 *
 * <p>Each constraint accumulates the Shiryaev-Roberts sum {@code R <- e(R + 1)} of the e-values of its windows and alerts when {@code
 * R >= K T/a}. With T windows in the time and K constraints, {@code R_t + T - t} is a non-negative supermartingale that starts at T, so
 * that by Ville's inequality {@code P(max R >= A) <= T/A} for each (J. Shin, A. Ramdas and A. Rinaldo, "E-detectors", 2024; M.
 * Pollak, "Optimal detection of a change in distribution", Annals of Statistics 13, 1985).
 *
 * <p>There is a sum for each of the alternatives of {@link EValues}, and R is their mean, which is such a supermartingale too: what
 * is not known of the size of the change costs the logarithm of their number once, not in every window.
 *
 * <p>The same is done with the windows merged into hours, quarters of days, days and weeks, in which a change is tested with more rows at
 * once: half of the probability is for windows, and half is shared by the longer spans. By the union bound, the promise is that of all
 * together.
 *
 * <p>A fifth of the probability is spent once on the error of the baseline: a share of it is taken to be at its confidence limit (C. J. Clopper
 * and E. S. Pearson, Biometrika 26, 1934), and a p-value of a test against it to be off by as much.
 *
 * @param probability the probability of any alert, between 0 and 1
 * @param horizon the time
 */
record Promise(double probability, Duration horizon) {

    private static final double SHARE_OF_BASELINE = 0.2;
    private static final double SHARE_OF_WINDOWS = 0.5;
    private static final double MOST_ROWS_OF_BASELINE = 0.5;

    Promise {
        Arguments.check(
                probability > 0 && probability < 1, "probability", probability, "between 0 and 1, such as 0.05");
        Arguments.check(
                horizon.compareTo(Duration.ofHours(1)) >= 0, "horizon", horizon, "at least PT1H, such as PT8760H");
    }

    /**
     * Returns ln(K T/a) of windows, and of the longer spans that they are merged into.
     *
     * @param window the time from a window to the next
     */
    double[] thresholds(int constraints, Duration window) {
        List<Duration> longer = Spans.longerThan(window);
        double[] thresholds = new double[1 + longer.size()];
        double own = longer.isEmpty() ? 1 : SHARE_OF_WINDOWS;
        thresholds[0] = threshold(constraints, window, own);
        for (int i = 0; i < longer.size(); i++) {
            thresholds[i + 1] = threshold(constraints, longer.get(i), (1 - own) / longer.size());
        }
        return thresholds;
    }

    private double threshold(int constraints, Duration length, double share) {
        double windows = Math.max(1, Math.ceil((double) horizon.toSeconds() / Math.max(1, length.toSeconds())));
        return StrictMath.log(Math.max(1, constraints))
                + StrictMath.log(windows)
                - StrictMath.log(probability * (1 - SHARE_OF_BASELINE) * share);
    }

    /**
     * Returns the logarithms of the e-values of an assessment, 0 if it says nothing.
     *
     * @param ratio the rows of the window over those of the baseline
     */
    double[] evidence(Assessment assessment, double ratio, int constraints) {
        Evidence evidence = assessment.metric().evidence();
        Bound bound = assessment.constraint().bound();
        if (!assessment.metric().isDefined()) {
            return EValues.all(assessment.outcome() == Assessment.Outcome.VIOLATED ? Double.POSITIVE_INFINITY : 0);
        }
        if (evidence.isExact()) {
            boolean holds = bound.holds(assessment.metric().value());
            return EValues.all(holds ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        double ofBaseline = probability * SHARE_OF_BASELINE / (2.0 * constraints);
        if (evidence instanceof Evidence.Proportion counts) {
            return EValues.ofCounts(counts, bound);
        }
        if (evidence instanceof Evidence.ComparedProportion counts) {
            return EValues.ofCounts(
                    counts.current(),
                    bound.isEstimate() ? EValues.inside(counts.baseline(), bound, ofBaseline) : bound);
        }
        double p = assessment.pValue();
        if (Double.isNaN(p)) {
            return EValues.all(0);
        }
        double quantile = EValues.quantile(ofBaseline);
        // Only what was tested against the baseline depends on it; other evidence is of the window alone.
        double valid = evidence instanceof Evidence.PValue ? EValues.givenBaseline(p, ratio, quantile) : p;
        return EValues.ofPValue(valid);
    }

    /** Returns why the promise cannot be kept for a window; an empty text if it can. */
    String obstacle(long rows, long baselineRows) {
        if (rows <= MOST_ROWS_OF_BASELINE * baselineRows) {
            return "";
        }
        return "the window has " + rows + " rows and the baseline " + baselineRows
                + ", whose own error then outweighs a change; a promise needs a baseline of at least twice a window's rows";
    }
}

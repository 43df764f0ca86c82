package io.modelmonitor.stats.detection;

import java.util.Locale;

/**
 * The detectors that are known by name. None of them bounds the probability of a false alarm over a year, as a watch with a promise does:
 * on a series of 0 and 1 without a change, 8.76 million long, ADWIN(0.002) alarms up to 10 times, DDM up to 9 times, and
 * Page-Hinkley(0.005, 50) over 20 times.
 */
public final class ChangeDetectors {

    private static final int ADWIN_CLOCK = 32;

    private ChangeDetectors() {}

    /**
     * Returns the Page-Hinkley test for an increase of the mean: {@code s <- max(0, a s + x - m - d)} with the mean m of all values since the
     * last change; a change where {@code s} exceeds a threshold (E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954).
     *
     * @param tolerance d, not negative, such as 0.005
     * @param threshold more than 0, such as 50
     * @param memory a, over 0 and at most 1: the share of the sum that is kept from one value to the next, such as 0.9999
     * @param least the least number of values since the last change, at least 1, such as 30
     */
    public static ChangeDetector pageHinkley(double tolerance, double threshold, double memory, int least) {
        check(tolerance >= 0, "tolerance", tolerance, "at least 0, such as 0.005");
        check(threshold > 0, "threshold", threshold, "more than 0, such as 50");
        check(memory > 0 && memory <= 1, "memory", memory, "over 0 and at most 1, such as 0.9999");
        check(least >= 1, "least", least, "at least 1, such as 30");
        return new CumulativeSum(tolerance, threshold, memory, least);
    }

    /**
     * Returns the cumulative sum for an increase of the mean, {@link #pageHinkley} that forgets nothing.
     *
     * @param tolerance not negative, such as 0.005
     * @param threshold more than 0, such as 50
     * @param least the least number of values since the last change, at least 1, such as 30
     */
    public static ChangeDetector cusum(double tolerance, double threshold, int least) {
        return pageHinkley(tolerance, threshold, 1, least);
    }

    /**
     * Returns DDM for errors: a change where the error rate p plus its standard error exceeds that of the best time since the last change
     * by so many standard errors of then (J. Gama et al., "Learning with drift detection", SBIA 2004).
     *
     * @param deviations more than 0, such as 3
     * @param least the least number of values since the last change, at least 1, such as 30
     */
    public static ChangeDetector ddm(double deviations, int least) {
        check(deviations > 0, "deviations", deviations, "more than 0, such as 3");
        check(least >= 1, "least", least, "at least 1, such as 30");
        return new ErrorRate(deviations, least);
    }

    /**
     * Returns EDDM for errors: a change where the mean distance between errors plus two standard deviations falls under a share of its maximum
     * since the last change (M. Baena-Garcia et al., "Early drift detection method", 2006).
     *
     * @param share between 0 and 1, such as 0.9
     * @param least the number of errors since the last change that must be exceeded, at least 1, such as 30; distances count from as
     *     many values, less one
     */
    public static ChangeDetector eddm(double share, int least) {
        check(share > 0 && share < 1, "share", share, "between 0 and 1, such as 0.9");
        check(least >= 1, "least", least, "at least 1, such as 30");
        return new ErrorDistance(share, least);
    }

    /**
     * Returns ADWIN for a change of the mean: a window that loses its oldest values while the means of some older and newer part of it
     * differ, looked at after every 32 values. The window is kept as buckets of powers of two, so that memory and time grow as the
     * logarithm of its length (A. Bifet and R. Gavalda, "Learning from time-changing data with adaptive windowing", SDM 2007). It does not
     * start anew after a change, but keeps what is left of the window.
     *
     * @param level between 0 and 1, such as 0.002
     */
    public static ChangeDetector adwin(double level) {
        check(level > 0 && level < 1, "level", level, "between 0 and 1, such as 0.002");
        return new AdaptiveWindow(level, ADWIN_CLOCK);
    }

    /**
     * Returns KSWIN for a change of the distribution: the latest values of a window are compared with as many of the older ones, drawn at random
     * without replacement, by the exact two-sample Kolmogorov-Smirnov test. After a change, the window keeps only the latest (C. Raab et
     * al., "Reactive soft prototype computing for concept drift streams", Neurocomputing 416, 2020). The test is made at every value, so
     * that the level bounds no probability over a series.
     *
     * @param level between 0 and 1, such as 0.005
     * @param window the number of values, such as 100; at least twice the latest
     * @param latest the number of latest values, at least 2, such as 30
     * @param seed the seed of the draws
     */
    public static ChangeDetector kswin(double level, int window, int latest, long seed) {
        check(level > 0 && level < 1, "level", level, "between 0 and 1, such as 0.005");
        check(latest >= 2, "latest", latest, "at least 2, such as 30");
        check(window >= 2L * latest, "window", window, "at least " + 2L * latest);
        return new TwoWindows(level, window, latest, seed);
    }

    static double finite(double value) {
        check(Double.isFinite(value), "value", value, "any finite number");
        return value;
    }

    static boolean isError(double value) {
        check(value == 0 || value == 1, "value", value, "0 or 1");
        return value == 1;
    }

    private static void check(boolean isAllowed, String name, double value, String allowed) {
        if (!isAllowed) {
            String shown = value == Math.rint(value) && Math.abs(value) < 1e15
                    ? String.format(Locale.ROOT, "%.0f", value)
                    : Double.toString(value);
            throw new IllegalArgumentException(name + " is " + shown + "; allowed is " + allowed);
        }
    }
}

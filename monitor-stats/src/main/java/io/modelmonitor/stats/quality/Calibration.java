package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Exhibit;
import java.util.ArrayList;
import java.util.List;

/**
 * How probable the positive label was said to be and how often it was, in ten bins of equal width; row i goes to bin
 * min(⌊10·score⌋, 9). The expected calibration error is Σ over bins of rows/all · |mean score − positive share| (M. P. Naeini,
 * G. F. Cooper, M. Hauskrecht, AAAI 2015).
 */
final class Calibration {

    private static final int BINS = 10;

    private final Mean[] differences = new Mean[BINS];
    private final long[] positives = new long[BINS];

    Calibration() {
        for (int i = 0; i < BINS; i++) {
            differences[i] = new Mean();
        }
    }

    /** Takes a score from 0 to 1. */
    void add(double score, boolean positive) {
        int bin = Math.min((int) (BINS * score), BINS - 1);
        differences[bin].add(positive ? score - 1 : score);
        positives[bin] += positive ? 1 : 0;
    }

    void merge(Calibration other) {
        for (int i = 0; i < BINS; i++) {
            differences[i].merge(other.differences[i]);
            positives[i] += other.positives[i];
        }
    }

    /** Returns the expected calibration error; NaN of nothing. */
    double expectedError() {
        double sum = 0;
        long rows = 0;
        for (Mean difference : differences) {
            if (difference.count() > 0) {
                sum += difference.count() * Math.abs(difference.value());
                rows += difference.count();
            }
        }
        return sum / rows;
    }

    /** Returns its standard error, which takes the sign of each bin's difference as known. */
    double standardError() {
        double expected = expectedError();
        double squares = 0;
        long rows = 0;
        for (Mean difference : differences) {
            if (difference.count() > 0) {
                squares += difference.count() * difference.meanSquare();
                rows += difference.count();
            }
        }
        return Math.sqrt(Math.max(0, squares / rows - expected * expected) / (rows - 1));
    }

    /** Returns the positive share by the mean score, a point for each bin with rows. */
    Exhibit curve() {
        List<Double> scores = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            long rows = differences[i].count();
            if (rows > 0) {
                double share = (double) positives[i] / rows;
                scores.add(differences[i].value() + share);
                shares.add(share);
            }
        }
        return new Exhibit.Curve("Calibration", "mean score", "positive share", scores, shares);
    }
}

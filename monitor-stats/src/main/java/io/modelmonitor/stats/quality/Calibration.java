package io.modelmonitor.stats.quality;

import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Plot;
import io.modelmonitor.stats.evidence.ConfidenceLimit;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Predicted probabilities of the positive label against its frequency, in ten bins of equal width; row i goes to bin
 * min(⌊10·score⌋, 9). The expected calibration error is Σ over bins of rows/all · |mean score − positive share| (M. P. Naeini,
 * G. F. Cooper, M. Hauskrecht, AAAI 2015).
 */
final class Calibration {

    private static final int BINS = 10;

    /** Lest a bin without exceptions be taken for one that has none. */
    private static final double HALF_A_ROW = 0.5;

    /** With more rows than this the normal distribution has the same deviation. */
    private static final long MOST_COUNTED = 100_000_000;

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

    void write(DataOutput out) throws IOException {
        for (int i = 0; i < BINS; i++) {
            differences[i].write(out);
            Packed.writeCount(out, positives[i]);
        }
    }

    /** Receives what was written, in an empty state. */
    void read(DataInput in) throws IOException {
        for (int i = 0; i < BINS; i++) {
            differences[i].read(in, "calibration");
            positives[i] = Packed.readCount(in, "calibration");
            long count = differences[i].count();
            Packed.check(
                    count == 0 ? positives[i] == 0 : Math.abs(differences[i].value()) <= 1 && positives[i] <= count,
                    "calibration",
                    positives[i],
                    " positive rows of ",
                    count,
                    ", mean difference ",
                    differences[i].value());
        }
    }

    /** Returns the number of rows; negative if it exceeds a long. */
    long rows() {
        long rows = 0;
        for (Mean difference : differences) {
            rows = rows < 0 ? rows : rows + difference.count();
        }
        return rows;
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

    /**
     * Returns how sure the error is; that chance explains it all of fewer than two rows. A bin's count of positive labels is
     * taken as binomial, with the mean score or with what was seen as its probability, whichever varies more.
     */
    Evidence evidence() {
        Evidence downwards = Uncertainty.of(standardError());
        double chance = 0;
        double variance = 0;
        long rows = 0;
        for (int i = 0; i < BINS; i++) {
            long n = differences[i].count();
            if (n > 0) {
                double seen = (positives[i] + HALF_A_ROW) / (n + 2 * HALF_A_ROW);
                double said = differences[i].value() + (double) positives[i] / n;
                double share = Math.abs(seen - 0.5) < Math.abs(said - 0.5) ? seen : said;
                double deviation = meanAbsoluteDeviation(n, share);
                chance += deviation;
                variance += n * share * (1 - share) - deviation * deviation;
                rows += n;
            }
        }
        return rows < 2
                ? downwards
                : ConfidenceLimit.limits(
                        expectedError(),
                        downwards.standardError(),
                        chance / rows,
                        new CalibrationPValue(chance / rows, variance / rows / rows, downwards));
    }

    /**
     * Returns the mean absolute deviation of a binomial count from its mean, by de Moivre's formula {@code 2 v (1 - q) P(X = v)}
     * with {@code v = ⌊nq⌋ + 1}. Source: Diaconis and Zabell (1991), Closed form summation for classical distributions.
     */
    private static double meanAbsoluteDeviation(long n, double q) {
        if (n > MOST_COUNTED) {
            return Math.sqrt(2 / Math.PI * n * q * (1 - q));
        }
        int v = (int) Math.floor(n * q) + 1;
        return 2 * v * (1 - q) * BinomialDistribution.of((int) n, q).probability(v);
    }

    /** Returns the positive share by the mean score, a point for each bin with rows. */
    Plot curve() {
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
        return new Plot.Curve("Calibration", "mean score", "positive share", scores, shares);
    }
}

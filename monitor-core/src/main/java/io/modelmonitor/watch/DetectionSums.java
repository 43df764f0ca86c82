package io.modelmonitor.watch;

import io.modelmonitor.internal.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Shiryaev-Roberts sums of a constraint over windows of one length, one for each alternative. Not safe for use by several threads. */
final class DetectionSums {

    /** Logarithms are rounded down to so many parts of a nat, which keeps the history small and the promise. */
    private static final double PARTS = 1e4;

    private static final long NONE = Long.MIN_VALUE;

    private double[] sums = EValues.all(Double.NEGATIVE_INFINITY);
    /**
     * The logarithms of the products of e-values since they were last below 1. The beginning of such a product estimates when a change
     * began (E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954).
     */
    private double[] climbs = EValues.all(0);

    /** The beginnings of the first windows of the products, in seconds since 1970. */
    private long[] starts = noStarts();

    private static long[] noStarts() {
        long[] starts = new long[EValues.SIZE];
        Arrays.fill(starts, NONE);
        return starts;
    }

    /** Takes the logarithms of a window's e-values. */
    void add(double[] evidence, Window window) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = roundedDown(evidence[i] + EValues.addition(sums[i], 0));
            climbs[i] = Math.max(0, roundedDown(climbs[i] + evidence[i]));
            if (climbs[i] == 0) {
                starts[i] = NONE;
            } else if (starts[i] == NONE) {
                starts[i] = window.start().getEpochSecond();
            }
        }
    }

    /** Starts anew, as after an alert, or the expected number of false alarms would have no limit. */
    void reset() {
        sums = EValues.all(Double.NEGATIVE_INFINITY);
        climbs = EValues.all(0);
        starts = noStarts();
    }

    /** Returns the logarithm of the mean of the sums. */
    double sum() {
        double total = Double.NEGATIVE_INFINITY;
        for (double sum : sums) {
            total = EValues.addition(total, sum);
        }
        return total - StrictMath.log(sums.length);
    }

    /** Returns when the change with the most evidence began; null if there is no evidence. */
    @Nullable
    Instant since() {
        int greatest = 0;
        for (int i = 1; i < sums.length; i++) {
            greatest = sums[i] > sums[greatest] ? i : greatest;
        }
        return starts[greatest] == NONE ? null : Instant.ofEpochSecond(starts[greatest]);
    }

    private static double roundedDown(double logarithm) {
        return Math.floor(PARTS * logarithm) / PARTS;
    }

    /**
     * Returns what has to be remembered, in few characters, as there is a history of it: the sums in parts of a nat, null without evidence, and
     * then the number of an alternative, its product and the start of that, for each product that is not below 1.
     */
    List<@Nullable Object> tree() {
        List<@Nullable Object> tree = new ArrayList<>();
        for (double sum : sums) {
            tree.add(sum == Double.NEGATIVE_INFINITY ? null : Math.round(PARTS * sum));
        }
        for (int i = 0; i < climbs.length; i++) {
            if (climbs[i] > 0) {
                tree.addAll(List.of((long) i, Math.round(PARTS * climbs[i]), starts[i]));
            }
        }
        return tree;
    }

    static DetectionSums read(@Nullable Object tree) {
        List<@Nullable Object> values = Json.array(tree);
        DetectionSums read = new DetectionSums();
        for (int i = 0; i < EValues.SIZE; i++) {
            read.sums[i] = values.get(i) == null ? Double.NEGATIVE_INFINITY : Json.number(values.get(i)) / PARTS;
        }
        for (int i = EValues.SIZE; i < values.size(); i += 3) {
            int alternative = (int) Json.number(values.get(i));
            read.climbs[alternative] = Json.number(values.get(i + 1)) / PARTS;
            read.starts[alternative] = (long) Json.number(values.get(i + 2));
        }
        return read;
    }
}

package io.modelmonitor.watch;

import io.modelmonitor.internal.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Shiryaev-Roberts sums of a constraint over windows of one length, one for each alternative. Not safe for use by several threads. */
final class Sums {

    /** Logarithms are rounded down to so many parts of a nat, which keeps the history small and the promise. */
    private static final double PARTS = 1e6;

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
        return total - Math.log(sums.length);
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

    List<Object> tree() {
        return List.of(
                Arrays.stream(sums).boxed().toList(),
                Arrays.stream(climbs).boxed().toList(),
                Arrays.stream(starts).boxed().toList());
    }

    static Sums read(@Nullable Object tree) {
        List<@Nullable Object> values = Json.array(tree);
        Sums read = new Sums();
        read.sums = Json.array(values.get(0)).stream().mapToDouble(Json::number).toArray();
        read.climbs =
                Json.array(values.get(1)).stream().mapToDouble(Json::number).toArray();
        read.starts = Json.array(values.get(2)).stream()
                .mapToLong(value -> value instanceof Long whole ? whole : (long) Json.number(value))
                .toArray();
        return read;
    }
}

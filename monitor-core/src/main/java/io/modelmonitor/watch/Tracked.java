package io.modelmonitor.watch;

import io.modelmonitor.internal.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The state of a constraint that is carried from window to window. Not safe for use by several threads. */
final class Tracked {

    private static final int LEAST_QUIET = 3;
    private static final double GROWTH = 2;

    /** Sums are rounded down to so many parts of a nat, which keeps the history small and the promise. */
    private static final double PARTS = 1e6;

    /** The logarithms of the Shiryaev-Roberts sums, one for each alternative. */
    private double[] sums = EValues.all(Double.NEGATIVE_INFINITY);
    /**
     * The logarithms of the products of e-values since they were last below 1. The beginning of such a product estimates when a change
     * began (E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954).
     */
    private double[] climbs = EValues.all(0);

    /** The number of windows in each product. */
    private long[] lengths = new long[EValues.SIZE];
    /** The beginnings of the first windows, in seconds since 1970. */
    private long[] starts = new long[EValues.SIZE];

    private double reached = Double.NEGATIVE_INFINITY;
    /** The beginning of the first of the last windows that were violated, where these are counted. */
    private @Nullable Instant since;

    /** The last windows, the latest in the lowest bit, which is set if it was violated. */
    private long recent;

    private @Nullable Instant alertSince;
    private long took;
    private long quiet;
    private double told;
    private boolean acknowledged;

    /** Takes the logarithms of e-values; returns what is to be told, or null. */
    Alert.@Nullable Kind add(double[] evidence, double needed, double excess, Window window) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = roundedDown(evidence[i] + EValues.addition(sums[i], 0));
            climbs[i] = Math.max(0, roundedDown(climbs[i] + evidence[i]));
            if (climbs[i] == 0) {
                lengths[i] = 0;
            } else if (lengths[i]++ == 0) {
                starts[i] = window.start().getEpochSecond();
            }
        }
        reached = sum();
        if (reached < needed) {
            return alertSince == null ? null : quiet();
        }
        int greatest = greatest();
        Alert.Kind kind =
                violated(excess, lengths[greatest] == 0 ? window.start() : Instant.ofEpochSecond(starts[greatest]));
        if (kind == Alert.Kind.BEGAN) {
            took = lengths[greatest];
        }
        // The sums start anew, or the expected number of false alarms would have no limit.
        sums = EValues.all(Double.NEGATIVE_INFINITY);
        climbs = EValues.all(0);
        lengths = new long[EValues.SIZE];
        return kind;
    }

    private static double roundedDown(double logarithm) {
        return Math.floor(PARTS * logarithm) / PARTS;
    }

    private int greatest() {
        int greatest = 0;
        for (int i = 1; i < sums.length; i++) {
            greatest = sums[i] > sums[greatest] ? i : greatest;
        }
        return greatest;
    }

    /**
     * A change that lasts would gather its evidence again in about the time that it took at first; if it does not in twice the time,
     * it has ended.
     */
    private Alert.@Nullable Kind quiet() {
        quiet++;
        return quiet >= Math.max(LEAST_QUIET, 2 * took) ? Alert.Kind.ENDED : null;
    }

    /** Takes a verdict; returns what is to be told if m violated of the last n windows are a change. */
    Alert.@Nullable Kind count(boolean isViolated, int m, int n, double excess, Window window) {
        recent = (recent << 1 | (isViolated ? 1 : 0)) & (n == Long.SIZE ? -1 : (1L << n) - 1);
        since = recent == 0 ? null : since == null ? window.start() : since;
        if (violatedWindows() < m) {
            return alertSince == null ? null : Alert.Kind.ENDED;
        }
        return isViolated ? violated(excess, since == null ? window.start() : since) : null;
    }

    private Alert.@Nullable Kind violated(double excess, Instant begun) {
        quiet = 0;
        if (alertSince == null) {
            alertSince = begun;
            told = excess;
            acknowledged = false;
            return Alert.Kind.BEGAN;
        }
        if (excess > GROWTH * told) {
            told = excess;
            return acknowledged ? null : Alert.Kind.GREW;
        }
        return null;
    }

    /** Forgets a change that was told to have ended. */
    void end() {
        alertSince = null;
        quiet = 0;
        took = 0;
        told = 0;
        acknowledged = false;
    }

    void acknowledge() {
        acknowledged = alertSince != null;
    }

    /** Returns the logarithm of the mean of the sums. */
    double sum() {
        double total = Double.NEGATIVE_INFINITY;
        for (double sum : sums) {
            total = EValues.addition(total, sum);
        }
        return total - Math.log(sums.length);
    }

    /** Returns what {@link #sum} was after the last window, before an alert let it start anew. */
    double reached() {
        return reached;
    }

    int violatedWindows() {
        return Long.bitCount(recent);
    }

    @Nullable
    Instant since() {
        int greatest = greatest();
        if (alertSince != null) {
            return alertSince;
        }
        return lengths[greatest] > 0 ? Instant.ofEpochSecond(starts[greatest]) : since;
    }

    boolean isInAlert() {
        return alertSince != null;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    List<@Nullable Object> tree() {
        return Arrays.asList(
                Arrays.stream(sums).boxed().toList(),
                Arrays.stream(climbs).boxed().toList(),
                Arrays.stream(lengths).boxed().toList(),
                Arrays.stream(starts).boxed().toList(),
                text(since),
                recent,
                text(alertSince),
                took,
                quiet,
                told,
                acknowledged);
    }

    static Tracked read(@Nullable Object tree) {
        List<@Nullable Object> values = Json.array(tree);
        Tracked tracked = new Tracked();
        tracked.sums =
                Json.array(values.get(0)).stream().mapToDouble(Json::number).toArray();
        tracked.climbs =
                Json.array(values.get(1)).stream().mapToDouble(Json::number).toArray();
        tracked.lengths = longs(values.get(2));
        tracked.starts = longs(values.get(3));
        tracked.since = instant(values.get(4));
        tracked.recent = (Long) Objects.requireNonNull(values.get(5));
        tracked.alertSince = instant(values.get(6));
        tracked.took = (long) Json.number(values.get(7));
        tracked.quiet = (long) Json.number(values.get(8));
        tracked.told = Json.number(values.get(9));
        tracked.acknowledged = Boolean.TRUE.equals(values.get(10));
        return tracked;
    }

    private static long[] longs(@Nullable Object values) {
        return Json.array(values).stream()
                .mapToLong(value -> (long) Json.number(value))
                .toArray();
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable Instant instant(@Nullable Object text) {
        return text == null ? null : Instant.parse(text.toString());
    }
}

package io.modelmonitor.watch;

import io.modelmonitor.internal.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of a constraint that is carried from window to window: its evidence over windows of each length, and the change that was
 * told. Not safe for use by several threads.
 */
final class Tracked {

    private static final int LEAST_QUIET = 3;
    private static final double GROWTH = 2;

    private final List<DetectionSums> sums = new ArrayList<>();
    private double reached = Double.NEGATIVE_INFINITY;

    /** The last windows, the latest in the lowest bit, which is set if it was violated. */
    private long recent;

    /** The beginnings of those of the last windows that were violated, the earliest first. */
    private final Deque<Instant> violatedSince = new ArrayDeque<>();

    private @Nullable Instant alertSince;
    /** The end of the window in which there was last evidence enough; null if none since the last change ended. */
    private @Nullable Instant last;
    /** The seconds that the evidence took to become enough. */
    private long took;

    /** The end of the window in which the last change ended; null if none did. */
    private @Nullable Instant over;

    private double told;
    private boolean acknowledged;
    /** The alert that was told last, and nothing beside it; null if none was. */
    private @Nullable Alert alert;

    /** Creates a state without evidence, of windows of so many lengths. */
    Tracked(int lengths) {
        for (int i = 0; i < lengths; i++) {
            sums.add(new DetectionSums());
        }
    }

    /**
     * Takes evidence of a window.
     *
     * @param length the index of its length
     * @param evidence the logarithms of its e-values
     * @return what is to be told; null if nothing
     */
    Alert.@Nullable Kind add(int length, double[] evidence, double needed, double excess, Window window) {
        if (over != null && window.start().isBefore(over)) {
            return null; // it holds windows of a change that was told, and has ended
        }
        DetectionSums own = sums.get(length);
        own.add(evidence, window);
        reached = own.sum();
        if (reached < needed) {
            return null;
        }
        Instant begun = own.since();
        begun = begun == null ? window.start() : begun;
        own.reset();
        Alert.Kind kind = violated(excess, begun);
        took = kind == Alert.Kind.BEGAN ? window.end().getEpochSecond() - begun.getEpochSecond() : took;
        last = window.end();
        return kind;
    }

    /**
     * Returns whether a change that was told has ended, after all evidence of a window: one that lasts would gather its evidence again in about the
     * time that it took at first; if it does not in twice the time, it has ended.
     */
    boolean isOver(Window window) {
        if (alertSince == null || last == null) {
            return false;
        }
        long quiet = Duration.between(last, window.end()).toSeconds();
        return quiet >= Math.max(LEAST_QUIET * window.length().toSeconds(), 2 * took);
    }

    /** Takes a verdict; returns what is to be told by how many of the last windows were violated. */
    Alert.@Nullable Kind count(boolean isViolated, Counting counting, double excess, Window window) {
        int n = counting.windows();
        recent = (recent << 1 | (isViolated ? 1 : 0)) & (n == Long.SIZE ? -1 : (1L << n) - 1);
        if (isViolated) {
            violatedSince.addLast(window.start());
        }
        while (violatedSince.size() > violatedWindows()) {
            violatedSince.removeFirst();
        }
        if (alertSince != null && violatedWindows() <= counting.calm()) {
            return Alert.Kind.ENDED;
        }
        if (alertSince == null && violatedWindows() < counting.violated()) {
            return null;
        }
        return isViolated ? violated(excess, violatedSince.getFirst()) : null;
    }

    private Alert.@Nullable Kind violated(double excess, Instant begun) {
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
    void end(Window window) {
        over = window.end();
        alertSince = null;
        last = null;
        took = 0;
        acknowledged = false;
    }

    /** Notes what was told. */
    void told(Alert newAlert) {
        alert = newAlert.as(newAlert.kind(), List.of());
    }

    /** Returns the change that was found last; null if none was. */
    @Nullable
    Change change() {
        return alert == null ? null : new Change(alert, told, acknowledged);
    }

    void acknowledge() {
        acknowledged = alertSince != null;
    }

    /** Returns the logarithm of the evidence over windows of a length. */
    double sum(int length) {
        return sums.get(length).sum();
    }

    /** Returns the logarithm of the evidence after the last window, before an alert let it start anew. */
    double reached() {
        return reached;
    }

    int violatedWindows() {
        return Long.bitCount(recent);
    }

    /** Returns when the change began that was told, or else that windows of a length suspect; null if there is none. */
    @Nullable
    Instant since(int length) {
        Instant suspected = sums.get(length).since();
        return alertSince != null ? alertSince : suspected != null ? suspected : violatedSince.peekFirst();
    }

    boolean isInAlert() {
        return alertSince != null;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    List<@Nullable Object> tree() {
        return Arrays.asList(
                sums.stream().map(DetectionSums::tree).toList(),
                violatedSince.stream().map(Instant::toString).toList(),
                recent,
                text(alertSince),
                text(last),
                text(over),
                took,
                told,
                acknowledged,
                alert == null
                        ? null
                        : List.of(
                                alert.window().start().toString(),
                                alert.window().end().toString(),
                                HistoryLine.tree(alert)));
    }

    /** Reads a state; of lengths that it has not seen, it has no evidence. */
    static Tracked read(String watch, @Nullable Object tree, int lengths) {
        List<@Nullable Object> values = Json.array(tree);
        Tracked tracked = new Tracked(lengths);
        List<@Nullable Object> all = Json.array(values.get(0));
        for (int i = 0; i < Math.min(lengths, all.size()); i++) {
            tracked.sums.set(i, DetectionSums.read(all.get(i)));
        }
        Json.array(values.get(1)).forEach(start -> tracked.violatedSince.addLast(Instant.parse(String.valueOf(start))));
        tracked.recent = (Long) Objects.requireNonNull(values.get(2));
        tracked.alertSince = instant(values.get(3));
        tracked.last = instant(values.get(4));
        tracked.over = instant(values.get(5));
        tracked.took = (long) Json.number(values.get(6));
        tracked.told = Json.number(values.get(7));
        tracked.acknowledged = Boolean.TRUE.equals(values.get(8));
        if (values.get(9) != null) {
            List<@Nullable Object> told = Json.array(values.get(9));
            Window window =
                    new Window(Instant.parse(String.valueOf(told.get(0))), Instant.parse(String.valueOf(told.get(1))));
            tracked.alert = HistoryLine.alert(watch, Json.object(told.get(2)), window);
        }
        return tracked;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static @Nullable Instant instant(@Nullable Object text) {
        return text == null ? null : Instant.parse(text.toString());
    }
}

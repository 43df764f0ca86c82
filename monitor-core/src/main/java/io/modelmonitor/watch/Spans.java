package io.modelmonitor.watch;

import io.modelmonitor.Measurement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Windows merged into hours, quarters of days, days and weeks of UTC, each from the length before it, so that a small change is tested with
 * all rows that saw it. Not safe for use by several threads.
 */
final class Spans {

    private static final List<Duration> LENGTHS =
            List.of(Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1), Duration.ofDays(7));
    /** The first Monday after 1970 began. */
    private static final long MONDAY = Duration.ofDays(4).toSeconds();

    private final List<Duration> lengths;
    private Open[] open;

    /** The part of a span that was measured. */
    private record Open(
            long number,
            @Nullable Measurement merged,
            @Nullable Window window) {

        private static final Open NONE = new Open(Long.MIN_VALUE, null, null);
    }

    /**
     * A span that is over.
     *
     * @param length the index of its length, from 1; 0 is that of a window
     * @param window the time from its first window to its last
     */
    record Closed(int length, Window window, Measurement measurement) {}

    /** Creates spans without windows. */
    Spans(Duration window) {
        this.lengths = longerThan(window);
        this.open = new Open[lengths.size()];
        clear();
    }

    /** Returns the lengths that hold at least two windows. */
    static List<Duration> longerThan(Duration window) {
        return LENGTHS.stream()
                .filter(length -> length.compareTo(window.multipliedBy(2)) >= 0)
                .toList();
    }

    void clear() {
        Arrays.fill(open, Open.NONE);
    }

    /** Returns the spans that a window ends, or that ended before it; the shorter first. */
    List<Closed> add(Window window, Measurement measurement) {
        List<Closed> closed = new ArrayList<>();
        add(0, window, measurement, closed);
        return closed;
    }

    private void add(int index, Window window, Measurement measurement, List<Closed> closed) {
        if (index == lengths.size()) {
            return;
        }
        long number = number(index, window.start());
        if (open[index].number() != number) {
            close(index, closed);
        }
        Measurement before = open[index].merged();
        Window first = open[index].window();
        open[index] = new Open(
                number,
                before == null ? measurement : before.merge(measurement),
                first == null ? window : new Window(first.start(), window.end()));
        if (number(index, window.end()) != number) {
            close(index, closed);
        }
    }

    private void close(int index, List<Closed> closed) {
        Open over = open[index];
        open[index] = Open.NONE;
        if (over.merged() != null && over.window() != null) {
            closed.add(new Closed(index + 1, over.window(), over.merged()));
            add(index + 1, over.window(), over.merged(), closed);
        }
    }

    private long number(int index, Instant instant) {
        return Math.floorDiv(
                instant.getEpochSecond() - MONDAY, lengths.get(index).toSeconds());
    }

    /** Returns the first moment of the longest span that holds a moment: the windows since then are all that is remembered. */
    Instant start(Instant moment) {
        int longest = lengths.size() - 1;
        return longest < 0
                ? moment
                : Instant.ofEpochSecond(
                        number(longest, moment) * lengths.get(longest).toSeconds() + MONDAY);
    }

    /** Returns work that takes back what is done after this call. */
    Runnable undo() {
        Open[] copy = open.clone();
        return () -> open = copy;
    }
}

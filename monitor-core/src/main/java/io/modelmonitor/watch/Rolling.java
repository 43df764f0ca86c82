package io.modelmonitor.watch;

import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The measurement of the whole days, in UTC, before the day in which a window begins; of those that have windows in the history. Each day
 * is merged once. Not safe for use by several threads.
 */
final class Rolling implements ReferenceSource {

    private final History history;
    private final String watch;
    private final int days;
    private final TreeMap<Instant, Measurement> merged = new TreeMap<>();
    private @Nullable Instant day;
    private @Nullable Measurement reference;

    Rolling(History history, String watch, int days) {
        this.history = history;
        this.watch = watch;
        this.days = days;
    }

    @Override
    public @Nullable Measurement of(Window window, Monitor monitor) {
        Instant today = window.start().truncatedTo(ChronoUnit.DAYS);
        if (!today.equals(day)) {
            reference = before(today, monitor);
            day = today;
        }
        return reference;
    }

    private @Nullable Measurement before(Instant today, Monitor monitor) {
        Instant first = today.minus(Duration.ofDays(days));
        merged.headMap(first).clear();
        merged.tailMap(today).clear();
        Measurement all = null;
        for (Instant from = first; from.isBefore(today); from = from.plus(Duration.ofDays(1))) {
            Measurement one = merged.get(from);
            if (one == null) {
                one = history.measurement(watch, monitor, from, from.plus(Duration.ofDays(1)));
                if (one != null) {
                    merged.put(from, one);
                }
            }
            all = all == null ? one : one == null ? all : all.merge(one);
        }
        return all;
    }
}

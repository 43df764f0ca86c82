package io.modelmonitor.watch;

import io.modelmonitor.Monitor;
import io.modelmonitor.api.Report;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of a watch.
 *
 * @param from the offset of a window's start from when it is due; null for the time before
 * @param to the offset of a window's end from when it is due; null for none
 * @param detecting the detectors of series of metrics
 * @param reference what windows are compared with; null for the monitor's baseline
 * @param mostMissed how many missed windows are caught up, the latest of them
 * @param longest the longest time that reading a window may take; null for any
 * @param since windows that were due before are never run by themselves; null for the start
 * @param replicas the replicas that measure parts of each window; null if this process sees all of it
 */
record WatchSettings(
        Monitor monitor,
        WindowSource source,
        String name,
        Schedule schedule,
        @Nullable Duration from,
        @Nullable Duration to,
        @Nullable History history,
        @Nullable Path out,
        List<AlertTarget> targets,
        List<Deliveries.Targets> underPolicies,
        @Nullable Promise promise,
        Counting counting,
        List<Detections.Setting> detecting,
        @Nullable ReferenceSource reference,
        int mostMissed,
        @Nullable Duration longest,
        @Nullable Instant since,
        @Nullable Replicas replicas,
        List<BiConsumer<Execution, Report>> hooks,
        Clock clock) {

    private static final Logger LOGGER = LoggerFactory.getLogger(Watch.class);
    private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
    private static final Duration MOST_WAIT = Duration.ofMinutes(1);

    String watch() {
        return monitor.name() + "/" + name;
    }

    /** Returns the window of a time at which one is due. */
    Window window(Instant due) {
        Window tile = schedule.window(due);
        return from == null || to == null ? tile : new Window(due.plus(from), due.plus(to));
    }

    /** Returns the end of the last window that was due by a time; the time itself if none was. */
    Instant end(Instant time) {
        Instant due = schedule.previous(time.plusNanos(1));
        return due == null || schedule.previous(due) == null
                ? time
                : window(due).end();
    }

    /**
     * Returns when windows are due that have not run, earliest first; of those that were missed, as many as are caught up.
     *
     * @param counted when the last window was due that has run; null if none has
     */
    List<Instant> due(@Nullable Instant counted, Instant now) {
        Instant before = counted != null ? counted : since;
        if (before == null) {
            Instant latest = schedule.previous(now.plusNanos(1));
            before = latest == null ? now : schedule.previous(latest);
            before = before == null ? latest : before;
        }
        Deque<Instant> due = new ArrayDeque<>();
        Instant next = before == null ? null : schedule.next(before);
        for (; next != null && !next.isAfter(now); next = schedule.next(next)) {
            due.addLast(next);
            if (due.size() > mostMissed) {
                LOGGER.info("Watch {}: skips the window that was due at {}", watch(), due.removeFirst());
            }
        }
        return new ArrayList<>(due);
    }

    /** Returns the time from a window to the next. */
    Duration length() {
        Instant now = clock.instant();
        Instant due = schedule.next(now);
        due = due == null ? schedule.previous(now) : due;
        return due == null ? Duration.ofHours(1) : schedule.length(due);
    }

    /**
     * Returns how long to wait before looking for what is due, from a second to a minute, as clocks are set.
     *
     * @param counted when the last window was due that has run; null if none has
     */
    Duration untilNext(@Nullable Instant counted) {
        Instant now = clock.instant();
        Instant next = schedule.next(counted == null ? now : counted);
        Duration left = next == null ? MOST_WAIT : Duration.between(now, next);
        return left.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : left.compareTo(MOST_WAIT) > 0 ? MOST_WAIT : left;
    }
}

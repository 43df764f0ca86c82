package io.modelmonitor.watch;

import io.modelmonitor.Monitor;
import io.modelmonitor.api.Report;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a watch.
 *
 * @param from the offset of a window's start from when it is due; null for the time before
 * @param to the offset of a window's end from when it is due; null for none
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
        @Nullable Promise promise,
        int m,
        int n,
        int mostMissed,
        @Nullable Duration longest,
        @Nullable Instant since,
        @Nullable Replicas replicas,
        List<BiConsumer<Execution, Report>> hooks,
        Clock clock) {

    String watch() {
        return monitor.name() + "/" + name;
    }

    /** Returns the window of a time at which one is due. */
    Window window(Instant due) {
        Window tile = schedule.window(due);
        return from == null || to == null ? tile : new Window(due.plus(from), due.plus(to));
    }
}

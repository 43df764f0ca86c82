package io.modelmonitor.watch;

import io.modelmonitor.Measurement;
import io.modelmonitor.Monitor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicas that each measure a part of every window.
 *
 * @param own the name of this one
 * @param all the names of all
 * @param grace how long after a window is due one waits for those that have not reported
 */
record Replicas(String own, List<String> all, Duration grace) {

    private static final Logger LOGGER = LoggerFactory.getLogger(Replicas.class);

    /** Returns the replicas whose part of a window is not there, in the order of all. */
    List<String> missing(Journal journal, Instant due) {
        return all.stream().filter(name -> !journal.hasPart(due, name)).toList();
    }

    /** Returns whether a window can be judged: all have reported, or have had the time to. */
    boolean isReady(Journal journal, Instant due, Instant now) {
        return !now.isBefore(due.plus(grace)) || missing(journal, due).isEmpty();
    }

    /**
     * Saves this replica's part of windows that are due. One that cannot be measured is logged, and tried again until the window is judged
     * without it.
     */
    void report(WatchSettings settings, Journal journal, List<Instant> dues, BooleanSupplier isStopped) {
        for (Instant due : dues) {
            try {
                if (!journal.hasPart(due, own)) {
                    Instant started = settings.clock().instant();
                    journal.savePart(due, own, WindowRun.measure(settings, settings.window(due), started, isStopped));
                }
            } catch (Exception | StackOverflowError | AssertionError | LinkageError e) {
                LOGGER.warn("Watch {}: cannot report the window due at {}", settings.watch(), due, e);
            }
        }
    }

    /** Returns the parts of a window that are there, merged in the order of all; null if none is. */
    @Nullable
    Measurement merged(Journal journal, Monitor monitor, Instant due) {
        Measurement merged = null;
        for (String name : all) {
            Measurement part = journal.part(monitor, due, name);
            merged = merged == null ? part : part == null ? merged : merged.merge(part);
        }
        return merged;
    }
}

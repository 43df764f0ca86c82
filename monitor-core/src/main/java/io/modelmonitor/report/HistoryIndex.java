package io.modelmonitor.report;

import io.modelmonitor.report.ExecutionFile.Execution;
import io.modelmonitor.report.ExecutionFile.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the index of executions shows, by monitor. Takes some 200 bytes for each execution and 9 for each constraint of
 * it.
 */
final class HistoryIndex {

    private static final int MOST_SERIES = 1_000;

    private final Map<String, Monitored> monitors = new LinkedHashMap<>();
    private final Map<String, Execution> executions = new LinkedHashMap<>();
    private int added;

    /** The executions of one monitor. */
    static final class Monitored {

        private final Map<String, Integer> places = new LinkedHashMap<>();
        private final List<Execution> executions = new ArrayList<>();
        private final Map<String, Series> series = new LinkedHashMap<>();

        private void add(Execution execution) {
            Integer known = places.putIfAbsent(execution.id(), executions.size());
            int place = known == null ? executions.size() : known;
            // The points are kept in series.
            Execution verdict = execution.withoutPoints();
            if (known == null) {
                executions.add(verdict);
            } else {
                executions.set(place, verdict);
                series.values().forEach(line -> line.forget(place));
            }
            for (Point point : execution.points()) {
                Series line = series.get(point.series());
                if (line == null && series.size() < MOST_SERIES) {
                    line = new Series();
                    series.put(point.series(), line);
                }
                if (line != null) {
                    line.put(place, point);
                }
            }
        }

        /** Returns the executions' places from the oldest to the newest: by time where all have one, else as they came. */
        List<Integer> oldestFirst() {
            List<Integer> order = new ArrayList<>(places.values());
            if (executions.stream().allMatch(execution -> execution.at() != null)) {
                order.sort(Comparator.comparing(
                        place -> executions.get(place).at(),
                        Comparator.nullsFirst(Comparator.<Instant>naturalOrder())));
            }
            return order;
        }

        Execution execution(int place) {
            return executions.get(place);
        }

        Collection<Series> series() {
            return series.values();
        }

        /** Returns the first of the newest executions that all have one status. */
        Execution since(List<Integer> oldestFirst) {
            return executions.get(oldestFirst.get(oldestFirst.size() - alike(oldestFirst)));
        }

        /** Returns how many of the newest executions have one status. */
        int alike(List<Integer> oldestFirst) {
            int last = oldestFirst.size() - 1;
            int from = last;
            while (from > 0
                    && executions.get(oldestFirst.get(from - 1)).status()
                            == executions.get(oldestFirst.get(last)).status()) {
                from--;
            }
            return last - from + 1;
        }
    }

    /** Adds an execution, in place of an earlier one of the same id. */
    void add(Execution execution) {
        monitors.computeIfAbsent(execution.monitor(), name -> new Monitored()).add(execution);
        executions.remove(execution.id());
        executions.put(execution.id(), execution.withoutPoints());
        added++;
    }

    /** Returns the verdicts of all executions, in the order in which they were reported last. */
    Collection<Execution> executions() {
        return executions.values();
    }

    /** Returns how many executions were added, those that were replaced included. */
    int added() {
        return added;
    }

    /** Returns the executions of a monitor; null if there is none of the name. */
    @Nullable
    Monitored monitor(String name) {
        return monitors.get(name);
    }
}

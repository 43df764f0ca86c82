package io.modelmonitor;

import io.modelmonitor.Measurement.Entry;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.internal.Arguments;
import io.modelmonitor.spi.MetricCalculator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Measurements that are merged one after the other into states of its own, so that each costs its own size only. */
final class MeasurementMerger {

    private final Map<String, Part<?>> parts = new LinkedHashMap<>();
    private final Set<String> columns = new LinkedHashSet<>();
    private final Map<String, DataProblem> problems = new LinkedHashMap<>();
    private final List<Measurement> windows = new ArrayList<>();
    private boolean isEmpty = true;
    private String group = "";
    private long rows;
    private @Nullable Instant start;
    private @Nullable Instant end;

    /**
     * Adds the measurement of the rows that come next; it is not changed.
     *
     * @throws IllegalArgumentException if it is of other calculators than those before; the message names one
     */
    MeasurementMerger add(Measurement next) {
        Map<String, Entry<?>> entries = next.entries();
        if (isEmpty) {
            entries.forEach((name, entry) -> parts.put(name, new Part<>(entry.calculator())));
            isEmpty = false;
            group = next.group();
        } else {
            checkSame(entries.keySet());
            Arguments.check(
                    group.equals(next.group()) || rows == 0 || next.rows() == 0,
                    "group",
                    "'" + next.group() + "'",
                    "'" + group + "', of which the others have one row of each value");
            group = rows == 0 ? next.group() : group;
        }
        parts.forEach((name, part) -> part.add(entries.get(name)));
        columns.addAll(next.columns());
        next.problems().forEach(this::add);
        windows.addAll(next.windows());
        rows += next.rows();
        start = earlier(start, next.start());
        end = later(end, next.end());
        return this;
    }

    private void checkSame(Set<String> names) {
        Set<String> all = new LinkedHashSet<>(parts.keySet());
        all.addAll(names);
        for (String name : all) {
            if (!parts.containsKey(name) || !names.contains(name)) {
                throw new IllegalArgumentException("calculator '" + name + "' measured one side only; there are "
                        + parts.keySet() + " and " + names);
            }
        }
    }

    /** Equal problems are counted together; places are those of the first measurement that has them. */
    private void add(DataProblem problem) {
        problems.merge(
                problem.description(),
                problem,
                (before, now) -> new DataProblem(
                        before.description(),
                        before.count() + now.count(),
                        before.lines().isEmpty() ? now.lines() : before.lines()));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }

    /** Returns the measurement of all rows added; nothing may be added afterwards. */
    Measurement measurement() {
        Map<String, Entry<?>> entries = new LinkedHashMap<>();
        parts.forEach((name, part) -> entries.put(name, part.entry()));
        return new Measurement(
                entries, List.copyOf(columns), rows, start, end, List.copyOf(problems.values()), windows, group);
    }

    /** A calculator's state, as far as it is merged. */
    private static final class Part<S> {

        private final MetricCalculator<S> calculator;
        private @Nullable S state;
        private @Nullable String failure;

        private Part(MetricCalculator<S> calculator) {
            this.calculator = calculator;
        }

        private void add(@Nullable Entry<?> entry) {
            if (failure != null || entry == null) {
                return;
            }
            failure = entry.failure();
            if (failure != null) {
                return;
            }
            try {
                S merged = state == null ? calculator.start() : state;
                state = calculator.merge(merged, Entry.stateOf(calculator, entry));
            } catch (Throwable e) { // code of the user may throw anything
                failure = "cannot be merged: " + Failures.describe(e);
            }
        }

        private Entry<S> entry() {
            return new Entry<>(calculator, failure == null ? state : null, failure);
        }
    }
}

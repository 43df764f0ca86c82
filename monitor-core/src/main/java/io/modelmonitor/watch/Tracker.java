package io.modelmonitor.watch;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report;
import io.modelmonitor.internal.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Follows constraints from report to report, and finds what is to be told. Not safe for use by several threads. */
final class Tracker {

    private final String watch;
    private final @Nullable Promise promise;
    private final int m;
    private final int n;
    private final List<Constraint> constraints;
    private final long baselineRows;
    private final double needed;
    private Map<String, Tracked> tracked = new LinkedHashMap<>();
    private String obstacle = "";

    /**
     * Creates a tracker that has seen nothing.
     *
     * @param promise what is promised; null to count m violated of n windows in its place
     * @param length the time from a window to the next
     */
    Tracker(
            String watch,
            @Nullable Promise promise,
            int m,
            int n,
            List<Constraint> constraints,
            long baselineRows,
            Duration length) {
        this.watch = watch;
        this.promise = promise;
        this.m = m;
        this.n = n;
        this.constraints = constraints;
        this.baselineRows = baselineRows;
        this.needed = promise == null ? m : promise.threshold(constraints.size(), length);
    }

    /** Takes the report of a window, which is later than all before. */
    List<Alert> add(Report report, Window window) {
        obstacle = promise == null ? "" : promise.obstacle(report.rows(), baselineRows);
        if (!obstacle.isEmpty()) {
            return List.of();
        }
        List<Alert> alerts = new ArrayList<>();
        for (Assessment assessment : report.assessments()) {
            Tracked state = tracked.computeIfAbsent(assessment.constraint().toString(), ignored -> new Tracked());
            double excess = excess(assessment);
            Alert.Kind kind = promise == null
                    ? state.count(assessment.outcome() == Assessment.Outcome.VIOLATED, m, n, excess, window)
                    : state.add(
                            promise.evidence(assessment, (double) report.rows() / baselineRows, constraints.size()),
                            needed,
                            excess,
                            window);
            if (kind != null) {
                alerts.add(new Alert(
                        watch,
                        kind,
                        assessment.constraint(),
                        assessment.metric().value(),
                        window,
                        Objects.requireNonNullElse(state.since(), window.start()),
                        promise == null ? Double.NaN : state.reached(),
                        promise == null ? Double.NaN : needed,
                        List.of()));
                if (kind == Alert.Kind.ENDED) {
                    state.end();
                }
            }
        }
        return beside(alerts);
    }

    private static List<Alert> beside(List<Alert> alerts) {
        List<Alert> all = new ArrayList<>();
        for (Alert alert : alerts) {
            List<Constraint> others = alerts.stream()
                    .filter(other ->
                            other.kind() == alert.kind() && !other.constraint().equals(alert.constraint()))
                    .map(Alert::constraint)
                    .toList();
            all.add(new Alert(
                    alert.watch(),
                    alert.kind(),
                    alert.constraint(),
                    alert.value(),
                    alert.window(),
                    alert.since(),
                    alert.evidence(),
                    alert.needed(),
                    others));
        }
        return all;
    }

    private static double excess(Assessment assessment) {
        double value = assessment.metric().value();
        return Double.isNaN(value)
                ? 0
                : Math.abs(value - assessment.constraint().bound().nearest(value));
    }

    /** Returns how far each constraint is, in their order. */
    List<Standing> standings() {
        List<Standing> standings = new ArrayList<>();
        for (Constraint constraint : constraints) {
            Tracked state = tracked.getOrDefault(constraint.toString(), new Tracked());
            standings.add(new Standing(
                    constraint,
                    promise == null ? state.violatedWindows() : Math.max(0, state.sum()),
                    needed,
                    state.since(),
                    state.isInAlert(),
                    state.isAcknowledged()));
        }
        return standings;
    }

    /** Returns why the last window could not be taken; an empty text if it was. */
    String obstacle() {
        return obstacle;
    }

    boolean acknowledge(MetricId id) {
        boolean found = false;
        for (Constraint constraint : constraints) {
            Tracked state = tracked.get(constraint.toString());
            if (constraint.id().equals(id) && state != null && state.isInAlert()) {
                state.acknowledge();
                found = true;
            }
        }
        return found;
    }

    /** Returns what has to be remembered. */
    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tracked.forEach((key, state) -> tree.put(key, state.tree()));
        return tree;
    }

    /** Continues from what was remembered. */
    void restore(Map<String, @Nullable Object> tree) {
        Map<String, Tracked> restored = new LinkedHashMap<>();
        tree.forEach((key, state) -> restored.put(key, Tracked.read(state)));
        tracked = restored;
    }

    static Map<String, @Nullable Object> treeOf(@Nullable Object value) {
        return value == null ? Map.of() : Json.object(value);
    }
}

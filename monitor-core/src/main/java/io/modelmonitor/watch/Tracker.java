package io.modelmonitor.watch;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report;
import io.modelmonitor.internal.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Follows constraints from report to report, and finds what is to be told. Not safe for use by several threads. */
final class Tracker {

    private final String watch;
    private final @Nullable Promise promise;
    private final Counting counting;
    private final Detections detections;
    private final List<Constraint> detected;
    private final List<Constraint> constraints;
    private final long baselineRows;
    /** The sums that an alert needs: of windows, and of the longer spans that they are merged into. */
    private final double[] needed;

    private Map<String, Tracked> tracked = new LinkedHashMap<>();
    private String obstacle = "";

    /**
     * Creates a tracker that has seen nothing.
     *
     * @param promise what is promised; null to count violated windows in its place
     * @param length the time from a window to the next
     */
    Tracker(
            String watch,
            @Nullable Promise promise,
            Counting counting,
            List<Detections.Setting> detecting,
            List<Constraint> constraints,
            long baselineRows,
            Duration length) {
        this.watch = watch;
        this.promise = promise;
        this.counting = counting;
        this.detections = new Detections(detecting);
        this.detected = detecting.stream().map(Detections.Setting::constraint).toList();
        this.constraints = constraints;
        this.baselineRows = baselineRows;
        this.needed =
                promise == null ? new double[] {counting.violated()} : promise.thresholds(constraints.size(), length);
    }

    /** A merged span that is over, judged. */
    record Judged(int length, Window window, Report report) {}

    /** Takes the report of a window, which is later than all before, and those of the longer spans that ended with it. */
    List<Alert> add(Report report, Window window, List<Judged> longer) {
        obstacle = promise == null ? "" : promise.obstacle(report.rows(), baselineRows);
        Map<Constraint, Alert> alerts = new LinkedHashMap<>();
        if (promise == null) {
            for (Assessment assessment : report.assessments()) {
                boolean isViolated = assessment.outcome() == Assessment.Outcome.VIOLATED;
                Tracked state = state(assessment.constraint());
                tell(alerts, state.count(isViolated, counting, excess(assessment), window), assessment, window, 0);
            }
            detect(alerts, report, window);
            return beside(alerts.values());
        }
        add(alerts, promise, new Judged(0, window, report));
        longer.forEach(judged -> add(alerts, promise, judged));
        for (Assessment assessment : report.assessments()) {
            if (state(assessment.constraint()).isOver(window)) {
                tell(alerts, Alert.Kind.ENDED, assessment, window, 0);
            }
        }
        detect(alerts, report, window);
        return beside(alerts.values());
    }

    private void add(Map<Constraint, Alert> alerts, Promise promised, Judged judged) {
        Report report = judged.report();
        if (!promised.obstacle(report.rows(), baselineRows).isEmpty()) {
            return;
        }
        double ratio = (double) report.rows() / baselineRows;
        for (Assessment assessment : report.assessments()) {
            double[] evidence = promised.evidence(assessment, ratio, constraints.size());
            Alert.Kind kind = state(assessment.constraint())
                    .add(judged.length(), evidence, needed[judged.length()], excess(assessment), judged.window());
            tell(alerts, kind, assessment, judged.window(), judged.length());
        }
    }

    /** Tells what detectors find, which no promise is about: in a window in which one does, its constraint is violated. */
    private void detect(Map<Constraint, Alert> alerts, Report report, Window window) {
        for (Detections.Verdict verdict : detections.add(report, window)) {
            Constraint constraint = verdict.constraint();
            Tracked state = state(constraint);
            Alert.Kind kind = state.count(verdict.isChange(), Counting.EACH, 0, window);
            if (kind != null) {
                Instant since = Objects.requireNonNullElse(state.since(0), window.start());
                Alert alert = new Alert(
                        watch, kind, constraint, verdict.value(), window, since, Double.NaN, Double.NaN, List.of());
                alerts.put(constraint, alert);
                state.told(alert);
                if (kind == Alert.Kind.ENDED) {
                    state.end(window);
                }
            }
        }
    }

    /** Lets detectors continue from the history. */
    void catchUp(Function<MetricId, List<History.Point>> series, Instant until) {
        detections.catchUp(series, until);
    }

    private Tracked state(Constraint constraint) {
        return tracked.computeIfAbsent(constraint.toString(), ignored -> new Tracked(needed.length));
    }

    /** Adds an alert; of several in one run about a constraint, the first is told, and a change that would end with it ends in the next run. */
    private void tell(
            Map<Constraint, Alert> alerts,
            Alert.@Nullable Kind kind,
            Assessment assessment,
            Window window,
            int length) {
        if (kind == null) {
            return;
        }
        Tracked state = state(assessment.constraint());
        Alert alert = new Alert(
                watch,
                kind,
                assessment.constraint(),
                assessment.metric().value(),
                window,
                Objects.requireNonNullElse(state.since(length), window.start()),
                promise == null ? Double.NaN : state.reached(),
                promise == null ? Double.NaN : needed[length],
                List.of());
        if (alerts.putIfAbsent(assessment.constraint(), alert) == null) {
            state.told(alert);
            if (kind == Alert.Kind.ENDED) {
                state.end(window);
            }
        }
    }

    private static List<Alert> beside(Collection<Alert> alerts) {
        List<Alert> all = new ArrayList<>();
        for (Alert alert : alerts) {
            List<Constraint> others = alerts.stream()
                    .filter(other ->
                            other.kind() == alert.kind() && !other.constraint().equals(alert.constraint()))
                    .map(Alert::constraint)
                    .toList();
            all.add(alert.as(alert.kind(), others));
        }
        return all;
    }

    private static double excess(Assessment assessment) {
        double value = assessment.metric().value();
        return Double.isNaN(value)
                ? 0
                : Math.abs(value - assessment.constraint().bound().nearest(value));
    }

    /** Returns how far each constraint is, in their order, over the windows or spans in which it is closest. */
    List<Standing> standings() {
        List<Standing> standings = new ArrayList<>();
        for (Constraint constraint : constraints) {
            Tracked state = tracked.getOrDefault(constraint.toString(), new Tracked(needed.length));
            int closest = 0;
            for (int i = 1; i < needed.length; i++) {
                closest = state.sum(i) - needed[i] > state.sum(closest) - needed[closest] ? i : closest;
            }
            standings.add(new Standing(
                    constraint,
                    promise == null ? state.violatedWindows() : Math.max(0, state.sum(closest)),
                    needed[closest],
                    state.since(closest),
                    state.isInAlert(),
                    state.isAcknowledged()));
        }
        for (Constraint constraint : detected) {
            Tracked state = tracked.getOrDefault(constraint.toString(), new Tracked(needed.length));
            standings.add(new Standing(
                    constraint, state.violatedWindows(), 1, state.since(0), state.isInAlert(), state.isAcknowledged()));
        }
        return standings;
    }

    /** Returns the last change of each constraint that has changed, be it over or not. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (Tracked state : tracked.values()) {
            Change change = state.change();
            if (change != null) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** Returns why the last window could not be taken; an empty text if it was. */
    String obstacle() {
        return obstacle;
    }

    boolean acknowledge(MetricId id) {
        boolean found = false;
        List<Constraint> all = new ArrayList<>(constraints);
        all.addAll(detected);
        for (Constraint constraint : all) {
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
    void restore(@Nullable Object tree) {
        detections.forget();
        Map<String, Tracked> restored = new LinkedHashMap<>();
        (tree == null ? Map.<String, @Nullable Object>of() : Json.object(tree))
                .forEach((key, state) -> restored.put(key, Tracked.read(watch, state, needed.length)));
        tracked = restored;
    }
}

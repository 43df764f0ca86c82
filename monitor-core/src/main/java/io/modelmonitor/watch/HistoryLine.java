package io.modelmonitor.watch;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** A line of the history: a run of a window with its alerts, and the checksum of what its watch remembers after it. A tree of JSON. */
record HistoryLine(Map<String, @Nullable Object> tree) {

    private static final String NOTE = "note";
    private static final String UNTOLD = "untold";
    private static final String STATE = "state";

    /**
     * Returns the line of a run.
     *
     * @param counted the latest time whose window counts as evidence
     */
    static HistoryLine of(Execution execution, List<Alert> alerts, Instant counted) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("scheduled", execution.scheduled().toString());
        tree.put("start", execution.window().start().toString());
        tree.put("end", execution.window().end().toString());
        tree.put("status", execution.status().word());
        tree.put("started", execution.started().toString());
        tree.put("finished", execution.finished().toString());
        tree.put("rows", execution.rows());
        tree.put("message", execution.message());
        tree.put("failure", execution.failure());
        Path folder = execution.folder();
        tree.put("folder", folder == null ? null : folder.toString());
        tree.put("alerts", alerts.stream().map(HistoryLine::tree).toList());
        tree.put("counted", counted.toString());
        return new HistoryLine(tree);
    }

    /** Returns the line of something that happened between runs, after a line. */
    HistoryLine note(String what) {
        Map<String, @Nullable Object> noted = new LinkedHashMap<>();
        for (String key : List.of("scheduled", "start", "end", "counted")) {
            noted.put(key, tree.get(key));
        }
        noted.put(NOTE, what);
        return new HistoryLine(noted);
    }

    /**
     * Reads a line, without numbers that the storage may have put into it.
     *
     * @throws IllegalArgumentException if it is none
     */
    static HistoryLine parse(String text) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>(Json.object(Json.parse(text)));
        tree.remove("metrics");
        return new HistoryLine(tree);
    }

    String text() {
        return Json.write(tree);
    }

    /** Returns this line as one whose alerts still have to be told. */
    HistoryLine untold() {
        Map<String, @Nullable Object> untold = new LinkedHashMap<>(tree);
        untold.put(UNTOLD, true);
        return new HistoryLine(untold);
    }

    /** Returns this line with the checksum of what is remembered after it, which tells whether both belong together. */
    HistoryLine with(String state) {
        Map<String, @Nullable Object> checked = new LinkedHashMap<>(tree);
        checked.put(STATE, checksum(state));
        return new HistoryLine(checked);
    }

    /** Returns whether this is what is remembered after this line. */
    boolean isOf(String state) {
        return checksum(state).equals(tree.get(STATE));
    }

    private static String checksum(String state) {
        CRC32C sum = new CRC32C();
        sum.update(state.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }

    boolean isUntold() {
        return tree.containsKey(UNTOLD);
    }

    boolean isNote() {
        return tree.containsKey(NOTE);
    }

    Instant scheduled() {
        return time("scheduled");
    }

    Window window() {
        return new Window(time("start"), time("end"));
    }

    Instant counted() {
        return time("counted");
    }

    long rows() {
        return isNote() ? 0 : (long) Json.number(tree.get("rows"));
    }

    Execution execution(String watch) {
        Object folder = tree.get("folder");
        return new Execution(
                watch,
                scheduled(),
                window(),
                Execution.Status.of(text("status")),
                time("started"),
                time("finished"),
                rows(),
                text("message"),
                text("failure"),
                folder == null ? null : Path.of(folder.toString()));
    }

    List<Alert> alerts(String watch) {
        List<Alert> alerts = new ArrayList<>();
        for (Object alert : Json.array(tree.get("alerts"))) {
            alerts.add(alert(watch, Json.object(alert), window()));
        }
        return alerts;
    }

    private Instant time(String key) {
        return Instant.parse(text(key));
    }

    private String text(String key) {
        Object value = tree.get(key);
        if (value == null) {
            throw new IllegalArgumentException("a line of the history has no '" + key + "'");
        }
        return value.toString();
    }

    /** Returns an alert without its watch and window. */
    static Map<String, @Nullable Object> tree(Alert alert) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("kind", alert.kind().name());
        tree.put("constraint", tree(alert.constraint()));
        tree.put("value", alert.value());
        tree.put("since", alert.since().toString());
        tree.put("evidence", alert.evidence());
        tree.put("needed", alert.needed());
        tree.put("alongside", alert.alongside().stream().map(HistoryLine::tree).toList());
        return tree;
    }

    private static List<Object> tree(Constraint constraint) {
        return List.of(
                constraint.subject(),
                constraint.metric(),
                constraint.bound().lower(),
                constraint.bound().upper(),
                constraint.bound().isEstimate());
    }

    static Alert alert(String watch, Map<String, @Nullable Object> alert, Window window) {
        return new Alert(
                watch,
                Alert.Kind.valueOf(String.valueOf(alert.get("kind"))),
                constraint(alert.get("constraint")),
                Json.number(alert.get("value")),
                window,
                Instant.parse(String.valueOf(alert.get("since"))),
                Json.number(alert.get("evidence")),
                Json.number(alert.get("needed")),
                Json.array(alert.get("alongside")).stream()
                        .map(HistoryLine::constraint)
                        .toList());
    }

    private static Constraint constraint(@Nullable Object tree) {
        List<@Nullable Object> values = Json.array(tree);
        return new Constraint(
                String.valueOf(values.get(0)),
                String.valueOf(values.get(1)),
                new Bound(Json.number(values.get(2)), Json.number(values.get(3)), Boolean.TRUE.equals(values.get(4))));
    }
}

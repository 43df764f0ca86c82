package io.modelmonitor.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One measured number: of what, which, the value, how sure it is, on which scale, and what helps a reader. A value: equal to
 * another that says the same, and free of anything that could run later.
 *
 * @param id the subject and the name
 * @param value the value on its scale; NaN when it is undefined
 * @param evidence how sure the value is
 * @param scale the unit, the range and the direction that is worse
 * @param note one line for the reader: why the metric is undefined, or what helps to act on its value, such as the new
 *     categories behind a low domain share; may be empty if the metric is defined
 * @param plots data to be drawn beside the number
 */
public record Metric(MetricId id, double value, Evidence evidence, Scale scale, String note, List<Plot> plots) {

    /**
     * Creates a metric. One with evidence that cannot be is undefined, its note says why, and its evidence is exact.
     *
     * @throws IllegalArgumentException if the value is NaN and the note does not say why
     */
    public Metric {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(evidence, "evidence");
        Objects.requireNonNull(scale, "scale");
        String problem = evidence.problem();
        if (!problem.isEmpty()) {
            value = Double.NaN;
            evidence = Evidence.exact();
            note = "its evidence cannot be: " + problem;
        }
        if (Double.isNaN(value) && note.isEmpty()) {
            throw new IllegalArgumentException("metric " + id + " is undefined; its note must say why");
        }
        plots = List.copyOf(plots);
    }

    /** Returns a metric without uncertainty. A value of NaN makes it undefined. */
    public static Metric of(String subject, String name, double value) {
        return of(subject, name, value, Evidence.exact());
    }

    /** Returns a metric with evidence. A value of NaN makes it undefined. */
    public static Metric of(String subject, String name, double value, Evidence evidence) {
        return new Metric(
                new MetricId(subject, name),
                value,
                evidence,
                Scale.VALUE,
                Double.isNaN(value) ? "its calculator returned NaN" : "",
                List.of());
    }

    /** Returns a metric that could not be measured, and why, in one line. */
    public static Metric undefined(String subject, String name, String because) {
        return new Metric(new MetricId(subject, name), Double.NaN, Evidence.exact(), Scale.VALUE, because, List.of());
    }

    /** Returns the subject: a feature's name, a facet's group, a label, or {@link MetricId#DATASET}. */
    public String subject() {
        return id.subject();
    }

    /** Returns the name, such as {@code completeness}. */
    public String name() {
        return id.name();
    }

    /** Returns whether there is a value; if not, the note says why. */
    public boolean isDefined() {
        return !Double.isNaN(value);
    }

    /** Returns this metric on a scale. */
    public Metric on(Scale newScale) {
        return new Metric(id, value, evidence, newScale, note, plots);
    }

    /** Returns this metric with another identity. */
    public Metric withId(MetricId newId) {
        return new Metric(newId, value, evidence, scale, note, plots);
    }

    /** Returns this metric with other evidence. */
    public Metric withEvidence(Evidence newEvidence) {
        return new Metric(id, value, newEvidence, scale, note, plots);
    }

    /** Returns this metric with another note. */
    public Metric withNote(String newNote) {
        return new Metric(id, value, evidence, scale, newNote, plots);
    }

    /** Returns this metric with one more plot. */
    public Metric withPlot(Plot plot) {
        List<Plot> more = new ArrayList<>(plots);
        more.add(plot);
        return new Metric(id, value, evidence, scale, note, more);
    }

    /** Returns identity and value in one line, such as {@code income mean = 41.5}. */
    @Override
    public String toString() {
        return id + " = " + (isDefined() ? value : "undefined") + (note.isEmpty() ? "" : " (" + note + ")");
    }
}

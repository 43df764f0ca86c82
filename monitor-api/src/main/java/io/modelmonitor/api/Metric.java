package io.modelmonitor.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Everything a monitor can say: what was measured, of what, the value, and how sure we are of it.
 *
 * @param name what was measured, in lower case with words joined by {@code _} and families by {@code .}, such as
 *     {@code completeness} or {@code drift.psi}
 * @param subject what it was measured of: a feature's name, a facet's group, a label, or {@link #DATASET}
 * @param value the value in the metric's own unit; NaN when it is undefined
 * @param evidence how sure we are of the value
 * @param note one line for the reader: why the metric is undefined, or what helps to act on its value, such as the new
 *     categories behind a low domain share; may be empty if the metric is defined
 * @param exhibits things to look at beside the number
 */
public record Metric(
        String name, String subject, double value, Evidence evidence, String note, List<Exhibit> exhibits) {

    /** The subject of a metric of the dataset as a whole. */
    public static final String DATASET = "";

    /**
     * Creates a metric.
     *
     * @throws IllegalArgumentException if the name is empty, or if the value is NaN and the note does not say why
     */
    public Metric {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name is empty; a metric needs a name");
        }
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(evidence, "evidence");
        if (Double.isNaN(value) && note.isEmpty()) {
            throw new IllegalArgumentException(
                    "metric " + name + " of '" + subject + "' is undefined; its note must say why");
        }
        exhibits = List.copyOf(exhibits);
    }

    /** Creates a metric that is taken as a fact. A value of NaN makes it undefined. */
    public Metric(String name, String subject, double value) {
        this(name, subject, value, Evidence.certain());
    }

    /** Creates a metric with evidence. A value of NaN makes it undefined. */
    public Metric(String name, String subject, double value, Evidence evidence) {
        this(name, subject, value, evidence, Double.isNaN(value) ? "its calculator returned NaN" : "", List.of());
    }

    /** Returns a metric that could not be measured, and why, in one line. */
    public static Metric undefined(String name, String subject, String because) {
        return new Metric(name, subject, Double.NaN, Evidence.certain(), because, List.of());
    }

    /** Returns whether there is a value; if not, the note says why. */
    public boolean isDefined() {
        return !Double.isNaN(value);
    }

    /** Returns this metric with another note. */
    public Metric noting(String newNote) {
        return new Metric(name, subject, value, evidence, newNote, exhibits);
    }

    /** Returns this metric with one more thing to look at. */
    public Metric showing(Exhibit exhibit) {
        List<Exhibit> more = new ArrayList<>(exhibits);
        more.add(exhibit);
        return new Metric(name, subject, value, evidence, note, more);
    }
}

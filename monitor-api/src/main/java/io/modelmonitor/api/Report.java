package io.modelmonitor.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The verdict on one window of data, with everything that was measured of it: a value, equal to another that says the same, from
 * which text, pages, history and assertions are made. Its {@link #toString()} is made for reading in a terminal or a notebook.
 *
 * @param name the monitor's name
 * @param status the verdict
 * @param rows the number of rows looked at
 * @param start the time of the first row; null when the data have no times
 * @param end the time of the last row, or the end of the window; null when the data have no times
 * @param baseline the identity of the baseline that was compared with, which is equal for equal reference data; empty when
 *     there was none
 * @param assessments every constraint held against its metric, in the order of the constraints
 * @param metrics everything that was measured, whether or not something was wanted of it
 * @param problems bad data met while reading
 * @param failures the calculators that failed, and why
 * @param correction how p-values were corrected over all constraints, such as {@code Benjamini-Hochberg}
 * @param level the corrected p-value up to which a value outside its bound counts as a violation
 */
public record Report(
        String name,
        Status status,
        long rows,
        @Nullable Instant start,
        @Nullable Instant end,
        String baseline,
        List<Assessment> assessments,
        List<Metric> metrics,
        List<DataProblem> problems,
        List<Failure> failures,
        String correction,
        double level) {

    /** A verdict. */
    public enum Status {
        /** Every constraint that there was something to judge by holds. */
        HEALTHY,
        /** At least one constraint does not hold, or nothing measures what it is about. */
        VIOLATED,
        /** A calculator failed, or there was nothing that it could judge; what could be judged holds. */
        INCOMPLETE,
        /** There was no row to look at, so nothing can be said. */
        NO_DATA
    }

    /**
     * A failure of a calculator, which took no part in the report.
     *
     * @param calculator the calculator's name
     * @param reason what went wrong, in one line, and in which rows
     */
    public record Failure(String calculator, String reason) {

        @Override
        public String toString() {
            return calculator + ": " + reason;
        }
    }

    /** Creates a report. */
    public Report {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(baseline, "baseline");
        assessments = List.copyOf(assessments);
        metrics = List.copyOf(metrics);
        problems = List.copyOf(problems);
        failures = List.copyOf(failures);
    }

    /** Returns whether there was data and every constraint that there was something to judge by holds. */
    public boolean isHealthy() {
        return status == Status.HEALTHY;
    }

    /** Returns how many constraints there was nothing to judge by, such as the recall of a class that no row has. */
    public long unjudged() {
        return assessments.stream()
                .filter(assessment -> assessment.outcome() == Assessment.Outcome.NOT_JUDGED)
                .count();
    }

    /** Returns the constraints that are violated, in the order of the constraints. */
    public List<Violation> violations() {
        return assessments.stream()
                .filter(assessment -> assessment.outcome() == Assessment.Outcome.VIOLATED)
                .map(assessment -> new Violation(
                        assessment.constraint(), assessment.metric(), assessment.pValue(), assessment.adjustedPValue()))
                .toList();
    }

    /** Returns a metric, or null if it was not measured. Takes time in proportion to the number of metrics. */
    public @Nullable Metric metric(String subject, String metricName) {
        for (Metric metric : metrics) {
            if (metric.name().equals(metricName) && metric.subject().equals(subject)) {
                return metric;
            }
        }
        return null;
    }

    /**
     * Returns the metrics of a subject, in their order; of the dataset as a whole for {@link MetricId#DATASET}. The list prints as a
     * table.
     */
    public List<Metric> metrics(String subject) {
        return new MetricTable(
                metrics.stream()
                        .filter(metric -> metric.subject().equals(subject))
                        .toList(),
                assessments);
    }

    /**
     * Returns everything that was measured as a table for a terminal, a line for each metric: its subject, name and value, what is
     * wanted of it and whether that holds, and its note.
     */
    public String table() {
        return MetricTable.of(metrics, assessments);
    }

    /**
     * Returns the report as text of at most 1,000 characters, in which nothing is invisible: the verdict within the first 45, then at
     * most 12 lines of violations in aligned columns, those furthest from chance first and those of one cause together, or what
     * was looked at if there are none; then what is to be known of the data, and failures.
     */
    @Override
    public String toString() {
        return ReportText.of(this);
    }
}

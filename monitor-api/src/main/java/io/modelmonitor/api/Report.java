package io.modelmonitor.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a monitor says of one window of data. Its {@link #toString()} is made for reading in a terminal or a notebook.
 *
 * @param name the monitor's name
 * @param status the verdict
 * @param rows the number of rows looked at
 * @param assessments every constraint held against its metric, in the order of the constraints
 * @param metrics everything that was measured, whether or not something was wanted of it
 * @param problems bad data met while reading
 * @param failures what went wrong in the monitor itself, one line each: a calculator that threw, for example
 * @param correction how p-values were corrected over all constraints, such as {@code Benjamini-Hochberg}
 * @param level the corrected p-value up to which a value outside its bound counts as a violation
 */
public record Report(
        String name,
        Status status,
        long rows,
        List<Assessment> assessments,
        List<Metric> metrics,
        List<DataProblem> problems,
        List<String> failures,
        String correction,
        double level) {

    /** A verdict. */
    public enum Status {
        /** Every constraint was measured and holds. */
        HEALTHY,
        /** At least one constraint does not hold or could not be measured. */
        VIOLATED,
        /** There was no row to look at, so nothing can be said. */
        NO_DATA
    }

    /** Creates a report. */
    public Report {
        assessments = List.copyOf(assessments);
        metrics = List.copyOf(metrics);
        problems = List.copyOf(problems);
        failures = List.copyOf(failures);
    }

    /** Returns whether there was data and every constraint was measured and holds. */
    public boolean isHealthy() {
        return status == Status.HEALTHY;
    }

    /** Returns the constraints that do not hold, in the order of the constraints. */
    public List<Violation> violations() {
        return assessments.stream()
                .filter(assessment -> !assessment.holds())
                .map(assessment -> new Violation(
                        assessment.constraint(), assessment.metric(), assessment.pValue(), assessment.adjustedPValue()))
                .toList();
    }

    /** Returns a metric, or null if it was not measured. Takes time in proportion to the number of metrics. */
    public @Nullable Metric metric(String metricName, String subject) {
        for (Metric metric : metrics) {
            if (metric.name().equals(metricName) && metric.subject().equals(subject)) {
                return metric;
            }
        }
        return null;
    }

    /**
     * Returns the report as text of at most 1,000 characters of ASCII: the verdict within the first 45, then at most 12
     * violations in aligned columns, those furthest from chance first, then bad data and failures.
     */
    @Override
    public String toString() {
        return ReportText.of(this);
    }
}

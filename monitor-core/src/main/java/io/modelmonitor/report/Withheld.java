package io.modelmonitor.report;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Plot;
import io.modelmonitor.api.Report;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes what shows values of some columns out of a report, and says so where it stood. */
final class Withheld {

    private static final String NOTE = "withheld";

    private final Set<String> columns;
    private final Map<String, String> subjects = new HashMap<>();
    private final Map<String, Integer> groups = new LinkedHashMap<>();

    private Withheld(Collection<String> columns) {
        this.columns = Set.copyOf(columns);
    }

    static Report of(Report report, Collection<String> columns) {
        return new Withheld(columns).of(report);
    }

    private Report of(Report report) {
        return new Report(
                report.name(),
                report.status(),
                report.rows(),
                report.start(),
                report.end(),
                report.baseline(),
                report.assessments().stream().map(this::of).toList(),
                report.metrics().stream().map(this::of).toList(),
                report.problems().stream().map(this::of).toList(),
                report.failures().stream()
                        .map(failure ->
                                isTold(failure.reason()) ? new Report.Failure(failure.calculator(), NOTE) : failure)
                        .toList(),
                report.correction(),
                report.level());
    }

    private Assessment of(Assessment assessment) {
        Constraint constraint = assessment.constraint();
        return new Assessment(
                new Constraint(subject(constraint.subject()), constraint.metric(), constraint.bound()),
                of(assessment.metric()),
                assessment.pValue(),
                assessment.adjustedPValue(),
                assessment.outcome());
    }

    private Metric of(Metric metric) {
        Metric of = metric.withId(new MetricId(subject(metric.subject()), metric.name()));
        boolean isOfColumn = columns.contains(metric.subject()) || !of.subject().equals(metric.subject());
        if (isOfColumn && isInTheUnitOfTheValues(metric)) {
            return new Metric(of.id(), Double.NaN, Evidence.exact(), metric.scale(), NOTE, List.of());
        }
        boolean isShown = isOfColumn ? !metric.note().isEmpty() : isTold(metric.note());
        List<Plot> plots = isOfColumn
                ? List.of()
                : metric.plots().stream()
                        .filter(plot -> !isTold(plot.toString()))
                        .toList();
        boolean isLess = isShown || plots.size() < metric.plots().size();
        return new Metric(of.id(), of.value(), of.evidence(), of.scale(), isLess ? NOTE : of.note(), plots);
    }

    private DataProblem of(DataProblem problem) {
        return isTold(problem.description()) ? new DataProblem(NOTE, problem.count(), problem.lines()) : problem;
    }

    /** A mean or an extreme is as good as a value; a share or a count is not. */
    private static boolean isInTheUnitOfTheValues(Metric metric) {
        return metric.scale().unit().isEmpty() && metric.scale().least() != 0;
    }

    /** Returns whether a text may tell a value of a column, as it names the column. */
    private boolean isTold(String text) {
        return columns.stream().anyMatch(column -> text.contains(column));
    }

    /** Returns a subject in which the values of groups and segments are numbers in the order in which they occur. */
    private String subject(String subject) {
        return subjects.computeIfAbsent(subject, this::numbered);
    }

    private String numbered(String subject) {
        for (String column : columns) {
            int at = subject.indexOf(column + "=");
            if (at >= 0) {
                // To the end, not to the next separator, which may be part of a value.
                int number = groups.computeIfAbsent(subject, group -> groups.size() + 1);
                return subject.substring(0, at) + column + "=(withheld " + number + ")";
            }
        }
        return subject;
    }
}

package io.modelmonitor;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.stats.drift.MultipleTesting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds metrics against constraints. A constraint is violated when its metric could not be measured, or lies outside the
 * bound and chance does not explain it, at a level corrected over all constraints.
 *
 * @param correction how p-values are corrected
 * @param level the corrected p-value up to which chance does not explain a value
 */
record Verdict(MultipleTesting correction, double level) {

    Report on(
            String name,
            long rows,
            Constraints constraints,
            List<Metric> metrics,
            List<DataProblem> problems,
            List<String> failures) {
        List<Assessment> assessments = rows == 0 ? List.of() : assess(constraints.list(), metrics);
        Report.Status status = Report.Status.HEALTHY;
        if (rows == 0) {
            status = Report.Status.NO_DATA;
        } else if (!failures.isEmpty() || assessments.stream().anyMatch(assessment -> !assessment.holds())) {
            status = Report.Status.VIOLATED;
        }
        return new Report(name, status, rows, assessments, metrics, problems, failures, correction.title(), level);
    }

    private List<Assessment> assess(List<Constraint> constraints, List<Metric> metrics) {
        Map<List<String>, Metric> measured = new HashMap<>(2 * metrics.size());
        for (Metric metric : metrics) {
            measured.put(List.of(metric.name(), metric.subject()), metric);
        }
        Metric[] found = new Metric[constraints.size()];
        double[] pValues = new double[found.length];
        double[] uncertain = new double[found.length];
        for (int i = 0; i < found.length; i++) {
            Constraint constraint = constraints.get(i);
            Metric metric = measured.get(List.of(constraint.metric(), constraint.subject()));
            found[i] = metric != null
                    ? metric
                    : Metric.undefined(constraint.metric(), constraint.subject(), "nothing measures it");
            pValues[i] = pValue(constraint, found[i]);
            // Facts take no part in the correction: they are no tests.
            uncertain[i] = found[i].evidence().isCertain() ? Double.NaN : pValues[i];
        }
        double[] corrected = correction.adjust(uncertain);
        List<Assessment> assessments = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            double adjusted = Double.isNaN(corrected[i]) ? pValues[i] : corrected[i];
            assessments.add(new Assessment(constraints.get(i), found[i], pValues[i], adjusted, adjusted > level));
        }
        return assessments;
    }

    /** A value inside its bound needs no explanation, which leaves the p-value of the whole test valid: it only grows. */
    private static double pValue(Constraint constraint, Metric metric) {
        if (!metric.isDefined()) {
            return Double.NaN;
        }
        return constraint.bound().holds(metric.value())
                ? 1
                : metric.evidence().pValue(metric.value(), constraint.bound());
    }
}

package io.modelmonitor;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Assessment.Outcome;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report.Status;
import io.modelmonitor.stats.drift.MultipleTesting;
import io.modelmonitor.stats.evidence.PValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds metrics against constraints. A constraint is violated when its metric could not be measured although there was data, or
 * lies outside the bound and chance does not explain it, at a level corrected over all constraints.
 *
 * @param correction how p-values are corrected
 * @param level the corrected p-value up to which chance does not explain a value
 */
record Verdict(MultipleTesting correction, double level) {

    /**
     * Assesses every constraint, in their order.
     *
     * @param isComplete whether every calculator measured; if not, nothing can be said of a metric that is not there
     */
    List<Assessment> assess(List<Constraint> constraints, List<Metric> metrics, boolean isComplete) {
        Map<MetricId, Metric> measured = new HashMap<>(2 * metrics.size());
        metrics.forEach(metric -> measured.put(metric.id(), metric));
        Metric[] found = new Metric[constraints.size()];
        double[] pValues = new double[found.length];
        double[] uncertain = new double[found.length];
        for (int i = 0; i < found.length; i++) {
            Constraint constraint = constraints.get(i);
            Metric metric = measured.get(constraint.id());
            found[i] = metric != null
                    ? metric
                    : Metric.undefined(
                            constraint.subject(),
                            constraint.metric(),
                            isComplete ? "nothing measures it" : "nothing measured it, as a calculator failed");
            // A value inside its bound needs no explanation, which leaves the p-value of the whole test valid: it only
            // grows.
            pValues[i] = constraint.bound().holds(found[i].value()) ? 1 : PValues.of(found[i], constraint.bound());
            // Exact values take no part in the correction: they are no tests.
            uncertain[i] = found[i].evidence().isExact() ? Double.NaN : pValues[i];
        }
        double[] corrected = correction.adjust(uncertain);
        List<Assessment> assessments = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            double adjusted = Double.isNaN(corrected[i]) ? pValues[i] : corrected[i];
            boolean isUnjudged =
                    !isComplete && !measured.containsKey(constraints.get(i).id());
            Outcome outcome = adjusted > level ? Outcome.HOLDS : isUnjudged ? Outcome.NOT_JUDGED : Outcome.VIOLATED;
            assessments.add(new Assessment(constraints.get(i), found[i], pValues[i], adjusted, outcome));
        }
        return assessments;
    }

    /** Returns the status of a report. */
    static Status status(long rows, List<Assessment> assessments, boolean isComplete) {
        if (rows == 0) {
            return Status.NO_DATA;
        }
        if (assessments.stream().anyMatch(assessment -> assessment.outcome() == Outcome.VIOLATED)) {
            return Status.VIOLATED;
        }
        return isComplete ? Status.HEALTHY : Status.INCOMPLETE;
    }
}

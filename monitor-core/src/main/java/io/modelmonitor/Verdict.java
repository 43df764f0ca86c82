package io.modelmonitor;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Assessment.Outcome;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report.Failure;
import io.modelmonitor.api.Report.Status;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.evidence.PValues;
import io.modelmonitor.stats.test.MultipleTesting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds metrics against constraints. A constraint is violated when nothing measures its metric, or when the value lies outside the
 * bound and chance does not explain it, at a level corrected over all constraints. A metric that the rows leave undefined, such as a
 * share of no values, is not judged, nor is one that the reference data have and a window has no rows of, such as the recall of a rare
 * class: that values are missing is what the completeness is judged for. Nor is anything of a column
 * that is not there, if it is violated that columns are missing: one cause is one violation.
 *
 * @param correction how p-values are corrected
 * @param level the corrected p-value up to which chance does not explain a value
 */
record Verdict(MultipleTesting correction, double level) {

    private static final MetricId MISSING_COLUMNS = new MetricId(MetricId.DATASET, "missing_columns");

    /**
     * Assesses every constraint, in their order.
     *
     * @param measurable what the calculators that measured find in the reference data, so that rows are missing where they did not
     * @param absent the columns of which {@link #absent} says that they are missing
     * @param isComplete whether every calculator measured; if not, nothing can be said of a metric that is not there
     */
    List<Assessment> assess(
            List<Constraint> constraints,
            List<Metric> metrics,
            Set<MetricId> measurable,
            Set<String> absent,
            boolean isComplete) {
        Map<MetricId, Metric> measured = new HashMap<>(2 * metrics.size());
        metrics.forEach(metric -> measured.put(metric.id(), metric));
        for (Constraint constraint : constraints) {
            MetricId id = constraint.id();
            if (absent.contains(id.subject())) {
                measured.put(id, Metric.undefined(id.subject(), id.name(), "there is no such column"));
            } else if (measurable.contains(id)) {
                measured.putIfAbsent(id, Metric.undefined(id.subject(), id.name(), "there are no rows of it"));
            }
        }
        Metric[] found = new Metric[constraints.size()];
        double[] pValues = new double[found.length];
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
            try {
                pValues[i] = constraint.bound().holds(found[i].value()) ? 1 : PValues.of(found[i], constraint.bound());
            } catch (RuntimeException | Error e) { // of a calculator's evidence: it is the failure of its metric alone
                found[i] = Metric.undefined(
                        constraint.subject(),
                        constraint.metric(),
                        "its evidence has no p-value: " + Failures.describe(e));
                pValues[i] = Double.NaN;
            }
        }
        double[] adjusted = adjusted(List.of(found), pValues);
        List<Assessment> assessments = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            boolean isMeasured = measured.containsKey(constraints.get(i).id());
            boolean isUnjudged = isMeasured ? !found[i].isDefined() : !isComplete;
            Outcome outcome =
                    isExplained(adjusted[i]) ? Outcome.HOLDS : isUnjudged ? Outcome.NOT_JUDGED : Outcome.VIOLATED;
            assessments.add(new Assessment(constraints.get(i), found[i], pValues[i], adjusted[i], outcome));
        }
        return assessments;
    }

    /**
     * Returns p-values, corrected over all constraints of a report. Exact values take no part in the correction: they are no tests.
     *
     * @param metrics what is judged, as many as there are p-values
     */
    double[] adjusted(List<Metric> metrics, double[] pValues) {
        double[] uncertain = pValues.clone();
        for (int i = 0; i < uncertain.length; i++) {
            uncertain[i] = metrics.get(i).evidence().isExact() ? Double.NaN : pValues[i];
        }
        double[] adjusted = correction.adjust(uncertain);
        for (int i = 0; i < adjusted.length; i++) {
            adjusted[i] = Double.isNaN(adjusted[i]) ? pValues[i] : adjusted[i];
        }
        return adjusted;
    }

    /** Returns whether chance explains a value outside its bound, by its corrected p-value. */
    boolean isExplained(double adjusted) {
        return adjusted > level;
    }

    /**
     * Returns the expected columns that are not there if that is violated; none if nobody requires that they are, so that what
     * they are otherwise required to be is judged.
     *
     * @param columns those that are there
     */
    static Set<String> absent(
            List<Constraint> constraints, List<Metric> metrics, List<String> expected, List<String> columns) {
        boolean isTold = metrics.stream()
                .filter(metric -> metric.id().equals(MISSING_COLUMNS))
                .anyMatch(missing -> constraints.stream()
                        .anyMatch(constraint -> constraint.id().equals(MISSING_COLUMNS)
                                && !constraint.bound().holds(missing.value())));
        Set<String> absent = new HashSet<>(isTold ? expected : List.of());
        columns.forEach(absent::remove);
        return absent;
    }

    /**
     * Returns the calculators that constraints were set for, none of which could be judged, each with the reason. They make a report
     * incomplete: who looks at nothing finds nothing. A group or a label of which a window has no rows makes none.
     *
     * @param ids what each calculator measures
     * @param absent the columns of which {@link #absent} says that they are missing
     */
    static List<Failure> unjudged(Map<String, Set<MetricId>> ids, List<Assessment> assessments, Set<String> absent) {
        List<Failure> failures = new ArrayList<>();
        ids.forEach((calculator, measured) -> {
            List<Assessment> all = assessments.stream()
                    .filter(assessment ->
                            measured.contains(assessment.constraint().id()))
                    .filter(assessment ->
                            !absent.contains(assessment.constraint().subject()))
                    .toList();
            if (!all.isEmpty() && all.stream().allMatch(one -> one.outcome() == Outcome.NOT_JUDGED)) {
                Metric first = all.get(0).metric();
                failures.add(new Failure(calculator, "nothing could be judged: " + first.note()));
            }
        });
        return failures;
    }

    /** Returns the calculators that measured nothing of what they are for, each with the reason. */
    static List<Failure> obstacles(List<MetricCalculator<?>> calculators, Map<String, List<Metric>> metrics) {
        List<Failure> failures = new ArrayList<>();
        for (MetricCalculator<?> calculator : calculators) {
            List<Metric> measured = metrics.getOrDefault(calculator.name(), List.of());
            String obstacle = measured.isEmpty() ? null : calculator.obstacle(measured);
            if (obstacle != null) {
                failures.add(new Failure(calculator.name(), "measured nothing: " + obstacle));
            }
        }
        return failures;
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

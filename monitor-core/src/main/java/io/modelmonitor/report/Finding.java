package io.modelmonitor.report;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Assessment.Outcome;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Plot;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.internal.VisibleText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a report has on one subject.
 *
 * @param subject the subject; {@link MetricId#DATASET} for the dataset as a whole
 * @param metrics its metrics, in their order; first those that only a constraint knows, as they could not be measured
 * @param assessments its constraints, in their order
 */
record Finding(String subject, List<Metric> metrics, List<Assessment> assessments) {

    /** The order in which violations are told: those furthest from chance first, and last those that could not be measured. */
    private static final Comparator<Assessment> BY_CHANCE = Comparator.comparingDouble(Assessment::adjustedPValue);

    /** Returns the findings of a report, in the order in which its metrics name their subjects. */
    static List<Finding> of(Report report) {
        Map<String, Finding> bySubject = new LinkedHashMap<>();
        report.metrics()
                .forEach(metric -> at(bySubject, metric.subject()).metrics.add(metric));
        for (Assessment assessment : report.assessments()) {
            Finding finding = at(bySubject, assessment.constraint().subject());
            finding.assessments.add(assessment);
            if (!finding.has(assessment.constraint().metric())) {
                finding.metrics.add(0, assessment.metric());
            }
        }
        return List.copyOf(bySubject.values());
    }

    /** Returns the violations of a report in the order to be told. */
    static List<Assessment> violations(Report report) {
        return report.assessments().stream()
                .filter(assessment -> assessment.outcome() == Outcome.VIOLATED)
                .sorted(BY_CHANCE)
                .toList();
    }

    /** Returns a subject's name as shown: in quotes if it has blanks that could be overlooked. */
    static String title(String subject) {
        if (subject.isEmpty()) {
            return "dataset";
        }
        return VisibleText.hasHiddenBlanks(subject) ? VisibleText.name(subject) : subject;
    }

    /** Returns the outcome that weighs most: a violation, else a constraint that was not judged; null without constraints. */
    @Nullable
    Outcome outcome() {
        Outcome worst = assessments.isEmpty() ? null : Outcome.HOLDS;
        for (Assessment assessment : assessments) {
            if (assessment.outcome() == Outcome.VIOLATED) {
                return Outcome.VIOLATED;
            }
            worst = assessment.outcome() == Outcome.NOT_JUDGED ? Outcome.NOT_JUDGED : worst;
        }
        return worst;
    }

    /** Returns the constraint on a metric; null if there is none. */
    @Nullable
    Assessment on(String metric) {
        for (Assessment assessment : assessments) {
            if (assessment.constraint().metric().equals(metric)) {
                return assessment;
            }
        }
        return null;
    }

    /** Returns the plots that show the subject best: those of a violated metric, else of the first metric that has any. */
    List<Plot> plots() {
        List<Plot> plots = List.of();
        for (Metric metric : metrics) {
            if (!metric.plots().isEmpty()) {
                Assessment assessment = on(metric.name());
                boolean isViolated = assessment != null && assessment.outcome() == Outcome.VIOLATED;
                plots = isViolated || plots.isEmpty() ? metric.plots() : plots;
            }
        }
        return plots;
    }

    /** Returns the note that says what changed: of the violation furthest from chance, else of the metric with plots. */
    String note() {
        String note = assessments.stream()
                .filter(assessment -> assessment.outcome() == Outcome.VIOLATED)
                .sorted(BY_CHANCE)
                .map(assessment -> assessment.metric().note())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        for (Metric metric : metrics) {
            if (note.isEmpty() && (!metric.plots().isEmpty() || !metric.isDefined())) {
                note = metric.note();
            }
        }
        for (Metric metric : metrics) {
            note = note.isEmpty() ? metric.note() : note;
        }
        return note;
    }

    private boolean has(String metric) {
        return metrics.stream().anyMatch(known -> known.name().equals(metric));
    }

    private static Finding at(Map<String, Finding> bySubject, String subject) {
        return bySubject.computeIfAbsent(subject, name -> new Finding(name, new ArrayList<>(), new ArrayList<>()));
    }
}

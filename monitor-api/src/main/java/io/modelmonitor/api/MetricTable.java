package io.modelmonitor.api;

import io.modelmonitor.api.internal.VisibleText;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A list of metrics that prints as a table with what was wanted of them. Immutable. */
final class MetricTable extends AbstractList<Metric> {

    private static final int WIDEST = 30;
    private static final int WIDEST_NOTE = 60;
    private static final String[] HEADING = {"subject", "metric", "value", "wanted", "verdict", "note"};

    private final List<Metric> metrics;
    private final List<Assessment> assessments;

    MetricTable(List<Metric> metrics, List<Assessment> assessments) {
        this.metrics = metrics;
        this.assessments = assessments;
    }

    @Override
    public Metric get(int index) {
        return metrics.get(index);
    }

    @Override
    public int size() {
        return metrics.size();
    }

    @Override
    public String toString() {
        return of(metrics, assessments);
    }

    static String of(List<Metric> metrics, List<Assessment> assessments) {
        Map<MetricId, Assessment> byId = new HashMap<>();
        assessments.forEach(assessment -> byId.put(assessment.constraint().id(), assessment));
        List<String[]> lines = new ArrayList<>();
        lines.add(HEADING);
        for (Metric metric : metrics) {
            Assessment assessment = byId.get(metric.id());
            lines.add(new String[] {
                VisibleText.cut(metric.subject().isEmpty() ? "(dataset)" : VisibleText.name(metric.subject()), WIDEST),
                VisibleText.cut(ReportText.printable(metric.name()), WIDEST),
                metric.isDefined() ? ReportText.number(metric.value()) : "undefined",
                assessment == null
                        ? ""
                        : ReportText.wanted(assessment.constraint().bound()),
                assessment == null
                        ? ""
                        : assessment.outcome().toString().replace('_', ' ').toLowerCase(Locale.ROOT),
                VisibleText.cut(ReportText.printable(metric.note()), WIDEST_NOTE)
            });
        }
        return ReportText.aligned(lines, HEADING.length);
    }
}

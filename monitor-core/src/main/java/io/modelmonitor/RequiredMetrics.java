package io.modelmonitor;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Schema;
import io.modelmonitor.internal.Arguments;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.stats.internal.drift.FeatureDrift;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds constraints on columns and metrics that are misspelt, when they are said. */
final class RequiredMetrics {

    private RequiredMetrics() {}

    /**
     * Checks that what data quality measures of columns is wanted of columns that are there.
     *
     * @throws IllegalArgumentException if not; the message names the nearest
     */
    static void checkColumns(Constraint[] constraints, List<String> columns) {
        for (Constraint constraint : constraints) {
            if (!constraint.subject().equals(MetricId.DATASET) && DataQuality.measuresOfColumns(constraint.metric())) {
                Arguments.checkKnown("column", constraint.subject(), columns);
            }
        }
    }

    /**
     * Checks that no constraint is on a metric that nothing measures while one of nearly that name is measured. What has no such name may
     * be of a calculator that is added later; a report tells of it. The reference data are compared with themselves only where a name is in
     * doubt, as some metrics are measured of windows only.
     *
     * @throws IllegalArgumentException if one is, the message names the nearest; or if one is on the drift of no column
     */
    static void checkNames(Constraints constraints, Baseline baseline, MonitorSettings settings) {
        Set<String> known = names(baseline.metrics());
        baseline.suggested().forEach(constraint -> known.add(constraint.metric()));
        for (Constraint constraint : constraints.list()) {
            String name = constraint.metric();
            if (name.startsWith(FeatureDrift.DRIFT)
                    && DataQuality.measuresOfColumns(name)
                    && constraint.subject().equals(MetricId.DATASET)) {
                throw new IllegalArgumentException(
                        "constraint '" + constraint + "': " + name + " is measured of columns; name one with on(..)");
            }
            if (known.contains(name) || DataQuality.measuresOfColumns(name)) {
                continue;
            }
            known.addAll(DataQuality.metricsOfColumns());
            String meant = Schema.misspelt(name, known);
            if (meant != null && !isMeasured(constraint, baseline, settings)) {
                throw new IllegalArgumentException("constraint '" + constraint + "': nothing measures '" + name
                        + "'; the nearest metric is '" + meant + "'");
            }
        }
    }

    private static boolean isMeasured(Constraint constraint, Baseline baseline, MonitorSettings settings) {
        Map<String, List<Metric>> measured = baseline.measurement()
                .metrics(
                        settings.calculators,
                        baseline.measurement(),
                        Constraints.none().with(constraint),
                        new ArrayList<>());
        return measured.values().stream().anyMatch(metrics -> names(metrics).contains(constraint.metric()));
    }

    private static Set<String> names(List<Metric> metrics) {
        Set<String> names = new LinkedHashSet<>();
        metrics.forEach(metric -> names.add(metric.name()));
        return names;
    }
}

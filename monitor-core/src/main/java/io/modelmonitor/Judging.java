package io.modelmonitor;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Report.Failure;
import io.modelmonitor.quality.DataQuality;
import io.modelmonitor.spi.MetricCalculator;
import io.modelmonitor.stats.sketch.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the report of a measurement. */
final class Judging {

    private static final MetricId ROWS = new MetricId(MetricId.DATASET, "rows");

    private Judging() {}

    /**
     * Returns the report of a measurement of the columns that are watched.
     *
     * @param reference what it is compared with
     * @param id the identity of the reference
     * @param calculators those of the settings, of which some know what the windows of the baseline differ by
     * @param failures those that are known already; more are added
     */
    static Report report(
            Measurement measurement,
            Measurement reference,
            String id,
            Baseline baseline,
            MonitorSettings settings,
            List<MetricCalculator<?>> calculators,
            List<Failure> failures) {
        List<Metric> metrics = new ArrayList<>();
        List<Assessment> assessments = List.of();
        if (measurement.rows() > 0) {
            String group = baseline.measurement().group();
            if (!group.equals(measurement.group())) {
                failures.add(new Failure(
                        DataQuality.NAME,
                        "the baseline has " + rows(group) + ", the window " + rows(measurement.group())
                                + ", so that chance may give more than it is taken to"));
            }
            Map<String, List<Metric>> measured = settings.watched
                    .of(measurement)
                    .metrics(calculators, settings.watched.of(reference), settings.constraints, failures);
            String assumed = Description.ofRows(baseline.measurement(), baseline.profile());
            measured.values()
                    .forEach(all -> all.forEach(
                            metric -> metrics.add(metric.id().equals(ROWS) ? metric.withNote(assumed) : metric)));
            List<Constraint> constraints = settings.constraints.list();
            Set<String> absent =
                    Verdict.absent(constraints, metrics, baseline.schema().names(), measurement.columns());
            assessments = settings.verdict.assess(constraints, metrics, absent, failures.isEmpty());
            failures.addAll(Verdict.unjudged(measured, assessments, absent));
            Set<String> failed = failures.stream().map(Failure::calculator).collect(Collectors.toSet());
            Verdict.obstacles(settings.calculators, measured).stream()
                    .filter(failure -> !failed.contains(failure.calculator()))
                    .forEach(failures::add);
        } else {
            failures.addAll(measurement.failures());
        }
        return new Report(
                settings.name,
                Verdict.status(measurement.rows(), assessments, failures.isEmpty()),
                measurement.rows(),
                measurement.start(),
                measurement.end(),
                id,
                assessments,
                metrics,
                problems(measurement, baseline, settings),
                failures,
                settings.verdict.correction().title(),
                settings.verdict.level());
    }

    /** Returns what was wrong with the data, and what is spelled otherwise than in the baseline. */
    private static List<DataProblem> problems(Measurement measurement, Baseline baseline, MonitorSettings settings) {
        List<DataProblem> problems = new ArrayList<>(measurement.problems());
        Profile now = settings.watched.of(measurement).state(DataQuality.standard());
        if (now != null) {
            SpellingChanges.of(baseline.profile(), now).ifPresent(problems::add);
        }
        return problems;
    }

    private static String rows(String group) {
        return group.isEmpty() ? "all rows" : "one row of each '" + group + "'";
    }
}

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
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            Map<String, Set<MetricId>> ids = ids(measured, baseline.measured());
            Set<MetricId> measurable =
                    ids.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
            List<Assessment> assessed =
                    settings.verdict.assess(constraints, metrics, measurable, absent, failures.isEmpty());
            assessments = ToldOnce.of(tellBefore(assessed, baseline), settings.verdict);
            IdentityHashMap<Metric, Metric> told = new IdentityHashMap<>();
            for (int i = 0; i < assessed.size(); i++) {
                told.put(assessed.get(i).metric(), assessments.get(i).metric());
            }
            metrics.replaceAll(metric -> told.getOrDefault(metric, metric));
            tellMissing(failures, settings.calculators, measurement.columns(), absent);
            Set<String> explained = explained(assessments);
            List<MetricCalculator<?>> telling = settings.calculators.stream()
                    .filter(calculator -> ReadColumns.missing(calculator, measurement.columns()) == null)
                    .filter(calculator -> ReadColumns.areTelling(calculator, measurement.rows(), baseline.profile()))
                    .filter(calculator ->
                            calculator.reads().stream().noneMatch(read -> explained.contains(read.name())))
                    .toList();
            add(Verdict.obstacles(telling, measured), failures);
            ids.keySet().retainAll(telling.stream().map(MetricCalculator::name).collect(Collectors.toSet()));
            add(Verdict.unjudged(ids, assessments, absent), failures);
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

    /** Returns the metrics that each calculator that measured the window finds in it or in the reference data. */
    private static Map<String, Set<MetricId>> ids(
            Map<String, List<Metric>> window, Map<String, List<Metric>> reference) {
        Map<String, Set<MetricId>> ids = new LinkedHashMap<>();
        window.forEach((calculator, metrics) -> ids.put(
                calculator,
                Stream.concat(metrics.stream(), reference.getOrDefault(calculator, List.of()).stream())
                        .map(Metric::id)
                        .collect(Collectors.toSet())));
        return ids;
    }

    /** Notes what a violated metric was in the baseline where nothing else is noted of it. */
    private static List<Assessment> tellBefore(List<Assessment> assessments, Baseline baseline) {
        List<Assessment> noted = new ArrayList<>();
        for (Assessment assessment : assessments) {
            Metric metric = assessment.metric();
            Metric before = baseline.metric(metric.subject(), metric.name());
            if (assessment.outcome() == Assessment.Outcome.VIOLATED
                    && metric.isDefined()
                    && metric.note().isEmpty()
                    && before != null
                    && before.isDefined()) {
                metric = metric.withNote(rounded(before.value()) + " -> " + rounded(metric.value()));
            }
            noted.add(ToldOnce.with(assessment, metric));
        }
        return noted;
    }

    private static String rounded(double value) {
        return Double.isInfinite(value)
                ? Double.toString(value)
                : new BigDecimal(value)
                        .round(new MathContext(3))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    /** Returns the columns of which it is violated that values are there: that nothing can be measured of them has the same cause. */
    private static Set<String> explained(List<Assessment> assessments) {
        return assessments.stream()
                .filter(assessment -> assessment.outcome() == Assessment.Outcome.VIOLATED)
                .map(assessment -> assessment.constraint().id())
                .filter(id -> id.name().equals("completeness"))
                .map(MetricId::subject)
                .collect(Collectors.toSet());
    }

    /** Adds failures of calculators of which none is known. */
    private static void add(List<Failure> more, List<Failure> failures) {
        Set<String> known = failures.stream().map(Failure::calculator).collect(Collectors.toSet());
        more.stream().filter(failure -> !known.contains(failure.calculator())).forEach(failures::add);
    }

    /**
     * Shortens failures of calculators that read a column that is not there to this fact, and drops them if it is violated that columns are
     * missing.
     */
    private static void tellMissing(
            List<Failure> failures, List<MetricCalculator<?>> calculators, List<String> columns, Set<String> absent) {
        for (MetricCalculator<?> calculator : calculators) {
            String missing = ReadColumns.missing(calculator, columns);
            if (missing != null
                    && failures.removeIf(failure -> failure.calculator().equals(calculator.name()))
                    && !absent.contains(missing)) {
                failures.add(new Failure(calculator.name(), "there is no column '" + missing + "'"));
            }
        }
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

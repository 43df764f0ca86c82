package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.api.Constraint.onDataset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.StandardError;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Violation;
import io.modelmonitor.stats.test.MultipleTesting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

    private static final Verdict VERDICT = new Verdict(MultipleTesting.HOMMEL, 0.05);

    @Test
    void aValueInsideItsBoundHoldsHoweverUncertain() {
        assertThat(judge(Metric.of("m", "recall", 0.8, new StandardError(10))).isHealthy())
                .isTrue();
    }

    @Test
    void aValueOutsideItsBoundHoldsIfChanceExplainsIt() {
        assertThat(judge(Metric.of("m", "recall", 0.69, new StandardError(0.02)))
                        .isHealthy())
                .isTrue();
        assertThat(judge(Metric.of("m", "recall", 0.65, new StandardError(0.02)))
                        .isHealthy())
                .isFalse();
    }

    @Test
    void aValueWhoseProbabilityIsTheLevelIsViolatedAndOneAboveItHolds() {
        Metric atLevel = Metric.of("m", "recall", 0.6, new Evidence.PValue(VERDICT.level(), Double.NaN));
        assertThat(judge(atLevel).status()).isEqualTo(Report.Status.VIOLATED);

        Metric above = Metric.of("m", "recall", 0.6, new Evidence.PValue(Math.nextUp(VERDICT.level()), Double.NaN));
        assertThat(judge(above).status()).isEqualTo(Report.Status.HEALTHY);
    }

    @Test
    void aFactOutsideItsBoundIsViolated() {
        Report report = judge(Metric.of("m", "recall", 0.699));
        assertThat(report.status()).isEqualTo(Report.Status.VIOLATED);
        assertThat(report.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.pValue()).isZero();
            assertThat(violation.subject()).isEqualTo("m");
        });
    }

    @Test
    void whatTheRowsLeaveUndefinedIsNoViolationButNotHealthyWhereNothingElseWasJudged() {
        Report report = judge(Metric.undefined("m", "recall", "no positive label"));
        assertThat(report.violations()).isEmpty();
        assertThat(report.status()).isEqualTo(Report.Status.INCOMPLETE);
        assertThat(report.failures()).singleElement().asString().contains("nothing could be judged: no positive label");
    }

    @Test
    void whatNothingMeasuresIsViolated() {
        Report report = judge(Metric.of("m", "precision", 1));
        assertThat(report.violations())
                .singleElement()
                .extracting(Violation::description)
                .asString()
                .contains("nothing measures it");
    }

    @Test
    void whatTheReferenceHasAndAWindowHasNoRowsOfIsNotJudged() {
        List<Metric> metrics = List.of(Metric.of("m", "precision", 1));
        assertThat(VERDICT.assess(List.of(recall()), metrics, Set.of(recall().id()), Set.of(), true))
                .singleElement()
                .satisfies(assessment -> {
                    assertThat(assessment.outcome()).isEqualTo(Assessment.Outcome.NOT_JUDGED);
                    assertThat(assessment.metric().note()).isEqualTo("there are no rows of it");
                });
    }

    @Test
    void withoutRowsThereIsNoVerdict() {
        assertThat(Verdict.status(0, List.of(), true)).isEqualTo(Report.Status.NO_DATA);
        assertThat(Verdict.status(0, List.of(), false)).isEqualTo(Report.Status.NO_DATA);
    }

    @Test
    void aFailedCalculatorIsNoHealthAndWhatItWouldHaveMeasuredIsNotJudged() {
        List<Assessment> unjudged = VERDICT.assess(List.of(recall()), List.of(), Set.of(), Set.of(), false);
        assertThat(unjudged).singleElement().satisfies(assessment -> {
            assertThat(assessment.outcome()).isEqualTo(Assessment.Outcome.NOT_JUDGED);
            assertThat(assessment.holds()).isFalse();
            assertThat(assessment.metric().note()).isEqualTo("nothing measured it, as a calculator failed");
        });
        assertThat(Verdict.status(5, unjudged, false)).isEqualTo(Report.Status.INCOMPLETE);
        assertThat(Verdict.status(5, List.of(), false)).isEqualTo(Report.Status.INCOMPLETE);
    }

    @Test
    void aViolationBesideAFailedCalculatorStaysAViolation() {
        List<Assessment> assessments =
                VERDICT.assess(List.of(recall()), List.of(Metric.of("m", "recall", 0)), Set.of(), Set.of(), false);
        assertThat(Verdict.status(5, assessments, false)).isEqualTo(Report.Status.VIOLATED);
    }

    @Test
    void columnsAreAbsentOnlyIfItIsViolatedThatSomeAreMissing() {
        Metric missing = Metric.of(MetricId.DATASET, "missing_columns", 1);
        Metric extra = Metric.of(MetricId.DATASET, "extra_columns", 1);
        Constraint none = onDataset().metric("missing_columns").atMost(0);
        Constraint few = onDataset().metric("missing_columns").atMost(2);
        Constraint rows = onDataset().metric("rows").atLeast(10);
        assertThat(absent(List.of(rows, none), extra, missing)).containsExactlyInAnyOrder("b", "c");
        assertThat(absent(List.of(rows, few), extra, missing)).as("it holds").isEmpty();
        assertThat(absent(List.of(rows), extra, missing))
                .as("nobody requires it")
                .isEmpty();
        assertThat(absent(List.of(rows, none), extra)).as("nothing measures it").isEmpty();
    }

    private static Set<String> absent(List<Constraint> constraints, Metric... metrics) {
        return Verdict.absent(constraints, List.of(metrics), List.of("a", "b", "c"), List.of("x", "a"));
    }

    @Test
    void aCalculatorIsUnjudgedIfNoneOfItsConstraintsCouldBeJudged() {
        List<Metric> metrics =
                List.of(Metric.undefined("m", "recall", "no positive label"), Metric.of("m", "precision", 1));
        Constraint precision = on("m").metric("precision").atLeast(0.5);
        for (boolean isOther : new boolean[] {false, true}) {
            List<Constraint> constraints = isOther ? List.of(recall(), precision) : List.of(recall());
            List<Assessment> assessments = VERDICT.assess(constraints, metrics, Set.of(), Set.of(), true);
            assertThat(Verdict.unjudged(Map.of("quality", ids(metrics)), assessments, Set.of()))
                    .as("with %s constraints", constraints.size())
                    .hasSize(isOther ? 0 : 1);
        }
    }

    @Test
    void pValuesAreCorrectedOverAllConstraintsAndFactsTakeNoPart() {
        List<Metric> metrics = List.of(
                Metric.of("a", "recall", 0, Evidence.ofPValue(0.01)),
                Metric.of("b", "recall", 0, Evidence.ofPValue(0.04)),
                Metric.of("c", "recall", 1, Evidence.ofPValue(0.5)),
                Metric.of("d", "recall", 0));
        Constraint[] wanted = metrics.stream()
                .map(metric -> on(metric.subject()).metric("recall").atLeast(0.7))
                .toArray(Constraint[]::new);
        Report report = report(List.of(wanted), metrics);
        assertThat(report.assessments().stream().map(Assessment::adjustedPValue).toList())
                .usingElementComparator((x, y) -> Math.abs(x - y) < 1e-12 ? 0 : 1)
                .containsExactly(0.03, 0.08, 1.0, 0.0);
        assertThat(report.violations()).extracting(Violation::subject).containsExactly("a", "d");
    }

    @Test
    void reportsOnUnchangedDataRingNoMoreOftenThanTheLevel() {
        SplittableRandom random = new SplittableRandom(7);
        int rings = 0;
        for (int i = 0; i < 2_000; i++) {
            List<Metric> metrics = new ArrayList<>();
            List<Constraint> wanted = new ArrayList<>();
            for (int j = 0; j < 20; j++) {
                metrics.add(Metric.of("x" + j, "shift", 1, Evidence.ofPValue(random.nextDouble())));
                wanted.add(on("x" + j).metric("shift").atMost(0));
            }
            Report report = report(wanted, metrics);
            rings += report.isHealthy() ? 0 : 1;
        }
        // Four standard deviations of a binomial share of 2,000.
        assertThat(rings / 2_000.0).isCloseTo(0.05, within(0.02));
    }

    @ParameterizedTest
    @CsvSource({"20, 5, 4, 0.88", "20, 10, 4, 0.9", "60, 20, 3.5, 0.65", "20, 10, 40, 1"})
    void anInnocentColumnIsNamedInFivePercentOfReportsAtMostWhateverElseChanged(
            int all, int changed, double z, double named) {
        Shares before = shares(MultipleTesting.BENJAMINI_HOCHBERG, all, changed, z);
        Shares now = shares(MultipleTesting.HOMMEL, all, changed, z);
        assertThat(before.innocent).isGreaterThan(0.09);
        // Four standard deviations of a binomial share of 4,000.
        assertThat(now.innocent).isLessThan(0.05 + 0.014);
        // What is wrong is found as before; of several wrong columns some are not named.
        assertThat(now.alerts).isGreaterThan(before.alerts - 0.002);
        assertThat(now.named).isBetween(named - 1e-9, before.named + 1e-9);
    }

    @Test
    void onlyOneColumnThatChangedIsNamedAsOftenAsBefore() {
        Shares before = shares(MultipleTesting.BENJAMINI_HOCHBERG, 20, 1, 3.2);
        Shares now = shares(MultipleTesting.HOMMEL, 20, 1, 3.2);
        assertThat(now.named).isGreaterThan(before.named - 0.015).isBetween(0.5, 0.9);
    }

    /** Shares of reports that name an innocent column, that alert, and of changed columns that are named. */
    private record Shares(double innocent, double alerts, double named) {}

    private static Shares shares(MultipleTesting correction, int all, int changed, double z) {
        NormalDistribution normal = NormalDistribution.of(0, 1);
        SplittableRandom random = new SplittableRandom(17);
        int reports = 4_000;
        double innocent = 0;
        double alerts = 0;
        double named = 0;
        for (int report = 0; report < reports; report++) {
            List<Metric> metrics = new ArrayList<>();
            List<Constraint> wanted = new ArrayList<>();
            for (int i = 0; i < all; i++) {
                double p = random.nextDouble();
                if (i < changed) {
                    p = normal.survivalProbability(normal.inverseSurvivalProbability(p) + z);
                }
                metrics.add(Metric.of("x" + i, "shift", 1, Evidence.ofPValue(p)));
                wanted.add(on("x" + i).metric("shift").atMost(0));
            }
            List<Assessment> assessments =
                    new Verdict(correction, 0.05).assess(wanted, metrics, Set.of(), Set.of(), true);
            boolean[] violated = new boolean[all];
            for (int i = 0; i < all; i++) {
                violated[i] = assessments.get(i).outcome() == Assessment.Outcome.VIOLATED;
                named += violated[i] && i < changed ? 1.0 / changed / reports : 0;
            }
            innocent += IntStream.range(changed, all).anyMatch(i -> violated[i]) ? 1.0 / reports : 0;
            alerts += IntStream.range(0, all).anyMatch(i -> violated[i]) ? 1.0 / reports : 0;
        }
        return new Shares(innocent, alerts, named);
    }

    private static Set<MetricId> ids(List<Metric> metrics) {
        return metrics.stream().map(Metric::id).collect(Collectors.toSet());
    }

    private static Report judge(Metric metric) {
        return report(List.of(recall()), List.of(metric));
    }

    private static Constraint recall() {
        return on("m").metric("recall").atLeast(0.7);
    }

    private static Report report(List<Constraint> constraints, List<Metric> metrics) {
        List<Assessment> assessments = VERDICT.assess(constraints, metrics, Set.of(), Set.of(), true);
        List<Report.Failure> failures = Verdict.unjudged(Map.of("quality", ids(metrics)), assessments, Set.of());
        return new Report(
                "m",
                Verdict.status(100, assessments, failures.isEmpty()),
                100,
                null,
                null,
                "",
                assessments,
                metrics,
                List.of(),
                failures,
                "Hommel",
                0.05);
    }
}

package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Evidence.StandardError;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Violation;
import io.modelmonitor.stats.test.MultipleTesting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Verdict VERDICT = new Verdict(MultipleTesting.BENJAMINI_HOCHBERG, 0.05);

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
        assertThat(report.failures())
                .singleElement()
                .asString()
                .contains("nothing of 'm' could be judged: no positive label");
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
    void withoutRowsThereIsNoVerdict() {
        assertThat(Verdict.status(0, List.of(), true)).isEqualTo(Report.Status.NO_DATA);
        assertThat(Verdict.status(0, List.of(), false)).isEqualTo(Report.Status.NO_DATA);
    }

    @Test
    void aFailedCalculatorIsNoHealthAndWhatItWouldHaveMeasuredIsNotJudged() {
        List<Assessment> unjudged = VERDICT.assess(List.of(recall()), List.of(), false);
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
        List<Assessment> assessments = VERDICT.assess(List.of(recall()), List.of(Metric.of("m", "recall", 0)), false);
        assertThat(Verdict.status(5, assessments, false)).isEqualTo(Report.Status.VIOLATED);
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
                .containsExactly(0.03, 0.06, 1.0, 0.0);
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

    private static Report judge(Metric metric) {
        return report(List.of(recall()), List.of(metric));
    }

    private static Constraint recall() {
        return on("m").metric("recall").atLeast(0.7);
    }

    private static Report report(List<Constraint> constraints, List<Metric> metrics) {
        List<Assessment> assessments = VERDICT.assess(constraints, metrics, true);
        List<Report.Failure> failures = Verdict.unjudged(Map.of("quality", metrics), assessments);
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
                "Benjamini-Hochberg",
                0.05);
    }
}

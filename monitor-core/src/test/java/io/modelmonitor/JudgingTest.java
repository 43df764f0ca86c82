package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Report.Failure;
import io.modelmonitor.api.Scale;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A report's status, failures and problems beside its assessments. */
class JudgingTest {

    private static Dataset table(String yes, String no, boolean isLabelled) {
        return Tables.csv(
                "n,ok,y,p",
                60,
                i -> i % 20 + "," + (i % 3 == 0 ? no : yes) + "," + (isLabelled ? i % 2 : "") + ","
                        + (i % 5 == 0 ? 1 - i % 2 : i % 2));
    }

    private static final Monitor MONITOR = Monitor.against(
            Baseline.of(table("true", "false", true), modelQuality().label("y").prediction("p")));

    @Test
    void aWindowWithoutRowsIsNotJudged() {
        Report report = MONITOR.check(Tables.csv("n,ok,y,p", 0, i -> ""));
        assertThat(report.status()).isEqualTo(Report.Status.NO_DATA);
        assertThat(report.assessments()).isEmpty();
        assertThat(report.metrics()).isEmpty();
        assertThat(report.problems()).isEmpty();
        assertThat(report.failures()).isEmpty();
    }

    @Test
    void aCalculatorThatMeasuresNothingMakesAReportIncompleteAndIsToldOnce() {
        Dataset unlabelled = table("true", "false", false);
        Report unconstrained = MONITOR.requiringOnly(new Constraints(
                        MONITOR.constraints().schema(),
                        List.of(on("n").completeness().atLeast(0.5))))
                .check(unlabelled);
        assertThat(unconstrained.violations()).isEmpty();
        assertThat(unconstrained.status()).isEqualTo(Report.Status.INCOMPLETE);
        assertThat(unconstrained.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.calculator()).isEqualTo("model_quality");
            assertThat(failure.reason()).startsWith("measured nothing: ");
        });

        Report constrained = MONITOR.check(unlabelled);
        assertThat(constrained.violations())
                .extracting(violation -> violation.constraint().metric())
                .as("that labels are missing is the cause, and told")
                .contains("completeness");
        assertThat(constrained.failures()).isEmpty();
        assertThat(MONITOR.check(table("true", "false", true)).failures()).isEmpty();
    }

    @Test
    void aViolatedMetricTellsWhatItWasInTheBaseline() {
        SplittableRandom random = new SplittableRandom(3);
        Monitor monitor = Monitor.against(Baseline.of(
                Tables.csv("y,p", 2_000, i -> i % 2 + "," + (random.nextInt(10) == 0 ? 1 - i % 2 : i % 2)),
                modelQuality().label("y").prediction("p")));
        Report report = monitor.check(
                Tables.csv("y,p", 2_000, i -> i % 2 + "," + (random.nextInt(3) == 0 ? 1 - i % 2 : i % 2)));
        assertThat(report.violations())
                .filteredOn(violation -> violation.constraint().metric().equals("accuracy"))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.metric().note()).matches("0\\.9\\d* -> 0\\.6\\d*");
                    assertThat(report.metrics()).contains(violation.metric());
                });
        assertThat(report.violations())
                .allSatisfy(violation -> assertThat(violation.metric().note()).isNotEmpty());
    }

    @Test
    void theRowsAndNothingElseAreSaidToBeTakenAsIndependentWhereNothingTellsOfThem() {
        SplittableRandom random = new SplittableRandom(5);
        Dataset rows = Tables.csv("n,label", 60, i -> random.nextInt(1_000) + "," + random.nextBoolean());
        assertThat(Monitor.against(Baseline.of(rows)).check(rows).metrics())
                .filteredOn(metric -> metric.note().contains("taken to be independent"))
                .extracting(Metric::id)
                .containsExactly(new MetricId(MetricId.DATASET, "rows"));
        Dataset timed = Tables.csv("at", 60, i -> "2024-01-01T00:00:" + (10 + i % 50));
        assertThat(Monitor.against(Baseline.of(timed)).check(timed).metrics())
                .as("times tell")
                .contains(Metric.of(MetricId.DATASET, "rows", 60).on(Scale.COUNT));
    }

    @Test
    void aWindowIsToHaveOneRowOfEachGroupAsItsBaselineHas() {
        Dataset rows = table("true", "false", true);
        List<Report> reports = List.of(
                Monitor.against(Baseline.of(rows.per("n"))).judge(Measurement.of(rows)),
                Monitor.against(Baseline.of(rows)).judge(Measurement.of(rows.per("n"))),
                Monitor.against(Baseline.of(rows.per("n"))).judge(Measurement.of(rows.per("n"))));
        assertThat(reports.stream()
                        .map(report ->
                                report.failures().stream().map(Failure::reason).toList()))
                .containsExactly(
                        List.of(
                                "the baseline has one row of each 'n', the window all rows, so that chance may give more"
                                        + " than it is taken to"),
                        List.of(
                                "the baseline has all rows, the window one row of each 'n', so that chance may give more"
                                        + " than it is taken to"),
                        List.of());
    }

    @Test
    void aColumnThatIsSpelledOtherwiseIsAProblemOfTheData() {
        assertThat(MONITOR.check(table("True", "False", true)).problems())
                .containsExactly(new DataProblem(
                        "columns spelled otherwise than the baseline's: 'ok' (True for true)", 1, List.of()));
        assertThat(MONITOR.check(table("true", "false", true)).problems()).isEmpty();
    }
}

package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.Violation;
import io.modelmonitor.stats.drift.MultipleTesting;
import io.modelmonitor.stats.evidence.StandardError;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Verdict VERDICT = new Verdict(MultipleTesting.BENJAMINI_HOCHBERG, 0.05);

    @Test
    void aValueInsideItsBoundHoldsHoweverUncertain() {
        assertThat(judge(new Metric("recall", "m", 0.8, new StandardError(10))).isHealthy())
                .isTrue();
    }

    @Test
    void aValueOutsideItsBoundHoldsIfChanceExplainsIt() {
        assertThat(judge(new Metric("recall", "m", 0.69, new StandardError(0.02)))
                        .isHealthy())
                .isTrue();
        assertThat(judge(new Metric("recall", "m", 0.65, new StandardError(0.02)))
                        .isHealthy())
                .isFalse();
    }

    @Test
    void aFactOutsideItsBoundIsViolated() {
        Report report = judge(new Metric("recall", "m", 0.699));
        assertThat(report.status()).isEqualTo(Report.Status.VIOLATED);
        assertThat(report.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.pValue()).isZero();
            assertThat(violation.subject()).isEqualTo("m");
        });
    }

    @Test
    void whatCouldNotBeMeasuredIsViolatedAndSaysWhy() {
        Report report = judge(Metric.undefined("recall", "m", "no positive label"));
        assertThat(report.violations())
                .singleElement()
                .extracting(Violation::description)
                .asString()
                .contains("no positive label");
    }

    @Test
    void whatNothingMeasuresIsViolated() {
        Report report = judge(new Metric("precision", "m", 1));
        assertThat(report.violations())
                .singleElement()
                .extracting(Violation::description)
                .asString()
                .contains("nothing measures it");
    }

    @Test
    void withoutRowsThereIsNoVerdict() {
        Report report = VERDICT.on("m", 0, constraints(recall()), List.of(), List.of(), List.of());
        assertThat(report.status()).isEqualTo(Report.Status.NO_DATA);
        assertThat(report.violations()).isEmpty();
    }

    @Test
    void aFailureOfTheMonitorItselfIsNotHealth() {
        Report report = VERDICT.on("m", 5, constraints(), List.of(), List.of(), List.of("calculator X threw"));
        assertThat(report.status()).isEqualTo(Report.Status.VIOLATED);
        assertThat(report.toString()).contains("calculator X threw");
    }

    @Test
    void pValuesAreCorrectedOverAllConstraintsAndFactsTakeNoPart() {
        List<Metric> metrics = List.of(
                new Metric("recall", "a", 0, Evidence.ofPValue(0.01)),
                new Metric("recall", "b", 0, Evidence.ofPValue(0.04)),
                new Metric("recall", "c", 1, Evidence.ofPValue(0.5)),
                new Metric("recall", "d", 0));
        Constraint[] wanted = metrics.stream()
                .map(metric -> on(metric.subject()).metric("recall").atLeast(0.7))
                .toArray(Constraint[]::new);
        Report report = VERDICT.on("m", 10, constraints(wanted), metrics, List.of(), List.of());
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
                metrics.add(new Metric("shift", "x" + j, 1, Evidence.ofPValue(random.nextDouble())));
                wanted.add(on("x" + j).metric("shift").atMost(0));
            }
            Report report =
                    VERDICT.on("m", 10, constraints(wanted.toArray(Constraint[]::new)), metrics, List.of(), List.of());
            rings += report.isHealthy() ? 0 : 1;
        }
        // Four standard deviations of a binomial share of 2,000.
        assertThat(rings / 2_000.0).isCloseTo(0.05, within(0.02));
    }

    private static Report judge(Metric metric) {
        return VERDICT.on("m", 100, constraints(recall()), List.of(metric), List.of(), List.of());
    }

    private static Constraint recall() {
        return on("m").metric("recall").atLeast(0.7);
    }

    private static Constraints constraints(Constraint... list) {
        return new Constraints(Schema.of(List.of()), List.of(list));
    }
}

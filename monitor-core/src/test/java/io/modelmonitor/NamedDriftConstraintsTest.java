package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Assessment;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.NamedDrift;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A named measure of drift needs no threshold, and its line of the report says all that it is judged by. */
class NamedDriftConstraintsTest {

    @Test
    void everyMeasureOfNumbersRingsWhenTheyMovedAndNotWhenTheyDidNot() {
        Monitor monitor = monitor(List.of(NamedDrift.values()));
        assertThat(monitor.check(incomes(3, 1_000, 0)).isHealthy()).isTrue();

        Report report = monitor.check(incomes(4, 1_000, 0.6));
        assertThat(report.violations()).hasSize(NamedDrift.values().length);
        for (Assessment assessment : report.assessments()) {
            assertThat(assessment.adjustedPValue()).isLessThan(1e-4);
            assertThat(assessment.metric().evidence().expectedByChance())
                    .isLessThan(assessment.constraint().bound().upper());
        }
        assertThat(report.toString())
                .contains("value", "wanted", "by chance", "p ", "adjusted", "what changed")
                .contains("drift.psi");
    }

    @Test
    void anotherFloorIsSetByAnyBoundOnTheSameMetric() {
        Monitor monitor = monitor(List.of(NamedDrift.PSI))
                .requiring(on("income").metric("drift.psi").atMost(5));
        assertThat(monitor.check(incomes(4, 1_000, 0.6)).isHealthy()).isTrue();
    }

    @Test
    void fewRowsDoNotAlertHoweverLargeTheMeasure() {
        Report report = monitor(List.of(NamedDrift.PSI)).check(incomes(5, 30, 0));
        assertThat(report.assessments().get(0).metric().value()).isGreaterThan(0.1);
        assertThat(report.isHealthy()).isTrue();
    }

    private static Monitor monitor(List<NamedDrift> measures) {
        Baseline baseline = Baseline.of(incomes(1, 2_000, 0));
        return Monitor.against(baseline)
                .requiringOnly(new Constraints(
                        baseline.schema(),
                        measures.stream()
                                .map(measure -> on("income").drift(measure.toString()))
                                .toList()));
    }

    private static Dataset incomes(long seed, int rows, double shift) {
        Random random = new Random(seed);
        double[] incomes = new double[rows];
        for (int i = 0; i < rows; i++) {
            incomes[i] = Math.exp(10 + 0.5 * (random.nextGaussian() + shift));
        }
        return Datasets.columns().add("income", incomes).build();
    }
}

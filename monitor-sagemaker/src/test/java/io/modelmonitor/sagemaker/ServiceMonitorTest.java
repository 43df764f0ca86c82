package io.modelmonitor.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each of the service's checks, in its words. */
class ServiceMonitorTest {

    @TempDir
    private Path folder;

    @Test
    void theBaselineItselfIsHealthy() {
        Dataset train = csv("age,plan\n" + "31,a\n32,b\n33,a\n".repeat(20));
        Baseline baseline = Baseline.of(train);
        Report report = ServiceMonitor.against(baseline, ServiceConstraints.suggestedFor(baseline))
                .check(train);
        assertThat(report.isHealthy()).isTrue();
        assertThat(ServiceMonitor.exitMessage(report))
                .isEqualTo("Completed: Job completed successfully with no violations.");
    }

    @Test
    void missingValuesAndNewCategoriesAreStatedAsShares() {
        List<ServiceViolation> found =
                check("age,plan\n" + "31,a\n32,b\n33,a\n".repeat(20), "age,plan\n" + "31,a\n,c\n".repeat(4));
        assertThat(found)
                .contains(
                        new ServiceViolation(
                                "age", "completeness_check", "Value: 0.5 does not meet the constraint requirement! "),
                        new ServiceViolation(
                                "plan",
                                "categorical_values_check",
                                "Value: 0.5 does not meet the constraint requirement! "));
    }

    @Test
    void driftOfTextsIsTheGreatestDifferenceOfShares() {
        String train = "plan\n" + "a\nb\n".repeat(5000);
        assertThat(check(train, "plan\n" + "a\n".repeat(10_000)))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.check()).isEqualTo("baseline_drift_check");
                    assertThat(violation.description())
                            .matches("Baseline drift distance: 0\\.47\\d* exceeds threshold: 0\\.1");
                });
    }

    @Test
    void driftOfContinuousNumbersIsSeen() {
        StringBuilder train = new StringBuilder("x\n");
        StringBuilder today = new StringBuilder("x\n");
        for (int i = 0; i < 2000; i++) {
            train.append(i + 0.5).append('\n');
            today.append(i + 700.25).append('\n');
        }
        assertThat(check(train.toString(), today.toString())).singleElement().satisfies(violation -> assertThat(
                        violation.description())
                .matches(".*distance: (0\\.29\\d*) exceeds threshold: (0\\.1)"));
    }

    @Test
    void columnsAreCounted() {
        String train = "a,b\n" + "1,2\n".repeat(10);
        assertThat(check(train, "a\n" + "1\n".repeat(10)))
                .contains(new ServiceViolation(
                        "Missing columns",
                        "missing_column_check",
                        "There are missing columns in current dataset. Number of columns in current dataset: 1, Number of "
                                + "columns in baseline constraints: 2"));
        assertThat(check(train, "a,b,c\n" + "1,2,3\n".repeat(10)))
                .containsExactly(new ServiceViolation(
                        "Extra columns",
                        "extra_column_check",
                        "There are extra columns in current dataset. Number of columns in current dataset: 3, Number of "
                                + "columns in baseline constraints: 2"));
        assertThat(check(train, "a,c\n" + "1,2\n".repeat(10)))
                .as("one missing and one extra make up for each other in the count")
                .noneMatch(violation -> violation.check().endsWith("column_check"))
                .anyMatch(violation -> violation.feature().equals("b"));
    }

    @Test
    void typesAreExact() {
        assertThat(check("x\n" + "1.5\n2.5\n".repeat(10), "x\n" + "1.5\n2\n".repeat(10)))
                .contains(new ServiceViolation(
                        "x",
                        "data_type_check",
                        "Data type match requirement is not met. Expected data type: Fractional, Expected match: 100.0%. "
                                + "Observed: Only 50.0% of data is Fractional."));
    }

    @Test
    void noDataIsNotHealth() {
        Baseline baseline = Baseline.of(csv("a\n1\n"));
        Monitor monitor = ServiceMonitor.against(baseline, ServiceConstraints.suggestedFor(baseline));
        Report report = monitor.check(csv("a\n"));
        assertThat(ServiceFiles.violations(report, monitor.constraints()))
                .containsExactly(new ServiceViolation("", "no_data", "Job inputs had no data"));
        assertThat(ServiceMonitor.exitMessage(report)).isEqualTo("Failed: Job inputs had no data");
    }

    @Test
    void chiSquaredComparesItsPValue() throws IOException {
        Baseline baseline = Baseline.of(csv("plan\n" + "a\nb\n".repeat(500)));
        Path file = folder.resolve("constraints.json");
        Files.writeString(
                file,
                "{\"features\":[{\"name\":\"plan\",\"inferred_type\":\"String\"}],\"monitoring_config\":{"
                        + "\"distribution_constraints\":{\"categorical_drift_method\":\"ChiSquared\"}}}");
        Monitor monitor = ServiceMonitor.against(baseline, ServiceFiles.readConstraints(file));
        Report drifted = monitor.check(csv("plan\n" + "a\na\nb\n".repeat(100)));
        assertThat(ServiceFiles.violations(drifted, monitor.constraints()))
                .singleElement()
                .satisfies(violation -> assertThat(violation.description())
                        .matches("Baseline drift p-value: .* is below threshold: 0\\.1"));
        assertThat(monitor.check(csv("plan\n" + "a\nb\n".repeat(100))).isHealthy())
                .isTrue();
    }

    private List<ServiceViolation> check(String train, String today) {
        Baseline baseline = Baseline.of(csv(train));
        Monitor monitor = ServiceMonitor.against(baseline, ServiceConstraints.suggestedFor(baseline));
        return ServiceFiles.violations(monitor.check(csv(today)), monitor.constraints());
    }

    private Dataset csv(String text) {
        try {
            Path file = Files.createTempFile(folder, "table", ".csv");
            Files.writeString(file, text);
            return Datasets.csv(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

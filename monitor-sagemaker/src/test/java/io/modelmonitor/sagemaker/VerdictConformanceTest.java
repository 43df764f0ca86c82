package io.modelmonitor.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service's own verdict on a real hour of captured data. */
class VerdictConformanceTest {

    @TempDir
    private Path folder;

    @Test
    void findsTheSame60ViolationsInTheSameWords() throws IOException {
        Baseline baseline = Baseline.of(ServiceSamples.churnTraining());
        ServiceConstraints constraints =
                ServiceFiles.readConstraints(ServiceSamples.file(ServiceSamples.CHURN_CONSTRAINTS));
        Monitor monitor = ServiceMonitor.against(baseline, constraints);
        Report report = monitor.check(ServiceSamples.churnLiveWindow(folder));
        List<ServiceViolation> violations = ServiceFiles.violations(report, monitor.constraints());
        assertThat(violations)
                .hasSize(60)
                .allMatch(violation -> violation.check().equals("data_type_check"));
        assertThat(violations)
                .containsAll(ServiceFiles.readViolations(ServiceSamples.file(ServiceSamples.CHURN_VIOLATIONS)));
        Map<String, Long> texts = violations.stream()
                .collect(Collectors.groupingBy(ServiceViolation::description, Collectors.counting()));
        assertThat(texts)
                .containsEntry(
                        "Data type match requirement is not met. Expected data type: Integral, Expected match: 100.0%. "
                                + "Observed: Only 99.63446475195823% of data is Integral.",
                        59L)
                .containsEntry(
                        "Data type match requirement is not met. Expected data type: Integral, Expected match: 100.0%. "
                                + "Observed: Only 0.0% of data is Integral.",
                        1L);
        assertThat(ServiceMonitor.exitMessage(report))
                .isEqualTo("CompletedWithViolations: Job completed successfully with 60 violations.");
    }

    @Test
    void carriesOnFromTheServicesOwnStatisticsToTheSameVerdict() throws IOException {
        Baseline ours = Baseline.of(ServiceSamples.churnTraining());
        Path statistics = folder.resolve("statistics.json");
        ServiceFiles.writeStatistics(ours, statistics);
        ServiceConstraints constraints =
                ServiceFiles.readConstraints(ServiceSamples.file(ServiceSamples.CHURN_CONSTRAINTS));
        Monitor fromFile = ServiceMonitor.against(ServiceFiles.readStatistics(statistics), constraints);
        Report report = fromFile.check(ServiceSamples.churnLiveWindow(folder));
        Report direct = ServiceMonitor.against(ours, constraints).check(ServiceSamples.churnLiveWindow(folder));
        assertThat(report.violations()).hasSize(60);
        assertThat(report.metrics()).isEqualTo(direct.metrics());
    }

    @Test
    void countsEveryNumberWhenToldTo() throws IOException {
        Baseline baseline = Baseline.of(ServiceSamples.churnTraining());
        ServiceConstraints constraints =
                ServiceFiles.readConstraints(ServiceSamples.file(ServiceSamples.CHURN_CONSTRAINTS));
        Report report =
                ServiceMonitor.countingEveryNumber(baseline, constraints).check(ServiceSamples.churnLiveWindow(folder));
        assertThat(report.violations()).hasSize(61);
        assertThat(report.violations())
                .filteredOn(violation -> violation.constraint().metric().equals("drift"))
                .singleElement()
                .satisfies(violation -> assertThat(violation.subject()).isEqualTo("Churn"));
    }
}

package io.modelmonitor.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Baseline;
import io.modelmonitor.internal.json.Json;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service's own constraints and violations, suggested again, and read and written again. */
class ConstraintsConformanceTest {

    @TempDir
    private Path folder;

    @Test
    void suggestsWhatTheServiceSuggestedForTheChurnTable() {
        Baseline baseline = Baseline.of(ServiceSamples.churnTraining());
        assertThat(written(ServiceConstraints.suggestedFor(baseline)))
                .isEqualTo(Json.read(ServiceSamples.file(ServiceSamples.CHURN_CONSTRAINTS)));
    }

    @Test
    void suggestsWhatTheServiceSuggestedForAHundredRows() {
        Baseline baseline = Baseline.of(ServiceSamples.pipelineBaseline());
        assertThat(written(ServiceConstraints.suggestedFor(baseline)))
                .isEqualTo(Json.read(ServiceSamples.file(ServiceSamples.PIPELINE + "good_cases/constraints.json")));
    }

    @Test
    void suggestsTheSameFromTheServicesStatistics() {
        Baseline baseline =
                ServiceFiles.readStatistics(ServiceSamples.file(ServiceSamples.PIPELINE + "statistics.json"));
        assertThat(written(ServiceConstraints.suggestedFor(baseline)))
                .isEqualTo(Json.read(ServiceSamples.file(ServiceSamples.PIPELINE + "good_cases/constraints.json")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ServiceSamples.CHURN_CONSTRAINTS,
                ServiceSamples.PIPELINE + "good_cases/constraints.json",
                ServiceSamples.PIPELINE + "bad_cases/constraints.json",
                "python-sdk-tests/constraints.json"
            })
    void writesConstraintsAgainAsTheyWere(String name) {
        Path file = ServiceSamples.file(name);
        assertThat(written(ServiceFiles.readConstraints(file))).isEqualTo(Json.read(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ServiceSamples.CHURN_VIOLATIONS,
                "python-sdk-tests/constraint_violations.json",
                "sagemaker-examples/byoc-nlp/constraints_violations.json"
            })
    void writesViolationsAgainAsTheyWere(String name) {
        Path file = ServiceSamples.file(name);
        List<ServiceViolation> violations = ServiceFiles.readViolations(file);
        Path again = folder.resolve("constraint_violations.json");
        ServiceFiles.writeViolations(violations, again);
        assertThat(Json.read(again)).isEqualTo(Json.read(file));
    }

    @Test
    void findsViolationsUnderEitherName() {
        Path old = ServiceSamples.file("sagemaker-examples/byoc-nlp/constraints_violations.json");
        Path usual = ServiceSamples.file("python-sdk-tests/constraint_violations.json");
        assertThat(ServiceFiles.readViolations(parentOf(old))).hasSize(8);
        assertThat(ServiceFiles.readViolations(parentOf(usual))).hasSize(7);
    }

    private static Path parentOf(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    private @Nullable Object written(ServiceConstraints constraints) {
        Path file = folder.resolve("constraints.json");
        ServiceFiles.writeConstraints(constraints, file);
        return Json.read(file);
    }
}

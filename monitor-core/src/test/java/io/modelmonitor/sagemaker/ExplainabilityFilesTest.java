package io.modelmonitor.sagemaker;

import static io.modelmonitor.attribution.AttributionNames.ATTRIBUTION;
import static io.modelmonitor.attribution.AttributionNames.EXPECTED_VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelmonitor.api.Explanation;
import io.modelmonitor.api.Metric;
import io.modelmonitor.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainabilityFilesTest {

    @TempDir
    private Path folder;

    /** Real output of the service, and the shape that its software development kit reads. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "notebook-outputs/shap_endpoint_jsonlines/baseline_analysis.json",
                "python-sdk-tests/model_card/clarify_explanability.json"
            })
    void whatTheServiceWroteIsReadAndWrittenAgainWithoutLoss(String name) {
        Path file = Path.of(System.getProperty("service.files", "")).resolve(name);
        assumeTrue(Files.isRegularFile(file), "no sample file " + file + "; set the system property service.files");

        ExplainabilityAnalysis analysis = ExplainabilityFiles.readAnalysis(file);
        Path copy = folder.resolve("analysis.json");
        ExplainabilityFiles.writeAnalysis(analysis, copy);

        assertThat(analysis.labels()).isNotEmpty();
        assertThat(Json.read(copy)).isEqualTo(Json.read(file));
        assertThat(ExplainabilityFiles.readAnalysis(copy)).isEqualTo(analysis);
        assertThat(analysis.violations(analysis)).isEmpty();
    }

    @Test
    void metricsBecomeAnAnalysisAndBack() {
        List<Metric> one = List.of(
                new Metric("completeness", "age", 1),
                new Metric(ATTRIBUTION, "age", 0.5),
                new Metric(ATTRIBUTION, "income/year", 0.25),
                new Metric(EXPECTED_VALUE, "", 0.1));
        List<Metric> several = List.of(
                new Metric(ATTRIBUTION, "yes/age", 0.5),
                new Metric(EXPECTED_VALUE, "yes", 0.1),
                new Metric(ATTRIBUTION, "no/age", 0.75),
                new Metric(EXPECTED_VALUE, "no", 0.9));

        ExplainabilityAnalysis ofOne = ExplainabilityAnalysis.of(one);

        assertThat(ofOne.labels()).hasSize(1);
        assertThat(ofOne.labels().get(0).name()).isEqualTo("label0");
        assertThat(ofOne.labels().get(0).attributions()).containsEntry("income/year", 0.25);
        assertThat(ofOne.metrics()).containsExactlyElementsOf(one.subList(1, 4));
        assertThat(ExplainabilityAnalysis.of(several).metrics()).containsExactlyElementsOf(several);
        assertThat(ExplainabilityAnalysis.of(one.subList(1, 3)).labels().get(0).expectedValue())
                .isNaN();
        assertThat(ExplainabilityAnalysis.of(List.of()).labels()).isEmpty();
    }

    @Test
    void theOrderOfTheCollegeExampleIsViolatedInTheServicesWords() throws IOException {
        ExplainabilityAnalysis before = college(0.70, 0.50, 0.05);
        ExplainabilityAnalysis now = college(0.10, 0.20, 0.70);
        Path file = folder.resolve("constraint_violations.json");

        ExplainabilityFiles.writeViolations(before.violations(now), file);

        assertThat(Files.readString(file))
                .isEqualTo("""
                {
                  "version" : "1.0",
                  "violations" : [ {
                    "label" : "label0",
                    "metric_name" : "shap",
                    "constraint_check_type" : "feature_attribution_drift_check",
                    "description" : "Feature attribution drift %s exceeds threshold 0.9"
                  } ]
                }
                """.formatted(before.violations(now).get(0).ndcg()));
        assertThat(before.violations(now).get(0).ndcg()).isBetween(0.68, 0.69);
        assertThat(before.violations(before)).isEmpty();
        assertThat(college(0, 0, 0).violations(now)).isEmpty();
        assertThat(before.violations(new ExplainabilityAnalysis(List.of(), Map.of())))
                .isEmpty();
    }

    @Test
    void anAnalysisOfBiasOnlyHasNoLabels() {
        assertThat(ExplainabilityFiles.readAnalysis(file("{\"version\":\"1.0\",\"pre_training_bias_metrics\":{}}"))
                        .labels())
                .isEmpty();
    }

    @Test
    void whatIsWrongWithAFileIsSaidInOneLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExplainabilityFiles.readAnalysis(file(
                        "{\"explanations\":{\"kernel_shap\":{\"label0\":{\"global_shap_values\":{\"a\":\"x\"}}}}}")))
                .withMessageContaining("analysis.json: explanations.kernel_shap.label0.global_shap_values.a: a number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExplainabilityFiles.readAnalysis(file("{\"explanations\":{\"kernel_shap\":[]}}")))
                .withMessageContaining("explanations.kernel_shap: an object was expected");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ExplainabilityFiles.readAnalysis(file("{\"explanations\":{\"kernel_shap\":{\"label0\":{}}}}")))
                .withMessageContaining("global_shap_values");
    }

    @Test
    void localValuesAreALineForEachRow() throws IOException {
        Path file = folder.resolve("explanations_shap/out.csv");

        ExplainabilityFiles.writeLocalValues(
                List.of("age", "debt, total"),
                List.of("label0", "label1"),
                List.of(
                        Explanation.of(new double[2], new double[] {0.1, -2, 3, 1e-7}),
                        Explanation.of(new double[2], new double[] {5, 6, 7, 8})),
                file);

        assertThat(Files.readString(file)).isEqualTo("""
                age_label0,"debt, total_label0",age_label1,"debt, total_label1"
                0.1,-2.0,3.0,1.0E-7
                5.0,6.0,7.0,8.0
                """);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExplainabilityFiles.writeLocalValues(
                        List.of("age"), List.of("label0"), List.of(Explanation.of(new double[1], new double[2])), file))
                .withMessageContaining("1 outputs and 2 features");
        assertThat(Files.readString(file)).startsWith("age_label0");
    }

    private Path file(String json) {
        try {
            return Files.writeString(folder.resolve("analysis.json"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ExplainabilityAnalysis college(double sat, double grades, double rank) {
        Map<String, Double> attributions = new LinkedHashMap<>();
        attributions.put("SAT", sat);
        attributions.put("GPA", grades);
        attributions.put("rank", rank);
        return new ExplainabilityAnalysis(
                List.of(new ExplainabilityAnalysis.Label("label0", attributions, 0.5, Map.of())), Map.of());
    }
}

package io.modelmonitor.sagemaker;

import static io.modelmonitor.api.Constraint.onDataset;
import static io.modelmonitor.attribution.Attribution.attributionColumns;
import static io.modelmonitor.attribution.AttributionNames.ATTRIBUTION;
import static io.modelmonitor.attribution.AttributionNames.EXPECTED_VALUE;
import static io.modelmonitor.attribution.AttributionNames.NDCG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelmonitor.Baseline;
import io.modelmonitor.Monitor;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Explanation;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import io.modelmonitor.attribution.Attribution;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        Path file = serviceFile(name);

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
                Metric.of("age", "completeness", 1),
                Metric.of("age", ATTRIBUTION, 0.5),
                Metric.of("income/year", ATTRIBUTION, 0.25),
                Metric.of("", EXPECTED_VALUE, 0.1));
        List<Metric> several = List.of(
                Metric.of("yes/age", ATTRIBUTION, 0.5),
                Metric.of("yes", EXPECTED_VALUE, 0.1),
                Metric.of("no/age", ATTRIBUTION, 0.75),
                Metric.of("no", EXPECTED_VALUE, 0.9));

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

        assertThat(ExplainabilityFiles.writeViolations(before.violations(before), file))
                .isFalse();
        assertThat(file).doesNotExist();
        assertThat(ExplainabilityFiles.writeViolations(before.violations(now), file))
                .isTrue();

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

    @Test
    void hostileNamesOfFeaturesComeBackAsTheyWere() {
        Path file = folder.resolve("out.csv");
        List<String> features =
                List.of("a,b", "say \"x\"", "two\nlines", "carriage\rreturn", " spaced ", "=1+1", "Größe", "a\tb", "");

        writeOne(features, file);

        try (Stream<Row> rows = Datasets.csv(file).rows()) {
            List<Row> all = rows.toList();
            assertThat(all).hasSize(1);
            assertThat(all.get(0).schema().names())
                    .isEqualTo(features.stream().map(name -> name + "_label0").toList());
            assertThat(all.get(0).number(8)).isEqualTo(8.5);
        }
    }

    private static void writeOne(List<String> features, Path file) {
        double[] contributions =
                IntStream.range(0, features.size()).mapToDouble(j -> j + 0.5).toArray();
        ExplainabilityFiles.writeLocalValues(
                features, List.of("label0"), List.of(Explanation.of(new double[1], contributions)), file);
    }

    /** The service's real baseline against attributions that were computed elsewhere: one nDCG, and both verdicts. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRealBaselineIsComparedAlikeInBothModes(boolean turned) {
        Path file = serviceFile("notebook-outputs/shap_endpoint_jsonlines/baseline_analysis.json");
        ExplainabilityAnalysis before = ExplainabilityFiles.readAnalysis(file);
        Map<String, Double> attributions = before.labels().get(0).attributions();
        List<String> features = List.copyOf(attributions.keySet());
        Dataset window = window(features, List.copyOf(attributions.values()), turned);
        Attribution reasons = attributionColumns("shap_");
        double[] stated =
                attributions.values().stream().mapToDouble(Double::doubleValue).toArray();
        Baseline baseline =
                Baseline.of(Baseline.of(window).measurement().with(reasons, reasons.stated(features, stated)));

        Report report = Monitor.against(baseline)
                .requiring(onDataset().metric(NDCG).atLeast(0.90))
                .check(window);

        ExplainabilityAnalysis now = ExplainabilityAnalysis.of(report.metrics());
        List<ExplainabilityViolation> violations = before.violations(now);
        Metric ndcg = report.metric(MetricId.DATASET, NDCG);
        assertThat(ndcg).isNotNull();
        assertThat(now.labels().get(0).attributions().keySet()).containsExactlyElementsOf(features);
        assertThat(violations).hasSize(turned ? 1 : 0);
        assertThat(report.violations()).hasSize(turned ? 1 : 0);
        if (turned) {
            assertThat(violations.get(0).ndcg()).isEqualTo(ndcg.value()).isLessThan(0.8);
            assertThat(violations.get(0).description())
                    .isEqualTo("Feature attribution drift " + ndcg.value() + " exceeds threshold 0.9");
        } else {
            assertThat(ndcg.value()).isEqualTo(1);
        }
    }

    /** Rows whose contributions have the given magnitudes, from the first feature to the last or the other way round. */
    private static Dataset window(List<String> features, List<Double> magnitudes, boolean turned) {
        List<Double> ascending = magnitudes.stream().sorted().toList();
        List<Object[]> rows = new ArrayList<>();
        for (int row = 0; row < 30; row++) {
            Object[] values = new Object[features.size()];
            for (int j = 0; j < values.length; j++) {
                double magnitude = magnitudes.get(j);
                int rank = ascending.indexOf(magnitude);
                double now = turned ? ascending.get(ascending.size() - 1 - rank) : magnitude;
                values[j] = (row % 2 == 0 ? 1 : -1) * now;
            }
            rows.add(values);
        }
        return Datasets.of(
                Schema.ofNames(features.stream().map(name -> "shap_" + name).toArray(String[]::new)), rows);
    }

    private static Path serviceFile(String name) {
        Path file = Path.of(System.getProperty("service.files", "")).resolve(name);
        assumeTrue(Files.isRegularFile(file), "no sample file " + file + "; set the system property service.files");
        return file;
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

package io.modelmonitor.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.internal.json.Json;
import io.modelmonitor.stats.quality.BinaryCounts;
import io.modelmonitor.stats.quality.BinaryQuality;
import io.modelmonitor.stats.quality.ConstantClassifier;
import io.modelmonitor.stats.quality.MulticlassQuality;
import io.modelmonitor.stats.quality.RegressionQuality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelQualityFilesTest {

    @TempDir
    Path folder;

    private static Path service(String file) {
        Path path = Path.of(System.getProperty("service.files", "")).resolve(file);
        Assumptions.assumeTrue(Files.exists(path), "no sample files; set the system property service.files");
        return path;
    }

    private static List<String[]> csv(String file) throws IOException {
        return Files.readAllLines(service(file)).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    private static ModelQualityStatistics churnBaseline() throws IOException {
        BinaryQuality quality = BinaryQuality.empty();
        for (String[] row : csv("sagemaker-examples/churn-tabular/validation_with_predictions.csv")) {
            quality.add(row[2].equals("1"), row[1].equals("1"), Double.parseDouble(row[0]));
        }
        return ModelQualityStatistics.of(quality.summary("0", "1", ConstantClassifier.ofMajority()));
    }

    @Test
    void theChurnExampleHasTheServicesNumbersToTheLastDigit() throws IOException {
        Map<String, ModelQualityStatistics.Value> values = churnBaseline().values();

        assertThat(values.get("auc").value()).isEqualTo(0.9395127993393898);
        assertThat(values.get("recall").value()).isEqualTo(0.5714285714285714);
        assertThat(values.get("accuracy").value()).isEqualTo(0.9402985074626866);
        assertThat(values.get("f1").value()).isCloseTo(0.7272727272727273, within(1e-15));
        assertThat(values.get("false_negative_rate").value()).isCloseTo(0.4285714285714286, within(1e-15));
        assertThat(values.get("f2").value()).isEqualTo(0.625);
        assertThat(values.get("accuracy_best_constant_classifier").value()).isCloseTo(0.8606965, within(1e-7));
        assertThat(values.get("recall_best_constant_classifier").value()).isZero();
        assertThat(values.get("precision_best_constant_classifier").value()).isZero();
        assertThat(values.get("accuracy").standardDeviation()).isBetween(0.002, 0.02);
    }

    @Test
    void theChurnExampleIsViolatedAsTheServiceSaidIt() throws IOException {
        ModelQualityConstraints constraints = ModelQualityConstraints.suggest(churnBaseline());
        // The only counts with all the shares that the service printed for its window.
        BinaryQuality window = BinaryQuality.empty();
        window.add(new BinaryCounts(449, 69, 1218, 156));
        ModelQualityStatistics statistics =
                ModelQualityStatistics.of(window.summary("0", "1", ConstantClassifier.ofMajority()));
        Map<String, String> expected = new LinkedHashMap<>();
        for (Object violation :
                Json.array(Json.object(Json.read(service("notebook-outputs/mq_churn_2021/constraint_violations.json")))
                        .get("violations"))) {
            Map<String, Object> entry = Json.object(violation);
            expected.put((String) entry.get("metric_name"), withoutDeviation((String) entry.get("description")));
        }
        expected.remove("auc");

        Map<String, String> actual = new LinkedHashMap<>();
        constraints
                .violations(statistics)
                .forEach(violation -> actual.put(violation.metric(), withoutDeviation(violation.description())));

        assertThat(actual.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach((metric, description) ->
                assertThat(rounded(actual.get(metric))).as(metric).isEqualTo(rounded(description)));
    }

    private static String withoutDeviation(String description) {
        return description.replaceFirst("\\+/- \\S+", "+/- ?");
    }

    /** The last digit of a rate depends on how it is computed from the same counts. */
    private static String rounded(String description) {
        return description.replaceAll("(\\.\\d{14})\\d+", "$1");
    }

    @Test
    void theConstraintsAreThoseOfTheNotebook() throws IOException {
        ModelQualityConstraints constraints = ModelQualityConstraints.suggest(churnBaseline());
        ModelQualityConstraints printed =
                ModelQualityConstraints.read(service("notebook-outputs/mq_churn_2021/constraints.transcribed.json"));

        assertThat(new ArrayList<>(constraints.thresholds().keySet()))
                .isEqualTo(new ArrayList<>(printed.thresholds().keySet()));
        printed.thresholds().forEach((metric, threshold) -> {
            assertThat(constraints.thresholds().get(metric).operator()).isEqualTo(threshold.operator());
            assertThat(constraints.thresholds().get(metric).threshold()).isCloseTo(threshold.threshold(), within(1e-6));
        });
    }

    @Test
    void theRegressionOfThePipelineIsReproduced() throws IOException {
        String pipeline = "python-sdk-tests/pipeline/quality_check_step/model_quality/";
        RegressionQuality quality = RegressionQuality.empty();
        for (String[] row : csv(pipeline + "baseline_dataset.csv")) {
            quality.add(Double.parseDouble(row[8]), Double.parseDouble(row[7]));
        }
        ModelQualityStatistics statistics = ModelQualityStatistics.of(quality.summary());
        ModelQualityStatistics printed = ModelQualityStatistics.read(service(pipeline + "statistics.json"));

        assertThat(statistics.rows()).isEqualTo(printed.rows());
        assertThat(new ArrayList<>(statistics.values().keySet()))
                .isEqualTo(new ArrayList<>(printed.values().keySet()));
        printed.values().forEach((metric, value) -> {
            assertThat(statistics.values().get(metric).value()).as(metric).isCloseTo(value.value(), within(1e-12));
            assertThat(statistics.values().get(metric).standardDeviation()).isNaN();
        });
        assertThat(ModelQualityConstraints.read(service(pipeline + "good_cases/constraints.json"))
                        .violations(printed))
                .isEmpty();
        assertThat(ModelQualityConstraints.read(service(pipeline + "bad_cases/constraints.json"))
                        .violations(printed))
                .containsExactly(new ModelQualityConstraints.Violation(
                        "mse",
                        "GreaterThanThreshold",
                        "Metric mse with 0.33364933609800973 +/- NaN was GreaterThanThreshold '0.03364933609800973'"));
    }

    @Test
    void readsTheFilesOfModelCards() {
        ModelQualityStatistics binary = ModelQualityStatistics.read(
                service("python-sdk-tests/model_card/model_monitor_model_quality_binary_classification.json"));
        assertThat(binary.values().get("auc").standardDeviation()).isEqualTo(0.1);
        assertThat(binary.rows()).isZero();

        ModelQualityStatistics regression = ModelQualityStatistics.read(
                service("python-sdk-tests/model_card/model_monitor_model_quality_regression.json"));
        assertThat(regression.rows()).isEqualTo(627);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        BinaryQuality quality = BinaryQuality.empty();
        for (int i = 0; i < 10; i++) {
            quality.add(i % 3 == 0, i % 2 == 0, i / 10.0);
        }
        ModelQualityStatistics statistics =
                ModelQualityStatistics.of(quality.summary("0", "1", ConstantClassifier.of("1")));
        Path file = folder.resolve("statistics.json");
        statistics.write(file);
        ModelQualityStatistics read = ModelQualityStatistics.read(file);
        read.write(folder.resolve("again.json"));

        assertThat(folder.resolve("again.json")).hasSameTextualContentAs(file);
        assertThat(Files.readString(file)).contains("\"standard_deviation\" : \"NaN\"", "\"item_count\" : 10");
        Map<String, Object> metrics = Json.object(Json.object(Json.read(file)).get("binary_classification_metrics"));
        assertThat(metrics.keySet()).startsWith("confusion_matrix", "recall", "precision", "accuracy");
        Map<String, Object> roc = Json.object(metrics.get("receiver_operating_characteristic_curve"));
        assertThat(Json.array(roc.get("true_positive_rates"))).hasSize(12);
        assertThat(Json.array(Json.object(metrics.get("precision_recall_curve")).get("recalls")))
                .hasSize(11);

        ModelQualityConstraints constraints = ModelQualityConstraints.suggest(statistics);
        constraints.write(folder.resolve("constraints.json"));
        assertThat(ModelQualityConstraints.read(folder.resolve("constraints.json"))
                        .thresholds())
                .isEqualTo(constraints.thresholds());
        assertThat(constraints.violations(statistics)).isEmpty();
    }

    @Test
    void ofSeveralLabelsTheWeightedAveragesAreWritten() {
        MulticlassQuality quality = MulticlassQuality.empty();
        quality.add(quality.position("cat"), quality.position("dog"));
        quality.add(quality.position("dog"), quality.position("dog"));
        ModelQualityStatistics statistics = ModelQualityStatistics.of(quality.summary(ConstantClassifier.ofMajority()));
        Path file = folder.resolve("statistics.json");
        statistics.write(file);

        Map<String, Object> metrics =
                Json.object(Json.object(Json.read(file)).get("multiclass_classification_metrics"));
        assertThat(metrics.keySet())
                .startsWith("confusion_matrix", "accuracy", "weighted_recall", "weighted_precision")
                .hasSize(13);
        Path violations = folder.resolve("constraint_violations.json");
        ModelQualityConstraints.writeViolations(
                List.of(new ModelQualityConstraints.Violation("accuracy", "LessThanThreshold", "it is low")),
                violations);
        assertThat(Json.object(Json.read(violations))).containsOnlyKeys("violations");
    }

    @Test
    void otherFilesAreRefusedByName() throws IOException {
        Path file = folder.resolve("statistics.json");
        Files.writeString(file, "{\"version\":0.0,\"features\":[]}");

        assertThatThrownBy(() -> ModelQualityStatistics.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ": there are no metrics or constraints of model quality in it");
        Files.writeString(
                file, "{\"regression_constraints\":{\"mae\":{\"threshold\":1,\"comparison_operator\":\"Near\"}}}");
        assertThatThrownBy(() -> ModelQualityConstraints.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("comparison_operator is Near");
    }

    @Test
    void theDeviationOfAMetricThatIsZeroOverZeroInEverySubsampleIsZero() {
        BinaryQuality nobodyPredicted = BinaryQuality.empty();
        MulticlassQuality onlyOne = MulticlassQuality.empty();
        for (int i = 0; i < 400; i++) {
            nobodyPredicted.add(i % 8 == 0, false);
            onlyOne.add(onlyOne.position("a"), onlyOne.position("a"));
        }
        ModelQualityStatistics binary =
                ModelQualityStatistics.of(nobodyPredicted.summary("0", "1", ConstantClassifier.ofMajority()));
        assertThat(binary.values().get("precision")).isEqualTo(new ModelQualityStatistics.Value(0, 0));
        assertThat(binary.values().get("f1")).isEqualTo(new ModelQualityStatistics.Value(0, 0));
        assertThat(binary.values().get("true_negative_rate")).isEqualTo(new ModelQualityStatistics.Value(1, 0));
        assertThat(binary.values().get("accuracy").standardDeviation()).isPositive();
        assertThat(ModelQualityStatistics.of(onlyOne.summary(ConstantClassifier.ofMajority()))
                        .values()
                        .values())
                .allSatisfy(value -> assertThat(value.standardDeviation()).isZero());
    }

    @Test
    void aSubsampleInWhichAMetricIsZeroOverZeroCountsAsZero() {
        BinaryQuality onePrediction = BinaryQuality.empty();
        for (int i = 0; i < 400; i++) {
            onePrediction.add(i == 0, i == 0);
        }
        ModelQualityStatistics.Value precision = ModelQualityStatistics.of(
                        onePrediction.summary("0", "1", ConstantClassifier.ofMajority()))
                .values()
                .get("precision");
        assertThat(precision.value()).isEqualTo(1);
        assertThat(precision.standardDeviation()).isFinite();
    }
}

package io.modelmonitor.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.sagemaker.BiasAnalysis;
import io.modelmonitor.sagemaker.BiasAnalysisConfig;
import io.modelmonitor.sagemaker.BiasViolations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that the service wrote itself: the same data gives the same measures and the same violations. */
class BiasServiceFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COPIES = 10;

    private static final BiasAnalysisConfig ADULT = new BiasAnalysisConfig(
            List.of(),
            "Target",
            List.of("1"),
            List.of(new BiasAnalysisConfig.Facet("Sex", List.of("0"))),
            "Age",
            "Prediction");

    @TempDir
    Path folder;

    @Test
    void reportsTheViolationsThatTheServiceReportedOfTheMergedRecord() throws IOException {
        Path files = folderOf("notebook-outputs/bias_endpoint_json_2024");
        JsonNode record = JSON.readTree(files.resolve("merged_record.json").toFile());
        BiasAnalysis baseline = BiasAnalysis.read(files.resolve("baseline_analysis.json"));

        BiasAnalysis current = BiasAnalysis.of(Datasets.csv(window(record)), ADULT);

        BiasViolations expected = BiasViolations.read(files.resolve("constraint_violations.json"));
        List<BiasViolations.Violation> actual =
                current.violationsAgainst(baseline).list();
        assertThat(actual.stream().map(BiasServiceFilesTest::about))
                .containsExactlyElementsOf(expected.list().stream()
                        .map(BiasServiceFilesTest::about)
                        .toList());
        for (int i = 0; i < actual.size(); i++) {
            assertThat(words(actual.get(i))).isEqualTo(words(expected.list().get(i)));
            assertThat(value(actual.get(i))).isCloseTo(value(expected.list().get(i)), within(1e-12));
        }
    }

    @Test
    void measuresTheTrainingDataAsTheBaselineOfTheServiceDoes() throws IOException {
        Path files = folderOf("notebook-outputs/bias_endpoint_json_2024");
        JsonNode instances = JSON.readTree(
                        files.resolve("../../sagemaker-examples/clarify-json/validation-dataset.json")
                                .toFile())
                .path("instances");
        List<String> lines = new ArrayList<>(List.of("Age,Sex,Target"));
        instances.forEach(
                instance -> lines.add(instance.path("features").path(0).asText() + ","
                        + instance.path("features").path(9).asText() + ","
                        + instance.path("label").asText()));
        Path csv = Files.write(folder.resolve("training.csv"), lines);
        BiasAnalysisConfig labelsOnly =
                new BiasAnalysisConfig(List.of(), "Target", List.of("1"), ADULT.facets(), "Age", null);

        assertSame(
                BiasAnalysis.of(Datasets.csv(csv), labelsOnly).preTraining(),
                BiasAnalysis.read(files.resolve("baseline_analysis.json")).preTraining());
    }

    @Test
    void measuresTheDataOfTheCheckStepAsTheServiceDoes() throws IOException {
        Path files = folderOf("python-sdk-tests/pipeline/clarify_check_step");
        List<String> lines = new ArrayList<>(List.of("Label,F1,F2,F3,F4"));
        lines.addAll(Files.readAllLines(files.resolve("dataset.csv")));
        Path csv = Files.write(folder.resolve("dataset.csv"), lines);
        BiasAnalysisConfig config = new BiasAnalysisConfig(
                List.of(),
                "Label",
                List.of("1"),
                List.of(new BiasAnalysisConfig.Facet("F1", List.of("0.5"))),
                "F2",
                null);

        BiasAnalysis analysis = BiasAnalysis.of(Datasets.csv(csv), config);

        BiasAnalysis good = BiasAnalysis.read(files.resolve("data_bias/good_cases/analysis.json"));
        assertSame(analysis.preTraining(), good.preTraining());
        assertThat(analysis.violationsAgainst(good).list().stream().map(BiasViolations.Violation::metricName))
                .allMatch(name -> name.equals("KS")
                        || name.equals("LP")
                        || name.equals("KL")
                        || name.equals("JS")
                        || name.equals("TVD")
                        || name.equals("DPL")
                        || name.equals("CDDL"));
        BiasAnalysis bad = BiasAnalysis.read(files.resolve("data_bias/bad_cases/analysis.json"));
        assertThat(analysis.violationsAgainst(bad).list().stream().map(BiasViolations.Violation::metricName))
                .contains("KS");
    }

    private Path window(JsonNode record) throws IOException {
        JsonNode inputs =
                payload(record.path("captureData").path("endpointInput")).path("instances");
        JsonNode outputs =
                payload(record.path("captureData").path("endpointOutput")).path("predictions");
        JsonNode labels = payload(record.path("groundTruthData")).path("instances");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            List<String> line = new ArrayList<>();
            inputs.get(i).path("features").forEach(value -> line.add(value.asText()));
            line.add(outputs.get(i).path("predicted_label").asText());
            line.add(labels.get(i).path("label").asText());
            lines.add(String.join(",", line));
        }
        List<String> all =
                new ArrayList<>(List.of("Age,c1,c2,c3,c4,c5,c6,c7,c8,Sex,c10,c11,c12,c13,Prediction,Target"));
        // The service had seen the record ten times.
        for (int copy = 0; copy < COPIES; copy++) {
            all.addAll(lines);
        }
        return Files.write(folder.resolve("window.csv"), all);
    }

    private static JsonNode payload(JsonNode side) throws IOException {
        return JSON.readTree(side.path("data").asText());
    }

    private static void assertSame(BiasAnalysis.Section actual, BiasAnalysis.Section expected) {
        assertThat(actual.label()).isEqualTo(expected.label());
        assertThat(actual.labelValueOrThreshold()).isEqualTo(expected.labelValueOrThreshold());
        expected.facets().forEach((facet, groups) -> {
            for (int g = 0; g < groups.size(); g++) {
                BiasAnalysis.Group group = actual.facets().get(facet).get(g);
                assertThat(group.valueOrThreshold()).isEqualTo(groups.get(g).valueOrThreshold());
                for (BiasAnalysis.Value value : groups.get(g).metrics()) {
                    BiasAnalysis.Value measured = group.metric(value.name());
                    assertThat(measured).as(value.name()).isNotNull();
                    assertThat(measured.description()).isEqualTo(value.description());
                    assertThat(measured.value()).as(value.name()).isCloseTo(value.value(), within(1e-12));
                }
                assertThat(group.metrics()).hasSameSizeAs(groups.get(g).metrics());
            }
        });
    }

    private static String about(BiasViolations.Violation violation) {
        return violation.facet() + "=" + violation.facetValue() + " " + violation.metricName() + " "
                + violation.constraintCheckType();
    }

    private static String words(BiasViolations.Violation violation) {
        return violation.description().replaceAll("-?\\d\\S*", "#");
    }

    private static double value(BiasViolations.Violation violation) {
        String description = violation.description();
        int end = description.indexOf(" doesn't");
        String number = description.substring("Metric value ".length(), end);
        // Infinities are compared as words.
        return number.endsWith("Infinity") ? 0 : Double.parseDouble(number);
    }

    private static Path folderOf(String name) {
        Path files = Path.of(System.getProperty("service.files", "")).resolve(name);
        assumeTrue(
                Files.isDirectory(files),
                "no files of the service under '" + files + "'; set the system property service.files");
        return files;
    }
}

package io.modelmonitor.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.modelmonitor.api.Metric;
import io.modelmonitor.data.Datasets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BiasAnalysisTest {

    private static final BiasAnalysisConfig CONFIG = new BiasAnalysisConfig(
            List.of(),
            "hired",
            List.of("1"),
            List.of(new BiasAnalysisConfig.Facet("sex", List.of("F"))),
            "department",
            "offer");

    @TempDir
    Path folder;

    @Test
    void writesWhatItReads() throws IOException {
        BiasAnalysis analysis = BiasAnalysis.of(Datasets.csv(hiring(0)), CONFIG);
        Path file = folder.resolve("analysis.json");

        analysis.write(file);

        assertThat(BiasAnalysis.read(file)).isEqualTo(analysis);
        assertThat(Files.readString(file))
                .startsWith("{\n  \"version\" : \"1.0\",\n  \"post_training_bias_metrics\"")
                .contains("\"value\" : \"Infinity\"")
                .contains("\"error\" : \"FlipTest does not support non-numeric columns\"");
    }

    @Test
    void sortsMeasuresByTheirShortNames() throws IOException {
        BiasAnalysis analysis = BiasAnalysis.of(Datasets.csv(hiring(0)), CONFIG);

        assertThat(analysis.postTraining().facets().get("sex").get(0).metrics().stream()
                        .map(BiasAnalysis.Value::name))
                .containsExactly("AD", "CDDPL", "DAR", "DCA", "DCR", "DI", "DPPL", "DRR", "FT", "GE", "RD", "SD", "TE");
    }

    @Test
    void reportsEveryMeasureThatIsGreaterInSizeThanInTheBaseline() throws IOException {
        BiasAnalysis baseline = BiasAnalysis.of(Datasets.csv(hiring(0)), CONFIG);
        BiasAnalysis current = BiasAnalysis.of(Datasets.csv(hiring(8)), CONFIG);

        BiasViolations violations = current.violationsAgainst(baseline);

        double before = value(baseline, "DPPL");
        double after = value(current, "DPPL");
        assertThat(Math.abs(after)).isGreaterThan(Math.abs(before));
        assertThat(violations.list())
                .contains(new BiasViolations.Violation(
                        "sex",
                        "F",
                        "DPPL",
                        "bias_drift_check",
                        "Metric value " + after + " doesn't meet the baseline constraint requirement " + before));
        assertThat(violations.list().stream().map(BiasViolations.Violation::metricName))
                .isSorted()
                .doesNotContain("DI");
        assertThat(baseline.violationsAgainst(baseline).list()).isEmpty();
    }

    @Test
    void findsTheGroupOfAnIntervalWhoseEndHasMoved() {
        BiasAnalysis before = analysis("(100, 225]", 0.1);
        BiasAnalysis after = analysis("(100, 232]", 0.2);
        BiasAnalysis other = analysis("(90, 225]", 0.2);

        assertThat(after.violationsAgainst(before).list())
                .extracting(BiasViolations.Violation::facetValue)
                .containsExactly("(100, 232]");
        assertThat(other.violationsAgainst(before).list()).isEmpty();
    }

    @Test
    void writesViolationsOnlyWhenThereAreAny() throws IOException {
        Path file = folder.resolve("constraint_violations.json");
        BiasViolations none = analysis("0", 0.1).violationsAgainst(analysis("0", 0.1));
        BiasViolations one = analysis("0", Double.POSITIVE_INFINITY).violationsAgainst(analysis("0", 0.1));

        assertThat(none.write(file)).isFalse();
        assertThat(file).doesNotExist();
        assertThat(one.write(file)).isTrue();
        assertThat(BiasViolations.read(file)).isEqualTo(one);
        assertThat(one.list().get(0).description())
                .isEqualTo("Metric value Infinity doesn't meet the baseline constraint requirement 0.1");
    }

    @Test
    void saysTheSameInTheLibrarysTerms() {
        BiasAnalysis analysis = analysis("0", -0.25);

        assertThat(analysis.metrics()).containsExactly(Metric.of("Sex=0", "bias.dppl", -0.25));
        assertThat(analysis.constraints()).hasSize(1);
        assertThat(analysis.constraints().get(0)).hasToString("Sex=0 bias.dppl -0.25 to 0.25");
        assertThat(analysis("0", Double.NaN).metrics().get(0).note()).isEqualTo("no value");
        assertThat(analysis("0", Double.NaN).constraints()).isEmpty();
    }

    @Test
    void readsAndWritesTheConfiguration() throws IOException {
        Path file = folder.resolve("analysis_config.json");
        BiasAnalysisConfig config = new BiasAnalysisConfig(
                List.of("age", "y", "g"),
                "y",
                List.of("1", "old"),
                List.of(
                        new BiasAnalysisConfig.Facet("age", List.of("45.5")),
                        new BiasAnalysisConfig.Facet("g", List.of())),
                "g",
                "y");

        config.write(file);

        assertThat(BiasAnalysisConfig.read(file)).isEqualTo(config);
        assertThat(Files.readString(file))
                .contains("45.5", "\"post_training_bias\"")
                .doesNotContain("\"45.5\"");
    }

    @Test
    void readsColumnsByTheirPosition() throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), """
                {"headers": ["age", "y"], "label": 1, "label_values_or_threshold": [1],
                 "facet": [{"name_or_index": 0, "value_or_threshold": [40]}], "methods": {}}
                """);
        Path wrong =
                Files.writeString(folder.resolve("wrong.json"), "{\"label\": 7, \"label_values_or_threshold\": [1]}");

        BiasAnalysisConfig config = BiasAnalysisConfig.read(file);

        assertThat(config.label()).isEqualTo("y");
        assertThat(config.facets()).containsExactly(new BiasAnalysisConfig.Facet("age", List.of("40")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BiasAnalysisConfig.read(wrong))
                .withMessageContaining("wrong.json")
                .withMessageContaining("label 7 is no position");
    }

    @Test
    void refusesWhatCannotBeMeasured() throws IOException {
        Path csv = hiring(0);
        BiasAnalysisConfig noColumn =
                new BiasAnalysisConfig(List.of(), "salary", List.of("1"), CONFIG.facets(), null, null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> BiasAnalysis.of(Datasets.csv(csv), noColumn))
                .withMessageContaining("no column 'salary'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BiasAnalysisConfig(List.of(), "", List.of(), List.of(), null, null))
                .withMessageContaining("both have to be given");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BiasServiceMetric.named("XYZ"))
                .withMessageContaining("'XYZ'");
    }

    @Test
    void refusesFilesThatAreNoneOfTheKind() throws IOException {
        Path file = Files.writeString(folder.resolve("odd.json"), "{\"post_training_bias_metrics\": 3}");
        Path list = Files.writeString(folder.resolve("list.json"), "{\"violations\": {}}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> BiasAnalysis.read(file))
                .withMessageContaining("odd.json");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BiasViolations.read(list))
                .withMessageContaining("list.json");
    }

    private static double value(BiasAnalysis analysis, String name) {
        return analysis.postTraining().facets().get("sex").get(0).metric(name).value();
    }

    private static BiasAnalysis analysis(String group, double value) {
        BiasAnalysis.Value metric = new BiasAnalysis.Value("DPPL", "", value, "");
        return new BiasAnalysis(
                new BiasAnalysis.Section(
                        "y", "1", Map.of("Sex", List.of(new BiasAnalysis.Group(group, List.of(metric))))),
                null);
    }

    private Path hiring(int harsher) throws IOException {
        List<String> lines = new ArrayList<>(List.of("sex,department,hired,offer"));
        lines.addAll(Collections.nCopies(20, "M,sales,1,1"));
        lines.addAll(Collections.nCopies(5, "M,law,0,1"));
        lines.addAll(Collections.nCopies(15, "M,law,0,0"));
        lines.addAll(Collections.nCopies(12 - harsher, "F,sales,1,1"));
        lines.addAll(Collections.nCopies(5 + harsher, "F,sales,1,0"));
        lines.addAll(Collections.nCopies(8, "F,law,0,0"));
        return Files.write(folder.resolve("hiring" + harsher + ".csv"), lines);
    }
}

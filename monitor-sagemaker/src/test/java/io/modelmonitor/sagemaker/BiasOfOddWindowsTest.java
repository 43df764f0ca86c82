package io.modelmonitor.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.sagemaker.BiasAnalysis.Section;
import io.modelmonitor.sagemaker.BiasAnalysis.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BiasOfOddWindowsTest {

    private static final BiasAnalysisConfig CONFIG = new BiasAnalysisConfig(
            List.of(),
            "hired",
            List.of("1"),
            List.of(new BiasAnalysisConfig.Facet("sex", List.of("F"))),
            "department",
            "offer");

    @TempDir
    Path folder;

    private Dataset rows(String... copies) throws IOException {
        List<String> lines = new ArrayList<>(List.of("sex,age,department,hired,offer"));
        for (String row : copies) {
            int times = Integer.parseInt(row.substring(0, row.indexOf('*')));
            lines.addAll(Collections.nCopies(times, row.substring(row.indexOf('*') + 1)));
        }
        return Datasets.csv(Files.write(Files.createTempFile(folder, "rows", ".csv"), lines));
    }

    private Dataset ordinary() throws IOException {
        return rows("20*M,30,1,1,1", "5*M,40,2,0,1", "15*M,50,2,0,0", "12*F,30,1,1,1", "5*F,40,1,1,0", "8*F,50,2,0,0");
    }

    private static Map<String, String> errors(Section section) {
        return values(section).stream()
                .filter(value -> !value.error().isEmpty())
                .collect(Collectors.toMap(Value::name, Value::error));
    }

    private static List<Value> values(Section section) {
        return section.facets().get("sex").get(0).metrics();
    }

    private static double value(Section section, String name) {
        return section.facets().get("sex").get(0).metric(name).value();
    }

    @Test
    void aWindowWithoutAPositiveLabelHasMeasuresButForTheConditionalOne() throws IOException {
        BiasAnalysis analysis =
                BiasAnalysis.of(rows("20*M,30,1,0,1", "9*M,40,2,0,0", "11*F,50,1,0,1", "9*F,50,2,0,0"), CONFIG);

        assertThat(errors(analysis.preTraining()))
                .containsExactlyEntriesOf(Map.of("CDDL", "No positive labels in set"));
        assertThat(value(analysis.preTraining(), "DPL")).isZero();
        assertThat(value(analysis.preTraining(), "KL")).isZero();
        assertThat(value(analysis.preTraining(), "CI")).isEqualTo(9.0 / 49);
        assertThat(errors(analysis.postTraining())).isEmpty();
        assertThat(value(analysis.postTraining(), "DCA")).isZero();
        assertThat(value(analysis.postTraining(), "DPPL")).isEqualTo(20.0 / 29 - 11.0 / 20);
        assertThat(analysis.preTraining().labelValueOrThreshold()).isEqualTo("1");
    }

    @Test
    void predictionsOfWhichNoneIsPositiveHaveNoMeasuresButTheServicesWords() throws IOException {
        BiasAnalysis analysis = BiasAnalysis.of(rows("20*M,30,1,1,0", "9*M,40,2,0,0", "20*F,50,1,1,0"), CONFIG);

        assertThat(errors(analysis.postTraining()))
                .hasSize(13)
                .containsValue("No Label values are present in the predicted Label Column,"
                        + "Positive Predicted Index Series contains all False values")
                .allSatisfy((name, error) -> assertThat(error).startsWith("No Label values"));
        assertThat(errors(analysis.preTraining())).isEmpty();
        assertThat(analysis.metrics()).filteredOn(metric -> !metric.isDefined()).hasSize(13);
    }

    @Test
    void aWindowWithoutANegativeLabelHasMeasuresButForTheConditionalOne() throws IOException {
        BiasAnalysis analysis = BiasAnalysis.of(rows("30*M,30,1,1,1", "20*F,50,2,1,1"), CONFIG);

        assertThat(errors(analysis.preTraining()))
                .containsExactlyEntriesOf(Map.of("CDDL", "No negative labels in set"));
        assertThat(errors(analysis.postTraining()))
                .containsExactlyEntriesOf(Map.of("CDDPL", "No negative labels in set"));
        assertThat(value(analysis.postTraining(), "DI")).isEqualTo(1);
        assertThat(value(analysis.postTraining(), "DCR")).isZero();
    }

    @Test
    void aWindowOfOneGroupHasTheServicesWordsForWhatCompares() throws IOException {
        Section rest =
                BiasAnalysis.of(rows("21*M,30,1,1,1", "21*M,40,2,0,0"), CONFIG).preTraining();
        Section group =
                BiasAnalysis.of(rows("21*F,30,1,1,1", "21*F,40,2,0,0"), CONFIG).postTraining();

        assertThat(errors(rest))
                .containsEntry("CI", "CI: facet set is empty. Check that x[facet] has non-zero length.")
                .containsEntry("DPL", "Facet set is empty.")
                .containsEntry("KS", "No instance of common facet found, dataset may be too small")
                .doesNotContainKey("CDDL");
        assertThat(errors(group))
                .containsEntry("DPPL", "Negative facet set is empty.")
                .containsEntry("DCA", "DCO: Negated Facet set is empty")
                .containsEntry("FT", "Negated Facet set is empty")
                .doesNotContainKeys("GE", "CDDPL");
    }

    @Test
    void anOddWindowIsJudgedByWhatItHasAndWrittenAndReadAgain() throws IOException {
        BiasAnalysis baseline = BiasAnalysis.of(ordinary(), CONFIG);
        BiasAnalysis odd = BiasAnalysis.of(rows("20*M,30,1,0,0", "20*F,40,2,0,0"), CONFIG);
        Path file = folder.resolve("analysis.json");
        odd.write(file);

        assertThat(BiasAnalysis.read(file)).isEqualTo(odd);
        assertThat(odd.violationsAgainst(baseline).list())
                .extracting(BiasViolations.Violation::metricName)
                .doesNotContain("DPPL", "CDDL");
        assertThat(baseline.violationsAgainst(odd).list()).isNotEmpty();
    }

    @Test
    void aThresholdAboveEveryLabelIsTheEndOfTheInterval() throws IOException {
        BiasAnalysisConfig config =
                new BiasAnalysisConfig(List.of(), "age", List.of("60.5"), CONFIG.facets(), null, null);
        BiasAnalysis analysis = BiasAnalysis.of(rows("1*M,30.5,1,0,0", "1*F,40.5,2,0,0"), config);

        assertThat(analysis.preTraining().labelValueOrThreshold()).isEqualTo("(40.5, 60.5]");
        assertThat(value(analysis.preTraining(), "DPL")).isZero();
    }

    @Test
    void scoresAboveTheThresholdPredictTheLabelOne() throws IOException {
        Dataset labels = rows("20*M,30,1,1,1", "9*M,40,2,0,0", "11*F,50,1,0,1", "9*F,50,2,0,0");
        Dataset scores = rows("20*M,30,1,1,0.71", "9*M,40,2,0,0.7", "11*F,50,1,0,0.9", "9*F,50,2,0,0");

        BiasAnalysis ofScores = BiasAnalysis.of(scores, CONFIG.withProbabilityThreshold(0.7));
        assertThat(ofScores).isEqualTo(BiasAnalysis.of(labels, CONFIG));
        assertThat(BiasAnalysis.of(labels, CONFIG.withProbabilityThreshold(0.5)))
                .isEqualTo(ofScores);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BiasAnalysis.of(rows("9*M,30,1,1,yes"), CONFIG.withProbabilityThreshold(0.5)))
                .withMessage("probability_threshold 0.5 needs numbers in predicted_label 'offer', but there is 'yes'");
    }

    @Test
    void excludedColumnsAreNoFeaturesOfTheFlipTest() throws IOException {
        Dataset texts = rows("20*M,30,a,1,1", "20*M,50,b,0,0", "12*F,30,a,1,0", "8*F,50,b,0,0");
        Section all = BiasAnalysis.of(texts, CONFIG).postTraining();
        Section numbers = BiasAnalysis.of(texts, CONFIG.excluding("department")).postTraining();

        assertThat(errors(all)).containsEntry("FT", "FlipTest does not support non-numeric columns");
        assertThat(value(numbers, "FT")).isEqualTo(-12.0 / 20);
        assertThat(value(numbers, "CDDPL")).isEqualTo(value(all, "CDDPL"));
    }

    @Test
    void onlyTheMethodsAskedForAreMeasured() throws IOException {
        BiasAnalysis some = BiasAnalysis.of(ordinary(), CONFIG.measures("DPL", "DI", "CI"));
        BiasAnalysis onlyLabels = BiasAnalysis.of(ordinary(), CONFIG.measures("DPL"));

        assertThat(values(some.preTraining())).extracting(Value::name).containsExactly("CI", "DPL");
        assertThat(values(some.postTraining())).extracting(Value::name).containsExactly("DI");
        assertThat(onlyLabels.postTraining()).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CONFIG.measures("DPPP"))
                .withMessageContaining("'DPPP'");
    }

    @Test
    void aConfigurationSaysWhatItDoesNotHonour() throws IOException {
        Path file = Files.writeString(folder.resolve("analysis_config.json"), """
                {"version": "1.0", "dataset_type": "application/jsonlines", "headers": ["age", "sex", "hired", "p"],
                 "label": "hired", "label_values_or_threshold": [1], "features": "features",
                 "facet": [{"name_or_index": "sex", "value_or_threshold": [0]}], "predicted_label": 3,
                 "probability_threshold": 0.8, "excluded_columns": [0],
                 "methods": {"pre_training_bias": {"methods": "all"}, "post_training_bias": {"methods": ["DPPL", "DI"]},
                             "shap": {"num_samples": 3}, "report": {"name": "report"}}}
                """);
        BiasAnalysisConfig config = BiasAnalysisConfig.read(file);

        assertThat(config.probabilityThreshold()).isEqualTo(0.8);
        assertThat(config.excludedColumns()).containsExactly("age");
        assertThat(config.measures()).hasSize(10).contains("CDDL", "DPPL", "DI").doesNotContain("FT");
        assertThat(config.ignored())
                .containsExactly(
                        "dataset_type has no effect: a dataset knows its form",
                        "features has no effect: it is a path into a request's JSON, and a dataset has columns",
                        "methods.shap has no effect: only pre_training_bias and post_training_bias are measured");
        assertThat(CONFIG.ignored()).isEmpty();

        Path again = folder.resolve("again.json");
        config.write(again);
        assertThat(BiasAnalysisConfig.read(again)).isEqualTo(config);
        CONFIG.measures("DPPL").write(again);
        assertThat(BiasAnalysisConfig.read(again)).isEqualTo(CONFIG.measures("DPPL"));
        BiasAnalysisConfig ofLabels = new BiasAnalysisConfig(List.of(), "y", List.of("1"), CONFIG.facets(), null, null);
        ofLabels.write(again);
        assertThat(BiasAnalysisConfig.read(again)).isEqualTo(ofLabels);
        Files.writeString(file, Files.readString(file).replace("\"DI\"", "\"CI\""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BiasAnalysisConfig.read(file))
                .withMessageContaining("methods.post_training_bias: no measure 'CI'; there are [DPPL, DI");
    }
}

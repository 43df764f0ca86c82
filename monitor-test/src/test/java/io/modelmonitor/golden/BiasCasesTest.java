package io.modelmonitor.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.sagemaker.BiasAnalysis;
import io.modelmonitor.sagemaker.BiasAnalysisConfig;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The service's measures of bias, group by group, with its names of groups and its warnings. */
class BiasCasesTest {

    @TestFactory
    Stream<DynamicTest> measuresAsTheServiceDoes() {
        return GoldenCases.of("bias", "bias_report", golden -> {
            BiasAnalysisConfig config = BiasAnalysisConfig.read(golden.file("analysis_config.json"));
            BiasAnalysis analysis = BiasAnalysis.of(Datasets.csv(golden.file("input.csv")), config);
            JsonNode expected = golden.expected();

            check(golden, "pre_training_bias", analysis.preTraining());
            check(golden, "post_training_bias", analysis.postTraining());
            BiasAnalysis.Section labels = analysis.preTraining();
            assertThat(labels).isNotNull();
            assertThat(labels.labelValueOrThreshold())
                    .isEqualTo(expected.path("label_value_or_threshold").asText());
        });
    }

    private static void check(GoldenCase golden, String name, BiasAnalysis.@Nullable Section section) {
        JsonNode expected = golden.expected().path(name);
        if (!expected.has("facets")) {
            assertThat(section).as(name).isNull();
            return;
        }
        assertThat(section).as(name).isNotNull();
        List<BiasAnalysis.Group> groups =
                section.facets().get(golden.expected().path("facet").asText());
        assertThat(groups.stream().map(BiasAnalysis.Group::valueOrThreshold))
                .as(name)
                .containsExactlyElementsOf(names(expected.path("facets")));
        for (int i = 0; i < groups.size(); i++) {
            JsonNode metrics = expected.path("facets").get(i).path("metrics");
            JsonNode errors = expected.path("facets").get(i).path("errors");
            boolean ambiguous = golden.expected()
                            .path("flip_test")
                            .path(i)
                            .path("flip_test")
                            .path("ambiguous_rows")
                            .asInt()
                    > 0;
            for (BiasAnalysis.Value value : groups.get(i).metrics()) {
                String what = name + " " + groups.get(i).valueOrThreshold() + " " + value.name();
                assertThat(metrics.has(value.name())).as(what).isTrue();
                if (!(ambiguous && value.name().equals("FT"))) {
                    golden.tolerance().check(what, value.value(), metrics.get(value.name()));
                    assertThat(value.error())
                            .as(what)
                            .isEqualTo(errors.path(value.name()).asText(""));
                }
            }
            assertThat(groups.get(i).metrics()).as(name).hasSize(metrics.size());
        }
    }

    private static List<String> names(JsonNode facets) {
        List<String> names = new ArrayList<>();
        for (Iterator<JsonNode> facet = facets.elements(); facet.hasNext(); ) {
            names.add(facet.next().path("value_or_threshold").asText());
        }
        return names;
    }
}

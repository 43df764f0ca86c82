package io.modelmonitor.sagemaker;

import static io.modelmonitor.api.Constraint.on;
import static io.modelmonitor.api.Constraint.onDataset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Schema;
import io.modelmonitor.internal.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceConstraintsTest {

    private static final String FEATURE = "{'name':'x','inferred_type':'Integral','completeness':0.9,"
            + "'num_constraints':{'is_non_negative':true}}";

    @TempDir
    private Path folder;

    @Test
    void saysTheSameAsBoundsOnMetrics() {
        assertThat(read("{'version':0.0,'features':[" + FEATURE + "],'monitoring_config':{"
                                + "'datatype_check_threshold':0.8,'distribution_constraints':{'comparison_threshold':0.3}}}")
                        .constraints()
                        .list())
                .containsExactlyInAnyOrder(
                        onDataset().metric("missing_columns").atMost(0),
                        onDataset().metric("extra_columns").atMost(0),
                        on("x").completeness().atLeast(0.9),
                        on("x").metric("type_share").atLeast(0.8),
                        on("x").metric("non_negative_share").atLeast(1),
                        on("x").metric("drift").atMost(0.3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'monitoringConfigOverrides':{'evaluate_constraints':'Disabled'}",
                "'monitoring_config_overrides':{'evaluate_constraints':'Disabled'}",
                "'monitoringConfigOverrides':{'evaluateConstraints':'Disabled'}",
                "'string_constraints':{'monitoring_config_overrides':{'evaluate_constraints':'Disabled'}}",
                "'string_constraints':{'monitoringConfigOverrides':{'evaluate_constraints':'disabled'}}",
                "'num_constraints':{'monitoring_config_overrides':{'evaluate_constraints':false}}"
            })
    void anOverrideSwitchesAFeatureOffInEverySpelling(String override) {
        Constraints constraints = read("{'features':[{'name':'x','inferred_type':'Integral','completeness':1.0,"
                        + override + "}]}")
                .constraints();
        assertThat(constraints.list())
                .noneMatch(constraint -> constraint.subject().equals("x"));
        assertThat(constraints.list()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'distribution_constraints':{'comparison_threshold':0.5}}",
                "{'distributionConstraints':{'comparisonThreshold':0.5}}",
                "{'comparison_threshold':0.5}"
            })
    void anOverrideChangesAThresholdInEverySpelling(String override) {
        Constraints constraints = read("{'features':[{'name':'x','inferred_type':'Integral',"
                        + "'monitoringConfigOverrides':" + override + "}]}")
                .constraints();
        assertThat(constraints.list()).contains(on("x").metric("drift").atMost(0.5));
    }

    @Test
    void switchesTurnChecksOff() {
        String features = "{'features':[" + FEATURE + "],'monitoring_config':";
        assertThat(read(features + "{'evaluate_constraints':'Disabled'}}")
                        .constraints()
                        .list())
                .isEmpty();
        assertThat(read(features + "{'distribution_constraints':{'perform_comparison':'Disabled'}}}")
                        .constraints()
                        .list())
                .noneMatch(constraint -> constraint.metric().equals("drift"));
    }

    @Test
    void aFileFromBefore2023HasOneThresholdForNumbersAndTexts() {
        Constraints constraints = read("{'features':[{'name':'s','inferred_type':'String'}],"
                        + "'monitoring_config':{'distribution_constraints':{'comparison_threshold':0.2}}}")
                .constraints();
        assertThat(constraints.list()).contains(on("s").metric("drift").atMost(0.2));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void constraintsOfAnyKindComeBackFromAFile(long seed) {
        Constraints constraints = randomConstraints(new SplittableRandom(seed));
        Path file = folder.resolve("constraints.json");
        ServiceFiles.writeConstraints(constraints, file);
        Constraints back = ServiceFiles.readConstraints(file).constraints();
        assertThat(back.schema()).isEqualTo(constraints.schema());
        assertThat(back.list()).containsExactlyInAnyOrderElementsOf(constraints.list());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'version':'1.0','features':[]}",
                "{'version':1.0,'features':[]}",
                "{'version':0.0,'features':[{'name':'x','inferred_type':'Integral'},{'name':'x','inferred_type':'String'}]}",
                "{'features':[{'name':'x','inferred_type':'Integral','completeness':1.5}]}",
                "{'features':[],'monitoring_config':{'datatype_check_threshold':100}}",
                "{'features':[],'monitoring_config':{'evaluate_constraints':'Sometimes'}}",
                "{'features':[],'monitoring_config':{'distribution_constraints':{'comparison_method':'Rough'}}}",
                "{'regression_constraints':{}}",
                "[]"
            })
    void aFileThatMakesNoSenseIsRefusedInOneLineThatNamesIt(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("constraints.json: ")
                .message()
                .doesNotContain("\n");
    }

    private ServiceConstraints read(String text) {
        Path file = folder.resolve("constraints.json");
        try {
            Files.writeString(file, text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ServiceFiles.readConstraints(file);
    }

    private static Constraints randomConstraints(SplittableRandom random) {
        FeatureType[] types = FeatureType.values();
        List<Feature> features = new ArrayList<>();
        List<Constraint> list = new ArrayList<>(List.of(
                onDataset().metric("missing_columns").atMost(0),
                onDataset().metric("extra_columns").atMost(0)));
        for (int i = 0; i < 12; i++) {
            String name = "f" + i;
            Feature feature = new Feature(name, types[random.nextInt(types.length)]);
            boolean text = feature.type() == FeatureType.STRING;
            features.add(text && random.nextBoolean() ? feature.withDomain(List.of("a", "b \" c", "\u00fc")) : feature);
            for (String share : List.of("completeness", "type_share", "domain_share", "non_negative_share")) {
                if (random.nextBoolean()) {
                    list.add(on(name).metric(share).atLeast(random.nextInt(1, 5) / 4.0));
                }
            }
            if (random.nextBoolean()) {
                list.add(on(name).metric("drift").atMost(random.nextInt(1, 4) / 10.0));
            }
            if (random.nextBoolean()) {
                list.add(on(name).metric("mean").between(-random.nextDouble(), random.nextDouble()));
            }
        }
        list.add(on("F").metric("bias.dppl").atMost(0.1));
        list.add(onDataset().metric("rows").atLeast(10));
        return new Constraints(Schema.of(features), list);
    }

    @Test
    void ourOwnKeyHoldsWhatTheServiceHasNoWordFor() {
        Constraints constraints = new Constraints(
                Schema.of(List.of(new Feature("x", FeatureType.FRACTIONAL))),
                List.of(on("x").metric("drift.psi").atMost(0.2)));
        Path file = folder.resolve("constraints.json");
        ServiceFiles.writeConstraints(constraints, file);
        assertThat(Json.write(Json.read(file)))
                .contains("\"additional_constraints\":[{\"metric\":\"drift.psi\",\"at_most\":0.2}]");
    }
}

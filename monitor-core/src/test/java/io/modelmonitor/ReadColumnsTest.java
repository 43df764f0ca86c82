package io.modelmonitor;

import static io.modelmonitor.fairness.Bias.bias;
import static io.modelmonitor.quality.ModelQuality.modelQuality;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.spi.MetricCalculator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadColumnsTest {

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(modelQuality().label("defualted").prediction("approved"), "'defaulted'"),
                Arguments.of(modelQuality().label("Defaulted").prediction("approved"), "'defaulted'"),
                Arguments.of(modelQuality().label("defaulted").score("scor"), "'score'"),
                Arguments.of(modelQuality().label("answer").positive("Yes").prediction("answer"), "'yes'"),
                Arguments.of(modelQuality().label("answer").positive("JA").prediction("answer"), "'"),
                Arguments.of(modelQuality().label("code").score("score"), "say which is positive"),
                Arguments.of(modelQuality().label("code").positive("3").score("score"), "column 'code': value '3'"),
                Arguments.of(modelQuality().label("defaulted").score("percent"), "most scores are above 1"),
                Arguments.of(bias("gendr", "F").prediction("approved"), "'gender'"),
                Arguments.of(bias("gender", "f").prediction("approved"), "'F'"),
                Arguments.of(bias("gender", "female").prediction("approved"), "'gender': value"),
                Arguments.of(bias("gender", "F").prediction("aproved"), "'approved'"),
                Arguments.of(bias("gender", "F").label("answer", "Yes"), "'yes'"),
                Arguments.of(bias("gender", "F").label("code"), "say which are positive"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void whatTheReferenceDataDoNotHaveIsToldWithTheNearest(MetricCalculator<?> calculator, String nearest) {
        assertThatThrownBy(() -> Baseline.of(rows(300, true), calculator))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(calculator.name())
                .hasMessageContaining(nearest);
    }

    static Stream<MetricCalculator<?>> rights() {
        return Stream.of(
                modelQuality().label("defaulted").score("score"),
                modelQuality().label("defaulted").score("percent").threshold(50),
                modelQuality().label("answer").positive("yes").prediction("answer"),
                bias("gender", "F", "X").prediction("approved"),
                bias("gender").label("answer", "yes"));
    }

    @ParameterizedTest
    @MethodSource("rights")
    void aWindowOfWhichACalculatorMeasuredNothingIsNotHealthy(MetricCalculator<?> calculator) {
        Monitor monitor = Monitor.against(Baseline.of(rows(300, true), calculator));
        assertThat(monitor.check(rows(300, true)).status()).isEqualTo(Report.Status.HEALTHY);
        Monitor lenient = monitor.requiringOnly(Constraints.none());
        Report report = lenient.check(rows(300, false));
        assertThat(report.status()).isEqualTo(Report.Status.INCOMPLETE);
        assertThat(report.failures()).singleElement().satisfies(failure -> assertThat(failure.calculator())
                .isEqualTo(calculator.name()));
    }

    @Test
    void aRareValueThatTheReferenceDataHappenNotToHaveIsNoMistakeBesideOneThatTheyHave() {
        assertThat(Baseline.of(rows(300, true), bias("gender", "F", "X").prediction("approved")))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("rights")
    void aBaselineOfTooFewRowsToMeasureAnythingIsNoMistake(MetricCalculator<?> calculator) {
        assertThat(Baseline.of(rows(1, true), calculator).suggested()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 29})
    void ofFewRowsAMisspeltColumnIsToldAllTheSame(int count) {
        assertThatThrownBy(
                        () -> Baseline.of(rows(count, true), bias("gendr", "F").prediction("approved")))
                .hasMessageContaining("'gender'");
    }

    private static Dataset rows(int count, boolean hasOutcomes) {
        SplittableRandom random = new SplittableRandom(1);
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, Object> row = new HashMap<>();
            boolean bad = random.nextDouble() < 0.3;
            double score = Math.min(0.99, random.nextDouble() * 0.6 + (bad ? 0.39 : 0));
            row.put("amount", random.nextInt(1000));
            row.put("gender", random.nextBoolean() ? "F" : "M");
            row.put("defaulted", hasOutcomes ? bad ? 1 : 0 : null);
            row.put("approved", hasOutcomes ? score < 0.5 ? 1 : 0 : null);
            row.put("score", score);
            row.put("percent", 100 * score);
            row.put("answer", hasOutcomes ? bad ? "yes" : "no" : null);
            row.put("code", hasOutcomes ? bad ? 2 : 1 : null);
            rows.add(row);
        }
        return Datasets.rows(rows);
    }
}

package io.modelmonitor.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Constraint;
import io.modelmonitor.api.Evidence;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Scale;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds of model quality: two standard errors to the worse side of a metric that counts. */
class QualitySuggestionsTest {

    private static final Evidence ERROR = new Evidence.StandardError(0.02);

    private static Metric share(String name) {
        return Metric.of("m", name, 0.75, ERROR).on(Scale.SHARE);
    }

    @Test
    void aValueMayBeWorseByTwoOfItsStandardErrors() {
        assertThat(QualitySuggestions.of(List.of(
                        share("recall"), Metric.of("m", "mae", 0.75, ERROR).on(Scale.DISTANCE))))
                .satisfiesExactly(
                        recall -> {
                            assertThat(recall.id()).isEqualTo(share("recall").id());
                            assertThat(recall.bound().lower()).isCloseTo(0.71, within(1e-5));
                            assertThat(recall.bound().upper()).isInfinite();
                        },
                        mae -> {
                            assertThat(mae.metric()).isEqualTo("mae");
                            assertThat(mae.bound().lower()).isInfinite();
                            assertThat(mae.bound().upper()).isCloseTo(0.79, within(1e-5));
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true_positive_rate",
                "false_positive_rate",
                "false_negative_rate",
                "gini",
                "precision_recall_auc",
                "mse",
                "mape",
                "smape",
                "rmsle",
                "micro_recall"
            })
    void whatIsSaidTwiceOrUndefinedByOneRowIsLeftOut(String name) {
        assertThat(QualitySuggestions.of(List.of(share(name), share("recall"))))
                .extracting(Constraint::metric)
                .containsExactly("recall");
    }

    @Test
    void whatHasNoWorseSideNoValueNoUncertaintyOrNoLimitIsLeftOut() {
        assertThat(QualitySuggestions.of(List.of(
                        Metric.of("m", "recall", 0.75, ERROR),
                        Metric.of("m", "recall", 0.75).on(Scale.SHARE),
                        Metric.undefined("m", "recall", "no positive label").on(Scale.SHARE),
                        Metric.of("m", "recall", Double.NaN, ERROR).on(Scale.SHARE),
                        Metric.of("m", "recall", 0.75, new Evidence.PValue(0.5, Double.NaN))
                                .on(Scale.SHARE))))
                .isEmpty();
    }
}

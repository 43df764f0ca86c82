package io.modelmonitor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {

    @Test
    void anUndefinedMetricSaysWhy() {
        Metric metric = Metric.undefined("age", "mean", "no number is present");
        assertThat(metric.isDefined()).isFalse();
        assertThat(metric.note()).isEqualTo("no number is present");
        assertThatThrownBy(() -> Metric.undefined("age", "mean", "")).hasMessageContaining("must say why");
    }

    @Test
    void notANumberMakesAMetricUndefinedWithoutFailingItsCalculator() {
        assertThat(Metric.of("age", "mean", Double.NaN).isDefined()).isFalse();
    }

    @Test
    void aMetricWithoutEvidenceIsExact() {
        Metric fact = Metric.of(MetricId.DATASET, "missing_columns", 1);
        assertThat(fact.evidence().isExact()).isTrue();
        assertThat(fact.evidence()).isEqualTo(new Evidence.Exact());
    }

    @Test
    void plotsAndNotesAreAddedWithoutChangingTheMetric() {
        Metric plain = Metric.of(MetricId.DATASET, "roc_auc", 0.9);
        Plot curve = new Plot.Curve("ROC", "fpr", "tpr", List.of(0.0, 1.0), List.of(0.0, 1.0));
        Metric shown = plain.withPlot(curve).withNote("from 12 labels");
        assertThat(plain.plots()).isEmpty();
        assertThat(shown.plots()).containsExactly(curve);
        assertThat(shown.note()).isEqualTo("from 12 labels");
        assertThat(shown.value()).isEqualTo(plain.value());
    }

    @Test
    void plotsWhoseSizesDoNotFitAreRefused() {
        assertThatThrownBy(() -> new Plot.Curve("", "", "", List.of(1.0), List.of()))
                .hasMessageContaining("x: 1, y: 0");
        assertThatThrownBy(() -> new Plot.Histogram("", List.of(1.0), List.of(1.0)))
                .hasMessageContaining("edges: 1");
        assertThatThrownBy(() -> new Plot.Bars("", List.of("a"), List.of())).hasMessageContaining("names: 1");
        assertThatThrownBy(() -> new Plot.Matrix("", "", "", List.of("a"), List.of(List.of(1L, 2L))))
                .hasMessageContaining("labels: 1");
    }

    @Test
    void evidenceThatCannotBeMakesItsMetricAloneUndefinedWithAReason() {
        Evidence share = new Evidence.Proportion(5, 4);
        Evidence negative = new Evidence.StandardError(-1);
        Evidence none = new Evidence.StandardError(1, Double.NaN);
        for (Evidence impossible : List.of(
                Evidence.ofPValue(1.5),
                Evidence.ofPValue(-0.1),
                share,
                new Evidence.Proportion(0, -1),
                new Evidence.ComparedProportion(new Evidence.Proportion(1, 4), (Evidence.Proportion) share),
                negative,
                none,
                new Evidence.ComparedMean(new Evidence.StandardError(1), (Evidence.StandardError) none))) {
            Metric metric = Metric.of("age", "mean", 0.5, impossible);
            assertThat(metric.isDefined()).as(impossible.toString()).isFalse();
            assertThat(metric.note()).startsWith("its evidence cannot be: ").contains("allowed is");
            assertThat(metric.evidence()).isEqualTo(Evidence.exact());
        }
        assertThat(Metric.of("age", "mean", 0.5, Evidence.ofPValue(1.5)).note())
                .contains("pValue 1.5")
                .contains("0 to 1");
        assertThat(Metric.of("age", "mean", 0.5, new Evidence.PValue(Double.NaN, 1))
                        .isDefined())
                .isTrue();
        assertThat(Evidence.ofPValue(0.25)).isEqualTo(new Evidence.PValue(0.25, Double.NaN));
    }

    @Test
    void limitsHaveToAscendOnTheirGrid() {
        List<Double> limits = new ArrayList<>();
        for (int i = 0; i < Evidence.Limits.SIZE; i++) {
            limits.add((double) i);
        }
        assertThat(new Evidence.Limits(1, Double.NaN, limits)).isEqualTo(new Evidence.Limits(1, Double.NaN, limits));
        assertThat(Evidence.Limits.quantile(0)).isEqualTo(-6);
        assertThat(Evidence.Limits.quantile(Evidence.Limits.SIZE - 1)).isEqualTo(6);
        assertThat(new Evidence.Limits(1, 0, limits).problem()).isEmpty();
        assertThat(new Evidence.Limits(1, 0, limits.subList(1, 4)).problem()).contains("3 given");
        limits.set(3, 99.0);
        assertThat(new Evidence.Limits(1, 0, limits).problem()).contains("99.0 and 4.0 do not ascend");
    }

    @Test
    void theNameOfAMetricMayNotBeEmptyAndItsSubjectComesFirst() {
        assertThatThrownBy(() -> new MetricId("income", ""))
                .hasMessage("name is empty; a metric of 'income' needs a name, such as completeness");
        assertThat(new MetricId("income", "drift.psi")).hasToString("income drift.psi");
        assertThat(new MetricId(MetricId.DATASET, "recall")).hasToString("dataset recall");
    }

    @Test
    void aScaleSaysWhichValuesAreWorse() {
        assertThat(Scale.SHARE.worse().isWorse(0.4, 0.5)).isTrue();
        assertThat(Scale.DISTANCE.worse().isWorse(0.4, 0.5)).isFalse();
        assertThat(Scale.VALUE.worse().isWorse(0.4, 0.5)).isFalse();
        assertThatThrownBy(() -> new Scale("share", 1, 0, Scale.Worse.LOWER))
                .hasMessage("range 1.0 to 0.0; allowed is least < greatest");
    }
}

package io.modelmonitor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {

    @Test
    void anUndefinedMetricSaysWhy() {
        Metric metric = Metric.undefined("mean", "age", "no number is present");
        assertThat(metric.isDefined()).isFalse();
        assertThat(metric.note()).isEqualTo("no number is present");
        assertThatThrownBy(() -> Metric.undefined("mean", "age", "")).hasMessageContaining("must say why");
    }

    @Test
    void notANumberMakesAMetricUndefinedWithoutFailingItsCalculator() {
        assertThat(new Metric("mean", "age", Double.NaN).isDefined()).isFalse();
    }

    @Test
    void aFactIsCertainOnEitherSideOfItsBound() {
        Metric fact = new Metric("missing_columns", Metric.DATASET, 1);
        assertThat(fact.evidence().isCertain()).isTrue();
        assertThat(fact.evidence().pValue(1, Bound.atMost(0))).isZero();
        assertThat(fact.evidence().pValue(0, Bound.atMost(0))).isEqualTo(1);
    }

    @Test
    void exhibitsAndNotesAreAddedWithoutChangingTheMetric() {
        Metric plain = new Metric("roc_auc", Metric.DATASET, 0.9);
        Exhibit curve = new Exhibit.Curve("ROC", "fpr", "tpr", List.of(0.0, 1.0), List.of(0.0, 1.0));
        Metric shown = plain.showing(curve).noting("from 12 labels");
        assertThat(plain.exhibits()).isEmpty();
        assertThat(shown.exhibits()).containsExactly(curve);
        assertThat(shown.note()).isEqualTo("from 12 labels");
        assertThat(shown.value()).isEqualTo(plain.value());
    }

    @Test
    void exhibitsWhoseSizesDoNotFitAreRefused() {
        assertThatThrownBy(() -> new Exhibit.Curve("", "", "", List.of(1.0), List.of()))
                .hasMessageContaining("x: 1, y: 0");
        assertThatThrownBy(() -> new Exhibit.Histogram("", List.of(1.0), List.of(1.0)))
                .hasMessageContaining("edges: 1");
        assertThatThrownBy(() -> new Exhibit.Bars("", List.of("a"), List.of())).hasMessageContaining("names: 1");
        assertThatThrownBy(() -> new Exhibit.Matrix("", "", "", List.of("a"), List.of(List.of(1L, 2L))))
                .hasMessageContaining("labels: 1");
    }

    @Test
    void aPValueOutsideZeroToOneIsRefused() {
        assertThatThrownBy(() -> Evidence.ofPValue(1.5))
                .hasMessageContaining("1.5")
                .hasMessageContaining("0 to 1");
        assertThat(Evidence.ofPValue(0.25).pValue(3, Bound.atMost(1))).isEqualTo(0.25);
    }
}

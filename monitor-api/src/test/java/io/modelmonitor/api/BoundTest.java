package io.modelmonitor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BoundTest {

    @Test
    void bothEndsAreAllowed() {
        Bound bound = Bound.between(-1, 1);
        assertThat(bound.holds(-1)).isTrue();
        assertThat(bound.holds(1)).isTrue();
        assertThat(bound.holds(Math.nextUp(1))).isFalse();
        assertThat(Bound.atLeast(0.9).holds(0.9)).isTrue();
        assertThat(Bound.atMost(0.1).holds(0.1)).isTrue();
    }

    @Test
    void nothingUndefinedHolds() {
        assertThat(Bound.atMost(1).holds(Double.NaN)).isFalse();
    }

    @Test
    void infiniteValuesAreComparedLikeAnyOther() {
        assertThat(Bound.atMost(1).holds(Double.POSITIVE_INFINITY)).isFalse();
        assertThat(Bound.atLeast(1).holds(Double.POSITIVE_INFINITY)).isTrue();
    }

    @Test
    void theNearestAllowedValueIsAnEndOrTheValueItself() {
        Bound bound = Bound.between(0, 1);
        assertThat(bound.nearest(-3)).isZero();
        assertThat(bound.nearest(0.5)).isEqualTo(0.5);
        assertThat(bound.nearest(7)).isEqualTo(1);
    }

    @Test
    void nonsenseIsRefusedInOneLineThatNamesTheValue() {
        assertThatThrownBy(() -> Bound.between(2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2.0 to 1.0")
                .message()
                .doesNotContain("\n");
        assertThatThrownBy(() -> Bound.atMost(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Bound.atMost(Double.POSITIVE_INFINITY)).hasMessageContaining("never be violated");
    }
}

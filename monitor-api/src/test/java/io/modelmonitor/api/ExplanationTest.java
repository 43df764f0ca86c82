package io.modelmonitor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExplanationTest {

    private final Explanation explanation = Explanation.of(new double[] {0.5, 0.25}, new double[] {1, 2, 3, 4, 5, 6});

    @Test
    void readsContributionsOutputByOutput() {
        assertThat(explanation.outputs()).isEqualTo(2);
        assertThat(explanation.features()).isEqualTo(3);
        assertThat(explanation.expected(1)).isEqualTo(0.25);
        assertThat(explanation.contribution(0, 2)).isEqualTo(3);
        assertThat(explanation.contribution(1, 0)).isEqualTo(4);
        assertThat(explanation.contributions(1)).containsExactly(4, 5, 6);
    }

    @Test
    void doesNotReadOneOutputsContributionsAsAnothers() {
        assertThatThrownBy(() -> explanation.contribution(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesContributionsThatDoNotFitItsOutputs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Explanation.of(new double[2], new double[3]))
                .withMessageContaining("contributions: 3")
                .withMessageContaining("2 outputs");
        assertThatIllegalArgumentException().isThrownBy(() -> Explanation.of(new double[0], new double[0]));
    }

    @Test
    void isNotChangedByTheArraysItWasMadeOf() {
        double[] contributions = {1, 2};
        Explanation made = Explanation.of(new double[1], contributions);
        contributions[0] = 9;

        assertThat(made.contribution(0, 0)).isEqualTo(1);
        assertThat(made).isEqualTo(Explanation.of(new double[1], new double[] {1, 2}));
        assertThat(made).hasSameHashCodeAs(Explanation.of(new double[1], new double[] {1, 2}));
        assertThat(made).hasToString("expected [0.0], contributions [1.0, 2.0]");
    }
}

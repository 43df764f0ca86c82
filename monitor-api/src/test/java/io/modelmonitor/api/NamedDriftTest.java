package io.modelmonitor.api;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NamedDriftTest {

    @ParameterizedTest
    @EnumSource
    void everyMeasureIsRequiredByItsNameAndHasAFloor(NamedDrift measure) {
        assertThat(on("income").drift(measure.toString()))
                .isEqualTo(on("income").metric("drift." + measure).atMost(measure.floor()));
        assertThat(measure.floor()).isBetween(0.01, 0.1);
    }

    @Test
    void theStabilityIndexMattersFromATenthOn() {
        assertThat(on("income").drift("psi")).hasToString("income drift.psi <= 0.1");
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearestAndTheListOfThoseAllowed() {
        assertThatThrownBy(() -> on("income").drift("drift.psi"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "measure 'drift.psi' is not known; the nearest is 'psi'; allowed are psi, jensen_shannon, hellinger, "
                                + "total_variation, l_infinity, l2, kullback_leibler, bhattacharyya, kolmogorov_smirnov, "
                                + "wasserstein, energy");
    }
}

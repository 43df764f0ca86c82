package io.modelmonitor.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Evidence.Proportion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FewerRowsTest {

    @ParameterizedTest
    @CsvSource({
        "30, 100, 0.1, 3, 10",
        "30, 100, 1, 30, 100",
        "0, 100, 0.1, 0, 10",
        "100, 100, 0.1, 10, 10",
        "299, 300, 0.1, 30, 31",
        "1, 300, 0.01, 1, 4",
        "16, 20, 0.0001, 1, 2",
        "0, 20, 0.0001, 0, 1",
        "0, 0, 0.5, 0, 0"
    })
    void aShareIsThatOfFewerRowsAndNoneAndAllStay(long in, long of, double part, long fewerIn, long fewer) {
        assertThat(FewerRows.of(new Proportion(in, of), part)).isEqualTo(new Proportion(fewerIn, fewer));
    }

    @Test
    void rowsThatFollowEachOtherAreWorthFewer() {
        assertThat(FewerRows.independent(Double.NaN)).isEqualTo(1);
        assertThat(FewerRows.independent(0)).isEqualTo(1);
        assertThat(FewerRows.independent(0.5)).isEqualTo(1.0 / 3);
        assertThat(FewerRows.independent(0.98)).isBetween(0.0101, 0.0102);
    }
}

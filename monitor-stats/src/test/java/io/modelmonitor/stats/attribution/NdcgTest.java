package io.modelmonitor.stats.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NdcgTest {

    /** SAT, grade point average and class rank, from the managed service's guide, which prints 0.69. */
    @Test
    void collegeAdmission() {
        assertThat(Ndcg.of(new double[] {0.70, 0.50, 0.05}, new double[] {0.10, 0.20, 0.70}))
                .isCloseTo(0.6876396241226221, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 200})
    void isOneWhenTheOrderIsKept(int features) {
        double[] baseline = new double[features];
        double[] live = new double[features];
        for (int j = 0; j < features; j++) {
            baseline[j] = 1.0 / (j + 1);
            live[j] = 3.0 * (features - j);
        }
        assertThat(Ndcg.of(baseline, live)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 30})
    void liesBetweenZeroAndOneForMagnitudesAndIgnoresTheirScale(int features) {
        for (long seed = 0; seed < 50; seed++) {
            double[] baseline = magnitudes(features, seed);
            double[] live = magnitudes(features, seed + 1000);
            double ndcg = Ndcg.of(baseline, live);
            assertThat(ndcg).isBetween(0.0, 1.0);
            double[] scaled = live.clone();
            for (int j = 0; j < features; j++) {
                scaled[j] *= 8;
            }
            assertThat(Ndcg.of(baseline, scaled)).isEqualTo(ndcg);
        }
    }

    @Test
    void tiesKeepTheOrderGiven() {
        assertThat(Ndcg.ranks(new double[] {0.2, 0.5, 0.2, 0.5})).containsExactly(3, 1, 4, 2);
        assertThat(Ndcg.ranks(new double[] {-0.0, 0.0, -0.0})).containsExactly(1, 2, 3);
    }

    @Test
    void negativeAttributionsAreGainsLikeOthers() {
        double kept = Ndcg.of(new double[] {2, -1}, new double[] {1, 0});
        double turned = Ndcg.of(new double[] {2, -1}, new double[] {0, 1});

        assertThat(kept).isEqualTo(1);
        assertThat(turned)
                .isCloseTo(
                        (-1 + 2 / (Math.log(3) / Math.log(2))) / (2 - 1 / (Math.log(3) / Math.log(2))), within(1e-15));
    }

    @Test
    void isUndefinedWhereThereIsNoOrderToKeep() {
        assertThat(Ndcg.of(new double[3], new double[] {1, 2, 3})).isNaN();
        assertThat(Ndcg.of(new double[] {-1, -2}, new double[] {1, 2})).isNaN();
        assertThat(Ndcg.of(new double[] {1, Double.NaN}, new double[] {1, 2})).isNaN();
        assertThat(Ndcg.of(new double[] {1, 2}, new double[] {1, Double.NaN})).isNaN();
        assertThat(Ndcg.of(new double[0], new double[0])).isNaN();
    }

    @Test
    void refusesUnequalNumbersOfFeatures() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ndcg.of(new double[2], new double[3]))
                .withMessageContaining("live: 3")
                .withMessageContaining("2 in the baseline");
    }

    private static double[] magnitudes(int features, long seed) {
        double[] values = Models.row(features, seed);
        for (int j = 0; j < features; j++) {
            values[j] = Math.abs(values[j]);
        }
        return values;
    }
}

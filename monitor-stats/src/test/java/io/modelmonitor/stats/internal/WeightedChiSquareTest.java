package io.modelmonitor.stats.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.modelmonitor.stats.Sharings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightedChiSquareTest {

    @ParameterizedTest
    @CsvSource({
        "150, 200, 60, 150, 1, 1, 1, 0.01",
        "150, 200, 60, 100, 1, 2, 5, 0.01",
        "20, 300, 300, 300, 30, 1, 1, 0.03",
        "40, 60, 900, 80, 3, 2, 0.1, 0.06",
        "500, 100, 20, 90, 1, 1, 20, 0.06",
        "2, 3, 800, 60, 50, 40, 0.001, 0.7",
        "3, 5, 1500, 1200, 50, 40, 0.001, 0.7"
    })
    void itsMomentsAreThoseOfAllWaysToShareThePooledRows(
            int one, int two, int three, int m, double w1, double w2, double w3, double percent) {
        int[] pooled = {one, two, three};
        double[] weights = {w1, w2, w3};
        int rows = one + two + three;
        double[] moments = Sharings.moments(pooled, m, counts -> {
            double sum = 0;
            for (int i = 0; i < counts.length; i++) {
                sum += weights[i] * Math.pow(counts[i] - (double) pooled[i] * m / rows, 2);
            }
            return sum;
        });
        WeightedChiSquare square = new WeightedChiSquare(rows - m, m);
        for (int i = 0; i < pooled.length; i++) {
            square.add(pooled[i], i - 1, weights[i]);
        }
        assertThat(square.statistic()).isEqualTo(w1 + w3);
        assertThat(square.mean()).isCloseTo(moments[0], withinPercentage(1e-7));
        QuadraticForm law = square.nullDistribution();
        assertThat(law).isNotNull();
        assertThat(law.sum()).isEqualTo(square.mean());
        assertThat(2 * law.squares()).as("variance").isCloseTo(moments[1], withinPercentage(percent));
        assertThat(8 * law.cubes()).as("third cumulant").isCloseTo(moments[2], withinPercentage(3));
    }

    @Test
    void rowsThatCanBeSharedInOneWayOnlySayNothing() {
        WeightedChiSquare square = new WeightedChiSquare(5, 5);
        square.add(10, 0, 1);
        assertThat(square.nullDistribution()).isNull();
        assertThat(square.pValue()).isEqualTo(1);
    }
}

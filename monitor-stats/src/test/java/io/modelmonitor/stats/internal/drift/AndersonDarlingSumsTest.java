package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.modelmonitor.stats.Sharings;
import io.modelmonitor.stats.internal.QuadraticForm;
import io.modelmonitor.stats.sketch.WeightedValues;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AndersonDarlingSumsTest {

    @ParameterizedTest
    @CsvSource({
        "40, 30, 20, 30, 45",
        "60, 30, 10, 20, 30",
        "10, 10, 80, 20, 35",
        "5, 60, 60, 45, 60",
        "6, 60, 200, 9, 25"
    })
    void itsMomentsAreThoseOfAllWaysToShareTiedValues(int one, int two, int three, int four, int m) {
        int[] pooled = {one, two, three, four};
        double[] moments = Sharings.moments(pooled, m, counts -> statistic(pooled, counts, m));
        int[] some = {5, 8, 7, m - 20};
        AndersonDarlingSums sums = AndersonDarlingSums.of(pooled(pooled, some));
        assertThat(sums.statistic()).isCloseTo(statistic(pooled, some, m), within(1e-9));
        QuadraticForm law = sums.nullDistribution();
        assertThat(law).isNotNull();
        assertThat(law.sum()).isEqualTo(sums.weights()).isCloseTo(moments[0], within(1e-9));
        assertThat(2 * law.squares()).as("variance").isCloseTo(moments[1], withinPercentage(0.12));
        assertThat(8 * law.cubes()).as("third cumulant").isCloseTo(moments[2], withinPercentage(4));
        assertThat(sums.pValue()).isEqualTo(law.survival(sums.statistic()));
    }

    @Test
    void differencesAreShrunkByTheErrorsOfRanksOfBothSides() {
        // 10 rows of each of 3 values, so that shares up to a value are 1/3 and 2/3, and each weight is 1/3.
        double[] reference = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 2};
        double[] current = {1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2};
        double[] differences = {10 / 15.0, 12 / 15.0 - 8 / 15.0};
        for (double error : new double[] {0, 0.05, 0.2, 0.5}) {
            PooledEcdf pooled = PooledEcdf.of(
                    new EmpiricalDistribution(WeightedValues.of(reference), error / 2),
                    new EmpiricalDistribution(WeightedValues.of(current), error / 2));
            double sum = 0;
            for (double difference : differences) {
                sum += Math.pow(Math.max(0, difference - error), 2) / 3 / (2 / 9.0);
            }
            assertThat(AndersonDarlingSums.of(pooled).statistic())
                    .as("with %s", error)
                    .isCloseTo(sum * 29 / 30 / (2 / 15.0), within(1e-9));
        }
    }

    @Test
    void oneValueAloneIsNoChange() {
        EmpiricalDistribution equal = EmpiricalDistribution.of(3, 3, 3);
        assertThat(AndersonDarlingSums.of(PooledEcdf.of(equal, equal)).pValue()).isEqualTo(1);
    }

    /** Anderson and Darling's integral by its definition, with the harmonic means of neighbouring shares for dH. */
    private static double statistic(int[] pooled, int[] current, int m) {
        int rows = Arrays.stream(pooled).sum();
        double sum = 0;
        double h = 0;
        double g = 0;
        for (int i = 0; i < pooled.length - 1; i++) {
            h += (double) pooled[i] / rows;
            g += (double) current[i] / m;
            double f = (h * rows - g * m) / (rows - m);
            double weight = 2 / ((double) rows / pooled[i] + (double) rows / pooled[i + 1]);
            sum += weight * (f - g) * (f - g) / (h * (1 - h));
        }
        return sum * (rows - 1) / rows / (1.0 / m + 1.0 / (rows - m));
    }

    private static PooledEcdf pooled(int[] pooled, int[] current) {
        double[] reference = new double[0];
        double[] here = new double[0];
        for (int i = 0; i < pooled.length; i++) {
            reference = with(reference, i, pooled[i] - current[i]);
            here = with(here, i, current[i]);
        }
        return PooledEcdf.of(EmpiricalDistribution.of(reference), EmpiricalDistribution.of(here));
    }

    private static double[] with(double[] values, double value, int times) {
        double[] more = Arrays.copyOf(values, values.length + times);
        Arrays.fill(more, values.length, more.length, value);
        return more;
    }
}

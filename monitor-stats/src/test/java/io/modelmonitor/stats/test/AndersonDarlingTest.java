package io.modelmonitor.stats.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AndersonDarlingTest {

    /** Smoothness of paper in four laboratories: Scholz and Stephens (1987), section 7. */
    private static final double[][] LABORATORIES = {
        {38.7, 41.5, 43.8, 44.5, 45.5, 46.0, 47.7, 58.0},
        {39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8},
        {34.0, 35.0, 39.0, 40.0, 43.0, 43.0, 44.0, 45.0},
        {34.0, 34.8, 34.8, 35.4, 37.2, 37.8, 41.2, 42.8}
    };

    private static final double[] LEVELS = {0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001};

    @Test
    void hasThePublishedResultsOfFourLaboratories() {
        TestResult right = AndersonDarling.right(LABORATORIES);
        assertThat(right.statistic()).isEqualTo(4.449, within(5e-4));
        assertThat(right.pValue()).isEqualTo(0.0023, within(5e-5));
        TestResult midrank = AndersonDarling.midrank(LABORATORIES);
        assertThat(midrank.statistic()).isEqualTo(4.480, within(5e-4));
        assertThat(midrank.pValue()).isEqualTo(0.0022, within(5e-5));
        assertThat(midrank.degreesOfFreedom()).isNaN();
    }

    @Test
    void criticalValuesGoWithTheNumberOfSamples() {
        // One less than two samples is one: the three coefficients of the table added up.
        assertThat(AndersonDarling.criticalValues(2))
                .containsExactly(new double[] {0.325, 1.226, 1.961, 2.718, 3.752, 4.592, 6.546}, within(1e-12));
        // Of four samples: m = 3.
        assertThat(AndersonDarling.criticalValues(4))
                .containsExactly(new double[] {0.4985, 1.3237, 1.9158, 2.4930, 3.2459, 3.8229, 5.1208}, within(1e-3));
        // With many samples the sum is normal.
        assertThat(AndersonDarling.criticalValues(1_000_000_001)[2]).isEqualTo(1.645, within(3e-5));
    }

    @Test
    void overAllSplitsTheMeanIsNoughtAndTheVarianceOne() {
        for (int[] sizes : new int[][] {{2, 2}, {1, 4}, {2, 5}, {4, 3}, {2, 2, 3}, {1, 1, 2, 2}}) {
            List<double[][]> splits = Splits.of(sizes);
            double[] statistics = splits.stream()
                    .mapToDouble(split -> AndersonDarling.right(split).statistic())
                    .toArray();
            assertThat(Arrays.stream(statistics).average().orElseThrow()).isEqualTo(0, within(1e-12));
            assertThat(Arrays.stream(statistics).map(t -> t * t).average().orElseThrow())
                    .isEqualTo(1, within(1e-12));
        }
    }

    @Test
    void withoutTiesBothFormsAreTheSumsOfPettittAndOfMidranks() {
        double[] x = {1, 4, 5};
        double[] y = {2, 3, 6, 7};
        // In the order of values: how many of x there are up to each.
        int[] upTo = {1, 1, 1, 2, 3, 3, 3};
        double right = 0;
        double midrank = 0;
        for (int i = 1; i <= 7; i++) {
            double z = 7.0 * upTo[i - 1] - 3.0 * i;
            right += i < 7 ? z * z / (i * (7.0 - i)) / 12 : 0;
            double before = i == 1 ? 0 : upTo[i - 2];
            double middle = 7 * (upTo[i - 1] + before) / 2 - 3 * (i - 0.5);
            midrank += middle * middle / ((i - 0.5) * (7.5 - i) - 7.0 / 4) / 7 * (1.0 / 3 + 1.0 / 4) * 6 / 7;
        }
        double deviation = deviationOfPettitt(3, 4);
        assertThat(AndersonDarling.right(x, y).statistic()).isEqualTo((right - 1) / deviation, within(1e-12));
        assertThat(AndersonDarling.midrank(x, y).statistic()).isEqualTo((midrank - 1) / deviation, within(1e-12));
        assertThat(AndersonDarling.midrank(y, x).statistic()).isEqualTo((midrank - 1) / deviation, within(1e-12));
    }

    /** Of the statistic over all splits, each by Pettitt's (1976) sum. */
    private static double deviationOfPettitt(int n, int m) {
        List<double[][]> splits = Splits.of(n, m);
        double squares = 0;
        int size = n + m;
        for (double[][] split : splits) {
            double sum = 0;
            for (int i = 1; i < size; i++) {
                int rank = i;
                double z = (double) size
                                * Arrays.stream(split[0]).filter(v -> v <= rank).count()
                        - (double) n * i;
                sum += z * z / ((double) i * (size - i)) / (n * m);
            }
            squares += (sum - 1) * (sum - 1);
        }
        return Math.sqrt(squares / splits.size());
    }

    @Test
    void thePValueIsReadOffTheParabolaThroughTheLogarithmsOfTheLevels() {
        double[] critical = AndersonDarling.criticalValues(2);
        // Normal equations of log level on 1, c and c^2.
        double[][] products = new double[3][3];
        double[] right = new double[3];
        for (int i = 0; i < LEVELS.length; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    products[j][k] += Math.pow(critical[i], j + k);
                }
                right[j] += Math.pow(critical[i], j) * Math.log(LEVELS[i]);
            }
        }
        double[] parabola = Linear.solve(products, right);
        double[] sample = IntStream.range(0, 30).mapToDouble(i -> i).toArray();
        int inside = 0;
        for (double shift = 0.5; shift < 30; shift++) {
            double by = shift;
            TestResult result = AndersonDarling.midrank(
                    sample, Arrays.stream(sample).map(v -> v + by).toArray());
            double t = result.statistic();
            double expected = Math.exp(parabola[0] + parabola[1] * t + parabola[2] * t * t);
            expected = t < critical[0] ? 0.25 : t > critical[6] ? 0.001 : expected;
            inside += t >= critical[0] && t <= critical[6] ? 1 : 0;
            assertThat(result.pValue()).as("%s", t).isEqualTo(expected, within(1e-10));
        }
        assertThat(inside).isGreaterThan(5);
    }

    @Test
    void fourValuesAreEnough() {
        assertThat(AndersonDarling.right(new double[] {1, 2}, new double[] {3, 4})
                        .isDefined())
                .isTrue();
        assertThat(AndersonDarling.right(new double[] {1}, new double[] {3, 4}).reason())
                .isEqualTo("there are 3 values in all; the test needs at least 4");
        assertThat(AndersonDarling.right(new double[] {1, 2, 3, 4}).reason())
                .isEqualTo("there are 1 samples; the test compares at least 2");
        assertThat(AndersonDarling.midrank(new double[] {1, 1}, new double[] {1, 1})
                        .reason())
                .isEqualTo("all values are equal");
    }
}

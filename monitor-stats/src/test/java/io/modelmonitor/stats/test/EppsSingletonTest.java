package io.modelmonitor.stats.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.stats.internal.drift.Samplers;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class EppsSingletonTest {

    private static final double[] X = {-0.35, 2.55, 1.73, 0.73, 0.35, 2.69, 0.46, -0.94, -0.37, 12.07};
    private static final double[] Y = {-1.15, -0.15, 2.48, 3.25, 3.71, 4.29, 5.00, 7.74, 8.38, 8.60};

    @Test
    void hasThePublishedResultOfTwoSmallSamples() {
        // Goerg and Kaiser (2009) have W = 15.14 and p = 0.00442, with quartiles of another definition.
        TestResult result = EppsSingleton.test(X, Y);
        assertThat(result.statistic()).isEqualTo(15.14, within(0.05));
        assertThat(result.degreesOfFreedom()).isEqualTo(4);
        assertThat(result.pValue()).isEqualTo(0.00442, within(5e-5));
        // With four degrees of freedom: exp(-w / 2) (1 + w / 2).
        double half = result.statistic() / 2;
        assertThat(result.pValue()).isEqualTo(Math.exp(-half) * (1 + half), within(1e-14));
    }

    @Test
    void isTheQuadraticFormOfTheDifferenceOfBothCharacteristicFunctions() {
        SplittableRandom random = new SplittableRandom(8);
        for (int[] sizes : new int[][] {{5, 7}, {10, 24}, {24, 6}, {25, 10}, {12, 25}, {40, 60}}) {
            double[] x = Samplers.normal(random, sizes[0], 0);
            double[] y = Samplers.normal(random, sizes[1], 0.7);
            double n = x.length;
            double m = y.length;
            double corrected = quadraticForm(x, y);
            if (n < 25 && m < 25) {
                corrected /= 1 + Math.pow(n + m, -0.45) + 10.1 * (Math.pow(n, -1.7) + Math.pow(m, -1.7));
            }
            assertThat(EppsSingleton.isSmall(x, y)).isEqualTo(n < 25 && m < 25);
            assertThat(EppsSingleton.test(x, y).statistic()).isEqualTo(corrected, within(1e-8 * corrected));
            assertThat(EppsSingleton.test(y, x).statistic()).isEqualTo(corrected, within(1e-8 * corrected));
        }
    }

    private static double quadraticForm(double[] x, double[] y) {
        double[] pooled =
                DoubleStream.concat(Arrays.stream(x), Arrays.stream(y)).sorted().toArray();
        double scale = (quantile(pooled, 0.75) - quantile(pooled, 0.25)) / 2;
        double[][] ofX = features(x, scale);
        double[][] ofY = features(y, scale);
        double[] difference = new double[4];
        double[][] covariance = new double[4][4];
        for (int i = 0; i < 4; i++) {
            difference[i] = mean(ofX[i]) - mean(ofY[i]);
            for (int j = 0; j < 4; j++) {
                covariance[i][j] = covariance(ofX[i], ofX[j]) / x.length + covariance(ofY[i], ofY[j]) / y.length;
            }
        }
        double[] solved = Linear.solve(covariance, difference);
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += difference[i] * solved[i];
        }
        return sum;
    }

    /** By linear interpolation between order statistics. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        return sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }

    private static double[][] features(double[] sample, double scale) {
        return new double[][] {
            Arrays.stream(sample).map(v -> Math.cos(0.4 * v / scale)).toArray(),
            Arrays.stream(sample).map(v -> Math.cos(0.8 * v / scale)).toArray(),
            Arrays.stream(sample).map(v -> Math.sin(0.4 * v / scale)).toArray(),
            Arrays.stream(sample).map(v -> Math.sin(0.8 * v / scale)).toArray()
        };
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }

    private static double covariance(double[] u, double[] v) {
        double sum = 0;
        for (int i = 0; i < u.length; i++) {
            sum += (u[i] - mean(u)) * (v[i] - mean(v));
        }
        return sum / u.length;
    }

    @Test
    void doesNotDependOnTheUnit() {
        double[] x = Arrays.stream(X).map(v -> 1_000 * v).toArray();
        double[] y = Arrays.stream(Y).map(v -> 1_000 * v).toArray();
        assertThat(EppsSingleton.test(x, y).statistic())
                .isEqualTo(EppsSingleton.test(X, Y).statistic(), within(1e-9));
    }

    @Test
    void fourDistinctValuesAreTooFewOnEitherSideAndFiveAreEnough() {
        String reason = "a sample has no more than 4 distinct values";
        double[] four = {1, 2, 3, 4, 4, 3};
        assertThat(EppsSingleton.test(four, Y).reason()).isEqualTo(reason);
        assertThat(EppsSingleton.test(Y, four).reason()).isEqualTo(reason);
        double[] zeros = {0.0, -0.0, 1, 2, 3.5};
        assertThat(EppsSingleton.test(zeros, Y).reason()).isEqualTo(reason);
        assertThat(EppsSingleton.test(Y, zeros).reason()).isEqualTo(reason);
        double[] five = {1, 2.5, 3, 4, 7};
        assertThat(EppsSingleton.test(five, Y).isDefined()).isTrue();
        assertThat(EppsSingleton.test(Y, five).isDefined()).isTrue();
        assertThat(EppsSingleton.test(Y, new double[] {1, 2.5, 3, 4}).isDefined())
                .isFalse();
    }
}

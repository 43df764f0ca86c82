package io.modelmonitor.stats.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MeanTestsTest {

    /** Additional hours of sleep by two drugs: Student (1908). */
    private static final double[] FIRST = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};

    private static final double[] SECOND = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

    private static final double[] FEW = {3, 8, 7.5, 12};
    private static final double[] OTHERS = {1, 4, 6, 9, 2.5, -7, 3.25};

    @Test
    void studentsSleepDataHaveTheirPublishedResults() {
        // The results of R's t.test on its data set "sleep".
        TestResult welch = MeanTests.welch(FIRST, SECOND);
        assertThat(welch.statistic()).isEqualTo(-1.8608, within(5e-5));
        assertThat(welch.degreesOfFreedom()).isEqualTo(17.776, within(5e-4));
        assertThat(welch.pValue()).isEqualTo(0.07939, within(5e-6));
        TestResult student = MeanTests.student(FIRST, SECOND);
        assertThat(student.statistic()).isEqualTo(-1.8608, within(5e-5));
        assertThat(student.degreesOfFreedom()).isEqualTo(18);
        assertThat(student.pValue()).isEqualTo(0.07919, within(5e-6));
    }

    @Test
    void welchIsTheFormOfRawSumsWithSatterthwaitesDegreesOfFreedom() {
        double a = variance(FEW) / FEW.length;
        double b = variance(OTHERS) / OTHERS.length;
        double t = (mean(FEW) - mean(OTHERS)) / Math.sqrt(a + b);
        double degrees = (a + b) * (a + b) / (a * a / 3 + b * b / 6);
        TestResult result = MeanTests.welch(FEW, OTHERS);
        assertThat(result.statistic()).isEqualTo(t, within(1e-13));
        assertThat(result.degreesOfFreedom()).isEqualTo(degrees, within(1e-12));
        TestResult mirrored = MeanTests.welch(OTHERS, FEW);
        assertThat(mirrored.statistic()).isEqualTo(-t, within(1e-13));
        assertThat(mirrored.degreesOfFreedom()).isEqualTo(degrees, within(1e-12));
        assertThat(mirrored.pValue()).isEqualTo(result.pValue(), within(1e-14));
    }

    private static double mean(double[] sample) {
        return Arrays.stream(sample).sum() / sample.length;
    }

    private static double variance(double[] sample) {
        double squares = Arrays.stream(sample).map(v -> v * v).sum();
        return (squares - sample.length * mean(sample) * mean(sample)) / (sample.length - 1);
    }

    @Test
    void studentPoolsBothVariances() {
        double pooled = (3 * variance(FEW) + 6 * variance(OTHERS)) / 9;
        double t = (mean(FEW) - mean(OTHERS)) / Math.sqrt(pooled * (1.0 / 4 + 1.0 / 7));
        TestResult result = MeanTests.student(FEW, OTHERS);
        assertThat(result.statistic()).isEqualTo(t, within(1e-13));
        assertThat(result.degreesOfFreedom()).isEqualTo(9);
        assertThat(MeanTests.student(OTHERS, FEW).statistic()).isEqualTo(-t, within(1e-13));
    }

    @Test
    void twoDegreesOfFreedomHaveAClosedForm() {
        // Means 1 and 4, variance 2 each, standard error sqrt(2): P(|T| > t) = 1 - t / sqrt(2 + t^2).
        double t = 3 / Math.sqrt(2);
        TestResult result = MeanTests.student(new double[] {3, 5}, new double[] {0, 2});
        assertThat(result.statistic()).isEqualTo(t, within(1e-14));
        assertThat(result.pValue()).isEqualTo(1 - t / Math.sqrt(2 + t * t), within(1e-14));
        assertThat(MeanTests.welch(new double[] {3, 5}, new double[] {0, 2}).pValue())
                .isEqualTo(1 - t / Math.sqrt(2 + t * t), within(1e-14));
    }

    @Test
    void analysisOfVarianceOfTwoSamplesIsStudentsTestSquared() {
        TestResult anova = MeanTests.oneWayAnova(FEW, OTHERS);
        TestResult student = MeanTests.student(FEW, OTHERS);
        assertThat(anova.statistic()).isEqualTo(student.statistic() * student.statistic(), within(1e-12));
        assertThat(anova.degreesOfFreedom()).isEqualTo(9);
        assertThat(anova.pValue()).isEqualTo(student.pValue(), within(1e-13));
    }

    @Test
    void analysisOfVarianceOfThreeSamplesHasAClosedForm() {
        double[] third = {20, 1, 3};
        double between = 4 * Math.pow(mean(FEW), 2) + 7 * Math.pow(mean(OTHERS), 2) + 3 * Math.pow(mean(third), 2);
        double grandMean = (4 * mean(FEW) + 7 * mean(OTHERS) + 3 * mean(third)) / 14;
        between -= 14 * grandMean * grandMean;
        double within = 3 * variance(FEW) + 6 * variance(OTHERS) + 2 * variance(third);
        TestResult result = MeanTests.oneWayAnova(FEW, OTHERS, third);
        double f = between / 2 / (within / 11);
        assertThat(result.statistic()).isEqualTo(f, within(1e-12));
        assertThat(result.degreesOfFreedom()).isEqualTo(11);
        // With two degrees of freedom between: (1 + 2 f / d)^(-d / 2).
        assertThat(result.pValue()).isEqualTo(Math.pow(1 + 2 * f / 11, -5.5), within(1e-13));
    }

    @Test
    void brownForsytheIsStudentsTestOfDistancesFromTheMedianSquared() {
        // Medians 7.75 and 3.
        double[] few = {4.75, 0.25, 0.25, 4.25};
        double[] others = Arrays.stream(OTHERS).map(v -> Math.abs(v - 3.25)).toArray();
        double t = MeanTests.student(few, others).statistic();
        TestResult result = MeanTests.brownForsythe(FEW, OTHERS);
        assertThat(result.statistic()).isEqualTo(t * t, within(1e-12));
        assertThat(result.degreesOfFreedom()).isEqualTo(9);
        assertThat(MeanTests.brownForsythe(OTHERS, FEW).statistic()).isEqualTo(t * t, within(1e-12));
    }

    @Test
    void oneSampleWithSpreadIsEnough() {
        TestResult result = MeanTests.welch(new double[] {1, 1, 1}, new double[] {2, 4});
        // Only the second has a variance: 2 / 2 on one degree of freedom, for which P(|T| > 2) = 1 - 2 atan(2) / pi.
        assertThat(result.statistic()).isEqualTo(-2, within(1e-15));
        assertThat(result.degreesOfFreedom()).isEqualTo(1);
        assertThat(result.pValue()).isEqualTo(1 - 2 * Math.atan(2) / Math.PI, within(1e-14));
    }
}

package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.modelmonitor.stats.Saved;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

    @Test
    void knowsWhatATextbookKnows() {
        Moments moments = momentsOf(2, 4, 4, 4, 5, 5, 7, 9);

        assertThat(moments.count()).isEqualTo(8);
        assertThat(moments.sum()).isEqualTo(40);
        assertThat(moments.sumOfAbsoluteValues()).isEqualTo(40);
        assertThat(moments.mean()).isEqualTo(5);
        assertThat(moments.min()).isEqualTo(2);
        assertThat(moments.max()).isEqualTo(9);
        assertThat(moments.variancePopulation()).isEqualTo(4);
        assertThat(moments.standardDeviationPopulation()).isEqualTo(2);
        assertThat(moments.varianceSample()).isEqualTo(32 / 7.0);
        assertThat(moments.standardDeviationSample()).isEqualTo(Math.sqrt(32 / 7.0));
        // Third and fourth central moments are 42/8 and 178/4 by hand.
        assertThat(moments.skewness()).isCloseTo(5.25 / 8, within(1e-15));
        assertThat(moments.excessKurtosis()).isCloseTo(44.5 / 16 - 3, within(1e-15));
    }

    /** Shapes do not depend on the offset; with steps of 1/1024 the shifted numbers are exact. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e3, -1e6, 1e9, 1e12, -1e12})
    void isStableAtAnyOffset(double offset) {
        Random random = new Random(1);
        double[] values = IntStream.range(0, 100_000)
                .mapToDouble(i -> Math.rint(random.nextGaussian() * 1024) / 1024)
                .toArray();
        Moments plain = momentsOf(values);
        Moments shifted = momentsOf(Arrays.stream(values).map(x -> x + offset).toArray());

        assertThat(shifted.mean()).isCloseTo(plain.mean() + offset, within(1e-12 * Math.max(1, Math.abs(offset))));
        assertThat(shifted.variancePopulation()).isCloseTo(plain.variancePopulation(), relatively(1e-12, 1));
        assertThat(shifted.skewness()).isCloseTo(plain.skewness(), within(1e-12));
        assertThat(shifted.excessKurtosis()).isCloseTo(plain.excessKurtosis(), within(1e-11));
    }

    private static org.assertj.core.data.Offset<Double> relatively(double tolerance, double value) {
        return within(tolerance * value);
    }

    @Test
    void aDistantFirstNumberDoesNoHarm() {
        double[] values = new double[200_001];
        Arrays.setAll(values, i -> i == 0 ? 1e9 : i % 2);
        Moments moments = momentsOf(values);

        double n = values.length;
        double mean = (1e9 + 100_000 - 0.0) / n;
        double expected = ((1e9 - mean) * (1e9 - mean) + 100_000 * mean * mean + 100_000 * (1 - mean) * (1 - mean)) / n;
        assertThat(moments.variancePopulation()).isCloseTo(expected, withinPercentage(1e-10));
    }

    @Test
    void mergingEqualsOnePass() {
        Random random = new Random(2);
        double[] values = IntStream.range(0, 10_000)
                .mapToDouble(i -> Math.exp(2 * random.nextGaussian()) - 3)
                .toArray();
        Moments whole = momentsOf(values);
        Moments a = momentsOf(Arrays.copyOf(values, 1_234));
        Moments b = momentsOf(Arrays.copyOfRange(values, 1_234, 1_240));
        Moments c = momentsOf(Arrays.copyOfRange(values, 1_240, 10_000));
        byte[] before = Saved.bytes(a::write);

        for (Moments merged :
                List.of(a.merge(b).merge(c), a.merge(b.merge(c)), c.merge(a).merge(b), whole.merge(Moments.create()))) {
            assertThat(merged.count()).isEqualTo(whole.count());
            assertThat(merged.negativeCount()).isEqualTo(whole.negativeCount());
            assertThat(merged.min()).isEqualTo(whole.min());
            assertThat(merged.max()).isEqualTo(whole.max());
            assertThat(merged.sum()).isCloseTo(whole.sum(), withinPercentage(1e-12));
            assertThat(merged.variancePopulation()).isCloseTo(whole.variancePopulation(), withinPercentage(1e-11));
            assertThat(merged.skewness()).isCloseTo(whole.skewness(), withinPercentage(1e-10));
            assertThat(merged.excessKurtosis()).isCloseTo(whole.excessKurtosis(), withinPercentage(1e-10));
        }
        assertThat(Saved.bytes(a::write)).isEqualTo(before);
    }

    @Test
    void mergingAddsWhatNoMomentTells() {
        Moments one = momentsOf(0, -0.0, Double.POSITIVE_INFINITY, Double.NaN, -3);
        Moments other = momentsOf(0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, Double.NaN, 7);
        for (Moments merged : List.of(one.merge(other), other.merge(one))) {
            assertThat(merged.zeroCount()).isEqualTo(3);
            assertThat(merged.negativeCount()).isEqualTo(1);
            assertThat(merged.nanCount()).isEqualTo(3);
            assertThat(merged.positiveInfinityCount()).isEqualTo(2);
            assertThat(merged.negativeInfinityCount()).isEqualTo(1);
            assertThat(merged.count()).isEqualTo(5);
        }
    }

    @Test
    void mergingWithNothingGivesTheSame() {
        Moments moments = momentsOf(1, 2, Double.NaN, 5);

        assertThat(Saved.bytes(Moments.create().merge(moments)::write)).isEqualTo(Saved.bytes(moments::write));
        assertThat(Saved.bytes(moments.merge(Moments.create())::write)).isEqualTo(Saved.bytes(moments::write));
    }

    @Test
    void whatIsNotFiniteIsCountedApart() {
        Moments moments = momentsOf(
                1,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                3,
                Double.NEGATIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.NaN);

        assertThat(moments.count()).isEqualTo(2);
        assertThat(moments.mean()).isEqualTo(2);
        assertThat(moments.nanCount()).isEqualTo(2);
        assertThat(moments.positiveInfinityCount()).isEqualTo(1);
        assertThat(moments.negativeInfinityCount()).isEqualTo(2);
        assertThat(moments.nonFiniteCount()).isEqualTo(5);
        assertThat(moments.max()).isEqualTo(3);
    }

    @Test
    void nothingIsUndefined() {
        Moments none = Moments.create();

        assertThat(none.sum()).isZero();
        assertThat(List.of(
                        none.mean(),
                        none.min(),
                        none.max(),
                        none.variancePopulation(),
                        none.varianceSample(),
                        none.skewness(),
                        none.excessKurtosis()))
                .containsOnly(Double.NaN);
    }

    @Test
    void oneNumberHasNoSampleVarianceAndAConstantNoShape() {
        Moments one = momentsOf(3.25);
        Moments constant = momentsOf(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1);

        assertThat(one.variancePopulation()).isZero();
        assertThat(one.varianceSample()).isNaN();
        assertThat(constant.mean()).isEqualTo(0.1);
        assertThat(constant.variancePopulation()).isZero();
        assertThat(constant.varianceSample()).isZero();
        assertThat(constant.skewness()).isNaN();
        assertThat(constant.excessKurtosis()).isNaN();
    }

    @Test
    void zerosOfBothSignsAreZerosAndNotNegative() {
        Moments moments = momentsOf(-0.0, 0.0, -1, 2);

        assertThat(moments.zeroCount()).isEqualTo(2);
        assertThat(moments.negativeCount()).isEqualTo(1);
        assertThat(momentsOf(-0.0).min()).isZero();
    }

    @Test
    void sumsCancelWithoutLoss() {
        double[] values = new double[3000];
        Arrays.setAll(values, i -> i % 3 == 0 ? 1e16 : i % 3 == 1 ? 1 : -1e16);
        Moments moments = Moments.create();
        for (double value : values) {
            moments.add(value);
        }

        assertThat(moments.sum()).isEqualTo(1000);
        assertThat(moments.sumOfAbsoluteValues()).isEqualTo(2e19);
    }

    @Test
    void whatExceedsTheLargestDoubleIsInfiniteAndTheMeanIsNot() {
        Moments moments = momentsOf(1e308, 1e308, 1e308, -1e308);

        assertThat(moments.mean()).isCloseTo(5e307, withinPercentage(1e-9));
        assertThat(moments.sum()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(moments.sumOfAbsoluteValues()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(moments.variancePopulation()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(moments.skewness()).isNaN();
        assertThat(moments.negativeCount()).isEqualTo(1);
        assertThat(momentsOf(1e308, 1e308).variancePopulation()).isZero();
    }

    @Test
    void theShapeOfWhatLosesItsPowersIsUndefinedAndNotWrong() {
        double[] sample = {1, 2, 2, 3, 9, 4};
        Moments plain = momentsOf(sample);
        for (int exponent = -1070; exponent <= 1000; exponent += 10) {
            double unit = Math.scalb(1.0, exponent);
            Moments moments = momentsOf(Arrays.stream(sample).map(v -> unit * v).toArray());

            assertThat(moments.variancePopulation()).as("2^%s", exponent).isNotNaN();
            assertThat(moments.varianceSample()).as("2^%s", exponent).isNotNaN();
            if (!Double.isNaN(moments.skewness())) {
                assertThat(moments.skewness()).as("2^%s", exponent).isCloseTo(plain.skewness(), within(1e-12));
            }
            if (!Double.isNaN(moments.excessKurtosis())) {
                assertThat(moments.excessKurtosis())
                        .as("2^%s", exponent)
                        .isCloseTo(plain.excessKurtosis(), within(1e-12));
            }
        }
        assertThat(momentsOf(1e-60, 3e-60, 7e-60).skewness()).isNotNaN();
        assertThat(momentsOf(1e60, 3e60, 7e60).excessKurtosis()).isNotNaN();
    }

    @Test
    void aLargeNumberAmongOrdinaryOnesLeavesTheMeanRight() {
        Moments moments = momentsOf(1, 2, 1e305, 3);

        assertThat(moments.mean()).isCloseTo(2.5e304, withinPercentage(1e-9));
        assertThat(moments.zeroCount()).isZero();
        assertThat(moments.min()).isEqualTo(1);
    }

    @Test
    void statedMomentsAreAsKnownAsTheyAre() {
        Moments stated = Moments.of(2333, 0.139, 325, 0.346, 0, 1, 2008, 0);

        assertThat(stated.mean()).isCloseTo(325 / 2333.0, within(1e-12));
        assertThat(stated.standardDeviationPopulation()).isEqualTo(0.346);
        assertThat(stated.zeroCount()).isEqualTo(2008);
        assertThat(stated.sumOfAbsoluteValues()).isEqualTo(325);
        assertThat(stated.skewness()).isNaN();
        assertThat(Moments.of(3, -1, -3, 1, -2, 0, 1, 2).sumOfAbsoluteValues()).isEqualTo(3);
        assertThat(Moments.of(3, 0, 0, 1, -1, 1, 1, 1).sumOfAbsoluteValues()).isNaN();
        assertThat(Moments.of(0, Double.NaN, 0, Double.NaN, Double.NaN, Double.NaN, 0, 0)
                        .count())
                .isZero();
        assertThat(stated.merge(momentsOf(0, 1)).count()).isEqualTo(2335);
        assertThatThrownBy(() -> Moments.of(-1, 0, 0, 0, 0, 0, 0, 0)).hasMessageContaining("-1");
        assertThatThrownBy(() -> Moments.of(3, 0, 0, 0, 0, 0, 2, 2)).hasMessageContaining("zeros, negatives: 2, 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 700})
    void savingAndLoadingIsIdentity(int size) {
        Random random = new Random(size);
        double[] values =
                IntStream.range(0, size).mapToDouble(i -> random.nextGaussian()).toArray();
        Moments moments = momentsOf(values);
        moments.add(Double.NaN);
        Moments loaded = Saved.copy(moments::write, Moments::read);

        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(moments::write));
        loaded.add(values, 0, size);
        moments.add(values, 0, size);
        assertThat(Saved.bytes(loaded::write)).isEqualTo(Saved.bytes(moments::write));
    }

    private static Moments momentsOf(double... values) {
        Moments moments = Moments.create();
        moments.add(values, 0, values.length);
        return moments;
    }
}

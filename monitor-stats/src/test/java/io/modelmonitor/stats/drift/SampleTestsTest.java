package io.modelmonitor.stats.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all tests on samples have in common, and the traps of each. */
class SampleTestsTest {

    private interface Method extends BiFunction<double[], double[], TestResult> {}

    static Stream<Method> methods() {
        return Stream.of(
                KolmogorovSmirnov::asymptotic,
                (x, y) -> KolmogorovSmirnov.exact(x, y, KolmogorovSmirnov.Side.BOTH),
                CramerVonMises::asymptotic,
                AndersonDarling::midrank,
                AndersonDarling::right,
                EppsSingleton::test,
                (x, y) -> RankTests.mannWhitney(x, y, RankTests.Method.NORMAL),
                RankTests::kruskalWallis,
                MeanTests::welch,
                MeanTests::student,
                MeanTests::oneWayAnova);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void seesAShiftToEitherSide(Method method) {
        SplittableRandom random = new SplittableRandom(1);
        double[] sample = Samplers.normal(random, 2_000, 0);
        assertThat(method.apply(sample, Samplers.normal(random, 2_000, 0.3)).pValue())
                .isLessThan(0.0011);
        assertThat(method.apply(sample, Samplers.normal(random, 2_000, -0.3)).pValue())
                .isLessThan(0.0011);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void isUndefinedWithAReasonForNaNAndForNothing(Method method) {
        double[] sample = Samplers.normal(new SplittableRandom(2), 30, 0);
        double[] odd = sample.clone();
        odd[3] = Double.NaN;
        for (double[] other : new double[][] {odd, {}}) {
            assertThat(method.apply(sample, other).isDefined()).isFalse();
            assertThat(method.apply(other, sample).reason()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void leavesTheCallersArraysAlone(Method method) {
        double[] sample = Samplers.normal(new SplittableRandom(3), 30, 0);
        double[] copy = sample.clone();
        assertThat(method.apply(sample, sample.clone())).isNotNull();
        assertThat(sample).containsExactly(copy);
    }

    @Test
    void cramerVonMisesHasNoFloorBelowItsPValues() {
        // Anderson and Darling (1952), table 1.
        assertThat(CramerVonMisesLimit.tail(0.46136)).isEqualTo(0.05, within(1e-5));
        assertThat(CramerVonMisesLimit.tail(0.74346)).isEqualTo(0.01, within(1e-5));
        assertThat(CramerVonMisesLimit.tail(1.16786)).isEqualTo(0.001, within(2e-6));
        assertThat(CramerVonMisesLimit.tail(0.001)).isEqualTo(1);
        assertThat(CramerVonMisesLimit.tail(0.05)).isEqualTo(CramerVonMisesLimit.cutTail(0.05, 0), within(1e-12));
        assertThat(CramerVonMisesLimit.tail(0.3)).isEqualTo(CramerVonMisesLimit.cutTail(0.3, 0), within(1e-10));

        double[] low = Samplers.normal(new SplittableRandom(4), 200, 0);
        double[] high = Arrays.stream(low).map(v -> v + 10).toArray();
        assertThat(CramerVonMises.asymptotic(low, high).pValue()).isLessThan(1e-25);
        assertThat(CramerVonMises.asymptotic(low, high, 1e-7).pValue()).isGreaterThan(1e-12);
    }

    @Test
    void cramerVonMisesCountsAllMergesOfSmallSamples() {
        assertThat(CramerVonMises.exact(new double[] {1, 2}, new double[] {3, 4})
                        .pValue())
                .isEqualTo(1.0 / 3, within(1e-12));
        assertThat(CramerVonMises.exact(new double[21], new double[] {3, 4}).reason())
                .contains("at most 20");
        assertThat(CramerVonMises.exact(new double[1], new double[] {3, 4}).isDefined())
                .isFalse();
    }

    @Test
    void andersonDarlingStaysWithinItsTable() {
        double[] low = Samplers.normal(new SplittableRandom(5), 50, 0);
        double[] high = Arrays.stream(low).map(v -> v + 10).toArray();
        assertThat(AndersonDarling.midrank(low, high).pValue()).isEqualTo(0.001);
        assertThat(AndersonDarling.midrank(low, low).pValue()).isEqualTo(0.25);
        assertThat(AndersonDarling.right(low).reason()).contains("at least 2");
        assertThat(AndersonDarling.right(new double[] {1}, new double[] {2, 3}).reason())
                .contains("at least 4");
        assertThat(AndersonDarling.right(new double[] {1, 1}, new double[] {1, 1})
                        .reason())
                .contains("equal");
    }

    @Test
    void eppsSingletonNeedsSpreadAndSeveralDistinctValues() {
        double[] zeros = new double[20];
        assertThat(EppsSingleton.test(zeros, zeros).reason()).contains("middle half");
        double[] few = {1, 2, 3, 1, 2, 3, 1, 2, 3};
        assertThat(EppsSingleton.test(few, few).reason()).contains("distinct");
        assertThat(EppsSingleton.test(new double[] {1, 2, 3, 4, Double.POSITIVE_INFINITY}, few)
                        .reason())
                .contains("infinite");
    }

    @Test
    void testsOfMeansNeedSpread() {
        double[] same = {5, 5, 5};
        assertThat(MeanTests.welch(same, same).reason()).contains("spread");
        assertThat(MeanTests.brownForsythe(same, same).reason()).contains("spread");
        assertThat(MeanTests.brownForsythe(same, new double[1]).isDefined()).isFalse();
        assertThat(MeanTests.oneWayAnova(same).reason()).contains("at least 2");
        assertThat(MeanTests.brownForsythe(new double[] {1, 2, 3, 4}, new double[] {1, 20, 30, 45})
                        .pValue())
                .isLessThan(0.05);
    }

    @Test
    void rankTestsNeedDistinctValuesAndTheExactOneNoTies() {
        double[] same = {5, 5, 5};
        assertThat(RankTests.mannWhitney(same, same, RankTests.Method.NORMAL).reason())
                .contains("equal");
        assertThat(RankTests.mannWhitney(same, new double[] {1, 2}, RankTests.Method.EXACT)
                        .reason())
                .contains("ties");
        assertThat(RankTests.kruskalWallis(same).reason()).contains("at least 2");
        assertThat(RankTests.mannWhitney(new double[] {1, 2, 3}, new double[] {4, 5, 6}, RankTests.Method.EXACT)
                        .pValue())
                .isEqualTo(0.1, within(1e-12));
    }
}

package io.modelmonitor.stats.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.stats.internal.drift.Samplers;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties that all tests on samples share, and the traps of each. */
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
    void testsOfMeansDoNotDependOnOriginAndUnit() {
        double[] x = {1, 4, 6, 9, 2.5};
        double[] y = {3, 8, 7.5, 12};
        List<TestResult> here = testsOfMeans(x, y);
        for (double unit : new double[] {0x1p-1060, 0x1p-600, 0x1p600, 0x1p1019}) {
            assertThat(testsOfMeans(times(unit, x), times(unit, y))).isEqualTo(here);
        }
        double far = 0x1p48;
        List<TestResult> there = testsOfMeans(plus(far, x), plus(far, y));
        for (int i = 0; i < here.size(); i++) {
            assertThat(there.get(i).statistic()).isEqualTo(here.get(i).statistic(), within(1e-12));
        }
    }

    private static List<TestResult> testsOfMeans(double[] x, double[] y) {
        return List.of(
                MeanTests.welch(x, y),
                MeanTests.student(x, y),
                MeanTests.oneWayAnova(x, y),
                MeanTests.brownForsythe(x, y));
    }

    private static double[] times(double unit, double[] sample) {
        return Arrays.stream(sample).map(value -> unit * value).toArray();
    }

    private static double[] plus(double origin, double[] sample) {
        return Arrays.stream(sample).map(value -> origin + value).toArray();
    }

    @Test
    void twoValuesAreEquallyFarFromTheirMedian() {
        // In doubles, (0.1 + 0.3) / 2 is nearer to one of the two.
        double[] pair = {0.1, 0.3};
        assertThat(MeanTests.brownForsythe(pair, new double[] {0.7, 0.1}).reason())
                .contains("no spread");
    }

    @Test
    void analysisOfVarianceTakesSamplesOfOne() {
        // Means 1, 2 and 6 about 2.5: between 17 on 2 degrees of freedom, within 2 on 1.
        TestResult result = MeanTests.oneWayAnova(new double[] {0, 2}, new double[] {2}, new double[] {6});
        assertThat(result.statistic()).isEqualTo(17.0 / 2 / 2, within(1e-12));
        assertThat(result.degreesOfFreedom()).isEqualTo(1);
        assertThat(MeanTests.oneWayAnova(new double[] {1}, new double[] {2}).reason())
                .contains("spread");
    }

    @Test
    void whatDoublesCannotHoldIsUndefined() {
        double[] far = {-Double.MAX_VALUE, Double.MAX_VALUE, 1, 2, 3, 4};
        for (TestResult result : testsOfMeans(far, far)) {
            assertThat(result.isDefined() ? result.pValue() : 0.5).isBetween(0.0, 1.0);
        }
        assertThat(TestResult.of(Double.NaN, Double.NaN).reason()).isNotEmpty();
    }

    @Test
    void fewDistinctValuesAreTooFewHoweverTheirCovarianceIsRounded() {
        SplittableRandom random = new SplittableRandom(6);
        double[] four = random.ints(2_000, 0, 4).mapToDouble(i -> 0.1 * i * i).toArray();
        double[] other = Samplers.normal(random, 500, 0);
        assertThat(EppsSingleton.test(other, four).reason()).contains("distinct");
        double[] close = IntStream.range(0, 40).mapToDouble(i -> 2 + 1e-12 * i).toArray();
        assertThat(EppsSingleton.test(other, close).pValue())
                .as("the covariance of both together is what the test inverts")
                .isLessThan(1e-9);
        assertThat(EppsSingleton.test(times(0x1p-1050, other), times(0x1p-1050, plus(0.1, other)))
                        .isDefined())
                .isTrue();
    }

    @Test
    void zerosOfEitherSignAreTies() {
        double[] x = {0.0, -0.0, 0.0, 1};
        double[] y = {-0.0, 0.0, -0.0, -1};
        double[] plain = {0, 0, 0, -1};
        for (RankTests.Method method : RankTests.Method.values()) {
            assertThat(RankTests.mannWhitney(x, y, method))
                    .isEqualTo(RankTests.mannWhitney(new double[] {0, 0, 0, 1}, plain, method));
        }
    }

    @Test
    void mannWhitneyCountsAllOrdersOfAsManyPairsAsItSays() {
        double[] even = IntStream.range(0, 200).mapToDouble(i -> 2 * i).toArray();
        double[] odd = IntStream.range(0, 200).mapToDouble(i -> 2 * i + 41.0).toArray();
        // The value of SciPy's mannwhitneyu(method="exact").
        assertThat(RankTests.mannWhitney(even, odd, RankTests.Method.EXACT).pValue())
                .isEqualTo(0.0007384843867223989, within(1e-12));
        assertThat(RankTests.mannWhitney(even, plus(0.5, Arrays.copyOf(odd, 201)), RankTests.Method.EXACT)
                        .reason())
                .contains("at most 40000");
        // All 20 orders of three and three, by hand: one with U = 0, one with 1, two with 2.
        assertThat(RankSums.atMost(3, 3, 2)).isEqualTo(0.2, within(1e-15));
        assertThat(RankSums.atMost(1, 9, 9)).isEqualTo(1, within(1e-15));
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

package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Distribution;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.NamedDrift;
import io.modelmonitor.stats.evidence.PValues;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bound is about the true size: what sampling adds to a distance is taken off before they are compared. */
@Tag("simulation")
class ExcessTest {

    private static final double LEVEL = 0.0025;
    private static final Bound BOUND = Bound.atMost(0.1);
    private static final int RUNS = 200;

    @Test
    void squaresOfDistancesAndDivergencesAddUpToWhatChanceGivesAndTheTruth() {
        assertThat(Excess.ofDistance(5, 4)).isEqualTo(3);
        assertThat(Excess.ofDistance(4, 5)).isZero();
        assertThat(Excess.ofDistance(Double.POSITIVE_INFINITY, 4)).isInfinite();
        assertThat(Excess.ofDivergence(5, 4)).isEqualTo(1);
        assertThat(Excess.ofDivergence(4, 5)).isZero();
        for (double none : new double[] {0, Double.NaN}) {
            assertThat(Excess.ofDistance(5, none)).isEqualTo(5);
            assertThat(Excess.ofDivergence(5, none)).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.05, 0.5, false",
        "0.1, 0.20, 0.05, false",
        "0.1, 0.20, 0.15, true",
        "0, 0.20, 0, true",
        "0, 0, 0, false",
        "-0.1, 0.20, -1, true"
    })
    void aSizeIsOutsideIfItsExcessIsTooUnlessNoChangeAtAllIsAllowed(
            double most, double size, double excess, boolean isOutside) {
        assertThat(Excess.isOutside(Bound.atMost(most), size, () -> excess)).isEqualTo(isOutside);
    }

    /** Of 1,000 categories 3 points moved; the distance is 0.15, of which chance gives 0.13. */
    @ParameterizedTest
    @CsvSource({
        "1000, 1, 0.03, 50000, 5000",
        "1000, 0, 0.03, 50000, 5000",
        "50, 1, 0.05, 5000, 5000",
        "50, 0, 0.05, 5000, 5000",
        "50, 1, 0.05, 50000, 1000",
        "200, 1, 0.05, 50000, 5000",
        "10, 0, 0.05, 5000, 500"
    })
    void aTrueChangeWithinTheBoundRaisesNoAlarm(int cells, double power, double moved, int n, int m) {
        assertThat(alarms(cells, power, moved, n, m)).isLessThanOrEqualTo(RUNS / 20);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1, 0.13, 50000, 5000",
        "1000, 0, 0.13, 50000, 5000",
        "50, 1, 0.13, 5000, 5000",
        "50, 0, 0.13, 5000, 5000",
        "10, 0, 0.13, 50000, 5000",
        "2, 0, 0.13, 5000, 5000"
    })
    void aTrueChangeBeyondTheBoundRaisesOne(int cells, double power, double moved, int n, int m) {
        assertThat(alarms(cells, power, moved, n, m)).isGreaterThan(RUNS * 86 / 100);
    }

    private static int alarms(int cells, double power, double moved, int n, int m) {
        SplittableRandom random = new SplittableRandom(cells + 31L * n + m);
        double[] shares = new double[cells];
        Arrays.setAll(shares, i -> Math.pow(i + 1, -power));
        double sum = Arrays.stream(shares).sum();
        Arrays.setAll(shares, i -> shares[i] / sum);
        double[] changed = new double[cells];
        Arrays.setAll(changed, i -> shares[i] * (1 - moved / (1 - shares[0])));
        changed[0] = shares[0] + moved;
        int alarms = 0;
        for (int run = 0; run < RUNS; run++) {
            PooledCounts.Builder both = new PooledCounts.Builder();
            double[] p = draw(random, shares, n);
            double[] q = draw(random, changed, m);
            for (int i = 0; i < cells; i++) {
                both.addOccupied(Distribution.Kind.VALUES, "c" + i, Double.NaN, p[i], q[i]);
            }
            Change change = Change.ofShares(Change.Way.VALUES, both.build(0), "");
            alarms += Change.pValue(List.of(change), BOUND, Dispersion.NONE, m) <= LEVEL ? 1 : 0;
        }
        return alarms;
    }

    private static double[] draw(SplittableRandom random, double[] shares, int rows) {
        double[] cumulative = shares.clone();
        Arrays.parallelPrefix(cumulative, Double::sum);
        double[] counts = new double[shares.length];
        for (int i = 0; i < rows; i++) {
            int place = Arrays.binarySearch(cumulative, random.nextDouble());
            counts[Math.min(shares.length - 1, place < 0 ? -place - 1 : place)]++;
        }
        return counts;
    }

    @Test
    void theExpectedTotalVariationIsExactForSparseCells() {
        SplittableRandom random = new SplittableRandom(61);
        double[] shares = new double[300];
        Arrays.fill(shares, 1 / 300.0);
        double sum = 0;
        double expected = 0;
        int runs = 400;
        for (int run = 0; run < runs; run++) {
            TotalVariation size = TotalVariation.of(new PooledCounts(
                    Samplers.counts(draw(random, shares, 600)), Samplers.counts(draw(random, shares, 200)), 0));
            sum += size.value() / runs;
            expected += size.expected() / runs;
        }
        assertThat(expected).isCloseTo(sum, withinPercentage(0.5));
    }

    @Test
    void squaresOfDistancesAndDivergencesThemselvesAreLessened() {
        assertThat(Excess.ofDistance(0.5, 0.3)).isCloseTo(0.4, within(1e-12));
        assertThat(Excess.ofDistance(0.2, 0.3)).isZero();
        assertThat(Excess.ofDistance(0.2, Double.NaN)).isEqualTo(0.2);
        assertThat(Excess.ofDistance(Double.POSITIVE_INFINITY, 1)).isInfinite();
        assertThat(Excess.ofDivergence(0.5, 0.3)).isCloseTo(0.2, within(1e-12));
        assertThat(Excess.ofDivergence(0.2, 0.3)).isZero();
        assertThat(Excess.ofDivergence(0.2, Double.NaN)).isEqualTo(0.2);
    }

    @Test
    void aBoundThatAllowsNoChangeIsLeftToTheTest() {
        assertThat(Excess.isOutside(Bound.atMost(0), 0.1, () -> 0)).isTrue();
        assertThat(Excess.isOutside(Bound.atMost(0.05), 0.1, () -> 0.04)).isFalse();
        assertThat(Excess.isOutside(Bound.atMost(0.05), 0.1, () -> 0.06)).isTrue();
        assertThat(Excess.isOutside(Bound.atMost(0.2), 0.1, () -> 0.1)).isFalse();
    }

    /** The report shows the size as it is; what chance gives stands beside it. */
    @Test
    void sizesOfSmallWindowsStayAsTheyAreAndAreExplainedByChance() {
        SplittableRandom random = new SplittableRandom(62);
        List<Metric> metrics = FeatureDrift.all(
                "x",
                Samplers.profile(Samplers.normal(random, 5_000, 0)),
                Samplers.profile(Samplers.normal(random, 30, 0.1)),
                name -> Bound.atMost(0.1));
        for (Metric metric : metrics) {
            if (!Double.isNaN(metric.evidence().expectedByChance())) {
                assertThat(metric.value()).as(metric.name()).isGreaterThan(0.1);
                assertThat(PValues.of(metric, BOUND)).as(metric.name()).isGreaterThan(0.01);
            }
        }
    }

    @Test
    void heapsLeaveNumbersWithLittleToChance() {
        double[] reference = new double[1_000];
        double[] current = new double[1_000];
        Arrays.fill(reference, 0, 50, 1);
        Arrays.fill(current, 0, 90, 1);
        NumberDistances numbers =
                new NumberDistances(EmpiricalDistribution.of(reference), EmpiricalDistribution.of(current));
        assertThat(numbers.kolmogorovSmirnov()).isCloseTo(0.04, within(1e-12));
        assertThat(numbers.kolmogorovSmirnovExcess()).isBetween(0.02, 0.04);
    }

    @ParameterizedTest
    @CsvSource({"5000, 5000", "2000, 500"})
    void everyNamedMeasureSeesAColumnOfZerosGoFromFiveToTwentyFivePercentOnes(int n, int m) {
        double[] reference = new double[n];
        double[] current = new double[m];
        Arrays.fill(reference, 0, n / 20, 1);
        Arrays.fill(current, 0, m / 4, 1);
        List<Metric> metrics = FeatureDrift.all(
                "x", Samplers.profile(reference), Samplers.profile(current), name -> Bound.atMost(0.02));
        for (NamedDrift name : NamedDrift.values()) {
            Metric metric = metrics.stream()
                    .filter(candidate -> candidate.name().equals(name.metric()))
                    .findFirst()
                    .orElseThrow();
            assertThat(metric.value()).as(metric.name()).isGreaterThan(name.floor());
            assertThat(PValues.of(metric, Bound.atMost(name.floor())))
                    .as(metric.name())
                    .isLessThan(1e-4);
        }
    }

    @Test
    void aHeapInTheMiddleHasABinOfItsOwn() {
        SplittableRandom random = new SplittableRandom(63);
        double[] reference =
                random.doubles(2_000).map(u -> u < 0.4 ? 9.99 : 20 * u).toArray();
        double[] current =
                random.doubles(1_000).map(u -> u < 0.1 ? 9.99 : 20 * u).toArray();
        PooledCounts bins = Columns.bins(
                Samplers.profile(reference),
                EmpiricalDistribution.of(reference),
                Samplers.profile(current),
                EmpiricalDistribution.of(current),
                10);
        int heap = bins.reference().cells().stream()
                .map(Distribution.Cell::label)
                .toList()
                .indexOf("9.990");
        assertThat(bins.reference().share(heap)).isCloseTo(0.4, within(0.04));
        assertThat(bins.current().share(heap)).isCloseTo(0.1, within(0.03));
    }

    /** Ten equal shares, 5,000 rows and 20: half a row in cells that nobody has made it 0.66. */
    @Test
    void theStabilityIndexOfTenEqualSharesIsZeroAtAnyNumberOfRows() {
        double[] reference = new double[5_000];
        double[] current = new double[20];
        Arrays.setAll(reference, i -> i % 10);
        Arrays.setAll(current, i -> i % 10);
        Metric psi =
                FeatureDrift.all("x", Samplers.profile(reference), Samplers.profile(current), name -> Bound.atMost(0.1))
                        .stream()
                        .filter(metric -> metric.name().equals("drift.psi"))
                        .findFirst()
                        .orElseThrow();
        assertThat(psi.value()).isCloseTo(0, within(1e-9));
        double[] padded = {1, 2, 3, 0, 0, 0};
        double[] other = {3, 2, 1, 0, 0, 0};
        ZeroRule rule = ZeroRule.HALF_A_ROW_IF_OCCUPIED;
        assertThat(BinnedDistances.psi(Samplers.counts(padded), Samplers.counts(other), rule))
                .isEqualTo(BinnedDistances.psi(Samplers.counts(1, 2, 3), Samplers.counts(3, 2, 1), rule));
    }
}

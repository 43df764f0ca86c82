package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Distribution;
import io.modelmonitor.api.Metric;
import io.modelmonitor.stats.evidence.PValues;
import io.modelmonitor.stats.sketch.ColumnProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mistakes that are known of other libraries, and are not made here. Those that one class answers for are in its own test. */
class DriftTrapsTest {

    /** A one-sample test that takes the reference as exact gave p = 8e-102 here. */
    @Test
    void aMillionRowsOfAThousandCategoriesAreNoDriftFromThemselvesNorFromTheirLike() {
        double[] counts = new double[1_000];
        Arrays.fill(counts, 1_000);
        Distribution same = Samplers.counts(counts);
        assertThat(CategoryChange.test(same, same).pValue()).isGreaterThan(0.5);
        assertThat(MonteCarloNull.of(same, same, BinnedDistances::psi).pValue()).isEqualTo(1);

        SplittableRandom random = new SplittableRandom(51);
        Distribution one = Samplers.counts(Samplers.uniformCounts(random, 1_000_000, 1_000));
        Distribution other = Samplers.counts(Samplers.uniformCounts(random, 1_000_000, 1_000));
        assertThat(CategoryChange.test(one, other).pValue()).isGreaterThan(0.01);
        assertThat(MonteCarloNull.of(one, other, BinnedDistances::totalVariation)
                        .pValue())
                .isGreaterThan(0.01);
    }

    /** To draw both sides anew from the pooled shares loses rare values, and took any two such samples for different. */
    @Test
    void manyRareCategoriesAreNoDriftByAnyMeasure() {
        SplittableRandom random = new SplittableRandom(52);
        List<String> one = random.ints(1_000, 0, 3_000).mapToObj(i -> "c" + i).toList();
        List<String> other = random.ints(400, 0, 3_000).mapToObj(i -> "c" + i).toList();
        for (Metric metric :
                FeatureDrift.all("x", Samplers.profile(one), Samplers.profile(other), name -> Bound.atMost(0))) {
            if (metric.isDefined()) {
                assertThat(p(metric)).as(metric.name()).isGreaterThan(0.01);
            }
        }
    }

    /** Permutation of rows took minutes for a million of them, and could end with p = 0. */
    @Test
    void resamplingCountsCostsTheSameAtAnyNumberOfRowsAndNeverEndsWithZero() {
        Distribution p = Samplers.counts(5e11, 3e11, 2e11);
        Distribution q = Samplers.counts(4e11, 4e11, 2e11);
        double pValue = MonteCarloNull.of(p, q, BinnedDistances::totalVariation).pValue();
        assertThat(pValue).isBetween(0.0, 1e-9);
        Distribution near = Samplers.counts(5e11 + 1e6, 3e11 - 1e6, 2e11);
        assertThat(MonteCarloNull.of(p, near, BinnedDistances::totalVariation).pValue())
                .isBetween(1e-9, 0.5);
    }

    /** Infinite measures are no larger than any draw by more than infinity. */
    @Test
    void aMeasureThatIsInfiniteIsNoCertainty() {
        DisjointPair pair = new DisjointPair();
        double p = MonteCarloNull.of(pair.reference, pair.current, BinnedDistances::bhattacharyya)
                .pValue();
        assertThat(BinnedDistances.bhattacharyya(pair.reference, pair.current)).isInfinite();
        assertThat(p).isBetween(1e-4, 0.01);
    }

    private static final class DisjointPair {
        private final Distribution reference = Samplers.counts(50, 50, 0);
        private final Distribution current = Samplers.counts(0, 0, 60);
    }

    /** Reads of a sketch at full size of the samples took its error for a change. */
    @Test
    void theSameRowsInAnotherOrderAreNoDriftHoweverManyTheyAre() {
        double[] numbers = Samplers.normal(new SplittableRandom(53), 40_000, 0);
        double[] turned = new double[numbers.length];
        Arrays.setAll(turned, i -> numbers[numbers.length - 1 - i]);
        for (Metric metric :
                FeatureDrift.all("x", Samplers.profile(numbers), Samplers.profile(turned), name -> Bound.atMost(0))) {
            assertThat(p(metric)).as(metric.name()).isGreaterThan(0.5);
        }
    }

    /** The energy distance without a scale called data in another unit drifted. */
    @Test
    void theUnitOfTheValuesDoesNotMatter() {
        SplittableRandom random = new SplittableRandom(54);
        double[] one = Samplers.normal(random, 800, 0);
        double[] other = Samplers.normal(random, 300, 0.1);
        List<Metric> metrics =
                FeatureDrift.all("x", Samplers.profile(one), Samplers.profile(other), name -> Bound.atMost(0));
        List<Metric> scaled = FeatureDrift.all(
                "x", Samplers.profile(times(one)), Samplers.profile(times(other)), name -> Bound.atMost(0));
        for (int i = 0; i < metrics.size(); i++) {
            Metric metric = metrics.get(i);
            assertThat(scaled.get(i).value()).as(metric.name()).isCloseTo(metric.value(), within(1e-9));
            assertThat(p(scaled.get(i))).as(metric.name()).isCloseTo(p(metric), within(1e-9));
        }
    }

    private static double[] times(double[] values) {
        return Arrays.stream(values).map(value -> 1024 * value).toArray();
    }

    /** Values below the reference's range shifted a binned distance by one observation. */
    @Test
    void wassersteinIsExactWhereRangesDoNotMeet() {
        double[] low = IntStream.range(0, 10).mapToDouble(i -> i).toArray();
        double[] high = IntStream.range(10, 20).mapToDouble(i -> i).toArray();
        EmpiricalDistribution p = EmpiricalDistribution.of(low);
        EmpiricalDistribution q = EmpiricalDistribution.of(high);
        assertThat(EmpiricalDistances.wasserstein(p, q)).isCloseTo(10, within(1e-12));
        assertThat(EmpiricalDistances.wasserstein(q, p)).isCloseTo(10, within(1e-12));
    }

    /** The number of bins was ignored. */
    @Test
    void asManyBinsAsAskedFor() {
        EmpiricalDistribution values = EmpiricalDistribution.of(Samplers.normal(new SplittableRandom(55), 5_000, 0));
        assertThat(Bins.quantiles(values, 20).size()).isEqualTo(20);
        assertThat(Bins.quantiles(values, 7).size()).isEqualTo(7);
    }

    /** Distances that depend on unseen or empty cells were infinite or NaN, and poisoned what summed over columns. */
    @Test
    void everyMeasureOfTheOddestColumnsIsANumberOrSaysWhyNot() {
        List<ColumnProfile> odd = List.of(
                Samplers.profile(1, 2, 3),
                Samplers.profile(7, 7, 7, 7),
                Samplers.profile(-1e308, 1e308, 0),
                Samplers.profile(1e16, 1e16 + 2, 1e16 + 4),
                Samplers.profile(Double.MIN_VALUE, 0, -0.0),
                Samplers.profile(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1),
                Samplers.profile(List.of("a", "b", "a")),
                Samplers.profile(List.of("", " ", "\u0000", "\ud83d")),
                Samplers.profile(List.of("true", "false")),
                Samplers.profile(Collections.nCopies(3, (String) null)),
                ColumnProfile.create());
        for (ColumnProfile reference : odd) {
            for (ColumnProfile current : odd) {
                for (Metric metric : FeatureDrift.all("x", reference, current, name -> Bound.atMost(0))) {
                    assertThat(metric.isDefined() || !metric.note().isEmpty()).isTrue();
                    if (metric.isDefined()) {
                        assertThat(p(metric))
                                .as("%s of %s, %s", metric, reference, current)
                                .isBetween(0.0, 1.0);
                    }
                }
            }
        }
    }

    @Test
    void numbersAtTheEndsOfTheRangeAreMeasuredLikeOthers() {
        List<Metric> metrics = FeatureDrift.all(
                "x", Samplers.profile(-1e308, 1e308, 0), Samplers.profile(1e308, -1e308, 5), name -> Bound.atMost(0));
        Metric wasserstein = metrics.stream()
                .filter(metric -> metric.name().equals("drift.wasserstein"))
                .findFirst()
                .orElseThrow();
        // Of the three values one moved by 5; the standard deviation is 1e308 times the root of two thirds.
        assertThat(wasserstein.value() * 1e308)
                .isCloseTo(5.0 / 3 / Math.sqrt(2.0 / 3), org.assertj.core.api.Assertions.withinPercentage(1e-6));
        assertThat(metrics.get(0).isDefined()).isTrue();
    }

    /** Rows with missing values were dropped before comparing. */
    @Test
    void aJumpInMissingValuesIsInEveryMeasureOfCounts() {
        double[] numbers = Samplers.normal(new SplittableRandom(56), 600, 0);
        List<String> whole = Arrays.stream(numbers).mapToObj(Double::toString).toList();
        List<String> holes = new ArrayList<>(whole);
        Collections.fill(holes.subList(0, 200), null);
        List<Metric> metrics =
                FeatureDrift.all("x", Samplers.profile(whole), Samplers.profile(holes), name -> Bound.atMost(0));
        for (String name : FeatureDrift.names()) {
            Metric metric = metrics.stream()
                    .filter(candidate -> candidate.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(p(metric)).as(name).isLessThan(1e-3);
            assertThat(metric.note()).as(name).startsWith("missing 0.0 % -> 33.3 %");
        }
    }

    /** A measure that throws for some counts only must not throw into the report. */
    @Test
    void aUsersMeasureThatThrowsWhileItIsResampledIsLeftOutOfTheDraws() {
        double[] ones = new double[50];
        Arrays.fill(ones, 1);
        int[] calls = new int[1];
        Metric metric = FeatureDrift.measured(
                "mine",
                (p, q) -> {
                    if (++calls[0] > 1) {
                        throw new IllegalStateException("broken");
                    }
                    return 0.5;
                },
                "x",
                Samplers.profile(new double[50]),
                Samplers.profile(ones),
                name -> Bound.atMost(0));
        // Nothing says that chance explains it.
        assertThat(p(metric)).isZero();
        assertThat(metric.evidence().expectedByChance()).isNaN();
    }

    @Test
    void aSequenceOfNumbersIsAColumnOfIdsAndNoDriftWhenItGoesOn() {
        Metric next = drift(Samplers.profile(sequence(10_000, 6_000)), Samplers.profile(sequence(16_000, 2_500)));
        assertThat(next.value()).isZero();
        assertThat(p(next)).isEqualTo(1);
        assertThat(next.note()).startsWith("format ");

        Metric shorter = drift(Samplers.profile(sequence(10_000, 6_000)), Samplers.profile(sequence(100, 800)));
        assertThat(shorter.value()).isEqualTo(1);
        assertThat(p(shorter)).isLessThan(1e-9);
    }

    @Test
    void amountsThatAreAllDifferentAreNoIds() {
        double[] amounts = new SplittableRandom(57)
                .doubles(2_000)
                .map(u -> Math.floor(1e7 * u))
                .toArray();
        double[] doubled = Arrays.stream(amounts).map(x -> 2 * x).toArray();
        assertThat(drift(Samplers.profile(amounts), Samplers.profile(doubled)).note())
                .startsWith("median ");
    }

    @Test
    void anIdThatIsStuckIsDriftThoughItsFormatIsRight() {
        List<String> ids =
                IntStream.range(0, 500).mapToObj("user_%06d"::formatted).toList();
        Metric stuck = drift(Samplers.profile(ids), Samplers.profile(Collections.nCopies(300, "user_000007")));
        assertThat(stuck.value()).isGreaterThan(0.9);
        assertThat(p(stuck)).isLessThan(1e-9);
    }

    private static double[] sequence(int from, int size) {
        return IntStream.range(from, from + size).mapToDouble(i -> i).toArray();
    }

    private static Metric drift(ColumnProfile reference, ColumnProfile current) {
        return FeatureDrift.of("x", reference, current, name -> Bound.atMost(0)).get(0);
    }

    private static double p(Metric metric) {
        return PValues.of(metric.evidence(), metric.value(), Bound.atMost(0));
    }
}

package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Plot;
import io.modelmonitor.stats.evidence.PValues;
import io.modelmonitor.stats.sketch.ColumnProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FeatureDriftTest {

    private static final Bound FLOOR = Bound.atMost(0.01);

    @Test
    void aShiftOfNumbersIsDriftAndSaysFromWhereToWhere() {
        SplittableRandom random = new SplittableRandom(1);
        Metric drift = drift(
                Samplers.profile(Samplers.normal(random, 2_000, 0)),
                Samplers.profile(Samplers.normal(random, 500, 0.5)));

        assertThat(drift.value()).isBetween(0.13, 0.28);
        assertThat(p(drift)).isLessThan(1e-6);
        assertThat(drift.note()).startsWith("median ").contains(" -> ");
        assertThat(drift.evidence().expectedByChance()).isCloseTo(0.0434, within(0.001));
        assertThat(drift.plots()).hasSize(2);
    }

    @Test
    void equalNumbersAreNoDrift() {
        double[] numbers = Samplers.normal(new SplittableRandom(2), 1_000, 0);
        Metric drift = drift(Samplers.profile(numbers), Samplers.profile(numbers));

        assertThat(drift.value()).isZero();
        assertThat(p(drift)).isEqualTo(1);
    }

    @Test
    void seesAColumnOfZerosAndOnesDrift() {
        Metric drift = drift(Samplers.profile(bits(1_000, 300)), Samplers.profile(bits(1_000, 400)));

        assertThat(drift.value()).isCloseTo(0.1, within(1e-12));
        assertThat(p(drift)).isBetween(1e-7, 1e-4);
    }

    @Test
    void aConstantColumnThatStaysIsNoDriftAndPoisonsNothing() {
        Metric drift = drift(Samplers.profile(bits(100, 0)), Samplers.profile(bits(50, 0)));

        assertThat(drift.value()).isZero();
        assertThat(p(drift)).isEqualTo(1);
    }

    @Test
    void aConstantColumnThatBecomesAnotherConstantIsDrift() {
        double[] sevens = new double[50];
        Arrays.fill(sevens, 7);
        Metric drift = drift(Samplers.profile(bits(100, 0)), Samplers.profile(sevens));

        assertThat(drift.value()).isEqualTo(1);
        assertThat(p(drift)).isLessThan(1e-9);
    }

    @Test
    void aJumpInMissingValuesIsDriftAlthoughTheOthersStay() {
        ColumnProfile reference = Samplers.profile(texts(1_000, 0));
        ColumnProfile current = Samplers.profile(texts(1_000, 200));
        List<Metric> metrics = FeatureDrift.of("x", reference, current, name -> FLOOR);

        assertThat(metrics.get(0).value()).isCloseTo(0.2, within(1e-12));
        assertThat(metrics.get(0).note()).startsWith("missing 0.0 % -> 20.0 %");
        assertThat(p(metrics.get(0))).isLessThan(1e-9);
        assertThat(metrics.get(1).name()).isEqualTo("drift.missing");
        assertThat(metrics.get(1).value()).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void numbersThatBecomeTextAreDrift() {
        List<String> numbers = Collections.nCopies(200, "12");
        List<String> mixed = Stream.concat(
                        Collections.nCopies(150, "12").stream(), Collections.nCopies(50, "twelve").stream())
                .toList();
        List<Metric> metrics = FeatureDrift.of("x", Samplers.profile(numbers), Samplers.profile(mixed), name -> FLOOR);

        assertThat(metrics.get(0).value()).isEqualTo(0.25);
        assertThat(metrics.get(2).name()).isEqualTo("drift.type");
        assertThat(metrics.get(2).note()).startsWith("type INTEGRAL -> STRING");
        assertThat(p(metrics.get(0))).isLessThan(1e-9);
    }

    @Test
    void namesANewCategory() {
        List<String> now = new ArrayList<>(Collections.nCopies(270, "EUR"));
        now.addAll(Collections.nCopies(30, "GIG"));
        Metric drift = drift(Samplers.profile(Collections.nCopies(300, "EUR")), Samplers.profile(now));

        assertThat(drift.note()).startsWith("new: GIG 10.0 %");
        assertThat(p(drift)).isLessThan(1e-6);
    }

    @Test
    void bothSidesCategoriesNewOnesAndMissingRowsAreDrawn() {
        List<String> known = List.of("red", "green", "blue", "black");
        List<String> more = new ArrayList<>();
        IntStream.range(0, 1_000).forEach(i -> more.add(known.get(i % 4)));
        ColumnProfile reference = Samplers.profile(more);
        Collections.fill(more.subList(0, 200), null);
        more.addAll(Collections.nCopies(1_000, "a\uD800new one"));
        Plot.Pairs shares =
                (Plot.Pairs) drift(reference, Samplers.profile(more)).plots().get(0);
        assertThat(shares.title()).isEqualTo("Shares of 1,000 and 2,000 rows");
        assertThat(shares.names()).contains("a?new one (new)").endsWith("(missing)");
        assertThat(shares.after().get(shares.names().indexOf("a?new one (new)")))
                .isEqualTo(0.5);
        assertThat(shares.after().get(shares.names().size() - 1)).isEqualTo(0.1);
        assertThat(shares.before().stream().mapToDouble(share -> share).sum()).isCloseTo(1, within(1e-12));
    }

    @Test
    void oneUnseenCategoryInManyRowsIsNoProof() {
        List<String> now = new ArrayList<>(Collections.nCopies(299, "EUR"));
        now.add("GIG");
        Metric drift = drift(Samplers.profile(Collections.nCopies(300, "EUR")), Samplers.profile(now));

        assertThat(p(drift)).isGreaterThan(0.5);
    }

    @Test
    void aColumnOfIdsIsJudgedOnItsFormat() {
        ColumnProfile reference = Samplers.profile(ids("user_%06d", 0, 2_000));
        Metric same = drift(reference, Samplers.profile(ids("user_%06d", 50_000, 2_000)));
        Metric other = drift(reference, Samplers.profile(ids("U-%08d", 50_000, 2_000)));

        assertThat(same.value()).isZero();
        assertThat(p(same)).isEqualTo(1);
        assertThat(other.value()).isEqualTo(1);
        assertThat(p(other)).isLessThan(1e-9);
        assertThat(other.note()).startsWith("format ");
    }

    @Test
    void manyRareCategoriesAreNoDriftByThemselves() {
        SplittableRandom random = new SplittableRandom(3);
        List<String> one = random.ints(1_000, 0, 3_000).mapToObj(i -> "c" + i).toList();
        List<String> other = random.ints(1_000, 0, 3_000).mapToObj(i -> "c" + i).toList();

        assertThat(p(drift(Samplers.profile(one), Samplers.profile(other)))).isGreaterThan(0.01);
    }

    @Test
    void infinitiesAndNaNsHaveCellsOfTheirOwn() {
        double[] numbers = Samplers.normal(new SplittableRandom(4), 400, 0);
        double[] odd = numbers.clone();
        Arrays.fill(odd, 0, 50, Double.POSITIVE_INFINITY);
        Arrays.fill(odd, 50, 100, Double.NaN);
        List<Metric> metrics = FeatureDrift.all("x", Samplers.profile(numbers), Samplers.profile(odd), name -> FLOOR);

        assertThat(metrics.get(2).value()).isEqualTo(0.25);
        assertThat(metric(metrics, "drift.psi").value()).isGreaterThan(0.5);
        assertThat(p(metric(metrics, "drift.psi"))).isLessThan(1e-3);
        assertThat(metric(metrics, "drift.wasserstein").isDefined()).isTrue();
    }

    @Test
    void nothingCanBeSaidOfNoRows() {
        ColumnProfile some = Samplers.profile(1, 2, 3);
        for (List<Metric> metrics : List.of(
                FeatureDrift.all("x", some, ColumnProfile.create(), name -> FLOOR),
                FeatureDrift.all("x", ColumnProfile.create(), some, name -> FLOOR))) {
            assertThat(metrics).noneMatch(Metric::isDefined);
            assertThat(metrics).allMatch(metric -> metric.note().contains("no "));
        }
    }

    @Test
    void aColumnThatIsEmptyNowHasOnlyItsMissingRowsToSay() {
        ColumnProfile empty = Samplers.profile(Collections.nCopies(100, (String) null));
        List<Metric> metrics = FeatureDrift.all("x", Samplers.profile(bits(100, 50)), empty, name -> FLOOR);

        assertThat(metrics.get(0).value()).isEqualTo(1);
        assertThat(p(metrics.get(0))).isLessThan(1e-9);
        assertThat(metrics.get(2).isDefined()).isFalse();
        assertThat(metric(metrics, "drift.kolmogorov_smirnov").note()).isEqualTo("a side has no finite numbers");
        assertThat(metric(metrics, "drift.psi").value()).isGreaterThan(1);
    }

    @Test
    void aUsersMeasureIsJudgedByResampling() {
        SplittableRandom random = new SplittableRandom(5);
        ColumnProfile reference = Samplers.profile(Samplers.normal(random, 1_000, 0));
        ColumnProfile shifted = Samplers.profile(Samplers.normal(random, 1_000, 0.5));
        ColumnProfile same = Samplers.profile(Samplers.normal(random, 1_000, 0));

        assertThat(p(FeatureDrift.measured("mine", BinnedDistances::infinity, "x", reference, shifted, name -> FLOOR)))
                .isLessThan(0.002);
        assertThat(p(FeatureDrift.measured("mine", BinnedDistances::infinity, "x", reference, same, name -> FLOOR)))
                .isGreaterThan(0.01);
    }

    @Test
    void aUsersMeasureThatThrowsStopsNoOther() {
        Metric metric = FeatureDrift.measured(
                "mine",
                (p, q) -> {
                    throw new IllegalStateException("broken");
                },
                "x",
                Samplers.profile(1, 2, 3),
                Samplers.profile(1, 2, 3),
                name -> FLOOR);

        assertThat(metric.isDefined()).isFalse();
        assertThat(metric.note()).contains("broken");
    }

    @Test
    void everyNamedMeasureIsZeroForEqualDataAndItsPValueIsOne() {
        double[] numbers = Samplers.normal(new SplittableRandom(6), 500, 0);
        for (Metric metric :
                FeatureDrift.all("x", Samplers.profile(numbers), Samplers.profile(numbers), name -> FLOOR)) {
            assertThat(metric.value()).as(metric.name()).isLessThan(1e-7);
            assertThat(p(metric)).as(metric.name()).isEqualTo(1);
        }
        assertThat(FeatureDrift.names()).contains("drift.psi", "drift.jensen_shannon");
    }

    private static Metric drift(ColumnProfile reference, ColumnProfile current) {
        Metric drift = FeatureDrift.of("x", reference, current, name -> FLOOR).get(0);
        assertThat(drift.name()).isEqualTo("drift");
        assertThat(drift.subject()).isEqualTo("x");
        return drift;
    }

    private static Metric metric(List<Metric> metrics, String name) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double p(Metric metric) {
        return PValues.of(metric.evidence(), metric.value(), FLOOR);
    }

    private static double[] bits(int size, int ones) {
        double[] bits = new double[size];
        Arrays.fill(bits, 0, ones, 1);
        return bits;
    }

    private static List<String> texts(int size, int missing) {
        return IntStream.range(0, size)
                .mapToObj(i -> i < missing ? null : Integer.toString(i % 50))
                .collect(Collectors.toList());
    }

    private static List<String> ids(String format, int from, int size) {
        return IntStream.range(from, from + size).mapToObj(format::formatted).toList();
    }
}

package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.modelmonitor.api.Bound;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.NamedDrift;
import io.modelmonitor.stats.evidence.PValues;
import io.modelmonitor.stats.internal.HypergeometricSampler;
import io.modelmonitor.stats.internal.Samples;
import io.modelmonitor.stats.sketch.ColumnProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each named measure is judged by its own distribution when nothing changed, and that is the right one. */
@Tag("simulation")
class NamedMeasuresTest {

    private static final int RUNS = 2_000;

    // Kolmogorov's limit at 0.001, over the root of the number of runs.
    private static final double CRITICAL = 1.9495 / Math.sqrt(RUNS);

    @Test
    void everyNameIsMeasuredOnce() {
        Set<NamedDrift> measured = new HashSet<>(NamedMeasures.OF_COUNTS.keySet());
        measured.addAll(NamedMeasures.OF_NUMBERS.keySet());
        assertThat(measured).containsExactlyInAnyOrder(NamedDrift.values());
        assertThat(NamedMeasures.OF_COUNTS.size() + NamedMeasures.OF_NUMBERS.size())
                .isEqualTo(NamedDrift.values().length);
    }

    /** Labels are swapped at random: whatever the values, p-values may never be more often small than they say. */
    @ParameterizedTest
    @CsvSource({
        "continuous, 150, 150, true",
        "continuous, 400, 60, true",
        "continuous, 150, 400, true",
        "heavyTailed, 200, 120, true",
        "tied, 200, 120, false",
        "zeroInflated, 200, 120, false",
        "twoValued, 300, 200, false"
    })
    void pValuesAreUniformWithoutDrift(String family, int n, int m, boolean isContinuous) {
        SplittableRandom source = new SplittableRandom(n + 31L * m);
        double[] pooled = source.doubles(n + m).map(u -> value(family, u)).toArray();
        Map<NamedDrift, double[]> pValues = new EnumMap<>(NamedDrift.class);
        Map<NamedDrift, Double> ofValue = new EnumMap<>(NamedDrift.class);
        Map<NamedDrift, Double> byChance = new EnumMap<>(NamedDrift.class);
        // The mean of a size takes more draws to know than the distribution of its p-value.
        int draws = 5 * RUNS;
        for (int run = 0; run < draws; run++) {
            boolean isTested = run < RUNS;
            double[] values = Samplers.shuffled(new SplittableRandom(7_000 + run), pooled);
            List<Metric> metrics = FeatureDrift.all(
                    "x",
                    Samplers.profile(Arrays.copyOf(values, n)),
                    Samplers.profile(Arrays.copyOfRange(values, n, n + m)),
                    metric -> isTested ? Bound.atMost(0) : null);
            for (NamedDrift name : NamedDrift.values()) {
                Metric metric = metric(metrics, name);
                ofValue.merge(name, metric.value() / draws, Double::sum);
                if (isTested) {
                    pValues.computeIfAbsent(name, any -> new double[RUNS])[run] = p(metric);
                    byChance.merge(name, metric.evidence().expectedByChance() / RUNS, Double::sum);
                }
            }
        }
        pValues.forEach((name, p) -> {
            Arrays.sort(p);
            assertThat(tooSmall(p)).as("%s: p-values that are too small", name).isLessThan(CRITICAL);
            if (isContinuous && isSmooth(name)) {
                assertThat(tooLarge(p))
                        .as("%s: p-values that are too large", name)
                        .isLessThan(CRITICAL);
            }
            assertThat(byChance.get(name)).as("%s: size by chance alone", name).isGreaterThan(0.94 * ofValue.get(name));
            if (name != NamedDrift.KOLMOGOROV_SMIRNOV) {
                assertThat(byChance.get(name))
                        .as("%s: size by chance alone", name)
                        .isCloseTo(ofValue.get(name), withinPercentage(6));
            }
        });
    }

    /** The others take few values, so that their p-values lie above uniform ones. */
    private static boolean isSmooth(NamedDrift name) {
        return name == NamedDrift.WASSERSTEIN || name == NamedDrift.ENERGY;
    }

    private static double value(String family, double u) {
        return switch (family) {
            case "continuous" -> u;
            case "heavyTailed" -> Math.pow(1 - u, -1 / 1.5);
            case "tied" -> Math.floor(10 * u * u);
            case "zeroInflated" -> u < 0.6 ? 0 : Math.pow(1 - u, -0.5);
            default -> u < 0.2 ? 1 : 0;
        };
    }

    @Test
    void smallSamplesHaveThePValuesOfAllPermutations() {
        double[][] samples = {
            {1, 4, 9, 16, 30}, {2, 3, 20, 40, 41, 42},
            {0, 0, 1, 1, 2, 3}, {0, 2, 2, 3, 3},
            {5, 6, 7, 8}, {1, 2, 3, 4, 9, 10, 11},
        };
        for (int i = 0; i < samples.length; i += 2) {
            EmpiricalDistribution p = EmpiricalDistribution.of(samples[i]);
            EmpiricalDistribution q = EmpiricalDistribution.of(samples[i + 1]);
            NumberDistances distances = new NumberDistances(p, q);
            double exact = byEnumeration(samples[i], samples[i + 1], EmpiricalDistances::kolmogorovSmirnov);
            assertThat(LatticePaths.of(PooledEcdf.of(p, q)).pValue(EmpiricalDistances.kolmogorovSmirnov(p, q)))
                    .isCloseTo(exact, within(1e-12));
            assertDrawn(distances.kolmogorovSmirnovNull(), exact);
            assertDrawn(
                    distances.wassersteinNull(),
                    byEnumeration(samples[i], samples[i + 1], EmpiricalDistances::wasserstein));
            assertDrawn(distances.energyNull(), byEnumeration(samples[i], samples[i + 1], EmpiricalDistances::energy));
        }
    }

    /** A p-value that comes from 40 draws as far out, or from 999 in all, is within four standard errors. */
    private static void assertDrawn(NullSummary chance, double exact) {
        double error = Math.max(exact / Math.sqrt(40), Math.sqrt(exact * (1 - exact) / 999)) + 1 / 999.0;
        assertThat(chance.pValue()).isCloseTo(exact, within(4 * error));
    }

    @Test
    void theGridStandsForAllStepsOfLargeSamples() {
        SplittableRandom random = new SplittableRandom(81);
        double[] one = random.doubles(700).map(u -> value("heavyTailed", u)).toArray();
        double[] other =
                random.doubles(500).map(u -> 1.03 * value("heavyTailed", u)).toArray();
        EmpiricalDistribution p = EmpiricalDistribution.of(one);
        EmpiricalDistribution q = EmpiricalDistribution.of(other);
        NumberDistances distances = new NumberDistances(p, q);
        double unit = EmpiricalDistances.scale(p);
        assertShuffled(one, other, distances.wassersteinNull(), (f, g) -> EmpiricalDistances.wasserstein(f, g) / unit);
        assertShuffled(one, other, distances.energyNull(), (f, g) -> EmpiricalDistances.energy(f, g) / Math.sqrt(unit));
        assertShuffled(one, other, distances.kolmogorovSmirnovNull(), EmpiricalDistances::kolmogorovSmirnov);
    }

    private static void assertShuffled(
            double[] one,
            double[] other,
            NullSummary chance,
            ToDoubleBiFunction<EmpiricalDistribution, EmpiricalDistribution> distance) {
        int shuffles = 2_000;
        double observed = distance.applyAsDouble(EmpiricalDistribution.of(one), EmpiricalDistribution.of(other));
        double[] pooled = Samples.pooled(one, other);
        double sum = 0;
        int asFar = 0;
        for (int i = 0; i < shuffles; i++) {
            double[] values = Samplers.shuffled(new SplittableRandom(9_000 + i), pooled);
            double size = distance.applyAsDouble(
                    EmpiricalDistribution.of(Arrays.copyOf(values, one.length)),
                    EmpiricalDistribution.of(Arrays.copyOfRange(values, one.length, values.length)));
            sum += size;
            asFar += size >= observed ? 1 : 0;
        }
        assertDrawn(chance, (double) asFar / shuffles);
        // The mean of at least 40 draws, whose deviation is about half of the mean.
        assertThat(chance.expected()).isCloseTo(sum / shuffles, withinPercentage(25));
    }

    @Test
    void latticePathsAreThoseOfEvenlyMixedSamples() {
        double[] even = IntStream.range(0, 10).mapToDouble(i -> 2 * i).toArray();
        double[] odd = IntStream.range(0, 10).mapToDouble(i -> 2 * i + 1).toArray();
        LatticePaths paths =
                LatticePaths.of(PooledEcdf.of(EmpiricalDistribution.of(even), EmpiricalDistribution.of(odd)));
        assertThat(paths.pValue(0.1)).isCloseTo(1, within(1e-12));
        assertThat(paths.pValue(0)).isEqualTo(1);
        // Gnedenko and Korolyuk: 2 (C(20, 4) - ...) / C(20, 10) for a distance of 6/10, and 2 / C(20, 10) for 1.
        assertThat(paths.pValue(0.6)).isCloseTo(2 * 4845 / 184756.0, within(1e-12));
        assertThat(paths.pValue(1)).isCloseTo(2 / 184756.0, within(1e-15));
    }

    @Test
    void whatASketchKnowsRoughlyIsNoEvidence() {
        SplittableRandom random = new SplittableRandom(82);
        int columns = 12;
        int alarms = 0;
        for (int i = 0; i < columns; i++) {
            ColumnProfile reference = sketched(random, 60_000);
            ColumnProfile current = sketched(random, 60_000);
            assertThat(reference.categories().isComplete()).isFalse();
            for (NamedDrift name : NamedDrift.values()) {
                alarms += p(metric(FeatureDrift.all("x", reference, current, metric -> Bound.atMost(0)), name)) <= 0.01
                        ? 1
                        : 0;
            }
        }
        assertThat(alarms).isZero();
    }

    private static ColumnProfile sketched(SplittableRandom random, int rows) {
        return Samplers.profile(
                random.doubles(rows).map(u -> Math.pow(1 - u, -0.5)).toArray());
    }

    @Test
    void aChangeIsSeenByEveryMeasure() {
        SplittableRandom random = new SplittableRandom(83);
        List<Metric> metrics = FeatureDrift.all(
                "x",
                Samplers.profile(Samplers.normal(random, 3_000, 0)),
                Samplers.profile(Samplers.normal(random, 1_000, 0.5)),
                metric -> Bound.atMost(0));
        for (NamedDrift name : NamedDrift.values()) {
            Metric metric = metric(metrics, name);
            assertThat(p(metric)).as("%s", name).isLessThan(1e-4);
            assertThat(metric.value()).as("%s", name).isGreaterThan(name.floor());
            assertThat(metric.evidence().expectedByChance()).as("%s", name).isLessThan(metric.value() / 2);
            assertThat(metric.note()).as("%s", name).isNotEmpty();
        }
    }

    @Test
    void measuresOfNumbersAreUndefinedForTexts() {
        List<Metric> metrics = FeatureDrift.all(
                "x",
                Samplers.profile(List.of("a", "b", "a")),
                Samplers.profile(List.of("a", "b")),
                metric -> Bound.atMost(0));
        assertThat(metric(metrics, NamedDrift.WASSERSTEIN).note()).isEqualTo("a side has no finite numbers");
        assertThat(metric(metrics, NamedDrift.PSI).isDefined()).isTrue();
    }

    @Test
    void swappedLabelsKeepTheRowsOfEverySideAndCell() {
        double[] p = {0, 900, 40, 3, 1, 0, 100_000, 7};
        double[] q = {0, 500, 10, 9, 0, 2, 60_000, 5};
        HypergeometricSampler swaps = new HypergeometricSampler(Samplers.counts(p), Samplers.counts(q));
        double n = Arrays.stream(p).sum();
        double m = Arrays.stream(q).sum();
        double[] one = new double[p.length];
        double[] other = new double[p.length];
        double[] mean = new double[p.length];
        double[] squares = new double[p.length];
        int draws = 20_000;
        for (int draw = 0; draw < draws; draw++) {
            swaps.next(one, other);
            assertThat(Arrays.stream(one).sum()).isEqualTo(n);
            for (int i = 0; i < p.length; i++) {
                assertThat(one[i] + other[i]).isEqualTo(p[i] + q[i]);
                assertThat(Math.min(one[i], other[i])).isNotNegative();
                mean[i] += one[i] / draws;
                squares[i] += one[i] * one[i] / draws;
            }
        }
        for (int i = 0; i < p.length; i++) {
            double pooled = p[i] + q[i];
            double expected = pooled * n / (n + m);
            double variance = expected * (m / (n + m)) * (n + m - pooled) / (n + m - 1);
            assertThat(mean[i]).isCloseTo(expected, within(5 * Math.sqrt(variance / draws) + 1e-9));
            assertThat(squares[i] - mean[i] * mean[i]).isCloseTo(variance, within(0.06 * variance + 0.01));
        }
    }

    private static double byEnumeration(
            double[] one, double[] other, ToDoubleBiFunction<EmpiricalDistribution, EmpiricalDistribution> distance) {
        double observed = distance.applyAsDouble(EmpiricalDistribution.of(one), EmpiricalDistribution.of(other));
        double[] pooled = Samples.pooled(one, other);
        int ways = 0;
        int asFar = 0;
        for (int chosen = 0; chosen < 1 << pooled.length; chosen++) {
            if (Integer.bitCount(chosen) != one.length) {
                continue;
            }
            List<Double> left = new ArrayList<>();
            List<Double> right = new ArrayList<>();
            for (int i = 0; i < pooled.length; i++) {
                ((chosen >> i & 1) == 1 ? left : right).add(pooled[i]);
            }
            ways++;
            asFar += distance.applyAsDouble(of(left), of(right)) >= observed - 1e-12 ? 1 : 0;
        }
        return (double) asFar / ways;
    }

    private static EmpiricalDistribution of(List<Double> values) {
        return EmpiricalDistribution.of(
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static Metric metric(List<Metric> metrics, NamedDrift name) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(name.metric()))
                .findFirst()
                .orElseThrow();
    }

    private static double p(Metric metric) {
        return PValues.of(metric.evidence(), metric.value(), Bound.atMost(0));
    }

    private static double tooSmall(double[] ascending) {
        double greatest = 0;
        for (int i = 0; i < ascending.length; i++) {
            greatest = Math.max(greatest, (i + 1.0) / ascending.length - ascending[i]);
        }
        return greatest;
    }

    private static double tooLarge(double[] ascending) {
        double greatest = 0;
        for (int i = 0; i < ascending.length; i++) {
            greatest = Math.max(greatest, ascending[i] - (double) i / ascending.length);
        }
        return greatest;
    }
}

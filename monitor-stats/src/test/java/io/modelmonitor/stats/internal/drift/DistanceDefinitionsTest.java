package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.modelmonitor.api.Distribution;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Distances by their definitions, each in another form than that by which it is computed. */
class DistanceDefinitionsTest {

    private static double sum(double[] p, double[] q, DoubleBinaryOperator ofCell) {
        return IntStream.range(0, p.length)
                .mapToDouble(i -> ofCell.applyAsDouble(p[i], q[i]))
                .sum();
    }

    private static double[] shares(double... counts) {
        double total = DoubleStream.of(counts).sum();
        return DoubleStream.of(counts).map(count -> count / total).toArray();
    }

    private static double[] counts(SplittableRandom random) {
        return random.doubles(7, 1, 90).map(Math::floor).toArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void distancesOfSharesAreSumsOverCells(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] some = counts(random);
        double[] others = counts(random);
        Distribution reference = Samplers.counts(some);
        Distribution current = Samplers.counts(others);
        double[] p = shares(some);
        double[] q = shares(others);
        double divergence = sum(q, p, (x, y) -> x * Math.log(x / y));
        double[] middle =
                IntStream.range(0, p.length).mapToDouble(i -> (p[i] + q[i]) / 2).toArray();
        // The entropy of the mixture less the mean entropy.
        double jensenShannon = -sum(middle, middle, (x, y) -> x * Math.log(y))
                + (sum(p, p, (x, y) -> x * Math.log(y)) + sum(q, q, (x, y) -> x * Math.log(y))) / 2;
        double bhattacharyya = sum(p, q, (x, y) -> Math.sqrt(x * y));
        double greatest = sum(p, q, (x, y) -> Math.abs(x - y)) - sumOfAllButTheGreatest(p, q);
        assertClose(BinnedDistances.kullbackLeibler(reference, current), divergence);
        assertClose(BinnedDistances.jensenShannonDivergence(reference, current), jensenShannon);
        assertClose(BinnedDistances.jensenShannonDivergenceBits(reference, current), jensenShannon / Math.log(2));
        assertClose(BinnedDistances.jensenShannon(reference, current), Math.sqrt(jensenShannon));
        assertClose(BinnedDistances.jensenShannonBits(reference, current), Math.sqrt(jensenShannon / Math.log(2)));
        assertClose(BinnedDistances.bhattacharyyaCoefficient(reference, current), bhattacharyya);
        assertClose(BinnedDistances.bhattacharyya(reference, current), -Math.log(bhattacharyya));
        assertClose(BinnedDistances.hellinger(reference, current), Math.sqrt(1 - bhattacharyya));
        assertClose(BinnedDistances.totalVariation(reference, current), sum(p, q, (x, y) -> Math.max(0, x - y)));
        assertClose(BinnedDistances.euclidean(reference, current), Math.sqrt(sum(p, q, (x, y) -> (x - y) * (x - y))));
        assertClose(BinnedDistances.infinity(reference, current), greatest);
        double n = DoubleStream.of(some).sum();
        double m = DoubleStream.of(others).sum();
        assertClose(
                BinnedDistances.robustInfinity(reference, current),
                Math.max(0, greatest - 1.8 * Math.sqrt(1 / n + 1 / m)));
        double[] half = shares(DoubleStream.of(some).map(count -> count + 0.5).toArray());
        double[] otherHalf =
                shares(DoubleStream.of(others).map(count -> count + 0.5).toArray());
        assertClose(
                BinnedDistances.psi(reference, current),
                sum(half, otherHalf, (x, y) -> x * Math.log(x / y))
                        + sum(otherHalf, half, (x, y) -> x * Math.log(x / y)));
    }

    private static double sumOfAllButTheGreatest(double[] p, double[] q) {
        double[] differences = IntStream.range(0, p.length)
                .mapToDouble(i -> Math.abs(p[i] - q[i]))
                .sorted()
                .toArray();
        return Arrays.stream(differences, 0, differences.length - 1).sum();
    }

    private static void assertClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-13));
    }

    /** Distances of samples from pairs of rows; some values occur in both, and more than once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void distancesOfSamplesAreMeansOverPairsOfRows(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = random.ints(12, 0, 9).asDoubleStream().toArray();
        double[] y =
                random.ints(8, 2, 12).mapToDouble(i -> i + (seed % 2) / 2.0).toArray();
        EmpiricalDistribution reference = EmpiricalDistribution.of(x.clone());
        EmpiricalDistribution current = EmpiricalDistribution.of(y.clone());
        // The rows of both, each as often as makes them equally many: the least cost moves the i-th to the i-th.
        double[] manyX = repeated(x, 2);
        double[] manyY = repeated(y, 3);
        double moved = IntStream.range(0, manyX.length)
                .mapToDouble(i -> Math.abs(manyX[i] - manyY[i]))
                .average()
                .orElseThrow();
        double energy = Math.sqrt(2 * meanDistance(x, y) - meanDistance(x, x) - meanDistance(y, y));
        double mean = Arrays.stream(x).average().orElseThrow();
        double deviation = Math.sqrt(
                Arrays.stream(x).map(a -> (a - mean) * (a - mean)).average().orElseThrow());
        assertClose(EmpiricalDistances.wasserstein(reference, current), moved);
        assertClose(EmpiricalDistances.wassersteinNormed(reference, current), moved / deviation);
        assertClose(EmpiricalDistances.energy(reference, current), energy);
        assertClose(EmpiricalDistances.energyNormed(reference, current), energy / Math.sqrt(deviation));
        double greater = DoubleStream.concat(Arrays.stream(x), Arrays.stream(y))
                .map(t -> shareUpTo(x, t) - shareUpTo(y, t))
                .max()
                .orElseThrow();
        double less = DoubleStream.concat(Arrays.stream(x), Arrays.stream(y))
                .map(t -> shareUpTo(y, t) - shareUpTo(x, t))
                .max()
                .orElseThrow();
        assertClose(EmpiricalDistances.kolmogorovSmirnovGreater(reference, current), Math.max(0, greater));
        assertClose(EmpiricalDistances.kolmogorovSmirnovLess(reference, current), Math.max(0, less));
        assertClose(EmpiricalDistances.kolmogorovSmirnov(reference, current), Math.max(greater, less));
        assertClose(
                EmpiricalDistances.robust(reference, current),
                Math.max(0, Math.max(greater, less) - 1.8 * Math.sqrt(1.0 / 12 + 1.0 / 8)));
        assertThat(reference.total()).isEqualTo(12);
        assertClose(reference.mean(), mean);
        assertClose(reference.standardDeviation(), deviation);
    }

    private static double[] repeated(double[] values, int times) {
        return Arrays.stream(values)
                .flatMap(value -> DoubleStream.generate(() -> value).limit(times))
                .sorted()
                .toArray();
    }

    private static double meanDistance(double[] some, double[] others) {
        return Arrays.stream(some)
                .map(a -> Arrays.stream(others)
                        .map(b -> Math.abs(a - b))
                        .average()
                        .orElseThrow())
                .average()
                .orElseThrow();
    }

    private static double shareUpTo(double[] values, double most) {
        return Arrays.stream(values).filter(value -> value <= most).count() / (double) values.length;
    }
}

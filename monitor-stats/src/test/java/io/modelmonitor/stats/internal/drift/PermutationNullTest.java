package io.modelmonitor.stats.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.modelmonitor.api.Distribution;
import io.modelmonitor.api.Distribution.Cell;
import io.modelmonitor.api.Distribution.Kind;
import io.modelmonitor.api.NamedDrift;
import io.modelmonitor.stats.internal.HypergeometricSampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The closed forms are those of label swaps. */
class PermutationNullTest {

    private static final int SWAPS = 4_000;

    // Kolmogorov's limit at 0.001, over the root of the number of swaps.
    private static final double CRITICAL = 1.9495 / Math.sqrt(SWAPS);

    private static Stream<Arguments> tables() {
        return Stream.of(
                arguments("deciles of few", deciles(300, 0), deciles(300, 1)),
                arguments("deciles of unequal sides", deciles(1_000, 0), deciles(100_000, 100)),
                arguments("deciles of many", deciles(200_000, 0), deciles(200_000, 1)),
                arguments(
                        "a heap and rare cells",
                        counts(6_000, 400, 400, 400, 400, 400, 400, 400, 400, 800, 2, 0),
                        counts(3_000, 200, 200, 200, 200, 200, 200, 200, 200, 400, 1, 1)),
                arguments(
                        "skewed categories",
                        categories(300, i -> 2_000.0 / (i + 1)),
                        categories(300, i -> 400.0 / (i + 1))),
                arguments("many sparse categories", categories(800, i -> 20), categories(800, i -> 1)));
    }

    private static Distribution deciles(double rows, double outOfRange) {
        double[] counts = new double[12];
        Arrays.fill(counts, 1, 11, rows / 10);
        counts[0] = outOfRange;
        counts[1] -= outOfRange;
        counts[10] -= outOfRange;
        counts[11] = outOfRange;
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            Kind kind = i == 0 ? Kind.BELOW_RANGE : i == 11 ? Kind.ABOVE_RANGE : Kind.VALUES;
            cells.add(new Cell(kind, "bin " + i, i));
        }
        return Distribution.of(cells, counts);
    }

    private static Distribution categories(int size, IntToDoubleFunction count) {
        return counts(IntStream.range(0, size)
                .mapToDouble(i -> Math.rint(count.applyAsDouble(i)))
                .toArray());
    }

    private static Distribution counts(double... counts) {
        return Samplers.counts(counts);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void pValuesAreThoseOfLabelSwaps(String table, Distribution reference, Distribution current) {
        assertThat(PermutationNull.areDense(reference, current)).as(table).isTrue();
        PermutationNull cells = new PermutationNull(reference, current);
        HypergeometricSampler swaps = new HypergeometricSampler(reference, current);
        double[] one = new double[reference.size()];
        double[] other = new double[one.length];
        List<PooledCounts> drawn = new ArrayList<>();
        for (int i = 0; i < SWAPS; i++) {
            swaps.next(one, other);
            drawn.add(new PooledCounts(reference.withCounts(one), current.withCounts(other), 0));
        }
        NamedMeasures.OF_COUNTS.forEach((name, measure) -> {
            Function<PooledCounts, NullSummary> judge = measure.dense().apply(cells);
            double[] p = drawn.stream()
                    .mapToDouble(shares -> judge.apply(shares).pValue())
                    .sorted()
                    .toArray();
            double tooSmall = IntStream.range(0, SWAPS)
                    .mapToDouble(i -> (i + 1.0) / SWAPS - p[i])
                    .max()
                    .orElseThrow();
            double tooLarge = IntStream.range(0, SWAPS)
                    .mapToDouble(i -> p[i] - (double) i / SWAPS)
                    .max()
                    .orElseThrow();
            assertThat(tooSmall).as("%s: p-values that are too small", name).isLessThan(CRITICAL);
            if (name != NamedDrift.L_INFINITY && name != NamedDrift.TOTAL_VARIATION) {
                assertThat(tooLarge).as("%s: p-values that are too large", name).isLessThan(CRITICAL);
            }
            long rare = Arrays.stream(p).filter(value -> value <= 0.01).count();
            assertThat(rare / (0.01 * SWAPS))
                    .as("%s: p-values of at most 0.01", name)
                    .isLessThan(1.5);
            double size = drawn.stream()
                    .mapToDouble(shares -> measure.measure().between(shares.reference(), shares.current()))
                    .average()
                    .orElseThrow();
            assertThat(judge.apply(drawn.get(0)).expected())
                    .as("%s: size by chance alone", name)
                    .isCloseTo(size, withinPercentage(5));
        });
    }

    @Test
    void fewCellsAndRowsAreNotDense() {
        assertThat(PermutationNull.areDense(deciles(200, 0), deciles(200, 0))).isFalse();
        assertThat(PermutationNull.areDense(counts(1_000, 500, 20), counts(900, 600, 30)))
                .isFalse();
        assertThat(PermutationNull.areDense(
                        categories(10, i -> i < 2 ? 1e6 : 100), categories(10, i -> i < 2 ? 1e6 : 100)))
                .isFalse();
    }

    @Test
    void tailsAreNotCutOff() {
        Distribution reference = deciles(10_000, 0);
        double[] moved = IntStream.range(0, 12)
                .mapToDouble(i -> reference.count(i) * (i < 6 ? 1.3 : 0.7))
                .toArray();
        Distribution current = reference.withCounts(moved);
        PermutationNull cells = new PermutationNull(reference, current);
        NamedMeasures.OF_COUNTS.forEach((name, measure) -> assertThat(measure.dense()
                        .apply(cells)
                        .apply(new PooledCounts(reference, current, 0))
                        .pValue())
                .as("%s", name)
                .isBetween(1e-200, name == NamedDrift.L_INFINITY ? 1e-7 : 1e-40));
    }
}

package io.modelmonitor.stats.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountTableTest {

    private static SortedCounts count(int limit, double... numbers) {
        CountTable table = new CountTable(limit);
        for (double number : numbers) {
            table.add(number, number > 0);
        }
        return table.sorted();
    }

    private static double[] random(long seed, int count, DoubleUnaryOperator transform) {
        SplittableRandom random = new SplittableRandom(seed);
        return DoubleStream.generate(random::nextDouble)
                .limit(count)
                .map(transform)
                .toArray();
    }

    private static void assertSame(SortedCounts actual, SortedCounts expected) {
        assertThat(actual.numbers()).containsExactly(expected.numbers());
        assertThat(actual.marked()).containsExactly(expected.marked());
        assertThat(actual.unmarked()).containsExactly(expected.unmarked());
    }

    @Test
    void countsEachNumberOnceInDescendingOrder() {
        SortedCounts counts = count(10, 2, -3, 2, Double.NEGATIVE_INFINITY, 1e-310, 0.0, -0.0, 2);

        assertThat(counts.numbers()).containsExactly(2, 1e-310, 0, -3, Double.NEGATIVE_INFINITY);
        assertThat(counts.marked()).containsExactly(3, 1, 0, 0, 0);
        assertThat(counts.unmarked()).containsExactly(0, 0, 2, 1, 1);
        assertThat(counts.isExact()).isTrue();
        assertThat(counts.relativeError()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 100, 1 << 10})
    void neverHoldsMoreCellsThanItsLimitAndThenMoreThanHalf(int limit) {
        SortedCounts counts = count(limit, random(limit, 40_000, u -> 100 * u - 30));

        assertThat(counts.size()).isBetween(limit / 2 + limit % 2, limit);
        assertThat(counts.markedTotal() + counts.unmarkedTotal()).isEqualTo(40_000);
        assertThat(counts.isExact()).isFalse();
        assertThat(counts.numbers())
                .isSortedAccordingTo((a, b) -> Double.compare(b, a))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void dependsOnWhichNumbersOccurredAndNothingElse(long seed) {
        double[] numbers = random(seed, 30_000, seed % 2 == 0 ? u -> Math.exp(40 * u - 20) : u -> u - 0.5);
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        SortedCounts expected = count(1000, numbers);

        assertSame(count(1000, sorted), expected);

        SplittableRandom random = new SplittableRandom(seed);
        CountTable[] parts = {new CountTable(1000), new CountTable(1000), new CountTable(1000)};
        for (double number : numbers) {
            // Parts of very different sizes, so that they give up different numbers of bits.
            int part = random.nextInt(1000) == 0 ? 2 : random.nextInt(20) == 0 ? 1 : 0;
            parts[part].add(number, number > 0);
        }
        CountTable fromSmallest = new CountTable(1000);
        fromSmallest.merge(parts[2]);
        fromSmallest.merge(parts[1]);
        fromSmallest.merge(parts[0]);
        assertSame(fromSmallest.sorted(), expected);
        parts[0].merge(parts[2]);
        parts[0].merge(parts[1]);
        assertSame(parts[0].sorted(), expected);
    }

    @Test
    void sharedCellsHoldNeighboursWithinTheirRelativeError() {
        double[] numbers = random(1, 50_000, u -> u + 1e-3);
        SortedCounts counts = count(4096, numbers);

        for (double number : numbers) {
            double nearest = Double.MAX_VALUE;
            for (double cell : nearby(counts.numbers(), number)) {
                nearest = Math.min(nearest, Math.abs(cell - number) / number);
            }
            assertThat(nearest).isLessThanOrEqualTo(counts.relativeError());
        }
        assertThat(counts.relativeError()).isLessThan(1e-3);
    }

    private static double[] nearby(double[] descending, double number) {
        int low = 0;
        int high = descending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (descending[middle] > number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Arrays.copyOfRange(descending, Math.max(0, low - 1), Math.min(descending.length, low + 1));
    }

    @Test
    void aMergeLeavesTheOtherAsItIsAndCanBeAddedTo() {
        CountTable one = new CountTable(10);
        CountTable other = new CountTable(10);
        one.add(1, true);
        other.add(2, true);
        one.merge(other);
        one.add(2, true);

        assertThat(one.sorted().marked()).containsExactly(2, 1);
        assertThat(other.sorted().marked()).containsExactly(1);
    }
}

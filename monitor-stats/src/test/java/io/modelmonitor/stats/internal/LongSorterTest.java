package io.modelmonitor.stats.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongSorterTest {

    private final LongSorter sorter = new LongSorter();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 40, 44, 63})
    void sortsIntegersOfAnySpreadAsTheJdkDoes(int shift) {
        for (int size : new int[] {0, 1, 255, 256, 3_000}) {
            SplittableRandom random = new SplittableRandom(size);
            long[] keys = random.longs(size + 2).map(key -> key >> shift).toArray();
            long[] expected = keys.clone();
            Arrays.sort(expected, 0, size);
            sorter.sort(keys, size);
            assertThat(keys).as("the last two stay").isEqualTo(expected);
        }
    }

    @Test
    void sortsIntegersThatCrowdInOnePlace() {
        SplittableRandom random = new SplittableRandom(1);
        long[] keys = random.longs(2_000, 0, 1L << 30).toArray();
        keys[0] = Long.MIN_VALUE;
        keys[1] = Long.MAX_VALUE;
        long[] expected = keys.clone();
        Arrays.sort(expected);
        sorter.sort(keys, keys.length);
        assertThat(keys).isEqualTo(expected);
    }

    @Test
    void bitsOfNumbersHaveTheOrderOfTheNumbersAndComeBack() {
        double[] numbers = {
            Double.NEGATIVE_INFINITY, -2, -1e-300, -0.0, 0.0, Double.MIN_VALUE, 1, Double.POSITIVE_INFINITY
        };
        long[] ordered = Arrays.stream(numbers)
                .mapToLong(number -> LongSorter.ordered(Double.doubleToRawLongBits(number)))
                .toArray();
        assertThat(ordered).isSorted().doesNotHaveDuplicates();
        double[] back = Arrays.stream(ordered)
                .mapToDouble(key -> Double.longBitsToDouble(LongSorter.ordered(key)))
                .toArray();
        assertThat(back).containsExactly(numbers);
    }
}

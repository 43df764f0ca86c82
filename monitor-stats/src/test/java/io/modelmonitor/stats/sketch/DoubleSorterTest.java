package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DoubleSorterTest {

    private final DoubleSorter sorter = new DoubleSorter();

    static Stream<DoubleUnaryOperator> shapes() {
        return Stream.of(
                u -> u,
                u -> -u,
                u -> u - 0.5,
                u -> Math.rint(u * 5),
                u -> 7,
                u -> 1e9 + u,
                u -> u < 0.5 ? u : 1e9 + u,
                u -> 1 / (1 - u),
                u -> Math.exp(1400 * (u - 0.5)),
                u -> u < 0.3 ? Double.NEGATIVE_INFINITY : u > 0.7 ? Double.POSITIVE_INFINITY : u,
                u -> Double.longBitsToDouble((long) (u * 100)),
                u -> u < 0.001 ? -1e300 : u);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void sortsAsTheJdkDoes(DoubleUnaryOperator shape) {
        for (int size : new int[] {0, 1, 2, 255, 256, 1025, 2050, 5000}) {
            Random random = new Random(size);
            // What lies before and behind stays where it is.
            double[] values = IntStream.range(0, size + 5)
                    .mapToDouble(i -> shape.applyAsDouble(random.nextDouble()))
                    .toArray();
            double[] expected = values.clone();
            Arrays.sort(expected, 2, 2 + size);

            sorter.sort(values, 2, 2 + size);

            assertThat(values).containsExactly(expected);
        }
    }

    @Test
    void mergesTwoRunsOfAnyLengthsAndManyEqualNumbers() {
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            int different = 1 + random.nextInt(1 + random.nextInt(600));
            double[] values = random.doubles(256 + random.nextInt(300), -1, different)
                    .map(Math::floor)
                    .toArray();
            int middle = random.nextInt(random.nextBoolean() ? values.length : 5);
            Arrays.sort(values, 0, middle);
            Arrays.sort(values, middle, values.length);
            double[] expected = values.clone();
            Arrays.sort(expected);

            sorter.sort(values, 0, values.length);

            assertThat(values).containsExactly(expected);
        }
    }

    @Test
    void mergesAscendingRuns() {
        double[] values =
                IntStream.range(0, 3100).mapToDouble(i -> i * 7 % 1000).toArray();
        for (int i = 0; i < 3; i++) {
            Arrays.sort(values, 100 + 1000 * i, 100 + 1000 * (i + 1));
        }
        double[] expected = values.clone();
        Arrays.sort(expected, 100, 3100);

        sorter.sort(values, 100, 3100);

        assertThat(values).containsExactly(expected);
    }
}

package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stated rank error of merged sketches beside the actual one, with equal parts, whose errors are equal and add up. */
class KllMergeErrorTest {

    private static final int[] PARTS = {2, 8, 64};

    /** Streams of numbers, by the place in the stream and a random number from 0 to 1. */
    enum Stream {
        UNIFORM((i, u) -> u),
        EXPONENTIAL((i, u) -> -StrictMath.log(1 - u)),
        HEAVY_TAILED((i, u) -> 1 / (u + 1e-9)),
        FEW_VALUES((i, u) -> Math.floor(1000 * u)),
        RISING((i, u) -> i),
        FALLING((i, u) -> -i),
        INTERLEAVED((i, u) -> i % 100 * 1000 + i / 100),
        STRIDING((i, u) -> i * 2654435761L % 100_003);

        @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
        private final ToDoubleBiFunction<Integer, Double> value;

        Stream(ToDoubleBiFunction<Integer, Double> value) {
            this.value = value;
        }

        private double[] numbers(int count, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] numbers = new double[count];
            Arrays.setAll(numbers, i -> value.applyAsDouble(i, random.nextDouble()));
            return numbers;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theStatedErrorOfEqualPartsHoldsHoweverTheyAreMerged(Stream stream) {
        for (int size : new int[] {2_051, 5_000, 20_000, 100_000}) {
            double[] numbers = stream.numbers(size, 7);
            KllSketch part = sketch(numbers);
            Arrays.sort(numbers);
            for (int parts : PARTS) {
                if ((long) size * parts <= 1_500_000) {
                    List<KllSketch> all = Collections.nCopies(parts, part);
                    // The distribution of equal parts is that of one.
                    assertHolds(inPairs(all), numbers);
                    assertHolds(oneByOne(all), numbers);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theStatedErrorOfOtherPartsHolds(Stream stream) {
        List<KllSketch> parts = new ArrayList<>();
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            double[] numbers = stream.numbers(3_000 * (i + 1), i);
            all.add(numbers);
            parts.add(sketch(numbers));
        }
        double[] numbers = all.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        assertHolds(inPairs(parts), numbers);
        assertHolds(oneByOne(parts), numbers);
        Collections.reverse(parts);
        assertHolds(oneByOne(parts), numbers);
    }

    /** Of equal parts, the stated error of all is at least that of one: as a share, the actual one is the same. */
    @ParameterizedTest
    @ValueSource(ints = {2, 8, 64})
    void theErrorsOfEqualPartsAreNotTakenForIndependent(int parts) {
        KllSketch part = sketch(Stream.UNIFORM.numbers(5_000, 1));
        assertThat(inPairs(Collections.nCopies(parts, part)).rankError()).isGreaterThanOrEqualTo(part.rankError());
        assertThat(oneByOne(Collections.nCopies(parts, part)).rankError()).isGreaterThanOrEqualTo(part.rankError());
    }

    private static KllSketch sketch(double[] numbers) {
        KllSketch sketch = KllSketch.create();
        sketch.update(numbers, 0, numbers.length);
        return sketch;
    }

    private static KllSketch oneByOne(List<KllSketch> parts) {
        return parts.stream().reduce(KllSketch::merge).orElseThrow();
    }

    private static KllSketch inPairs(List<KllSketch> parts) {
        int half = parts.size() / 2;
        return half == 0
                ? parts.get(0)
                : inPairs(parts.subList(0, half)).merge(inPairs(parts.subList(half, parts.size())));
    }

    private static void assertHolds(KllSketch sketch, double[] sorted) {
        double actual = 0;
        int first = 0;
        while (first < sorted.length) {
            int next = first;
            while (next < sorted.length && sorted[next] == sorted[first]) {
                next++;
            }
            double below = (double) first / sorted.length;
            double atMost = (double) next / sorted.length;
            actual = Math.max(actual, Math.abs(sketch.rankBelow(sorted[first]) - below));
            actual = Math.max(actual, Math.abs(sketch.rank(sorted[first]) - atMost));
            first = next;
        }
        assertThat(actual).isPositive().isLessThanOrEqualTo(sketch.rankError());
    }
}

package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A decimal that was a float, as 0.10000000149011612 was 0.1, or came of arithmetic, as 0.30000000000000004 did, is the same value. */
class NearDecimalsTest {

    private static double next(String numbers, SplittableRandom random) {
        return switch (numbers) {
            case "tenths" -> random.nextInt(10) / 10.0;
            case "steps" -> 5 + random.nextInt(100) / 20.0;
            case "cents" -> random.nextInt(100_000) / 100.0;
            case "prices" -> List.of(9.99, 19.99, 4.95, 0.1).get(random.nextInt(4));
            case "heap" -> random.nextInt(3) == 0 ? 0.1 : random.nextInt(1_000_000) / 1e4;
            case "amounts" -> random.nextInt(4_000_000) / 100.0;
            case "income" -> Math.exp(10 + random.nextGaussian());
            case "any" -> 100 * random.nextDouble();
            case "small" -> 0.0078 + 0.002 * random.nextDouble();
            case "eighths" -> random.nextInt(800_000) / 8.0;
            case "signed" -> (random.nextInt(2_000) - 1_000) / 100.0;
            default -> throw new IllegalArgumentException(numbers);
        };
    }

    private static double[] numbers(String numbers, int seed, int rows, DoubleUnaryOperator spelled) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, rows)
                .mapToDouble(i -> next(numbers, random))
                .map(spelled)
                .toArray();
    }

    private static double asFloat(double number) {
        return (float) number;
    }

    private static double nowAndThen(double number) {
        return Math.floorMod(Math.round(1e4 * number), 3) == 0 ? (float) number : number;
    }

    private static Dataset csv(double[] numbers) {
        return Tables.csv("value", numbers.length, i -> Double.toString(numbers[i]));
    }

    private static Dataset arrays(double[] numbers) {
        return Datasets.columns().add("value", numbers).build();
    }

    private static Dataset objects(double[] numbers) {
        return Datasets.rows(IntStream.range(0, numbers.length)
                .mapToObj(i -> Map.<String, Object>of("value", numbers[i]))
                .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenths", "steps", "cents", "prices", "heap", "amounts", "income", "any", "small", "eighths", "signed"
            })
    void aFloatIsNoOtherValue(String kind) {
        for (int rows : new int[] {50, 300, 5_000}) {
            double[] before = numbers(kind, 1, rows, number -> number);
            double[] after = numbers(kind, 2, rows, NearDecimalsTest::asFloat);
            double[] some = numbers(kind, 2, rows, NearDecimalsTest::nowAndThen);
            double[] one = numbers(kind, 3, 1, NearDecimalsTest::asFloat);
            for (double[] window : List.of(after, some, one)) {
                assertThat(violated(csv(before), csv(window))).isEmpty();
                assertThat(violated(csv(before), arrays(window))).isEmpty();
                assertThat(violated(arrays(before), objects(window))).isEmpty();
            }
            List<String> byChance = violated(csv(numbers(kind, 2, rows, number -> number)), csv(before));
            assertThat(violated(csv(after), csv(before))).isEqualTo(byChance);
            assertThat(violated(arrays(after), csv(before))).isEqualTo(byChance);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"times a tenth", "times a cent", "less ten", "sum", "rest"})
    void whatArithmeticLeavesIsNoOtherValue(String arithmetic) {
        for (int rows : new int[] {50, 300, 5_000}) {
            double[] plain = numbers("signed", 1, rows, number -> number);
            double[] computed = numbers("signed", 2, rows, number -> computed(arithmetic, number));
            assertThat(violated(csv(plain), csv(computed))).isEmpty();
            assertThat(violated(arrays(computed), csv(plain))).isEmpty();
            double[] fewPlain = numbers("tenths", 3, rows, number -> number);
            double[] fewComputed = numbers("tenths", 4, rows, number -> computed(arithmetic, number));
            assertThat(violated(csv(fewPlain), csv(fewComputed))).isEmpty();
            assertThat(violated(csv(fewComputed), arrays(fewPlain))).isEmpty();
        }
    }

    private static double computed(String arithmetic, double number) {
        long cents = Math.round(100 * number);
        return switch (arithmetic) {
            case "times a tenth" -> cents / 10.0 * 0.1;
            case "times a cent" -> cents * 0.01;
            case "less ten" -> (cents + 1_000) / 100.0 - 10;
            case "sum" -> (cents - 20) / 100.0 + 0.1 + 0.1;
            case "rest" -> 1 - (100 - cents) / 100.0;
            default -> throw new IllegalArgumentException(arithmetic);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenths", "steps", "cents", "prices", "heap", "amounts", "income", "any"})
    void aChangeOfFloatsIsSeen(String kind) {
        Dataset before = csv(numbers(kind, 1, 5_000, number -> number));
        List<DoubleUnaryOperator> changes = List.of(number -> 1.3 * number + 2, Math::rint, number -> -number);
        for (DoubleUnaryOperator change : changes) {
            Dataset after = csv(numbers(kind, 2, 2_000, change.andThen(NearDecimalsTest::asFloat)));
            assertThat(violated(before, after)).isNotEmpty();
        }
    }

    private static List<String> violated(Dataset before, Dataset window) {
        return Tables.violated(Monitor.against(Baseline.of(before)).check(window));
    }
}

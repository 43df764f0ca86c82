package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows of many more rows than the baseline has: values of which few came again come again more often there. */
@Tag("simulation")
class LargerWindowsTest {

    private interface Values extends Function<SplittableRandom, String> {}

    static Stream<Arguments> values() {
        return Stream.of(
                values("addresses of pages", random -> "https://shop.example/item/" + random.nextInt(20_000)),
                values("postal codes", random -> String.format("%05d", random.nextInt(100_000))),
                values("times of day", random -> String.format("%02d:%02d", random.nextInt(24), random.nextInt(60))),
                values("salaries", random -> "" + Math.round(30_000 * Math.exp(random.nextGaussian() / 2))),
                values("articles", random -> String.format("A-%05d", random.nextInt(50_000))));
    }

    private static Arguments values(String name, Values values) {
        return Arguments.of(name, values);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void valuesThatComeAgainInManyMoreRowsAlertRarely(String name, Values values) {
        for (int rows : new int[] {50, 400}) {
            assertThat(IntStream.range(0, 12)
                            .filter(run -> !Tables.violated(Monitor.against(Baseline.of(table(run, rows, 1, values)))
                                            .check(table(100 + run, 8_000, 1, values)))
                                    .isEmpty())
                            .count())
                    .as("baselines of %,d rows", rows)
                    .isLessThanOrEqualTo(2);
        }
    }

    @ParameterizedTest(name = "{0} rows before")
    @ValueSource(ints = {300, 1_000, 5_000})
    void idsOfWhichHalfComeTwiceAreToldInTenTimesTheRows(int rows) {
        Values ids = random -> String.format("%016x", random.nextLong());

        assertThat(Tables.violated(
                        Monitor.against(Baseline.of(table(1, rows, 1, ids))).check(table(2, 10 * rows, 2, ids))))
                .contains("x distinct_share");
    }

    /** Rows of a value and a number; each of the first half of the values so many times. */
    private static Dataset table(int seed, int rows, int times, Values values) {
        SplittableRandom other = new SplittableRandom(~seed);
        return Tables.csv(
                "x,y",
                rows,
                i -> values.apply(new SplittableRandom(1_000_003L * seed + (i < rows / 2 ? i - i % times : i))) + ","
                        + other.nextGaussian());
    }
}

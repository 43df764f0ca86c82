package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers that go on with the rows, too unevenly to be ids: a window has those of its place in the order. */
@Tag("simulation")
class NumbersInOrderTest {

    private static final int ROWS = 5_000;

    /** The readings of a meter of which the steps differ at random. */
    private static final double[] METER = meter(40_000);

    static Stream<Arguments> inOrder() {
        return Stream.of(
                column("a meter", i -> decimals(METER[i], 3)),
                column("an odometer", i -> decimals(12_000 + 23 * METER[i], 1)),
                column("litres", i -> decimals(0.3 * METER[i], 2)),
                column("a meter that slows down", i -> decimals(Math.pow(METER[i], 0.8), 4)),
                column("what is left", i -> decimals(90_000 - METER[i], 2)),
                column(
                        "decimal years",
                        i -> decimals(2_024 + (Math.floorDiv(i, 500) + seconds(i, 500) / 86_400.0) / 365, 5)));
    }

    private static Arguments column(String name, IntFunction<String> cell) {
        return Arguments.of(name, cell);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inOrder")
    void furtherRowsOfTheOrderAreNoDrift(String name, IntFunction<String> cell) {
        List<String> alerts = new ArrayList<>();
        int reports = 0;
        Monitor monitor = Monitor.against(Baseline.of(table(ROWS, 0, cell)));
        for (int window : new int[] {1, 20, 300, 2_000}) {
            for (int place = 0; place < 5; place++) {
                reports++;
                if (!Tables.violated(monitor.check(table(window, ROWS + place * 637, cell)))
                        .isEmpty()) {
                    alerts.add("a window of " + window + " at " + place);
                }
            }
        }

        assertThat(alerts).hasSizeLessThanOrEqualTo(reports / 20);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inOrder")
    void whatIsOutOfRangeOrRepeatedOrOfAnotherUnitIsSeen(String name, IntFunction<String> cell) {
        Monitor monitor = Monitor.against(Baseline.of(table(ROWS, 0, cell)));
        SplittableRandom random = random(1);

        assertThat(seen(monitor, i -> random.nextInt(50) == 0 ? "-1" : cell.apply(i)))
                .as("negative ones")
                .isTrue();
        assertThat(seen(monitor, i -> random.nextInt(10) == 0 ? cell.apply(ROWS) : cell.apply(i)))
                .as("a repeated one")
                .isTrue();
        assertThat(seen(monitor, i -> cell.apply(ROWS))).as("a single one").isTrue();
        assertThat(seen(monitor, i -> random.nextInt(50) == 0 ? "none" : cell.apply(i)))
                .as("words")
                .isTrue();
        assertThat(seen(monitor, i -> decimals(100 * Double.parseDouble(cell.apply(i)), 2)))
                .as("another unit")
                .isTrue();
    }

    static Stream<Arguments> sortedFiles() {
        return Stream.of(
                Arguments.of(
                        "sorted, then in no order",
                        cell(i -> i * i / 5_000),
                        cell(i -> 2_000 + random(i).nextInt(5_000))),
                Arguments.of("sorted, then sorted within", cell(i -> i * i / 5_000), cell(i -> (i - 5_000) / 2)),
                Arguments.of(
                        "sorted, then sorted of twice the size", cell(i -> i * i / 5_000), cell(i -> (i - 5_000) * 5)),
                Arguments.of(
                        "sorted down, then up",
                        (IntFunction<String>) i -> decimals(9_000 - METER[i], 2),
                        (IntFunction<String>) i -> decimals(4_000 + METER[i], 2)),
                Arguments.of("classes", cell(i -> i / 500), cell(i -> 5 + i % 5)));
    }

    private static IntFunction<String> cell(IntFunction<Integer> number) {
        return i -> Integer.toString(number.apply(i));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sortedFiles")
    void aSortedFileIsComparedWithRowsThatDoNotGoOn(
            String name, IntFunction<String> cell, IntFunction<String> changed) {
        Monitor monitor = Monitor.against(Baseline.of(table(ROWS, 0, cell)));

        assertThat(Tables.violated(monitor.check(table(2_000, 5_000, changed)))).contains("x drift");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inOrder")
    void partsAreAsTheWhole(String name, IntFunction<String> cell) {
        Baseline parts = Baseline.of(table(1_700, 0, cell)).merge(Baseline.of(table(3_300, 1_700, cell)));
        Baseline whole = Baseline.of(table(ROWS, 0, cell));
        Dataset window = table(300, ROWS, cell);

        assertThat(parts.describe()).hasToString(whole.describe().toString());
        assertThat(Tables.violated(Monitor.against(Tables.saved(parts)).check(window)))
                .isEqualTo(Tables.violated(Monitor.against(whole).check(window)));
    }

    private static boolean seen(Monitor monitor, IntFunction<String> changed) {
        return !Tables.violated(monitor.check(table(2_000, ROWS, changed))).isEmpty();
    }

    /** Returns the second of the day of a row, of which few come at night. */
    private static int seconds(int row, int perDay) {
        double part = (double) (row % perDay) / perDay;
        return (int) (86_400 * Math.pow(part, 0.8));
    }

    private static double[] meter(int rows) {
        SplittableRandom random = random(5);
        double[] readings = new double[rows];
        for (int i = 1; i < rows; i++) {
            readings[i] = readings[i - 1] - Math.log(1 - random.nextDouble());
        }
        return readings;
    }

    private static String decimals(double number, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    private static SplittableRandom random(int seed) {
        // Neighbouring seeds of its own would give shifted parts of one sequence.
        return new SplittableRandom(new Random(seed).nextLong());
    }

    private static Dataset table(int rows, int first, IntFunction<String> cell) {
        SplittableRandom random = random(first + rows);
        return Tables.csv("x,y", rows, i -> cell.apply(first + i) + "," + random.nextInt(100_000));
    }
}

package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.stats.sketch.ColumnTyping;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns whose values go on with the rows, though no name and no format says so: that is no drift. */
@Tag("simulation")
class ColumnsThatGoOnTest {

    private static final int ROWS = 5_000;

    static Stream<Arguments> goingOn() {
        return Stream.of(
                going("days of a spreadsheet", i -> Integer.toString(44_992 + i / 60)),
                going("day and time of a spreadsheet", i -> String.format(Locale.ROOT, "%.4f", 44_992 + i / 61.0)),
                going("few days", i -> Integer.toString(19_423 + i / 1_000)),
                going("hours since 1970", i -> Integer.toString(469_444 + i / 7)),
                going("Julian days", i -> Integer.toString(2_460_010 + i / 5)),
                going("years", i -> Integer.toString(2010 + i / 1_800)),
                going("newest first", i -> Integer.toString(44_992 - i / 60)),
                going("an odometer", i -> String.format(Locale.ROOT, "%.1f", 1_000 + 0.7 * i)),
                going("numbers of batches", i -> "B" + (100 + i / 100)),
                going("names of files", i -> "log_" + LocalDate.of(2024, 1, 25).plusDays(i / 200) + ".txt"),
                going("rows in a slightly other order", i -> Integer.toString(5_000 + (i + i * 7 % 40) / 10)),
                going("an odometer of two cars", i -> String.format(Locale.ROOT, "%.1f", 1_000 + 0.7 * i + i % 2 * 30)),
                going(
                        "folders of days and hours",
                        i -> "dt=" + LocalDate.of(2024, 1, 25).plusDays(i / 240) + "/hr=" + i % 24),
                going("few files", i -> "log_" + LocalDate.of(2024, 1, 25).plusDays(i / 1_500) + ".txt"),
                going("ten rows of each", i -> Integer.toString(5_000 + i / 10)));
    }

    private static Arguments going(String name, IntFunction<String> cell) {
        return Arguments.of(name, cell);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goingOn")
    void thatTheyGoOnIsNoDrift(String name, IntFunction<String> cell) {
        Baseline baseline = Baseline.of(table(ROWS, 0, cell));
        Monitor monitor = Monitor.against(baseline);

        assertThat(typing(baseline).type()).isEqualTo(ColumnType.ID);
        for (int window = 0; window < 8; window++) {
            int rows = new int[] {1, 20, 300, 2_000}[window % 4];
            assertThat(Tables.violated(monitor.check(table(rows, ROWS + 1_000 * window, cell))))
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("goingOn")
    void partsAndSavedOnesGoOnAsTheWholeDoes(String name, IntFunction<String> cell) {
        Baseline parts = Baseline.of(table(1_700, 0, cell)).merge(Baseline.of(table(3_300, 1_700, cell)));

        assertThat(typing(parts))
                .hasToString(typing(Baseline.of(table(ROWS, 0, cell))).toString());
        assertThat(typing(Tables.saved(parts))).hasToString(typing(parts).toString());
    }

    static Stream<Arguments> others() {
        SplittableRandom random = new SplittableRandom(1);
        double[] sorted = new double[ROWS];
        Arrays.setAll(sorted, i -> 50 + 10 * random.nextGaussian());
        double[] skewed =
                Arrays.stream(sorted).map(value -> Math.exp(value / 10)).toArray();
        double[] scores = random.doubles(ROWS).sorted().toArray();
        Arrays.sort(sorted);
        Arrays.sort(skewed);
        List<String> countries = List.of("at", "be", "cz", "de", "es", "fr", "gr", "hu", "it", "nl", "pl", "se", "uk");
        return Stream.of(
                other("a sorted file", i -> Double.toString(sorted[i % ROWS]), i -> Double.toString(sorted[i] + 5)),
                other(
                        "a sorted file of amounts",
                        i -> Double.toString(skewed[i % ROWS]),
                        i -> Double.toString(2 * skewed[i])),
                other(
                        "a file that is sorted by score",
                        i -> Double.toString(scores[i % ROWS]),
                        i -> Double.toString(scores[i] / 2)),
                other(
                        "a file that is sorted by class",
                        i -> Integer.toString(i / 1_700),
                        i -> Integer.toString(i / 1_000)),
                other("one that is sorted by country", i -> countries.get(i / 400), i -> countries.get(i / 200)),
                other("what comes round", i -> Integer.toString(i % 240), i -> Integer.toString(i % 180)),
                other(
                        "tariffs with dates",
                        i -> "T" + LocalDate.of(2024, 1 + i * 7 % 5, 1),
                        i -> "T" + LocalDate.of(2024, 1 + i * 7 % 2, 1)),
                other("a walk", i -> Long.toString(Math.round(1_000 * Math.sin(i / 70.0))), i -> "1000"),
                other(
                        "a sawtooth that rises",
                        i -> Integer.toString(i % 500 + i / 500),
                        i -> Integer.toString(i % 200)));
    }

    private static Arguments other(String name, IntFunction<String> cell, IntFunction<String> changed) {
        return Arguments.of(name, cell, changed);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void whatOnlyComesInOrderIsComparedAsBefore(String name, IntFunction<String> cell, IntFunction<String> changed) {
        Baseline baseline = Baseline.of(table(ROWS, 0, cell));

        assertThat(typing(baseline).goesOn()).isFalse();
        assertThat(Tables.violated(Monitor.against(baseline).check(table(2_000, 0, changed))))
                .as("a value that is all there is tells of itself")
                .containsAnyOf("x drift", "x most_frequent_share");
    }

    @Test
    void aMeterGoesOnInFewRowsTooThoughSomeStepsGoBack() {
        for (int rows : new int[] {50, 80, 150, 400}) {
            for (int seed = 0; seed < 40; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                IntFunction<String> meter =
                        i -> String.format(Locale.ROOT, "%.1f", 0.7 * i + 1.4 * random.nextDouble() + 20);
                IntFunction<String> corrected = i -> Integer.toString(5_000 + 3 * (i == 20 ? 12 : i));
                for (IntFunction<String> cell : List.of(meter, corrected)) {
                    Baseline baseline = Baseline.of(table(rows, 0, cell));

                    assertThat(typing(baseline).type()).as(rows + " rows").isEqualTo(ColumnType.ID);
                    assertThat(Tables.violated(Monitor.against(baseline).check(table(30, rows, cell))))
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void whatComesRoundAFewTimesDoesNotGoOn() {
        for (int rows : new int[] {50, 80, 150, 400, 1_000}) {
            for (int rounds = 2; rounds <= 8; rounds++) {
                int period = rows / rounds;
                Baseline baseline = Baseline.of(table(period * rounds, 0, i -> Integer.toString(i % period)));

                assertThat(typing(baseline).goesOn())
                        .as(rounds + " rounds of " + period)
                        .isFalse();
            }
        }
    }

    @Test
    void independentValuesDoNotGoOn() {
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int most = new int[] {2, 3, 5, 30, 1_000}[seed % 5];
            int rows = new int[] {60, 500}[seed % 2];
            Baseline numbers = Baseline.of(table(rows, 0, i -> Integer.toString(7 + random.nextInt(most))));
            Baseline texts = Baseline.of(table(rows, 0, i -> "k" + random.nextInt(most)));
            assertThat(typing(numbers).goesOn()).isFalse();
            assertThat(typing(texts).goesOn()).isFalse();
        }
    }

    private static ColumnTyping typing(Baseline baseline) {
        return baseline.profile().typing("x");
    }

    private static Dataset table(int rows, int first, IntFunction<String> cell) {
        SplittableRandom random = new SplittableRandom(first + rows);
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            cells.add(cell.apply(first + i) + "," + random.nextInt(100_000));
        }
        return Tables.csv("x,y", rows, cells::get);
    }
}

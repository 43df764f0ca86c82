package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SerialCorrelationTest {

    static List<Arguments> independentColumns() {
        return List.of(
                column("normal", random -> number(random.nextGaussian())),
                column("log-normal", random -> number(Math.exp(2 * random.nextGaussian()))),
                column("Cauchy", random -> number(Math.tan(Math.PI * (random.nextDouble() - 0.5)))),
                column("mostly zero", random -> random.nextInt(30) == 0 ? number(random.nextDouble()) : "0"),
                column("whole", random -> Integer.toString(random.nextInt(1000))),
                column("classes", random -> Integer.toString(random.nextInt(5))),
                column("truth values", random -> Boolean.toString(random.nextInt(20) == 0)),
                column("rarely true", random -> Boolean.toString(random.nextInt(200) == 0)),
                column("rarely 1", random -> random.nextInt(200) == 0 ? "1" : "0"),
                column("few texts", random -> "c" + random.nextInt(3)),
                column("many texts", random -> "c" + (int) (1 / (random.nextDouble() + 0.005))),
                column("numbers and a word", random -> list(random, "1", "2", "3", "n.b.")),
                column("sizes", random -> list(random, "36", "38", "40", "M", "L", "XL")),
                column("floors", random -> list(random, "EG", "UG", "1", "2")),
                column("open classes", random -> list(random, "0", "1", "2", "3+")),
                column("flags and a word", random -> list(random, "1", "0", "unknown")),
                column("mostly a word", random -> random.nextInt(4) > 0 ? "Error" : number(random.nextGaussian())),
                column("partly missing", random -> random.nextInt(3) == 0 ? "" : number(random.nextGaussian())));
    }

    private static String list(SplittableRandom random, String... values) {
        return values[random.nextInt(values.length)];
    }

    private static Arguments column(String name, Function<SplittableRandom, String> value) {
        return Arguments.of(name, value);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("independentColumns")
    void independentRowsHaveNone(String name, Function<SplittableRandom, String> value) {
        for (int rows : new int[] {2, 30, 300, 3_000}) {
            for (int seed = 0; seed < 60; seed++) {
                SplittableRandom random = new SplittableRandom(1_000L * seed + rows);
                List<String> values = IntStream.range(0, rows)
                        .mapToObj(row -> value.apply(random))
                        .toList();
                assertThat(correlation(values))
                        .as("%s, %s rows, seed %s", name, rows, seed)
                        .isNaN();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0.9, 200", "0.9, 5000", "0.5, 500", "0.5, 5000", "0.2, 5000"})
    void ofAProcessThatGoesOnItIsThatOfTheProcess(double expected, int rows) {
        List<String> values = process(expected, rows, new SplittableRandom(rows));

        assertThat(correlation(values)).isCloseTo(expected, within(4 / Math.sqrt(rows)));
    }

    /** A second formula: the ordinary coefficient of correlation of each number and the next. */
    @Test
    void itIsAboutThePearsonCorrelationOfNeighbours() {
        double[] values = process(0.7, 20_000, new SplittableRandom(3)).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double together = 0;
        double alone = 0;
        for (int i = 0; i < values.length; i++) {
            together += i == 0 ? 0 : (values[i] - mean) * (values[i - 1] - mean);
            alone += (values[i] - mean) * (values[i] - mean);
        }

        assertThat(correlation(Arrays.stream(values)
                        .mapToObj(SerialCorrelationTest::number)
                        .toList()))
                .isCloseTo(together / alone, within(1e-3));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 30})
    void ofTextsInRunsItIsTheShareOfRowsThatRepeat(int different) {
        SplittableRandom random = new SplittableRandom(different);
        String[] values = new String[5_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i > 0 && random.nextInt(5) > 0 ? values[i - 1] : "c" + random.nextInt(different);
        }

        assertThat(correlation(List.of(values))).isCloseTo(0.8, within(0.03));
    }

    @Test
    void sortedRowsHaveTheGreatest() {
        assertThat(correlation(IntStream.range(0, 400)
                        .mapToObj(i -> number(Math.sqrt(i)))
                        .toList()))
                .isCloseTo(1, within(0.01));
    }

    @Test
    void rowsThatAlternateHaveNone() {
        assertThat(correlation(IntStream.range(0, 400)
                        .mapToObj(i -> number(i % 2 + i % 7 / 100.0))
                        .toList()))
                .isNaN();
    }

    @Test
    void timesAndIdsThatGoOnHaveNone() {
        assertThat(correlation(IntStream.range(0, 400)
                        .mapToObj(i -> "order-" + (8_000 + i))
                        .toList()))
                .isNaN();
        assertThat(correlation(IntStream.range(0, 400)
                        .mapToObj(i -> String.format(Locale.ROOT, "2024-01-%02d", 1 + i / 20))
                        .toList()))
                .isNaN();
    }

    @Test
    void partsInTheirOrderHaveThatOfTheWhole() {
        List<String> values = process(0.6, 3_000, new SplittableRandom(9));
        ColumnProfile parts = ColumnProfile.create();
        for (int from = 0; from < values.size(); from += 700) {
            parts = parts.merge(profile(values.subList(from, Math.min(values.size(), from + 700))));
        }

        assertThat(parts.typing("x", null).serialCorrelation()).isCloseTo(correlation(values), within(1e-12));
    }

    @Test
    void infiniteNumbersLeaveItUnknownAndNoOthers() {
        List<String> values = IntStream.range(0, 400)
                .mapToObj(i -> i == 200 ? "1e999" : number(Math.sqrt(i)))
                .toList();

        assertThat(correlation(values)).isBetween(0.9, 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e150", "9e152", "9e153", "1e154", "1e200", "1.7e308"})
    void ofNumbersWhoseSquaresLeaveTheRangeNothingIsKnownAndTheStateIsSaved(String greatest) throws IOException {
        List<String> values = IntStream.range(0, 400)
                .mapToObj(i -> i % 3 == 0 ? "-" + greatest : greatest)
                .toList();
        ColumnProfile merged = profile(values).merge(profile(values)).merge(profile(values));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        merged.write(new DataOutputStream(bytes));
        ColumnProfile read = ColumnProfile.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(merged.typing("x", null).serialCorrelation()).isNaN();
        assertThat(read.typing("x", null).serialCorrelation()).isNaN();
    }

    private static List<String> process(double correlation, int rows, SplittableRandom random) {
        String[] values = new String[rows];
        double value = random.nextGaussian();
        for (int i = 0; i < rows; i++) {
            values[i] = number(100 + 10 * value);
            value = correlation * value + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
        }
        return List.of(values);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    private static double correlation(List<String> values) {
        return profile(values).typing("x", null).serialCorrelation();
    }

    private static ColumnProfile profile(List<String> values) {
        String[] cells =
                values.stream().map(value -> value.isEmpty() ? null : value).toArray(String[]::new);
        return Columns.profile(Columns.spelled(cells));
    }
}

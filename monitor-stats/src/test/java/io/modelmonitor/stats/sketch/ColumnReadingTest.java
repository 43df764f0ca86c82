package io.modelmonitor.stats.sketch;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.Saved;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnReadingTest {

    @Test
    void nineOfTenValuesSayTheType() {
        assertThat(reading(100, i -> i < 90 ? "1.5" : "word").type()).isEqualTo(FeatureType.FRACTIONAL);
        assertThat(reading(100, i -> i < 89 ? "1.5" : "word").type()).isEqualTo(FeatureType.STRING);
        assertThat(reading(100, i -> i < 90 ? "1" : "true").type()).isEqualTo(FeatureType.INTEGRAL);
        assertThat(reading(100, i -> i < 90 ? "TRUE" : "1").type()).isEqualTo(FeatureType.BOOLEAN);
        assertThat(reading(100, i -> i < 50 ? "TRUE" : "1").type()).isEqualTo(FeatureType.STRING);
        assertThat(reading(100, i -> i < 99 ? "1" : "1.5").type()).isEqualTo(FeatureType.FRACTIONAL);
        assertThat(reading(100, i -> null).type()).isEqualTo(FeatureType.UNKNOWN);
        assertThat(reading(100, i -> "NA").type()).isEqualTo(FeatureType.STRING);
    }

    @Test
    void saysWhatAColumnIsAndWhatIsOddThere() {
        assertThat(reading(5_000, i -> i == 7 ? "NaN" : i + ".5")).hasToString("fractional, 1 of 5,000 cells is 'NaN'");
        assertThat(reading(1_000, i -> i < 12 ? "-" : i < 15 ? " NA " : i == 20 ? "oops" : "" + i))
                .hasToString("integral, 12 of 1,000 cells are '-', 3 are ' NA ', 1 of 1,000 cells is 'oops'");
        assertThat(reading(1_000, i -> i < 50 ? "w" + i : "1").oddNote())
                .isEqualTo("1 of 1,000 cells is 'w0', 1 is 'w1', 1 is 'w10', 47 others");
        assertThat(reading(100, i -> i == 0 ? "x".repeat(300) : "1").oddNote())
                .isEqualTo("1 of 100 cells is '" + "x".repeat(30) + "\u2026'");
        assertThat(reading(100, i -> "0" + i % 10)).hasToString("codes");
    }

    @Test
    void whatMeansMissingAmongNumbersIsNoValueAndWhatIsOddIsOne() {
        ColumnProfile profile =
                profile(100, i -> i < 5 ? "n/a" : i < 8 ? "odd" : i < 10 ? null : i % 2 == 0 ? "1" : "1.0");
        ColumnProfile values = profile.reading().values();

        assertThat(profile.missing()).isEqualTo(2);
        assertThat(values.missing()).isEqualTo(7);
        assertThat(values.present()).isEqualTo(93);
        assertThat(values.count(ValueKind.INTEGRAL)).isEqualTo(90);
        assertThat(values.count(ValueKind.FRACTIONAL)).isZero();
        assertThat(values.count(ValueKind.STRING)).isEqualTo(3);
        assertThat(values.categories().values()).containsExactly(new Category("1", 90), new Category("odd", 3));
        assertThat(values.distribution()).isSameAs(profile.distribution());
        assertThat(profile.count(ValueKind.FRACTIONAL)).isEqualTo(45);
        assertThat(profile.count(ValueKind.STRING)).isEqualTo(8);
        assertThat(profile.categories().count("n/a")).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "True, true",
        "FALSE, false",
        "1613.0, 1613",
        "1e3, 1000",
        "+7, 7",
        "-0, 0",
        "-12., -12",
        "0.50, 0.50",
        "007, 007",
        "9007199254740993, 9007199254740993",
        "1e300, 1e300",
        "Yes, Yes",
        "truest, truest"
    })
    void aValueIsWrittenOneWay(String text, String value) {
        assertThat(ColumnReading.value(text)).isEqualTo(value);
    }

    @Test
    void aNumberIsWholeByItsValueInEverySource() {
        ColumnProfile typed = Columns.profile(Columns.fractional(1, 2.5, 1e300, Double.POSITIVE_INFINITY, -0.0));

        assertThat(typed.count(ValueKind.FRACTIONAL)).isEqualTo(5);
        assertThat(typed.reading().values().count(ValueKind.INTEGRAL)).isEqualTo(3);
        assertThat(Columns.profile(Columns.fractional(1, 2, 3)).reading().type())
                .isEqualTo(FeatureType.INTEGRAL);
        assertThat(reading(3, i -> i + "e1").type()).isEqualTo(FeatureType.INTEGRAL);
    }

    @Test
    void codesAreTextsWhileEachIsRemembered() {
        ColumnReading few = reading(9_000, code(3_000));
        ColumnReading many = reading(9_000, code(8_000));

        for (ColumnReading reading : List.of(few, many)) {
            assertThat(reading.isOfCodes()).isTrue();
            assertThat(reading.type()).isEqualTo(FeatureType.STRING);
            assertThat(reading.codeLength()).isEqualTo(5);
            assertThat(reading.countOfLength(5)).isEqualTo(9_000);
        }
        assertThat(few.values().count(ValueKind.STRING)).isEqualTo(9_000);
        assertThat(few.beside(few).type()).isEqualTo(FeatureType.STRING);
        assertThat(few.beside(many).type()).isEqualTo(FeatureType.INTEGRAL);
        assertThat(many.beside(few).type()).isEqualTo(FeatureType.INTEGRAL);
        assertThat(many.values().count(ValueKind.STRING))
                .isEqualTo(few.beside(many).count(ValueKind.STRING))
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 3_000, 20_000})
    void codesThatLostTheirZerosAreCounted(int different) {
        int rows = 30_000;
        long padded = IntStream.range(0, rows)
                .mapToObj(code(different))
                .filter(code -> code.startsWith("0"))
                .count();
        ColumnReading before = reading(rows, code(different));
        IntFunction<String> stripped =
                i -> Integer.toString(Integer.parseInt(code(different).apply(i)));

        double lost = rows - before.as(profile(rows, stripped)).countOfLength(5);

        assertThat(lost).isBetween(padded - 0.005 * rows, padded + 0.005 * rows);
        ColumnProfile someMissing =
                profile(rows, i -> i % 100 == 0 ? "NA" : code(different).apply(i));
        assertThat(before.as(someMissing).countOfLength(5) - 0.99 * rows).isBetween(-0.005 * rows, 0.0);
    }

    @Test
    void anotherColumnIsReadAsThisOneIs() {
        ColumnReading numbers = reading(1_000, i -> "" + i);
        ColumnReading texts = reading(1_000, i -> "w" + i % 10);
        ColumnProfile few = profile(3, i -> i == 0 ? "1" : "NA");

        assertThat(numbers.as(few).values().missing()).isEqualTo(2);
        assertThat(texts.as(few).values().missing()).isZero();
        assertThat(reading(5, i -> null).as(few).values().missing()).isEqualTo(2);
        assertThat(ColumnReading.of(few, FeatureType.STRING).values().missing()).isZero();
        assertThat(ColumnReading.of(few, FeatureType.INTEGRAL).values().missing())
                .isEqualTo(2);
    }

    static List<IntFunction<String>> columns() {
        Random random = new Random(1);
        String[] mixture = random.ints(9_000, 0, 1_000_000)
                .mapToObj(i -> i % 50 == 0 ? "NaN" : i % 60 == 0 ? "w" + i : i % 70 == 0 ? i + ".0" : "" + i)
                .toArray(String[]::new);
        return List.of(
                i -> mixture[i],
                i -> mixture[i % 300],
                code(300),
                code(7_000),
                i -> i % 3 == 0 ? "True" : "false",
                i -> i % 9 == 0 ? null : i % 2 == 0 ? "NA" : "DE");
    }

    @ParameterizedTest
    @MethodSource("columns")
    void theReadingDoesNotDependOnPartsOrderOrSaving(IntFunction<String> column) {
        ColumnProfile whole = profile(9_000, column);
        ColumnProfile a = profile(2_500, column);
        ColumnProfile b = profile(6_500, i -> column.apply(2_500 + i));

        for (ColumnProfile other : List.of(
                a.merge(b),
                b.merge(a),
                Saved.copy(whole::write, ColumnProfile::read),
                profile(9_000, i -> column.apply(8_999 - i)))) {
            ColumnReading reading = other.reading();
            assertThat(reading).hasToString(whole.reading().toString());
            assertThat(reading.codeLength()).isEqualTo(whole.reading().codeLength());
            assertThat(reading.values().missing())
                    .isEqualTo(whole.reading().values().missing());
            assertThat(reading.values().type())
                    .isEqualTo(whole.reading().values().type());
            assertThat(reading.values().categories().values())
                    .isEqualTo(whole.reading().values().categories().values());
            for (int kind = 0; kind < ValueKind.COUNT; kind++) {
                assertThat(reading.values().count(kind))
                        .isEqualTo(whole.reading().values().count(kind));
            }
        }
    }

    @Test
    void theReadingFollowsTheProfile() {
        ColumnProfile profile = profile(10, i -> "" + i);
        assertThat(profile.reading().values().missing()).isZero();
        profile.add(Columns.spelled("NA", "7.5"), 2);
        profile.addMissing(1);

        assertThat(profile.reading().type()).isEqualTo(FeatureType.FRACTIONAL);
        assertThat(profile.reading().values().missing()).isEqualTo(2);
    }

    private static IntFunction<String> code(int different) {
        return i -> {
            Random random = new Random(i);
            int value =
                    random.nextInt(12) == 0 ? random.nextInt(1_000) : random.nextInt(different) * 11 % 90_000 + 10_000;
            return String.format(Locale.ROOT, "%05d", value);
        };
    }

    private static ColumnReading reading(int rows, IntFunction<String> cell) {
        return profile(rows, cell).reading();
    }

    private static ColumnProfile profile(int rows, IntFunction<String> cell) {
        String[] cells = new String[rows];
        Arrays.setAll(cells, cell);
        return Columns.profile(Columns.spelled(cells));
    }
}

package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers and months that are the same, and missing values, which only a program that reads the texts can tell from the baseline's. */
class SpellingsAreToldTest {

    private static final int ROWS = 400;

    /** Writes a number. */
    private interface Writer extends DoubleFunction<String> {}

    private static String grouped(double value) {
        return String.format(Locale.ROOT, "%,.2f", value);
    }

    private static String minusBehind(double value) {
        return grouped(Math.abs(value)) + (value < 0 ? "-" : "");
    }

    private static String inBrackets(double value) {
        return value < 0 ? "(" + grouped(-value) + ")" : grouped(value);
    }

    private static String swiss(double value) {
        return grouped(value).replace(',', '\'');
    }

    private static String german(double value) {
        return String.format(Locale.GERMANY, "%,.2f", value) + " EUR";
    }

    private static String french(double value) {
        return german(value).replace('.', '\u00a0');
    }

    private static String signed(double value) {
        return (value > 0 ? "+" : "") + grouped(value) + " %";
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                numbers(SpellingsAreToldTest::swiss, SpellingsAreToldTest::grouped, "',' for ''' between thousands"),
                numbers(
                        SpellingsAreToldTest::swiss,
                        value -> swiss(value).replace("'", ""),
                        "nothing for ''' between thousands"),
                numbers(SpellingsAreToldTest::swiss, value -> swiss(value).replace('\'', '\u2019'), "'\u2019' for '''"),
                numbers(
                        SpellingsAreToldTest::french,
                        value -> french(value).replace('\u00a0', ' '),
                        "a blank for U+00A0"),
                numbers(
                        SpellingsAreToldTest::german,
                        value -> german(value).replace(".", ""),
                        "nothing for '.' between thousands"),
                numbers(
                        SpellingsAreToldTest::minusBehind,
                        SpellingsAreToldTest::grouped,
                        "'-' in front for '-' behind at negative numbers"),
                numbers(
                        SpellingsAreToldTest::grouped,
                        SpellingsAreToldTest::minusBehind,
                        "'-' behind for '-' in front at negative numbers"),
                numbers(
                        SpellingsAreToldTest::inBrackets,
                        SpellingsAreToldTest::grouped,
                        "'-' in front for '(' and ')' at negative numbers"),
                numbers(
                        SpellingsAreToldTest::grouped,
                        SpellingsAreToldTest::inBrackets,
                        "'(' and ')' for '-' in front at negative numbers"),
                numbers(
                        SpellingsAreToldTest::german,
                        value -> german(value).replace('-', '\u2212'),
                        "'\u2212' in front for '-' in front"),
                numbers(
                        SpellingsAreToldTest::signed,
                        value -> signed(value).replace("+", ""),
                        "nothing for '+' in front at positive"));
    }

    private static Arguments numbers(Writer before, Writer now, String told) {
        return Arguments.of(before, now, told);
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("numbers")
    void otherSignsBesideDigitsAreToldAndNoViolation(Writer before, Writer now, String told) {
        Monitor monitor = Monitor.against(Baseline.of(numbers(before, 1)));
        Report report = monitor.check(numbers(now, 2));
        assertThat(report.isHealthy()).isTrue();
        assertThat(report.problems())
                .extracting(DataProblem::description)
                .singleElement()
                .asString()
                .contains(told);
        assertThat(monitor.check(numbers(before, 3)).problems()).isEmpty();
        assertThat(monitor.check(numbers(now, 4).filter(row -> row.text("n") == null))
                        .problems())
                .isEmpty();
    }

    private static Dataset numbers(Writer writer, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder("a\tn\n");
        for (int row = 0; row < ROWS; row++) {
            double value = random.nextDouble(-9_000, 9_000);
            csv.append(random.nextInt(50))
                    .append('\t')
                    .append(writer.apply(value))
                    .append('\n');
        }
        return Datasets.csvText(csv.toString());
    }

    @ParameterizedTest(name = "{1} for {0} in {2}")
    @CsvSource({
        "NA, ., number",
        "\\N, NULL, number",
        "NaN, '', number",
        "'', n/a, number",
        "-, --, number",
        "NaT, null, day",
        "NULL, '', day",
        "N/A, NA, truth",
        "?, '', truth",
        "na, NA, amount"
    })
    void otherSpellingsOfMissingAreToldAndNoViolation(String before, String now, String kind) {
        Monitor monitor = Monitor.against(Baseline.of(missing(before, kind, 0)));
        Report report = monitor.check(missing(now, kind, ROWS));
        assertThat(report.isHealthy()).isTrue();
        assertThat(report.problems())
                .extracting(DataProblem::description)
                .singleElement()
                .asString()
                .contains(shown(now) + " for " + shown(before) + " where a value is missing");
        assertThat(monitor.check(missing(before, kind, 2 * ROWS)).problems()).isEmpty();
    }

    private static String shown(String spelling) {
        return spelling.isEmpty() ? "an empty cell" : "'" + spelling + "'";
    }

    private static Dataset missing(String spelling, String kind, int from) {
        SplittableRandom random = new SplittableRandom(7 + from);
        StringBuilder csv = new StringBuilder("a;t\n");
        for (int row = from; row < from + ROWS; row++) {
            String cell = random.nextInt(5) == 0 ? spelling : cell(kind, row, random);
            csv.append(random.nextInt(50)).append(';').append(cell).append('\n');
        }
        return Datasets.csvText(csv.toString());
    }

    private static String cell(String kind, int row, SplittableRandom random) {
        return switch (kind) {
            case "number" -> "" + random.nextInt(1_000);
            case "amount" -> String.format(Locale.ROOT, "$%.2f", random.nextDouble(10, 90));
            case "day" -> LocalDate.of(2024, 1, 1).plusDays(row / 20).toString();
            default -> "" + random.nextBoolean();
        };
    }

    @ParameterizedTest(name = "{0} of {1} becomes {2} of {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "d MMMM yyyy|de|d MMMM yyyy|en|January for Januar",
                "d. MMM yyyy|en|d. MMM yyyy|fr|janv. for Jan",
                "dd-MMM-yyyy|en|upper dd-MMM-yyyy|en|JAN for Jan",
                "EEE, d MMM yyyy|en|lower EEE, d MMM yyyy|en|jan for Jan",
                "d MMM yyyy HH:mm|en|d MMMM yyyy HH:mm|en|January for Jan",
                "MMMM|fr|plain MMMM|fr|fevrier for f\u00e9vrier",
                "MMMM|en|upper MMMM|en|JANUARY for January",
                "EEEE|de|lower EEEE|de|montag for Montag"
            })
    void otherNamesOfTheSameMonthsAreTold(String before, String language, String now, String other, String told) {
        Monitor monitor = Monitor.against(Baseline.of(days(before, language, 0)));
        Report report = monitor.check(days(now, other, 3));
        assertThat(report.problems())
                .extracting(DataProblem::description)
                .singleElement()
                .asString()
                .contains(told);
        assertThat(monitor.check(days(before, language, 5)).problems()).isEmpty();
    }

    private static Dataset days(String pattern, String language, int from) {
        DateTimeFormatter format = DateTimeFormatter.ofPattern(
                pattern.replaceFirst("upper |lower |plain ", ""), Locale.forLanguageTag(language));
        StringBuilder csv = new StringBuilder("a\tt\n");
        for (int row = from; row < from + 2 * ROWS; row++) {
            String day = format.format(LocalDateTime.of(2024, 1, 1, 8, 0).plusDays(row / 5));
            String text = pattern.startsWith("upper") ? day.toUpperCase(Locale.ROOT) : day;
            text = pattern.startsWith("lower") ? text.toLowerCase(Locale.ROOT) : text;
            text = pattern.startsWith("plain") ? text.replace('\u00e9', 'e').replace('\u00fb', 'u') : text;
            csv.append(row * 31 % 97).append('\t').append(text).append('\n');
        }
        return Datasets.csvText(csv.toString());
    }
}

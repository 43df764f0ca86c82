package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.modelmonitor.api.ColumnRole;
import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Report;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers as they are written for people: they are numbers, and judged as such. */
@Tag("simulation")
class NumbersInTextsTest {

    private static final int ROWS = 5_000;
    private static final int WINDOW = 2_000;

    private interface Written extends DoubleFunction<String> {}

    static Stream<Arguments> amounts() {
        return Stream.of(
                amounts("numbers with '$' in front", value -> String.format(Locale.ROOT, "$%.2f", value)),
                amounts("numbers with '$' in front", value -> String.format(Locale.ROOT, "$%,.2f", value)),
                amounts("numbers with '$' behind", value -> String.format(Locale.ROOT, "%.2f $", value)),
                amounts("numbers with 'EUR' in front", value -> String.format(Locale.ROOT, "EUR %,.2f", value)),
                amounts("numbers with '%' behind", value -> String.format(Locale.ROOT, "%.1f %%", value / 10)),
                amounts("numbers with '%' behind", value -> String.format(Locale.ROOT, "%.3f%%", value / 10)),
                amounts("numbers with a decimal comma", value -> String.format(Locale.GERMANY, "%.2f", value)),
                amounts(
                        "numbers with '\u20ac' behind and a decimal comma",
                        value -> String.format(Locale.GERMANY, "%,.2f \u20ac", value)),
                amounts(
                        "numbers with separators, signs or blanks",
                        value -> value < 0
                                ? String.format(Locale.ROOT, "(%,.1f)", -value)
                                : String.format(Locale.ROOT, "%,.1f", value + 1_000)),
                amounts(
                        "numbers with 'kr' behind and a decimal comma",
                        value -> String.format(Locale.GERMANY, "%.2f kr", value)),
                amounts("numbers with '\u20b9' in front", value -> "\u20b9" + lakhs(Math.round(3_000 * value))),
                amounts("numbers with separators, signs or blanks", value -> lakhs(Math.round(3_000 * value))),
                amounts(
                        "numbers with separators, signs or blanks",
                        value -> String.format(Locale.ROOT, "%,.1f", 20 * value).replace(',', '\u2019')),
                amounts(
                        "numbers with '$' in front",
                        value -> value < 0
                                ? String.format(Locale.ROOT, "$(%.2f)", -value)
                                : String.format(Locale.ROOT, "$%.2f", value)),
                amounts(
                        "numbers with separators, signs or blanks",
                        value -> String.format(Locale.ROOT, "\"\"%.2f\"\"", value)),
                amounts("numbers with 'kg' behind", value -> String.format(Locale.ROOT, "%.1f kg", value / 10)),
                amounts("numbers with 'ms' behind", value -> String.format(Locale.ROOT, "%.1fms", value / 10)),
                amounts(
                        "numbers with '\u00b0C' behind",
                        value -> String.format(Locale.ROOT, "%.1f\u00b0C", value / 20)),
                amounts("numbers with 'km/h' behind", value -> String.format(Locale.ROOT, "%.2f km/h", value / 20)),
                amounts(
                        "numbers with '$' in front and '/mo' behind",
                        value -> String.format(Locale.ROOT, "$%.2f/mo", value)),
                amounts("numbers with 'of 9999' behind", value -> String.format(Locale.ROOT, "%.0f of 9999", value)),
                amounts("numbers with '\u00b10.5' behind", value -> String.format(Locale.ROOT, "%.1f\u00b10.5", value)),
                amounts(
                        "numbers with '\u00d710^3' behind",
                        value -> String.format(Locale.ROOT, "%.2f\u00d710^3", value)),
                amounts("numbers with 'USD/kWh' behind", value -> String.format(Locale.ROOT, "%.2f USD/kWh", value)),
                amounts("as ISO 8601 duration", value -> Duration.ofMillis(Math.round(3_600 * value))
                        .toString()),
                amounts(
                        "as ISO 8601 duration",
                        value ->
                                "P" + Math.round(Math.abs(value) / 24) + "DT" + Math.round(Math.abs(value) % 24) + "H"),
                amounts("numbers with 'kg' behind", value -> String.format(Locale.ROOT, "%.3e kg", value)),
                amounts("numbers with a decimal comma", value -> String.format(Locale.GERMANY, "%.2e", value)),
                amounts("numbers with 'K' behind", value -> String.format(Locale.ROOT, "%.2f K", value)),
                amounts(
                        "numbers with '$' in front and 'K/M' behind",
                        value -> String.format(Locale.ROOT, "$%.2fM", value)),
                amounts("numbers with 'K/M' behind", value -> shortly(Math.exp(value / 40), "K", "M", "B")),
                amounts(
                        "numbers with 'K/M\u20ac' behind and a decimal comma",
                        value -> String.format(Locale.GERMANY, "%.2f Mio \u20ac", value)),
                amounts(
                        "numbers with '\u20b9' in front and 'K/M' behind",
                        value -> String.format(Locale.ROOT, "\u20b9%.2f lakh", value)),
                amounts(
                        "numbers with 'KB/MB' behind",
                        value -> shortly(1e4 + Math.exp(value / 40), " KB", " MB", " GB")),
                amounts(
                        "numbers with 'KB/MB per s' behind",
                        value -> shortly(1e3 + Math.exp(value / 40), "kB/s", "MB/s", "GB/s")),
                amounts("numbers with 'd h m s' behind", value -> parts(value, "%dd %dh %dm")),
                amounts("numbers with 'd h m s' behind", value -> parts(value, "%d days, %d hrs and %d min")),
                amounts("numbers with 'd h m s' behind", value -> parts(value, "%dh%dm%d.5s")),
                amounts(
                        "numbers with 'ft in' behind",
                        value -> String.format(
                                Locale.ROOT, "%d' %d\"\"", Math.abs((long) value) / 12, Math.abs((long) value) % 12)),
                amounts(
                        "numbers with 'lb oz' behind",
                        value -> String.format(
                                Locale.ROOT, "%d lb %d oz", Math.abs((long) value) / 16, Math.abs((long) value) % 16)),
                amounts("numbers with '\u00b0 '' \"' behind", value -> parts(value, "%d\u00b0%02d'%02d\"\"N")),
                amounts("numbers with ':1' behind", value -> String.format(Locale.ROOT, "%.2f:1", value)),
                amounts("numbers in digits such as '\u0669'", value -> inScript('\u0660', "%.0f", value)),
                amounts("numbers in digits such as '\u06f9'", value -> inScript('\u06f0', "%.2f", value)
                        .replace('.', '\u066b')),
                amounts(
                        "numbers in digits such as '\u20b9\u096f'",
                        value -> "\u20b9" + inScript('\u0966', "%,.1f", value)),
                amounts("numbers with '\u5186' behind", value -> inScript('\uff10', "%.0f\u5186", value)),
                amounts(
                        "numbers with '\u00a3' in front",
                        value -> String.format(Locale.ROOT, "-\u00a3%,.0f", 90 * value)));
    }

    private static Arguments amounts(String evidence, Written written) {
        return Arguments.of(evidence, written);
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("amounts")
    void numbersInTextsAreNumbers(String evidence, Written written) {
        Baseline baseline = Baseline.of(table(1, ROWS, 512, written));
        Monitor monitor = Monitor.against(baseline);
        Report moved = monitor.check(table(2, WINDOW, 600, written));
        Report same = monitor.check(table(3, WINDOW, 512, written));

        assertThat(baseline.describe())
                .containsPattern("x: (fraction|whole number), \\Q" + evidence + "\\E(, such as .*)?\n");
        assertThat(baseline.schema().feature("x").type().isNumeric()).isTrue();
        assertThat(Tables.violated(moved)).contains("x drift");
        assertThat(Tables.violated(same)).isEmpty();
        assertThat(Tables.saved(baseline).describe()).isEqualTo(baseline.describe());
        assertThat(Monitor.against(Tables.saved(baseline))
                        .check(table(2, WINDOW, 600, written))
                        .metrics())
                .isEqualTo(moved.metrics());
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("amounts")
    void windowsOfTheSameSourceAlertRarely(String evidence, Written written) {
        Monitor monitor = Monitor.against(Baseline.of(table(1, ROWS, 512, written)));
        int alerts = 0;
        for (int window = 0; window < 12; window++) {
            int rows = new int[] {1, 20, 50, 400}[window % 4];
            alerts += monitor.check(table(10 + window, rows, 512, written))
                            .violations()
                            .isEmpty()
                    ? 0
                    : 1;
        }
        assertThat(alerts).isLessThanOrEqualTo(1);
    }

    @Test
    void theyHaveTheMomentsOfNumbers() {
        Baseline texts = Baseline.of(table(1, 800, 512, value -> String.format(Locale.ROOT, "$%,.2f", value)));
        Baseline numbers = Baseline.of(table(1, 800, 512, value -> String.format(Locale.ROOT, "%.2f", value)));

        for (String metric : new String[] {"mean", "standard_deviation", "minimum", "maximum", "non_negative_share"}) {
            assertThat(texts.metric("x", metric).value())
                    .as(metric)
                    .isEqualTo(numbers.metric("x", metric).value());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"n/a", "on request", "-", "2024-01-31", "", "USD"})
    void anOddCellDoesNotMakeThemTexts(String cell) {
        Written dollars = value -> String.format(Locale.ROOT, "$%.2f", value);
        Baseline baseline = Baseline.of(
                Tables.csv("x,y", ROWS, i -> (i % 500 == 7 ? cell : dollars.apply(random(1, i, 512))) + "," + i % 7));

        assertThat(baseline.profile().typing("x").type()).isEqualTo(ColumnType.FRACTION);
        assertThat(Tables.violated(Monitor.against(baseline).check(table(2, WINDOW, 600, dollars))))
                .contains("x drift");
    }

    @Test
    void anotherCurrencyAndAnotherDecimalSeparatorAreSeen() {
        Monitor dollars =
                Monitor.against(Baseline.of(table(1, ROWS, 512, value -> String.format(Locale.ROOT, "$%,.2f", value))));
        Monitor commas = Monitor.against(
                Baseline.of(table(1, ROWS, 512, value -> String.format(Locale.GERMANY, "%.2f", value))));

        assertThat(Tables.violated(dollars.check(
                        table(2, WINDOW, 512, value -> String.format(Locale.ROOT, "\u20ac%,.2f", value)))))
                .containsExactly("x format_share");
        assertThat(Tables.violated(
                        dollars.check(table(2, WINDOW, 512, value -> String.format(Locale.GERMANY, "$%,.2f", value)))))
                .contains("x type_share");
        assertThat(Tables.violated(
                        commas.check(table(2, WINDOW, 512, value -> String.format(Locale.ROOT, "%.2f", value)))))
                .containsExactly("x format_share");
    }

    @Test
    void aPartIsReadAsTheWholeIs() {
        Written written = value -> String.format(Locale.GERMANY, "%,.2f \u20ac", value);
        Baseline whole = Baseline.of(table(1, ROWS, 512, written));
        Baseline parts = Baseline.of(table(1, 1_000, 512, written)).merge(Baseline.of(table(2, ROWS, 512, written)));

        assertThat(parts.profile().typing("x").toString())
                .isEqualTo(whole.profile().typing("x").toString());
        assertThat(parts.metric("x", "mean").value()).isCloseTo(512, offset(10.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%03d-%02d", "v%d.%d.0", "%d/%d", "AB%d%d", "%d apples %d", "%d:%02d", "%dA%d"})
    void textsWithDigitsAreNoNumbers(String format) {
        SplittableRandom random = new SplittableRandom(1);
        Baseline baseline = Baseline.of(Tables.csv(
                "x,y", ROWS, i -> String.format(Locale.ROOT, format, random.nextInt(900), random.nextInt(60)) + ",a"));

        assertThat(baseline.schema().feature("x").type()).isEqualTo(FeatureType.STRING);
    }

    @Test
    void fewThatComeAgainAreCategories() {
        Baseline baseline = Baseline.of(Tables.csv("x,y", ROWS, i -> 5 * (i % 9) + "%,a"));

        assertThat(baseline.profile().typing("x").type()).isEqualTo(ColumnType.CATEGORY);
        assertThat(baseline.declaring(ColumnRole.text("x"))
                        .profile()
                        .typing("x")
                        .type())
                .isEqualTo(ColumnType.TEXT);
    }

    /** Returns a number with the multiple that makes it short. */
    private static String shortly(double value, String... multiples) {
        int power = 0;
        double rest = value;
        while (rest >= 1e3 && power < multiples.length) {
            rest /= 1e3;
            power++;
        }
        return String.format(Locale.ROOT, "%.1f", rest) + (power == 0 ? "" : multiples[power - 1]);
    }

    /** Returns a number in three parts, of which 24 and 60 make one of the part before. */
    private static String parts(double value, String format) {
        long minutes = Math.round(60 * Math.abs(value));
        return String.format(Locale.ROOT, format, minutes / 1_440, minutes / 60 % 24, minutes % 60);
    }

    private static String inScript(char zero, String format, double value) {
        return String.format(Locale.ROOT, format, value)
                .chars()
                .map(c -> c >= '0' && c <= '9' ? c - '0' + zero : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Returns a number in groups of two digits before the last three. */
    private static String lakhs(long value) {
        String digits = Long.toString(Math.abs(value));
        int last = Math.max(0, digits.length() - 3);
        String front = digits.substring(0, last).replaceAll("(?<=\\d)(?=(\\d\\d)+$)", ",");
        return (value < 0 ? "-" : "") + front + (last > 0 ? "," : "") + digits.substring(last);
    }

    private static double random(int seed, int row, double mean) {
        return Math.rint(100 * (mean + 250 * new SplittableRandom(1_000_003L * seed + row).nextGaussian())) / 100;
    }

    private static Dataset table(int seed, int rows, double mean, Written written) {
        return Tables.csv("x,y", rows, i -> '"' + written.apply(random(seed, i, mean)) + "\"," + i % 7);
    }
}

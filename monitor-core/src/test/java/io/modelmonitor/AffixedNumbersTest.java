package io.modelmonitor;

import static io.modelmonitor.Cells.REPORTS;
import static io.modelmonitor.Cells.ROWS;
import static io.modelmonitor.Cells.alerts;
import static io.modelmonitor.Cells.monitor;
import static io.modelmonitor.Cells.table;
import static io.modelmonitor.Cells.typeOf;
import static io.modelmonitor.Tables.violated;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Cells.Cell;
import io.modelmonitor.api.Report;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToLongBiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of numbers between a beginning and an end that nobody listed, and codes that look like them. */
@Tag("simulation")
class AffixedNumbersTest {

    private static final int WINDOW = 2_000;

    /** So many windows of that size follow each other; none of them may alert. */
    private static final int LARGE = 5;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%.2f zł",
                "%.2f руб.",
                "%.0f 원",
                "Fr. %.2f",
                "%.2f lei",
                "%.1f Kč",
                "%.1f mi.",
                "%.1f°",
                "[%.2f]",
                "%.2f GHz*",
                "~%.1f",
                "approx %.0f",
                "%.1f Tsd.",
                "%.0f per cent",
                "%.0f stars",
                "%.0f x",
                "<%.2f>",
                "≈ %.1f µmol",
                "%.1fzł",
                "EUR/t %.2f"
            })
    void numbersBetweenAnythingAreNumbers(String format) {
        Cell cell = Cells.numbers(format, 0);
        Monitor monitor = monitor(cell, ROWS);
        Report moved = monitor.check(table(2, ROWS, WINDOW, Cells.numbers(format, 0.5)));

        assertThat(typeOf(cell)).matches("(?s)(fraction|whole number), numbers with .*");
        assertThat(violated(moved)).containsExactly("x drift");
        for (int window : new int[] {1, 20, WINDOW}) {
            assertThat(alerts(monitor, cell, ROWS, window)).isLessThanOrEqualTo(REPORTS / 10);
        }
        assertThat(alerts(monitor(cell, 50), cell, 50, 20)).isLessThanOrEqualTo(REPORTS / 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT%dM", "(%d)", "<b>%d</b>", "[%d]", "#%d;", "«%d»"})
    void wholeNumbersInNoOrderAreNoIdsAndThoseThatGoOnAre(String format) {
        Cell cell = (random, row) -> String.format(Locale.ROOT, format, 1 + random.nextInt(90));
        Cell more = (random, row) -> String.format(Locale.ROOT, format, 25 + random.nextInt(66));
        Cell goingOn = (random, row) -> String.format(Locale.ROOT, format, 95 + row / 5);

        assertThat(typeOf(cell)).doesNotContain("go on").doesNotStartWith("id");
        assertThat(violated(monitor(cell, ROWS).check(table(2, ROWS, WINDOW, more))))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("x "));
        assertThat(typeOf(goingOn)).startsWith("id");
        assertThat(violated(monitor(goingOn, ROWS).check(table(2, ROWS, WINDOW, goingOn))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "%.2f zł, %.2f lei",
        "%.2f GHz*, %.2f MHz*",
        "~%.1f, about %.1f",
        "Fr. %.2f, Rp. %.2f",
        "%.0f kg, %.0f g",
        "$%.2f, €%.2f",
        "%.0f stars, %.0f hearts"
    })
    void anotherUnitIsSeenByItsFormat(String before, String now) {
        Cell known = Cells.numbers(before, 0);
        Cell all = Cells.numbers(now, 0);
        Cell some = (random, row) -> (random.nextInt(10) == 0 ? all : known).of(random, row);
        Monitor monitor = monitor(known, ROWS);

        assertThat(violated(monitor.check(table(2, ROWS, WINDOW, some)))).containsExactly("x format_share");
        assertThat(violated(monitor.check(table(2, ROWS, WINDOW, all)))).containsExactly("x format_share");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order-%d",
                "order %d",
                "No. %d",
                "[%d]",
                "SKU-%d",
                "%d (paid)",
                "%dx",
                "INV/%d",
                "Order %d (web)",
                "request_%d"
            })
    void idsThatAreCountedStayIds(String format) {
        for (int step : new int[] {1, 5}) {
            Cell ids = whole(format, (random, row) -> 8_000 + step * row + random.nextInt(step));

            assertThat(typeOf(ids)).startsWith("id");
            for (int rows : new int[] {50, 500, ROWS}) {
                Monitor monitor = monitor(ids, rows);
                for (int window : new int[] {1, 300}) {
                    assertThat(alerts(monitor, ids, rows, window))
                            .as("baseline of %d, windows of %d", rows, window)
                            .isLessThanOrEqualTo(REPORTS / 10);
                }
                for (int i = 0; i < LARGE; i++) {
                    assertThat(violated(monitor.check(table(100 + i, rows + (long) i * WINDOW, WINDOW, ids))))
                            .as("baseline of %d", rows)
                            .isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "A%d, 40",
        "flat %d, 300",
        "v3.2.%d, 30",
        "ISO %d, 400",
        "SKU-%d, 500",
        "route %d, 99",
        "%dB, 60",
        "Customer %d, 4000",
        "%d-c, 50"
    })
    void codesThatComeAgainAlertNoMoreThanBefore(String format, int different) {
        Cell codes = whole(format, (random, row) -> 1 + random.nextInt(different));

        for (int rows : new int[] {50, 500, ROWS}) {
            Monitor monitor = monitor(codes, rows);
            for (int window : new int[] {1, 20, 300}) {
                assertThat(alerts(monitor, codes, rows, window)).isLessThanOrEqualTo(REPORTS / 10);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A%d", "SKU-%d", "v3.2.%d", "%dB", "%d-c", "9001:%d", "#%d", "%d/7"})
    void codesAreNoNumbers(String format) {
        assertThat(typeOf(whole(format, (random, row) -> 1 + random.nextInt(100))))
                .startsWith("category");
    }

    /** Returns whole numbers of a row, as a format such as {@code order-%d} has them. */
    private static Cell whole(String format, ToLongBiFunction<SplittableRandom, Long> number) {
        FormattedNumber formatted = FormattedNumber.of(format);
        return (random, row) -> formatted.of((double) number.applyAsLong(random, row));
    }
}

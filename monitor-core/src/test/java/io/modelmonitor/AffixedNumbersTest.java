package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of numbers between a beginning and an end that nobody listed, and codes that look like them. */
@Tag("simulation")
class AffixedNumbersTest {

    private static final int ROWS = 5_000;
    private static final int WINDOW = 2_000;
    private static final int REPORTS = 20;

    /** A cell of a row. */
    private interface Cell {
        String of(SplittableRandom random, long row);
    }

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
        Cell cell = (random, row) -> number(random, format, 0);
        Monitor monitor = monitor(cell, ROWS);
        Report moved = monitor.check(table(2, ROWS, WINDOW, (random, row) -> number(random, format, 0.5)));

        assertThat(typeOf(cell)).matches("(?s)(fraction|whole number), as .*");
        assertThat(violated(moved)).containsExactly("x drift");
        for (int window : new int[] {1, 20, WINDOW}) {
            assertThat(alerts(monitor, cell, ROWS, window)).isLessThanOrEqualTo(REPORTS / 10);
        }
        assertThat(alerts(monitor(cell, 50), cell, 50, 20)).isLessThanOrEqualTo(REPORTS / 10);
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
        Monitor monitor = monitor((random, row) -> number(random, before, 0), ROWS);
        Cell some = (random, row) -> number(random, random.nextInt(10) == 0 ? now : before, 0);
        Cell all = (random, row) -> number(random, now, 0);

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
            Cell ids = (random, row) -> String.format(Locale.ROOT, format, 8_000 + step * row + random.nextInt(step));

            assertThat(typeOf(ids)).startsWith("id");
            for (int rows : new int[] {50, 500, ROWS}) {
                Monitor monitor = monitor(ids, rows);
                for (int window : new int[] {1, 300, WINDOW}) {
                    assertThat(alerts(monitor, ids, rows, window))
                            .as("baseline of %d, windows of %d", rows, window)
                            .isLessThanOrEqualTo(REPORTS / 10);
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
        Cell codes = (random, row) -> String.format(Locale.ROOT, format, 1 + random.nextInt(different));

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
        assertThat(typeOf((random, row) -> String.format(Locale.ROOT, format, 1 + random.nextInt(100))))
                .startsWith("category");
    }

    private static String number(SplittableRandom random, String format, double shift) {
        return String.format(Locale.ROOT, format, 50 + 10 * (normal(random) + shift));
    }

    private static double normal(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private static Monitor monitor(Cell cell, int rows) {
        return Monitor.against(Baseline.of(table(1, 0, rows, cell)));
    }

    private static int alerts(Monitor monitor, Cell cell, long from, int rows) {
        return (int) IntStream.range(0, REPORTS)
                .filter(i -> !violated(monitor.check(table(100 + i, from + (long) i * rows, rows, cell)))
                        .isEmpty())
                .count();
    }

    private static String typeOf(Cell cell) {
        String described = Baseline.of(table(1, 0, ROWS, cell)).describe().toString();
        return described.substring(described.indexOf("x: ") + 3);
    }

    private static List<String> violated(Report report) {
        return report.violations().stream()
                .map(violation -> violation.constraint().subject() + " "
                        + violation.constraint().metric())
                .toList();
    }

    private static Dataset table(long seed, long from, int rows, Cell cell) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder("y,x\n");
        for (long row = from; row < from + rows; row++) {
            csv.append(String.format(Locale.ROOT, "%.3f,\"%s\"%n", normal(random), cell.of(random, row)));
        }
        return Datasets.csvText(csv.toString());
    }
}

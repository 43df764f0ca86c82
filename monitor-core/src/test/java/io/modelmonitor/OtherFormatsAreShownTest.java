package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Of cells in no format that is known, a reader is shown one. */
class OtherFormatsAreShownTest {

    private static final int ROWS = 300;

    /** Makes the cell of a row. */
    private interface Cells extends IntFunction<String> {}

    static Stream<Arguments> columns() {
        return Stream.of(
                column("00.00.1900", days("dd.MM.yyyy")),
                column("0000-00-00", days("yyyy-MM-dd")),
                column("########", days("MMM d, yyyy")),
                column("#REF!", row -> String.format(Locale.ROOT, "%,.2f EUR", 37.25 * (row * 7919 % 1009 + 1))),
                column("Di", row -> DayOfWeek.of(1 + row % 7).name().substring(0, 3)),
                column("777", row -> "" + (1_710_000_000 + 37 * row)),
                column("24:99", row -> String.format(Locale.ROOT, "%02d:%02d", row % 24, row % 60)));
    }

    private static Arguments column(String other, Cells cells) {
        return Arguments.of(other, cells);
    }

    private static Cells days(String pattern) {
        DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        return row -> LocalDate.of(2023, 1, 1).plusDays(row).format(format);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("columns")
    void aCellInNoKnownFormatIsShown(String other, Cells cells) {
        Monitor monitor = Monitor.against(Baseline.of(table(cells, 0)));
        Report report = monitor.check(table(row -> row % 3 == 0 ? other : cells.apply(row), ROWS));
        assertThat(report.metric("t", "format_share").note()).contains(ROWS / 3 + " such as '" + other + "'");
    }

    private static Dataset table(Cells cells, int from) {
        StringBuilder csv = new StringBuilder("a;t\n");
        for (int row = from; row < from + ROWS; row++) {
            csv.append(row * 31 % 97).append(';').append(cells.apply(row)).append('\n');
        }
        return Datasets.csvText(csv.toString());
    }
}

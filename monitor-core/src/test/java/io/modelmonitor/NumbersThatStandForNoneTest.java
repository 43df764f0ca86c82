package io.modelmonitor;

import static io.modelmonitor.Cells.monitor;
import static io.modelmonitor.Cells.normal;
import static io.modelmonitor.Cells.table;
import static io.modelmonitor.Cells.typeOf;
import static io.modelmonitor.Tables.violated;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Cells.Cell;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times and ids that are numbers, among which a few others stand for none. */
class NumbersThatStandForNoneTest {

    private static final int ROWS = 3_000;
    private static final int WINDOW = 1_000;

    @ParameterizedTest
    @CsvSource({
        "seconds, 0, time",
        "seconds, -1, time",
        "milliseconds, 0, time",
        "yyyyMMdd, 0, time",
        "yyyyMMdd, 00000000, time",
        "yyyyMMdd, 99991231, time",
        "yyyyMM, 000000, time",
        "yyyyMM, 999912, time",
        "id from 100000, 0, id",
        "id from 100000, -1, id",
        "id from 1, 0, id",
        "id from 5000, 99999999, id",
    })
    void othersAreToldAndTheirShareIsJudged(String kind, String other, String type) {
        for (double share : new double[] {0.04, 0.1, 0.4}) {
            Cell cell = mixed(cell(kind), share, other);
            Monitor monitor = monitor(cell, ROWS);

            assertThat(typeOf(cell))
                    .startsWith(type + ", ")
                    .contains(" of 5,000 cells are '" + Long.parseLong(other) + "'");
            for (int i = 0; i < 3; i++) {
                assertThat(violated(monitor.check(table(2 + i, ROWS + i * WINDOW, WINDOW, cell))))
                        .isEmpty();
            }
            assertThat(violated(monitor.check(table(9, ROWS, WINDOW, mixed(cell(kind), share + 0.2, other)))))
                    .contains("x format_share");
        }
    }

    @ParameterizedTest
    @CsvSource({"seconds", "milliseconds", "yyyyMMdd", "yyyyMM"})
    void threeOfThemAmongTimesAreToldTogether(String kind) {
        Cell cell = mixed(mixed(mixed(cell(kind), 0.2, "0"), 0.2, "-1"), 0.2, "-2");

        assertThat(typeOf(cell)).startsWith("time, ").contains("are '0'", "'-1'", "'-2'");
    }

    @ParameterizedTest
    @CsvSource({"seconds, 0", "yyyyMMdd, 99991231", "yyyyMM, 000000", "id from 100000, 0", "id from 1, 0"})
    void othersThatAreGoneAreSeen(String kind, String other) {
        Monitor monitor = monitor(mixed(cell(kind), 0.3, other), ROWS);

        assertThat(violated(monitor.check(table(2, ROWS, WINDOW, cell(kind))))).containsExactly("x drift");
    }

    @Test
    void amountsOfWhichManyAreZeroAreCompared() {
        Monitor monitor = monitor(mixed(amounts(8), 0.4, "0"), ROWS);

        assertThat(typeOf(mixed(amounts(8), 0.4, "0"))).startsWith("whole number");
        assertThat(violated(monitor.check(table(2, ROWS, WINDOW, mixed(amounts(8.8), 0.4, "0")))))
                .containsExactly("x drift");
    }

    private static Cell amounts(double mean) {
        return (random, row) -> Integer.toString((int) Math.exp(mean + normal(random)));
    }

    private static Cell mixed(Cell cell, double share, String other) {
        return (random, row) -> random.nextDouble() < share ? other : cell.of(random, row);
    }

    private static Cell cell(String kind) {
        if (kind.startsWith("id from ")) {
            long first = Long.parseLong(kind.substring(8));
            return (random, row) -> Long.toString(first + row);
        }
        return switch (kind) {
            case "seconds" -> (random, row) -> Long.toString(1_760_918_400L + 2_000 * row + random.nextInt(2_000));
            case "milliseconds" ->
                (random, row) -> Long.toString(1_760_918_400_000L + 2_000_000 * row + random.nextInt(2_000_000));
            default -> {
                DateTimeFormatter format = DateTimeFormatter.ofPattern(kind, Locale.ROOT);
                yield (random, row) -> LocalDateTime.of(2025, 10, 20, 0, 0)
                        .plusSeconds(8_000 * row)
                        .format(format);
            }
        };
    }
}

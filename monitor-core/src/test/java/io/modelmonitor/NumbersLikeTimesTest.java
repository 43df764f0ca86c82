package io.modelmonitor;

import static io.modelmonitor.Cells.REPORTS;
import static io.modelmonitor.Cells.alerts;
import static io.modelmonitor.Cells.monitor;
import static io.modelmonitor.Cells.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Cells.Cell;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that are as large as counts of seconds since 1970, and dates of which the parts change places. */
@Tag("simulation")
class NumbersLikeTimesTest {

    private static final int ROWS = 1_500;
    private static final LocalDateTime START = LocalDateTime.of(2025, 10, 20, 0, 0);

    private static String typeOf(Cell cell) {
        return Cells.typeOf(cell).lines().findFirst().orElse("");
    }

    static Stream<Arguments> numbers() {
        long[] accounts = new SplittableRandom(3)
                .longs(300, 1_000_000_000L, 1_990_000_000L)
                .toArray();
        return Stream.of(
                number(
                        "phones with a zero",
                        random -> "01" + new String[] {"51", "60", "70", "76"}[random.nextInt(4)] + digits(random, 7)),
                number(
                        "phones",
                        random -> new String[] {"120", "173", "202", "212"}[random.nextInt(4)] + digits(random, 7)),
                number("phones of one place", random -> "212" + digits(random, 7)),
                number("nine digits behind a one", random -> "1" + digits(random, 9)),
                number("twelve digits behind a one", random -> "1" + digits(random, 12)),
                number("accounts that come again", random -> Long.toString(accounts[random.nextInt(300)])));
    }

    /** A text of a row that depends on nothing but chance. */
    private interface Draw {
        String of(SplittableRandom random);
    }

    private static Arguments number(String name, Draw draw) {
        return Arguments.of(name, (Cell) (random, row) -> draw.of(random));
    }

    private static String digits(SplittableRandom random, int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("numbers")
    void numbersOfTenDigitsInNoOrderAreNoTimes(String name, Cell cell) {
        assertThat(typeOf(cell)).doesNotStartWith("time");
        for (int rows : new int[] {50, ROWS}) {
            assertThat(alerts(monitor(cell, rows), cell, rows, 100))
                    .as("baseline of %d", rows)
                    .isLessThanOrEqualTo(REPORTS / 10);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1760918400, 2000, 2000, 1",
        "1000000000, 200000, 200000, 1",
        "1690918400, 0, 80000000, 1",
        "1760918400, 2000, 2000, 1000",
        "1690918400, 0, 80000000, 1000000"
    })
    void pointsInTimeAreTimesByTheirOrderOrIfTheyAreOfFewYears(long first, int step, int spread, long unit) {
        Cell cell = (random, row) -> Long.toString(unit * (first + row * step + random.nextInt(spread)));

        assertThat(typeOf(cell)).startsWith("time, as ").endsWith("seconds since 1970");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ddMMyy", "yyMMdd", "MMddyy", "dMMyy", "ddMMyyyy"})
    void datesOfSixDigitsAreReadSoThatTheyLieTogether(String format) {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
        Cell cell = (random, row) -> START.plusMinutes(40 * row).format(formatter);
        Monitor monitor = monitor(cell, ROWS);

        assertThat(typeOf(cell))
                .startsWith("time, as " + format.replace("dMM", "ddMM").replace("ddd", "dd"));
        assertThat(alerts(monitor, cell, ROWS, 300)).isZero();
        assertThat(Tables.violated(monitor.check(
                        table(2, ROWS, 300, (random, row) -> cell.of(random, row % 12 == 0 ? row + 200_000 : row)))))
                .contains("x future_share");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025.%d.%d", "2025.%02d.%d", "2025-%d-%d", "2024/%d/%d", "25.%d.%d"})
    void versionsLikeDatesAreNoTimes(String format) {
        Cell cell = (random, row) -> String.format(Locale.ROOT, format, 1 + row / 500, random.nextInt(4));

        assertThat(Baseline.of(table(1, 0, ROWS, cell)).describe().toString()).doesNotContain("x: time");
        assertThat(alerts(monitor(cell, ROWS), cell, ROWS, 100)).isLessThanOrEqualTo(REPORTS / 10);
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd, 0000-00-00",
        "yyyy-MM-dd, 9999-99-99",
        "dd.MM.yyyy, 00.00.0000",
        "yyyy-MM-dd HH:mm, 0000-00-00 00:00",
        "yyyy-MM-dd, open"
    })
    void whatStandsForNoTimeIsAWordAmongTimes(String format, String word) {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
        Cell cell = (random, row) ->
                random.nextInt(4) == 0 ? word : START.plusMinutes(40 * row).format(formatter);

        assertThat(typeOf(cell)).startsWith("time, as ").contains("are '" + word + "'");
    }
}

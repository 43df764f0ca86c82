package io.modelmonitor;

import static io.modelmonitor.Cells.REPORTS;
import static io.modelmonitor.Cells.alerts;
import static io.modelmonitor.Cells.monitor;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Cells.Cell;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Months, quarters and weeks with a year, and times as databases and protocols write them; and texts and numbers that look like them. */
@Tag("simulation")
class SpellingsOfTimesTest {

    private static final int ROWS = 1_200;
    private static final LocalDateTime START = LocalDateTime.of(2024, 10, 20, 0, 0);

    /** Returns times that go on by so many hours a row. */
    private static Cell times(String pattern, int hours, Locale locale) {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, locale);
        return (random, row) -> START.plusHours(hours * row)
                .plusSeconds(random.nextInt(3_600))
                .format(formatter)
                .replace("\"", "\"\"");
    }

    private static void expectTimes(Cell cell) {
        assertThat(Cells.typeOf(cell)).startsWith("time, ");
        assertThat(alerts(monitor(cell, ROWS), cell, ROWS, 200)).isLessThanOrEqualTo(REPORTS / 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MM.yyyy",
                "M.yyyy",
                "yyyy.MM",
                "MMM/yy",
                "MMM''yy",
                "MMM ''yy",
                "MMMM/yyyy",
                "MMM_yyyy",
                "MMM.yyyy",
                "yyyy_MM",
                "MM/yy",
                "M/yy",
                "MM-yy",
                "MMM yy",
                "MMMM yy",
                "'Q'Q''yy",
                "'Q'Q-yy",
                "'Q'Q.yyyy",
                "Q'Q'yy",
                "Q'Q'yyyy",
                "'FY'yyyy'Q'Q",
                "'FY'yy-'Q'Q",
                "'CW'ww/YY",
                "'KW 'ww/YYYY",
                "'W'ww-YYYY",
                "YYYY'KW'ww"
            })
    void monthsQuartersAndWeeksOfAYearAreTimes(String pattern) {
        expectTimes(times(pattern, 6, Locale.UK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ddMMMyyyy",
                "ddMMMyy",
                "ddMMMyyyy:HH:mm:ss",
                "yyyy-MM-dd-HH.mm.ss.SSSSSS",
                "yyyyMMdd-HH:mm:ss",
                "yyyy:MM:dd HH:mm:ss",
                "yyyy-MM-dd_HH-mm-ss",
                "yyyy-MM-dd|HH:mm",
                "yyyy-MM-dd/HH:mm:ss",
                "dd.MM.yyyy;HH:mm",
                "'ISODate(\"'yyyy-MM-dd'T'HH:mm:ss'Z\")'",
                "'{\"$date\":\"'yyyy-MM-dd'T'HH:mm:ss'Z\"}'",
                "yyyy-MM-dd'+01:00'",
                "yyyy-MM-dd'Z'",
                "''yyyy-MM-dd''",
                "'le 'dd/MM/yyyy",
                "'am 'dd.MM.yyyy"
            })
    void stampsOfDatabasesAndProtocolsAreTimes(String pattern) {
        expectTimes(times(pattern, 6, Locale.UK));
    }

    @ParameterizedTest
    @CsvSource({
        "fr, EEE dd/MM/yyyy",
        "de, EEE dd.MM.yyyy",
        "es, EEE dd/MM/yyyy",
        "it, EEE dd/MM/yyyy",
        "'pt', EEE dd/MM/yyyy"
    })
    void aShortWeekdayBeforeADateIsAPartOfIt(String language, String pattern) {
        expectTimes(times(pattern, 6, Locale.forLanguageTag(language)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Date(%d)/", "Date(%d)", "\\/Date(%d)\\/", "[Date(%d)]", "new Date(%d)"})
    void millisecondsOfScriptsAreTimes(String format) {
        expectTimes((random, row) ->
                String.format(Locale.ROOT, format, 1_700_000_000_000L + 3_600_000 * row + random.nextInt(3_600_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%d/10",
                "%d/12",
                "%d-24",
                "2025.%02d7",
                "%d.9999",
                "Q5-%d",
                "5Q2%d",
                "2025_%04d",
                "CW%d",
                "20251020-%04d"
            })
    void sharesFractionsAndCodesAreNoMonths(String format) {
        assertThat(Cells.typeOf((random, row) -> String.format(Locale.ROOT, format, 1 + random.nextInt(12))))
                .doesNotStartWith("time");
    }
}

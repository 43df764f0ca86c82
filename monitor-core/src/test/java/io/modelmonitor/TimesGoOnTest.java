package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.ColumnRole;
import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of dates, times and parts of the calendar: that time goes on is no drift, and what is wrong with times is seen. */
@Tag("simulation")
class TimesGoOnTest {

    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 25, 0, 0);
    private static final int DAY = 86_400;
    private static final int BASELINE_DAYS = 20;

    /** A spelling of times. */
    private interface Spelling extends Function<LocalDateTime, String> {}

    private static Spelling pattern(String pattern) {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        return time -> formatter.format(time.atOffset(ZoneOffset.ofHours(2)));
    }

    static Stream<Arguments> spellings() {
        return Stream.of(
                spelling("date", pattern("yyyy-MM-dd")),
                spelling("slashes", pattern("yyyy/MM/dd")),
                spelling("blank", pattern("yyyy-MM-dd HH:mm:ss")),
                spelling("local", pattern("yyyy-MM-dd'T'HH:mm:ss.SSS")),
                spelling("utc", time -> time.toInstant(ZoneOffset.UTC).toString()),
                spelling("offset", pattern("yyyy-MM-dd'T'HH:mm:ssxxx")),
                spelling("d/M/y", pattern("d/M/yyyy")),
                spelling("dd.MM.yyyy", pattern("dd.MM.yyyy HH:mm")),
                spelling("M/d/y", pattern("M/d/yyyy h:mm a")),
                spelling("MM/dd/yy", pattern("MM/dd/yy")),
                spelling("dd-MMM-yyyy", pattern("dd-MMM-yyyy")),
                spelling("MMM d, yyyy", pattern("\"MMM d, yyyy\"")),
                spelling("RFC 1123", pattern("\"EEE, dd MMM yyyy HH:mm:ss\" 'GMT'")),
                spelling("yyyyMMdd", pattern("yyyyMMdd")),
                spelling("compact", pattern("yyyyMMdd'T'HHmmssX")),
                spelling("yyyyMM", pattern("yyyyMM")),
                spelling("yyyy-MM", pattern("yyyy-MM")),
                spelling("seconds", time -> Long.toString(time.toEpochSecond(ZoneOffset.UTC))),
                spelling("fractions", time -> time.toEpochSecond(ZoneOffset.UTC) + ".25"),
                spelling("milliseconds", time -> Long.toString(1_000 * time.toEpochSecond(ZoneOffset.UTC))),
                spelling("yyyyMMddHHmm", pattern("yyyyMMddHHmm")),
                spelling("yyyyMMddHHmmss", pattern("yyyyMMddHHmmss")),
                spelling("d.M.yy", pattern("d.M.yy")),
                spelling("MM/yyyy", pattern("MM/yyyy")),
                spelling("MMM-yy", pattern("MMM-yy")),
                spelling("quarter last", pattern("yyyy'Q'Q")),
                spelling("quarter first", pattern("'Q'Q yyyy")),
                spelling("week", pattern("YYYY'W'ww")),
                spelling("half of a year", time -> time.getYear() - time.getDayOfMonth() % 3 + "H1"),
                spelling("half of a year first", time -> "H2 " + (time.getYear() - time.getDayOfMonth() % 3)),
                spelling("year of accounts", time -> "FY" + (24 - time.getDayOfMonth() % 3)),
                spelling("of C", pattern("EEE MMM dd HH:mm:ss 'UTC' yyyy")),
                spelling("of a log", pattern("'['dd/MMM/yyyy:HH:mm:ss '+0200]'")),
                spelling("yyMMdd", pattern("yyMMdd")),
                spelling("ddMMyyyy", pattern("ddMMyyyy")),
                spelling("MMddyyyy", pattern("MMddyyyy")),
                spelling("dMMyyyy", pattern("dMMyyyy")),
                spelling("yyyyDDD", pattern("yyyyDDD")),
                spelling("day of a year", pattern("yyyy-DDD")),
                spelling("yyyyww", pattern("YYYYww")),
                spelling("day of a week", pattern("YYYY-'W'ww-e")),
                spelling("underscores", pattern("yyyy_MM_dd")),
                spelling("at", pattern("\"MMMM d, yyyy 'at' h:mm a\"")),
                spelling("with the era", pattern("yyyy.MM.dd G 'at' HH:mm:ss 'CET'")),
                spelling("dash", pattern("yyyy-MM-dd - HH:mm")),
                spelling("weekday between", pattern("yyyy-MM-dd EEE HH:mm")),
                spelling("time first", pattern("\"HH:mm, dd.MM.yyyy\"")),
                spelling("time of half a day first", pattern("h:mm a d/M/yyyy")),
                spelling("points", pattern("yyyy/MM/dd HH.mm.ss")),
                spelling("of Oracle", pattern("dd-MMM-yy hh.mm.ss.SSSSSS a")),
                spelling("day and month", pattern("d MMM")),
                spelling("month and day", pattern("MMMM d")),
                spelling("day with a point and month", pattern("d. MMM")),
                spelling("Chinese", pattern("yyyy\u5e74M\u6708d\u65e5")),
                spelling("Korean", pattern("yyyy\ub144 M\uc6d4 d\uc77c")),
                spelling("region", pattern("yyyy-MM-dd HH:mm:ss 'Europe/Berlin'")),
                spelling(
                        "German",
                        time -> time.getDayOfMonth() + ". "
                                + (time.getMonthValue() == 1
                                        ? "Januar"
                                        : time.getMonthValue() == 2 ? "Februar" : "M\u00e4rz")
                                + " 2024"),
                spelling(
                        "French",
                        time -> time.getDayOfMonth()
                                + (time.getMonthValue() == 1
                                        ? " janv. "
                                        : time.getMonthValue() == 2 ? " f\u00e9vr. " : " mars ")
                                + "2024"),
                spelling(
                        "Spanish",
                        time -> time.getDayOfMonth() + " de "
                                + (time.getMonthValue() == 1
                                        ? "enero"
                                        : time.getMonthValue() == 2 ? "febrero" : "marzo")
                                + " de 2024"),
                spelling("weekday name", pattern("EEEE")),
                spelling("month name", pattern("MMM")));
    }

    private static Arguments spelling(String name, Spelling spelling) {
        Spelling unquoted = time -> {
            String text = spelling.apply(time);
            return text.contains(",") ? "\"" + text.replace("\"", "") + "\"" : text.replace("\"", "");
        };
        return Arguments.of(name, unquoted);
    }

    static Stream<Arguments> calendarParts() {
        return Stream.of(
                Arguments.of("load_year", pattern("yyyy")),
                Arguments.of("month", pattern("M")),
                Arguments.of("orderQuarter", pattern("q")),
                Arguments.of("day_of_week", pattern("e")),
                Arguments.of("day", pattern("d")),
                Arguments.of("pickup_hour", pattern("H")),
                Arguments.of("order_date", (Spelling) time -> Long.toString(spreadsheetDay(time))),
                Arguments.of("created", (Spelling) time ->
                        spreadsheetDay(time) + "." + (1_000 + time.toLocalTime().toSecondOfDay() % 9_000)));
    }

    private static long spreadsheetDay(LocalDateTime time) {
        return LocalDate.of(1899, 12, 30).until(time, ChronoUnit.DAYS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spellings")
    void thatTimeGoesOnIsNoDrift(String name, Spelling spelling) {
        expectNoAlarm("t", spelling, 5_000, 500);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calendarParts")
    void thatTheCalendarGoesOnIsNoDrift(String name, Spelling spelling) {
        expectNoAlarm(name, spelling, 5_000, 500);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"300, 1", "300, 20", "2000, 100", "20000, 6000"})
    void noSizeOfWindowMakesItDrift(int baseline, int window) {
        expectNoAlarm("t", pattern("yyyy-MM-dd'T'HH:mm:ss"), baseline, window);
    }

    /** A month later, day for day: thirty windows, everything required that can be suggested, and drift beside. */
    private static void expectNoAlarm(String column, Spelling spelling, int rows, int window) {
        Baseline baseline = Baseline.of(Tables.csv(column + ",y", rows, lines(1, spelling, 0, BASELINE_DAYS, rows)));
        Monitor monitor = Monitor.against(baseline).requiring(on(column).drift());
        int alerts = 0;
        String last = "";
        for (int day = 0; day < 30; day++) {
            var later = Tables.csv(column + ",y", window, lines(2 + day, spelling, BASELINE_DAYS + day, 1, window));
            Report report = monitor.check(later);
            alerts += report.violations().isEmpty() ? 0 : 1;
            last = report.toString();
            assertThat(Tables.violated(report)).as(last).doesNotContain(column + " drift");
        }
        assertThat(baseline.profile().typing(column).type()).isEqualTo(ColumnType.TIME);
        assertThat(alerts).as(last).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MMM dd HH:mm:ss",
                "dd MMM HH:mm:ss",
                "EEE d MMM HH:mm:ss",
                "MMM d HH:mm:ss.SSS",
                "dd-MMM HH:mm:ss"
            })
    void timesWithoutAYearAreIdsWithDates(String pattern) {
        for (int rows : new int[] {500, 5_000}) {
            Dataset days = Tables.csv("t,y", rows, lines(1, pattern(pattern), 0, BASELINE_DAYS, rows));
            Monitor monitor = Monitor.against(Baseline.of(days));
            for (int window : new int[] {1, 20, 300}) {
                for (int day = 0; day < 20; day++) {
                    Report report = monitor.check(Tables.csv(
                            "t,y", window, lines(2 + day, pattern(pattern), BASELINE_DAYS + day, 1, window)));
                    assertThat(Tables.violated(report)).as(report.toString()).noneMatch(line -> line.startsWith("t "));
                }
            }
            Dataset dates = Tables.csv("t,y", 300, lines(3, pattern("yyyy-MM-dd HH:mm"), BASELINE_DAYS, 1, 300));
            assertThat(Tables.violated(monitor.check(dates))).contains("t format_share");
        }
    }

    static Stream<Arguments> changedFormats() {
        return Stream.of(
                changed("d/M turned M/d", pattern("dd/MM/yyyy"), pattern("MM/dd/yyyy")),
                changed("M/d turned d/M", pattern("M/d/yyyy HH:mm"), pattern("d/M/yyyy HH:mm")),
                changed("a zone is lost", pattern("yyyy-MM-dd'T'HH:mm:ssxxx"), pattern("yyyy-MM-dd'T'HH:mm:ss")),
                changed("a zone is said", pattern("yyyy-MM-dd HH:mm:ss"), pattern("yyyy-MM-dd HH:mm:ss'Z'")),
                changed("the time is lost", pattern("yyyy-MM-dd HH:mm"), pattern("yyyy-MM-dd")),
                changed("ddMM turned MMdd", pattern("ddMMyyyy"), pattern("MMddyyyy")),
                changed("a century is said", pattern("yyMMdd"), pattern("yyyyMMdd")),
                changed("a time turned to points", pattern("dd.MM.yyyy HH:mm"), pattern("dd.MM.yyyy HH.mm")),
                changed("the date is put first", pattern("\"HH:mm, dd.MM.yyyy\""), pattern("\"dd.MM.yyyy, HH:mm\"")),
                changed("d/M turned M/d behind a time", pattern("HH:mm dd/MM/yyyy"), pattern("HH:mm MM/dd/yyyy")),
                changed("a word is lost", pattern("d MMMM yyyy 'at' HH:mm"), pattern("d MMMM yyyy HH:mm")),
                changed("days of a year turned dates", pattern("yyyy-DDD"), pattern("yyyy-MM-dd")),
                changed("dates turned numbers", pattern("yyyy-MM-dd"), pattern("yyyyMMdd")),
                changed(
                        "seconds turned milliseconds",
                        time -> Long.toString(time.toEpochSecond(ZoneOffset.UTC)),
                        time -> time.toEpochSecond(ZoneOffset.UTC) + "000"),
                changed("days turned months", pattern("yyyyMMdd"), pattern("yyyyMM")),
                changed("names turned numbers", pattern("MMM"), pattern("MM")));
    }

    private static Arguments changed(String name, Spelling before, Spelling after) {
        return Arguments.of(name, before, after);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changedFormats")
    void anotherFormatIsSeen(String name, Spelling before, Spelling after) {
        Monitor monitor =
                Monitor.against(Baseline.of(Tables.csv("t,y", 5_000, lines(1, before, 0, BASELINE_DAYS, 5_000))));
        Report all = monitor.check(Tables.csv("t,y", 500, lines(2, after, BASELINE_DAYS, 10, 500)));
        Report some = monitor.check(Tables.csv("t,y", 2_000, lines(3, rarely(before, after), 20, 10, 2_000)));

        assertThat(Tables.violated(all)).containsAnyOf("t format_share", "t type_share");
        assertThat(Tables.violated(some)).containsAnyOf("t format_share", "t type_share");
    }

    /** One row in twelve is of the other spelling. */
    private static Spelling rarely(Spelling usual, Spelling other) {
        int[] row = {0};
        return time -> (row[0]++ % 12 == 0 ? other : usual).apply(time);
    }

    static Stream<Arguments> outOfTime() {
        return Stream.of(
                odd("yyyy-MM-dd", "1970-01-01", "stale_share"),
                odd("yyyy-MM-dd", "9999-12-31", "future_share"),
                odd("dd/MM/yyyy HH:mm", "01/01/1900 00:00", "stale_share"),
                odd("yyyy-MM-dd'T'HH:mm:ss", "2042-03-01T00:00:00", "future_share"),
                odd("yyyyMMdd", "20991231", "future_share"),
                odd("yyyyMMdd", "20200229", "stale_share"),
                odd("yyyy-MM-dd HH:mm", "2124-02-20 10:00", "future_share"));
    }

    private static Arguments odd(String format, String value, String metric) {
        return Arguments.of(format, value, metric);
    }

    @ParameterizedTest(name = "{1} among {0}")
    @MethodSource("outOfTime")
    void aTimeThatIsNotOfTheOthersIsSeen(String format, String value, String metric) {
        Spelling usual = pattern(format);
        for (int rows : new int[] {500, 6_000}) {
            Monitor monitor =
                    Monitor.against(Baseline.of(Tables.csv("t,y", rows, lines(1, usual, 0, BASELINE_DAYS, rows))));
            Report report =
                    monitor.check(Tables.csv("t,y", rows, lines(2, rarely(usual, time -> value), 20, 10, rows)));
            // Rows with the same odd time and the same y are equal, too.
            assertThat(Tables.violated(report))
                    .contains("t " + metric)
                    .isSubsetOf("t " + metric, " duplicate_row_share");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yyyy-MM-dd", "dd/MM/yyyy HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyyMMdd", "yyyyMM"})
    void aWholeWindowOfAnotherCenturyIsSeen(String format) {
        Spelling usual = pattern(format);
        Monitor monitor =
                Monitor.against(Baseline.of(Tables.csv("t,y", 5_000, lines(1, usual, 0, BASELINE_DAYS, 5_000))));
        for (int rows : new int[] {1, 20, 2_000}) {
            Spelling century = time -> usual.apply(time.plusYears(100));
            Spelling years = time -> usual.apply(time.plusYears(3));

            assertThat(Tables.violated(monitor.check(Tables.csv("t,y", rows, lines(2, century, 20, 10, rows)))))
                    .as(format + " of " + rows)
                    .containsAnyOf("t future_share", "t format_share"); // digits of another century are no date
            assertThat(Tables.violated(monitor.check(Tables.csv("t,y", rows, lines(2, years, 20, 10, rows)))))
                    .as(format + " of " + rows)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yyyyMMddHH", "yyyyMMddHHmm", "yyyyMMddHHmmss"})
    void aClockOfDigitsIsNoCountOfSeconds(String digits) {
        Spelling spelling = pattern(digits);
        Baseline baseline =
                Baseline.of(Tables.csv("t,y", 500, i -> spelling.apply(START.plusMinutes(61L * i)) + "," + i % 7));

        assertThat(baseline.describe()).contains("t: time, as " + digits + "\n");
        assertThat(Tables.violated(Monitor.against(baseline)
                        .check(Tables.csv(
                                "t,y",
                                100,
                                i -> START.plusMinutes(61L * i + 40_000).toEpochSecond(ZoneOffset.UTC) + "," + i % 7))))
                .contains("t format_share");
    }

    @ParameterizedTest(name = "one in {0}")
    @ValueSource(ints = {2, 5, 33, 200})
    void aWindowWithoutATimeWhereTimesAreRareDoesNotAlert(int one) {
        Spelling day = pattern("yyyy-MM-dd");
        Monitor monitor = Monitor.against(Baseline.of(
                Tables.csv("t,y", 4_000, i -> (i % one == 0 ? day.apply(START.plusHours(i / 8)) : "") + "," + i % 7)));

        for (int rows : new int[] {1, 5, 20}) {
            Report report = monitor.check(Tables.csv("t,y", rows, i -> "," + i % 7));
            assertThat(Tables.violated(report)).as(report.toString()).isSubsetOf("t completeness");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3", "2.11.07-b3", "Q5 2024", "3/1", "A-24", "2024X14", "[x]"})
    void textsThatLookLikeTimesAreNone(String text) {
        Baseline baseline = Baseline.of(Tables.csv("t,y", 500, i -> text + "," + i % 7));

        assertThat(baseline.profile().typing("t").type()).isNotEqualTo(ColumnType.TIME);
    }

    @ParameterizedTest
    @CsvSource({"NaT", "''", "NA", "null", "-"})
    void aMissingTimeIsMissing(String missing) {
        Spelling spelling = rarely(pattern("yyyy-MM-dd"), time -> missing);
        Baseline baseline = Baseline.of(Tables.csv("t,y", 3_000, lines(1, spelling, 0, BASELINE_DAYS, 3_000)));

        assertThat(baseline.profile().typing("t").type()).isEqualTo(ColumnType.TIME);
        assertThat(baseline.metric("t", "completeness").value()).isBetween(0.91, 0.92);
        assertThat(baseline.metric("t", "format_share").value()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "amount, 0, 1000",
        "price, 0, 250000",
        "score, 0, 1",
        "hour_rate, 0, 40",
        "calories, 0, 20000000",
        "n, 0, 12",
        "salary, 40000, 50000",
        "response_time, 40000, 50000",
        "price_at_close, 40000, 50000"
    })
    void ordinaryNumbersAreNoTimes(String name, int least, int most) {
        SplittableRandom random = new SplittableRandom(1);
        Baseline baseline = Baseline.of(
                Tables.csv(name + ",y", 3_000, i -> random.nextInt(least, most + 1) + "," + random.nextInt(2)));

        assertThat(baseline.profile().typing(name).type()).isNotEqualTo(ColumnType.TIME);
        assertThat(baseline.metric(name, "format_share")).isNull();
    }

    @ParameterizedTest(name = "from {0}")
    @ValueSource(ints = {2_000_001, 200_001, 110_101, 1_011_900, 3_011_950, 19_000_101})
    void countersThatBeginLikeTimesAreNone(int first) {
        Baseline baseline = Baseline.of(Tables.csv("n,y", 300, i -> first + i + "," + i % 7));

        assertThat(baseline.profile().typing("n").type()).isEqualTo(ColumnType.ID);
    }

    @ParameterizedTest
    @CsvSource({"ddMMyyyy, 03, 13", "MMddyyyy, 01, 14", "YYYYww, 02, 15"})
    void fewTimesThatMayBeReadInTwoWaysAreReadInBoth(String format, int first, int last) {
        Spelling spelling = pattern(format);
        LocalDateTime start = LocalDateTime.of(2024, 2, first, 0, 0);
        int days = format.equals("YYYYww") ? 7 : 1;
        Monitor monitor = Monitor.against(
                Baseline.of(Tables.csv("t,y", 300, i -> spelling.apply(start.plusDays(i / 100)) + "," + i % 7)));

        assertThat(Tables.violated(monitor.check(Tables.csv(
                        "t,y",
                        100,
                        i -> spelling.apply(start.plusDays(days * (last - first) + i / 50)) + "," + i % 7))))
                .isEmpty();
    }

    @Test
    void aTimeIsWhatAUserSaysItIs() {
        SplittableRandom random = new SplittableRandom(1);
        Baseline found = Baseline.of(
                Tables.csv("tick,y", 3_000, i -> (7 * (i * 1_999 % 3_000) + random.nextInt(3)) * 1.5 + ",1"));
        Baseline said = found.declaring(ColumnRole.time("tick"));
        var later = Tables.csv("tick,y", 500, i -> (30_000 + 7 * i + random.nextInt(3)) * 1.5 + ",1");

        assertThat(Tables.violated(Monitor.against(found).check(later))).contains("tick drift");
        assertThat(Tables.violated(Monitor.against(said).check(later))).isEmpty();
        assertThatThrownBy(() -> found.declaring(ColumnRole.time("tik")))
                .hasMessage("column 'tik' is none of the baseline's 2; the nearest is 'tick'");
    }

    @Test
    void aPartOfTheCalendarIsACategoryIfAUserSaysSo() {
        Baseline found = Baseline.of(Tables.csv("hour,y", 4_800, i -> i % 24 + ",1"));
        Baseline said = found.declaring(ColumnRole.category("hour"));
        var nights = Tables.csv("hour,y", 500, i -> i % 6 + ",1");
        var late = Tables.csv("hour,y", 500, i -> i % 26 + ",1");

        assertThat(Tables.violated(Monitor.against(found).check(nights))).isEmpty();
        assertThat(Tables.violated(Monitor.against(said).check(nights))).containsExactly("hour drift");
        assertThat(Tables.violated(Monitor.against(said).check(late))).contains("hour domain_share");
        assertThat(Tables.violated(Monitor.against(found).check(late))).contains("hour format_share");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spellings")
    void aTimeIsATimeWhateverPartsItWasMergedFrom(String name, Spelling spelling) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 9_000; i++) {
            rows.add(lines(1, spelling, 0, BASELINE_DAYS, 9_000).apply(i));
        }
        Baseline whole = Baseline.of(Tables.csv("t,y", 9_000, rows::get));
        Baseline parts = Baseline.of(Tables.csv("t,y", 1_000, rows::get))
                .merge(Baseline.of(Tables.csv("t,y", 5_000, i -> rows.get(1_000 + i))))
                .merge(Baseline.of(Tables.csv("t,y", 3_000, i -> rows.get(6_000 + i))));

        assertThat(parts.profile().typing("t").toString())
                .isEqualTo(whole.profile().typing("t").toString());
        for (String metric : List.of("format_share", "completeness")) {
            assertThat(parts.metric("t", metric)).isEqualTo(whole.metric("t", metric));
        }
        assertThat(Tables.saved(parts).metrics()).isEqualTo(parts.metrics());
    }

    private static IntFunction<String> lines(int seed, Spelling spelling, int firstDay, int days, int rows) {
        return i -> {
            SplittableRandom random = new SplittableRandom(1_000_003L * seed + i);
            long span = (long) DAY * days;
            long second = (long) ((double) i / rows * span) + random.nextInt((int) (span / rows) + 1);
            return spelling.apply(START.plusDays(firstDay).plusSeconds(second)) + ","
                    + (random.nextInt(3) == 0 ? "a" : "b");
        };
    }

    @Test
    void aClockThatStandsStillIsSeen() {
        LongFunction<String> clock =
                second -> Instant.ofEpochSecond(1_700_000_000L + 613 * second).toString();
        Monitor monitor = Monitor.against(Baseline.of(Tables.csv("t,y", 5_000, i -> clock.apply(i) + "," + i % 7)));

        assertThat(Tables.violated(monitor.check(Tables.csv("t,y", 2_000, i -> clock.apply(5_000 + i) + "," + i % 7))))
                .isEmpty();
        assertThat(Tables.violated(monitor.check(Tables.csv("t,y", 2_000, i -> clock.apply(5_000) + "," + i % 7))))
                .contains("t distinct_share");
    }
}

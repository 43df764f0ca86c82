package io.modelmonitor.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId CAIRO = ZoneId.of("Africa/Cairo");

    private static final List<String> EXPRESSIONS = List.of(
            "0 * * * *",
            "30 * * * *",
            "30 1 * * *",
            "30 2 * * *",
            "0 0 * * *",
            "0 */2 * * *",
            "0 6 * * MON-FRI",
            "0 0,12 1,15 * *",
            "59 23 * * *");

    /** Northern, southern, half an hour, at midnight, twice a year less for Ramadan, and none. */
    @ParameterizedTest
    @Tag("exhaustive")
    @ValueSource(
            strings = {
                "America/New_York",
                "Europe/Berlin",
                "Australia/Lord_Howe",
                "Africa/Cairo",
                "America/Santiago",
                "Africa/Casablanca",
                "Asia/Kathmandu",
                "Pacific/Apia",
                "UTC"
            })
    void windowsTileTimeThroughAllChangesOfTheClock(String name) {
        ZoneId zone = ZoneId.of(name);
        Instant start = Instant.parse("2025-12-28T00:00:00Z");
        Instant end = Instant.parse("2027-01-03T00:00:00Z");
        for (String expression : EXPRESSIONS) {
            assertTiles(Schedule.cron(expression, zone), start, end);
        }
        // Of quarters of an hour, those of the days around a change are enough.
        Schedule quarters = Schedule.cron("*/15 * * * *", zone);
        assertTiles(quarters, start, start.plus(Duration.ofDays(2)));
        ZoneRules rules = zone.getRules();
        for (ZoneOffsetTransition change = rules.nextTransition(start);
                change != null && change.getInstant().isBefore(end);
                change = rules.nextTransition(change.getInstant())) {
            assertTiles(
                    quarters,
                    change.getInstant().minus(Duration.ofDays(2)),
                    change.getInstant().plus(Duration.ofDays(2)));
        }
    }

    private static void assertTiles(Schedule schedule, Instant start, Instant end) {
        Instant last = schedule.next(start);
        for (Instant next = schedule.next(last); next != null && next.isBefore(end); next = schedule.next(next)) {
            Window window = schedule.window(next);
            assertThat(window.end()).as("%s", schedule).isEqualTo(next);
            assertThat(window.start()).as("%s", schedule).isEqualTo(last);
            assertThat(schedule.previous(next)).as("%s", schedule).isEqualTo(last);
            last = next;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Cairo", "America/Santiago"})
    void aDailyTimeComesExactlyOnceEachDay(String name) {
        ZoneId zone = ZoneId.of(name);
        for (String expression : List.of("0 0 * * *", "30 0 * * *", "30 1 * * *", "30 2 * * *", "15 23 * * *")) {
            Schedule schedule = Schedule.cron(expression, zone);
            LocalDate day = LocalDate.parse("2026-01-01");
            Instant time = schedule.next(day.minusDays(1)
                    .atTime(LocalTime.of(23, 59, 59))
                    .atZone(zone)
                    .toInstant());
            for (int i = 0; i < 730; i++) {
                assertThat(time.atZone(zone).toLocalDate())
                        .as(expression + " in " + zone)
                        .isEqualTo(day.plusDays(i));
                time = schedule.next(time);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"America/New_York", "Europe/Berlin", "Africa/Cairo", "America/Santiago", "UTC"})
    void everyHourPassesAnHourWhateverTheClocksDo(String name) {
        Schedule schedule = Schedule.cron("0 * * * *", ZoneId.of(name));
        Instant time = schedule.next(Instant.parse("2025-12-31T12:30:00Z"));
        for (int i = 0; i < 2 * 8_760; i++) {
            Instant next = schedule.next(time);
            assertThat(Duration.between(time, next)).isEqualTo(Duration.ofHours(1));
            time = next;
        }
    }

    @Test
    void aTimeThatTheClockSkipsIsTheFirstInstantAfterTheGap() {
        Schedule schedule = Schedule.cron("30 2 * * *", NEW_YORK);
        assertThat(schedule.next(Instant.parse("2026-03-08T05:00:00Z"))).isEqualTo("2026-03-08T07:00:00Z");
        Schedule midnight = Schedule.cron("0 0 * * *", CAIRO);
        Instant day = LocalDate.parse("2026-04-23").atTime(12, 0).atZone(CAIRO).toInstant();
        assertThat(midnight.next(day).atZone(CAIRO).toLocalDateTime()).isEqualTo("2026-04-24T01:00");
    }

    @Test
    void aTimeThatComesTwiceCountsOnceTheFirstTime() {
        Schedule schedule = Schedule.cron("30 1 * * *", NEW_YORK);
        Instant first = schedule.next(Instant.parse("2026-11-01T04:00:00Z"));
        assertThat(first).isEqualTo("2026-11-01T05:30:00Z");
        assertThat(schedule.next(first)).isEqualTo("2026-11-02T06:30:00Z");
    }

    @Test
    void hoursAreTwentyFiveInAutumnAndTwentyThreeInSpring() {
        Schedule schedule = Schedule.cron("0 * * * *", NEW_YORK);
        assertThat(times(schedule, "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"))
                .hasSize(25);
        assertThat(times(schedule, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"))
                .hasSize(23);
    }

    @Test
    void theServicesHoursStartAnewEachDay() {
        assertThat(times(Schedule.everyHours(10), "2026-01-01T00:00:00Z", "2026-01-02T10:00:00Z"))
                .containsExactly(
                        Instant.parse("2026-01-01T10:00:00Z"),
                        Instant.parse("2026-01-01T20:00:00Z"),
                        Instant.parse("2026-01-02T00:00:00Z"),
                        Instant.parse("2026-01-02T10:00:00Z"));
        assertThat(times(Schedule.cron("cron(0 17/2 ? * * *)"), "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"))
                .hasSize(4);
        assertThat(times(Schedule.cron("cron(0 * ? * * *)"), "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"))
                .isEqualTo(times(Schedule.hourly(), "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"))
                .hasSize(24);
        assertThat(times(Schedule.cron("cron(0 6 ? * * *)"), "2026-01-01T00:00:00Z", "2026-01-08T00:00:00Z"))
                .hasSize(7);
    }

    @Test
    void anyLengthFromAMinuteUpTilesTimeToo() {
        Schedule schedule = Schedule.every(Duration.ofSeconds(100));
        assertThat(schedule.window(Instant.EPOCH)).isEqualTo(new Window(Instant.ofEpochSecond(-100), Instant.EPOCH));
        assertThat(schedule.next(Instant.ofEpochSecond(0, 1))).isEqualTo(Instant.ofEpochSecond(100));
        assertThat(schedule.previous(Instant.ofEpochSecond(0, 1))).isEqualTo(Instant.EPOCH);
    }

    @Test
    void onceHasOneTimeAndOneWindow() {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        Instant to = Instant.parse("2026-01-01T07:30:00Z");
        Schedule schedule = Schedule.once(from, to);
        assertThat(schedule.next(Instant.EPOCH)).isEqualTo(to);
        assertThat(schedule.next(to)).isNull();
        assertThat(schedule.window(to)).isEqualTo(new Window(from, to));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 25 * * *            | the nearest is 23",
                "61 * * * *            | the nearest is 59",
                "0 0 * * *  *          | of 6 fields",
                "0 0 13 * 5            | such as '0 0 * * 5'",
                "0 0 31 2 *            | no calendar has",
                "0 0 * * FRI-MON       | a range that ascends, such as 1-5",
                "0 0 * * MO            | names as MON",
                "*/0 * * * *           | a step of at least 1",
                "cron(5 * ? * * *)     | allowed is 'cron(0 * ? * * *)'",
                "cron(0 24 ? * * *)    | from 0 to 23",
                "cron(0 0/25 ? * * *)  | every 1 to 24 hours",
                "cron(0 0 ? * MON *)   | or five fields",
                "NOW                   | Schedule.once(from, to)"
            })
    void aBadExpressionIsRefusedInOneLineThatNamesWhatIsRight(String expression, String right) {
        assertThatThrownBy(() -> Schedule.cron(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cron is '" + expression.strip())
                .hasMessageContaining(right)
                .hasMessageNotContaining("\n");
    }

    @Test
    void lengthsAndZonesThatCannotBeAreRefused() {
        assertThatThrownBy(() -> Schedule.every(Duration.ofSeconds(59)))
                .hasMessage("length is PT59S; allowed is at least PT1M");
        assertThatThrownBy(() -> Schedule.everyHours(25)).hasMessageContaining("the nearest is 24");
        assertThatThrownBy(() -> Schedule.cron("cron(0 6 ? * * *)", NEW_YORK)).hasMessageContaining("'0 6 * * *'");
        assertThatThrownBy(() -> Schedule.hourly().window(Instant.ofEpochSecond(1)))
                .hasMessageContaining("1970-01-01T01:00:00Z");
    }

    private static List<Instant> times(Schedule schedule, String after, String until) {
        List<Instant> times = new ArrayList<>();
        Instant end = Instant.parse(until);
        for (Instant time = schedule.next(Instant.parse(after));
                time != null && !time.isAfter(end);
                time = schedule.next(time)) {
            times.add(time);
        }
        return times;
    }
}

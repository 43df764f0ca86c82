package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Times of which seconds or fractions are cut off in the same spelling, and those that are as they were. */
@Tag("simulation")
class RoundedTimesTest {

    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 1, 0, 0);
    private static final int ROWS = 5_000;
    private static final String METRIC = "t rounded_time_share";

    private static Instant instant(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC);
    }

    static Stream<Arguments> cuts() {
        return Stream.of(
                cut("fractions are zeros", ChronoUnit.SECONDS, TimeSpelling.pattern("yyyy-MM-dd'T'HH:mm:ss.SSS")),
                cut("some fractions are not written", ChronoUnit.SECONDS, time -> instant(time)
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString()),
                cut("seconds are zeros", ChronoUnit.MINUTES, TimeSpelling.pattern("yyyy-MM-dd HH:mm:ss")),
                cut("minutes are zeros", ChronoUnit.HOURS, TimeSpelling.pattern("dd/MM/yyyy HH:mm")),
                cut("midnights", ChronoUnit.DAYS, TimeSpelling.pattern("yyyy-MM-dd HH:mm:ss")),
                cut("midnights with a zone", ChronoUnit.DAYS, TimeSpelling.pattern("yyyy-MM-dd'T'HH:mm:ss'+02:00'")),
                cut("milliseconds of seconds", ChronoUnit.SECONDS, time -> instant(time)
                        .toEpochMilli()),
                cut(
                        "microseconds of milliseconds",
                        ChronoUnit.MILLIS,
                        time -> 1_000 * instant(time).toEpochMilli() + time.get(ChronoField.MICRO_OF_SECOND) % 1_000),
                cut("seconds of days", ChronoUnit.DAYS, time -> instant(time).getEpochSecond()),
                cut("digits", ChronoUnit.MINUTES, TimeSpelling.pattern("yyyyMMddHHmmss")));
    }

    private static Arguments cut(String name, ChronoUnit unit, TimeSpelling spelling) {
        return Arguments.of(name, unit, spelling);
    }

    private static List<LocalDateTime> times(int from, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(from, from + rows)
                .mapToObj(i -> START.plusSeconds(1_300L * i).plus(random.nextInt(1_300_000_000), ChronoUnit.MICROS))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cuts")
    void timesThatAreCutAreToldOnceAndTheSameProcessLaterIsHealthy(
            String name, ChronoUnit unit, TimeSpelling spelling) {
        Monitor monitor = Monitor.against(Baseline.of(TimeSpelling.table(times(0, ROWS, 1), spelling)));
        for (int rows : new int[] {200, 2_000, 9_000}) {
            List<LocalDateTime> window = times(ROWS, rows, rows);
            assertThat(Tables.violated(monitor.check(TimeSpelling.table(
                            window.stream().map(time -> time.truncatedTo(unit)).toList(), spelling))))
                    .as("%d rows", rows)
                    .contains(METRIC)
                    .isSubsetOf(METRIC, "t distinct_share", "t hour_drift");
            List<LocalDateTime> some = IntStream.range(0, rows)
                    .mapToObj(i -> i % 2 == 0 ? window.get(i) : window.get(i).truncatedTo(unit))
                    .toList();
            assertThat(Tables.violated(monitor.check(TimeSpelling.table(some, spelling))))
                    .as("half of %d rows", rows)
                    .containsAnyOf(METRIC, unit == ChronoUnit.DAYS ? "t hour_drift" : METRIC);
        }
        for (int rows : new int[] {1, 20, 200, 2_000}) {
            for (int i = 0; i < 8; i++) {
                assertThat(Tables.violated(
                                monitor.check(TimeSpelling.table(times(ROWS + i * rows, rows, 50 + i), spelling))))
                        .as("%d rows", rows)
                        .isEmpty();
            }
        }
    }

    @Test
    void anotherSpellingOfRoundedTimesIsToldAsAFormat() {
        TimeSpelling fractions = TimeSpelling.pattern("yyyy-MM-dd'T'HH:mm:ss.SSS");
        TimeSpelling seconds = TimeSpelling.pattern("yyyy-MM-dd'T'HH:mm:ss");
        Monitor monitor = Monitor.against(Baseline.of(TimeSpelling.table(times(0, ROWS, 1), fractions)));

        assertThat(Tables.violated(monitor.check(TimeSpelling.table(times(ROWS, 2_000, 2), seconds))))
                .containsExactly("t format_share");
    }

    static Stream<Arguments> clocks() {
        return Stream.of(
                Arguments.of("every five minutes", clock(300, 1)),
                Arguments.of("every quarter of an hour", clock(900, 1)),
                Arguments.of("every three hours", clock(10_800, 1)),
                Arguments.of("every hour, many rows", clock(3_600, 7)),
                Arguments.of("every day", clock(86_400, 2)),
                Arguments.of("midnights of another zone", (Function<Integer, LocalDateTime>)
                        i -> START.plusDays(i / 30).minusHours(i / 30 / 180 % 2)));
    }

    private static Function<Integer, LocalDateTime> clock(int seconds, int rows) {
        return i -> START.plusSeconds((long) seconds * (i / rows));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clocks")
    void regularClocksAreNotRoundedHoweverManyTimesAreRemembered(String name, Function<Integer, LocalDateTime> clock) {
        TimeSpelling spelling = TimeSpelling.pattern("yyyy-MM-dd HH:mm:ss");
        for (int baseline : new int[] {700, 5_400, 20_000}) {
            Monitor monitor = Monitor.against(Baseline.of(TimeSpelling.table(
                    IntStream.range(0, baseline).mapToObj(clock::apply).toList(), spelling)));
            for (int rows : new int[] {1, 20, 200, 2_000, 12_000}) {
                List<LocalDateTime> window = IntStream.range(baseline, baseline + rows)
                        .mapToObj(clock::apply)
                        .toList();
                assertThat(Tables.violated(monitor.check(TimeSpelling.table(window, spelling))))
                        .doesNotContain(METRIC);
            }
        }
    }
}

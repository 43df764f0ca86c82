package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One time that stands for none among times that come in no order, such as dates of birth. */
@Tag("simulation")
class RepeatedTimesTest {

    private static final int ROWS = 5_000;
    private static final String METRIC = "t repeated_time_share";

    /** Makes a time of some rows. */
    private interface Times extends Function<SplittableRandom, LocalDateTime> {}

    private static LocalDateTime day(int first, int days, SplittableRandom random) {
        return LocalDateTime.of(1940, 1, 1, 0, 0).plusDays(first + random.nextInt(days));
    }

    static Stream<Arguments> columns() {
        Times births = random -> day(0, 25_000, random);
        Times firsts = random -> day(20_000, 6_000, random).withDayOfMonth(1);
        Times visits = random -> day(29_000, 700, random).plusSeconds(28_800 + random.nextInt(36_000));
        Times skewed = random -> day((int) (29_000 - 9_000 * Math.pow(random.nextDouble(), 3)), 30, random);
        return Stream.of(
                column("dates of birth", births, TimeSpelling.pattern("yyyy-MM-dd")),
                column("dates of birth, day first", births, TimeSpelling.pattern("dd/MM/yyyy")),
                column("dates of birth of digits", births, TimeSpelling.pattern("yyyyMMdd")),
                column("dates with names of months", births, TimeSpelling.pattern("MMM d, yyyy")),
                column("first days of months", firsts, TimeSpelling.pattern("yyyy-MM-dd")),
                column("months", firsts, TimeSpelling.pattern("yyyy-MM")),
                column("visits", visits, TimeSpelling.pattern("yyyy-MM-dd'T'HH:mm:ss")),
                column("visits in seconds", visits, time -> time.toEpochSecond(ZoneOffset.UTC)),
                column("visits of days", visits, time -> time.truncatedTo(ChronoUnit.DAYS)
                        .toString()),
                column("dates that most rows have lately", skewed, TimeSpelling.pattern("yyyy-MM-dd")));
    }

    private static Arguments column(String name, Times times, TimeSpelling spelling) {
        return Arguments.of(name, times, spelling);
    }

    private static List<LocalDateTime> drawn(int rows, Times times, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Stream.generate(() -> times.apply(random)).limit(rows).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("columns")
    void aTimeThatManyRowsHaveIsSeenAndOthersAlertRarely(String name, Times times, TimeSpelling spelling) {
        Monitor monitor = Monitor.against(Baseline.of(TimeSpelling.table(drawn(ROWS, times, 1), spelling)));
        for (double share : new double[] {0.05, 0.6}) {
            int seen = 0;
            for (int run = 0; run < 20; run++) {
                List<LocalDateTime> window = new ArrayList<>(drawn(2_000, times, 100 + run));
                LocalDateTime stuck = window.get(0);
                SplittableRandom random = new SplittableRandom(run);
                window.replaceAll(time -> random.nextDouble() < share ? stuck : time);
                seen += Tables.violated(monitor.check(TimeSpelling.table(window, spelling)))
                                .contains(METRIC)
                        ? 1
                        : 0;
            }
            assertThat(seen).as("of 20 with %s at one time", share).isGreaterThanOrEqualTo(19);
        }
        int alerts = 0;
        for (int rows : new int[] {1, 3, 12, 50, 200, 1_000, 8_000}) {
            for (int run = 0; run < 6; run++) {
                alerts += monitor.check(TimeSpelling.table(drawn(rows, times, 7L * rows + run), spelling))
                                .isHealthy()
                        ? 0
                        : 1;
            }
        }
        assertThat(alerts).as("of 42 windows of the same process").isLessThanOrEqualTo(2);
    }

    static Stream<Arguments> laterWindows() {
        return Stream.of(
                Arguments.of("the next day", 60, 1),
                Arguments.of("the last day again", 59, 1),
                Arguments.of("the last day and the next", 59, 2),
                Arguments.of("the last week and the next", 53, 14),
                Arguments.of("half of the days again", 20, 30),
                Arguments.of("a day in the middle", 30, 1),
                Arguments.of("two months later", 60, 60));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("laterWindows")
    void windowsOfFewerOrLaterDaysThanABaselineInNoOrderAreNoChange(String name, int first, int days) {
        Times baseline = random -> day(30_000, 60, random);
        Times window = random -> day(30_000 + first, days, random);
        for (TimeSpelling spelling : List.of(TimeSpelling.pattern("yyyy-MM-dd"), TimeSpelling.pattern("d.M.yyyy"))) {
            Monitor monitor = Monitor.against(Baseline.of(TimeSpelling.table(drawn(ROWS, baseline, 5), spelling)));
            for (int rows : new int[] {20, 300, 5_000}) {
                for (int run = 0; run < 3; run++) {
                    assertThat(Tables.violated(monitor.check(TimeSpelling.table(drawn(rows, window, run), spelling))))
                            .as("%d rows", rows)
                            .doesNotContain(METRIC);
                }
            }
        }
    }

    static Stream<Arguments> clocks() {
        return Stream.of(
                column("seconds", TimeSpelling.pattern("yyyy-MM-dd HH:mm:ss")),
                column("minutes and a half of the day", TimeSpelling.pattern("MM/dd/yyyy hh:mm a")),
                column("milliseconds since 1970", time -> 1_000 * time.toEpochSecond(ZoneOffset.UTC)),
                column("digits", TimeSpelling.pattern("yyyyMMddHHmmss")),
                column("of a log", TimeSpelling.pattern("dd/MMM/yyyy:HH:mm:ss 'Z'")));
    }

    private static Arguments column(String name, TimeSpelling spelling) {
        return Arguments.of(name, spelling);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clocks")
    void aTimeThatManyRowsHaveIsSeenAmongLaterOnes(String name, TimeSpelling spelling) {
        Monitor monitor = Monitor.against(
                Baseline.of(TimeSpelling.table(drawn(ROWS, random -> visit(30_000, 180, random), 1), spelling)));
        int alerts = 0;
        for (int window = 0; window < 12; window++) {
            int first = 30_180 + 28 * window;
            List<LocalDateTime> times = drawn(2_000, random -> visit(first, 28, random), 50 + window);
            alerts += monitor.check(TimeSpelling.table(times, spelling)).isHealthy() ? 0 : 1;

            for (LocalDateTime stuck : List.of(times.get(0), visit(30_180, 1, new SplittableRandom(window)))) {
                for (int each : new int[] {3, 15}) {
                    List<LocalDateTime> some = new ArrayList<>(times);
                    for (int i = 0; i < some.size(); i += each) {
                        some.set(i, stuck);
                    }
                    assertThat(Tables.violated(monitor.check(TimeSpelling.table(some, spelling))))
                            .as("each %dth is %s", each, stuck)
                            .containsExactly(METRIC);
                }
            }
            List<LocalDateTime> cut = times.stream()
                    .map(time -> time.truncatedTo(ChronoUnit.HOURS))
                    .toList();
            assertThat(Tables.violated(monitor.check(TimeSpelling.table(cut, spelling))))
                    .as("cut to hours")
                    .isNotEmpty()
                    .doesNotContain(METRIC);
        }
        assertThat(alerts).as("of 12 windows of the same process").isLessThanOrEqualTo(1);
    }

    private static LocalDateTime visit(int first, int days, SplittableRandom random) {
        return day(first, days, random).plusSeconds(28_800 + random.nextInt(36_000));
    }

    static Stream<Arguments> movingDates() {
        return Stream.of(
                moving(
                        "appointments",
                        (day, random) -> day.plusDays(1 + (int) (60 * Math.pow(random.nextDouble(), 2)))),
                moving("due dates", (day, random) -> day.plusDays(random.nextBoolean() ? 14 : 30)),
                moving("contracts from the first of a month", (day, random) -> day.plusMonths(1 + random.nextInt(3))
                        .withDayOfMonth(1)),
                moving("cards that expire", (day, random) -> day.plusMonths(random.nextInt(48))
                        .withDayOfMonth(28)),
                moving("registrations", (day, random) -> day.minusDays(random.nextInt(1_800))),
                moving("the last visit", (day, random) -> day.minusDays((int) (-10 * Math.log(random.nextDouble())))));
    }

    private static Arguments moving(String name, BiFunction<LocalDateTime, SplittableRandom, LocalDateTime> ofDay) {
        return Arguments.of(name, ofDay);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("movingDates")
    void datesThatMoveWithTheRowsAreNoChange(
            String name, BiFunction<LocalDateTime, SplittableRandom, LocalDateTime> ofDay) {
        TimeSpelling spelling = TimeSpelling.pattern("yyyy-MM-dd");
        for (int days : new int[] {30, 180}) {
            Times baseline = random -> ofDay.apply(day(30_000, days, random), random);
            Monitor monitor = Monitor.against(Baseline.of(TimeSpelling.table(drawn(ROWS, baseline, 6), spelling)));
            for (int length : new int[] {1, 7, 30}) {
                Times window = random -> ofDay.apply(day(30_000 + days, length, random), random);
                for (int rows : new int[] {50, 500, 5_000}) {
                    assertThat(Tables.violated(monitor.check(TimeSpelling.table(drawn(rows, window, rows), spelling))))
                            .as("%d rows of %d days after %d", rows, length, days)
                            .doesNotContain(METRIC);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("columns")
    void rowsOfACustomerHaveTheSameDate(String name, Times times, TimeSpelling spelling) {
        Monitor monitor = Monitor.against(Baseline.of(TimeSpelling.table(ofCustomers(ROWS, times, 1), spelling)));
        for (int rows : new int[] {5, 20, 100, 1_000}) {
            for (int run = 0; run < 5; run++) {
                List<LocalDateTime> window = ofCustomers(rows, times, 31L * rows + run);
                assertThat(Tables.violated(monitor.check(TimeSpelling.table(window, spelling))))
                        .as("%d rows", rows)
                        .doesNotContain(METRIC);
            }
        }
    }

    /** Returns the times of customers, of up to twenty rows each, one behind the other. */
    private static List<LocalDateTime> ofCustomers(int rows, Times times, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LocalDateTime> all = new ArrayList<>();
        while (all.size() < rows) {
            all.addAll(Collections.nCopies(1 + random.nextInt(20), times.apply(random)));
        }
        return all.subList(0, rows);
    }
}

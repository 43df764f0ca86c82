package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Times that stand still, leave steps of a regular clock out, or come at other hours and on other days; and that healthy ones do not. */
@Tag("simulation")
class ClocksThatAreWrongTest {

    private static final LocalDate START = LocalDate.of(2024, 1, 1);
    private static final int DAYS = 42;

    /** The times of the rows of a day, in seconds since its beginning; none where nothing happens. */
    private interface Arrivals {
        int[] day(LocalDate day, SplittableRandom random);
    }

    private record Clock(String name, String pattern, Arrivals process) {

        private List<LocalDateTime> from(int firstDay, int days, long seed) {
            List<LocalDateTime> times = new ArrayList<>();
            for (int day = firstDay; day < firstDay + days; day++) {
                LocalDate date = START.plusDays(day);
                for (int second : process.day(date, new SplittableRandom(seed + day))) {
                    times.add(date.atStartOfDay().plusSeconds(second));
                }
            }
            return times;
        }

        private Dataset table(List<LocalDateTime> times) {
            return ClocksThatAreWrongTest.table(times, spelling());
        }

        private Function<LocalDateTime, Object> spelling() {
            if (pattern.isEmpty()) {
                return time -> time.toEpochSecond(ZoneOffset.UTC);
            }
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)::format;
        }
    }

    private static Dataset table(List<LocalDateTime> times, Function<LocalDateTime, Object> spelling) {
        SplittableRandom random = new SplittableRandom(times.size());
        return Datasets.columns()
                .add("t", times.stream().map(spelling).toArray())
                .add("x", random.doubles(times.size()).toArray())
                .build();
    }

    private static final Clock SENSOR = new Clock("sensor", "yyyy-MM-dd HH:mm", (day, random) -> each(900, 1));
    private static final Clock PANEL = new Clock("panel", "yyyy-MM-dd", (day, random) -> new int[20]);
    private static final Clock EVENTS = new Clock("events", "", (day, random) -> drawn(random, 200, 0, 24));
    private static final Clock LOGS =
            new Clock("logs", "yyyy-MM-dd'T'HH:mm:ss'Z'", (day, random) -> drawn(random, 200, 0, 24));
    private static final Clock OFFICE = new Clock(
            "office",
            "yyyy-MM-dd'T'HH:mm:ss",
            (day, random) -> day.getDayOfWeek().getValue() > 5 ? new int[0] : drawn(random, 150, 8, 10));
    private static final Clock SHOP = new Clock(
            "shop with days that differ",
            "dd/MM/yyyy HH:mm",
            (day, random) -> drawn(random, 100 + random.nextInt(200), 6, 14));

    static Stream<Arguments> clocks() {
        return Stream.of(SENSOR, PANEL, EVENTS, LOGS, OFFICE, SHOP).map(Arguments::of);
    }

    private static int[] each(int seconds, int rows) {
        int[] times = new int[86_400 / seconds * rows];
        Arrays.setAll(times, i -> i / rows * seconds);
        return times;
    }

    /** Returns ordered seconds of a day, between two hours with a middle that is busier. */
    private static int[] drawn(SplittableRandom random, int rows, int firstHour, int hours) {
        int[] times = new int[rows];
        Arrays.setAll(
                times, i -> (int) (3_600 * (firstHour + hours * (random.nextDouble() + random.nextDouble()) / 2)));
        Arrays.sort(times);
        return times;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clocks")
    void windowsLaterInTimeAreHealthyWhateverTheirLength(Clock clock) {
        Monitor monitor = Monitor.against(Baseline.of(clock.table(clock.from(0, DAYS, 1))));
        int alerts = 0;
        int windows = 0;
        List<LocalDateTime> later = clock.from(DAYS, 60, 1_000);
        for (int rows : new int[] {1, 20, 200, 2_000}) {
            for (int i = 0; i < 10; i++) {
                int from = i * Math.min(rows, (later.size() - rows) / 10);
                if (from >= 0 && from + rows <= later.size()) {
                    Report report = monitor.check(clock.table(later.subList(from, from + rows)));
                    windows++;
                    alerts += Tables.violated(report).stream().anyMatch(v -> v.startsWith("t ")) ? 1 : 0;
                }
            }
        }
        for (int day = 0; day < 30; day++) {
            List<LocalDateTime> ofDay = clock.from(DAYS + day, 1, 1_000);
            alerts += ofDay.isEmpty()
                            || monitor.check(clock.table(ofDay)).violations().isEmpty()
                    ? 0
                    : 1;
        }
        assertThat(windows).isGreaterThan(25);
        assertThat(alerts).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clocks")
    void summerTimeIsNoChangeOfTheHours(Clock clock) {
        Monitor monitor = Monitor.against(Baseline.of(clock.table(clock.from(0, DAYS, 1))));
        List<LocalDateTime> summer = clock.from(DAYS, 14, 1_000).stream()
                .map(time -> time.minusHours(1))
                .toList();

        assertThat(Tables.violated(monitor.check(clock.table(summer)))).doesNotContain("t hour_drift");
    }

    @Test
    void aLoadDateThatIsTheSameInAWindowIsHealthy() {
        Dataset loads = table(PANEL.from(0, DAYS, 1), time -> time.toLocalDate().toString());
        Monitor monitor = Monitor.against(Baseline.of(loads));
        for (int rows : new int[] {1, 20, 500, 2_000}) {
            List<LocalDateTime> one =
                    Collections.nCopies(rows, START.plusDays(DAYS + 1).atStartOfDay());
            assertThat(Tables.violated(monitor.check(PANEL.table(one)))).isEmpty();
        }
    }

    @Test
    void aClockOfMinutesThatStandsStillIsSeen() {
        Clock minutes = new Clock("", "yyyy-MM-dd HH:mm", (day, random) -> drawn(random, 250, 0, 24));
        Monitor monitor = Monitor.against(Baseline.of(minutes.table(minutes.from(0, 20, 1))));
        List<LocalDateTime> busy = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            busy.addAll(minutes.from(21, 1, i));
        }

        assertThat(Tables.violated(monitor.check(minutes.table(busy)))).isEmpty();
        assertThat(Tables.violated(monitor.check(minutes.table(Collections.nCopies(200, busy.get(0))))))
                .contains("t distinct_share");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clocks")
    void stampsThatDoNotMoveOnAreSeenBesideTheWindowBefore(Clock clock) {
        Monitor monitor = Monitor.against(Baseline.of(clock.table(clock.from(0, DAYS, 1))))
                .requiring(on("t").metric("later_share").atLeast(0.9));
        Measurement yesterday = monitor.measure(clock.table(clock.from(DAYS, 2, 1_000)));
        Dataset today = clock.table(clock.from(DAYS + 2, 2, 1_000));
        Dataset again = clock.table(clock.from(DAYS, 2, 1_000));

        assertThat(Tables.violated(monitor.judge(monitor.measure(today), yesterday)))
                .doesNotContain("t later_share");
        assertThat(Tables.violated(monitor.judge(monitor.measure(again), yesterday)))
                .contains("t later_share");
        assertThat(Tables.violated(monitor.check(clock.table(clock.from(0, 2, 1)))))
                .contains("t later_share");
        assertThat(Tables.violated(monitor.check(today))).doesNotContain("t later_share");
    }

    static Stream<Arguments> regularClocks() {
        return Stream.of(
                Arguments.of(SENSOR),
                Arguments.of(PANEL),
                Arguments.of(new Clock("rows of ten", "", (day, random) -> each(7_200, 10))),
                Arguments.of(new Clock("many", "yyyy-MM-dd'T'HH:mm:ss'Z'", (day, random) -> each(120, 1))),
                Arguments.of(new Clock(
                        "weeks",
                        "yyyyMMdd",
                        (day, random) -> day.getDayOfWeek() == DayOfWeek.MONDAY ? new int[30] : new int[0])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("regularClocks")
    void stepsThatARegularClockLeavesOutAreSeen(Clock clock) {
        Monitor monitor = Monitor.against(Baseline.of(clock.table(clock.from(0, 210, 1))));
        List<LocalDateTime> all = clock.from(210, 140, 1_000);
        List<LocalDateTime> times = all.stream().distinct().toList();
        Set<LocalDateTime> lost =
                new HashSet<>(times.subList(times.size() / 3, times.size() / 3 + times.size() / 4 + 1));
        List<LocalDateTime> left =
                all.stream().filter(time -> !lost.contains(time)).toList();

        assertThat(Tables.violated(monitor.check(clock.table(all)))).isEmpty();
        assertThat(Tables.violated(monitor.check(clock.table(left)))).contains("t missing_time_share");
    }

    @Test
    void gapsAsTheBaselineHasThemAreNoChange() {
        Arrivals nights = (day, random) -> Arrays.stream(each(60, 1))
                .filter(second -> day.getDayOfMonth() % 7 != 0 || second > 3_600)
                .toArray();
        Clock clock = new Clock("", "yyyy-MM-dd HH:mm", nights);
        Monitor monitor = Monitor.against(Baseline.of(clock.table(clock.from(0, DAYS, 1))));

        Metric missing = Objects.requireNonNull(
                monitor.check(clock.table(clock.from(DAYS, 3, 1))).metric("t", "missing_time_share"));
        assertThat(missing.value()).isGreaterThan(0.01);
        assertThat(missing.note()).contains("steps of 1m, up to 61 together");
        assertThat(Tables.violated(monitor.check(clock.table(clock.from(DAYS, 3, 1)))))
                .isEmpty();
    }

    @Test
    void hoursThatAreLostAreSeen() {
        for (Clock clock : List.of(LOGS, OFFICE, SHOP)) {
            Monitor monitor = Monitor.against(Baseline.of(clock.table(clock.from(0, DAYS, 1))));
            List<LocalDateTime> left = clock.from(DAYS, 14, 1_000).stream()
                    .filter(time -> time.getHour() < 11 || time.getHour() > 13)
                    .toList();
            Report report = monitor.check(clock.table(left));

            assertThat(Tables.violated(report)).as(report.toString()).contains("t hour_drift");
        }
    }

    static List<Arguments> numbersOfTimes() {
        return List.of(
                numbers("seconds", time -> time.toEpochSecond(ZoneOffset.UTC)),
                numbers("milliseconds", time -> 1_000 * time.toEpochSecond(ZoneOffset.UTC)),
                numbers("microseconds", time -> 1_000_000 * time.toEpochSecond(ZoneOffset.UTC)),
                numbers("digits with seconds", digits("yyyyMMddHHmmss")),
                numbers("digits with minutes", digits("yyyyMMddHHmm")));
    }

    private static Function<LocalDateTime, Object> digits(String pattern) {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern);
        return time -> Long.valueOf(formatter.format(time));
    }

    private static Arguments numbers(String name, Function<LocalDateTime, Object> spelling) {
        return Arguments.of(name, spelling);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("numbersOfTimes")
    void hoursThatAreLostAreSeenWhereNotEveryNumberIsRemembered(String name, Function<LocalDateTime, Object> spelling) {
        for (Clock clock : List.of(LOGS, SHOP)) {
            List<LocalDateTime> times = clock.from(0, 2 * DAYS, 1);
            Baseline baseline = Baseline.of(table(times, spelling));
            List<LocalDateTime> all = clock.from(2 * DAYS, 14, 1_000);
            List<LocalDateTime> left = all.stream()
                    .filter(time -> time.getHour() < 11 || time.getHour() > 13)
                    .toList();

            assertThat(times.stream().distinct()).hasSizeGreaterThan(4_096);
            for (Baseline one : List.of(baseline, Tables.saved(baseline))) {
                assertThat(Tables.violated(Monitor.against(one).check(table(left, spelling))))
                        .contains("t hour_drift");
                assertThat(Tables.violated(Monitor.against(one).check(table(all, spelling))))
                        .isEmpty();
            }
        }
    }

    @Test
    void daysOfTheWeekThatAreLostAreSeen() {
        for (Clock clock : List.of(LOGS, OFFICE)) {
            Monitor monitor = Monitor.against(Baseline.of(clock.table(clock.from(0, 7 * 26, 1))));
            List<LocalDateTime> left = clock.from(7 * 26, 29, 1_000).stream()
                    .filter(time -> time.getDayOfWeek() != DayOfWeek.WEDNESDAY)
                    .toList();
            Report report = monitor.check(clock.table(left));

            assertThat(Tables.violated(report)).as(report.toString()).contains("t weekday_drift");
            assertThat(Objects.requireNonNull(report.metric("t", "weekday_drift"))
                            .note())
                    .startsWith("Wednesday ");
        }
    }

    @Test
    void daysOfTheWeekThatComeAnewAreSeenBehindYearsOfDays() {
        int days = 1_700;
        LocalDateTime start = LocalDateTime.of(2016, 1, 4, 9, 0);
        IntFunction<LocalDateTime> weekday = i -> start.plusDays(i / 15 * 7 + i / 3 % 5);
        Baseline first = Baseline.of(Tables.csv("t,y", 3 * days / 2, i -> weekday.apply(i) + "," + i % 7));
        Baseline second = Baseline.of(
                Tables.csv("t,y", 3 * days - 3 * days / 2, i -> weekday.apply(3 * days / 2 + i) + "," + i % 7));
        Dataset everyDay = Tables.csv("t,y", 1_000, i -> weekday.apply(3 * days).plusDays(i / 3) + "," + i % 7);
        Dataset asBefore = Tables.csv("t,y", 1_000, i -> weekday.apply(3 * days + i) + "," + i % 7);

        for (Baseline baseline : List.of(first.merge(second), second.merge(first), Tables.saved(first.merge(second)))) {
            Monitor monitor = Monitor.against(baseline);
            assertThat(Tables.violated(monitor.check(everyDay))).contains("t weekday_drift");
            assertThat(Tables.violated(monitor.check(asBefore))).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clocks")
    void partsAndSavedBaselinesTellTheSameOfAWindow(Clock clock) {
        List<LocalDateTime> all = clock.from(0, DAYS, 1);
        int half = all.size() / 2;
        Baseline whole = Baseline.of(clock.table(all));
        Baseline parts = Baseline.of(clock.table(all.subList(half, all.size())))
                .merge(Baseline.of(clock.table(all.subList(0, half))));
        Dataset window = clock.table(clock.from(DAYS, 9, 1_000));

        for (String metric : List.of("hour_drift", "weekday_drift")) {
            Metric ofWhole = Monitor.against(whole).check(window).metric("t", metric);
            assertThat(Monitor.against(parts).check(window).metric("t", metric)).isEqualTo(ofWhole);
            assertThat(Monitor.against(Tables.saved(whole)).check(window).metric("t", metric))
                    .isEqualTo(ofWhole);
        }
    }

    @Test
    void aWindowOfOneDayIsNotJudgedByItsDayOfTheWeek() {
        Baseline baseline = Baseline.of(OFFICE.table(OFFICE.from(0, 7 * 26, 1)));
        Report report = Monitor.against(baseline).check(OFFICE.table(OFFICE.from(7 * 26, 1, 1_000)));

        Metric weekdays = Objects.requireNonNull(report.metric("t", "weekday_drift"));
        assertThat(weekdays.isDefined()).isFalse();
        assertThat(weekdays.note()).isEqualTo("there is no whole week");
        assertThat(Objects.requireNonNull(report.metric("t", "hour_drift")).isDefined())
                .isTrue();
        assertThat(report.isHealthy()).isTrue();
    }
}

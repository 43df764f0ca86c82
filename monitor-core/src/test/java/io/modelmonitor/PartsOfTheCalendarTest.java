package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns of names and numbers of weekdays, months and hours of which some no longer come, and those that go on. */
@Tag("simulation")
class PartsOfTheCalendarTest {

    private static final LocalDateTime START = LocalDateTime.of(2016, 1, 6, 0, 0);
    private static final int ROWS = 9_000;
    private static final String METRIC = "calendar_part_drift";

    /**
     * A column.
     *
     * @param name its name
     * @param spelling the value of a row
     * @param step the minutes from row to row
     * @param lost the rows that are lost
     */
    private record Part(
            String name, Function<LocalDateTime, Object> spelling, int step, Predicate<LocalDateTime> lost) {

        private List<LocalDateTime> rows(int from, int rows, Predicate<LocalDateTime> without, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            return Stream.iterate(
                            START.plusMinutes((long) from * step), time -> time.plusMinutes(random.nextInt(2 * step)))
                    .filter(without.negate())
                    .limit(rows)
                    .toList();
        }

        private Dataset table(List<LocalDateTime> rows) {
            return Datasets.columns()
                    .add(name, rows.stream().map(spelling).toArray())
                    .add(
                            "x",
                            new SplittableRandom(rows.size())
                                    .doubles(rows.size())
                                    .toArray())
                    .build();
        }

        private List<String> violated(Monitor monitor, List<LocalDateTime> rows) {
            return Tables.violated(monitor.check(table(rows)));
        }
    }

    private static Function<LocalDateTime, Object> pattern(String pattern, Locale locale) {
        return DateTimeFormatter.ofPattern(pattern, locale)::format;
    }

    private static boolean isWeekend(LocalDateTime time) {
        return time.getDayOfWeek().getValue() > 5;
    }

    static Stream<Arguments> parts() {
        return Stream.of(
                        new Part("day_name", pattern("EEEE", Locale.ENGLISH), 60, PartsOfTheCalendarTest::isWeekend),
                        new Part(
                                "d",
                                pattern("EEE", Locale.ENGLISH),
                                90,
                                time -> time.getDayOfWeek().getValue() == 1),
                        new Part("tag", pattern("EEEE", Locale.GERMAN), 45, PartsOfTheCalendarTest::isWeekend),
                        new Part(
                                "weekday",
                                time -> time.getDayOfWeek().getValue() % 7,
                                60,
                                PartsOfTheCalendarTest::isWeekend),
                        new Part(
                                "dayOfWeek",
                                time -> time.getDayOfWeek().getValue(),
                                120,
                                PartsOfTheCalendarTest::isWeekend),
                        new Part("hour", LocalDateTime::getHour, 12, time -> time.getHour() < 6),
                        new Part(
                                "day_of_month",
                                LocalDateTime::getDayOfMonth,
                                240,
                                time -> time.getDayOfMonth() > 15 && time.getDayOfMonth() < 26),
                        new Part("month", LocalDateTime::getMonthValue, 1_200, time -> time.getMonthValue() > 8))
                .map(Arguments::of);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parts")
    void partsThatAreLostAreSeen(Part part) {
        Monitor monitor = Monitor.against(Baseline.of(part.table(part.rows(0, ROWS, time -> false, 1))));
        for (int i = 0; i < 5; i++) {
            assertThat(part.violated(monitor, part.rows(ROWS + 999 * i, 2_000, part.lost, 2 + i)))
                    .containsExactly(part.name + " " + METRIC);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parts")
    void theSameProcessLaterInTimeIsHealthyAtAnyLengthOfWindow(Part part) {
        Baseline baseline = Baseline.of(part.table(part.rows(0, ROWS, time -> false, 1)));
        Monitor monitor = Monitor.against(baseline);

        assertThat(baseline.metric(part.name, METRIC).value()).isZero();
        for (int rows : new int[] {1, 20, 200, 2_000}) {
            for (int i = 0; i < 8; i++) {
                assertThat(part.violated(monitor, part.rows(ROWS + 777 * i, rows, time -> false, 9 + i)))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parts")
    void aPartOfARoundIsHealthy(Part part) {
        Monitor monitor = Monitor.against(Baseline.of(part.table(part.rows(0, ROWS, time -> false, 1))));
        Object first = part.spelling.apply(START);
        for (int rows = 10; rows < 200; rows += 30) {
            List<LocalDateTime> few = part.rows(ROWS, rows, part.lost, rows);
            List<LocalDateTime> shuffled = new ArrayList<>(few);
            Collections.shuffle(shuffled, new Random(rows));
            assertThat(part.violated(
                            monitor,
                            few.stream()
                                    .filter(time -> !part.spelling.apply(time).equals(first))
                                    .toList()))
                    .isEmpty();
            assertThat(part.violated(monitor, shuffled)).isEmpty();
        }
    }

    @Test
    void aWorkingWeekOfManyReplicasIsNoSeriesOfWeeksWithoutWeekends() {
        Part part = new Part("weekday", time -> time.getDayOfWeek().getValue(), 10, PartsOfTheCalendarTest::isWeekend);
        Monitor monitor = Monitor.against(Baseline.of(part.table(part.rows(0, ROWS, time -> false, 1))));
        List<LocalDateTime> week = part.rows(7 * 144 * 9 + 5 * 144, 5 * 144, part.lost, 2);
        List<LocalDateTime> replicas = IntStream.range(0, 12)
                .boxed()
                .flatMap(replica -> IntStream.range(0, week.size())
                        .filter(i -> i % 12 == replica)
                        .mapToObj(week::get))
                .toList();

        assertThat(part.violated(monitor, week)).isEmpty();
        assertThat(part.violated(monitor, replicas)).isEmpty();
    }

    @Test
    void weeksWithoutWeekendsAreHealthyWhereThereNeverWereAny() {
        Part part = new Part("weekday", time -> time.getDayOfWeek().getValue(), 60, PartsOfTheCalendarTest::isWeekend);
        Monitor monitor = Monitor.against(Baseline.of(part.table(part.rows(0, ROWS, part.lost, 1))));

        assertThat(part.violated(monitor, part.rows(ROWS, 2_000, part.lost, 2))).isEmpty();
        assertThat(part.violated(monitor, part.rows(ROWS, 2_000, time -> false, 2)))
                .containsExactly("weekday " + METRIC);
    }

    @Test
    void rowsInNoOrderDoNotTellHowManyRoundsThereAre() {
        Part part = new Part("weekday", time -> time.getDayOfWeek().getValue(), 60, PartsOfTheCalendarTest::isWeekend);
        List<LocalDateTime> shuffled = new ArrayList<>(part.rows(0, ROWS, time -> false, 1));
        Collections.shuffle(shuffled, new Random(1));

        assertThat(Baseline.of(part.table(shuffled)).metrics())
                .noneMatch(metric -> metric.name().equals(METRIC));
    }

    @Test
    void daysThatDifferInTheirRowsByHalfAreHealthy() {
        Part part = new Part("weekday", time -> time.getDayOfWeek().getValue(), 60, PartsOfTheCalendarTest::isWeekend);
        Predicate<LocalDateTime> busy =
                time -> new SplittableRandom(time.toLocalDate().toEpochDay()).nextDouble() * 24 < time.getHour();
        Monitor monitor = Monitor.against(Baseline.of(part.table(part.rows(0, ROWS, busy, 1))));
        for (int i = 0; i < 12; i++) {
            assertThat(part.violated(monitor, part.rows(2 * ROWS + 555 * i, 250 + 150 * i, busy, 2 + i)))
                    .isEmpty();
        }
    }
}

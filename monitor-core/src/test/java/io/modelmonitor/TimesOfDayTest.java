package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations and times of the day without a date: compared where rows come in no order, and no drift where they go on with the day. */
@Tag("simulation")
class TimesOfDayTest {

    private static final int DAY = 86_400;

    /** The spelling of seconds. */
    private interface Spelling {
        String of(int seconds);
    }

    /** Seconds of the row of a process. */
    private interface Seconds {
        int of(SplittableRandom random, int row);
    }

    static Stream<Arguments> durations() {
        return Stream.of(
                duration("1:05", "dur", 60, s -> String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)),
                duration("01:05", "x", 200, s -> String.format(Locale.ROOT, "%02d:%02d", s / 60 % 24, s % 60)),
                duration(
                        "00:01:05",
                        "x",
                        600,
                        s -> String.format(Locale.ROOT, "%02d:%02d:%02d", s / 3600, s / 60 % 60, s % 60)),
                duration(
                        "0:01:05",
                        "time",
                        3_000,
                        s -> String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60)),
                duration(
                        "00:01:05.250",
                        "x",
                        90,
                        s -> String.format(Locale.ROOT, "00:%02d:%02d.%03d", s / 60 % 60, s % 60, s * 7 % 1_000)),
                duration("minutes", "minute", 900, s -> Integer.toString(s / 60 % 60)));
    }

    private static Arguments duration(String name, String column, int mean, Spelling spelling) {
        return Arguments.of(name, column, mean, spelling);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("durations")
    void durationsThatGrowAreSeen(String name, String column, int mean, Spelling spelling) {
        Seconds before = (random, row) -> mean / 2 + (int) (-mean / 2.0 * Math.log(1 - random.nextDouble()));
        Seconds after = (random, row) -> mean / 4 + before.of(random, row);
        for (int rows : new int[] {500, 9_000}) {
            Monitor monitor = Monitor.against(Baseline.of(table(column, rows, 0, before, spelling)));

            assertThat(Tables.violated(monitor.check(table(column, 2_000, 1, after, spelling))))
                    .contains(column + " drift");
            for (int window : new int[] {1, 20, 300, 2_000}) {
                assertThat(Tables.violated(monitor.check(table(column, window, window, before, spelling))))
                        .isEmpty();
            }
        }
    }

    static Stream<Arguments> clocks() {
        return Stream.of(
                clock("HH:mm", "x", s -> String.format(Locale.ROOT, "%02d:%02d", s / 3600, s / 60 % 60)),
                clock("h:mm:ss", "at", s -> String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60)),
                clock(
                        "hh:mm a",
                        "x",
                        s -> String.format(
                                Locale.ROOT,
                                "%02d:%02d %s",
                                (s / 3600 + 11) % 12 + 1,
                                s / 60 % 60,
                                s < DAY / 2 ? "AM" : "PM")),
                clock("hour", "hour", s -> Integer.toString(s / 3600)),
                clock("hour of a pickup", "pickupHour", s -> Integer.toString(s / 3600)));
    }

    private static Arguments clock(String name, String column, Spelling spelling) {
        return Arguments.of(name, column, spelling);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clocks")
    void nightsThatAreLostAreSeenWhereRowsComeInNoOrder(String name, String column, Spelling spelling) {
        Seconds before = (random, row) -> random.nextInt(DAY);
        Seconds after = (random, row) -> DAY / 4 + random.nextInt(3 * DAY / 4);
        Monitor monitor = Monitor.against(Baseline.of(table(column, 5_000, 0, before, spelling)));

        assertThat(Tables.violated(monitor.check(table(column, 2_000, 1, after, spelling))))
                .contains(column + " drift");
        assertThat(Tables.violated(monitor.check(table(column, 2_000, 2, before, spelling))))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clocks")
    void partsOfADayAreNoDrift(String name, String column, Spelling spelling) {
        int step = 97;
        Seconds log = (random, row) -> (int) ((long) row * step % DAY);
        Seconds streams = (random, row) -> log.of(random, row + (random.nextBoolean() ? 300 : 0));
        Seconds shuffled = (random, row) -> log.of(random, random.nextInt(20_000));
        for (Seconds baseline : new Seconds[] {log, streams, shuffled}) {
            Monitor monitor = Monitor.against(Baseline.of(table(column, 5_000, 0, baseline, spelling)));
            for (int from = 0; from < DAY / step; from += 200) {
                for (int rows : new int[] {1, 20, 150}) {
                    int first = from;
                    assertThat(Tables.violated(monitor.check(
                                    table(column, rows, from, (random, row) -> log.of(random, first + row), spelling))))
                            .isEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"day", "weekday", "month", "week", "quarter"})
    void partsOfLongerSpansAreNotComparedInAnyOrder(String column) {
        Spelling spelling = Integer::toString;
        Monitor monitor =
                Monitor.against(Baseline.of(table(column, 5_000, 0, (random, row) -> 1 + random.nextInt(4), spelling)));

        assertThat(Tables.violated(
                        monitor.check(table(column, 500, 1, (random, row) -> 1 + random.nextInt(2), spelling))))
                .isEmpty();
    }

    private static Dataset table(String column, int rows, long seed, Seconds process, Spelling spelling) {
        SplittableRandom random = new SplittableRandom(31 * seed + rows);
        return Tables.csv(
                column + ",y", rows, i -> spelling.of(process.of(random, i)) + "," + random.nextInt(1_000_000));
    }
}

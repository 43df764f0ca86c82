package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.Dataset;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Times of the day as whole numbers: by the name of the column, and hours and minutes by their digits. */
@Tag("simulation")
class ClocksAsNumbersTest {

    static Stream<Arguments> clocks() {
        return Stream.of(
                clock("minute_of_day", seconds -> Integer.toString(seconds / 60)),
                clock("MinuteOfDay", seconds -> Integer.toString(seconds / 60)),
                clock("seconds_since_midnight", Integer::toString),
                clock("second of day", Integer::toString),
                clock("dep_time", seconds -> Integer.toString(clock(seconds))),
                clock("x", seconds -> Integer.toString(clock(seconds))),
                clock("arrival", seconds -> String.format(Locale.ROOT, "%04d", clock(seconds))));
    }

    private static Arguments clock(String column, IntFunction<String> cell) {
        return Arguments.of(column, cell);
    }

    private static int clock(int seconds) {
        return seconds / 3_600 * 100 + seconds / 60 % 60;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clocks")
    void anotherPartOfADayIsNoDrift(String column, IntFunction<String> cell) {
        for (int perDay : new int[] {700, 9_000}) {
            IntFunction<String> time = day(perDay, cell);
            for (int rows : new int[] {500, 5_000}) {
                Monitor monitor = Monitor.against(Baseline.of(table(column, rows, 0, time)));
                for (int window : new int[] {20, 300, 2_000}) {
                    assertThat(Tables.violated(monitor.check(table(column, window, rows + 613, time))))
                            .as(rows + " rows, " + perDay + " a day, a window of " + window)
                            .isEmpty();
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clocks")
    void whatIsNoTimeOrStuckIsSeen(String column, IntFunction<String> cell) {
        Baseline baseline = Baseline.of(table(column, 5_000, 0, day(700, cell)));
        Monitor monitor = Monitor.against(baseline);
        SplittableRandom random = new SplittableRandom(3);

        assertThat(baseline.profile().typing(column).type()).isEqualTo(ColumnType.TIME);
        for (String other : new String[] {"99999", "none", "-1"}) {
            Dataset some = table(
                    column,
                    2_000,
                    5_000,
                    i -> random.nextInt(30) == 0 ? other : day(700, cell).apply(i));
            assertThat(Tables.violated(monitor.check(some))).as(other).isNotEmpty();
        }
        String stuck = cell.apply(43_000);
        Dataset some = table(
                column,
                2_000,
                5_000,
                i -> random.nextInt(8) == 0 ? stuck : day(700, cell).apply(i));
        assertThat(Tables.violated(monitor.check(some))).contains(column + " most_frequent_share");
    }

    @Test
    void timesInNoOrderAreCompared() {
        SplittableRandom random = new SplittableRandom(4);
        IntFunction<String> any = i -> Integer.toString(clock(random.nextInt(86_400)));
        Monitor monitor = Monitor.against(Baseline.of(table("t", 5_000, 0, any)));

        assertThat(Tables.violated(monitor.check(table("t", 2_000, 0, any)))).isEmpty();
        assertThat(Tables.violated(
                        monitor.check(table("t", 2_000, 0, i -> Integer.toString(clock(random.nextInt(43_000)))))))
                .contains("t drift");
        assertThat(Tables.violated(monitor.check(table("t", 2_000, 0, i -> Integer.toString(random.nextInt(2_400))))))
                .contains("t format_share");
    }

    @ParameterizedTest(name = "{0} from {1}")
    @CsvSource({"score,100,60", "amount,0,2400", "quantity,0,60", "points,100,160", "response_time,0,900"})
    void otherNumbersAreNoClocks(String column, int least, int of) {
        SplittableRandom random = new SplittableRandom(5);
        for (int step : new int[] {1, 5, 25, 50}) {
            Baseline baseline = Baseline.of(table(
                    column, 5_000, 0, i -> Integer.toString(least + random.nextInt(Math.max(2, of / step)) * step)));

            assertThat(baseline.profile().typing(column).type())
                    .as("in steps of " + step)
                    .isNotEqualTo(ColumnType.TIME);
        }
    }

    /** Returns a day of so many rows, of which few come at night. */
    private static IntFunction<String> day(int rows, IntFunction<String> cell) {
        return i -> cell.apply((int) (86_400 * Math.pow((double) (i % rows) / rows, 0.7)));
    }

    private static Dataset table(String column, int rows, int first, IntFunction<String> cell) {
        SplittableRandom random = new SplittableRandom(first + rows);
        return Tables.csv(column + ",y", rows, i -> cell.apply(first + i) + "," + random.nextInt(100_000));
    }
}

package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of which the time is stuck at one, in columns whose times hardly come again. */
@Tag("simulation")
class StuckTimesTest {

    private static final LocalDateTime FIRST = LocalDateTime.of(2024, 1, 8, 0, 0);

    static Stream<Arguments> times() {
        return Stream.of(
                Arguments.of("HH:mm:ss", "00:00:00", true, 0.3),
                Arguments.of("HH:mm:ss", "12:00:00", true, 0.3),
                Arguments.of("HH:mm:ss", "00:00:00", false, 0.3),
                Arguments.of("HH:mm:ss.SSS", "00:00:00.000", true, 0.05),
                Arguments.of("yyyy-MM-dd HH:mm:ss", "1970-01-01 00:00:00", true, 0.05),
                Arguments.of("yyyy-MM-dd HH:mm:ss", "2024-01-08 00:00:12", true, 0.05),
                Arguments.of("yyyy-MM-dd HH:mm:ss", "2024-01-08 12:00:00", true, 0.05),
                Arguments.of("yyyy-MM-dd'T'HH:mm:ss.SSS", "2024-01-08T00:01:00.000", true, 0.05),
                Arguments.of("dd/MM/yyyy HH:mm:ss", "01/01/1970 00:00:00", true, 0.05));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("times")
    void timesThatAreStuckAreSeen(String pattern, String stuck, boolean isOrdered, double share) {
        Monitor monitor = Monitor.against(Baseline.of(table(pattern, stuck, isOrdered, 0, 5_000, 0)));

        for (int window = 0; window < 4; window++) {
            Dataset rows = table(pattern, stuck, isOrdered, share, 2_000, 5_000 + 2_000 * window);
            assertThat(Tables.violated(monitor.check(rows))).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("times")
    void timesThatWereStuckAsOftenBeforeAreNot(String pattern, String stuck, boolean isOrdered, double share) {
        for (double before : new double[] {0, share}) {
            for (int rows : new int[] {50, 500, 5_000}) {
                Monitor monitor = Monitor.against(Baseline.of(table(pattern, stuck, isOrdered, before, rows, 0)));
                for (int window : new int[] {1, 20, 300, 2_000}) {
                    assertThat(Tables.violated(
                                    monitor.check(table(pattern, stuck, isOrdered, before, window, rows + 9))))
                            .as(before + " of " + rows + ", a window of " + window)
                            .isEmpty();
                }
            }
        }
    }

    private static Dataset table(String pattern, String stuck, boolean isOrdered, double share, int rows, int first) {
        SplittableRandom random = new SplittableRandom(first + rows);
        DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        return Tables.csv("time,y", rows, i -> {
            double row = isOrdered ? first + i + random.nextDouble() : 3_500 * random.nextDouble();
            String time = format.format(FIRST.plusNanos((long) (row * 86_400_000_000_000.0 / 3_500)));
            return (random.nextDouble() < share ? stuck : time) + "," + random.nextInt(100_000);
        });
    }
}

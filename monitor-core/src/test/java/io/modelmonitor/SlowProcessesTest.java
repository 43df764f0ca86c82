package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that change so slowly that a window sees a small part of what they do, with nothing configured. */
@Tag("simulation")
class SlowProcessesTest {

    private static final int TABLES = 8;
    private static final int WINDOWS = 5;

    /** The next value of a process. */
    private interface Moving {
        double next(SplittableRandom random, int row, double before);
    }

    private static Moving level(double correlation) {
        return (random, row, before) ->
                correlation * before + StrictMath.sqrt(1 - correlation * correlation) * random.nextGaussian();
    }

    private static Moving states(int count, int rows) {
        return (random, row, before) -> random.nextInt(rows) > 0 ? before : random.nextInt(count);
    }

    static Stream<Arguments> processes() {
        return Stream.of(
                Arguments.of("a level of correlation 0.99", "%.3f", level(0.99)),
                Arguments.of("a level of correlation 0.995", "%.3f", level(0.995)),
                Arguments.of("a rate", "1.%04.0f", (Moving)
                        (random, row, before) -> 800 + 0.99 * (before - 800) + 8 * random.nextGaussian()),
                Arguments.of("a season with noise", "%.2f", (Moving)
                        (random, row, before) -> 10 * StrictMath.sin(row / 60.0) + random.nextGaussian()),
                Arguments.of("a season", "%.3f", (Moving) (random, row, before) -> 10 * StrictMath.sin(row / 95.0)),
                Arguments.of("a season of whole numbers", "%.0f", (Moving)
                        (random, row, before) -> 50 + 40 * StrictMath.sin(row / 50.0)),
                Arguments.of("names in long runs", "state-%.0f", states(4, 60)),
                Arguments.of("whole numbers in long runs", "%.0f", states(5, 60)),
                Arguments.of("words in long runs", "mode %.0f", states(3, 40)),
                Arguments.of("devices in turn", "%.0f", (Moving) (random, row, before) -> 1 + row % 50),
                Arguments.of("a counter of the day", "%.0f", (Moving) (random, row, before) -> row % 240 * 5.0),
                Arguments.of("a tank", "%.1f", (Moving)
                        (random, row, before) -> 100 - row % 80 + 0.3 * random.nextGaussian()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("processes")
    void atMostOneReportInTwentyAlerts(String name, String format, Moving process) {
        for (int window : new int[] {20, 300, 2_000}) {
            int alerts = 0;
            for (int table = 0; table < TABLES; table++) {
                Rows rows = new Rows(format, process, table);
                Monitor monitor = Monitor.against(Baseline.of(rows.next(5_000)));
                for (int i = 0; i < WINDOWS; i++) {
                    alerts += monitor.check(rows.next(window)).isHealthy() ? 0 : 1;
                }
            }
            assertThat(alerts).as("windows of %s", window).isLessThanOrEqualTo(TABLES * WINDOWS / 20);
        }
    }

    static Stream<Arguments> jumps() {
        return processes().filter(process -> !process.get()[0].toString().contains("runs"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jumps")
    void aJumpFarOutIsFoundInAFewRows(String name, String format, Moving process) {
        for (int window : new int[] {20, 300}) {
            Rows rows = new Rows(format, process, 1);
            Monitor monitor = Monitor.against(Baseline.of(rows.next(5_000)));
            rows.shift = 3_000;
            assertThat(Tables.violated(monitor.check(rows.next(window)))).anyMatch(line -> line.startsWith("x "));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("processes")
    void rowsThatAreStuckAreFound(String name, String format, Moving process) {
        Rows rows = new Rows(format, process, 2);
        Monitor monitor = Monitor.against(Baseline.of(rows.next(5_000)));
        rows.isStuck = true;
        assertThat(Tables.violated(monitor.check(rows.next(2_000)))).anyMatch(line -> line.startsWith("x "));
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 120, 400})
    void valuesOfARunEachAreNoDomain(int rows) {
        for (String format : List.of("s%x", "%x-a", "night %d", "B%d/2", "[%d]")) {
            Monitor monitor = Monitor.against(Baseline.of(runs(format, 0, rows)));
            for (int window : new int[] {20, 300, 1_500}) {
                assertThat(Tables.violated(monitor.check(runs(format, rows, window))))
                        .as("%s, windows of %s", format, window)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"s%x", "%x-a", "night %d", "B%d/2"})
    void aNewValueAmongThoseThatComeAgainIsFound(String format) {
        Monitor monitor = Monitor.against(Baseline.of(again(format, 2_000, 6)));

        assertThat(Tables.violated(monitor.check(again(format, 2_000, 6)))).isEmpty();
        assertThat(Tables.violated(monitor.check(again(format, 2_000, 7)))).contains("x domain_share");
    }

    @Test
    void oneRowOutsideADomainThatAUserAsksForIsFoundAmongRunsToo() {
        String runs = "abcabd";
        Monitor monitor = Monitor.against(Baseline.of(Tables.csv("x", 60, i -> "" + runs.charAt(i / 10))));
        Monitor asked = monitor.requiring(on("x").domainShare());
        Dataset known = Tables.csv("x", 400, i -> "" + runs.charAt(i / 10 % 6));
        Dataset other = Tables.csv("x", 400, i -> i == 200 ? "z" : "" + runs.charAt(i / 10 % 6));

        assertThat(Tables.violated(monitor.check(other))).isEmpty();
        assertThat(Tables.violated(asked.check(known))).isEmpty();
        assertThat(Tables.violated(asked.check(other))).containsExactly("x domain_share");
    }

    private static Dataset runs(String format, int from, int rows) {
        SplittableRandom random = new SplittableRandom(from);
        return Tables.csv(
                "x,y",
                rows,
                i -> String.format(Locale.ROOT, format, 7_919 * ((from + i) / 7)) + "," + random.nextGaussian());
    }

    private static Dataset again(String format, int rows, int values) {
        SplittableRandom random = new SplittableRandom(values);
        return Tables.csv("x", rows, i -> String.format(Locale.ROOT, format, random.nextInt(values)));
    }

    /** The rows of a process, one after the other. */
    private static final class Rows {

        private final String format;
        private final Moving process;
        private final SplittableRandom random;
        private double last;
        private int row;
        private double shift;
        private boolean isStuck;

        Rows(String format, Moving process, int seed) {
            this.format = format;
            this.process = process;
            this.random = new SplittableRandom(31L * seed + 7);
            this.row = 1_000 * seed;
            for (int i = 0; i < 1_000; i++) {
                last = process.next(random, row++, last);
            }
        }

        Dataset next(int rows) {
            List<String> cells = IntStream.range(0, rows)
                    .mapToObj(i -> {
                        last = isStuck ? last : process.next(random, row++, last);
                        return String.format(Locale.ROOT, format, last + shift) + "," + random.nextGaussian();
                    })
                    .toList();
            return Tables.csv("x,y", rows, cells::get);
        }
    }
}

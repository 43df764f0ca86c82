package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of several counters, of which the next row is of any, and numbers of a few runs: a window has those that follow. */
@Tag("simulation")
class CountersOfSeveralSourcesTest {

    private static final int ROWS = 5_000;
    private static final int MOST_ROWS = 12_000;

    /** The number that a counter has at a row. */
    private interface Counter {

        /**
         * @param source of which counter the row is
         * @param before how many rows of it came before
         */
        String at(int source, int before);
    }

    private static Arguments mixed(String name, int sources, double skew, Counter counter) {
        SplittableRandom random = random(sources);
        int[] counts = new int[sources];
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < MOST_ROWS; i++) {
            int source = (int) (sources * Math.pow(random.nextDouble(), 1 + skew));
            cells.add(counter.at(source, counts[source]++));
        }
        return Arguments.of(name, (IntFunction<String>) cells::get);
    }

    static Stream<Arguments> counters() {
        return Stream.of(
                mixed("two shops", 2, 0, (source, before) -> whole(1_000 + 80_000L * source + before)),
                mixed("five shops, some larger", 5, 1, (source, before) -> whole(9_000 + 31_000L * source + before)),
                mixed("machines near each other", 3, 0, (source, before) -> whole(700 + 137L * source + before)),
                mixed("from one", 4, 0, (source, before) -> whole(1 + before)),
                mixed("with gaps", 5, 0.5, (source, before) -> whole(600_000L * source + 7L * before + before % 5)),
                mixed("what is left", 3, 0, (source, before) -> whole(900_000 + 100_000L * source - before)),
                Arguments.of(
                        "partitions in turns", (IntFunction<String>) i -> whole(5_000 + i / 3 + i % 3 * 1_000_000L)));
    }

    /** Returns those which are not so even that they are ids, of which values are not compared. */
    static Stream<Arguments> unevenCounters() {
        return Stream.concat(
                counters().filter(counter -> !List.of("two shops", "from one").contains(counter.get()[0])),
                Stream.of(mixed(
                        "two far off", 2, 0.3, (source, before) -> whole(1_000 + 2_000_000_000L * source + before))));
    }

    static Stream<Arguments> runs() {
        return Stream.of(
                Arguments.of("days from 0", (IntFunction<String>) i -> whole(i / 700)),
                Arguments.of("few days", (IntFunction<String>) i -> whole(i / 1_200)),
                Arguments.of("versions", (IntFunction<String>) i -> decimal(1 + Math.floorDiv(i, 1_100) / 10.0)),
                Arguments.of("days that are left", (IntFunction<String>) i -> whole(19 - i / 800)),
                Arguments.of("days of various length", (IntFunction<String>)
                        i -> whole((int) ((i + 150 * Math.sin(i / 300.0)) / 600))));
    }

    static Stream<Arguments> inOrder() {
        return Stream.concat(counters(), runs());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inOrder")
    void furtherRowsAreNoDrift(String name, IntFunction<String> cell) {
        List<String> alerts = new ArrayList<>();
        Monitor monitor = Monitor.against(Baseline.of(table(ROWS, i -> cell.apply(i))));
        for (int window : new int[] {1, 20, 300, 2_000}) {
            for (int place = 0; place < 5; place++) {
                int first = ROWS + place * 637;
                if (!Tables.violated(monitor.check(table(window, i -> cell.apply(first + i))))
                        .isEmpty()) {
                    alerts.add("a window of " + window + " at " + place);
                }
            }
        }

        assertThat(alerts).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("counters")
    void fiftyRowsShowCountersToo(String name, IntFunction<String> cell) {
        List<String> alerts = new ArrayList<>();
        for (int first = 0; first < 5_000; first += 1_000) {
            int from = first;
            Monitor monitor = Monitor.against(Baseline.of(table(50, i -> cell.apply(from + i))));
            if (!Tables.violated(monitor.check(table(300, i -> cell.apply(from + 50 + i))))
                    .isEmpty()) {
                alerts.add("from " + first);
            }
        }

        assertThat(alerts).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unevenCounters")
    void whatCountersDoNotDoIsSeen(String name, IntFunction<String> cell) {
        Monitor monitor = Monitor.against(Baseline.of(table(ROWS, cell)));
        SplittableRandom random = random(1);

        assertThat(seen(monitor, i -> cell.apply(i - ROWS)))
                .as("from the start")
                .isTrue();
        assertThat(seen(monitor, i -> cell.apply(i - ROWS / 2))).as("back").isTrue();
        assertThat(seen(monitor, i -> cell.apply(i < 6_000 ? i : i - 3_000)))
                .as("back within")
                .isTrue();
        assertThat(seen(monitor, i -> cell.apply(ROWS + random.nextInt(2_000))))
                .as("in any order")
                .isTrue();
        assertThat(seen(monitor, i -> cell.apply(2 * ROWS - i))).as("backwards").isTrue();
        assertThat(seen(monitor, i -> cell.apply(ROWS + i % 2_000 / 2)))
                .as("each twice")
                .isTrue();
        assertThat(seen(monitor, i -> cell.apply(ROWS))).as("a single one").isTrue();
        assertThat(seen(monitor, i -> cell.apply(random.nextInt(10) == 0 ? ROWS : i)))
                .as("one that is frequent")
                .isTrue();
        assertThat(seen(monitor, i -> random.nextInt(50) == 0 ? "-1" : cell.apply(i)))
                .as("negative ones")
                .isTrue();
        assertThat(seen(monitor, i -> decimal(1_000 * Double.parseDouble(cell.apply(i)))))
                .as("another unit")
                .isTrue();
    }

    @ParameterizedTest(name = "{0} sources")
    @ValueSource(ints = {3, 4, 5, 6})
    void halfOfTheSourcesOrNewStartsOfHalfAreSeen(int sources) {
        SplittableRandom random = random(sources);
        int[] counts = new int[sources];
        List<String> before = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            int source = random.nextInt(sources);
            before.add(whole(1_000 + 80_000L * source * source + counts[source]++));
        }
        int[] restarted = counts.clone();
        List<String> half = new ArrayList<>();
        List<String> again = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            int source = random.nextInt(sources / 2);
            half.add(whole(1_000 + 80_000L * source * source + counts[source]++));
            int any = random.nextInt(sources);
            restarted[any] = i < 1 || any >= (sources + 1) / 2 ? restarted[any] : Math.floorMod(restarted[any], 700);
            again.add(whole(1_000 + 80_000L * any * any + restarted[any]++));
        }
        Monitor monitor = Monitor.against(Baseline.of(table(ROWS, before::get)));

        assertThat(Tables.violated(monitor.check(table(2_000, half::get)))).contains("x drift");
        assertThat(Tables.violated(monitor.check(table(2_000, again::get)))).contains("x drift");
    }

    static Stream<Arguments> sortedFiles() {
        return Stream.of(
                sorted("classes, of which one remains", i -> whole(i / 1_700), i -> "2"),
                sorted("classes, and a new one", i -> whole(i / 1_700), i -> "3"),
                sorted("classes, and another unit", i -> whole(i / 700), i -> whole(1_000L * (i / 700))),
                sorted("classes from the start", i -> whole(i / 700), i -> whole((i - ROWS) / 400)),
                sorted("two classes", i -> whole(i / 2_500), i -> "1"),
                sorted("groups with levels that rise", i -> group(i, 250, 1), i -> group(i - ROWS, 100, 1) + "00"),
                sorted("groups, sorted within", i -> sawtooth(i, 250), i -> sawtooth(i, 100) + "0"));
    }

    private static Arguments sorted(String name, IntFunction<String> cell, IntFunction<String> changed) {
        return Arguments.of(name, cell, changed);
    }

    private static String group(int row, int rows, int level) {
        return whole(300 + 60L * level * (row / rows) + random(row).nextInt(200));
    }

    private static String sawtooth(int row, int rows) {
        return whole(300 + row / rows + row % rows);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sortedFiles")
    void filesThatAreSortedOrGroupedAreCompared(String name, IntFunction<String> cell, IntFunction<String> changed) {
        assertThat(seen(Monitor.against(Baseline.of(table(ROWS, cell))), changed))
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inOrder")
    void partsAreAsTheWhole(String name, IntFunction<String> cell) {
        Dataset window = table(300, i -> cell.apply(ROWS + i));
        Baseline whole = Baseline.of(table(ROWS, cell));
        Baseline parts = Baseline.of(table(1_700, cell)).merge(Baseline.of(table(3_300, i -> cell.apply(1_700 + i))));

        assertThat(parts.describe()).hasToString(whole.describe().toString());
        assertThat(Monitor.against(Tables.saved(parts)).check(window).violations())
                .hasToString(Monitor.against(whole).check(window).violations().toString());
    }

    /** Returns whether something alerts in a window of the rows that follow the baseline. */
    private static boolean seen(Monitor monitor, IntFunction<String> changed) {
        return !Tables.violated(monitor.check(table(2_000, i -> changed.apply(ROWS + i))))
                .isEmpty();
    }

    private static String whole(long number) {
        return Long.toString(number);
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private static SplittableRandom random(int seed) {
        return new SplittableRandom(new Random(seed).nextLong());
    }

    private static Dataset table(int rows, IntFunction<String> cell) {
        SplittableRandom random = random(rows);
        return Tables.csv("x,y", rows, i -> cell.apply(i) + "," + random.nextInt(100_000));
    }
}

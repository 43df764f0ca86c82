package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that no longer come in the order of their times, and those that come as they came before. */
@Tag("simulation")
class RowsOutOfOrderTest {

    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 1, 0, 0);
    private static final int ROWS = 6_000;
    private static final String METRIC = "t out_of_order_share";

    /** Another order of rows. */
    private interface Shuffle extends BiFunction<List<LocalDateTime>, Random, List<LocalDateTime>> {}

    private static long seconds(LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC);
    }

    static Stream<Arguments> spellings() {
        return Stream.of(
                Arguments.of("date", TimeSpelling.pattern("yyyy-MM-dd")),
                Arguments.of("ISO", TimeSpelling.pattern("yyyy-MM-dd'T'HH:mm:ss.SSS")),
                Arguments.of("day first", TimeSpelling.pattern("dd/MM/yyyy HH:mm")),
                Arguments.of("month first, no zeros", TimeSpelling.pattern("M/d/yyyy H:mm")),
                Arguments.of("half days", TimeSpelling.pattern("yyyy-MM-dd hh:mm:ss a")),
                Arguments.of("names of months", TimeSpelling.pattern("dd-MMM-yyyy HH:mm:ss")),
                Arguments.of("numbers of days", TimeSpelling.pattern("yyyyMMdd")),
                Arguments.of("seconds", (TimeSpelling) RowsOutOfOrderTest::seconds),
                Arguments.of("milliseconds", (TimeSpelling) time -> 1_000 * seconds(time)));
    }

    private static List<LocalDateTime> times(int from, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(from, from + rows)
                .mapToObj(i -> START.plusSeconds(1_800L * i + random.nextInt(1_800)))
                .toList();
    }

    private static Shuffle blocks(int size) {
        return (times, random) -> {
            List<List<LocalDateTime>> blocks = new ArrayList<>();
            for (int i = 0; i < times.size(); i += size) {
                blocks.add(times.subList(i, Math.min(times.size(), i + size)));
            }
            Collections.shuffle(blocks, random);
            return blocks.stream().flatMap(List::stream).toList();
        };
    }

    private static List<LocalDateTime> reversed(List<LocalDateTime> times) {
        List<LocalDateTime> reversed = new ArrayList<>(times);
        Collections.reverse(reversed);
        return reversed;
    }

    /** A share of the rows come later, by up to as many rows. */
    private static Shuffle late(double share, int rows) {
        return (times, random) -> {
            double[] places = IntStream.range(0, times.size())
                    .mapToDouble(i -> i + (random.nextDouble() < share ? random.nextInt(rows) : 0))
                    .toArray();
            return IntStream.range(0, times.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> places[i]))
                    .map(times::get)
                    .toList();
        };
    }

    static Stream<Arguments> shuffles() {
        return Stream.of(
                Arguments.of("shuffled", blocks(1)),
                Arguments.of("in blocks of three", blocks(3)),
                Arguments.of("backwards", (Shuffle) (times, random) -> reversed(times)),
                Arguments.of("backwards in blocks", (Shuffle)
                        (times, random) -> reversed(blocks(50).apply(times, random))),
                Arguments.of("newest and oldest in turns", (Shuffle) (times, random) -> IntStream.range(0, times.size())
                        .mapToObj(i -> times.get(i % 2 == 0 ? i / 2 : times.size() - 1 - i / 2))
                        .toList()),
                Arguments.of("the last nine tenths shuffled", (Shuffle) (times, random) -> Stream.concat(
                                times.subList(0, times.size() / 10).stream(),
                                blocks(1).apply(times.subList(times.size() / 10, times.size()), random).stream())
                        .toList()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spellings")
    void rowsOutOfOrderAreSeenAndThoseOfTheSameProcessAreNot(String name, TimeSpelling spelling) {
        Monitor monitor = Monitor.against(Baseline.of(TimeSpelling.table(times(0, ROWS, 1), spelling)));
        assertHealthy(monitor, times(ROWS, 8_000, 2), spelling);
        List<LocalDateTime> later = times(ROWS, 2_000, 3);

        assertThat(Tables.violated(monitor.check(TimeSpelling.table(blocks(1).apply(later, new Random(1)), spelling))))
                .as(name)
                .containsExactly(METRIC);
        assertThat(Tables.violated(monitor.check(TimeSpelling.table(reversed(later), spelling))))
                .as(name)
                .containsExactly(METRIC);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shuffles")
    void anyWayOutOfOrderIsSeenInNearlyAllWindows(String name, Shuffle shuffle) {
        TimeSpelling spelling = TimeSpelling.pattern("yyyy-MM-dd HH:mm:ss");
        Monitor ascending = Monitor.against(Baseline.of(TimeSpelling.table(times(0, ROWS, 1), spelling)));
        Monitor descending = Monitor.against(Baseline.of(TimeSpelling.table(reversed(times(0, ROWS, 1)), spelling)));
        Monitor late = Monitor.against(
                Baseline.of(TimeSpelling.table(late(0.02, 9).apply(times(0, ROWS, 1), new Random(1)), spelling)));
        int found = 0;
        for (int i = 0; i < 10; i++) {
            List<LocalDateTime> window = shuffle.apply(times(ROWS, 2_000, 100 + i), new Random(i));
            found += isViolated(ascending, window, spelling) ? 1 : 0;
            found += isViolated(descending, reversed(window), spelling) ? 1 : 0;
            found += isViolated(late, window, spelling) ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(29);
    }

    private static boolean isViolated(Monitor monitor, List<LocalDateTime> window, TimeSpelling spelling) {
        return Tables.violated(monitor.check(TimeSpelling.table(window, spelling)))
                .contains(METRIC);
    }

    private static void assertHealthy(Monitor monitor, List<LocalDateTime> later, TimeSpelling spelling) {
        for (int rows : new int[] {1, 20, 200, 2_000}) {
            for (int from = 0; from < 4 * rows; from += rows) {
                assertThat(Tables.violated(
                                monitor.check(TimeSpelling.table(later.subList(from, from + rows), spelling))))
                        .doesNotContain(METRIC);
            }
        }
    }

    /** Ways in which rows come that have an order, of the baseline and of later windows alike. */
    static Stream<Arguments> processes() {
        return Stream.of(
                Arguments.of("newest first", (Shuffle) (times, random) -> reversed(times)),
                Arguments.of("some late", late(0.05, 20)),
                Arguments.of("many a little late", late(0.2, 3)),
                Arguments.of("replicas one after the other", (Shuffle) (times, random) -> replicas(times, 40)),
                Arguments.of("no order", blocks(1)),
                Arguments.of("blocks", blocks(20)),
                Arguments.of("a random sample", (Shuffle) (times, random) ->
                        times.stream().filter(time -> random.nextBoolean()).toList()));
    }

    /** Rows of each replica in order, and one replica after the other. */
    private static List<LocalDateTime> replicas(List<LocalDateTime> times, int replicas) {
        return IntStream.range(0, replicas)
                .boxed()
                .flatMap(replica -> IntStream.range(0, times.size())
                        .filter(i -> i % replicas == replica)
                        .mapToObj(times::get))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("processes")
    void theSameProcessLaterInTimeIsHealthyAtAnyLengthOfWindow(String name, Shuffle order) {
        TimeSpelling spelling = TimeSpelling.pattern("yyyy-MM-dd'T'HH:mm:ss");
        Monitor monitor = Monitor.against(
                Baseline.of(TimeSpelling.table(order.apply(times(0, ROWS, 1), new Random(1)), spelling)));
        for (int rows : new int[] {1, 20, 200, 2_000}) {
            for (int i = 0; i < 8; i++) {
                List<LocalDateTime> window = order.apply(times(ROWS + i * rows, rows, 50 + i), new Random(i));
                assertThat(isViolated(monitor, window, spelling))
                        .as("%s of %d rows", name, rows)
                        .isFalse();
            }
        }
    }

    /** Ways in which windows may come beside a baseline in perfect order. */
    static Stream<Arguments> harmless() {
        return Stream.of(
                Arguments.of("requests that end in another order", late(0.9, 8), new int[] {1, 20, 500, 2_000}),
                Arguments.of(
                        "ten parts in any order",
                        (Shuffle) (times, random) ->
                                blocks(Math.max(1, times.size() / 10)).apply(times, random),
                        new int[] {1, 20, 200, 2_000}),
                Arguments.of(
                        "twenty replicas", (Shuffle) (times, random) -> replicas(times, 20), new int[] {20, 200, 2_000
                        }),
                Arguments.of(
                        "rows at one time",
                        (Shuffle) (times, random) -> Collections.nCopies(times.size(), times.get(0)),
                        new int[] {1, 20, 200, 2_000}),
                Arguments.of("few rows in no order", blocks(1), new int[] {1, 20, 30}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void whatMergingAndServingDoToTheOrderIsNoAlarm(String name, Shuffle order, int[] lengths) {
        TimeSpelling spelling = TimeSpelling.pattern("yyyy-MM-dd'T'HH:mm:ss");
        Monitor monitor = Monitor.against(Baseline.of(TimeSpelling.table(times(0, ROWS, 1), spelling)));
        for (int rows : lengths) {
            for (int i = 0; i < 8; i++) {
                List<LocalDateTime> window = order.apply(times(ROWS + i * rows, rows, 50 + i), new Random(i));
                assertThat(isViolated(monitor, window, spelling))
                        .as("%s, %d rows", name, rows)
                        .isFalse();
            }
        }
    }

    @Test
    void aShuffledBaselineTellsNothingOfTheOrderOfWindows() {
        TimeSpelling spelling = TimeSpelling.pattern("yyyy-MM-dd");
        Baseline shuffled =
                Baseline.of(TimeSpelling.table(blocks(1).apply(times(0, ROWS, 1), new Random(1)), spelling));

        assertThat(shuffled.metrics()).noneMatch(metric -> metric.name().equals("out_of_order_share"));
        assertThat(Tables.violated(
                        Monitor.against(shuffled).check(TimeSpelling.table(times(ROWS, 2_000, 2), spelling))))
                .isEmpty();
    }

    @Test
    void whatAUserRequiresIsJudgedByAllSteps() {
        TimeSpelling spelling = TimeSpelling.pattern("yyyy-MM-dd'T'HH:mm:ss");
        Monitor monitor = Monitor.against(Baseline.of(TimeSpelling.table(times(0, ROWS, 1), spelling)))
                .requiring(on("t").metric("out_of_order_share").atMost(0));

        List<LocalDateTime> swapped = new ArrayList<>(times(ROWS, 2_000, 2));
        assertThat(isViolated(monitor, swapped, spelling)).isFalse();
        Collections.swap(swapped, 0, 1);
        assertThat(isViolated(monitor, swapped, spelling)).isTrue();
    }

    @Test
    void partsInOrderTellTheSameAsTheWhole() {
        TimeSpelling spelling = TimeSpelling.pattern("yyyy-MM-dd'T'HH:mm:ss");
        List<LocalDateTime> rows = times(0, ROWS, 1);
        Baseline whole = Baseline.of(TimeSpelling.table(rows, spelling));
        Baseline parts = Baseline.of(TimeSpelling.table(rows.subList(0, 1_000), spelling))
                .merge(Baseline.of(TimeSpelling.table(rows.subList(1_000, ROWS), spelling)));

        assertThat(parts.metric("t", "out_of_order_share")).isEqualTo(whole.metric("t", "out_of_order_share"));
        assertThat(Tables.saved(parts).metrics()).isEqualTo(parts.metrics());
    }

    @Test
    void aReportSaysHowManyRowsAreOutOfOrder() {
        TimeSpelling spelling = TimeSpelling.pattern("yyyy-MM-dd'T'HH:mm:ss");
        Monitor monitor = Monitor.against(Baseline.of(TimeSpelling.table(times(0, ROWS, 1), spelling)));

        assertThat(monitor.check(TimeSpelling.table(reversed(times(ROWS, 2_000, 2)), spelling))
                        .toString())
                .contains("out_of_order_share", "1999 of 1999 steps go back");
    }
}

package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of few rows, or of the last digits, that distributions hardly show. */
@Tag("simulation")
class FewRowsChangeTest {

    private static final int ROWS = 5_000;
    private static final int WINDOW = 2_000;

    /** A random number. */
    private interface Draw extends ToDoubleFunction<SplittableRandom> {}

    static Stream<Arguments> numbers() {
        return Stream.of(
                numbers("normal", SplittableRandom::nextGaussian),
                numbers("log-normal", random -> Math.exp(3 + random.nextGaussian())),
                numbers("uniform of 4 decimals", random -> random.nextInt(10_000_000) / 1e4),
                numbers("prices", random -> Math.rint(100 * Math.exp(4 + random.nextGaussian())) / 100),
                numbers("float", random -> (float) (20 + 5 * random.nextGaussian())),
                numbers(
                        "half of them whole",
                        random -> random.nextInt(5) < 2 ? random.nextInt(900) : 900 * random.nextDouble()));
    }

    private static Arguments numbers(String name, Draw draw) {
        return Arguments.of(name, draw);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("numbers")
    void aValueThatOneRowInTwentyIsStuckAtIsSeen(String name, Draw draw) {
        Report report =
                monitor(draw).check(table(2, WINDOW, (random, value) -> random.nextInt(20) == 0 ? 17.25 : value, draw));

        assertThat(Tables.violated(report)).contains("x most_frequent_share");
        assertThat(report.metric("x", "most_frequent_share").note()).contains("'17.25'");
    }

    static Stream<Arguments> wholeNumbers() {
        return Stream.of(
                numbers("ages", random -> 18 + random.nextInt(60)),
                numbers("twenty scores", random -> random.nextInt(20)),
                numbers("minutes", random -> random.nextInt(60)),
                numbers("degrees", random -> Math.rint(15 + 8 * random.nextGaussian())),
                numbers("kilometres", random -> Math.floor(-30 * Math.log(1 - random.nextDouble()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wholeNumbers")
    void aWholeNumberThatOneRowInTwentyIsStuckAtIsSeen(String name, Draw draw) {
        Monitor monitor = Monitor.against(Baseline.of(whole(1, ROWS, draw)));
        int seen = 0;
        int alerts = 0;
        for (int seed = 100; seed < 120; seed++) {
            Draw stuck = random -> random.nextInt(20) == 0 ? 19 : draw.applyAsDouble(random);
            seen += Tables.violated(monitor.check(whole(seed, WINDOW, stuck))).contains("x most_frequent_share")
                    ? 1
                    : 0;
            alerts += monitor.check(whole(seed, seed % 2 == 0 ? WINDOW : 20, draw))
                            .isHealthy()
                    ? 0
                    : 1;
        }
        assertThat(seen).isGreaterThanOrEqualTo(19);
        assertThat(alerts).isLessThanOrEqualTo(3);
    }

    private static Dataset whole(int seed, int rows, Draw draw) {
        SplittableRandom random = new SplittableRandom(seed);
        return Tables.csv("x,y", rows, i -> (long) draw.applyAsDouble(random) + "," + random.nextInt(1_000) / 7.0);
    }

    @ParameterizedTest(name = "{0} rows before")
    @ValueSource(ints = {1_000, 50_000, 400_000})
    void itIsSeenWhateverTheSizeOfTheBaseline(int rows) {
        Draw draw = SplittableRandom::nextGaussian;
        Monitor monitor = Monitor.against(Baseline.of(table(1, rows, (random, value) -> value, draw)));

        assertThat(Tables.violated(monitor.check(
                        table(2, WINDOW, (random, value) -> random.nextInt(20) == 0 ? 0.5 : value, draw))))
                .contains("x most_frequent_share");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("numbers")
    void aSentinelInOneRowOfAHundredIsSeen(String name, Draw draw) {
        for (double sentinel : new double[] {-999, 99_999, -1e9, 1e30, -99}) {
            Report report = monitor(draw)
                    .check(table(2, WINDOW, (random, value) -> random.nextInt(100) == 0 ? sentinel : value, draw));

            // Where there was no negative number, that there are says it.
            assertThat(Tables.violated(report))
                    .as("%s", sentinel)
                    .containsAnyOf("x out_of_range_share", "x non_negative_share")
                    .doesNotContainSequence("x out_of_range_share", "x non_negative_share");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("numbers")
    void roundedNumbersAreSeen(String name, Draw draw) {
        for (double step : new double[] {10, 1}) {
            Report report =
                    monitor(draw).check(table(2, WINDOW, (random, value) -> Math.rint(value * step) / step, draw));

            assertThat(Tables.violated(report)).as("%s", step).contains("x rounded_share");
        }
    }

    static Stream<Arguments> writtenNumbers() {
        return Stream.of(
                written("salaries", 10, random -> Math.rint(30_000 * Math.exp(random.nextGaussian() / 2))),
                written(
                        "salaries to the thousand",
                        1_000,
                        random -> Math.rint(30_000 * Math.exp(random.nextGaussian() / 2))),
                written("inhabitants", 10, random -> Math.rint(Math.exp(12 + 2 * random.nextGaussian()))),
                written("scores from 300 to 850", 10, random -> 300 + random.nextInt(551)),
                written(
                        "distances, some of them to ten",
                        10,
                        random -> (random.nextInt(3) == 0 ? 10 : 1) * random.nextInt(1, 2_000)),
                written("multiples of a hundred", 1_000, random -> 100 * random.nextInt(1, 3_000)),
                written("mostly 0, else whole", 10, random -> random.nextInt(5) < 3 ? 0 : random.nextInt(1, 5_000)),
                written(
                        "mostly 0, else an amount",
                        1,
                        random -> random.nextInt(5) < 3 ? 0 : cents(Math.exp(3 + random.nextGaussian()))),
                written(
                        "mostly 0, else an amount to the tenth",
                        0.1,
                        random -> random.nextInt(5) < 3 ? 0 : cents(Math.exp(3 + random.nextGaussian()))),
                written(
                        "one of two fees, else an amount",
                        1,
                        random ->
                                random.nextInt(5) < 3 ? 10 + 15 * random.nextInt(2) : cents(50 * random.nextDouble())));
    }

    private static Arguments written(String name, double unit, Draw draw) {
        return Arguments.of(name, unit, draw);
    }

    private static double cents(double amount) {
        return Math.rint(100 * amount) / 100;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writtenNumbers")
    void numbersRoundedToAUnitThatFewOthersHaveAreSeen(String name, double unit, Draw draw) {
        double perUnit = Math.rint(1 / unit);
        Changed rounded =
                (random, value) -> unit < 1 ? Math.rint(value * perUnit) / perUnit : unit * Math.rint(value / unit);
        Monitor monitor = monitor(draw);

        assertThat(IntStream.range(2, 8)
                        .filter(run -> Tables.violated(monitor.check(table(run, WINDOW, rounded, draw)))
                                .contains("x rounded_share"))
                        .count())
                .isEqualTo(6);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writtenNumbers")
    void numbersWrittenAsBeforeAlertRarely(String name, double unit, Draw draw) {
        Monitor monitor = monitor(draw);

        assertThat(IntStream.range(2, 42)
                        .filter(run -> !Tables.violated(monitor.check(table(
                                        run, List.of(1, 20, 200, 2_000).get(run % 4), (random, value) -> value, draw)))
                                .isEmpty())
                        .count())
                .isLessThanOrEqualTo(2);
    }

    @Test
    void moreZerosAreNoRoundedNumbers() {
        Draw draw = random -> random.nextInt(2) == 0 ? 0 : cents(50 * random.nextDouble());

        assertThat(monitor(draw)
                        .check(table(2, WINDOW, (random, value) -> random.nextInt(2) == 0 ? 0 : value, draw))
                        .metric("x", "rounded_share")
                        .value())
                .isBetween(0.05, 0.15);
        assertThat(monitor(draw)
                        .check(table(2, WINDOW, (random, value) -> 0, draw))
                        .metric("x", "rounded_share")
                        .note())
                .contains("no number but 0");
    }

    @ParameterizedTest
    @CsvSource({"0.25, 0.7", "-1.5, 3", "7, 8", "1e9, 0", "EUR, USD", "true, false"})
    void anotherValueInOneRowOfAHundredIsSeenWhereOneWasConstant(String constant, String other) {
        Monitor monitor = Monitor.against(Baseline.of(Tables.csv("x,y", 5_000, i -> constant + "," + i % 7)));

        assertThat(Tables.violated(
                        monitor.check(Tables.csv("x,y", 2_000, i -> (i % 100 == 0 ? other : constant) + "," + i % 7))))
                .isNotEmpty();
        assertThat(Tables.violated(monitor.check(Tables.csv("x,y", 2_000, i -> constant + "," + i % 7))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 1", "2, 2", "4, 8", "1000, 1"})
    void rowsThatComeAgainAreSeen(int times, int share) {
        Monitor monitor = Monitor.against(Baseline.of(mixed(1, ROWS, 1, 1)));
        Report report = monitor.check(mixed(2, WINDOW, times, share));

        assertThat(Tables.violated(report)).contains(" duplicate_row_share");
        assertThat(report.metric(MetricId.DATASET, "duplicate_row_share").value())
                .isBetween(0.9 * (1 - 1.0 / times) / share, 1.1 * (1 - 1.0 / times) / share);
    }

    @ParameterizedTest(name = "{0} frequent rows, {1} percent of all")
    @CsvSource({"1, 60", "1, 10", "5, 60", "20, 80", "100, 50", "1000, 100"})
    void windowsOfATableOfWhichSomeRowsAreFrequentAlertRarely(int different, int percent) {
        int alerts = 0;
        for (int baseline = 0; baseline < 5; baseline++) {
            Monitor monitor = Monitor.against(Baseline.of(frequent(baseline, ROWS, different, percent, 1)));
            for (int run = 0; run < 10; run++) {
                int rows = new int[] {1, 20, 200, 2_000, 200, 2_000, 200, 2_000, 20, 10_000}[run];
                Report report = monitor.check(frequent(100 + 10 * baseline + run, rows, different, percent, 1));
                alerts += report.violations().isEmpty() ? 0 : 1;
            }
        }
        assertThat(alerts).isLessThanOrEqualTo(3);
    }

    @ParameterizedTest(name = "{0} frequent rows, {1} percent of all")
    @CsvSource({"1, 60", "1, 10", "5, 60", "20, 80"})
    void rowsThatComeAgainBesideFrequentOnesAreSeen(int different, int percent) {
        Monitor monitor = Monitor.against(Baseline.of(frequent(1, ROWS, different, percent, 1)));

        assertThat(Tables.violated(monitor.check(frequent(2, WINDOW, different, percent, 3))))
                .contains(" duplicate_row_share");
    }

    /** Counts that are mostly those of some frequent rows, else any; each row so many times. */
    private static Dataset frequent(int seed, int rows, int different, int percent, int times) {
        return Tables.csv("a,b", rows, i -> {
            SplittableRandom random = new SplittableRandom(1_000_003L * seed + i / times);
            int kind = random.nextInt(different);
            return random.nextInt(100) < percent
                    ? kind % 7 + "," + kind
                    : random.nextInt(5_000) + "," + random.nextInt(5_000);
        });
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"yyyy-MM", "MMMM", "YYYY-'W'ww", "yyyy-MM-dd", "yyyyMMdd"})
    void rowsOfAShorterTimeAreCloserAndNoRepeats(String format) {
        Monitor monitor = Monitor.against(Baseline.of(dated(1, ROWS, 0, 180, format, 1)));

        for (int day = 180; day < 360; day += 36) {
            assertThat(Tables.violated(monitor.check(dated(day, WINDOW, day, 28, format, 1))))
                    .as("28 days")
                    .doesNotContain(" duplicate_row_share");
            assertThat(Tables.violated(monitor.check(dated(day, 50, day, 1, format, 1))))
                    .as("a day")
                    .doesNotContain(" duplicate_row_share");
            assertThat(Tables.violated(monitor.check(dated(day, WINDOW, day, 28, format, 3))))
                    .as("each row three times")
                    .contains(" duplicate_row_share");
        }
    }

    /** Times of so many days from one on, beside a number of few digits; each row so many times. */
    private static Dataset dated(int seed, int rows, int day, int days, String format, int times) {
        return Tables.csv("time,x", rows, i -> {
            SplittableRandom random = new SplittableRandom(1_000_003L * seed + i / times);
            long second = 86_400L * (day + random.nextInt(days)) + random.nextInt(86_400);
            return format(second, format) + "," + Math.rint(1_000 * random.nextGaussian()) / 1_000;
        });
    }

    private static String format(long second, String format) {
        return DateTimeFormatter.ofPattern(format, Locale.ENGLISH)
                .format(LocalDateTime.of(2025, 1, 1, 0, 0).plusSeconds(second));
    }

    @Test
    void rowsThatDifferInOneTextAreDifferent() {
        Dataset table = Tables.csv("a,b,c", 1_000, i -> "1,same text,text " + i);

        assertThat(Baseline.of(table)
                        .metric(MetricId.DATASET, "duplicate_row_share")
                        .value())
                .isZero();
    }

    @ParameterizedTest(name = "windows of {0} rows")
    @CsvSource({"1, 100", "20, 100", "50, 100", "500, 60", "2000, 30", "100000, 3"})
    void windowsOfTheSameSourceAlertRarely(int rows, int runs) {
        int alerts = 0;
        Monitor monitor = Monitor.against(Baseline.of(ordinary(0, ROWS)));
        for (int run = 0; run < runs; run++) {
            if (run % 5 == 4) {
                monitor = Monitor.against(Baseline.of(ordinary(run, ROWS)));
            }
            Report report = monitor.check(ordinary(10_000 + run, rows));
            alerts += report.violations().isEmpty() ? 0 : 1;
        }
        // What a source that alerts in 5 % exceeds once in a hundred times.
        assertThat(alerts).isLessThanOrEqualTo((int) (0.05 * runs + 2.4 * Math.sqrt(0.0475 * runs)));
    }

    private interface Changed {
        double of(SplittableRandom random, double value);
    }

    private static Monitor monitor(Draw draw) {
        return Monitor.against(Baseline.of(table(1, ROWS, (random, value) -> value, draw)));
    }

    private static Dataset table(int seed, int rows, Changed changed, Draw draw) {
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom choice = new SplittableRandom(-seed);
        SplittableRandom other = new SplittableRandom(~seed);
        double[] x = new double[rows];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = changed.of(choice, draw.applyAsDouble(random));
            y[i] = other.nextGaussian();
        }
        return Datasets.columns().add("x", x).add("y", y).build();
    }

    /** Rows of which the first of so many parts comes so often each. */
    private static Dataset mixed(int seed, int rows, int times, int share) {
        return Tables.csv("a,b,c", rows, i -> {
            int row = i < rows / share ? i - i % times : i;
            SplittableRandom random = new SplittableRandom(1_000_003L * seed + row);
            return random.nextInt(50) + ",c" + random.nextInt(9) + "," + random.nextGaussian();
        });
    }

    private static Dataset ordinary(int seed, int rows) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] normal = new double[rows];
        double[] skewed = new double[rows];
        double[] price = new double[rows];
        double[] counts = new double[rows];
        for (int i = 0; i < rows; i++) {
            normal[i] = random.nextGaussian();
            skewed[i] = Math.exp(2 * random.nextGaussian());
            price[i] = random.nextInt(3) == 0 ? 9.99 : Math.rint(100 * skewed[i]) / 100;
            counts[i] = Math.floor(-30 * Math.log(1 - random.nextDouble()));
        }
        return Datasets.columns()
                .add("normal", normal)
                .add("skewed", skewed)
                .add("price", price)
                .add("counts", counts)
                .build();
    }
}

package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.ColumnRole;
import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns of ids: that new ones come is no drift, and what is wrong with ids is seen. */
@Tag("simulation")
class IdsComeAnewTest {

    private static final int ROWS = 5_000;

    /** The id of the nth row since the beginning of the process. */
    private interface Ids extends LongFunction<String> {}

    static Stream<Arguments> ids() {
        return Stream.of(
                ids("row", "x", Long::toString),
                ids("order number", "x", n -> "order-" + (8_000 + n)),
                ids("padded", "x", n -> String.format(Locale.ROOT, "C%07d", n)),
                ids("padded number", "x", n -> String.format(Locale.ROOT, "%08d", n)),
                ids("year and number", "x", n -> "INV/2024/" + (95_000 + n)),
                ids("steps of 16", "x", n -> Long.toString(16 * (n + 100))),
                ids(
                        "gaps",
                        "x",
                        n -> Long.toString(1_000_000 + 7 * n + random(n).nextInt(7))),
                ids(
                        "wide gaps",
                        "x",
                        n -> Long.toString(90_000 + 12 * n + random(n).nextInt(12))),
                ids(
                        "gaps of thousands",
                        "x",
                        n -> Long.toString(5_000_000 + 9_000 * n + random(n).nextInt(9_000))),
                ids("steps of 10007", "x", n -> Long.toString(77 + 10_007 * n)),
                ids(
                        "gaps of a million",
                        "x",
                        n -> Long.toString(1_000_000 * n + random(n).nextInt(600_000))),
                ids(
                        "shards",
                        "x",
                        n -> Long.toString(40_000 * n + 8_192L * random(n).nextInt(4) + n % 3)),
                ids(
                        "snowflake",
                        "x",
                        n -> Long.toString(((1_700_000_000_000L + 977 * n) << 22)
                                + random(n).nextInt(4096))),
                ids("uuid", "x", n -> new UUID(random(n).nextLong(), random(-n).nextLong()).toString()),
                ids("internet address", "x", IdsComeAnewTest::address),
                ids(
                        "address",
                        "x",
                        n -> "https://shop.example.com/item/"
                                + (1_000 + 3 * n + random(n).nextInt(3))),
                ids("hash", "x", n -> Long.toHexString(random(n).nextLong() | 1L << 63)),
                ids(
                        "customers",
                        "customer_id",
                        n -> Long.toString(100_000 + n / 5 + random(n).nextInt(40))),
                ids(
                        "customers far apart",
                        "customerId",
                        n -> Long.toString(
                                10_000_000 + 7_919 * (n / 5 + random(n).nextInt(40)))),
                ids(
                        "customers of any number",
                        "customer_id",
                        n -> Long.toString(
                                random((long) ((1_500 + n / 3.0) * random(n).nextDouble()))
                                        .nextLong(1_000_000_000L))),
                ids(
                        "customer texts",
                        "CustomerID",
                        n -> "cust_" + (n / 6 + random(n).nextInt(40))),
                ids(
                        "few customers",
                        "user id",
                        n -> Long.toString(n / 20 + random(n).nextInt(50))));
    }

    private static Arguments ids(String name, String column, Ids ids) {
        return Arguments.of(name, column, ids);
    }

    private static SplittableRandom random(long seed) {
        return new SplittableRandom(seed * 1_000_003 + 17);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ids")
    void newIdsAreNoDrift(String name, String column, Ids ids) {
        Baseline baseline = Baseline.of(table(column, ROWS, 0, ids));
        Monitor suggested = Monitor.against(baseline);
        Monitor drifting = suggested.requiring(on(column).drift());
        int alerts = 0;
        for (int window = 0; window < 30; window++) {
            int rows = new int[] {1, 20, 300, 2_000}[window % 4];
            Dataset later = table(column, rows, ROWS + 2_000L * window, ids);
            alerts += suggested.check(later).violations().isEmpty() ? 0 : 1;
            Report report = drifting.check(later);
            assertThat(Tables.violated(report)).as(report.toString()).doesNotContain(column + " drift");
        }
        assertThat(baseline.profile().typing(column).type()).isEqualTo(ColumnType.ID);
        assertThat(alerts).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uniqueIds")
    void newIdsAreNoDriftAfterFewRowsEither(String name, String column, Ids ids) {
        Monitor monitor = Monitor.against(Baseline.of(table(column, 50, 0, ids)));
        for (int window = 0; window < 9; window++) {
            int rows = new int[] {1, 20, 300}[window % 3];
            Report report = monitor.check(table(column, rows, 50 + 300L * window, ids));
            assertThat(Tables.violated(report)).as(report.toString()).isEmpty();
        }
    }

    @Test
    void thatFewRowsHaveOnlyDifferentIdsDoesNotSayThatNoneComesAgain() {
        Ids customers = n -> "K" + (100_000 + (n < 50 ? 29 * n : random(n).nextInt(1_500)));
        Monitor monitor = Monitor.against(Baseline.of(table("customer_id", 50, 0, customers)));
        for (int rows : new int[] {300, 2_000, 20_000}) {
            assertThat(Tables.violated(monitor.check(table("customer_id", rows, 50, customers))))
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ids")
    void theSameIdsAgainAreNoDrift(String name, String column, Ids ids) {
        Monitor monitor = Monitor.against(Baseline.of(table(column, ROWS, 0, ids)));
        int alerts = 0;
        for (int window = 0; window < 10; window++) {
            alerts += monitor.check(table(column, 400, 400L * window, ids))
                            .violations()
                            .isEmpty()
                    ? 0
                    : 1;
        }
        assertThat(alerts).isZero();
    }

    @ParameterizedTest(name = "{0}, shuffled")
    @MethodSource("ids")
    void idsInNoOrderAreIds(String name, String column, Ids ids) {
        Baseline baseline = Baseline.of(table(column, ROWS, 0, n -> ids.apply(n * 1_999 % ROWS)));

        assertThat(baseline.profile().typing(column).type()).isEqualTo(ColumnType.ID);
    }

    static Stream<Arguments> uniqueIds() {
        return ids().filter(arguments -> !((String) arguments.get()[0]).contains("customer"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("uniqueIds")
    void idsThatComeTwiceAreSeen(String name, String column, Ids ids) {
        Monitor monitor = Monitor.against(Baseline.of(table(column, ROWS, 0, ids)));
        Report half = monitor.check(table(column, 2_000, 0, n -> ids.apply(ROWS + n / 2)));
        Report stuck = monitor.check(table(column, 2_000, 0, n -> ids.apply(n % 20 == 0 ? ROWS : ROWS + n)));

        assertThat(Tables.violated(half))
                .contains(column + " distinct_share")
                .isSubsetOf(column + " distinct_share", " duplicate_row_share");
        assertThat(Tables.violated(stuck)).contains(column + " distinct_share");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ids")
    void aStuckIdIsSeen(String name, String column, Ids ids) {
        Monitor monitor = Monitor.against(Baseline.of(table(column, ROWS, 0, ids)));
        Report stuck = monitor.check(table(column, 2_000, 0, n -> ids.apply(n % 8 == 0 ? ROWS : ROWS + n)));

        assertThat(Tables.violated(stuck)).contains(column + " most_frequent_share");
    }

    @ParameterizedTest
    @CsvSource({"9, 5000", "10, 20000", "12, 300"})
    void numbersOfAccountsThatComeTwiceAreSeen(int digits, int rows) {
        long least = Math.round(Math.pow(10, digits - 1));
        Ids accounts = n -> Long.toString(least + random(n).nextLong(9 * least));
        Monitor monitor = Monitor.against(Baseline.of(table("account", rows, 0, accounts)));
        Report twice = monitor.check(table("account", 2_000, 0, n -> accounts.apply(rows + n / 2)));
        Report some = monitor.check(table("account", 2_000, 0, n -> accounts.apply(rows + (n % 8 == 0 ? n + 1 : n))));

        assertThat(Tables.violated(twice)).contains("account distinct_share");
        assertThat(Tables.violated(some)).contains("account distinct_share");
        for (int window : new int[] {1, 20, 300, 2_000, 5_000}) {
            assertThat(Tables.violated(monitor.check(table("account", window, rows + 7L * window, accounts))))
                    .doesNotContain("account distinct_share");
        }
    }

    @ParameterizedTest
    @CsvSource({"30000, 3000", "300000, 5000", "1000000, 5000", "5000000, 20000"})
    void numbersThatComeTwiceByChanceDoNotAlert(int most, int rows) {
        SplittableRandom random = new SplittableRandom(most);
        Monitor monitor =
                Monitor.against(Baseline.of(table("x", rows, 0, n -> Integer.toString(random.nextInt(most)))));

        for (int window : new int[] {2, 20, 300, 2_000, 20_000}) {
            assertThat(Tables.violated(
                            monitor.check(table("x", window, rows, n -> Integer.toString(random.nextInt(most))))))
                    .doesNotContain("x distinct_share");
        }
    }

    static Stream<Arguments> changedFormats() {
        return Stream.of(
                Arguments.of("order-8000", (Ids) n -> "order-" + (8_000 + n), (Ids) n -> "order " + (8_000 + n)),
                Arguments.of("C0000001", (Ids) n -> "C" + (10_000_000 + n), (Ids) n -> Long.toString(10_000_000 + n)),
                Arguments.of("uuid", (Ids) n -> new UUID(random(n).nextLong(), n).toString(), (Ids)
                        n -> new UUID(random(n).nextLong(), n).toString().replace("-", "")),
                Arguments.of("uuid in capitals", (Ids) n -> new UUID(random(n).nextLong(), n).toString(), (Ids)
                        n -> new UUID(random(n).nextLong(), n).toString().toUpperCase(Locale.ROOT)),
                Arguments.of("hash in capitals", (Ids) n -> hash(n), (Ids) n -> hash(n).toUpperCase(Locale.ROOT)),
                Arguments.of("long hash", (Ids) n -> hash(n) + hash(n + 1), (Ids) n -> hash(n)),
                Arguments.of(
                        "hash and address", (Ids) n -> "sha:" + hash(n) + hash(n + 1), (Ids) n -> "sha:" + hash(n)),
                Arguments.of("a key", (Ids) IdsComeAnewTest::key, (Ids) n -> key(n).substring(1)),
                Arguments.of("an internet address", (Ids) n -> address(n), (Ids)
                        n -> address(n).replace(".", "")),
                Arguments.of("INV-1", (Ids) n -> "INV-" + (10_000 + n), (Ids) n -> "ORD-" + (10_000 + n)),
                Arguments.of(
                        "https", (Ids) n -> "https://a.com/" + (10_000 + n), (Ids) n -> "http://a.com/" + (10_000 + n)),
                Arguments.of("a file", (Ids) n -> "log_2024-" + n + ".txt", (Ids) n -> "out_2024-" + n + ".txt"),
                Arguments.of("name and number", (Ids) n -> "user" + (10_000 + n), (Ids) n -> "test" + (10_000 + n)),
                Arguments.of("two kinds", (Ids) n -> (n % 3 == 0 ? "A_" : "B_") + (10_000 + n), (Ids)
                        n -> "C_" + (10_000 + n)),
                Arguments.of("number", (Ids) Long::toString, (Ids) n -> "id" + n),
                Arguments.of("A-1", (Ids) n -> "AB-" + n, (Ids) n -> "ab-" + n),
                Arguments.of("INV/2024/1", (Ids) n -> "INV/2024/" + n, (Ids) n -> "INV-2024-" + n));
    }

    private static String key(long n) {
        return new UUID(random(n).nextLong(), n).toString().replace("-", "");
    }

    private static String address(long n) {
        SplittableRandom random = random(n);
        return random.nextInt(1, 224) + "." + random.nextInt(256) + "." + random.nextInt(256) + "."
                + random.nextInt(256);
    }

    private static String hash(long n) {
        return "0f1a" + Long.toHexString(random(n).nextLong()) + "b2c3";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changedFormats")
    void anotherFormatIsSeen(String name, Ids before, Ids after) {
        Monitor monitor = Monitor.against(Baseline.of(table("x", ROWS, 0, before)));
        Report all = monitor.check(table("x", 300, ROWS, after));
        Report some = monitor.check(table("x", 2_000, ROWS, n -> (n % 20 == 0 ? after : before).apply(n)));

        assertThat(Tables.violated(all)).containsAnyOf("x format_share", "x type_share");
        assertThat(Tables.violated(some)).containsAnyOf("x format_share", "x type_share");
    }

    @ParameterizedTest
    @CsvSource({"2000, 3", "1500, 2", "4000, 4"})
    void customersWhoComeAgainAndThenNewOnesAreNoDrift(int first, int rowsPerNewOne) {
        Ids customers = n -> "K" + (100_000 + (int) (random(n).nextDouble() * (first + n / rowsPerNewOne)));
        Monitor monitor = Monitor.against(Baseline.of(table("x", ROWS, 0, customers)));
        int alerts = 0;
        for (int window = 0; window < 9; window++) {
            int rows = new int[] {20, 300, 2_000}[window % 3];
            alerts += monitor.check(table("x", rows, ROWS + 2_000L * window, customers))
                            .violations()
                            .isEmpty()
                    ? 0
                    : 1;
        }
        Report stuck = monitor.check(table("x", 2_000, ROWS, n -> n % 8 == 0 ? "K100000" : customers.apply(n)));

        assertThat(alerts).isZero();
        assertThat(Tables.violated(stuck)).contains("x most_frequent_share");
    }

    @ParameterizedTest
    @CsvSource({"10", "1000", "20000", "100000", "2000000", "1000000000"})
    void wholeNumbersThatMeasureAreNoIds(int most) {
        SplittableRandom random = new SplittableRandom(most);
        Baseline baseline = Baseline.of(Tables.csv("x,y", ROWS, i -> random.nextInt(most) + ",a"));
        Report moved =
                Monitor.against(baseline).check(Tables.csv("x,y", 2_000, i -> random.nextInt(most) + most / 2 + ",a"));

        assertThat(baseline.profile().typing("x").type()).isNotEqualTo(ColumnType.ID);
        assertThat(Tables.violated(moved)).contains("x drift");
    }

    @ParameterizedTest
    @CsvSource({"300", "3000", "5000", "20000"})
    void amountsThatAreAllDifferentAreNoIds(int rows) {
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            LongFunction<String> uniform = i -> random.nextInt(1_000_000_000) + ",a";
            LongFunction<String> skewed = i -> Math.round(1e6 * Math.exp(random.nextGaussian())) + ",a";
            for (LongFunction<String> amount : List.of(uniform, skewed)) {
                Baseline baseline = Baseline.of(Tables.csv("price,y", rows, amount::apply));
                assertThat(baseline.profile().typing("price").type()).isEqualTo(ColumnType.WHOLE_NUMBER);
            }
        }
    }

    @Test
    void amountsThatAreAllDifferentDrift() {
        SplittableRandom random = new SplittableRandom(1);
        Monitor monitor = Monitor.against(Baseline.of(
                Tables.csv("price,y", ROWS, i -> Math.round(1e6 * Math.exp(random.nextGaussian())) + ",a")));
        Dataset dearer = Tables.csv("price,y", 2_000, i -> Math.round(1.6e6 * Math.exp(random.nextGaussian())) + ",a");

        assertThat(Tables.violated(monitor.check(dearer))).contains("price drift");
    }

    @ParameterizedTest
    @CsvSource({"plan_id, 4", "store_id, 90", "x, 400"})
    void categoriesAreNoIds(String column, int different) {
        SplittableRandom random = new SplittableRandom(different);
        Baseline baseline = Baseline.of(table(column, ROWS, 0, n -> "c" + random.nextInt(different)));
        Report report =
                Monitor.against(baseline).check(table(column, 2_000, 0, n -> "c" + random.nextInt(different / 2)));

        assertThat(baseline.profile().typing(column).type()).isNotEqualTo(ColumnType.ID);
        assertThat(Tables.violated(report)).contains(column + " drift");
    }

    @Test
    void anIdIsWhatAUserSaysItIs() {
        SplittableRandom random = new SplittableRandom(1);
        Baseline found = Baseline.of(table("who", ROWS, 0, n -> Integer.toString(random.nextInt(900))));
        Baseline said = found.declaring(ColumnRole.id("who"));
        Dataset later = table("who", 2_000, 0, n -> Integer.toString(600 + random.nextInt(900)));

        assertThat(Tables.violated(Monitor.against(found).check(later))).contains("who drift");
        assertThat(Tables.violated(Monitor.against(said).check(later))).isEmpty();
        assertThat(Tables.violated(Monitor.against(Tables.saved(said)).check(later)))
                .isEmpty();
        assertThat(Tables.saved(said).profile().typing("who").type()).isEqualTo(ColumnType.ID);
    }

    @Test
    void aLabelThatIsNotThereYetIsNotMissing() {
        Dataset labelled = Tables.csv("a,defaulted", 500, i -> i % 7 + "," + i % 2);
        Dataset unlabelled = Tables.csv("a", 500, i -> Integer.toString(i % 7));
        Baseline found = Baseline.of(labelled);

        assertThat(Tables.violated(Monitor.against(found).check(unlabelled))).containsExactly(" missing_columns");
        assertThat(Tables.violated(Monitor.against(found.declaring(ColumnRole.label("defaulted")))
                        .check(unlabelled)))
                .isEmpty();
    }

    private static Dataset table(String column, int rows, long first, Ids ids) {
        SplittableRandom random = new SplittableRandom(first + rows);
        return Tables.csv(column + ",y", rows, i -> ids.apply(first + i) + "," + (random.nextInt(4) == 0 ? "a" : "b"));
    }
}

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that come in runs of rows and not again, as batches and sessions do, and classes by which a file is sorted. */
@Tag("simulation")
class ValuesInRunsTest {

    private static final List<String> COLOURS = List.of(
            "blue", "green", "amber", "coral", "olive", "white", "pink", "teal", "gold", "navy", "plum", "rose", "ruby",
            "jade", "mint", "lime", "grey", "cyan", "rust", "sand", "snow", "iris", "clay", "pine");

    static Stream<Arguments> runs() {
        return Stream.of(
                run("batches", i -> "B" + (100 + i / 90)),
                run("batches of several lengths", i -> "B" + (100 + (int) (i + 30 * Math.sin(i / 90.0)) / 90)),
                run("colours of deployments", i -> COLOURS.get(i / 150 % 24)),
                run("few colours", i -> COLOURS.get(i / 100)),
                run("versions", i -> "v2." + i / 120),
                run("files", i -> String.format(Locale.ROOT, "part-%05d.csv", i / 140)),
                run("hashes of commits", i -> key(i / 75)),
                run("small whole numbers", i -> Integer.toString(1 + i / 90)),
                run(
                        "whole numbers in no order",
                        i -> Integer.toString(10 + random(i / 90).nextInt(100_000))));
    }

    static Stream<Arguments> sessions() {
        return Stream.of(
                run("keys of two rows", i -> key(i / 2)),
                run("keys of five rows", i -> key(i / 5)),
                run("UUIDs of seven rows", i -> uuid(i / 7)),
                run("UUIDs of twenty rows", i -> uuid(i / 20)),
                run("tokens of three rows", i -> token(i / 3)),
                run("tokens of ten rows", i -> token(i / 10)),
                run(
                        "customers of ten rows",
                        i -> "C" + (100_000 + random(i / 10).nextInt(900_000))),
                run("keys of two rows beside each other", i -> key(i / 12 * 6 + i % 6)),
                run("UUIDs of four rows beside each other", i -> uuid(i / 12 * 3 + i % 3)),
                run("tokens of three rows beside each other", i -> token(i / 9 * 3 + i % 3)));
    }

    private static Arguments run(String name, IntFunction<String> cell) {
        return Arguments.of(name, cell);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void theNextRunIsNoDrift(String name, IntFunction<String> cell) {
        for (int rows : new int[] {300, 400, 500}) {
            thatTheyGoOnIsNoDrift(rows, cell);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sessions")
    void furtherSessionsAreNoDrift(String name, IntFunction<String> cell) {
        List<String> alerts = new ArrayList<>();
        for (String column : List.of("visit", "session_id")) {
            for (int rows : new int[] {60, 500, 5_000}) {
                Monitor monitor = Monitor.against(Baseline.of(table(column, rows, 0, cell)));
                for (int window : new int[] {1, 20, 300, 2_000}) {
                    if (!Tables.violated(monitor.check(table(column, window, rows + 7, cell)))
                            .isEmpty()) {
                        alerts.add(column + ", a baseline of " + rows + ", a window of " + window);
                    }
                }
            }
        }

        // One report in twenty may alert by chance.
        assertThat(alerts).hasSizeLessThanOrEqualTo(1);
    }

    private static void thatTheyGoOnIsNoDrift(int rows, IntFunction<String> cell) {
        Baseline baseline = Baseline.of(table("x", rows, 0, cell));
        Monitor monitor = Monitor.against(baseline);

        assertThat(baseline.describe().toString()).contains("that go on with the rows");
        for (int window : new int[] {1, 20, 300, 1_500}) {
            assertThat(Tables.violated(monitor.check(table("x", window, rows + 7, cell))))
                    .as("a baseline of " + rows + ", a window of " + window)
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void whatHadGoneAndComesBackIsCompared(String name, IntFunction<String> cell) {
        Monitor monitor = Monitor.against(Baseline.of(table("x", 300, 0, cell)));

        for (int seed = 0; seed < 3; seed++) {
            SplittableRandom random = random(seed);
            Dataset mostlyFirst =
                    table("x", 2_000, 0, i -> cell.apply(random.nextInt(20) > 0 ? 0 : random.nextInt(300)));
            Dataset stuck = table("x", 12_000, 0, i -> cell.apply(299));
            assertThat(Tables.violated(monitor.check(mostlyFirst))).containsAnyOf("x drift", "x most_frequent_share");
            assertThat(Tables.violated(monitor.check(stuck))).containsAnyOf("x drift", "x most_frequent_share");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void partsAreAsTheWhole(String name, IntFunction<String> cell) {
        Baseline parts = Baseline.of(table("x", 130, 0, cell)).merge(Baseline.of(table("x", 370, 130, cell)));
        Baseline whole = Baseline.of(table("x", 500, 0, cell));

        assertThat(parts.describe()).hasToString(whole.describe().toString());
        assertThat(Tables.saved(parts).describe()).hasToString(whole.describe().toString());
    }

    static Stream<Arguments> classes() {
        return Stream.of(
                Arguments.of(List.of("cat", "dog", "fox"), "owl"),
                Arguments.of(List.of("setosa", "versicolor", "virginica"), "other"),
                Arguments.of(List.of("high", "low", "medium"), "none"),
                Arguments.of(List.of("a", "b", "c", "d"), "e"),
                Arguments.of(List.of("0", "1"), "2"),
                Arguments.of(List.of("0", "1", "2"), "3"),
                Arguments.of(List.of("false", "true"), "unknown"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("classes")
    void aFileThatIsSortedByAClassIsComparedByIt(List<String> names, String unknown) {
        int of = names.size();
        Monitor monitor = Monitor.against(Baseline.of(table("x", 600, 0, i -> names.get(i * of / 600))));
        SplittableRandom random = random(1);

        assertThat(Tables.violated(monitor.check(table("x", 2_000, 0, i -> names.get(random.nextInt(of))))))
                .isEmpty();
        assertThat(Tables.violated(monitor.check(table("x", 2_000, 0, i -> names.get(i * of / 2_000)))))
                .isEmpty();
        assertThat(Tables.violated(monitor.check(table("x", 2_000, 0, i -> names.get(of - 1)))))
                .contains("x drift");
        assertThat(Tables.violated(monitor.check(table("x", 2_000, 0, i -> unknown))))
                .isNotEmpty();
    }

    @Test
    void twoNamesThatAreSortedAreComparedOnceTheFirstComesBack() {
        Monitor monitor = Monitor.against(Baseline.of(table("x", 600, 0, i -> i < 300 ? "no" : "yes")));
        SplittableRandom random = random(1);

        assertThat(Tables.violated(monitor.check(table("x", 2_000, 0, i -> random.nextBoolean() ? "no" : "yes"))))
                .isEmpty();
        assertThat(Tables.violated(monitor.check(table("x", 2_000, 0, i -> random.nextInt(5) > 0 ? "no" : "yes"))))
                .contains("x drift");
    }

    @Test
    void anotherValueThanTheOnlyOneAlerts() {
        for (String value : List.of("B100", "blue", "7", "v1", "a0f3")) {
            Monitor monitor = Monitor.against(Baseline.of(table("x", 300, 0, i -> value)));

            assertThat(Tables.violated(monitor.check(table("x", 300, 0, i -> value + "1"))))
                    .isNotEmpty();
        }
    }

    private static SplittableRandom random(int seed) {
        // Neighbouring seeds of its own would give shifted parts of one sequence.
        return new SplittableRandom(new Random(seed).nextLong());
    }

    private static String key(int of) {
        return String.format(Locale.ROOT, "%016x", random(of).nextLong());
    }

    private static String uuid(int of) {
        String hex = key(of) + key(of + 1_000_000);
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-4" + hex.substring(13, 16) + "-a"
                + hex.substring(17, 20) + "-" + hex.substring(20);
    }

    private static String token(int of) {
        SplittableRandom random = random(of);
        StringBuilder token = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            token.append("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".charAt(random.nextInt(62)));
        }
        return token.toString();
    }

    private static Dataset table(String column, int rows, int first, IntFunction<String> cell) {
        SplittableRandom random = random(first + rows);
        return Tables.csv(column + ",y", rows, i -> cell.apply(first + i) + "," + random.nextInt(100_000));
    }
}

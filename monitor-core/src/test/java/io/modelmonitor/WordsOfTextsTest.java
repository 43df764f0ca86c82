package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.stats.internal.drift.WordDrift;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts and ids that hardly come again: changes of their words are seen, and that there are new texts is no change. */
@Tag("simulation")
class WordsOfTextsTest {

    private static final int ROWS = 5_000;
    private static final List<String> NAMES = List.of(
            "anna", "bela", "carl", "dora", "emil", "fritz", "gina", "hugo", "irma", "jana", "karl", "lena", "mila");
    private static final List<String> PRAISE = List.of(
            "good", "quick", "delivery", "thanks", "again", "friendly", "service", "happy", "with", "this", "order");
    private static final List<String> COMPLAINTS =
            List.of("broken", "refund", "late", "never", "arrived", "wrong", "parcel", "angry", "missing", "return");

    /** Makes the text of a row. */
    private interface Texts {
        String text(SplittableRandom random, long row);
    }

    private static String pick(SplittableRandom random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String sentence(SplittableRandom random, List<String> words) {
        StringBuilder sentence = new StringBuilder();
        for (int i = 0, n = 4 + random.nextInt(6); i < n; i++) {
            sentence.append(i == 0 ? "" : " ").append(pick(random, words));
        }
        return sentence.toString();
    }

    /** Returns one of these names of domains or brands, the first with a probability. */
    private static String one(SplittableRandom random, double first, String... names) {
        return random.nextDouble() < first ? names[0] : names[1 + random.nextInt(names.length - 1)];
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change(
                        "addresses with numbers",
                        0.7,
                        0.4,
                        first -> (random, row) -> "user" + (row + random.nextInt(9)) + "@"
                                + one(random, first, "gmail.com", "yahoo.com", "web.de")),
                change(
                        "addresses with names",
                        0.8,
                        0.4,
                        first -> (random, row) -> pick(random, NAMES) + "."
                                + pick(random, NAMES) + random.nextInt(1_000_000) + "x@"
                                + one(random, first, "gmail.com", "mail.ru", "proton.me")),
                change(
                        "hosts",
                        0.9,
                        0.5,
                        first -> (random, row) -> "https://" + one(random, first, "shop", "test", "beta")
                                + ".example.com/item/" + (1_000 + row)),
                change(
                        "files",
                        0.95,
                        0.7,
                        first -> (random, row) -> "scan-" + row + one(random, first, ".pdf", ".docx", ".jpeg")),
                change(
                        "remarks",
                        0.95,
                        0.6,
                        first -> (random, row) ->
                                sentence(random, random.nextDouble() < first ? PRAISE : COMPLAINTS) + ", no " + row),
                change(
                        "products",
                        0.6,
                        0.3,
                        first -> (random, row) -> one(random, first, "Acme", "Bolt", "Crown") + " "
                                + pick(random, List.of("lamp", "chair", "table", "desk")) + " " + (10_000 + row)),
                change("capitals", 0.9, 0.5, first -> (random, row) -> {
                    String name = pick(random, List.of("Ana", "Max", "Eva", "Tom")) + " Van "
                            + letters(random, 6, "aeioulnr");
                    return random.nextDouble() < first ? name : name.toLowerCase(Locale.ROOT);
                }),
                change(
                        "Chinese",
                        0.9,
                        0.5,
                        first -> (random, row) -> one(random, first, "\u5f88\u597d", "\u9000\u6b3e", "\u574f\u4e86")
                                + row
                                + pick(random, List.of("\u5feb\u9012", "\u670d\u52a1"))),
                change(
                        "log lines",
                        0.98,
                        0.7,
                        first -> (random, row) -> String.format(
                                Locale.ROOT,
                                "%08x %s request took %d ms",
                                random.nextInt(),
                                one(random, first, "info", "error", "fatal"),
                                row)));
    }

    /** Makes texts of which a share is of the usual kind. */
    private interface Shared {
        Texts with(double share);
    }

    private static Arguments change(String name, double before, double after, Shared texts) {
        return Arguments.of(name, texts.with(before), texts.with(after));
    }

    private static Dataset table(Texts texts, int rows, long from, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Tables.csv(
                "x,amount",
                rows,
                i -> '"' + texts.text(random, from + i) + "\"," + Math.rint(100 * random.nextDouble(5, 50)) / 100);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void aChangeOfWordsIsSeen(String name, Texts before, Texts after) {
        Monitor monitor = Monitor.against(Baseline.of(table(before, ROWS, 0, 1)));
        long seen = IntStream.range(0, 20)
                .mapToObj(window -> Tables.violated(monitor.check(table(after, 2_000, ROWS, 2 + window))))
                .filter(violated -> violated.contains("x word_drift"))
                .count();
        assertThat(seen).isGreaterThanOrEqualTo(19);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void newTextsOfTheSameWordsAreNoChange(String name, Texts texts, Texts other) {
        Monitor monitor = Monitor.against(Baseline.of(table(texts, ROWS, 0, 1)));
        int alerts = 0;
        for (int window = 0; window < 40; window++) {
            int rows = new int[] {1, 20, 300, 2_000}[window % 4];
            Report report = monitor.check(table(texts, rows, ROWS + 2_000L * window, 2 + window));
            alerts += report.violations().isEmpty() ? 0 : 1;
        }
        assertThat(alerts).isLessThanOrEqualTo(2);
    }

    static Stream<Arguments> wordsByChance() {
        String alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
        return Stream.of(
                Arguments.of("uuid", (Texts) (random, row) -> new UUID(random.nextLong(), row).toString()),
                Arguments.of("keys in base 64", (Texts) (random, row) -> letters(random, 21, alphabet)),
                Arguments.of("letters", (Texts) (random, row) -> letters(random, 8, alphabet.substring(0, 26))),
                Arguments.of("plates", (Texts) (random, row) ->
                        letters(random, 3, "ABCDEFGHJKLMNPRSTVWXYZ") + "-" + (1_000 + random.nextInt(9_000))),
                Arguments.of("pods", (Texts) (random, row) -> "web-"
                        + letters(random, 9, "bcdfghjklmnpqrstvwxz2456789") + "-"
                        + letters(random, 5, "bcdfghjklmnpqrstvwxz")),
                Arguments.of("dates", (Texts) (random, row) -> "report of "
                        + List.of("January", "February", "March").get((int) Math.min(2, row / 4_000)) + " " + row));
    }

    private static String letters(SplittableRandom random, int length, String from) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append(from.charAt(random.nextInt(from.length())));
        }
        return letters.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wordsByChance")
    void wordsThatAreMadeByChanceOrNameAMonthAreNoChange(String name, Texts texts) {
        newTextsOfTheSameWordsAreNoChange(name, texts, texts);
    }

    @Test
    void aReportNamesTheWords() {
        Texts before = (random, row) -> "user" + row + "@" + one(random, 0.9, "gmail.com", "web.de");
        Texts after = (random, row) -> "user" + row + "@" + one(random, 0.3, "gmail.com", "web.de");
        Baseline baseline = Baseline.of(table(before, ROWS, 0, 1));
        Report report = Monitor.against(baseline).check(table(after, 2_000, ROWS, 2));
        Metric drift = report.metric("x", WordDrift.METRIC);

        assertThat(drift).isNotNull();
        assertThat(drift.note()).contains("gmail 45").contains("web 10");
        assertThat(Tables.violated(report)).containsExactly("x word_drift");
    }

    @Test
    void partsAndSavedBaselinesTellTheSame() {
        Texts texts = (random, row) -> pick(random, NAMES) + row + "@" + one(random, 0.8, "gmail.com", "web.de");
        Texts after = (random, row) -> pick(random, NAMES) + row + "@" + one(random, 0.4, "gmail.com", "web.de");
        for (int rows : new int[] {3_000, 60_000}) {
            Monitor monitor = Monitor.against(Baseline.of(table(texts, rows, 0, 1)));
            Monitor saved = Monitor.against(Tables.saved(Baseline.of(table(texts, rows, 0, 1))));
            Measurement parts =
                    monitor.measure(table(after, 1_000, 0, 3)).merge(monitor.measure(table(after, 50, 0, 4)));

            assertThat(Tables.violated(monitor.judge(parts))).contains("x word_drift");
            assertThat(saved.judge(parts)).isEqualTo(monitor.judge(parts));
        }
    }
}

package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Cells.Cell;
import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that hardly come again and have too many forms, such as remarks: judged by length and kind of letters; their words by {@link WordsOfTextsTest}. */
class VariousTextsTest {

    private static final String[] WORDS =
            "the parcel was late but came in one piece and I would order it again for my family".split(" ");

    static Stream<Arguments> changes() {
        return Stream.of(
                change("capitals", text -> text.toUpperCase(Locale.ROOT)),
                change("half as long", text -> text.substring(0, text.length() / 2)),
                change("twice as long", text -> text + " " + text),
                change("without blanks", text -> text.replace(' ', '_')),
                change("joined", text -> text.replace(" ", "")),
                change("markup", text -> "<p>" + text + "</p>"),
                change("wrongly decoded", text -> text.replace("e", "\u00c3\u00a9")),
                change("Greek", text -> text.chars()
                        .map(c -> c >= 'a' && c <= 'x' ? c - 'a' + '\u03b1' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()),
                change("digits", text -> text.replaceAll("[a-z]", "7")));
    }

    private static Arguments change(String name, UnaryOperator<String> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void whatChangesTheirLookIsSeen(String name, UnaryOperator<String> change) {
        Report report =
                Monitor.against(Baseline.of(table(1, 5_000, text -> text))).check(table(2, 1_000, change));

        assertThat(Tables.violated(report)).contains("x drift");
        assertThat(report.metric("x", "drift").note()).startsWith("format ");
    }

    /** Words without digits and marks are of few forms, though they hardly come again. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void whatChangesTheLookOfFewFormsIsSeen(String name, UnaryOperator<String> change) {
        Report report =
                Monitor.against(Baseline.of(words(1, 5_000, text -> text))).check(words(2, 1_000, change));

        assertThat(Tables.violated(report)).as(report.toString()).containsAnyOf("x drift", "x format_share");
    }

    @Test
    void textsOfFewFormsThatComeAnewAlertRarely() {
        Baseline baseline = Baseline.of(words(1, 5_000, text -> text));
        Monitor monitor = Monitor.against(baseline);
        int alerts = 0;
        for (int window = 0; window < 60; window++) {
            int rows = new int[] {1, 5, 20, 200}[window % 4];
            alerts += monitor.check(words(10 + window, rows, text -> text))
                            .violations()
                            .isEmpty()
                    ? 0
                    : 1;
        }

        assertThat(baseline.describe())
                .contains(" that hardly come again, watched by form, words, length and kind of letters\n");
        assertThat(alerts).isLessThanOrEqualTo(4);
    }

    @Test
    void windowsOfTheSameSourceAlertRarely() {
        Monitor monitor = Monitor.against(Baseline.of(table(1, 5_000, text -> text)));
        int alerts = 0;
        for (int window = 0; window < 60; window++) {
            int rows = new int[] {1, 20, 50, 200}[window % 4];
            alerts += monitor.check(table(10 + window, rows, text -> text))
                            .violations()
                            .isEmpty()
                    ? 0
                    : 1;
        }
        assertThat(alerts).isLessThanOrEqualTo(4);
    }

    @Test
    void whatIsWatchedOfThemIsSaid() {
        Baseline baseline = Baseline.of(table(1, 5_000, text -> text));

        assertThat(baseline.profile().typing("x").type()).isEqualTo(ColumnType.TEXT);
        assertThat(baseline.describe()).contains(" of many forms, watched by words, length and kind of letters\n");
        assertThat(Tables.saved(baseline).describe()).isEqualTo(baseline.describe());
    }

    @Test
    void partsAreJudgedAsTheWholeIs() {
        Baseline parts = Baseline.of(table(3, 300, text -> text)).merge(Baseline.of(table(4, 4_700, text -> text)));
        Baseline other = Baseline.of(table(4, 4_700, text -> text)).merge(Baseline.of(table(3, 300, text -> text)));
        Dataset window = table(2, 1_000, text -> text.toUpperCase(Locale.ROOT));

        for (Baseline baseline : List.of(parts, other)) {
            assertThat(Tables.violated(Monitor.against(baseline).check(window))).contains("x drift");
        }
        assertThat(Monitor.against(parts).check(window).metric("x", "drift").value())
                .isEqualTo(Monitor.against(other)
                        .check(window)
                        .metric("x", "drift")
                        .value());
    }

    private static Dataset table(int seed, int rows, UnaryOperator<String> change) {
        SplittableRandom random = new SplittableRandom(seed);
        return Tables.csv("x,y", rows, i -> '"' + change.apply(text(random)) + "\"," + i % 7);
    }

    private static Dataset words(int seed, int rows, UnaryOperator<String> change) {
        SplittableRandom random = new SplittableRandom(seed);
        return Tables.csv("x,y", rows, i -> {
            StringBuilder text = new StringBuilder();
            for (int left = random.nextInt(1, 13); left > 0; left--) {
                text.append(text.length() == 0 ? "" : " ")
                        .append(WORDS[random.nextInt(WORDS.length)].toLowerCase(Locale.ROOT));
            }
            return '"' + change.apply(text.toString()) + "\"," + i % 7;
        });
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(4, 25); left > 0; left--) {
            String word = WORDS[random.nextInt(WORDS.length)];
            text.append(text.length() == 0 ? "" : " ").append(word).append(random.nextInt(9) == 0 ? "," : "");
            text.append(random.nextInt(20) == 0 ? " " + random.nextInt(99) : "");
        }
        return text.toString();
    }

    static Stream<Arguments> textsThatAllDiffer() {
        DateTimeFormatter lines = DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ENGLISH);
        return Stream.of(
                cell(
                        "lines of a log",
                        (random, row) -> lines.format(
                                LocalDateTime.of(2024, 3, 4, 0, 0).plusSeconds(180 * row + random.nextInt(180)))),
                cell("words", (random, row) -> letters(random, 6)),
                cell(
                        "addresses of devices",
                        (random, row) -> hexadecimal(random, 2) + ":" + hexadecimal(random, 2) + ":"
                                + hexadecimal(random, 2) + ":" + hexadecimal(random, 2)),
                cell(
                        "codes of places",
                        (random, row) -> capital(random) + random.nextInt(10) + capital(random) + " "
                                + random.nextInt(10) + capital(random) + random.nextInt(10)),
                cell(
                        "addresses of people",
                        (random, row) ->
                                letters(random, 3 + random.nextInt(6)) + "." + letters(random, 3) + "@example.com"),
                cell("pictures", (random, row) -> "IMG_" + (1_000 + row) + ".jpg"));
    }

    private static Arguments cell(String name, Cell cell) {
        return Arguments.of(name, cell);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("textsThatAllDiffer")
    void fiftyThatAllDifferAreComparedByTheirForms(String name, Cell cell) {
        Monitor monitor = Cells.monitor(cell, 50);

        for (int rows : new int[] {1, 20, 300, 1_500}) {
            assertThat(Cells.alerts(monitor, cell, 50, rows))
                    .as("%d rows", rows)
                    .isLessThanOrEqualTo(Cells.REPORTS / 10);
        }
    }

    private static String letters(SplittableRandom random, int count) {
        return random.ints(count, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String hexadecimal(SplittableRandom random, int digits) {
        return random.ints(digits, 0, 16).mapToObj(Integer::toHexString).collect(Collectors.joining());
    }

    private static char capital(SplittableRandom random) {
        return (char) ('A' + random.nextInt(26));
    }
}

package io.modelmonitor;

import static io.modelmonitor.Cells.monitor;
import static io.modelmonitor.Cells.numbers;
import static io.modelmonitor.Cells.table;
import static io.modelmonitor.Cells.typeOf;
import static io.modelmonitor.Tables.violated;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Cells.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of numbers of which most cells are a word, and of a few numbers and words. */
class WordsInMostRowsTest {

    private static final int ROWS = 3_000;
    private static final int WINDOW = 1_500;

    @ParameterizedTest
    @CsvSource({
        "%.2f, 0.6, #NV",
        "%.2f, 0.9, #NV",
        "%.1f, 0.55, n.d.",
        "%.3f, 0.7, unknown",
        "%.2f, 0.6, Error",
        "%.2f, 0.75, <LOD",
        "%.2f, 0.6, k.A.",
        "%.2f, 0.7, #WERT!|#BEZUG!|#NAME?|#DIV/0!",
        "%.0f, 0.8, not measured|refused",
    })
    void numbersAreComparedWhateverTheShareOfWords(String format, double share, String words) {
        Cell cell = mixed(numbers(format, 0), share, words);
        Monitor monitor = monitor(cell, ROWS);

        assertThat(typeOf(cell)).matches("(?s)(fraction|whole number).*");
        assertThat(violated(monitor.check(table(2, ROWS, WINDOW, mixed(numbers(format, 2), share, words)))))
                .contains("x drift");
        for (int seed = 3; seed < 7; seed++) {
            assertThat(violated(monitor.check(table(seed, ROWS, WINDOW, cell)))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"0.6, 0.9", "0.9, 0.6", "0.3, 0.7", "0.7, 0.3", "0.6, 0"})
    void otherSharesOfAWordAreSeen(double before, double now) {
        for (String word : new String[] {"Error", "#NV"}) {
            Monitor monitor = monitor(mixed(numbers("%.2f", 0), before, word), ROWS);

            assertThat(violated(monitor.check(table(2, ROWS, WINDOW, mixed(numbers("%.2f", 0), now, word)))))
                    .anyMatch(line -> line.startsWith("x "));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1|2|3|n.b., n.b.",
        "36|38|40|M|L|XL, XL",
        "EG|UG|1|2, EG",
        "0|1|2|3+, 3+",
        "1|0|unknown, unknown",
        "7|x, x"
    })
    void fewNumbersAndWordsAreIndependentOfTheRowBefore(String values, String more) {
        Cell cell = (random, row) -> any(values, random.nextInt(1 << 20));
        Monitor monitor = monitor(cell, ROWS);

        assertThat(typeOf(cell)).startsWith("category");
        assertThat(Baseline.of(table(1, 0, ROWS, cell)).describe().toString()).doesNotContain("serial correlation");
        assertThat(violated(monitor.check(table(2, ROWS, WINDOW, mixed(cell, 0.3, more)))))
                .containsExactly("x drift");
    }

    @Test
    void fewNumbersBesideAFrequentWordAreClasses() {
        assertThat(typeOf(mixed((random, row) -> "" + random.nextInt(4), 0.6, "other")))
                .startsWith("category");
    }

    private static Cell mixed(Cell cell, double share, String words) {
        return (random, row) ->
                random.nextDouble() < share ? any(words, random.nextInt(1 << 20)) : cell.of(random, row);
    }

    private static String any(String words, int number) {
        String[] all = words.split("\\|", -1);
        return all[number % all.length];
    }
}

package io.modelmonitor;

import static io.modelmonitor.Cells.REPORTS;
import static io.modelmonitor.Cells.ROWS;
import static io.modelmonitor.Cells.alerts;
import static io.modelmonitor.Cells.monitor;
import static io.modelmonitor.Cells.numbers;
import static io.modelmonitor.Cells.table;
import static io.modelmonitor.Cells.typeOf;
import static io.modelmonitor.Tables.violated;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.Cells.Cell;
import io.modelmonitor.api.Report;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of times or numbers of which many cells are one or a few words that come again. */
@Tag("simulation")
class WordsAmongValuesTest {

    private static final int WINDOW = 2_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "yyyy-MM-dd; 0.08; open",
                "yyyy-MM-dd; 0.15; 9999",
                "yyyy-MM-dd HH:mm:ss; 0.3; pending",
                "dd.MM.yyyy; 0.25; offen|unbefristet",
                "M/d/yyyy; 0.2; never|tbd|see contract",
                "MMM d, yyyy; 0.3; no end",
                "yyyy-MM-dd'T'HH:mm:ss'Z'; 0.12; n.n.|open",
            })
    void timesWithWordsGoOn(String pattern, double share, String words) {
        Cell cell = mixed(times(pattern), share, words);

        assertThat(typeOf(cell)).startsWith("time, as ");
        for (int rows : new int[] {50, 500, ROWS}) {
            Monitor monitor = monitor(cell, rows);
            for (int window : new int[] {1, 20, 300, WINDOW}) {
                assertThat(alerts(monitor, cell, rows, window))
                        .as("baseline of %d, windows of %d", rows, window)
                        .isLessThanOrEqualTo(REPORTS / 10);
            }
        }
    }

    @Test
    void wordsAmongTimesAreNamed() {
        assertThat(typeOf(mixed(times("yyyy-MM-dd"), 0.2, "open")))
                .matches("(?s)time, as y-M-d, 1,0[0-9]{2} of 5,000 cells are 'open'.*");
        assertThat(typeOf(mixed((random, row) -> "" + (1_704_067_200L + 60 * row), 0.2, "never")))
                .matches("(?s)time, as .*, 1,0[0-9]{2} of 5,000 cells are 'never'.*");
    }

    @Test
    void fewerWordsAmongTimesThatAreNumbersAreSeen() {
        Cell seconds = (random, row) -> "" + (1_704_067_200L + 60 * row);
        Monitor monitor = monitor(mixed(seconds, 0.25, "never"), ROWS);

        assertThat(violated(monitor.check(table(2, ROWS, WINDOW, mixed(seconds, 0.05, "never")))))
                .containsExactly("x drift");
        assertThat(violated(monitor.check(table(3, ROWS, WINDOW, mixed(seconds, 0.25, "never")))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "yyyy-MM-dd; open; 0.15; open; 0.25; format_share",
                "yyyy-MM-dd HH:mm:ss; a|b c|d; 0.15; a|b c|d; 0.25; format_share",
                "dd.MM.yyyy; offen; 0.25; offen; 0.08; drift",
                "yyyy-MM-dd; open; 0.2; never; 0.2; drift",
                "M/d/yyyy; tbd|never; 0.3; tbd; 0.3; drift",
            })
    void otherSharesOfWordsAmongTimesAreSeen(
            String pattern, String before, double share, String now, double changed, String metric) {
        Monitor monitor = monitor(mixed(times(pattern), share, before), ROWS);

        assertThat(violated(monitor.check(table(2, ROWS, WINDOW, mixed(times(pattern), changed, now)))))
                .contains("x " + metric)
                .allMatch(line -> line.startsWith("x "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "%.2f; 0.1; unlimited",
                "%.2f; 0.4; <5",
                "%.0f; 0.25; none given|free|on request",
                "$%.2f; 0.25; free",
                "%.0f GB; 0.4; unlimited|by contract",
                "%.2f zł; 0.4; <5",
                "%.1f; 0.3; true|maybe",
            })
    void numbersWithWordsAreComparedAsNumbers(String format, double share, String words) {
        Cell cell = mixed(numbers(format, 0), share, words);
        Monitor monitor = monitor(cell, ROWS);
        Report moved = monitor.check(table(2, ROWS, WINDOW, mixed(numbers(format, 0.5), share, words)));

        assertThat(typeOf(cell)).matches("(?s)(fraction|whole number).*");
        assertThat(violated(moved)).containsExactly("x drift");
        for (int window : new int[] {1, 20, 300, WINDOW}) {
            assertThat(alerts(monitor, cell, ROWS, window)).isLessThanOrEqualTo(REPORTS / 10);
        }
        Monitor ofFew = monitor(cell, 50);
        for (int window : new int[] {1, 20, 300}) {
            assertThat(alerts(ofFew, cell, 50, window)).isLessThanOrEqualTo(REPORTS / 10);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "%.2f; free; 0.15; free; 0.25",
                "%.2f; free; 0.3; free; 0.1",
                "%.0f; free; 0.3; unlimited; 0.3",
                "$%.2f; free|asked; 0.3; free; 0.3",
                "%.1f kg; <5; 0.15; <5; 0.25",
            })
    void otherSharesOfWordsAmongNumbersAreSeen(String format, String before, double share, String now, double changed) {
        Monitor monitor = monitor(mixed(numbers(format, 0), share, before), ROWS);

        assertThat(violated(monitor.check(table(2, ROWS, WINDOW, mixed(numbers(format, 0), changed, now)))))
                .isNotEmpty()
                .isSubsetOf("x drift", "x type_share", "x format_share");
    }

    @Test
    void aNumberThatIsStuckIsSeenThoughAWordIsMoreFrequent() {
        Monitor monitor = monitor(mixed(numbers("%.2f", 0), 0.3, "free"), ROWS);
        Cell stuck = mixed(mixed(numbers("%.2f", 0), 0.08, "51.50"), 0.3, "free");

        assertThat(violated(monitor.check(table(2, ROWS, WINDOW, stuck)))).containsExactly("x most_frequent_share");
    }

    @Test
    void fewNumbersBesideWordsAreCategories() {
        assertThat(typeOf((random, row) -> List.of("1", "2", "3+").get(random.nextInt(3))))
                .startsWith("category");
        assertThat(typeOf(mixed((random, row) -> "" + random.nextInt(12), 0.3, "none")))
                .startsWith("category");
        assertThat(typeOf(mixed((random, row) -> random.nextInt(9) + " kg", 0.3, "none")))
                .startsWith("category");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"1; guest", "7; guest|staff", "60; never"})
    void numbersThatGoOnBesideWordsStayIds(int step, String words) {
        Cell ids = mixed((random, row) -> "" + (100_000 + step * row + random.nextInt(step)), 0.2, words);

        assertThat(typeOf(ids)).startsWith("id");
        for (int rows : new int[] {500, ROWS}) {
            assertThat(alerts(monitor(ids, rows), ids, rows, 300)).isLessThanOrEqualTo(REPORTS / 10);
        }
    }

    private static Cell mixed(Cell cell, double share, String words) {
        String[] all = words.split("\\|", -1);
        return (random, row) -> {
            String value = cell.of(random, row);
            int word = random.nextInt(all.length);
            return random.nextDouble() < share ? all[word] : value;
        };
    }

    private static Cell times(String pattern) {
        DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.US);
        LocalDateTime start = LocalDateTime.of(2024, 1, 1, 0, 0);
        return (random, row) ->
                start.plusSeconds(180 * row + random.nextInt(180)).format(format);
    }
}

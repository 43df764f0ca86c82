package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Times with a letter or a word at the hour, as people of some countries and programs of today write them. */
class ClocksInWordsTest {

    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 8, 6, 0);

    static Stream<Arguments> clocks() {
        return Stream.of(
                Arguments.of("d MMM yyyy '\u00e0' HH'h'mm", "fr"),
                Arguments.of("dd/MM/yyyy HH'h'mm", "fr"),
                Arguments.of("d MMMM yyyy, H 'h' mm", "fr"),
                Arguments.of("yyyy-MM-dd HH'h'", "en"),
                Arguments.of("yyyy-MM-dd HH'H'mm", "en"),
                Arguments.of("d-M-yyyy HH'u'mm", "nl"),
                Arguments.of("d MMM yyyy 'kl.' HH:mm", "sv"),
                Arguments.of("d. MMMM yyyy 'kl.' HH.mm", "da"),
                Arguments.of("d. MMMM yyyy 'kl.' HH:mm", "nb"),
                Arguments.of("d. MMMM yyyy 'klo' HH.mm", "fi"),
                Arguments.of("d. MMMM yyyy H:mm", "cs"),
                Arguments.of("d MMMM yyyy HH:mm", "ro"),
                Arguments.of("M/d/yyyy, h:mm:ss\u202fa", "en-US"),
                Arguments.of("MMM d, yyyy, h:mm\u00a0a", "en-US"),
                Arguments.of("yyyy-MM-dd h:mm '@'", "en-CA"),
                Arguments.of("d/M/yyyy, h:mm '@@'", "es"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clocks")
    void theyAreTimesWhoseFormatStays(String pattern, String language) {
        Baseline baseline = Baseline.of(table(pattern, language, 0, 2_000));
        Monitor monitor = Monitor.against(baseline);
        assertThat(baseline.describe().toString()).contains("t: time, as ");
        for (int from : List.of(2_000, 9_000, 40_000)) {
            Report report = monitor.check(table(pattern, language, from, 1_000));
            assertThat(report.violations()).isEmpty();
        }
        Report old = monitor.check(table(pattern, language, -1_000, 300));
        assertThat(old.metric("t", "stale_share").value()).isEqualTo(1);
    }

    private static Dataset table(String pattern, String language, int from, int rows) {
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern(pattern.replaceAll(" '@+'", ""), Locale.forLanguageTag(language));
        StringBuilder csv = new StringBuilder("a\tt\n");
        for (int row = from; row < from + rows; row++) {
            LocalDateTime time = START.plusMinutes(9L * row);
            String half = time.getHour() < 12 ? "a" : "p";
            String text = format.format(time);
            text += pattern.endsWith("'@@'")
                    ? " " + half + ".\u00a0m."
                    : pattern.endsWith("'@'") ? " " + half + ".m." : "";
            csv.append(row * 31 % 97).append('\t').append(text).append('\n');
        }
        return Datasets.csvText(csv.toString());
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @MethodSource("changes")
    void anotherSpellingIsAnotherFormat(String before, String now) {
        Monitor monitor = Monitor.against(Baseline.of(table(before, "en-US", 0, 500)));
        Report report = monitor.check(table(now, "en-US", 500, 200));
        assertThat(report.metric("t", "format_share").value()).isZero();
        assertThat(report.isHealthy()).isFalse();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("yyyy-MM-dd HH:mm", "yyyy-MM-dd HH'h'mm"),
                Arguments.of("yyyy-MM-dd HH'h'mm", "yyyy-MM-dd HH'h'"),
                Arguments.of("M/d/yyyy, h:mm a", "M/d/yyyy, h:mm\u202fa"),
                Arguments.of("M/d/yyyy, h:mm\u202fa", "M/d/yyyy, h:mm a"),
                Arguments.of("M/d/yyyy, h:mm a", "M/d/yyyy, h:mm '@'"));
    }
}

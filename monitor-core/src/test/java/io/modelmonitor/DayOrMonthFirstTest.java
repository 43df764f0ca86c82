package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Row;
import io.modelmonitor.data.Datasets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates of a few days of a month, which do not show whether the day, the month or the year stands first. */
class DayOrMonthFirstTest {

    private static final LocalDateTime FOURTH_OF_MARCH = LocalDateTime.of(2024, 3, 4, 0, 0);
    private static final int FEW = 50;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "M/d/yy",
                "MM/dd/yyyy",
                "M/d/yyyy h:mm a",
                "MM-dd-yyyy",
                "MM-dd-yyyy HH:mm",
                "d/M/yyyy",
                "dd.MM.yyyy",
                "dd-MM-yyyy HH:mm",
                "dd-MM-yy",
                "yy-MM-dd",
                "yy/MM/dd HH:mm",
                "yy.MM.dd"
            })
    void areReadAsTheWindowShowsOrSoThatTheyLieTogether(String pattern) {
        for (int minutes : new int[] {10, 30, 60}) {
            Monitor monitor = Monitor.against(Baseline.of(table(pattern, FOURTH_OF_MARCH, minutes, FEW)));
            for (int rows : new int[] {1, 20, 300, 1_500}) {
                LocalDateTime next = FOURTH_OF_MARCH.plusMinutes((long) minutes * FEW);
                Report report = monitor.check(table(pattern, next, minutes, rows));
                assertThat(report.violations())
                        .as("%d rows, one every %d minutes%n%s", rows, minutes, report)
                        .noneMatch(violation -> violation.constraint().subject().equals("at"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"M/d/yy", "MM/dd/yyyy", "MM-dd-yyyy", "d/M/yyyy", "dd.MM.yyyy"})
    void areBehindTheBaselineByEitherReading(String pattern) {
        Baseline baseline = Baseline.of(table(pattern, FOURTH_OF_MARCH, 60, FEW));
        Report report = Monitor.against(baseline).check(table(pattern, FOURTH_OF_MARCH.minusMonths(2), 60, 300));
        assertThat(report.violations())
                .extracting(violation -> violation.constraint().toString())
                .anyMatch(constraint -> constraint.startsWith("at stale_share"));
    }

    @Test
    void rowsBehindAViolationAreReadAsItsWindowIs() {
        Monitor monitor = Monitor.against(Baseline.of(table("M/d/yyyy", FOURTH_OF_MARCH, 60, FEW)));
        Dataset window = Datasets.csvText(text("M/d/yyyy", FOURTH_OF_MARCH.plusDays(2), 60, 400)
                + text("M/d/yyyy", FOURTH_OF_MARCH.minusMonths(1), 60, 200)
                        .lines()
                        .skip(1)
                        .reduce("", (all, line) -> all + line + "\n"));
        Report report = monitor.check(window);
        assertThat(report.violations()).hasSize(1);
        try (Stream<Row> rows = monitor.rowsBehind(report.violations().get(0), window)) {
            assertThat(rows).hasSize(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "yy-MM-dd, yy-M-d",
        "yy/MM/dd, yy/M/d",
        "yy.MM.dd HH:mm, yy.M.d H:m",
        "dd-MM-yy, d-M-yy",
        "MM/dd/yy, M/d/yy",
        "dd.MM.yy HH:mm, d.M.yy H:m"
    })
    void manyDaysShowWhatStandsFirst(String pattern, String format) {
        Baseline baseline = Baseline.of(table(pattern, FOURTH_OF_MARCH, 60, 5_000));

        assertThat(baseline.describe()).contains("at: time, as " + format + "\n");
        assertThat(Tables.violated(Monitor.against(baseline)
                        .check(table(
                                pattern.equals("dd-MM-yy") ? "MM-dd-yy" : "dd-MM-yy",
                                FOURTH_OF_MARCH.plusDays(209),
                                60,
                                2_000))))
                .containsAnyOf("at format_share", "at stale_share"); // a day is taken for a year before
    }

    private static Dataset table(String pattern, LocalDateTime from, int minutes, int rows) {
        return Datasets.csvText(text(pattern, from, minutes, rows));
    }

    private static String text(String pattern, LocalDateTime from, int minutes, int rows) {
        DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        SplittableRandom random = new SplittableRandom(from.getDayOfYear() + rows);
        StringBuilder text = new StringBuilder("at,amount\n");
        for (int i = 0; i < rows; i++) {
            text.append(formatter.format(from.plusMinutes((long) minutes * i)))
                    .append(',')
                    .append(random.nextInt(1_000))
                    .append('\n');
        }
        return text.toString();
    }
}

package io.modelmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A baseline of one file, whose rows all have its name, its batch or the time at which it was loaded. */
class RowsOfOneFileTest {

    private static final LocalDateTime START = LocalDateTime.of(2024, 1, 8, 6, 0);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'export_'yyyy-MM-dd'.csv'",
                "'B'yyyyMMdd",
                "'sales-'yyyyMMddHHmmss'.csv.gz'",
                "'load of 'yyyy-MM-dd'T'HH:mm",
                "'s3://lake/day='yyyy-MM-dd'/part-0.parquet'",
                "'report_'yyyy_MM_dd",
                "yyyyMMdd'_run'"
            })
    void theNamesOfTheNextFilesAreNoDrift(String pattern) {
        DateTimeFormatter names = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        for (int rows : new int[] {2, 50, 2_000}) {
            Baseline baseline = Baseline.of(table(row -> names.format(START), 0, rows));
            assertThat(baseline.describe().toString()).contains("file: id, always '", "with a date in it");
            Monitor monitor = Monitor.against(baseline);
            for (int window : new int[] {1, 20, 300}) {
                IntFunction<String> later = row -> names.format(START.plusDays(1 + row % 2));
                Report report = monitor.check(table(later, rows, window));
                assertThat(report.violations())
                        .as("%s rows after %s", window, rows)
                        .isEmpty();
            }
        }
        Report other = Monitor.against(Baseline.of(table(row -> names.format(START), 0, 500)))
                .check(table(row -> "test", 0, 300));
        assertThat(other.metric("file", "format_share").value()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DE", "prod", "v1.2", "batch", "2024", "0131", "Q1", "a-20"})
    void aTextWithoutADateIsStillConstantOrATime(String text) {
        Baseline baseline = Baseline.of(table(row -> text, 0, 200));
        assertThat(baseline.describe().toString()).doesNotContain("a date in it");
        assertThat(baseline.describe().toString()).containsPattern("file: (constant|time)");
    }

    private static Dataset table(IntFunction<String> names, int from, int rows) {
        StringBuilder csv = new StringBuilder("a\tfile\n");
        for (int row = from; row < from + rows; row++) {
            csv.append(row * 31 % 97).append('\t').append(names.apply(row)).append('\n');
        }
        return Datasets.csvText(csv.toString());
    }
}

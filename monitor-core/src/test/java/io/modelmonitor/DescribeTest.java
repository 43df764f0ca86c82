package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.ColumnRole;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description of a baseline: a line for each column, with its type and the evidence. */
class DescribeTest {

    private static final int ROWS = 5_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "amount; fraction, 1 of 5,000 cells is 'NaN'",
                "count; whole number",
                "grade; category, 4 whole numbers",
                "colour; category, 3 values",
                "ok; boolean",
                "created_at; time, as y-M-dTH:m:sZ",
                "load_date; time, as yyyyMMdd",
                "row; id, 5,000 of 5,000 values differ",
                "remark; text, 5,000 different values of many forms, watched by words, length and kind of letters",
                "version; constant, always 'v1'",
                "nothing; empty",
                "zip; category, 40 codes"
            })
    void everyColumnIsSaidToBeWhatItIs(String column, String expected) {
        Baseline baseline = Baseline.of(table());

        assertThat(baseline.describe().lines()).contains(column + ": " + expected);
        assertThat(Tables.saved(baseline).describe()).isEqualTo(baseline.describe());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "%d,5; fraction, numbers with a decimal comma, such as '0,5'",
                "` %d.5`; fraction, numbers with separators, signs or blanks, such as ' 0.5'",
                "$%d.50; fraction, numbers with '$' in front, such as '$0.50'",
                "%d,5 EUR; fraction, numbers with 'EUR' behind and a decimal comma, such as '0,5 EUR'",
                "1'%03d; whole number, numbers with separators, signs or blanks, such as \"1'000\""
            })
    void numbersInTextsAreDescribedInWordsWithACellWhereAllAreRemembered(String cell, String expected) {
        Baseline baseline = Baseline.of(Datasets.rows(IntStream.range(0, 300)
                .mapToObj(i -> Map.<String, Object>of("pay", cell.formatted(i % 150)))
                .toList()));

        assertThat(baseline.describe().lines()).contains("pay: " + expected);
        assertThat(Tables.saved(baseline).describe()).isEqualTo(baseline.describe());
    }

    @Test
    void whatAUserSaysIsSaidToBeSaid() {
        Baseline baseline = Baseline.of(table())
                .declaring(ColumnRole.id("count"), ColumnRole.category("grade"), ColumnRole.label("ok"));

        assertThat(baseline.describe().lines())
                .contains(
                        "count: id, as declared, repeats, 5.0 rows each, so that rows may not be independent; per(\"count\") reads one"
                                + " of each",
                        "grade: category, as declared",
                        "ok: boolean, a label");
    }

    private static Dataset table() {
        return Tables.csv(
                "amount,count,grade,colour,ok,created_at,load_date,row,remark,version,nothing,zip",
                ROWS,
                i -> String.join(
                        ",",
                        i == 77 ? "NaN" : Double.toString((i * 7_919 % 5_003) / 8.0),
                        Integer.toString(i * 31 % 997),
                        Integer.toString(1 + i % 4),
                        new String[] {"red", "green", "blue"}[i % 3],
                        i % 2 == 0 ? "true" : "false",
                        "2024-05-%02dT%02d:%02d:%02dZ".formatted(1 + i / 200, i % 24, i * 7 % 60, i * 11 % 60),
                        Integer.toString(20_240_501 + i / 200),
                        Integer.toString(10_000 + i),
                        "as said " + words(i),
                        "v1",
                        "",
                        "%05d".formatted(980 + i % 40)));
    }

    /** Texts of very many forms. */
    private static String words(int i) {
        StringBuilder words = new StringBuilder();
        for (int bit = 0; bit < 13; bit++) {
            words.append((i >> bit & 1) == 1 ? "yes " : "- ");
        }
        return words.append("end").toString();
    }

    @Test
    void namesOfAnyCharactersKeepToTheirLine() {
        Baseline baseline = Baseline.of(Datasets.rows(List.of(Map.of("a\nb\u202E", 1.5, "c", "x"))));
        assertThat(baseline.describe().lines()).anyMatch(line -> line.startsWith("a\u240Ab[U+202E]: "));
        String origins = baseline.explain(Monitor.against(baseline)
                .requiring(on("a\nb\u202E").completeness().atLeast(0.5))
                .constraints());
        assertThat(origins.lines()).anyMatch(line -> line.startsWith("a\u240Ab[U+202E] completeness >= 0.5: given"));
    }

    @Test
    void everyBoundSaysWhereItComesFrom() {
        Baseline baseline =
                Baseline.of(Tables.csv("age,kind", 500, i -> (i % 20 == 0 ? "" : 20 + i * i % 50) + ",k" + i % 3));
        Monitor monitor = Monitor.against(baseline)
                .requiring(
                        on("age").completeness().atLeast(0.9), on("age").mean().between(30, 50))
                .requiring(on("kind").drift("psi"));

        assertThat(baseline.explain(monitor.constraints()).lines())
                .hasSameSizeAs(monitor.constraints().list())
                .contains(
                        "(dataset) missing_columns <= 0: suggested, whatever the baseline has",
                        "age completeness >= 0.9: given; suggested was >= 0.94, as the baseline has 0.95",
                        "age drift <= 0.1: suggested, whatever the baseline has",
                        "kind completeness >= 0.99: suggested, as the baseline has 1; allowed is 0.01 less beside chance",
                        "kind domain_share >= 1: suggested, as the baseline has 1; allowed is no less beside chance",
                        "kind drift.psi <= 0.1: given")
                .anyMatch(line -> line.matches("age mean 30 to 50: given; the baseline has [0-9.]+"));
    }
}

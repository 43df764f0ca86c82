package io.modelmonitor;

import static io.modelmonitor.api.Constraint.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Report;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.report.Reports;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and values in lines that list several: where one ends is to be seen. */
class NamesInLinesTest {

    private static final int ROWS = 2_000;

    static Stream<Arguments> labels() {
        return Stream.of(
                Arguments.of(" yes", "' yes'"),
                Arguments.of("yes ", "'yes '"),
                Arguments.of("Rom, IT", "'Rom, IT'"),
                Arguments.of("Zug -> CH", "'Zug -> CH'"),
                Arguments.of("new: red", "'new: red'"),
                Arguments.of("5 %", "'5 %'"),
                Arguments.of("it's", "\"it's\""),
                Arguments.of("6\" disc", "'6\" disc'"),
                Arguments.of("6' 2\"", "'6'' 2\"'"),
                Arguments.of("a  b", "'a  b'"),
                Arguments.of("very, very long a label of this", "'very, very long a label ...'"),
                Arguments.of("red", "red"),
                Arguments.of("dark red", "dark red"),
                Arguments.of("A-1/b", "A-1/b"),
                Arguments.of("\u5e74", "\u5e74"));
    }

    @ParameterizedTest
    @MethodSource("labels")
    void aValueIsQuotedInANoteOfDriftWhereItsEndsCouldNotBeTold(String value, String shown) {
        Monitor monitor = Monitor.against(Baseline.of(table("x", i -> i % 3 == 0 ? value : i % 3 == 1 ? "b" : "c")));
        String gone =
                drift(monitor.check(table("x", i -> i % 2 == 0 ? "b" : "c"))).note();
        String fresh = drift(Monitor.against(Baseline.of(table("x", i -> i % 2 == 0 ? "b" : "c")))
                        .check(table("x", i -> i % 3 == 0 ? value : i % 3 == 1 ? "b" : "c")))
                .note();

        assertThat(gone).startsWith(shown + " 33.4 % -> 0.0 %, ");
        assertThat(fresh).startsWith("new: " + shown + " 33.4 %, ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "` b`; `' b'`",
                "`b `; `'b '`",
                "a  b; 'a  b'",
                "a: b; 'a: b'",
                "it's; \"it's\"",
                "income; income",
                "net income; net income"
            })
    void aColumnIsQuotedInItsDescription(String name, String shown) {
        Baseline baseline = Baseline.of(table(name, i -> i % 2 == 0 ? "b" : "c"));

        assertThat(baseline.describe().lines()).contains(shown + ": category, 2 values");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"` b`,' b'", "`b `,'b '", "a  b,'a  b'", "`\u00a0b`,'\u00a0b'", "b,b"})
    void aColumnOfWhichBlanksCouldBeOverlookedIsQuotedInReports(String name, String shown) {
        Baseline baseline = Baseline.of(table(name, i -> i % 2 == 0 ? "b" : "c"));
        Report report = Monitor.against(baseline).check(table(name, i -> i % 2 == 0 ? "b" : "z"));

        assertThat(report.toString()).contains("  " + shown + " ");
        assertThat(Reports.markdown(report)).contains("| " + shown.replace("'", "&#39;") + " |");
        assertThat(Reports.junitXml(report)).contains("classname=\"" + shown.replace("'", "&#39;") + "\"");
        assertThat(baseline.explain(Monitor.against(baseline)
                        .requiring(on(name).completeness().atLeast(0.5))
                        .constraints()))
                .contains(shown + " completeness >= 0.5");
    }

    @Test
    void oneOfAThingIsCountedInTheSingular() {
        Baseline one = Baseline.of(Datasets.csvText("a\n1\n"));
        Baseline two = Baseline.of(Datasets.csvText("a,b\n1,2\n3,4\n"));

        assertThat(one.toString()).startsWith("Baseline of 1 row and 1 column, ");
        assertThat(two.toString()).startsWith("Baseline of 2 rows and 2 columns, ");
        assertThat(one.measurement().toString()).startsWith("Measurement of 1 row and 1 column by ");
        assertThat(one.profile()).hasToString("Profile of 1 row and 1 column");
        assertThat(Monitor.against(one).everyRows(1).toString()).endsWith(", every 1 row");
        assertThat(Monitor.against(one).everyRows(2).toString()).endsWith(", every 2 rows");
        Report report = Monitor.against(one).check(Datasets.csvText("a\n1\n"));
        assertThat(Reports.markdown(report)).contains("monitor: 1 row, ");
    }

    private static Metric drift(Report report) {
        Metric drift = report.metric("x", "drift");
        assertThat(drift).isNotNull();
        return drift;
    }

    private static Dataset table(String name, IntFunction<String> value) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(new @Nullable Object[] {value.apply(i)});
        }
        return Datasets.of(Schema.ofNames(name), rows);
    }
}

package io.modelmonitor.internal.data;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.Baseline;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.data.Tables.Table;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are given to a reader of another format. */
class WrongFormatsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y\"}\n",
                "{\"a\":1}",
                "\n  { \"a\": NaN }\n{\"a\":2}\n",
                "[{\"a\":1,\"b\":2},{\"a\":3,\"b\":4}]",
                "[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 2\n  }\n]\n",
                "{\n  \"instances\": [[1,2],[3,4]]\n}\n",
                "[[1,2],[3,4]]",
                "{\"a\":1}\nthis line is broken, but the first is not\n",
                "\ufeff{\"a\":1}\n"
            })
    void jsonThatIsReadAsACsvIsNamedWithWhatToDo(String text) {
        Path file = Tables.write(folder, text);
        for (Dataset dataset : List.of(
                Datasets.csv(file),
                Datasets.csv(file).header(),
                Datasets.csv(file).delimiter(';'))) {
            assertThatThrownBy(dataset::open)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("cannot read " + file
                            + ": it is JSON, and no CSV; Datasets.jsonLines(..) reads it, or Datasets.file(..), without delimiter, "
                            + "header, charset and missing texts");
        }
        assertThat(Tables.read(Datasets.file(file)).rows()).isNotEmpty();
    }

    @Test
    void jsonLinesThatAreLongerThanWhatIsLookedAtAreJsonToo() {
        Path file = Tables.write(folder, "{\"a\":\"" + "x".repeat(200_000) + "\"}\n");
        assertThatThrownBy(() -> Datasets.csv(file).open()).hasMessageContaining("it is JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a},{b}\n1,2\n",
                "\"{\"\"a\"\":1}\",x\n\"{\"\"a\"\":2}\",y\n",
                "{\"a\":1},first\n{\"a\":2},second\n",
                "[a],[b]\n1,2\n",
                "[{x}],b\n1,2\n3,4\n"
            })
    void bracesInACsvAreNoJson(String text) {
        assertThat(Tables.read(Datasets.csvText(text)).names()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void aCsvThatIsReadAsJsonLinesIsTold(String delimiter) {
        String csv = "age,city\n" + "30,x\n".repeat(200);
        Path file = Tables.write(folder, csv.replace(",", delimiter));
        Table table = Tables.read(Datasets.jsonLines(file));
        assertThat(table.rows()).isEmpty();
        assertThat(table.problems())
                .extracting(DataProblem::description)
                .containsExactly(JsonLinesSource.NO_OBJECT, JsonLinesSource.MAY_BE_CSV);
        assertThatThrownBy(() -> Baseline.of(Datasets.jsonLines(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        file + " has no rows; a baseline needs at least 1 (line that is no JSON object; left out: 201, "
                                + "first at line 1; no line is a JSON object; is it a CSV? Datasets.csv(..) reads it: 1, "
                                + "first at line 1)");
    }

    @Test
    void aBaselineWithoutRowsNamesItsDataAndWhatIsWrongWithThem() {
        Path empty = Tables.write(folder, "");
        assertThatThrownBy(() -> Baseline.of(Datasets.csv(empty)))
                .hasMessage(empty + " has no rows; a baseline needs at least 1 (" + CsvCursor.EMPTY
                        + ": 1, first at line 1)");
        Path header = Tables.write(folder, "a,b\n");
        assertThatThrownBy(() -> Baseline.of(Datasets.csv(header)))
                .hasMessage(header + " has no rows; a baseline needs at least 1");
        assertThatThrownBy(() -> Baseline.of(Datasets.csv(header).filter(row -> true)))
                .hasMessageStartingWith(header + ",");
        Dataset unnamed = () -> Datasets.csv(header).open();
        assertThatThrownBy(() -> Baseline.of(unnamed)).hasMessage("dataset has no rows; a baseline needs at least 1");
        Path words = Tables.write(folder, "{\"a\":1\n{\"a\":2\n");
        assertThatThrownBy(() -> Baseline.of(Datasets.jsonLines(words)))
                .hasMessage(words + " has no rows; a baseline needs at least 1 (" + JsonLinesSource.NO_OBJECT
                        + ": 2, first at line 1)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[{\"a\":1},{\"a\":2}],\"count\":50}",
                "{\"count\":50,\"next\":null,\"results\":[{\"a\":1},{\"a\":2}]}\n",
                "{\n  \"meta\": {\"page\": 1},\n  \"rows\": [\n    {\"a\": 1},\n    {\"a\": 2}\n  ]\n}\n",
                "{\"schema\":{\"fields\":[{\"name\":\"a\"}]},\"data\":[{\"a\":1},{\"a\":2}]}",
                "{\"names\":[\"x\",\"y\",\"z\"],\"items\":[{\"a\":1},{\"a\":2}]}"
            })
    void theOnlyArrayOfObjectsOfADocumentHasTheRows(String document) {
        Table table = Tables.read(Datasets.jsonLinesText(document));
        assertThat(table.names()).containsExactly("a");
        assertThat(table.rows()).containsExactly(List.of("1"), List.of("2"));
        assertThat(table.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.description())
                .startsWith("member '")
                .contains("beside the rows in '"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"items\":[{\"a\":1},{\"a\":2}]}\n{\"id\":2,\"items\":[{\"a\":3}]}\n",
                "{\n \"id\":1,\n \"items\":[{\"a\":1},{\"a\":2}]}\n{\n \"id\":2,\n \"items\":[{\"a\":3}]}\n"
            })
    void anArrayOfObjectsWithinOneOfSeveralRowsIsOfThatRow(String rows) {
        Table table = Tables.read(Datasets.jsonLinesText(rows));
        assertThat(table.names()).containsExactly("id", "items[0].a", "items[1].a");
        assertThat(table.rows()).containsExactly(List.of("1", "1", "2"), asList("2", "3", null));
        assertThat(table.problems()).isEmpty();
    }

    @Test
    void ofTwoArraysOfObjectsNeitherHasTheRows() {
        Table table = Tables.read(Datasets.jsonLinesText("{\"x\":[{\"a\":1}],\"y\":[{\"b\":2}],\"z\":3}"));
        assertThat(table.names()).containsExactly("x[0].a", "y[0].b", "z");
        assertThat(table.rows()).hasSize(1);
    }

    @Test
    void aDocumentThatIsFollowedByWhatIsNoJsonKeepsItsRows() {
        String objects = String.join(",\n", Collections.nCopies(10_000, "{\"a\":1}"));
        Table table =
                Tables.read(Datasets.jsonLinesText("{\n\"data\":[" + objects + "],\n\"count\":2}\nthe end, or so\n"));
        assertThat(table.rows()).hasSize(10_000).containsOnly(List.of("1"));
        assertThat(table.problems()).extracting(DataProblem::description).contains(JsonDocumentSource.BROKEN);
    }

    @Test
    void aDelimiterThatStandsNowhereIsTold() {
        String told = ", as given, stands nowhere in the first lines; each is one field";
        for (String csv : List.of("a,b\n1,2\n", "a|b\n1|2\n", "a,b\r\n", "\n\na:b\n1:2\n", "a b\n1 2\n")) {
            assertThat(Tables.read(Datasets.csvText(csv).delimiter(';')).problems())
                    .extracting(DataProblem::description)
                    .contains("delimiter ';'" + told);
            assertThat(Tables.read(Datasets.csvText(csv).delimiter('\t')).problems())
                    .extracting(DataProblem::description)
                    .contains("delimiter tab" + told);
        }
        assertThat(Tables.read(Datasets.csvText("a b\n1\n")).problems()).isEmpty();
        for (String oneColumn : List.of("a\n1\n", "\"a b\"\n1\n", "a_b\n1\n", "")) {
            assertThat(Tables.read(Datasets.csvText(oneColumn).delimiter(';')).problems())
                    .extracting(DataProblem::description)
                    .noneMatch(problem -> problem.contains("stands nowhere"));
        }
        assertThat(Tables.read(Datasets.csvText("a\n1;2\n3;4\n").delimiter(';').noHeader())
                        .problems())
                .extracting(DataProblem::description)
                .noneMatch(problem -> problem.contains("stands nowhere"));
    }
}

package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Payload;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.data.Tables.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentsTest {

    @TempDir
    Path folder;

    private Table read(String text) {
        return Tables.read(Datasets.jsonLines(Tables.write(folder, text)));
    }

    private static Table captured(String text) {
        Iterator<CaptureRecord> one = List.of(new CaptureRecord("e", null, null, null, Payload.json(text), List.of()))
                .iterator();
        return Tables.read(() -> CaptureRows.standard().open(CaptureFiles.Cursor.of(one)));
    }

    /** Breaks a line where a pretty printer does. */
    private static String pretty(String json) {
        return json.replaceAll("[\\[{,]", "$0\n  ").replaceAll("[\\]}]", "\n$0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'a':1,'b':'x'},{'a':2.50,'b':null}]",
                "{'a':1,'b':'x'}\n{'a':2.50,'b':null}",
                "{'instances':[{'a':1,'b':'x'},{'a':2.50,'b':null}]}",
                "{'inputs':[{'a':1,'b':'x'},{'a':2.50,'b':null}]}",
                "{'anything':[{'a':1,'b':'x'},{'a':2.50,'b':null}]}",
                "{'dataframe_records':[{'a':1,'b':'x'},{'a':2.50,'b':null}]}",
                "{'dataframe_split':{'columns':['a','b'],'index':[0,1],'data':[[1,'x'],[2.50,null]]}}",
                "{'columns':['a','b'],'data':[[1,'x'],[2.50,null]]}",
                "{'a':[1,2.50],'b':['x',null]}",
                "{'inputs':{'a':[1,2.50],'b':['x',null]}}",
                "{'a':{'0':1,'1':2.50},'b':{'0':'x','1':null}}",
                "{'instances':[{'a':1},{'a':2.50}],'SageMakerOutput':{'predictions':[{'b':'x'},{'b':null}]}}",
                "{'predictions':[{'a':1},{'a':2.50}],'b':['x',null]}"
            })
    void everyFormOfATableIsTheSameRowsInFilesAndInCaptures(String form) {
        String json = form.replace('\'', '"');
        Table rows = new Table(List.of("a", "b"), List.of(List.of("1", "x"), Arrays.asList("2.50", null)), List.of());
        assertThat(read(json)).isEqualTo(rows);
        assertThat(read(" " + json + "\n \n")).isEqualTo(rows);
        assertThat(read(pretty(json))).isEqualTo(rows);
        assertThat(captured(json)).isEqualTo(rows);
        Path file = Tables.write(folder, "  " + json);
        assertThat(Tables.read(Datasets.file(file))).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'predictions':[1,0],'scores':[0.9,0.1]} | predictions,scores | 1,0.9 | 0,0.1",
                "{'predicted_label':[1,0],'score':[0.9,0.1]} | predicted_label,score | 1,0.9 | 0,0.1",
                "{'predictions':[0.9,0.1]} | predictions | 0.9 | 0.1",
                "{'outputs':[{'p':1,'q':2},{'p':3,'q':4}]} | p,q | 1,2 | 3,4",
                "{'predictions':[[1,2],[3,4]],'ids':[7,8]} | predictions[0],predictions[1],ids | 1,2,7 | 3,4,8",
                "{'predictions':[{'v':[1,2]},{'v':[3,4]}]} | v[0],v[1] | 1,2 | 3,4",
                "{'instances':[{'features':[1,2],'label':1},{'features':[3,4],'label':0}]}"
                        + "| features[0],features[1],label | 1,2,1 | 3,4,0",
            })
    void theOutputOfAModelIsRows(String form, String names, String first, String second) {
        String json = form.replace('\'', '"');
        List<List<String>> rows = List.of(List.of(first.split(",")), List.of(second.split(",")));
        for (Table table : List.of(read(json), read(pretty(json)), captured(json))) {
            assertThat(table.names()).containsExactly(names.split(","));
            assertThat(table.rows()).isEqualTo(rows);
            assertThat(table.problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[1,2],[3,4]]",
                "[1,2]\n[3,4]",
                "{\"instances\":[[1,2],[3,4]]}",
                "{\"rows\":[[1,2],[3,4]]}",
                "[\n [1,\n2],\n[3,4]\n]\n",
                "[[1,2]]\n[[3,4]]"
            })
    void rowsThatAreArraysHaveTheirPositionsAsNames(String json) {
        List<List<String>> rows = List.of(List.of("1", "2"), List.of("3", "4"));
        for (Table table : List.of(read(json), captured(json))) {
            assertThat(table.names()).containsExactly("0".repeat(20), "0".repeat(19) + "1");
            assertThat(table.rows()).isEqualTo(rows);
            assertThat(table.problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a':[1,2],'b':[3,4]} | 1,2,3,4",
                "{'a':[1,2]} | 1,2",
                "{'a':{'x':1},'b':{'y':2}} | 1,2",
                "{'features':[1,2],'label':1} | 1,2,1",
                "{'a':[[1],[2]],'b':[3,4]} | 1,2,3,4"
            })
    void aLineAmongLinesIsARowThoughItHoldsArrays(String form, String cells) {
        String json = form.replace('\'', '"');
        List<String> row = List.of(cells.split(","));
        assertThat(read(json + "\n" + json + "\n").rows()).containsExactly(row, row);
        assertThat(captured(json + "\n" + json).rows()).containsExactly(row, row);
    }

    @Test
    void aLineAmongLinesMayBeManyRows() {
        Table table = read("{\"a\":1}\n{\"instances\":[{\"a\":2},{\"a\":3}],\"model\":\"x\"}\nx\n[{\"a\":4}]\n");
        assertThat(table.rows()).containsExactly(List.of("1"), List.of("2"), List.of("3"), List.of("4"));
        assertThat(table.problems())
                .containsExactly(
                        new DataProblem("member 'model' beside the rows in 'instances'; left out", 1, List.of(2L)),
                        new DataProblem(JsonLinesSource.NO_OBJECT, 1, List.of(3L)));
    }

    @Test
    void whatIsBesideTheRowsIsCountedInADocument() {
        String json = "{\"instances\":[{\"a\":2},{\"a\":3}],\"classes\":[\"x\"],\"model\":{\"name\":\"m\"}}";
        assertThat(read(pretty(json)).problems())
                .extracting(DataProblem::description)
                .containsExactly(
                        "member 'classes' beside the rows in 'instances'; left out",
                        "member 'model' beside the rows in 'instances'; left out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"instances\":[]}", "[\n]", "{\n\"rows\":{},\"predictions\":[]\n}"})
    void aDocumentWithoutARowIsCounted(String json) {
        Table table = read(json);
        assertThat(table.rows()).isEmpty();
        assertThat(table.problems()).extracting(DataProblem::description).contains(JsonRows.NO_ROW);
    }

    @Test
    void readsAnArrayLargerThanAnyLineRowByRow() throws IOException {
        int size = 300_000;
        String row = "{\"features\":[41,2,220531,14,15,2,9,0,4,1,0,0,60,38],\"label\":1}";
        String json = "[" + (row + ",").repeat(size - 1) + row + "]";
        assertThat(json.length()).isGreaterThan(Limits.LINE);
        Path file = Tables.write(folder, CsvDatasetTest.gzip(json));
        try (var cursor = Datasets.jsonLines(file).open()) {
            assertThat(cursor.schema().size()).isEqualTo(15);
            int rows = 0;
            for (var batch = cursor.next(); batch != null; batch = cursor.next()) {
                rows += batch.size();
            }
            assertThat(rows).isEqualTo(size);
            assertThat(cursor.problems()).isEmpty();
        }
    }

    @Test
    void readsADocumentAsFarAsItIsJson() {
        StringBuilder json = new StringBuilder("[\n");
        for (int i = 0; i < 20_000; i++) {
            json.append(i == 0 ? " " : ", ").append("{\"a\":").append(i).append("}\n");
        }
        json.append(", {\"a\":\n");
        Table cut = read(json.toString());
        assertThat(cut.rows()).hasSize(20_000);
        assertThat(cut.problems()).extracting(DataProblem::description).containsExactly(JsonDocumentSource.BROKEN);
        Table broken = read(json + "x}\n]");
        assertThat(broken.rows()).hasSize(20_000);
        assertThat(broken.problems()).containsExactly(new DataProblem(JsonDocumentSource.BROKEN, 1, List.of(20_003L)));
        assertThatThrownBy(() -> Tables.read(
                        Datasets.jsonLines(Tables.write(folder, json + "x}\n]")).strict()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(", line 20003: " + JsonDocumentSource.BROKEN);
    }

    @Test
    void aRowOfADocumentIsLocatedByItsLine() {
        Table table = read("[\n{\"a\":1},\n3,\n{\"a\":2,\n\"a\":4}\n]");
        assertThat(table.rows()).containsExactly(List.of("1"), List.of("4"));
        assertThat(table.problems())
                .containsExactly(
                        new DataProblem(JsonDocumentSource.NO_CONTAINER, 1, List.of(3L)),
                        new DataProblem(Flattener.NAME_TWICE, 1, List.of(4L)));
    }

    @Test
    void bytesThatAreNoUtf8AreReadAsReplacementCharactersInADocument() {
        byte[] text = "[\n{\"a\":\"x\"},\n{\"a\":\"y\"}\n]".getBytes(StandardCharsets.UTF_8);
        text[8] = (byte) 0xE9;
        Table table = Tables.read(Datasets.jsonLines(Tables.write(folder, text)));
        assertThat(table.rows()).containsExactly(List.of("\uFFFD"), List.of("y"));
        assertThat(table.problems()).containsExactly(new DataProblem(CsvCursor.BROKEN_ENCODING, 1, List.of(2L)));
    }

    @Test
    void aValueThatIsTooLargeIsLeftOut() {
        String large = "[\n{\"a\":[" + "1000000,".repeat(2_000_000) + "1]},\n{\"a\":[2]}\n]";
        Table table = read(large);
        assertThat(table.rows()).containsExactly(List.of("2"));
        assertThat(table.problems()).containsExactly(new DataProblem(JsonDocumentSource.TOO_LARGE, 1, List.of(2L)));
    }

    @Test
    void whatIsWrongIsToldInAFewKinds() {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            json.append("{\"instances\":[{\"a\":1}],\"m").append(i).append("\":1}\n");
        }
        List<DataProblem> problems = read(json.toString()).problems();
        assertThat(problems).hasSizeLessThan(210);
        assertThat(problems.stream().mapToLong(DataProblem::count).sum()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[id],[name]\n1,x\n", "[,a\n1,x\n"})
    void aTableOfCsvMayBeginWithABracket(String text) {
        assertThat(Tables.read(Datasets.file(Tables.write(folder, text))).rows())
                .containsExactly(List.of("1", "x"));
    }
}

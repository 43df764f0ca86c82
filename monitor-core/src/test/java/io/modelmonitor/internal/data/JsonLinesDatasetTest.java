package io.modelmonitor.internal.data;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.data.Tables.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesDatasetTest {

    @TempDir
    Path folder;

    private Dataset file(String text) {
        return Datasets.jsonLines(Tables.write(folder, text));
    }

    private Table read(String text) {
        return Tables.read(file(text));
    }

    private static DataProblem problem(String description, long count, Long... lines) {
        return new DataProblem(description, count, List.of(lines));
    }

    @Test
    void flattensObjectsAndArrays() {
        Table table = read("{\"a\":{\"b\":1,\"c\":{\"d\":\"x\"}},\"e\":[2,{\"f\":true},[3]],\"g\":[],\"h\":{}}\n");
        assertThat(table.names()).containsExactly("a.b", "a.c.d", "e[0]", "e[1].f", "e[2][0]");
        assertThat(table.rows()).containsExactly(List.of("1", "x", "2", "true", "3"));
        assertThat(table.problems()).isEmpty();
    }

    @Test
    void keepsTheSpellingOfNumbers() {
        assertThat(read("{\"a\":0.10,\"b\":1E5,\"c\":12345678901234567890,\"d\":-0}\n")
                        .rows())
                .containsExactly(List.of("0.10", "1E5", "12345678901234567890", "-0"));
    }

    @Test
    void takesNullAndEmptyTextAndAbsentNamesForMissing() {
        assertThat(read("{\"a\":null,\"b\":\"\",\"c\":1}\n{\"c\":2}\n").rows())
                .containsExactly(asList(null, null, "1"), asList(null, null, "2"));
    }

    @Test
    void tellsTextsOfDigitsFromNumbers() {
        try (Dataset.Cursor cursor = file("{\"a\":\"07\",\"b\":7,\"c\":7.0,\"d\":true,\"e\":\"true\"}\n")
                .open()) {
            Batch batch = cursor.next();
            assertThat(kinds(batch))
                    .containsExactly(
                            ValueKind.STRING,
                            ValueKind.INTEGRAL,
                            ValueKind.FRACTIONAL,
                            ValueKind.BOOLEAN,
                            ValueKind.STRING);
            assertThat(batch.row(0).number("a")).isNaN();
            assertThat(batch.row(0).number("c")).isEqualTo(7);
            assertThat(batch.column(2).isText()).isTrue();
        }
    }

    private static List<Byte> kinds(Batch batch) {
        return batch.schema().names().stream()
                .map(name -> batch.column(batch.schema().indexOf(name)).kinds()[0])
                .toList();
    }

    @Test
    void addsColumnsThatAppearLateBehindTheOthers() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            text.append(i < 2_500 ? "{\"a\":" + i + "}\n" : "{\"b\":\"x\",\"a\":" + i + "}\n");
        }
        try (Dataset.Cursor cursor = file(text.toString()).open()) {
            assertThat(cursor.schema().names()).containsExactly("a");
            Batch first = cursor.next();
            cursor.next();
            Batch last = cursor.next();
            assertThat(first.schema().names()).containsExactly("a");
            assertThat(last.schema().names()).containsExactly("a", "b");
            assertThat(Tables.cells(last.row(0))).containsExactly("2048", null);
            assertThat(Tables.cells(last.row(last.size() - 1))).containsExactly("2999", "x");
            assertThat(cursor.next()).isNull();
        }
    }

    @Test
    void leavesOutLinesThatAreNoObjectsAndGoesOn() {
        Table table = read("{\"a\":1}\n{\"a\":\n[1]\n{\"b\":2} x\nnull\n{\"a\":3}\n{c:1}\n{\"a\":4}{\"a\":5}\n");
        assertThat(table.names()).containsExactly("a");
        assertThat(table.rows()).containsExactly(List.of("1"), List.of("3"));
        assertThat(table.problems()).containsExactly(problem(JsonLinesSource.NO_OBJECT, 6, 2L, 3L, 4L, 5L, 7L, 8L));
    }

    @Test
    void leavesOutALastLineThatIsHalfWritten() {
        Table table = read("{\"a\":1}\n{\"a\":22");
        assertThat(table.rows()).containsExactly(List.of("1"));
        assertThat(table.problems()).containsExactly(problem(CsvCursor.HALF_LINE, 1, 2L));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":1}\n{\"a\":2}", "{\"a\":1}\r\n{\"a\":2}\r\n", "\uFEFF{\"a\":1}\n {\"a\" : 2}\n\n\n"})
    void readsLinesHoweverTheyEnd(String text) {
        assertThat(read(text)).isEqualTo(new Table(List.of("a"), List.of(List.of("1"), List.of("2")), List.of()));
    }

    @Test
    void reportsBlankLinesBetweenRows() {
        assertThat(read("{\"a\":1}\n\n{\"a\":2}\n").problems()).containsExactly(problem(Problems.BLANK_LINE, 1, 2L));
    }

    @Test
    void takesTheLastValueOfANameThatOccursTwice() {
        Table table = read("{\"a\":1,\"a\":2}\n{\"a\":{\"b\":1},\"a.b\":3}\n");
        assertThat(table.rows()).containsExactly(asList("2", null), asList(null, "3"));
        assertThat(table.problems()).containsExactly(problem(Flattener.NAME_TWICE, 2, 1L, 2L));
    }

    @Test
    void readsBytesThatAreNoUtf8AsReplacementCharacters() {
        byte[] text = "{\"a\":\"x\"}\n{\"a\":\"y\"}\n".getBytes(StandardCharsets.UTF_8);
        text[6] = (byte) 0xE9;
        Table table = Tables.read(Datasets.jsonLines(Tables.write(folder, text)));
        assertThat(table.rows()).containsExactly(List.of("\uFFFD"), List.of("y"));
        assertThat(table.problems()).containsExactly(problem(CsvCursor.BROKEN_ENCODING, 1, 1L));
    }

    @Test
    void survivesObjectsNestedTooDeeply() {
        Table table = read("{\"a\":" + "[".repeat(100_000) + "\n{\"a\":1}\n");
        assertThat(table.rows()).containsExactly(List.of("1"));
        assertThat(table.problems()).containsExactly(problem(JsonLinesSource.NO_OBJECT, 1, 1L));
    }

    @Test
    void passesOverLinesThatAreTooLong() {
        Table table = read("{\"a\":1}\n{\"a\":\"" + "x".repeat(20_000_000) + "\"}\n{\"a\":2}\n");
        assertThat(table.rows()).containsExactly(List.of("1"), List.of("2"));
        assertThat(table.problems()).containsExactly(problem(CsvCursor.TOO_LONG, 1, 2L));
    }

    @Test
    void boundsTheNumberOfColumns() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 11_000; i += 1_000) {
            text.append('{');
            for (int j = i; j < i + 1_000; j++) {
                text.append(j == i ? "" : ",").append("\"k").append(j).append("\":1");
            }
            text.append("}\n");
        }
        Table table = read(text.toString());
        assertThat(table.names()).hasSize(10_000);
        assertThat(table.rows()).hasSize(11);
        assertThat(table.problems()).extracting(DataProblem::count).containsExactly(1_000L);
        assertThat(table.problems()).extracting(DataProblem::description).containsExactly(Flattener.TOO_MANY_COLUMNS);
    }

    @Test
    void readsCompressedFilesAndThoseThatEndEarly() throws IOException {
        byte[] whole = CsvDatasetTest.gzip("{\"a\":1}\n{\"a\":2}\n");
        assertThat(Tables.read(Datasets.jsonLines(Tables.write(folder, whole))).rows())
                .hasSize(2);
        Path cut = Tables.write(folder, Arrays.copyOf(whole, whole.length - 8));
        assertThat(Tables.read(Datasets.jsonLines(cut)).problems())
                .extracting(DataProblem::description)
                .contains(CsvCursor.TRUNCATED);
    }

    @Test
    void takesAnEmptyFileForATableWithoutColumns() {
        assertThat(read("")).isEqualTo(new Table(List.of(), List.of(), List.of(problem(CsvCursor.EMPTY, 1, 1L))));
    }

    @Test
    void readsAnEmptyObjectAsARowWithoutValues() {
        assertThat(read("{}\n{\"a\":1}\n").rows()).containsExactly(asList((String) null), List.of("1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}\n{\n",
                "{\"a\":1}\n{\"a\"",
                "{\"a\":1}\n{\"b\":1,\"b\":2}\n",
                "{\"a\":1}\n\n{\"a\":1}\n"
            })
    void refusesWhatIsWrongAtOnceWhenStrict(String text) {
        Path file = Tables.write(folder, text);
        assertThatThrownBy(() -> Tables.read(Datasets.jsonLines(file).strict()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("\\Q" + file + "\\E, line 2: [^\\n]+");
    }

    @Test
    void refusesFilesThatAreNotThere() {
        Path file = folder.resolve("none.jsonl");
        assertThatThrownBy(() -> Datasets.jsonLines(file).open())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot read " + file + ": there is no such file");
    }
}

package io.modelmonitor.internal.data;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Row;
import io.modelmonitor.data.CsvDataset;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.data.Tables.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDatasetTest {

    @TempDir
    Path folder;

    private Table read(String text) {
        return Tables.read(Datasets.csv(Tables.write(folder, text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void readsEveryKindOfLineEnd(String end) {
        Table table = read(String.join(end, "a,b", "1,x", "2,y") + end);
        assertThat(table.names()).containsExactly("a", "b");
        assertThat(table.rows()).containsExactly(List.of("1", "x"), List.of("2", "y"));
        assertThat(table.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void needsNoLineEndAfterTheLastLine(String end) {
        Table table = read(String.join(end, "a,b", "1,x", "2,"));
        assertThat(table.rows()).containsExactly(List.of("1", "x"), asList("2", null));
        assertThat(table.problems()).isEmpty();
    }

    @Test
    void readsLineEndsDelimitersAndQuotesWithinQuotes() {
        Table table = read("a,\"b,c\"\n\"x\r\ny\",\"say \"\"hi\"\"\"\n\"\"\"\",\"a\rb\n\"\n");
        assertThat(table.names()).containsExactly("a", "b,c");
        assertThat(table.rows()).containsExactly(List.of("x\r\ny", "say \"hi\""), List.of("\"", "a\rb\n"));
        assertThat(table.problems()).isEmpty();
    }

    @Test
    void takesAQuoteWithinAnUnquotedFieldForText() {
        assertThat(read("a,b\n5\" disk,x\"\n").rows()).containsExactly(List.of("5\" disk", "x\""));
    }

    @Test
    void takesEmptyFieldsForMissingWhetherQuotedOrNot() {
        assertThat(read("a,b,c\n,\"\",x\n").rows()).containsExactly(asList(null, null, "x"));
    }

    @Test
    void readsAMissingValueInTheOnlyColumn() {
        Table table = read("a\n1\n\"\"\n2\n");
        assertThat(table.rows()).containsExactly(List.of("1"), asList((String) null), List.of("2"));
        assertThat(table.problems()).isEmpty();
    }

    @Test
    void skipsAByteOrderMark() {
        assertThat(read("\uFEFF\"a\",b\n1,2\n").names()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE"})
    void readsTheEncodingThatAByteOrderMarkSays(String charset) {
        Path file = Tables.write(folder, "\uFEFFname,n\nZoë 😀,1\n".getBytes(Charset.forName(charset)));
        Table table = Tables.read(Datasets.csv(file));
        assertThat(table.names()).containsExactly("name", "n");
        assertThat(table.rows()).containsExactly(List.of("Zoë 😀", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "windows-1252", "UTF-16LE", "UTF-8"})
    void readsTheEncodingItIsTold(String charset) {
        StringBuilder text = new StringBuilder("name,n\n");
        for (int i = 0; i < 20_000; i++) {
            text.append("Zoë,").append(i).append('\n');
        }
        Charset encoding = Charset.forName(charset);
        Path file = Tables.write(folder, text.toString().getBytes(encoding));
        Table table = Tables.read(Datasets.csv(file).charset(encoding));
        assertThat(table.rows()).hasSize(20_000).last().isEqualTo(List.of("Zoë", "19999"));
        assertThat(table.problems()).isEmpty();
    }

    @Test
    void callsColumnsByTheirPositionWithoutAHeader() {
        Table table =
                Tables.read(Datasets.csv(Tables.write(folder, "1,x\n2,y\n")).noHeader());
        assertThat(table.names()).containsExactly("_c0", "_c1");
        assertThat(table.rows()).containsExactly(List.of("1", "x"), List.of("2", "y"));
    }

    @Test
    void readsOtherDelimitersAndQuotes() {
        Path file = Tables.write(folder, "a;'b;c'\n1,5;'it''s \"x\"'\n");
        Table table = Tables.read(Datasets.csv(file).delimiter(';').quote('\''));
        assertThat(table.names()).containsExactly("a", "b;c");
        assertThat(table.rows()).containsExactly(List.of("1,5", "it's \"x\""));
    }

    @Test
    void readsTabsWhileTrimming() {
        Path file = Tables.write(folder, "a\tb\tc\n 1\t\t \"x\" \n");
        assertThat(Tables.read(Datasets.csv(file).delimiter('\t').trimmed()).rows())
                .containsExactly(asList("1", null, "x"));
    }

    @Test
    void trimsNamesAndFieldsWithinQuotesTooWhenAsked() {
        Path file = Tables.write(folder, "a, b ,c\n \t1 , \" x \" ,  \n");
        assertThat(Tables.read(Datasets.csv(file).trimmed()))
                .isEqualTo(new Table(List.of("a", "b", "c"), List.of(asList("1", "x", null)), List.of()));
        assertThat(Tables.read(Datasets.csv(file)).names()).containsExactly("a", " b ", "c");
    }

    @Test
    void takesTheTextsItIsToldForMissing() {
        Path file = Tables.write(folder, "a,b\nNA,?\nna,\"NA\"\n,??\n");
        assertThat(Tables.read(Datasets.csv(file).missing("NA", "?")).rows())
                .containsExactly(asList(null, null), asList("na", null), asList(null, "??"));
        assertThat(Tables.read(Datasets.csv(file)).rows().get(0)).containsExactly("NA", "?");
    }

    @Test
    void recognisesGzipByItsContent() throws IOException {
        Path file = Tables.write(folder, gzip("a,b\n1,2\n"));
        assertThat(Tables.read(Datasets.csv(file)).rows()).containsExactly(List.of("1", "2"));
    }

    @Test
    void readsGzipOfSeveralParts() throws IOException {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        parts.write(gzip("a,b\n1,"));
        parts.write(gzip("2\n"));
        Path file = Tables.write(folder, parts.toByteArray());
        assertThat(Tables.read(Datasets.csv(file)).rows()).containsExactly(List.of("1", "2"));
    }

    @Test
    void changesNothingWhenToldToReadInAnotherWay() {
        CsvDataset file = Datasets.csv(Tables.write(folder, "a;b,c\n1;2,3\n"));
        file.delimiter(';').noHeader().strict().trimmed().missing("1");
        assertThat(Tables.read(file).names()).containsExactly("a;b", "c");
    }

    @Test
    void refusesDelimitersAndQuotesThatCannotBeRead() {
        CsvDataset file = Datasets.csv(folder.resolve("x.csv"));
        assertThatThrownBy(() -> file.delimiter('"')).hasMessage("delimiter: '\"' is the quote already");
        assertThatThrownBy(() -> file.quote(',')).hasMessage("quote: ',' is the delimiter already");
        assertThatThrownBy(() -> file.delimiter('§'))
                .hasMessage("delimiter: 167 given as a code; allowed are ASCII characters that end no line");
        assertThatThrownBy(() -> file.delimiter('\n')).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void keepsRowsValidWhileReadingGoesOn() {
        StringBuilder text = new StringBuilder("n,text\n");
        for (int i = 0; i < 50_000; i++) {
            text.append(i).append(",row ").append(i).append('\n');
        }
        Dataset file = Datasets.csv(Tables.write(folder, text.toString()));
        List<Row> rows;
        try (Stream<Row> stream = file.rows()) {
            rows = stream.toList();
        }
        assertThat(rows).hasSize(50_000);
        for (int i = 0; i < rows.size(); i++) {
            assertThat(rows.get(i).number("n")).isEqualTo(i);
            assertThat(rows.get(i).text("text")).isEqualTo("row " + i);
        }
    }

    @Test
    void makesBatchesOfARowCountThatDependsOnTheDataAlone() throws IOException {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 0; i < 5_000; i++) {
            text.append(i).append(",\"").append("x".repeat(i % 50)).append("\"\n");
        }
        Path plain = Tables.write(folder, text.toString());
        Path compressed = Tables.write(folder, gzip(text.toString()));
        assertThat(batchSizes(Datasets.csv(plain)))
                .isEqualTo(batchSizes(Datasets.csv(compressed)))
                .containsExactly(1024, 1024, 1024, 1024, 904);
    }

    @Test
    void endsABatchEarlyWhenItsTextIsLong() {
        String cell = "x".repeat(300_000);
        StringBuilder text = new StringBuilder("a\n");
        for (int i = 0; i < 10; i++) {
            text.append(cell).append('\n');
        }
        assertThat(batchSizes(Datasets.csv(Tables.write(folder, text.toString()))))
                .containsExactly(4, 4, 2);
    }

    private static List<Integer> batchSizes(Dataset dataset) {
        List<Integer> sizes = new java.util.ArrayList<>();
        try (Dataset.Cursor cursor = dataset.open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                sizes.add(batch.size());
            }
        }
        return sizes;
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void releasesTheFileWhenReadToItsEnd() throws IOException {
        Path file = Tables.write(folder, "a\n1\n");
        assertThat(Datasets.csv(file).rows().count()).isEqualTo(1);
        assertThat(Files.deleteIfExists(file)).isTrue();
    }
}

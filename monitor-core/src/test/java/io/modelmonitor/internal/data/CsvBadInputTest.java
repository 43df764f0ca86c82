package io.modelmonitor.internal.data;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.data.Tables.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad data is counted, located and reported; what is no data is refused in one line. */
class CsvBadInputTest {

    @TempDir
    Path folder;

    private Table read(String text) {
        return Tables.read(Datasets.csv(Tables.write(folder, text)));
    }

    private static DataProblem problem(String description, long count, Long... lines) {
        return new DataProblem(description, count, List.of(lines));
    }

    @Test
    void fillsRowsWithFewerFieldsAndCutsRowsWithMore() {
        Table table = read("a,b,c\n1,2\n1,2,3\n1,2,3,4,5\n1\n");
        assertThat(table.rows())
                .containsExactly(
                        asList("1", "2", null),
                        List.of("1", "2", "3"),
                        List.of("1", "2", "3"),
                        asList("1", null, null));
        assertThat(table.problems())
                .containsExactly(problem(CsvCursor.FEWER_FIELDS, 2, 2L, 5L), problem(CsvCursor.MORE_FIELDS, 1, 4L));
    }

    @Test
    void countsEveryProblemButNamesTheFirstLinesOnly() {
        Table table = read("a,b\n" + "1\n".repeat(5_000));
        assertThat(table.rows()).hasSize(5_000);
        assertThat(table.problems())
                .containsExactly(problem(CsvCursor.FEWER_FIELDS, 5_000, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L));
    }

    @Test
    void losesNoLineToAQuoteThatIsNeverClosed() {
        Table table = read("a,b\n1,x\n2,\"oops\n3,y\n4,\"z\"\n5,\"p,q\"\n");
        assertThat(table.rows())
                .containsExactly(
                        List.of("1", "x"),
                        List.of("2", "\"oops"),
                        List.of("3", "y"),
                        List.of("4", "z"),
                        List.of("5", "p,q"));
        assertThat(table.problems()).containsExactly(problem(CsvCursor.BROKEN_QUOTES, 1, 3L));
    }

    @Test
    void losesNoLineToAQuoteThatIsNeverClosedInALargeFile() {
        String rows = "1,x\n".repeat(100_000);
        Table table = read("a,b\n" + rows + "2,\"oops\n" + rows);
        assertThat(table.rows()).hasSize(200_001);
        assertThat(table.rows().get(100_000)).containsExactly("2", "\"oops");
        assertThat(table.problems()).containsExactly(problem(CsvCursor.BROKEN_QUOTES, 1, 100_002L));
    }

    @Test
    void readsTextAfterAClosingQuoteAsPartOfTheField() {
        Table table = read("a,b,c\n1,\"5\" disk, new\",x\n2,\"y\"z,w\n3,\"\"\"q\"r\",s\n");
        assertThat(table.rows())
                .containsExactly(
                        List.of("1", "5\" disk, new", "x"), List.of("2", "\"y\"z", "w"), List.of("3", "\"q\"r", "s"));
        assertThat(table.problems()).containsExactly(problem(CsvCursor.BROKEN_QUOTES, 3, 2L, 3L, 4L));
    }

    @Test
    void countsLinesThroughQuotedLineEndsAndRecovery() {
        Table table = read("a,b\r\n\"x\r\ny\rz\n\",1\r\n\"open,2\r\n3\r\n");
        assertThat(table.rows())
                .containsExactly(List.of("x\r\ny\rz\n", "1"), List.of("\"open", "2"), asList("3", null));
        assertThat(table.problems())
                .containsExactly(problem(CsvCursor.BROKEN_QUOTES, 1, 6L), problem(CsvCursor.FEWER_FIELDS, 1, 7L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2,3\n4,5", "1,2,3\r\n4", "1,2,3\n4,\"x", "1,2,3\n4,5,\"six"})
    void leavesOutALastLineThatEndsEarly(String rows) {
        Table table = read("a,b,c\n" + rows);
        assertThat(table.rows()).containsExactly(List.of("1", "2", "3"));
        assertThat(table.problems()).contains(problem(CsvCursor.HALF_LINE, 1, 3L));
    }

    @Test
    void readsBytesThatMeanNothingAsReplacementCharacters() throws IOException {
        byte[] start = "a,b\nok,1\n".getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(start, start.length + 8);
        // A lone lead byte, a stray continuation byte, and a whole character.
        byte[] bad = {'x', (byte) 0xC3, ',', (byte) 0x80, (byte) 0xC3, (byte) 0xA9, '\n', 'y'};
        System.arraycopy(bad, 0, bytes, start.length, bad.length);
        Table table = Tables.read(Datasets.csv(Tables.write(folder, bytes)));
        assertThat(table.rows()).containsExactly(List.of("ok", "1"), List.of("x\uFFFD", "\uFFFD\u00E9"));
        assertThat(table.problems())
                .containsExactly(problem(CsvCursor.BROKEN_ENCODING, 2, 3L), problem(CsvCursor.HALF_LINE, 1, 4L));
    }

    @Test
    void locatesBadBytesOfOtherEncodingsToo() {
        byte[] text = "a,b\nx,1\ny,2\n".getBytes(StandardCharsets.UTF_16LE);
        text[2 * 8 + 1] = (byte) 0xDC; // 'y' becomes a trailing surrogate without a leading one
        Table table = Tables.read(Datasets.csv(Tables.write(folder, text)).charset(StandardCharsets.UTF_16LE));
        assertThat(table.rows()).containsExactly(List.of("x", "1"), List.of("\uFFFD", "2"));
        assertThat(table.problems()).containsExactly(problem(CsvCursor.BROKEN_ENCODING, 1, 3L));
    }

    @Test
    void passesOverBlankLinesAndReportsThoseBetweenRows() {
        Table table = read("\n\na,b\n1,2\n\n\n3,4\n\n\n");
        assertThat(table.names()).containsExactly("a", "b");
        assertThat(table.rows()).containsExactly(List.of("1", "2"), List.of("3", "4"));
        assertThat(table.problems()).containsExactly(problem(Problems.BLANK_LINE, 4, 1L, 5L));
    }

    @Test
    void givesEveryColumnANameOfItsOwn() {
        Table table = read("x,x,x_2,,x,\n1,2,3,4,5,6\n");
        assertThat(table.names()).containsExactly("x", "x_3", "x_2", "_c3", "x_4", "_c5");
        assertThat(table.problems()).extracting(DataProblem::count).containsExactly(2L, 2L);
        assertThat(table.problems()).allSatisfy(p -> assertThat(p.lines()).containsOnly(1L));
    }

    @Test
    void namesAHundredThousandEqualColumnsInNoTime() {
        Table table = read("x,".repeat(99_999) + "x\n" + "1,".repeat(99_999) + "1\n");
        assertThat(table.names()).hasSize(100_000).last().isEqualTo("x_100000");
        assertThat(table.rows()).hasSize(1);
    }

    @Test
    void readsAHundredThousandColumns() {
        String header = IntStream.range(0, 100_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String row = IntStream.range(0, 100_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        Dataset file = Datasets.csv(Tables.write(folder, header + "\n" + (row + "\n").repeat(5)));
        try (Dataset.Cursor cursor = file.open()) {
            int rows = 0;
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                assertThat(batch.size()).isLessThanOrEqualTo(2);
                assertThat(batch.column(99_999).numbers()[0]).isEqualTo(99_999);
                rows += batch.size();
            }
            assertThat(rows).isEqualTo(5);
            assertThat(cursor.problems()).isEmpty();
        }
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Path file = folder.resolve("none.csv");
        assertThatThrownBy(() -> Datasets.csv(file).open())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot read " + file + ": there is no such file");
    }

    @Test
    void refusesADirectory() {
        assertThatThrownBy(() -> Datasets.csv(folder).open())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot read " + folder + ": it is a directory");
    }

    @Test
    void refusesABinaryFile() {
        Path file = Tables.write(folder, new byte[] {'P', 'K', 7, 4, 0, 1, 2, '\n'});
        assertThatThrownBy(() -> Datasets.csv(file).open())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("cannot read " + file + ": it is no text: byte 5 is zero")
                .hasMessageNotContaining("\n");
    }

    @Test
    void takesAnEmptyFileForATableWithoutColumns() {
        assertThat(read("")).isEqualTo(new Table(List.of(), List.of(), List.of(problem(CsvCursor.EMPTY, 1, 1L))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a,b\n", "\uFEFFa,b\r\n"})
    void takesAHeaderAloneForATableWithoutRows(String text) {
        assertThat(read(text)).isEqualTo(new Table(List.of("a", "b"), List.of(), List.of()));
    }

    @Test
    void readsACompressedFileThatEndsEarlyAsFarAsItGoes() throws IOException {
        byte[] whole = CsvDatasetTest.gzip("a,b\n" + "1,2\n".repeat(10) + "34,56\n");
        Path file = Tables.write(folder, Arrays.copyOf(whole, whole.length - 12));
        Table table = Tables.read(Datasets.csv(file));
        assertThat(table.rows()).hasSize(10).containsOnly(List.of("1", "2"));
        assertThat(table.problems())
                .containsExactly(problem(CsvCursor.HALF_LINE, 1, 12L), problem(CsvCursor.TRUNCATED, 1, 12L));
    }

    @Test
    void refusesACompressedFileThatIsDamaged() throws IOException {
        byte[] bytes = CsvDatasetTest.gzip("a,b\n" + "1,2\n".repeat(1000));
        bytes[bytes.length - 6] ^= 1; // the check sum
        Path file = Tables.write(folder, bytes);
        assertThatThrownBy(() -> Tables.read(Datasets.csv(file)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("cannot read " + file + ": ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void readsATenMegabyteCell() {
        String cell = "é".repeat(5_000_000);
        Table table = read("a,b\n1,\"" + cell + "\"\n2,x\n");
        assertThat(table.rows()).containsExactly(List.of("1", cell), List.of("2", "x"));
        assertThat(table.problems()).isEmpty();
    }

    @Test
    void passesOverALineWithAFiftyMegabyteCell() {
        Table table = read("a,b\n1,x\n2," + "y".repeat(50_000_000) + "\n3,z\n");
        assertThat(table.rows()).containsExactly(List.of("1", "x"), List.of("3", "z"));
        assertThat(table.problems()).containsExactly(problem(CsvCursor.TOO_LONG, 1, 3L));
    }

    @Test
    void passesOverALineWithAFiftyMegabyteCellInQuotes() {
        Table table = read("a,b\n1,x\n2,\"" + "y".repeat(50_000_000) + "\"\n3,z\n");
        assertThat(table.rows()).containsExactly(List.of("1", "x"), List.of("3", "z"));
        assertThat(table.problems()).contains(problem(CsvCursor.TOO_LONG, 1, 3L));
    }

    @Test
    void refusesACompressedFileThatIsOneEndlessLine() throws IOException {
        Path file = folder.resolve("bomb.csv.gz");
        byte[] block = new byte[1 << 20];
        Arrays.fill(block, (byte) 'x');
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < 70; i++) {
                out.write(block);
            }
        }
        assertThat(Files.size(file)).isLessThan(1 << 20);
        assertThatThrownBy(() -> Datasets.csv(file).open())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot read " + file + ": line 1 does not end within 67108864 bytes");
    }

    @Test
    void leavesShortRowsOutOnceTheyWouldCostMoreThanTheFile() {
        int columns = 50_000;
        int rows = 100_000;
        Path file = Tables.write(folder, "a,".repeat(columns - 1) + "a\n" + "1\n".repeat(rows));
        long read = 0;
        try (Dataset.Cursor cursor = Datasets.csv(file).open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                read += batch.size();
            }
            long most = (Limits.MISSING_CELLS + (long) Limits.MISSING_CELLS_PER_BYTE * 2 * rows) / (columns - 1);
            assertThat(read).isBetween(1L, most);
            long leftOut = rows - read;
            assertThat(cursor.problems()).anySatisfy(problem -> assertThat(problem.toString())
                    .startsWith(CsvCursor.FAR_FEWER_FIELDS + ": " + leftOut + ", first at line "));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1,2\n1\n",
                "a,b\n1,2\n1,2,3\n",
                "a,b\n1,2\n\"x\"y,1\n",
                "a,b\n1,2\n3",
                "a,b\n1,2\n1,\"x\n",
                "a,a\n1,2\n",
                "a,\n1,2\n",
                "",
                "a,b\n1,2\n\n3,4\n"
            })
    void refusesWhatIsWrongAtOnceWhenStrict(String text) {
        Path file = Tables.write(folder, text);
        assertThatThrownBy(() -> Tables.read(Datasets.csv(file).strict()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("\\Q" + file + "\\E, line [123]: [^\\n]+");
    }

    @Test
    void sumsAllThatIsWrongWithAProblemInALine() {
        assertThat(problem(CsvCursor.FEWER_FIELDS, 3, 7L, 9L))
                .hasToString("row with fewer fields than there are columns; the rest is missing: 3, first at line 7");
    }
}

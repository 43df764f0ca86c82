package io.modelmonitor.internal.data;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.capture.CsvRows;
import io.modelmonitor.internal.data.Tables.Table;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The content of one line does not affect the others. */
class ReadersGoOnTest {

    @TempDir
    Path folder;

    @Test
    void aLineThatLooksLikeUtf32IsLeftOut() {
        String bytes = "\u0000\u0000{\u0000";
        String zeros = "\u0000\u0000\u0000\u0000";
        Table table = Tables.read(Datasets.jsonLines(Tables.write(
                folder, "{\"a\":1}\n".repeat(1_000) + bytes + "\n" + zeros + "\n{\u0000\u0000\u0000\n{\"a\":2}\n")));
        assertThat(table.rows()).hasSize(1_001).last().isEqualTo(List.of("2"));
        assertThat(table.problems())
                .containsExactly(new DataProblem(JsonLinesSource.NO_OBJECT, 3, List.of(1_001L, 1_002L, 1_003L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-32LE", "UTF-32BE", "UTF-16LE", "UTF-16BE", "UTF-8"})
    void aByteOrderMarkSaysTheEncodingInEveryOrder(String charset) {
        byte[] bytes = "\uFEFFa,b\n1,\u20AC\n".getBytes(Charset.forName(charset));
        assertThat(Tables.read(Datasets.csv(Tables.write(folder, bytes))).rows())
                .containsExactly(List.of("1", "\u20AC"));
        byte[] json = "\uFEFF{\"a\":\"\u20AC\"}\n".getBytes(Charset.forName(charset));
        assertThat(Tables.read(Datasets.file(Tables.write(folder, json))).rows())
                .containsExactly(List.of("\u20AC"));
    }

    /** Hands out so many letters, which need no memory, and then some text. */
    private static InputStream letters(long count, String before, String after) {
        InputStream letters = new InputStream() {
            private long left = count;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] target, int from, int length) {
                int read = (int) Math.min(length, left);
                Arrays.fill(target, from, from + read, (byte) 'x');
                left -= read;
                return read == 0 && length > 0 ? -1 : read;
            }
        };
        return new SequenceInputStream(
                new SequenceInputStream(new ByteArrayInputStream(before.getBytes(StandardCharsets.UTF_8)), letters),
                new ByteArrayInputStream(after.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2,", "2,\"", "\""})
    void aLineOfFourHundredMegabytesIsPassedOver(String start) throws IOException {
        CsvScanner scanner = new CsvScanner(
                letters(400L << 20, "1,a\n" + start, "\n3,b\n"), (byte) ',', (byte) '"', false, Long.MAX_VALUE);
        assertThat(scanner.next(2)).isEqualTo(2);
        assertThat(scanner.next(2)).isEqualTo(CsvScanner.TOO_LONG);
        assertThat(scanner.recordLine()).isEqualTo(2);
        assertThat(scanner.next(2)).isEqualTo(2);
        assertThat(scanner.recordLine()).isEqualTo(3);
        assertThat(scanner.next(2)).isEqualTo(CsvScanner.END);
        assertThat(scanner.bytes()).hasSizeLessThan(4 * Limits.LINE);
    }

    @Test
    void aLongLineOfJsonIsCountedWithItsLineAndTheRestIsRead() {
        TextSource source = TextSource.of(letters(400L << 20, "{\"a\":1}\n", "\n{\"a\":2}\n"), "long.jsonl");
        try (Dataset.Cursor cursor = new PackingCursor(new JsonLinesSource(source, "long.jsonl", false))) {
            Batch batch = cursor.next();
            assertThat(batch).isNotNull();
            assertThat(batch.size()).isEqualTo(2);
            assertThat(cursor.problems()).containsExactly(new DataProblem(CsvCursor.TOO_LONG, 1, List.of(2L)));
        }
    }

    @Test
    void blanksAfterAClosingQuoteKeepTheirCells() {
        Table table = Tables.read(Datasets.csv(
                Tables.write(folder, "a,b,c\n\"1\" ,\"b,\"\t,\"c\" \n\"1\"x ,2,3,4\n\"q\"\" \" ,\"\",\"\" \n")));
        assertThat(table.rows())
                .containsExactly(List.of("1", "b,", "c"), List.of("\"1\"x ", "2", "3"), asList("q\" ", null, null));
        assertThat(table.problems())
                .containsExactlyInAnyOrder(
                        new DataProblem(CsvCursor.BLANKS_AFTER_QUOTE, 2, List.of(2L, 4L)),
                        new DataProblem(CsvCursor.BROKEN_QUOTES, 1, List.of(3L)),
                        new DataProblem(CsvCursor.MORE_FIELDS, 1, List.of(3L)));
        assertThat(CsvRows.of("\"1\" ,\"b,\"\t,\"c\" \n\"d\" e ,f"))
                .containsExactly(List.of("1", "b,", "c"), List.of("d e ", "f"));
    }

    @Test
    void aReturnEndsALineEverywhere() {
        String csv = "1,2\r3,4\r\n5,6\n\r7,\"8\r9\"\r";
        List<List<String>> rows =
                List.of(List.of("1", "2"), List.of("3", "4"), List.of("5", "6"), List.of("7", "8\r9"));
        assertThat(CsvRows.of(csv)).isEqualTo(rows);
        assertThat(Tables.read(Datasets.csv(Tables.write(folder, csv)).noHeader())
                        .rows())
                .isEqualTo(rows);
        assertThat(Tables.read(Datasets.jsonLines(Tables.write(folder, "{\"a\":1}\r{\"a\":2}\r\n{\"a\":3}")))
                        .rows())
                .containsExactly(List.of("1"), List.of("2"), List.of("3"));
    }
}

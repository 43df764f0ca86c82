package io.modelmonitor.internal.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Row;
import io.modelmonitor.data.CsvDataset;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.internal.data.Tables.Table;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesAsPeopleHaveThemTest {

    @TempDir
    private Path folder;

    private static Table text(String text) {
        return Tables.read(Datasets.csvText(text));
    }

    private static List<String> descriptions(Table table) {
        return table.problems().stream().map(DataProblem::description).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void whatSeparatesFieldsIsFoundOut(String delimiter) {
        Table table = text("name,age\nAnn,30\n".replace(",", delimiter));
        assertThat(table.names()).containsExactly("name", "age");
        assertThat(table.rows()).containsExactly(List.of("Ann", "30"));
        assertThat(table.problems()).isEmpty();
    }

    @Test
    void whatSeparatesFieldsIsNotSoughtWithinQuotesAndMayBeSaid() {
        assertThat(text("\"a;b;c\",d\n1,2\n").names()).containsExactly("a;b;c", "d");
        CsvDataset csv = Datasets.csvText("a;b;c,d\n1,2\n");
        assertThat(Tables.read(csv).names()).containsExactly("a", "b", "c,d");
        assertThat(Tables.read(csv.delimiter(',')).names()).containsExactly("a;b;c", "d");
    }

    @Test
    void aLineThatSaysWhatSeparatesFieldsIsHeededAndTold() {
        for (String end : List.of("\n", "\r\n", "\r")) {
            Table table = text("sep=;\nname;sizes,all\nAnn;1,2\n".replace("\n", end));
            assertThat(table.names()).containsExactly("name", "sizes,all");
            assertThat(table.rows()).containsExactly(List.of("Ann", "1,2"));
            assertThat(descriptions(table)).containsExactly(CsvBeginning.SEPARATOR_LINE);
        }
    }

    @Test
    void commentsBeforeTheTableAreLeftOutAndToldAndLinesKeepTheirNumbers() {
        Dataset csv = Datasets.csvText("# made by x, y\n#\nname,age\nAnn,30\n");
        Table table = Tables.read(csv);
        assertThat(table.names()).containsExactly("name", "age");
        assertThat(table.problems()).containsExactly(new DataProblem(CsvBeginning.COMMENTS, 2, List.of(1L, 2L)));
        assertThat(csv.rows().map(Row::place).map(place -> Objects.requireNonNull(place)
                        .line()))
                .containsExactly(4L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sales report Q1\n\n",
                "Sales report Q1;;\n",
                "\"Sales; all of them\"\n",
                "\n\nReport\nfrom 01.02.2024 to 07.02.2024\n\n",
                "Printed: 2024-05-01, by Ann\n;;\n",
                "# device 4711\nMeasurements\n",
                "sep=;\nStatistik\n"
            })
    void aTitleAboveTheNamesIsLeftOutAndTold(String title) {
        Table table = text(title + "name;size;on\nAnn;1,5;01.02.2024\nBob;2,5;02.02.2024\nTotal;4,0\n");
        assertThat(table.names()).containsExactly("name", "size", "on");
        assertThat(table.rows()).hasSize(3).startsWith(List.of("Ann", "1,5", "01.02.2024"));
        assertThat(descriptions(table)).contains(CsvBeginning.TITLE);
    }

    @Test
    void whatSeparatesFieldsIsFoundOutBehindBlankLines() {
        assertThat(text("\n\nname;size\nAnn;1,5\n").names()).containsExactly("name", "size");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "comment\nsee one, two\nand three, 4\nor, if so, not\n",
                "a,b,c\nx,y\nz,1\n",
                "a,b\nx,y,z,w\n1,2,3,4,5\n",
                "name,note\nAnn,first\nBob,2nd\n",
                "a\nb\n1\n",
                "a,b,c\n,,\nx,y,z\n1,2,3\n"
            })
    void namesInTheFirstLineAreNoTitle(String csv) {
        assertThat(descriptions(text(csv))).doesNotContain(CsvBeginning.TITLE);
    }

    @Test
    void aHeaderMayBeginWithTheSignOfComments() {
        Table table = text("#id,age\n1,30\n2,31\n");
        assertThat(table.names()).containsExactly("#id", "age");
        assertThat(table.rows()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5.1,3.5,setosa\n4.9,3.0,setosa\n",
                "39,State-gov,77516\n50,Private,83311\n38,State-gov,215646\n",
                "5,0,0,12\n4,0,0,11\n",
                "-1,x\n2,y\n",
                "7,3,9\n1,2,3\n",
                "K0;1.000,00;x\nK1;1.001,37;y\n",
                "12,5\t7,25\n1,5\t3\n",
                "a\t$1,200.50\nb\t$900\n",
                "a;12.5 %\nb;9 %\n"
            })
    void aMissingHeaderIsFoundOutAndTold(String csv) {
        Table table = text(csv);
        assertThat(table.names()).startsWith("_c0", "_c1");
        assertThat(table.rows()).hasSize((int) csv.lines().count());
        assertThat(descriptions(table)).containsExactly(CsvBeginning.NO_HEADER);

        Table said = Tables.read(Datasets.csvText(csv).header());
        assertThat(said.rows()).hasSize((int) csv.lines().count() - 1);
        assertThat(Tables.read(Datasets.csvText(csv).noHeader()).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name,2019,2020,2021\nx,1,2,3\ny,4,5,6\n",
                "0,1,2,3\n5,5,5,5\n",
                "a,b\nx,y\nz,w\n",
                "shop;01.02.2024;02.02.2024\nx;1,5;2,5\n",
                "shop;betrag\nx;1.001,37\n",
                "id,1\n7,x\n",
                "5.1,3.5\n",
                "a\n1\n2\n"
            })
    void aHeaderThatMayBeOneStays(String csv) {
        assertThat(text(csv).rows()).hasSize((int) csv.lines().count() - 1);
    }

    @Test
    void numbersThatAreTakenForNamesAreTold() {
        assertThat(descriptions(text("name,2019,2020\nx,1,2\n"))).containsExactly(CsvBeginning.NUMBERS_AS_NAMES);
    }

    @Test
    void whatWasFoundOutIsNeverFatal() {
        assertThat(Tables.read(Datasets.csvText("sep=;\n#x\n1.5;2\n3.5;4\n").strict())
                        .rows())
                .hasSize(2);
    }

    @Test
    void bigTablesAreReadOnBehindTheirBeginning() {
        StringBuilder csv = new StringBuilder("# comment\nid;text\n");
        for (int i = 0; i < 20_000; i++) {
            csv.append(i).append(";\"line\nof ").append(i).append("\"\n");
        }
        Table table = text(csv.toString());
        assertThat(table.rows()).hasSize(20_000).last().isEqualTo(List.of("19999", "line\nof 19999"));
        Table one = text("a,b\n1,\"" + "x".repeat(200_000) + "\"\n");
        assertThat(Objects.requireNonNull(one.rows().get(0).get(1))).hasSize(200_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "504152311500| it is Parquet; Parquet.dataset(path) of the module monitor-parquet reads it",
                "d0cf11e0a1b1| it is an Excel workbook (.xls) or another file of Office; save the sheet as CSV",
                "255044462d31| it is a PDF; the table that it was printed from is needed, as CSV",
                "28b52ffd0000| it is compressed with zstd; unpack it, or compress it with gzip",
                "fd377a585a00| it is compressed with xz; unpack it, or compress it with gzip",
                "377abcaf271c| it is a 7z archive; unpack it",
                "4f626a01040a| it is Avro; export the table as CSV or JSON Lines",
                "894844460d0a| it is HDF5; export the table as CSV or JSON Lines",
                "89504e470d0a1a0a| it is an image; the table that it shows is needed, as CSV",
                "ffd8ffe000104a46| it is an image; the table that it shows is needed, as CSV",
                "474946383961| it is an image; the table that it shows is needed, as CSV",
                "49492a000800| it is an image; the table that it shows is needed, as CSV",
                "425a6839314159265359| it is compressed with bzip2; unpack it, or compress it with gzip",
                "425a683917724538509000000000| it is compressed with bzip2; unpack it, or compress it with gzip",
                "04224d186440| it is compressed with lz4; unpack it, or compress it with gzip",
                "526172211a0701| it is a RAR archive; unpack it",
                "934e554d50590100| it is an array of NumPy; export the table as CSV or JSON Lines",
                "3c68746d6c3e| it is a page of HTML, as a download that failed leaves; get the table itself"
            })
    void whatIsNoTableOfTextIsNamedWithWhatToDo(String hex, String expected) {
        Path file = Tables.write(folder, java.util.HexFormat.of().parseHex(hex));
        for (Dataset dataset : List.of(Datasets.csv(file), Datasets.jsonLines(file), Datasets.file(file))) {
            assertThatThrownBy(dataset::open)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("cannot read " + file + ": " + expected.strip());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", " \n"})
    void aPointerInThePlaceOfATableIsNamedWithWhatToDo(String end) {
        String pointer =
                "version https://git-lfs.github.com/spec/v1" + end + "oid sha256:4d7a" + end + "size 12345" + end;
        Path file = Tables.write(folder, pointer);
        for (Dataset dataset : List.of(Datasets.csv(file), Datasets.jsonLines(file), Datasets.file(file))) {
            assertThatThrownBy(dataset::open)
                    .hasMessage("cannot read " + file
                            + ": it is a pointer of Git LFS to a table, which 'git lfs pull' puts in its place");
        }
        assertThat(text("version,note\n1,x\n").names()).containsExactly("version", "note");
    }

    @ParameterizedTest
    @CsvSource({"xl/workbook.xml, workbook", "train.csv, zip archive"})
    void workbooksAndArchivesAreToldApart(String entry, String expected) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }
        Path file = Tables.write(folder, bytes.toByteArray());
        assertThatThrownBy(() -> Datasets.csv(file).open()).hasMessageContaining(expected);

        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes.toByteArray());
        }
        Path twice = Tables.write(folder, compressed.toByteArray());
        assertThatThrownBy(() -> Datasets.csv(twice).open()).hasMessageContaining(expected);
    }
}

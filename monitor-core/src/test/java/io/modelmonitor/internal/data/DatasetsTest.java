package io.modelmonitor.internal.data;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.data.Datasets;
import io.modelmonitor.data.TableBuilder;
import io.modelmonitor.internal.data.Tables.Table;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {

    @TempDir
    Path folder;

    @Test
    void readsRowsOfObjectsByTheirTypes() {
        Dataset dataset = Datasets.of(
                Schema.ofNames("a", "b", "c", "d", "e"),
                List.of(
                        new Object[] {1, 2.5, "x", true, null},
                        new Object[] {1L << 60, 1e-7, "7", false, Double.NaN},
                        new Object[] {new BigInteger("12345678901234567890"), new BigDecimal("0.10"), "", null, 'z'}));
        assertThat(Tables.read(dataset).rows())
                .containsExactly(
                        asList("1", "2.5", "x", "true", null),
                        asList("1152921504606846976", "1.0E-7", "7", "false", null),
                        asList("12345678901234567890", "0.10", null, null, "z"));
        try (Dataset.Cursor cursor = dataset.open()) {
            Batch batch = cursor.next();
            assertThat(batch.column(2).kinds()[1]).isEqualTo(ValueKind.STRING);
            assertThat(batch.column(1).numbers()).containsExactly(2.5, 1e-7, 0.1);
            assertThat(batch.column(3).numbers()).containsOnly(Double.NaN);
            assertThat(batch.column(0).isText()).isFalse();
            assertThat(batch.column(2).isText()).isTrue();
        }
    }

    @Test
    void countsRowsOfTheWrongLength() {
        Table table = Tables.read(Datasets.of(
                Schema.ofNames("a", "b"), List.of(new Object[] {1}, new Object[] {1, 2, 3}, new Object[] {4, 5})));
        assertThat(table.rows()).containsExactly(asList("1", null), List.of("1", "2"), List.of("4", "5"));
        assertThat(table.problems())
                .containsExactly(
                        new DataProblem(CsvCursor.FEWER_FIELDS, 1, List.of(1L)),
                        new DataProblem(CsvCursor.MORE_FIELDS, 1, List.of(2L)));
    }

    @Test
    void makesRowsAnewEachTimeAndClosesTheirStream() {
        AtomicBoolean closed = new AtomicBoolean();
        Dataset dataset = Datasets.of(
                Schema.ofNames("i"),
                () -> IntStream.range(0, 3_000).mapToObj(i -> new Object[] {i}).onClose(() -> closed.set(true)));
        assertThat(Tables.read(dataset).rows()).hasSize(3_000);
        assertThat(closed).isTrue();
        assertThat(Tables.read(dataset).rows()).hasSize(3_000);
    }

    @Test
    void readsMapsInTheOrderOfTheirNamesUnlessTheyHaveOneOfTheirOwn() {
        Map<String, Object> ordered = new LinkedHashMap<>();
        ordered.put("z", 1);
        ordered.put("y", List.of(2, Map.of("k", 3)));
        Table table = Tables.read(Datasets.rows(List.of(ordered, Map.of("c", 4, "b", 5, "a", 6, "z", 7))));
        assertThat(table.names()).containsExactly("z", "y[0]", "y[1].k", "a", "b", "c");
        assertThat(table.rows())
                .containsExactly(asList("1", "2", "3", null, null, null), asList("7", null, null, "6", "5", "4"));
    }

    @Test
    void refusesRowsThatAreNeitherArraysNorLists() {
        Dataset dataset = Datasets.of(Schema.ofNames("x"), List.of(new long[] {1}, "2"));
        assertThatThrownBy(() -> dataset.open().next())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rows: row 2 is a java.lang.String; allowed are arrays and lists");
    }

    @Test
    void readsArraysColumnByColumn() {
        BitSet missing = new BitSet();
        missing.set(1);
        Dataset dataset = Datasets.columns()
                .add("d", new double[] {1, Double.NaN, Double.NEGATIVE_INFINITY})
                .add("l", new long[] {Long.MAX_VALUE, 5, -1}, missing)
                .add("i", new int[] {1, 2, 3})
                .add("b", new boolean[] {true, false, true})
                .add("s", new String[] {"x", null, "007"})
                .build();
        assertThat(Tables.read(dataset).rows())
                .containsExactly(
                        List.of("1.0", "9223372036854775807", "1", "true", "x"),
                        asList(null, null, "2", "false", null),
                        List.of("-Infinity", "-1", "3", "true", "007"));
        try (Dataset.Cursor cursor = dataset.open()) {
            assertThat(cursor.schema().features())
                    .extracting(feature -> feature.type())
                    .containsExactly(
                            FeatureType.FRACTIONAL,
                            FeatureType.INTEGRAL,
                            FeatureType.INTEGRAL,
                            FeatureType.BOOLEAN,
                            FeatureType.STRING);
            Batch batch = cursor.next();
            assertThat(batch.column(0).kinds())
                    .containsExactly(ValueKind.FRACTIONAL, ValueKind.MISSING, ValueKind.FRACTIONAL);
            assertThat(batch.column(1).numbers()).containsExactly(0x1p63, Double.NaN, -1);
        }
    }

    @Test
    void givesLateRowsOfArraysTheirOwnValues() {
        double[] values = IntStream.range(0, 10_000).mapToDouble(i -> i / 8.0).toArray();
        long[] whole = IntStream.range(0, 10_000).mapToLong(i -> -i).toArray();
        try (Stream<io.modelmonitor.api.Row> rows =
                Datasets.columns().add("d", values).add("l", whole).build().rows()) {
            assertThat(rows.skip(9_998).map(Tables::cells).toList())
                    .containsExactly(List.of("1249.75", "-9998"), List.of("1249.875", "-9999"));
        }
    }

    @Test
    void refusesColumnsThatDoNotFit() {
        TableBuilder table = Datasets.columns().add("a", new double[2]);
        assertThatThrownBy(() -> table.add("b", new long[3]))
                .hasMessage("values: column 'b' has 3 rows; the columns before it have 2");
        assertThatThrownBy(() -> table.add("a", new long[2])).hasMessage("name: there is a column 'a' already");
        assertThatThrownBy(() -> table.add("", new long[2])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hasNoRowsWithoutColumns() {
        assertThat(Tables.read(Datasets.columns().build())).isEqualTo(new Table(List.of(), List.of(), List.of()));
    }

    @Test
    void concatenatesTablesByTheNamesOfTheirColumns() {
        Dataset one = Datasets.csv(Tables.write(folder, "a,b\n1,2\n3\n"));
        Dataset other = Datasets.csv(Tables.write(folder, "c,a\n5,6\n"));
        Dataset both = Datasets.concat(one, other, one);
        for (int time = 0; time < 2; time++) {
            Table table = Tables.read(both);
            assertThat(table.names()).containsExactly("a", "b", "c");
            assertThat(table.rows())
                    .containsExactly(
                            List.of("1", "2"),
                            asList("3", null),
                            asList("6", null, "5"),
                            asList("1", "2", null),
                            asList("3", null, null));
            assertThat(table.problems()).hasSize(2);
        }
        assertThatThrownBy(() -> Datasets.concat()).hasMessage("datasets: none given; at least one is needed");
    }

    @Test
    void findsOutHowAFileIsWritten() {
        assertThat(Tables.read(Datasets.file(Tables.write(folder, "{\"a\":1}\n")))
                        .rows())
                .containsExactly(List.of("1"));
        assertThat(Tables.read(Datasets.file(Tables.write(folder, "a,b;c\n1,2\n")))
                        .names())
                .containsExactly("a", "b;c");
        assertThat(Tables.read(Datasets.file(Tables.write(folder, "\"a,b,c\";d\n1;2\n")))
                        .names())
                .containsExactly("a,b,c", "d");
        assertThat(Tables.read(Datasets.file(Tables.write(folder, "a\tb\n1\t2\n")))
                        .names())
                .containsExactly("a", "b");
        assertThat(Tables.read(Datasets.file(Tables.write(folder, "a\n1\n"))).names())
                .containsExactly("a");
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> Datasets.file(none).open())
                .hasMessage("cannot read " + none + ": there is no such file");
    }
}

package io.modelmonitor.tablesaw;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import io.modelmonitor.data.Datasets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TablesawDatasetsTest {

    private static List<List<String>> cells(Dataset dataset) {
        try (Stream<Row> rows = dataset.rows()) {
            return rows.map(row -> {
                        List<String> cells = new ArrayList<>();
                        for (int i = 0; i < row.schema().size(); i++) {
                            cells.add(row.text(i));
                        }
                        return cells;
                    })
                    .toList();
        }
    }

    @Test
    void readsEveryColumnByItsTypeAndKeepsWhatIsMissingMissing() {
        IntColumn whole = IntColumn.create("i", new int[] {1, 2});
        whole.setMissing(1);
        Table table = Table.create(
                "t",
                whole,
                DoubleColumn.create("d", new double[] {0.5, Double.NaN}),
                StringColumn.create("s", "007", ""),
                BooleanColumn.create("b", new boolean[] {true, false}),
                DateColumn.create("t", LocalDate.of(2024, 1, 31), null),
                LongColumn.create("l", new long[] {1L << 60, -1}));
        Dataset dataset = TablesawDatasets.of(table);
        assertThat(cells(dataset))
                .containsExactly(
                        List.of("1", "0.5", "007", "true", "2024-01-31", "1152921504606846976"),
                        asList(null, null, null, "false", null, "-1"));
        try (Dataset.Cursor cursor = dataset.open()) {
            assertThat(cursor.schema().features())
                    .extracting(feature -> feature.type())
                    .containsExactly(
                            FeatureType.INTEGRAL,
                            FeatureType.FRACTIONAL,
                            FeatureType.STRING,
                            FeatureType.BOOLEAN,
                            FeatureType.STRING,
                            FeatureType.INTEGRAL);
        }
    }

    @Test
    void makesATableOfADataset() {
        Dataset dataset = Datasets.of(
                Schema.ofNames("i", "d", "s", "b", "none", "huge"),
                List.of(
                        new Object[] {1, 2, "x", true, null, Long.MAX_VALUE},
                        new Object[] {null, 2.5, "7", null, null, 1},
                        new Object[] {-3, null, null, false, null, 2}));
        Table table = TablesawDatasets.table(dataset, "mine");
        assertThat(table.name()).isEqualTo("mine");
        assertThat(table.columnNames()).containsExactly("i", "d", "s", "b", "none", "huge");
        assertThat(table.types())
                .containsExactly(
                        ColumnType.LONG,
                        ColumnType.DOUBLE,
                        ColumnType.STRING,
                        ColumnType.BOOLEAN,
                        ColumnType.STRING,
                        ColumnType.STRING);
        assertThat(table.longColumn("i").isMissing(1)).isTrue();
        assertThat(table.doubleColumn("d").asDoubleArray()).containsExactly(2, 2.5, Double.NaN);
        assertThat(table.stringColumn("huge").get(0)).isEqualTo("9223372036854775807");
    }

    @Test
    void bringsATableThereAndBack() {
        Table table = Table.create(
                "t",
                LongColumn.create("l", new long[] {1, 2, 3}),
                DoubleColumn.create("d", new double[] {0.1, 1e300, -0.0}),
                StringColumn.create("s", "NA", "null", "a b"));
        Table back = TablesawDatasets.table(TablesawDatasets.of(table), "t");
        assertThat(back.columns()).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(back.column(i).asList()).isEqualTo(table.column(i).asList());
        }
    }

    @Test
    void makesATableWithoutRowsOfADatasetWithoutRows() {
        Table table = TablesawDatasets.table(Datasets.of(Schema.ofNames("a", "b"), List.of()), "empty");
        assertThat(table.columnNames()).containsExactly("a", "b");
        assertThat(table.rowCount()).isZero();
    }
}

package io.modelmonitor.tablesaw;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.data.Datasets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Reads Tablesaw tables as datasets, and datasets into Tablesaw tables. */
public final class TablesawDatasets {

    private static final Map<ColumnType, FeatureType> TYPES = Map.of(
            ColumnType.SHORT, FeatureType.INTEGRAL,
            ColumnType.INTEGER, FeatureType.INTEGRAL,
            ColumnType.LONG, FeatureType.INTEGRAL,
            ColumnType.FLOAT, FeatureType.FRACTIONAL,
            ColumnType.DOUBLE, FeatureType.FRACTIONAL,
            ColumnType.BOOLEAN, FeatureType.BOOLEAN);

    private TablesawDatasets() {}

    /**
     * Returns a table as a dataset, which reads it whenever it is read; the table must not change meanwhile. What the table
     * calls missing is missing. Whole and fractional numbers and booleans keep their types; everything else, dates for
     * instance, is text. Costs an object for each cell read.
     */
    public static Dataset of(Table table) {
        List<Feature> features = table.columns().stream()
                .map(column -> new Feature(column.name(), TYPES.getOrDefault(column.type(), FeatureType.STRING)))
                .toList();
        return Datasets.of(
                Schema.of(features), () -> IntStream.range(0, table.rowCount()).mapToObj(row -> values(table, row)));
    }

    private static @Nullable Object[] values(Table table, int row) {
        @Nullable Object[] values = new @Nullable Object[table.columnCount()];
        for (int i = 0; i < values.length; i++) {
            tech.tablesaw.columns.Column<?> column = table.column(i);
            values[i] = column.isMissing(row) ? null : column.get(row);
        }
        return values;
    }

    /**
     * Returns a dataset as a table in memory. A column of whole numbers becomes a {@link LongColumn}, one of numbers a
     * {@link DoubleColumn}, one of booleans a {@link BooleanColumn}, any other a {@link StringColumn} with every text as it
     * was written. Reads the dataset twice: the types are known only at its end. A column of whole numbers is one of text if
     * one of them does not fit a {@code long}.
     *
     * @param name the table's name
     * @throws java.io.UncheckedIOException if the dataset cannot be read
     */
    public static Table table(Dataset dataset, String name) {
        ColumnTypes types = ColumnTypes.of(dataset);
        List<tech.tablesaw.columns.Column<?>> columns = IntStream.range(
                        0, types.names().size())
                .<tech.tablesaw.columns.Column<?>>mapToObj(
                        i -> empty(types.type(i), types.names().get(i)))
                .toList();
        try (Dataset.Cursor cursor = dataset.open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int i = 0; i < columns.size(); i++) {
                    Column source = i < batch.schema().size() ? batch.column(i) : null;
                    append(columns.get(i), types.type(i), source, batch.size());
                }
            }
        }
        return Table.create(name, columns);
    }

    private static tech.tablesaw.columns.Column<?> empty(FeatureType type, String name) {
        return switch (type) {
            case INTEGRAL -> LongColumn.create(name);
            case FRACTIONAL -> DoubleColumn.create(name);
            case BOOLEAN -> BooleanColumn.create(name);
            case STRING, UNKNOWN -> StringColumn.create(name);
        };
    }

    /** Appends objects, not texts: Tablesaw reads texts such as "NA", "null" and "-" as missing values. */
    private static void append(
            tech.tablesaw.columns.Column<?> target, FeatureType type, @Nullable Column source, int rows) {
        for (int i = 0; i < rows; i++) {
            if (source == null || source.kinds()[i] == ValueKind.MISSING) {
                target.appendMissing();
            } else {
                target.appendObj(value(type, source, i));
            }
        }
    }

    private static Object value(FeatureType type, Column source, int row) {
        String text = String.valueOf(source.text(row));
        return switch (type) {
            case INTEGRAL -> Long.valueOf(text);
            case FRACTIONAL -> source.numbers()[row];
            case BOOLEAN -> Boolean.valueOf(text);
            case STRING, UNKNOWN -> text;
        };
    }
}

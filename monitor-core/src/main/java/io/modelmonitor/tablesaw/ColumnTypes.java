package io.modelmonitor.tablesaw;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.ValueKind;
import java.util.ArrayList;
import java.util.List;

/** The types of a dataset's columns, by all of their values. */
final class ColumnTypes {

    private final List<String> names;
    private final List<long[]> counts;
    private final List<Boolean> fitLong;

    private ColumnTypes(List<String> names, List<long[]> counts, List<Boolean> fitLong) {
        this.names = names;
        this.counts = counts;
        this.fitLong = fitLong;
    }

    static ColumnTypes of(Dataset dataset) {
        List<long[]> counts = new ArrayList<>();
        List<Boolean> fitLong = new ArrayList<>();
        try (Dataset.Cursor cursor = dataset.open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                while (counts.size() < batch.schema().size()) {
                    counts.add(new long[ValueKind.COUNT]);
                    fitLong.add(true);
                }
                for (int i = 0; i < batch.schema().size(); i++) {
                    count(batch.column(i), batch.size(), counts.get(i));
                    fitLong.set(i, fitLong.get(i) && fitsLong(batch.column(i), batch.size()));
                }
            }
            List<String> names = cursor.schema().names();
            while (counts.size() < names.size()) {
                counts.add(new long[ValueKind.COUNT]);
                fitLong.add(true);
            }
            return new ColumnTypes(names, counts, fitLong);
        }
    }

    private static void count(Column column, int rows, long[] counts) {
        byte[] kinds = column.kinds();
        for (int i = 0; i < rows; i++) {
            counts[kinds[i]]++;
        }
    }

    private static boolean fitsLong(Column column, int rows) {
        byte[] kinds = column.kinds();
        double[] numbers = column.numbers();
        for (int i = 0; i < rows; i++) {
            if (kinds[i] == ValueKind.INTEGRAL && Math.abs(numbers[i]) >= 0x1p62) {
                return false;
            }
        }
        return true;
    }

    List<String> names() {
        return names;
    }

    FeatureType type(int column) {
        long[] count = counts.get(column);
        FeatureType type = FeatureType.of(
                count[ValueKind.INTEGRAL],
                count[ValueKind.FRACTIONAL],
                count[ValueKind.BOOLEAN],
                count[ValueKind.STRING]);
        return type == FeatureType.INTEGRAL && !fitLong.get(column) ? FeatureType.STRING : type;
    }
}

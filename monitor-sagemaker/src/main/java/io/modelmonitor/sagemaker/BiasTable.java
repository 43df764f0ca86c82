package io.modelmonitor.sagemaker;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The columns of a dataset in memory, for measures that depend on what a whole column holds. */
final class BiasTable {

    private final Map<String, BiasColumn> columns;
    private final int rows;

    private BiasTable(Map<String, BiasColumn> columns, int rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Reads a dataset.
     *
     * @param headers names for the columns in order; empty to use their own
     */
    static BiasTable read(Dataset dataset, List<String> headers) {
        List<List<@Nullable String>> texts = new ArrayList<>();
        List<String> names = new ArrayList<>(headers);
        int[] count = {0};
        try (Stream<Row> rows = dataset.rows()) {
            rows.forEach(row -> {
                int size = row.schema().size();
                for (int i = texts.size(); i < size; i++) {
                    // A column that begins late was missing before.
                    List<@Nullable String> column = new ArrayList<>();
                    for (int missing = 0; missing < count[0]; missing++) {
                        column.add(null);
                    }
                    texts.add(column);
                    if (i >= names.size()) {
                        names.add(row.schema().features().get(i).name());
                    }
                }
                for (int i = 0; i < size; i++) {
                    texts.get(i).add(row.text(i));
                }
                count[0]++;
            });
        }
        Map<String, BiasColumn> columns = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            columns.put(names.get(i), BiasColumn.of(texts.get(i)));
        }
        return new BiasTable(columns, count[0]);
    }

    int rows() {
        return rows;
    }

    Map<String, BiasColumn> columns() {
        return columns;
    }

    /** Returns a column that has to be there. */
    BiasColumn column(String name) {
        BiasColumn column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException("no column '" + name + "'; there are " + columns.keySet());
        }
        return column;
    }
}

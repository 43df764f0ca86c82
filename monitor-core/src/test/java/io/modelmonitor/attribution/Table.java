package io.modelmonitor.attribution;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A few rows of text in memory: numbers where they can be read as such, an empty text for a missing value. */
final class Table implements Dataset {

    private final Schema schema;
    private final List<String[]> rows = new ArrayList<>();

    Table(String... names) {
        this.schema = Schema.ofNames(names);
    }

    Table row(Object... values) {
        String[] texts = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] = String.valueOf(values[i]);
        }
        rows.add(texts);
        return this;
    }

    List<Row> list() {
        Batch batch = batch();
        return IntStream.range(0, rows.size()).mapToObj(batch::row).toList();
    }

    @Override
    public Cursor open() {
        return new Cursor() {
            private boolean read;

            @Override
            public Schema schema() {
                return schema;
            }

            @Override
            public Batch next() {
                if (read || rows.isEmpty()) {
                    return null;
                }
                read = true;
                return batch();
            }

            @Override
            public List<DataProblem> problems() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }

    private Batch batch() {
        Column[] columns = new Column[schema.size()];
        for (int j = 0; j < columns.length; j++) {
            columns[j] = column(j);
        }
        return new Batch(schema, rows.size(), columns);
    }

    private Column column(int index) {
        byte[] kinds = new byte[rows.size()];
        double[] numbers = new double[rows.size()];
        for (int i = 0; i < kinds.length; i++) {
            String text = rows.get(i)[index];
            boolean number = text.matches("[-+.0-9eE]+");
            numbers[i] = number ? Double.parseDouble(text) : Double.NaN;
            kinds[i] = text.isEmpty() ? ValueKind.MISSING : number ? ValueKind.FRACTIONAL : ValueKind.STRING;
        }
        return Column.of(kinds, numbers, row -> rows.get(row)[index], true);
    }
}

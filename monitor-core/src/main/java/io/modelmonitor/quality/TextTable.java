package io.modelmonitor.quality;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.sketch.LexicalForm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects rows of text and hands them on as a batch. */
final class TextTable {

    private final Schema schema;
    private final List<@Nullable String[]> rows = new ArrayList<>();

    TextTable(Schema schema) {
        this.schema = schema;
    }

    void add(@Nullable String[] row) {
        rows.add(row);
    }

    int size() {
        return rows.size();
    }

    Batch batch() {
        Column[] columns = new Column[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new TextColumn(rows, i);
        }
        return new Batch(schema, rows.size(), columns);
    }

    private static final class TextColumn implements Column {
        private final List<@Nullable String[]> rows;
        private final int column;
        private final byte[] kinds;
        private final double[] numbers;

        TextColumn(List<@Nullable String[]> rows, int column) {
            this.rows = rows;
            this.column = column;
            this.kinds = new byte[rows.size()];
            this.numbers = new double[rows.size()];
            for (int i = 0; i < kinds.length; i++) {
                String text = rows.get(i)[column];
                kinds[i] = text == null ? ValueKind.MISSING : LexicalForm.of(text);
                int kind = ValueKind.strict(kinds[i]);
                boolean isNumber = kind == ValueKind.INTEGRAL || kind == ValueKind.FRACTIONAL;
                numbers[i] = isNumber && text != null ? Double.parseDouble(text) : Double.NaN;
            }
        }

        @Override
        public byte[] kinds() {
            return kinds;
        }

        @Override
        public double[] numbers() {
            return numbers;
        }

        @Override
        public @Nullable CharSequence text(int row) {
            return rows.get(row)[column];
        }

        @Override
        public boolean isText() {
            return true;
        }
    }
}

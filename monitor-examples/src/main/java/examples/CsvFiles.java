package examples;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Row;
import io.modelmonitor.internal.file.WholeFile;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** Writes small datasets as CSV. */
final class CsvFiles {

    private CsvFiles() {}

    static void write(Dataset dataset, Path file) {
        StringBuilder text = new StringBuilder();
        try (Dataset.Cursor cursor = dataset.open()) {
            text.append(String.join(",", cursor.schema().names())).append('\n');
        }
        try (Stream<Row> rows = dataset.rows()) {
            rows.forEach(row -> text.append(line(row)).append('\n'));
        }
        WholeFile.write(file, text.toString());
    }

    private static String line(Row row) {
        StringJoiner line = new StringJoiner(",");
        for (int i = 0; i < row.schema().size(); i++) {
            String cell = row.text(i);
            line.add(cell == null ? "" : cell);
        }
        return line.toString();
    }
}

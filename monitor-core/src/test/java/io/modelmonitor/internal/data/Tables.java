package io.modelmonitor.internal.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads datasets into lists, for comparison. */
final class Tables {

    private Tables() {}

    /** The content of a dataset: the names of its columns at the end, its cells as text, and what was wrong with it. */
    record Table(List<String> names, List<List<@Nullable String>> rows, List<DataProblem> problems) {}

    static Table read(Dataset dataset) {
        try (Dataset.Cursor cursor = dataset.open()) {
            List<List<@Nullable String>> rows = new ArrayList<>();
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                for (int i = 0; i < batch.size(); i++) {
                    rows.add(cells(batch.row(i)));
                }
            }
            return new Table(cursor.schema().names(), rows, cursor.problems());
        }
    }

    static List<@Nullable String> cells(Row row) {
        List<@Nullable String> cells = new ArrayList<>();
        for (int i = 0; i < row.schema().size(); i++) {
            cells.add(row.text(i));
        }
        return cells;
    }

    static Path write(Path folder, String text) {
        return write(folder, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path folder, byte[] bytes) {
        try {
            return Files.write(Files.createTempFile(folder, "table", ".txt"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

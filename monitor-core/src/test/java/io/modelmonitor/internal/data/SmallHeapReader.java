package io.modelmonitor.internal.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.data.Datasets;
import java.nio.file.Path;

/** A child process of {@link GzipBombTest} that reads a folder of captures, and a CSV, in whatever heap it was given. */
final class SmallHeapReader {

    private SmallHeapReader() {}

    public static void main(String[] args) {
        read(Datasets.captures(Path.of(args[0])));
        read(Datasets.csv(Path.of(args[1])));
    }

    private static void read(Dataset dataset) {
        long rows = 0;
        double sum = 0;
        try (Dataset.Cursor cursor = dataset.open()) {
            for (Batch batch = cursor.next(); batch != null; batch = cursor.next()) {
                rows += batch.size();
                sum += batch.column(0).numbers()[0];
            }
            System.out.println(rows + " rows, " + (sum > 0) + ", " + cursor.problems());
        }
    }
}

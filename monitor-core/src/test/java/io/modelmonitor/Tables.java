package io.modelmonitor;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Tables as files have them, and what a report says of them. */
final class Tables {

    private Tables() {}

    /** Returns a file's rows; the file is gone once the JVM ends. */
    static Dataset csv(String header, int rows, IntFunction<String> line) {
        List<String> lines = new ArrayList<>(List.of(header));
        for (int i = 0; i < rows; i++) {
            lines.add(line.apply(i));
        }
        try {
            Path file = Files.createTempFile("table", ".csv");
            file.toFile().deleteOnExit();
            Files.write(file, lines);
            return Datasets.csv(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the violated constraints, each as column and metric. */
    static List<String> violated(Report report) {
        return report.violations().stream()
                .map(violation ->
                        violation.subject() + " " + violation.constraint().metric())
                .toList();
    }

    /** Returns a baseline as it is read once it was written. */
    static Baseline saved(Baseline baseline) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            baseline.measurement().write(bytes);
            return Baseline.of(Measurement.read(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

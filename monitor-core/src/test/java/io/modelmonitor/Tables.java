package io.modelmonitor;

import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Report;
import io.modelmonitor.data.Datasets;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntFunction;

/** Tables as files have them, and what a report says of them. */
final class Tables {

    private Tables() {}

    /** Returns rows as a file of CSV has them. */
    static Dataset csv(String header, int rows, IntFunction<String> line) {
        StringBuilder csv = new StringBuilder(header).append('\n');
        for (int i = 0; i < rows; i++) {
            csv.append(line.apply(i)).append('\n');
        }
        return Datasets.csvText(csv.toString());
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

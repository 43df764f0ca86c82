package io.modelmonitor.quality;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.CaptureRecord;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.MetricId;
import io.modelmonitor.api.Payload;
import io.modelmonitor.api.Schema;
import io.modelmonitor.capture.CaptureFiles;
import io.modelmonitor.internal.data.CaptureRows;
import io.modelmonitor.spi.MetricCalculator;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Small tables for tests. */
final class Rows {

    private Rows() {}

    /** Returns a table from lines of comma separated values, the first of which has the names; empty is missing. */
    static Batch table(String... lines) {
        String names = lines[0];
        Payload rows = Payload.csv(
                lines.length == 1
                        ? names
                        : String.join("\n", Arrays.asList(lines).subList(1, lines.length)));
        CaptureRecord record = new CaptureRecord("event", null, null, rows, null, List.of());
        try (Dataset.Cursor cursor = CaptureRows.standard()
                .columns(names.split(",", -1))
                .open(CaptureFiles.Cursor.of(List.of(record).iterator()))) {
            Batch batch = Objects.requireNonNull(cursor.next());
            if (batch.size() != Math.max(1, lines.length - 1)) {
                throw new IllegalArgumentException("a table of a batch is expected");
            }
            Column[] columns = IntStream.range(0, batch.schema().size())
                    .mapToObj(batch::column)
                    .toArray(Column[]::new);
            return new Batch(batch.schema(), lines.length - 1, columns);
        }
    }

    static Dataset dataset(Batch batch) {
        return () -> new Dataset.Cursor() {
            private boolean read;

            @Override
            public Schema schema() {
                return batch.schema();
            }

            @Override
            public @Nullable Batch next() {
                boolean first = !read;
                read = true;
                return first ? batch : null;
            }

            @Override
            public List<DataProblem> problems() {
                return List.of();
            }

            @Override
            public void close() {}
        };
    }

    static <S> List<Metric> measure(MetricCalculator<S> calculator, Batch batch) {
        return measure(calculator, null, batch, Constraints.none());
    }

    /** Measures a batch beside reference data. */
    static <S> List<Metric> measure(
            MetricCalculator<S> calculator, @Nullable Batch reference, Batch batch, Constraints wanted) {
        return calculator.measure(
                state(calculator, batch), reference == null ? null : state(calculator, reference), wanted);
    }

    private static <S> S state(MetricCalculator<S> calculator, Batch batch) {
        S state = calculator.start();
        calculator.add(state, batch);
        return calculator.complete(state);
    }

    /** Measures parts by themselves, in order, and merges them. */
    static <S> List<Metric> measureMerged(MetricCalculator<S> calculator, Batch... parts) {
        S all = calculator.start();
        for (Batch part : parts) {
            all = calculator.merge(all, state(calculator, part));
        }
        return calculator.measure(all, null, Constraints.none());
    }

    static Metric find(List<Metric> metrics, String name, String subject) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(name) && metric.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name + " of '" + subject + "' in " + metrics));
    }

    static double value(List<Metric> metrics, String name) {
        return find(metrics, name, MetricId.DATASET).value();
    }
}

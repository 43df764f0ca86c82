package io.modelmonitor.quality;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.DataProblem;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import io.modelmonitor.spi.MetricCalculator;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Small tables for tests. */
final class Rows {

    private Rows() {}

    /** Returns a table from lines of comma separated values, the first of which has the names; empty is missing. */
    static Batch table(String... lines) {
        TextTable table = new TextTable(Schema.ofNames(lines[0].split(",", -1)));
        for (int i = 1; i < lines.length; i++) {
            @Nullable String[] fields = lines[i].split(",", -1);
            for (int j = 0; j < fields.length; j++) {
                fields[j] = fields[j].isEmpty() ? null : fields[j];
            }
            table.add(fields);
        }
        return table.batch();
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

    static List<Metric> measure(MetricCalculator calculator, Batch batch) {
        return measure(calculator, Reference.none(), batch);
    }

    static List<Metric> measure(MetricCalculator calculator, Reference reference, Batch batch) {
        return rows(batch).stream().collect(calculator.against(reference));
    }

    /** Measures parts by themselves, in order, and merges them. */
    static List<Metric> measureMerged(MetricCalculator calculator, Batch... parts) {
        return merged(calculator.against(Reference.none()), parts);
    }

    private static <A> List<Metric> merged(Collector<Row, A, List<Metric>> collector, Batch... parts) {
        A all = collector.supplier().get();
        for (Batch part : parts) {
            A state = collector.supplier().get();
            rows(part).forEach(row -> collector.accumulator().accept(state, row));
            all = collector.combiner().apply(all, state);
        }
        return collector.finisher().apply(all);
    }

    private static List<Row> rows(Batch batch) {
        return IntStream.range(0, batch.size()).mapToObj(batch::row).toList();
    }

    static Metric find(List<Metric> metrics, String name, String subject) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(name) && metric.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name + " of '" + subject + "' in " + metrics));
    }

    static double value(List<Metric> metrics, String name) {
        return find(metrics, name, Metric.DATASET).value();
    }
}

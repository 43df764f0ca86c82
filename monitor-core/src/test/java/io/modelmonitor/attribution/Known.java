package io.modelmonitor.attribution;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import io.modelmonitor.spi.MetricCalculator;
import java.util.List;
import java.util.stream.Collector;

/** A reference of metrics, and how a calculator is run over rows. */
record Known(List<Metric> metrics) implements Reference {

    @Override
    public Schema schema() {
        return Schema.of(List.of());
    }

    @Override
    public Metric metric(String name, String subject) {
        return find(metrics, name, subject);
    }

    static Metric find(List<Metric> metrics, String name, String subject) {
        return metrics.stream()
                .filter(metric -> metric.name().equals(name) && metric.subject().equals(subject))
                .findFirst()
                .orElse(null);
    }

    static List<Metric> run(MetricCalculator calculator, Reference reference, List<Row> rows) {
        return run(calculator.against(reference), rows);
    }

    private static <S> List<Metric> run(Collector<Row, S, List<Metric>> collector, List<Row> rows) {
        S state = collector.supplier().get();
        rows.forEach(row -> collector.accumulator().accept(state, row));
        return collector.finisher().apply(state);
    }

    /** Runs the first and the other rows by themselves and merges what was collected. */
    static List<Metric> runInTwo(MetricCalculator calculator, Reference reference, List<Row> rows, int first) {
        return runInTwo(calculator.against(reference), rows, first);
    }

    private static <S> List<Metric> runInTwo(Collector<Row, S, List<Metric>> collector, List<Row> rows, int first) {
        S one = collector.supplier().get();
        S other = collector.supplier().get();
        rows.subList(0, first).forEach(row -> collector.accumulator().accept(one, row));
        rows.subList(first, rows.size()).forEach(row -> collector.accumulator().accept(other, row));
        return collector.finisher().apply(collector.combiner().apply(one, other));
    }
}

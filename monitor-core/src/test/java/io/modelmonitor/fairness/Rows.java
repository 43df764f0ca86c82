package io.modelmonitor.fairness;

import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Reference;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import io.modelmonitor.spi.MetricCalculator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collector;

/** Rows of text for tests; an empty text is missing. */
final class Rows {

    private final Schema schema;
    private final List<Row> rows = new ArrayList<>();

    private Rows(String... columns) {
        this.schema = Schema.ofNames(columns);
    }

    static Rows of(String... columns) {
        return new Rows(columns);
    }

    Rows add(int times, Object... values) {
        List<String> texts = Arrays.stream(values).map(String::valueOf).toList();
        for (int i = 0; i < times; i++) {
            rows.add(new TextRow(schema, texts));
        }
        return this;
    }

    List<Row> list() {
        return rows;
    }

    List<Metric> measure(MetricCalculator calculator) {
        return rows.stream().sequential().collect(calculator.against(Reference.none()));
    }

    /** Collects two parts by themselves and merges them. */
    List<Metric> measureInParts(MetricCalculator calculator, int first) {
        return inParts(calculator.against(Reference.none()), first);
    }

    private <A> List<Metric> inParts(Collector<Row, A, List<Metric>> collector, int first) {
        A one = collector.supplier().get();
        A other = collector.supplier().get();
        rows.subList(0, first).forEach(row -> collector.accumulator().accept(one, row));
        rows.subList(first, rows.size()).forEach(row -> collector.accumulator().accept(other, row));
        return collector.finisher().apply(collector.combiner().apply(one, other));
    }

    private record TextRow(Schema schema, List<String> values) implements Row {

        @Override
        public boolean isMissing(int column) {
            return values.get(column).isEmpty();
        }

        @Override
        public double number(int column) {
            try {
                return Double.parseDouble(values.get(column));
            } catch (NumberFormatException notANumber) {
                return Double.NaN;
            }
        }

        @Override
        public String text(int column) {
            return values.get(column).isEmpty() ? null : values.get(column);
        }
    }
}

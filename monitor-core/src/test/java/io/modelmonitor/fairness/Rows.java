package io.modelmonitor.fairness;

import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Row;
import io.modelmonitor.api.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    List<Metric> measure(Bias calculator) {
        return calculator.measure(state(calculator, rows), null, Constraints.none());
    }

    /** Measures two parts by themselves and merges them. */
    List<Metric> measureInParts(Bias calculator, int first) {
        BiasState one = state(calculator, rows.subList(0, first));
        BiasState other = state(calculator, rows.subList(first, rows.size()));
        return calculator.measure(calculator.merge(one, other), null, Constraints.none());
    }

    private static BiasState state(Bias calculator, List<Row> rows) {
        BiasState state = calculator.start();
        rows.forEach(state::accept);
        return state;
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

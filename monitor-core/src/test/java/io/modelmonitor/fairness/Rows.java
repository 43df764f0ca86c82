package io.modelmonitor.fairness;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Constraints;
import io.modelmonitor.api.Metric;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.text.LexicalForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Rows of text for tests; an empty text is missing. */
final class Rows {

    private final Schema schema;
    private final List<List<String>> rows = new ArrayList<>();

    private Rows(String... columns) {
        this.schema = Schema.ofNames(columns);
    }

    static Rows of(String... columns) {
        return new Rows(columns);
    }

    Rows add(int times, Object... values) {
        List<String> texts = Arrays.stream(values).map(String::valueOf).toList();
        for (int i = 0; i < times; i++) {
            rows.add(texts);
        }
        return this;
    }

    Rows shuffle(long seed) {
        Collections.shuffle(rows, new Random(seed));
        return this;
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

    private BiasState state(Bias calculator, List<List<String>> rows) {
        BiasState state = calculator.start();
        calculator.add(state, batch(rows));
        return state;
    }

    private Batch batch(List<List<String>> rows) {
        Column[] columns = IntStream.range(0, schema.size())
                .mapToObj(column ->
                        column(rows.stream().map(row -> row.get(column)).toList()))
                .toArray(Column[]::new);
        return new Batch(schema, rows.size(), columns);
    }

    private static Column column(List<String> texts) {
        byte[] kinds = new byte[texts.size()];
        double[] numbers = texts.stream().mapToDouble(Rows::number).toArray();
        for (int row = 0; row < kinds.length; row++) {
            kinds[row] = texts.get(row).isEmpty()
                    ? ValueKind.MISSING
                    : Double.isNaN(numbers[row]) ? ValueKind.STRING : ValueKind.FRACTIONAL;
        }
        return Column.of(kinds, numbers, texts::get, true);
    }

    private static double number(String text) {
        return ValueKind.isNumber(LexicalForm.of(text)) ? Double.parseDouble(text) : Double.NaN;
    }
}

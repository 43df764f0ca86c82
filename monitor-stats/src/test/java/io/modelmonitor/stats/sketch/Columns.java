package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.Column;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.text.LexicalForm;
import java.util.Arrays;

/** Columns to be profiled. */
final class Columns {

    private Columns() {}

    /** Numbers of a typed source; NaN is a value here. */
    static Column fractional(double... numbers) {
        return typed(ValueKind.FRACTIONAL, numbers);
    }

    /** Whole numbers of a typed source. */
    static Column integral(long... values) {
        byte[] kinds = new byte[values.length];
        Arrays.fill(kinds, ValueKind.INTEGRAL);
        double[] numbers = Arrays.stream(values).asDoubleStream().toArray();
        String[] texts = Arrays.stream(values).mapToObj(Long::toString).toArray(String[]::new);
        return Column.of(kinds, numbers, row -> texts[row], false);
    }

    private static Column typed(byte kind, double... numbers) {
        byte[] kinds = new byte[numbers.length];
        Arrays.fill(kinds, kind);
        String[] texts = Arrays.stream(numbers).mapToObj(Double::toString).toArray(String[]::new);
        return Column.of(kinds, numbers, row -> texts[row], false);
    }

    /** Texts as a file has them; null is missing. */
    static Column spelled(String... texts) {
        byte[] kinds = new byte[texts.length];
        double[] numbers = new double[texts.length];
        Arrays.fill(numbers, Double.NaN);
        for (int i = 0; i < texts.length; i++) {
            if (texts[i] != null) {
                kinds[i] = LexicalForm.of(texts[i]);
                int kind = kinds[i];
                if (kind == ValueKind.INTEGRAL || kind == ValueKind.FRACTIONAL) {
                    numbers[i] = Double.parseDouble(texts[i]);
                }
            }
        }
        return Column.of(kinds, numbers, row -> texts[row], true);
    }

    static ColumnProfile profile(Column... columns) {
        ColumnProfile profile = ColumnProfile.create();
        for (Column column : columns) {
            profile.add(column, column.kinds().length);
        }
        return profile;
    }
}

package io.modelmonitor.internal.capture;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of values of any kind. */
final class ValueSource extends PayloadSource {

    private final @Nullable Object[] row;

    ValueSource(@Nullable Object[] row) {
        this.row = row;
    }

    @Override
    PayloadSource copy(PayloadFormat form, Allowance allowance) {
        allowance.take(row.length, ValueCopies.ELEMENT);
        @Nullable Object[] values = new Object[row.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = ValueCopies.copy(row[i], allowance);
        }
        return new ValueSource(form.isPrivate() ? form.protect(values) : values);
    }

    @Override
    long weight() {
        long sum = 16;
        for (Object value : row) {
            sum += ValueCopies.ELEMENT + ValueCopies.weight(value);
        }
        return sum;
    }

    @Override
    void append(TextBuffer out, PayloadFormat form) {
        form.append(out, row);
    }

    @Override
    @Nullable
    List<?> rows(PayloadFormat form) {
        return List.of(form.isJson() ? form.tree(row) : Arrays.asList(row));
    }

    @Override
    boolean isJson(PayloadFormat form) {
        return form.isJson();
    }
}

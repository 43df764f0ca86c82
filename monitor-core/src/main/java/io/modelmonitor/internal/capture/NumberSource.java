package io.modelmonitor.internal.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of numbers. */
final class NumberSource extends PayloadSource {

    private final double[] row;

    NumberSource(double[] row) {
        this.row = row;
    }

    @Override
    PayloadSource copy(PayloadFormat form, Allowance allowance) {
        allowance.take(weight());
        if (!form.isPrivate()) {
            return new NumberSource(row.clone());
        }
        @Nullable Object[] values = new Object[row.length];
        for (int i = 0; i < row.length; i++) {
            values[i] = Double.isNaN(row[i]) ? null : row[i];
        }
        return new ValueSource(form.protect(values));
    }

    @Override
    long weight() {
        return 16 + 8L * row.length;
    }

    @Override
    void append(TextBuffer out, PayloadFormat form) {
        form.append(out, row);
    }

    @Override
    @Nullable
    List<?> rows(PayloadFormat form) {
        return List.of(row);
    }

    @Override
    boolean isJson(PayloadFormat form) {
        return form.isJson();
    }
}

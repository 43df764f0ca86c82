package io.modelmonitor.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of numbers. */
final class NumberContent extends Content {

    private final double[] row;

    NumberContent(double[] row) {
        this.row = row;
    }

    @Override
    Content copy(Form form, Allowance allowance) {
        allowance.take(weight());
        if (!form.isPrivate()) {
            return new NumberContent(row.clone());
        }
        @Nullable Object[] values = new Object[row.length];
        for (int i = 0; i < row.length; i++) {
            values[i] = Double.isNaN(row[i]) ? null : row[i];
        }
        return new ValueContent(form.protect(values));
    }

    @Override
    long weight() {
        return 16 + 8L * row.length;
    }

    @Override
    void append(TextBuffer out, Form form) {
        form.append(out, row);
    }

    @Override
    @Nullable
    List<?> rows(Form form) {
        return List.of(row);
    }

    @Override
    boolean isJson(Form form) {
        return form.isJson();
    }
}

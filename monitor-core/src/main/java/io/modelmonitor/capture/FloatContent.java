package io.modelmonitor.capture;

import io.modelmonitor.api.Payload;
import io.modelmonitor.stats.sketch.ShortestFloat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of floats, which become doubles on the worker. */
final class FloatContent extends Content {

    private final float[] row;

    FloatContent(float[] row) {
        this.row = row;
    }

    private Content asDoubles() {
        double[] numbers = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            numbers[i] = ShortestFloat.toDouble(row[i]);
        }
        return new NumberContent(numbers);
    }

    @Override
    Content copy(Form form, Allowance allowance) {
        if (form.isPrivate()) {
            return asDoubles().copy(form, allowance);
        }
        allowance.take(weight());
        return new FloatContent(row.clone());
    }

    @Override
    long weight() {
        return 16 + 4L * row.length;
    }

    @Override
    void append(TextBuffer out, Form form) {
        asDoubles().append(out, form);
    }

    @Override
    boolean isJson(Form form) {
        return form.isJson();
    }

    @Override
    @Nullable
    List<?> rows(Form form) {
        return asDoubles().rows(form);
    }

    @Override
    Payload payload(Form form, TextBuffer buffer) {
        return asDoubles().payload(form, buffer);
    }
}

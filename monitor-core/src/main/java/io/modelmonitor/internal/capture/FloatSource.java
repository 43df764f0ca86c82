package io.modelmonitor.internal.capture;

import io.modelmonitor.api.Payload;
import io.modelmonitor.stats.internal.text.ShortestFloat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of floats, which become doubles on the worker. */
final class FloatSource extends PayloadSource {

    private final float[] row;

    FloatSource(float[] row) {
        this.row = row;
    }

    private PayloadSource asDoubles() {
        double[] numbers = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            numbers[i] = ShortestFloat.toDouble(row[i]);
        }
        return new NumberSource(numbers);
    }

    @Override
    PayloadSource copy(PayloadFormat form, Allowance allowance) {
        if (form.isPrivate()) {
            return asDoubles().copy(form, allowance);
        }
        allowance.take(weight());
        return new FloatSource(row.clone());
    }

    @Override
    long weight() {
        return 16 + 4L * row.length;
    }

    @Override
    void append(TextBuffer out, PayloadFormat form) {
        asDoubles().append(out, form);
    }

    @Override
    boolean isJson(PayloadFormat form) {
        return form.isJson();
    }

    @Override
    @Nullable
    List<?> rows(PayloadFormat form) {
        return asDoubles().rows(form);
    }

    @Override
    Payload payload(PayloadFormat form, TextBuffer buffer) {
        return asDoubles().payload(form, buffer);
    }
}

package io.modelmonitor.internal.capture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several rows of one request. */
final class RowsSource extends PayloadSource {

    private static final int ROW = 4;

    private final List<? extends PayloadSource> rows;

    RowsSource(List<? extends PayloadSource> rows) {
        this.rows = rows;
    }

    @Override
    PayloadSource copy(PayloadFormat form, Allowance allowance) {
        List<PayloadSource> copies = new ArrayList<>();
        for (PayloadSource row : rows) {
            allowance.take(ROW);
            copies.add(row.copy(form, allowance));
        }
        return new RowsSource(copies);
    }

    @Override
    long weight() {
        long sum = 16;
        for (PayloadSource row : rows) {
            sum += ROW + row.weight();
        }
        return sum;
    }

    @Override
    void append(TextBuffer out, PayloadFormat form) {
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                out.append('\n');
            }
            rows.get(i).append(out, form);
        }
    }

    @Override
    @Nullable
    List<?> rows(PayloadFormat form) {
        List<@Nullable Object> all = new ArrayList<>(rows.size());
        for (PayloadSource row : rows) {
            List<?> some = row.isJson(form) == isJson(form) ? row.rows(form) : null;
            if (some == null) {
                return null;
            }
            all.addAll(some);
        }
        return all;
    }

    @Override
    boolean isJson(PayloadFormat form) {
        return !rows.isEmpty() && rows.get(0).isJson(form);
    }

    @Override
    int rowCount() {
        return rows.size();
    }
}

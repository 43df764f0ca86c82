package io.modelmonitor.capture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several rows of one request. */
final class RowsContent extends Content {

    private static final int ROW = 4;

    private final List<? extends Content> rows;

    RowsContent(List<? extends Content> rows) {
        this.rows = rows;
    }

    @Override
    Content copy(Form form, Allowance allowance) {
        List<Content> copies = new ArrayList<>();
        for (Content row : rows) {
            allowance.take(ROW);
            copies.add(row.copy(form, allowance));
        }
        return new RowsContent(copies);
    }

    @Override
    long weight() {
        long sum = 16;
        for (Content row : rows) {
            sum += ROW + row.weight();
        }
        return sum;
    }

    @Override
    void append(TextBuffer out, Form form) {
        for (int i = 0; i < rows.size(); i++) {
            if (i > 0) {
                out.append('\n');
            }
            rows.get(i).append(out, form);
        }
    }

    @Override
    @Nullable
    List<?> rows(Form form) {
        List<@Nullable Object> all = new ArrayList<>(rows.size());
        for (Content row : rows) {
            List<?> some = row.isJson(form) == isJson(form) ? row.rows(form) : null;
            if (some == null) {
                return null;
            }
            all.addAll(some);
        }
        return all;
    }

    @Override
    boolean isJson(Form form) {
        return !rows.isEmpty() && rows.get(0).isJson(form);
    }

    @Override
    int rowCount() {
        return rows.size();
    }
}

package io.modelmonitor.capture;

import io.modelmonitor.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of named values. */
final class FieldContent extends Content {

    private final Map<?, ?> row;

    FieldContent(Map<?, ?> row) {
        this.row = row;
    }

    @Override
    Content copy(Form form, Allowance allowance) {
        Object copy = Values.copy(row, allowance);
        return new FieldContent(Json.object(form.isPrivate() ? form.protectTree(copy) : copy));
    }

    @Override
    long weight() {
        return Values.weight(row);
    }

    @Override
    void append(TextBuffer out, Form form) {
        out.append(Json.write(present()));
    }

    /** Returns the values that are not missing. */
    private Map<String, @Nullable Object> present() {
        Map<String, @Nullable Object> present = new LinkedHashMap<>(row.size() * 2);
        row.forEach((name, value) ->
                present.put(String.valueOf(name), value instanceof Double number && number.isNaN() ? null : value));
        return present;
    }

    @Override
    List<?> rows(Form form) {
        return List.of(present());
    }

    @Override
    boolean isJson(Form form) {
        return true;
    }
}

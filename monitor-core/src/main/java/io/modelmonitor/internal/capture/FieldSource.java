package io.modelmonitor.internal.capture;

import io.modelmonitor.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of named values. */
final class FieldSource extends PayloadSource {

    private final Map<?, ?> row;

    FieldSource(Map<?, ?> row) {
        this.row = row;
    }

    @Override
    PayloadSource copy(PayloadFormat form, Allowance allowance) {
        Object copy = ValueCopies.copy(row, allowance);
        return new FieldSource(Json.object(form.isPrivate() ? form.protectTree(copy) : copy));
    }

    @Override
    long weight() {
        return ValueCopies.weight(row);
    }

    @Override
    void append(TextBuffer out, PayloadFormat form) {
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
    List<?> rows(PayloadFormat form) {
        return List.of(present());
    }

    @Override
    boolean isJson(PayloadFormat form) {
        return true;
    }
}

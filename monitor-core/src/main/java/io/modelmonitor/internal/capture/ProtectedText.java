package io.modelmonitor.internal.capture;

import io.modelmonitor.api.Payload;
import io.modelmonitor.internal.json.Json;
import io.modelmonitor.internal.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Payloads from which private fields have been taken: text is read, changed and written again. */
final class ProtectedText {

    private ProtectedText() {}

    /** Returns a payload without what is private; throws if its fields cannot be told apart. */
    static Payload of(Payload payload, PayloadFormat form) {
        String text =
                switch (payload.encoding()) {
                    case CSV -> csv(payload.data(), form);
                    case JSON -> json(payload.data(), form);
                    case BASE64 ->
                        throw new IllegalArgumentException(
                                "fields are private, and no fields can be told apart in " + payload.contentType());
                };
        return new Payload(payload.contentType(), payload.encoding(), text);
    }

    private static String json(String text, PayloadFormat form) {
        List<String> values = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (JsonReader reader = Json.reader(bytes, 0, bytes.length)) {
            while (reader.next() != JsonReader.Token.END) {
                values.add(Json.write(form.protectTree(reader.tree())));
            }
        }
        return String.join("\n", values);
    }

    private static String csv(String text, PayloadFormat form) {
        TextBuffer out = new TextBuffer();
        List<List<String>> rows = CsvRows.of(text);
        if (!rows.isEmpty()) {
            form.requireNoHeader(rows.get(0));
        }
        for (List<String> row : rows) {
            @Nullable
            Object[] values =
                    row.stream().map(field -> field.isEmpty() ? null : field).toArray();
            int start = out.length();
            form.protect(values);
            for (int i = 0; i < values.length; i++) {
                if (i > 0) {
                    out.append(',');
                }
                ValueCopies.appendCsv(out, values[i], false);
            }
            out.append(values.length == 1 && out.length() == start ? "\"\"\n" : "\n");
        }
        if (!text.endsWith("\n") && out.length() > 0) {
            out.removeLast();
        }
        return out.toString();
    }
}

package io.modelmonitor.quality;

import io.modelmonitor.api.Payload;
import io.modelmonitor.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a payload, each a text for each field. Fields of comma separated values are named by their position, values in
 * JSON by their JMESPath: {@code predictions[0].score}. JSON of a list of objects or lists, by itself or as the only value of an
 * object, has a row for each element, whose path is that of the first.
 */
final class PayloadRows {

    private PayloadRows() {}

    /**
     * Returns the rows of a payload; none of bytes.
     *
     * @throws IllegalArgumentException if it is not what its encoding says
     */
    static List<Map<String, @Nullable String>> of(Payload payload) {
        return switch (payload.encoding()) {
            case CSV -> csv(payload.data());
            case JSON -> json(payload.data());
            case BASE64 -> List.of();
        };
    }

    private static List<Map<String, @Nullable String>> json(String data) {
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        boolean isLines = data.strip().startsWith("{") && data.contains("}\n{");
        for (String value : isLines ? data.lines().toList() : List.of(data)) {
            addRows(Json.parse(value), rows);
        }
        return rows;
    }

    /** Adds a row; or one for each element of a list of objects or lists that is all there is. */
    private static void addRows(@Nullable Object value, List<Map<String, @Nullable String>> rows) {
        String name = "";
        Object content = value;
        if (value instanceof Map<?, ?> map && map.size() == 1) {
            name += map.keySet().iterator().next();
            content = map.values().iterator().next();
        }
        boolean isTable = content instanceof List<?> list
                && list.stream().allMatch(element -> element instanceof Map<?, ?> || element instanceof List<?>);
        // Each element as if it were the only one, so that paths are the same however many rows a request has.
        for (Object row : isTable && content != null ? (List<?>) content : List.of()) {
            Map<String, @Nullable String> fields = new LinkedHashMap<>();
            flatten(name + "[0]", row, fields);
            rows.add(fields);
        }
        if (!isTable) {
            Map<String, @Nullable String> fields = new LinkedHashMap<>();
            flatten("", value, fields);
            rows.add(fields);
        }
    }

    private static void flatten(String path, @Nullable Object value, Map<String, @Nullable String> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, child) -> flatten(path.isEmpty() ? "" + name : path + "." + name, child, into));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(path + "[" + i + "]", list.get(i), into);
            }
        } else {
            into.put(path.isEmpty() ? "@" : path, value == null ? null : value.toString());
        }
    }

    private static List<Map<String, @Nullable String>> csv(String data) {
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        int end = data.endsWith("\n") ? data.length() - 1 : data.length();
        for (int i = 0; i <= end; i++) {
            char c = i == end ? '\n' : data.charAt(i);
            if (quoted && i < end) {
                boolean twice = c == '"' && i + 1 < end && data.charAt(i + 1) == '"';
                quoted = c != '"' || twice;
                if (c != '"' || twice) {
                    field.append(c);
                }
                i += twice ? 1 : 0;
            } else if (c == '"' && field.isEmpty()) {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                row.put(Integer.toString(row.size()), field.isEmpty() ? null : field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(row);
                    row = new LinkedHashMap<>();
                }
            } else if (c != '\r') {
                field.append(c);
            }
        }
        return rows;
    }
}

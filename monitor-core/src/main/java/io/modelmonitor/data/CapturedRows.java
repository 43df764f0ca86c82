package io.modelmonitor.data;

import io.modelmonitor.api.Payload;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.capture.CsvRows;
import io.modelmonitor.json.Json;
import io.modelmonitor.json.JsonReader;
import io.modelmonitor.json.JsonReader.Token;
import io.modelmonitor.stats.sketch.LexicalForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of one payload: named values, those of CSV without names. */
final class CapturedRows {

    private final List<Cells> rows = new ArrayList<>();

    /** A row: a name, or null, and a value for each column. */
    static final class Cells {
        final List<@Nullable String> names = new ArrayList<>();
        final List<@Nullable Object> values = new ArrayList<>();

        private void add(@Nullable String name, @Nullable Object value) {
            names.add(name);
            values.add(value);
        }
    }

    private CapturedRows() {}

    /**
     * Returns the rows of a payload.
     *
     * @throws IllegalArgumentException if it holds none that can be read
     */
    static List<Cells> of(Payload payload) {
        CapturedRows all = new CapturedRows();
        switch (payload.encoding()) {
            case CSV -> all.addCsv(payload.data());
            case JSON -> all.addJson(payload.data().getBytes(StandardCharsets.UTF_8));
            case BASE64 -> all.addBytes(payload);
        }
        return all.rows;
    }

    private void addBytes(Payload payload) {
        String type = payload.contentType().toLowerCase(Locale.ROOT);
        if (type.startsWith("text/csv")) {
            addCsv(new String(payload.content(), StandardCharsets.UTF_8));
        } else if (type.startsWith("application/json")) {
            addJson(payload.content());
        } else {
            throw new IllegalArgumentException("no rows are known in content of its type");
        }
    }

    private void addCsv(String text) {
        if (text.indexOf('"') >= 0) {
            for (List<String> row : CsvRows.of(text)) {
                Cells cells = new Cells();
                row.forEach(field -> cells.add(null, cell(field)));
                rows.add(cells);
            }
            return;
        }
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            int to = end > from && text.charAt(end - 1) == '\r' ? end - 1 : end;
            if (to > from) {
                addPlainRow(text, from, to);
            }
            from = end + 1;
        }
    }

    private void addPlainRow(String text, int from, int to) {
        Cells cells = new Cells();
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || text.charAt(i) == ',') {
                cells.add(null, cell(text.substring(start, i)));
                start = i + 1;
            }
        }
        rows.add(cells);
    }

    /** Returns what a CSV field is: CSV says nothing of types, so what looks like a number is one. */
    private static @Nullable Object cell(String text) {
        if (text.isEmpty()) {
            return null;
        }
        char[] chars = text.toCharArray();
        return switch (ValueKind.strict(LexicalForm.of(chars, 0, chars.length))) {
            case ValueKind.INTEGRAL, ValueKind.FRACTIONAL -> new SpelledNumber(text);
            default -> text;
        };
    }

    private void addJson(byte[] bytes) {
        try (JsonReader reader = Json.reader(bytes, 0, bytes.length)) {
            while (reader.next() != Token.END) {
                addValue(tree(reader));
            }
        }
    }

    private void addValue(@Nullable Object value) {
        if (value instanceof Map<?, ?> map && map.size() == 1) {
            Map.Entry<?, ?> only = map.entrySet().iterator().next();
            String name = String.valueOf(only.getKey());
            if (only.getValue() instanceof List<?> list && isRows(name, list)) {
                list.forEach(element -> addRow(name, element));
                return;
            }
        }
        if (value instanceof List<?> list && isRows("", list)) {
            list.forEach(element -> addRow(null, element));
            return;
        }
        addRow(null, value);
    }

    /** Returns whether the elements of a list are rows, and not the columns of one. */
    private static boolean isRows(String name, List<?> list) {
        return name.equals("instances")
                || name.equals("predictions")
                || (!list.isEmpty() && list.stream().allMatch(e -> e instanceof Map<?, ?> || e instanceof List<?>));
    }

    private void addRow(@Nullable String name, @Nullable Object row) {
        Cells cells = new Cells();
        if (row instanceof Map<?, ?> map) {
            map.forEach((key, value) -> flatten(cells, String.valueOf(key), value));
        } else if (row instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(cells, String.format(Locale.ROOT, "%020d", i), list.get(i));
            }
        } else {
            cells.add(name, row);
        }
        rows.add(cells);
    }

    private static void flatten(Cells cells, String name, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> flatten(cells, Flattener.member(name, String.valueOf(key)), member));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(cells, Flattener.element(name, i), list.get(i));
            }
        } else {
            cells.add(name, value);
        }
    }

    /** Reads the present value into maps and lists, whose numbers keep their spelling. */
    private static @Nullable Object tree(JsonReader reader) {
        return switch (reader.token()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                while (reader.next() == Token.NAME) {
                    String name = reader.text();
                    reader.next();
                    map.put(name, tree(reader));
                }
                yield map;
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (reader.next() != Token.END_ARRAY) {
                    list.add(tree(reader));
                }
                yield list;
            }
            case INTEGER, FRACTION -> new SpelledNumber(reader.text());
            default -> reader.tree();
        };
    }
}

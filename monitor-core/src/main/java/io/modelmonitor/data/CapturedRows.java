package io.modelmonitor.data;

import io.modelmonitor.api.Payload;
import io.modelmonitor.json.Json;
import io.modelmonitor.json.JsonReader;
import io.modelmonitor.json.JsonReader.Token;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of one payload, one payload after the other: named values, those of CSV without names. */
final class CapturedRows {

    private final CapturedCsv csv = new CapturedCsv();
    private final List<Cells> rows = new ArrayList<>();

    /** Where the values of a row go, asked in their order. */
    interface Columns {

        /**
         * Returns the column of the next value.
         *
         * @param name its name; null if it has only its position
         * @return {@link RowPacker#NO_COLUMN} if there is no place for it
         */
        int next(@Nullable String name);
    }

    /** A row: a name, or null, and a value for each column. */
    private static final class Cells {
        private final List<@Nullable String> names = new ArrayList<>();
        private final List<@Nullable Object> values = new ArrayList<>();

        private void add(@Nullable String name, @Nullable Object value) {
            names.add(name);
            values.add(value);
        }
    }

    /**
     * Reads a payload; null has no rows.
     *
     * @throws IllegalArgumentException if it holds none that can be read; there are none then
     */
    void read(@Nullable Payload payload) {
        csv.clear();
        rows.clear();
        if (payload != null) {
            switch (payload.encoding()) {
                case CSV -> csv.read(payload.data());
                case JSON -> addJson(payload.data().getBytes(StandardCharsets.UTF_8));
                case BASE64 -> addBytes(payload);
            }
        }
    }

    /** Returns the number of rows. */
    int size() {
        return csv.size() + rows.size();
    }

    /** Returns the number of values of a row. */
    int width(int row) {
        return row < csv.size() ? csv.width(row) : rows.get(row).values.size();
    }

    /** Packs the values of a row. */
    void pack(int row, RowPacker packer, Columns columns) {
        if (row < csv.size()) {
            csv.pack(row, packer, columns);
            return;
        }
        Cells cells = rows.get(row);
        for (int i = 0; i < cells.values.size(); i++) {
            int column = columns.next(cells.names.get(i));
            if (column != RowPacker.NO_COLUMN) {
                packer.set(column, cells.values.get(i));
            }
        }
    }

    private void addBytes(Payload payload) {
        String type = payload.contentType().toLowerCase(Locale.ROOT);
        if (type.startsWith("text/csv")) {
            csv.read(new String(payload.content(), StandardCharsets.UTF_8));
        } else if (type.startsWith("application/json")) {
            addJson(payload.content());
        } else {
            throw new IllegalArgumentException("no rows are known in content of its type");
        }
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

package io.modelmonitor.internal.data;

import io.modelmonitor.api.Schema;
import io.modelmonitor.api.internal.VisibleText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of JSON values, be they parsed or of a live capture: which row or rows a value is, in one place.
 *
 * <ul>
 *   <li>An array of objects or arrays is a row for each; any other value is one row.
 *   <li>So is such an array that is the only member of an object, and any array under {@code instances}, {@code inputs},
 *       {@code dataframe_records}, {@code predictions} or {@code outputs}. An array of equal length beside it, or under one of
 *       these names within an object beside it, such as {@code {"instances":[..],"answer":{"predictions":[..]}}}, has
 *       further values of the same rows; any other member beside it is left out and noted.
 *   <li>An object of several arrays of equal length, without objects and arrays in them, is a table by columns: {@code
 *       {"a":[1,2],"b":[3,4]}}, unless it is one of several values, such as a line among lines, each of which is a row then. So
 *       is one of arrays of equal length under one of these names, and pandas' {@code {"a":{"0":1,"1":2}}}.
 *   <li>An object that is all that a file holds, and of which one member only is an array of objects, is a row for each of these, as
 *       answers of services are: {@code {"data":[{..},{..}],"count":2}}.
 *   <li>{@code {"columns":[..],"data":[[..]]}} is a row for each element of the data, by itself or as {@code dataframe_split}.
 * </ul>
 *
 * <p>Objects and arrays within a row are flattened as in JSON Lines.
 */
final class JsonRows {

    static final String NO_ROW = "JSON without a row; left out";

    private static final List<String> TABLES =
            List.of("instances", "inputs", "dataframe_records", "predictions", "outputs");
    private static final String SPLIT = "dataframe_split";

    private final List<Row> rows = new ArrayList<>();
    private final Consumer<String> notes;

    /** The row that was looked at last, flat. */
    private final Flattener cells = new Flattener();

    private int rowOfCells = -1;

    /** A row, which is made flat when it is packed, one after the other: flat, it may be much larger. */
    private interface Row {

        void flatten(Flattener into);

        /** Returns whether its values have no names. */
        default boolean isUnnamed() {
            return false;
        }

        /** Returns whether the names of its values are their positions. */
        default boolean isArray() {
            return false;
        }
    }

    /** A row of one value, by the name of its table; null if it has none. */
    private record ScalarRow(
            @Nullable String name, @Nullable Object value) implements Row {

        @Override
        public void flatten(Flattener into) {
            into.add(name == null ? "" : name, value);
        }

        @Override
        public boolean isUnnamed() {
            return name == null;
        }
    }

    /** A row of values by their positions, as names that sort. */
    private record ArrayRow(List<?> values) implements Row {

        private static final String ZEROS = "0".repeat(20);

        @Override
        public void flatten(Flattener into) {
            for (int i = 0; i < values.size() && !into.isFull(); i++) {
                String digits = Integer.toString(i);
                into.addTree(ZEROS.substring(digits.length()) + digits, values.get(i));
            }
        }

        @Override
        public boolean isArray() {
            return true;
        }
    }

    /** @param notes is told of each member that is left out */
    JsonRows(Consumer<String> notes) {
        this.notes = notes;
    }

    /** Forgets the rows. */
    void clear() {
        rows.clear();
        cells.clear();
        rowOfCells = -1;
    }

    /** Returns the number of rows. */
    int size() {
        return rows.size();
    }

    /** Returns the number of values of a row. */
    int width(int row) {
        return cells(row).width();
    }

    private Flattener cells(int row) {
        if (row != rowOfCells) {
            cells.clear();
            rowOfCells = row;
            rows.get(row).flatten(cells);
        }
        return cells;
    }

    /** Packs the values of a row. */
    void pack(int row, RowPacker packer, CapturedRows.Columns columns) {
        Flattener flat = cells(row);
        if (flat.beyond() > 0) {
            notes.accept(Flattener.TOO_MANY_COLUMNS);
        }
        boolean isUnnamed = rows.get(row).isUnnamed();
        boolean isArray = rows.get(row).isArray();
        for (int i = 0; i < flat.width(); i++) {
            int column = columns.next(isUnnamed ? null : flat.name(i), isArray);
            if (column != RowPacker.NO_COLUMN) {
                Object value = flat.value(i);
                // JSON has no word for a number that is not finite, and the writer makes a string of it.
                boolean isWord = value instanceof Double number && !Double.isFinite(number);
                packer.set(column, isWord ? String.valueOf(value) : value);
            }
        }
    }

    /** Packs the values of a row of a file, noting what is wrong with them at a line. */
    void pack(int row, RowPacker packer, Problems problems, long line) {
        cells(row).packInto(packer, problems, line);
    }

    /** Returns whether a member of that name may have the rows of an object. */
    static boolean isTable(String name) {
        return TABLES.contains(name) || name.equals(SPLIT) || name.equals("columns");
    }

    /** Adds the object that an array of numbers is by the names of a schema; NaN is missing. */
    void add(@Nullable Schema schema, double[] numbers) {
        rows.add(into -> {
            for (int i = 0; i < numbers.length; i++) {
                String name = schema != null && i < schema.size()
                        ? schema.features().get(i).name()
                        : "_c" + i;
                into.add(name, Double.isNaN(numbers[i]) ? null : numbers[i]);
            }
        });
    }

    /**
     * Adds the rows of a value: null, a text, a number, a truth value, or lists and maps of these.
     *
     * @param isAlone whether there are no other values beside it
     */
    void add(@Nullable Object value, boolean isAlone) {
        add(value, isAlone, false);
    }

    /** Adds the rows of a value that is all that a file holds. */
    void addDocument(@Nullable Object value) {
        add(value, true, true);
    }

    private void add(@Nullable Object value, boolean isAlone, boolean isFile) {
        if (value instanceof Map<?, ?> map) {
            boolean mayBeColumns = isAlone || map.values().stream().allMatch(member -> member instanceof Map<?, ?>);
            if (!addSplit(map)
                    && !(mayBeColumns && addColumns(map, false))
                    && !addTable(map)
                    && !(isFile && addOnlyArray(map))) {
                addRow(null, map);
            }
        } else if (value instanceof List<?> list && isOfRows(list)) {
            list.forEach(element -> addRow(null, element));
        } else if (!(value instanceof List<?> list && list.isEmpty())) {
            addRow(null, value);
        }
    }

    /** Adds a value as one row. */
    void addRow(@Nullable Object row) {
        addRow(null, row);
    }

    /** Returns whether the elements of a list can only be rows, and not the columns of one. */
    static boolean isOfRows(List<?> list) {
        return !list.isEmpty() && list.stream().allMatch(e -> e instanceof Map<?, ?> || e instanceof List<?>);
    }

    private boolean addSplit(Map<?, ?> map) {
        if (map.get(SPLIT) instanceof Map<?, ?> split && addSplit(split)) {
            noteBeside(SPLIT, map);
            return true;
        }
        if (!(map.get("columns") instanceof List<?> names) || !(map.get("data") instanceof List<?> data)) {
            return false;
        }
        if (!data.stream().allMatch(element -> element instanceof List<?>)) {
            return false;
        }
        for (Object row : data) {
            List<?> values = (List<?>) row;
            rows.add(into -> {
                for (int i = 0; i < values.size(); i++) {
                    into.addTree(i < names.size() ? String.valueOf(names.get(i)) : "_c" + i, values.get(i));
                }
            });
        }
        return true;
    }

    private boolean addTable(Map<?, ?> map) {
        for (String name : TABLES) {
            if (map.get(name) instanceof List<?> list) {
                addBeside(name, list, map);
                return true;
            }
            if (map.get(name) instanceof Map<?, ?> columns && addColumns(columns, true)) {
                noteBeside(name, map);
                return true;
            }
        }
        Object only = map.size() == 1 ? map.values().iterator().next() : null;
        if (only instanceof List<?> list && isOfRows(list)) {
            list.forEach(element -> addRow(null, element));
            return true;
        }
        return false;
    }

    /** Adds the objects of the only member that is an array of objects, whatever its name; returns false if there is none, or another. */
    private boolean addOnlyArray(Map<?, ?> map) {
        List<? extends Map.Entry<?, ?>> arrays = map.entrySet().stream()
                .filter(member -> member.getValue() instanceof List<?> list
                        && !list.isEmpty()
                        && list.stream().allMatch(element -> element instanceof Map<?, ?>))
                .toList();
        if (arrays.size() != 1 || !(arrays.get(0).getValue() instanceof List<?> objects)) {
            return false;
        }
        noteBeside(String.valueOf(arrays.get(0).getKey()), map);
        objects.forEach(element -> addRow(null, element));
        return true;
    }

    /** Adds the rows of a table together with what other members of its object have for the same rows. */
    private void addBeside(String table, List<?> list, Map<?, ?> map) {
        Map<String, List<?>> parts = new LinkedHashMap<>();
        parts.put(table, list);
        map.forEach((name, member) -> {
            if (name.equals(table)) {
                return;
            }
            String part = member instanceof Map<?, ?> inner ? table(inner) : String.valueOf(name);
            Object values = member instanceof Map<?, ?> inner ? inner.get(part) : member;
            boolean fits = values instanceof List<?> others && others.size() == list.size();
            if (!fits || parts.putIfAbsent(part, (List<?>) values) != null) {
                noteBeside(table, name);
            }
        });
        for (int i = 0; i < list.size(); i++) {
            if (parts.size() == 1) {
                addRow(table, list.get(i));
            } else {
                int row = i;
                rows.add(into -> parts.forEach((name, values) -> {
                    Object value = values.get(row);
                    into.addTree(value instanceof Map<?, ?> ? "" : name, value);
                }));
            }
        }
    }

    /** Returns the name of the first table in an object; the empty name if there is none. */
    private static String table(Map<?, ?> map) {
        return TABLES.stream()
                .filter(name -> map.get(name) instanceof List<?>)
                .findFirst()
                .orElse("");
    }

    private void noteBeside(String table, Map<?, ?> map) {
        for (Object name : map.keySet()) {
            if (!name.equals(table)) {
                noteBeside(table, name);
            }
        }
    }

    private void noteBeside(String table, Object name) {
        notes.accept("member '" + shortened(String.valueOf(name)) + "' beside the rows in '" + table + "'; left out");
    }

    private static String shortened(String name) {
        return VisibleText.cut(name.replaceAll("\\p{Cntrl}", "?"), 60);
    }

    /**
     * Adds the rows of a table by columns.
     *
     * @param known whether the name of the table says that its arrays are columns
     * @return false if it is none
     */
    private boolean addColumns(Map<?, ?> map, boolean known) {
        List<List<?>> columns = new ArrayList<>(map.size());
        Object first = null;
        for (Object value : map.values()) {
            first = columns.isEmpty() ? value : first;
            List<?> column = column(value, first);
            boolean fits = column != null
                    && (columns.isEmpty() || column.size() == columns.get(0).size())
                    && (known || value instanceof Map<?, ?> || (map.size() > 1 && isOfScalars(column)));
            if (column == null || !fits) {
                return false;
            }
            columns.add(column);
        }
        int size = columns.isEmpty() ? 0 : columns.get(0).size();
        for (int i = 0; i < size; i++) {
            int row = i;
            rows.add(into -> {
                int next = 0;
                for (Object name : map.keySet()) {
                    into.addTree(String.valueOf(name), columns.get(next++).get(row));
                }
            });
        }
        return size > 0;
    }

    private static boolean isOfScalars(List<?> list) {
        return list.stream().noneMatch(e -> e instanceof Map<?, ?> || e instanceof List<?>);
    }

    /** Returns the values of a column; null if it is none, or has another index than the first. */
    private static @Nullable List<?> column(@Nullable Object value, @Nullable Object first) {
        if (value instanceof List<?> list) {
            return list;
        }
        boolean isIndexed = value instanceof Map<?, ?> map
                && first instanceof Map<?, ?> index
                && map.keySet().equals(index.keySet())
                && map.keySet().stream().allMatch(key -> isNumber(String.valueOf(key)));
        return isIndexed && value instanceof Map<?, ?> map && first instanceof Map<?, ?> index
                ? index.keySet().stream().map(map::get).toList()
                : null;
    }

    private static boolean isNumber(String key) {
        return !key.isEmpty() && key.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void addRow(@Nullable String name, @Nullable Object row) {
        if (row instanceof Map<?, ?> map) {
            rows.add(into -> into.addTree("", map));
        } else if (row instanceof List<?> list) {
            rows.add(new ArrayRow(list));
        } else {
            rows.add(new ScalarRow(name, row));
        }
    }
}

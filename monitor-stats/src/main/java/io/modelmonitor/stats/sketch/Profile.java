package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Schema;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a table: a {@link ColumnProfile} for each column, in the order in which the columns appeared.
 *
 * <p>Batches of 1,024 to 4,096 rows suit best: their columns fit into a processor's cache. One thread may change a profile
 * at a time; a profile that nobody changes may be read by many. To profile with several threads, give each a profile of its
 * own and merge them in a fixed order.
 */
public final class Profile {

    private final Workspace workspace = new Workspace();
    private final Map<String, ColumnProfile> columns = new LinkedHashMap<>();
    private long rows;
    private @Nullable Schema lastSchema;
    private ColumnProfile[] lastColumns = {};

    private Profile() {}

    /** Returns the profile of a table without rows and columns. */
    public static Profile create() {
        return new Profile();
    }

    /**
     * Returns a profile from parts, such as those of a statistics file.
     *
     * @param rows how many rows there are, at least 0
     * @param columns the columns by their names, in order; each is from now on the profile's own
     * @throws IllegalArgumentException if the number of rows is negative
     */
    public static Profile of(long rows, Map<String, ColumnProfile> columns) {
        if (rows < 0) {
            throw new IllegalArgumentException("rows: " + rows + "; a number from 0 is expected");
        }
        Profile profile = new Profile();
        profile.rows = rows;
        profile.columns.putAll(columns);
        return profile;
    }

    /** Makes columns known before, or without, any row. */
    public void announce(Schema schema) {
        resolve(schema);
    }

    /** Adds rows. A column that has not been seen before counts as missing in all earlier rows, one that is absent in these. */
    public void add(Batch batch) {
        ColumnProfile[] resolved = resolve(batch.schema());
        for (int i = 0; i < resolved.length; i++) {
            resolved[i].add(batch.column(i), batch.size(), workspace);
        }
        rows += batch.size();
        if (resolved.length < columns.size()) {
            fill(batch.schema(), batch.size());
        }
    }

    private ColumnProfile[] resolve(Schema schema) {
        if (!schema.equals(lastSchema)) {
            ColumnProfile[] resolved = new ColumnProfile[schema.size()];
            for (int i = 0; i < resolved.length; i++) {
                resolved[i] = columns.computeIfAbsent(schema.features().get(i).name(), name -> absent(rows));
            }
            lastSchema = schema;
            lastColumns = resolved;
        }
        return lastColumns;
    }

    private void fill(Schema present, int missing) {
        columns.forEach((name, column) -> {
            if (present.indexOf(name) < 0) {
                column.addMissing(missing);
            }
        });
    }

    private static ColumnProfile absent(long rows) {
        ColumnProfile column = ColumnProfile.create();
        column.addMissing(rows);
        return column;
    }

    /** Returns the profile of the rows of both, this one's columns first; neither is changed. */
    public Profile merge(Profile other) {
        Profile merged = new Profile();
        merged.rows = rows + other.rows;
        columns.forEach((name, column) -> {
            ColumnProfile theirs = other.columns.get(name);
            merged.columns.put(name, column.merge(theirs == null ? absent(other.rows) : theirs));
        });
        other.columns.forEach((name, column) -> {
            if (!columns.containsKey(name)) {
                merged.columns.put(name, absent(rows).merge(column));
            }
        });
        return merged;
    }

    /** Returns the number of rows. */
    public long rows() {
        return rows;
    }

    /** Returns the columns' names in order. */
    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /** Returns whether there is a column of a name. */
    public boolean hasColumn(String name) {
        return columns.containsKey(name);
    }

    /**
     * Returns the profile of a column. Not to be changed.
     *
     * @throws IllegalArgumentException if there is no such column; the message lists the first few that are there
     */
    public ColumnProfile column(String name) {
        ColumnProfile column = columns.get(name);
        if (column == null) {
            List<String> first = columns.keySet().stream().limit(10).toList();
            throw new IllegalArgumentException(
                    "no column '" + name + "'; there are " + columns.size() + ", among them " + first);
        }
        return column;
    }

    /** Writes this state in bytes, from which {@link #read} makes an equal one. */
    public void write(DataOutput out) throws IOException {
        Packed.writeCount(out, rows);
        out.writeBoolean(isEven());
        Packed.writeCount(out, columns.size());
        for (Map.Entry<String, ColumnProfile> column : columns.entrySet()) {
            Packed.writeText(out, column.getKey());
            column.getValue().write(out);
        }
    }

    /**
     * Reads the state that {@link #write} wrote.
     *
     * @throws IllegalArgumentException if no state can be what is read; the message is one line
     */
    public static Profile read(DataInput in) throws IOException {
        long rows = Packed.readCount(in, "rows");
        boolean even = Packed.readFlag(in, "rows");
        long size = Packed.readCount(in, "columns");
        Map<String, ColumnProfile> columns = new LinkedHashMap<>();
        for (long i = 0; i < size; i++) {
            String name = Packed.readText(in, "name of a column");
            ColumnProfile column = ColumnProfile.read(in);
            boolean addUp = even ? column.rows() == rows : column.rows() <= rows;
            Packed.check(addUp, "rows", column.rows() + " of '" + name + "' of " + rows);
            Packed.check(columns.put(name, column) == null, "columns", "two are named '" + name + "'");
        }
        return of(rows, columns);
    }

    /** Returns whether every column has every row, as it has unless the profile comes from a statistics file. */
    private boolean isEven() {
        return columns.values().stream().allMatch(column -> column.rows() == rows);
    }

    @Override
    public String toString() {
        return "Profile of " + rows + " rows and " + columns.size() + " columns";
    }
}

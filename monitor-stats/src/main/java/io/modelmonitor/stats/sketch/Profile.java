package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.ColumnRole;
import io.modelmonitor.api.ColumnType;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.internal.Counted;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The profile of a table: a {@link ColumnProfile} for each column, in the order in which the columns appeared.
 *
 * <p>Batches of 1,024 to 4,096 rows suit best: their columns fit into a processor's cache. One thread may change a profile
 * at a time, or several by its {@link #consumers()}; a profile that nobody changes may be read by many.
 */
public final class Profile {

    /** The number of groups of columns: enough for many threads, and no more bookkeeping for 100,000 columns than for twenty. */
    private static final int LANES = 32;

    private final Names names = new Names();
    private final List<ColumnConsumer> consumers = new ArrayList<>();
    private DistinctRows distinctRows = DistinctRows.create();
    private Map<String, ColumnRole> roles = Map.of();

    private Profile() {
        for (int i = 0; i < LANES; i++) {
            consumers.add(new ColumnConsumer(i, names));
        }
    }

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
        columns.forEach((name, column) -> {
            int index = profile.names.index(name);
            profile.consumers.get(index % LANES).columns.add(column);
        });
        profile.consumers.forEach(consumer -> consumer.rows = rows);
        return profile;
    }

    /**
     * Returns this profile with what a user says of columns, which adds to what was said of them before. The columns are shared.
     *
     * @throws IllegalArgumentException if there is no such column; the message lists the first few that are there
     */
    public Profile declaring(List<ColumnRole> said) {
        Map<String, ColumnRole> all = new TreeMap<>(roles);
        for (ColumnRole role : said) {
            column(role.column());
            all.merge(role.column(), role, ColumnRole::with);
        }
        Profile declared = of(rows(), columns());
        declared.roles = Map.copyOf(all);
        declared.distinctRows = distinctRows;
        return declared;
    }

    /** Returns what a user says of a column; null if nothing. */
    public @Nullable ColumnRole role(String name) {
        return roles.get(name);
    }

    /**
     * Returns what a column is: what a user says of it, else what its name and its values show.
     *
     * @throws IllegalArgumentException if there is no such column; the message lists the first few that are there
     */
    public ColumnTyping typing(String name) {
        return column(name).typing(name, roles.get(name));
    }

    /** Makes columns known before, or without, any row. */
    public void announce(Schema schema) {
        names.indexes(schema);
    }

    /** Adds rows. A column that has not been seen before counts as missing in all earlier rows, one that is absent in these. */
    public void add(Batch batch) {
        consumers.forEach(consumer -> consumer.accept(batch));
        distinctRows.add(batch);
    }

    /**
     * Returns consumers that together add a batch, each to some of the columns, and one to what is known of rows. Different ones may be
     * used by different threads at the same time; each has to be given every batch, in the same order.
     */
    public List<? extends Consumer<Batch>> consumers() {
        List<Consumer<Batch>> all = new ArrayList<>(consumers);
        all.add(distinctRows::add);
        return all;
    }

    /** Numbers the names of columns from 0 in the order in which they appear. Safe for use by several threads. */
    private static final class Names {

        private final Map<String, Integer> byName = new LinkedHashMap<>();
        private @Nullable Schema lastSchema;
        private int[] lastIndexes = {};

        synchronized int index(String name) {
            return byName.computeIfAbsent(name, unknown -> byName.size());
        }

        /** Returns the number of each of a schema's features. A schema that has been seen takes no time. */
        synchronized int[] indexes(Schema schema) {
            if (!schema.equals(lastSchema)) {
                int[] indexes = new int[schema.size()];
                for (int i = 0; i < indexes.length; i++) {
                    indexes[i] = index(schema.features().get(i).name());
                }
                lastSchema = schema;
                lastIndexes = indexes;
            }
            return lastIndexes;
        }
    }

    /** Profiles every 32nd column, in the order in which the columns appear. One thread at a time uses it. */
    private static final class ColumnConsumer implements Consumer<Batch> {

        private final int first;
        private final Names names;
        private final List<ColumnProfile> columns = new ArrayList<>();
        private final Workspace workspace = new Workspace();
        private long rows;
        private @Nullable Schema lastSchema;
        /** The positions in a batch of the columns of this consumer; negative where a batch lacks one. */
        private int[] positions = {};

        private ColumnConsumer(int first, Names names) {
            this.first = first;
            this.names = names;
        }

        @Override
        @SuppressWarnings(
                "ReferenceEquality") // equal schemas are mostly the same one; comparing others costs time only
        public void accept(Batch batch) {
            if (batch.schema() != lastSchema) {
                resolve(batch.schema());
            }
            for (int i = 0; i < positions.length; i++) {
                if (positions[i] >= 0) {
                    columns.get(i).add(batch.column(positions[i]), batch.size(), workspace);
                } else {
                    columns.get(i).addMissing(batch.size());
                }
            }
            rows += batch.size();
        }

        private void resolve(Schema schema) {
            int[] indexes = names.indexes(schema);
            for (int index : indexes) {
                while (index % LANES == first && columns.size() <= index / LANES) {
                    columns.add(absent(rows));
                }
            }
            positions = new int[columns.size()];
            Arrays.fill(positions, -1);
            for (int position = 0; position < indexes.length; position++) {
                if (indexes[position] % LANES == first) {
                    positions[indexes[position] / LANES] = position;
                }
            }
            lastSchema = schema;
        }

        /** Returns the column at a place, which may have been announced only. */
        private ColumnProfile column(int place) {
            return place < columns.size() ? columns.get(place) : absent(rows);
        }
    }

    private static ColumnProfile absent(long rows) {
        ColumnProfile column = ColumnProfile.create();
        column.addMissing(rows);
        return column;
    }

    /** Returns the columns in order. */
    private Map<String, ColumnProfile> columns() {
        Map<String, ColumnProfile> columns = new LinkedHashMap<>();
        names.byName.forEach((name, index) -> columns.put(name, column(index)));
        return columns;
    }

    private ColumnProfile column(int index) {
        return consumers.get(index % LANES).column(index / LANES);
    }

    /** Returns the profile of the rows of both, this one's columns first; neither is changed. */
    public Profile merge(Profile other) {
        Workspace workspace = new Workspace();
        Map<String, ColumnProfile> merged = new LinkedHashMap<>();
        Map<String, ColumnProfile> theirs = other.columns();
        columns().forEach((name, column) -> {
            ColumnProfile added = theirs.get(name);
            merged.put(name, column.merge(added == null ? absent(other.rows()) : added, workspace));
        });
        theirs.forEach((name, column) -> {
            if (!merged.containsKey(name)) {
                merged.put(name, absent(rows()).merge(column, workspace));
            }
        });
        Profile both = of(rows() + other.rows(), merged);
        Map<String, ColumnRole> said = new TreeMap<>(roles);
        other.roles.forEach((name, role) -> said.merge(name, role, (earlier, later) -> later.with(earlier)));
        both.roles = Map.copyOf(said);
        both.distinctRows = distinctRows.merge(other.distinctRows);
        return both;
    }

    /** Returns the number of rows. */
    public long rows() {
        return consumers.get(0).rows;
    }

    /** Returns how often whole rows come again; of no rows if the profile comes from a statistics file. Not to be changed. */
    public DistinctRows distinctRows() {
        return distinctRows;
    }

    /** Returns the columns' names in order. */
    public List<String> names() {
        return List.copyOf(names.byName.keySet());
    }

    /** Returns whether there is a column of a name. */
    public boolean hasColumn(String name) {
        return names.byName.containsKey(name);
    }

    /**
     * Returns the profile of a column. Not to be changed.
     *
     * @throws IllegalArgumentException if there is no such column; the message lists the first few that are there
     */
    public ColumnProfile column(String name) {
        Integer index = names.byName.get(name);
        if (index == null) {
            List<String> first = names.byName.keySet().stream().limit(10).toList();
            throw new IllegalArgumentException(
                    "no column '" + name + "'; there are " + names.byName.size() + ", among them " + first);
        }
        return column(index);
    }

    /** Writes this state in bytes, from which {@link #read} makes an equal one. */
    public void write(DataOutput out) throws IOException {
        Map<String, ColumnProfile> columns = columns();
        Packed.writeCount(out, rows());
        out.writeBoolean(isEven(columns));
        Packed.writeCount(out, columns.size());
        for (Map.Entry<String, ColumnProfile> column : columns.entrySet()) {
            Packed.writeText(out, column.getKey());
            column.getValue().write(out);
        }
        Packed.writeCount(out, roles.size());
        for (ColumnRole role : new TreeMap<>(roles).values()) {
            Packed.writeText(out, role.column());
            Packed.writeConstant(out, role.type());
            out.writeBoolean(role.isLabel());
        }
        distinctRows.write(out);
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
            Packed.check(addUp, "rows", column.rows(), " of '", name, "' of ", rows);
            Packed.check(columns.put(name, column) == null, "columns", "two are named '", name, "'");
        }
        Profile read = of(rows, columns);
        Packed.check(even == read.isEven(columns), "rows", "some columns have all of them, and are said to have not");
        read.roles = readRoles(in, columns);
        read.distinctRows = DistinctRows.read(in);
        Packed.check(read.distinctRows.rows() <= rows, "rows", read.distinctRows, " of ", rows);
        return read;
    }

    private static Map<String, ColumnRole> readRoles(DataInput in, Map<String, ColumnProfile> columns)
            throws IOException {
        Map<String, ColumnRole> roles = new TreeMap<>();
        for (long left = Packed.readCount(in, "roles"); left > 0; left--) {
            String name = Packed.readText(in, "column of a role");
            ColumnType type = Packed.readConstant(in, "roles", ColumnType.values());
            Packed.check(columns.containsKey(name), "roles", "one of '", name, "', which is no column");
            boolean isLabel = Packed.readFlag(in, "roles");
            roles.put(name, new ColumnRole(name, type, isLabel));
        }
        return Map.copyOf(roles);
    }

    /** Returns whether every column has every row, as it has unless the profile comes from a statistics file. */
    private boolean isEven(Map<String, ColumnProfile> columns) {
        return columns.values().stream().allMatch(column -> column.rows() == rows());
    }

    @Override
    public String toString() {
        return "Profile of " + Counted.of(rows(), "row") + " and " + Counted.of(names.byName.size(), "column");
    }
}

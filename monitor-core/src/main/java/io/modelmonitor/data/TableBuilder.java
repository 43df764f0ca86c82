package io.modelmonitor.data;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Dataset;
import io.modelmonitor.api.Feature;
import io.modelmonitor.api.FeatureType;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.internal.data.MemoryCursor;
import io.modelmonitor.internal.data.ValueColumns;
import io.modelmonitor.stats.internal.text.NumberText;
import io.modelmonitor.stats.internal.text.ShortestFloat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a dataset of arrays, a column each. Arrays are not copied: they are read whenever the dataset is, and must not
 * change while it is. Not safe for use by several threads; what it builds is.
 */
public final class TableBuilder {

    private final List<Feature> features = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final List<Slices> columns = new ArrayList<>();
    private int rows = -1;

    TableBuilder() {}

    /** The rows of a column from a position to another. */
    private interface Slices {
        Column slice(int from, int to);
    }

    /**
     * Adds a column of numbers; NaN is a missing value.
     *
     * @throws IllegalArgumentException if the name is empty or taken, or the length is not that of the other columns
     */
    public TableBuilder add(String name, double[] values) {
        return add(name, FeatureType.FRACTIONAL, values.length, (from, to) -> doubles(values, from, to));
    }

    /**
     * Adds a column of numbers, each the decimal of the fewest digits that is this float: {@code 0.1f} is 0.1. NaN is a missing
     * value; the array is copied.
     *
     * @throws IllegalArgumentException if the name is empty or taken, or the length is not that of the other columns
     */
    public TableBuilder add(String name, float[] values) {
        double[] numbers = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = ShortestFloat.toDouble(values[i]);
        }
        return add(name, numbers);
    }

    /**
     * Adds a column of whole numbers.
     *
     * @throws IllegalArgumentException if the name is empty or taken, or the length is not that of the other columns
     */
    public TableBuilder add(String name, long[] values) {
        return add(name, values, new BitSet());
    }

    /**
     * Adds a column of whole numbers, some of them missing.
     *
     * @param missing the rows, from 0, that have no value; copied
     * @throws IllegalArgumentException if the name is empty or taken, or the length is not that of the other columns
     */
    public TableBuilder add(String name, long[] values, BitSet missing) {
        BitSet absent = (BitSet) missing.clone();
        return add(name, FeatureType.INTEGRAL, values.length, (from, to) -> longs(values, absent, from, to));
    }

    /**
     * Adds a column of whole numbers; the array is copied.
     *
     * @throws IllegalArgumentException if the name is empty or taken, or the length is not that of the other columns
     */
    public TableBuilder add(String name, int[] values) {
        return add(name, Arrays.stream(values).asLongStream().toArray());
    }

    /**
     * Adds a column of truth values.
     *
     * @throws IllegalArgumentException if the name is empty or taken, or the length is not that of the other columns
     */
    public TableBuilder add(String name, boolean[] values) {
        return add(name, FeatureType.BOOLEAN, values.length, (from, to) -> booleans(values, from, to));
    }

    /**
     * Adds a column of objects, such as texts or boxed numbers: null, NaN and the empty text are missing.
     *
     * @throws IllegalArgumentException if the name is empty or taken, or the length is not that of the other columns
     */
    public TableBuilder add(String name, @Nullable Object[] values) {
        FeatureType type = values instanceof String[] ? FeatureType.STRING : FeatureType.UNKNOWN;
        return add(
                name,
                type,
                values.length,
                (from, to) -> ValueColumns.of(
                        isWhole(values.length, from, to) ? values : Arrays.copyOfRange(values, from, to), to - from));
    }

    /**
     * Adds a column of objects, such as texts or boxed numbers: null, NaN and the empty text are missing. The list is copied.
     *
     * @throws IllegalArgumentException if the name is empty or taken, or the length is not that of the other columns
     */
    public TableBuilder add(String name, List<?> values) {
        return add(name, values.toArray());
    }

    /** Returns the dataset; without columns, it has no rows. */
    public Dataset build() {
        Schema schema = Schema.of(features);
        Slices[] slices = columns.toArray(Slices[]::new);
        int size = Math.max(0, rows);
        return new NamedDataset(
                "table of " + size + " rows of " + schema.names(),
                () -> new MemoryCursor(schema, size, (from, to) -> {
                    Column[] batch = new Column[slices.length];
                    for (int i = 0; i < batch.length; i++) {
                        batch[i] = slices[i].slice(from, to);
                    }
                    return new Batch(schema, to - from, batch);
                }));
    }

    private TableBuilder add(String name, FeatureType type, int length, Slices slices) {
        if (names.contains(name)) {
            throw new IllegalArgumentException("name: there is a column '" + name + "' already");
        }
        if (rows >= 0 && rows != length) {
            throw new IllegalArgumentException(
                    "values: column '" + name + "' has " + length + " rows; the columns before it have " + rows);
        }
        names.add(name);
        features.add(new Feature(name, type));
        columns.add(slices);
        rows = length;
        return this;
    }

    private static Column doubles(double[] values, int from, int to) {
        double[] numbers = isWhole(values.length, from, to) ? values : Arrays.copyOfRange(values, from, to);
        byte[] kinds = kinds(ValueKind.FRACTIONAL, numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            if (Double.isNaN(numbers[i])) {
                kinds[i] = ValueKind.MISSING;
            }
        }
        return Column.of(kinds, numbers, row -> NumberText.of(numbers[row], true), false);
    }

    /** Returns whether a batch is all of an array, as where a source makes a table of each batch. */
    private static boolean isWhole(int length, int from, int to) {
        return from == 0 && to == length;
    }

    private static Column longs(long[] values, BitSet missing, int from, int to) {
        byte[] kinds = kinds(ValueKind.INTEGRAL, to - from);
        double[] numbers = new double[to - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values[from + i];
        }
        for (int i = missing.nextSetBit(from); i >= 0 && i < to; i = missing.nextSetBit(i + 1)) {
            kinds[i - from] = ValueKind.MISSING;
            numbers[i - from] = Double.NaN;
        }
        return Column.of(kinds, numbers, row -> Long.toString(values[from + row]), false);
    }

    private static Column booleans(boolean[] values, int from, int to) {
        double[] numbers = new double[to - from];
        Arrays.fill(numbers, Double.NaN);
        byte[] kinds = kinds(ValueKind.BOOLEAN, to - from);
        return Column.of(kinds, numbers, row -> Boolean.toString(values[from + row]), false);
    }

    private static byte[] kinds(byte kind, int rows) {
        byte[] kinds = new byte[rows];
        Arrays.fill(kinds, kind);
        return kinds;
    }

    @Override
    public String toString() {
        return "table of " + features.size() + " columns and " + Math.max(0, rows) + " rows, not built";
    }
}

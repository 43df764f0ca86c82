package io.modelmonitor.parquet;

import io.modelmonitor.data.TableBuilder;
import java.util.BitSet;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** A column with at most one value a row, read into an array of the kind that its type wants. */
abstract class FlatColumn {

    private final String name;
    /** The definition level of a value that is not null. */
    private final int present;

    private FlatColumn(String name, int present) {
        this.name = name;
        this.present = present;
    }

    /** Reads the values of the next rows into a table. */
    abstract void read(ColumnReader reader, int rows, TableBuilder table);

    /** Returns where the values of a column go that the library decodes itself. */
    abstract Leaf leaf();

    static FlatColumn of(ColumnDescriptor column, String name) {
        PrimitiveType type = column.getPrimitiveType();
        int present = column.getMaxDefinitionLevel();
        return switch (type.getPrimitiveTypeName()) {
            case DOUBLE -> new Doubles(name, present, type);
            case FLOAT -> new Floats(name, present, type);
            case INT32, INT64 ->
                LeafValues.areLongs(type) ? new Longs(name, present, type) : new Objects(name, present, type);
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96, BOOLEAN -> new Objects(name, present, type);
        };
    }

    final String name() {
        return name;
    }

    final boolean isPresent(ColumnReader reader) {
        return reader.getCurrentDefinitionLevel() == present;
    }

    private static final class Doubles extends FlatColumn {

        private final Leaf unused;

        private Doubles(String name, int present, PrimitiveType type) {
            super(name, present);
            this.unused = new Leaf(type, value -> {});
        }

        @Override
        void read(ColumnReader reader, int rows, TableBuilder table) {
            double[] values = new double[rows];
            for (int i = 0; i < rows; i++) {
                values[i] = isPresent(reader) ? reader.getDouble() : Double.NaN;
                reader.consume();
            }
            table.add(name(), values);
        }

        @Override
        Leaf leaf() {
            return unused;
        }
    }

    private static final class Floats extends FlatColumn {

        private final Leaf unused;

        private Floats(String name, int present, PrimitiveType type) {
            super(name, present);
            this.unused = new Leaf(type, value -> {});
        }

        @Override
        void read(ColumnReader reader, int rows, TableBuilder table) {
            float[] values = new float[rows];
            for (int i = 0; i < rows; i++) {
                values[i] = isPresent(reader) ? reader.getFloat() : Float.NaN;
                reader.consume();
            }
            table.add(name(), values);
        }

        @Override
        Leaf leaf() {
            return unused;
        }
    }

    /** Whole numbers that fit a long. */
    private static final class Longs extends FlatColumn {

        private final boolean areInts;
        private final long mask;
        private final Leaf unused;

        private Longs(String name, int present, PrimitiveType type) {
            super(name, present);
            this.areInts = type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT32;
            this.mask = (Long) LeafValues.of(type).ofWhole().apply(-1);
            this.unused = new Leaf(type, value -> {});
        }

        @Override
        void read(ColumnReader reader, int rows, TableBuilder table) {
            long[] values = new long[rows];
            BitSet missing = new BitSet();
            for (int i = 0; i < rows; i++) {
                if (isPresent(reader)) {
                    values[i] = (areInts ? reader.getInteger() : reader.getLong()) & mask;
                } else {
                    missing.set(i);
                }
                reader.consume();
            }
            table.add(name(), values, missing);
        }

        @Override
        Leaf leaf() {
            return unused;
        }
    }

    /** Anything else. */
    private static final class Objects extends FlatColumn {

        private final Leaf leaf;
        private @Nullable Object last;

        private Objects(String name, int present, PrimitiveType type) {
            super(name, present);
            this.leaf = new Leaf(type, value -> last = value);
        }

        @Override
        void read(ColumnReader reader, int rows, TableBuilder table) {
            @Nullable Object[] values = new @Nullable Object[rows];
            for (int i = 0; i < rows; i++) {
                if (isPresent(reader)) {
                    reader.writeCurrentValueToConverter();
                    values[i] = last;
                }
                reader.consume();
            }
            table.add(name(), values);
        }

        @Override
        Leaf leaf() {
            return leaf;
        }
    }
}

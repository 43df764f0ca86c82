package io.modelmonitor.spark;

import io.modelmonitor.data.TableBuilder;
import java.util.Arrays;
import java.util.BitSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.jspecify.annotations.Nullable;

/** A column of the rows of a batch, in an array of the kind that its type wants; each batch has a new one. */
interface FrameColumn {

    /** The most digits of which every number fits a long. */
    int LONG_DIGITS = 18;

    /** Begins a batch of so many rows at most. */
    void start(int rows);

    /**
     * Sets the values of neighbouring rows.
     *
     * @param first the first of them, in the batch
     * @param rows holds them from its beginning
     * @param size how many there are
     * @param field the place of the column in a row
     */
    void set(int first, Row[] rows, int size, int field);

    /** Adds the first rows to a table. */
    void addTo(TableBuilder table, String name, int rows);

    static FrameColumn of(DataType type) {
        if (type instanceof DoubleType || (type instanceof DecimalType && !FrameValues.isWhole(type))) {
            return new Doubles();
        }
        if (type instanceof FloatType) {
            return new Floats();
        }
        boolean isWhole = type instanceof LongType
                || type instanceof IntegerType
                || type instanceof ShortType
                || type instanceof ByteType
                || (type instanceof DecimalType decimal
                        && FrameValues.isWhole(type)
                        && decimal.precision() <= LONG_DIGITS);
        return isWhole ? new Longs() : new Objects(type);
    }

    /** Numbers. */
    final class Doubles implements FrameColumn {

        private double[] values = {};

        @Override
        public void start(int rows) {
            values = new double[rows];
        }

        @Override
        public void set(int first, Row[] rows, int size, int field) {
            for (int i = 0; i < size; i++) {
                Object value = rows[i].get(field);
                values[first + i] = value == null ? Double.NaN : ((Number) value).doubleValue();
            }
        }

        @Override
        public void addTo(TableBuilder table, String name, int rows) {
            table.add(name, rows == values.length ? values : Arrays.copyOf(values, rows));
        }
    }

    /** Numbers of single precision. */
    final class Floats implements FrameColumn {

        private float[] values = {};

        @Override
        public void start(int rows) {
            values = new float[rows];
        }

        @Override
        public void set(int first, Row[] rows, int size, int field) {
            for (int i = 0; i < size; i++) {
                Object value = rows[i].get(field);
                values[first + i] = value == null ? Float.NaN : (Float) value;
            }
        }

        @Override
        public void addTo(TableBuilder table, String name, int rows) {
            table.add(name, rows == values.length ? values : Arrays.copyOf(values, rows));
        }
    }

    /** Whole numbers. */
    final class Longs implements FrameColumn {

        private long[] values = {};
        private BitSet missing = new BitSet();

        @Override
        public void start(int rows) {
            values = new long[rows];
            missing = new BitSet();
        }

        @Override
        public void set(int first, Row[] rows, int size, int field) {
            for (int i = 0; i < size; i++) {
                Object value = rows[i].get(field);
                if (value == null) {
                    missing.set(first + i);
                } else {
                    values[first + i] = ((Number) value).longValue();
                }
            }
        }

        @Override
        public void addTo(TableBuilder table, String name, int rows) {
            table.add(name, rows == values.length ? values : Arrays.copyOf(values, rows), missing);
        }
    }

    /** Anything else. */
    final class Objects implements FrameColumn {

        private final DataType type;
        private @Nullable Object[] values = {};

        private Objects(DataType type) {
            this.type = type;
        }

        @Override
        public void start(int rows) {
            values = new @Nullable Object[rows];
        }

        @Override
        public void set(int first, Row[] rows, int size, int field) {
            for (int i = 0; i < size; i++) {
                values[first + i] = FrameValues.plain(rows[i].get(field), type);
            }
        }

        @Override
        public void addTo(TableBuilder table, String name, int rows) {
            table.add(name, rows == values.length ? values : Arrays.copyOf(values, rows));
        }
    }
}

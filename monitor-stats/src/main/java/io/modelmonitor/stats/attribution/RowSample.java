package io.modelmonitor.stats.attribution;

import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.PackedDoubles;
import io.modelmonitor.stats.internal.PackedLongs;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;

/**
 * A uniform random sample of at most so many of the rows it was shown.
 *
 * <p>Each row gets a random priority from the seed, its position and its values, and the rows of the least priorities stay
 * (bottom-k sampling; E. Cohen and H. Kaplan, 2007). Two samples merge into the sample of both. The first rows in order of
 * priority are a uniform sample too. Memory is bounded by the capacity. Not thread-safe.
 */
public final class RowSample {

    private static final Comparator<Row> BY_PRIORITY =
            Comparator.comparingLong((Row row) -> row.priority).thenComparingLong(Row::position);

    private final int capacity;
    private final long seed;
    private final PriorityQueue<Row> kept;
    private long rows;

    /** A row of a sample. Immutable. */
    public static final class Row {

        private final long priority;
        private final long position;
        private final double[] values;

        private Row(long priority, long position, double[] values) {
            this.priority = priority;
            this.position = position;
            this.values = values;
        }

        /** Returns the row's number among all that were shown, from 1. */
        public long position() {
            return position;
        }

        /** Returns the row's values, as a new array. */
        public double[] values() {
            return values.clone();
        }

        double value(int index) {
            return values[index];
        }

        int length() {
            return values.length;
        }

        boolean isFinite() {
            return DoubleStream.of(values).allMatch(Double::isFinite);
        }

        private Row movedBy(long rows) {
            return new Row(priority, position + rows, values);
        }
    }

    private RowSample(int capacity, long seed) {
        this.capacity = capacity;
        this.seed = seed;
        this.kept = new PriorityQueue<>(BY_PRIORITY.reversed());
    }

    /**
     * Returns an empty sample.
     *
     * @param capacity the most rows to keep, at least 1
     * @param seed what makes the choice repeatable
     * @throws IllegalArgumentException if the capacity is less than 1
     */
    public static RowSample of(int capacity, long seed) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity " + capacity + " is too small; allowed is at least 1");
        }
        return new RowSample(capacity, seed);
    }

    /**
     * Shows it a row. Takes a hash of the row's values, and a copy of them if the row stays.
     *
     * @param values the row's values; copied
     */
    public void add(double[] values) {
        rows++;
        long priority = priority(values);
        if (kept.size() < capacity || priority < kept.element().priority) {
            keep(new Row(priority, rows, values.clone()));
        }
    }

    /** Counts a row that is not to be kept, so that later rows have their numbers among all. */
    public void skip() {
        rows++;
    }

    /** Adds what another sample was shown, after what this one was; the other is not changed. */
    public RowSample merge(RowSample other) {
        for (Row row : other.kept) {
            keep(row.movedBy(rows));
        }
        rows += other.rows;
        return this;
    }

    /** Writes this state in bytes, from which {@link #read} makes an equal one. */
    public void write(DataOutput out) throws IOException {
        Packed.writeCount(out, capacity);
        out.writeLong(seed);
        Packed.writeCount(out, rows);
        List<Row> ordered = ordered();
        writeEach(out, ordered, Row::position);
        writeEach(out, ordered, row -> row.priority);
        writeEach(out, ordered, row -> row.values.length);
        double[] all = ordered.stream()
                .flatMapToDouble(row -> DoubleStream.of(row.values))
                .toArray();
        PackedDoubles.write(out, all, all.length);
    }

    private static void writeEach(DataOutput out, List<Row> rows, ToLongFunction<Row> part) throws IOException {
        PackedLongs.write(out, rows.stream().mapToLong(part).toArray(), rows.size());
    }

    /**
     * Reads the state that {@link #write} wrote.
     *
     * @throws IllegalArgumentException if no state can be what is read; the message is one line
     */
    public static RowSample read(DataInput in) throws IOException {
        int capacity = Packed.readCount(in, "capacity of a sample", Integer.MAX_VALUE);
        RowSample read = of(capacity, in.readLong());
        read.rows = Packed.readCount(in, "rows");
        long[] positions = PackedLongs.read(in, "rows of a sample", capacity);
        long[] priorities = PackedLongs.read(in, "priorities of a sample", capacity);
        long[] lengths = PackedLongs.read(in, "lengths of rows", capacity);
        double[] all = PackedDoubles.read(in, "values of rows", Integer.MAX_VALUE);
        boolean even = priorities.length == positions.length && lengths.length == positions.length;
        Packed.check(even, "rows of a sample", "not all of ", positions.length, " are complete");
        int next = 0;
        for (int i = 0; i < positions.length; i++) {
            boolean ascends = positions[i] > (i == 0 ? 0 : positions[i - 1]) && positions[i] <= read.rows;
            Packed.check(ascends, "rows of a sample", "row ", positions[i], " of ", read.rows);
            boolean isThere = lengths[i] >= 0 && lengths[i] <= all.length - next;
            Packed.check(isThere, "lengths of rows", lengths[i], " of ", (all.length - next), " values left");
            int end = next + (int) lengths[i];
            read.keep(new Row(priorities[i], positions[i], Arrays.copyOfRange(all, next, end)));
            next = end;
        }
        Packed.check(next == all.length, "values of rows", all.length, " and not ", next);
        return read;
    }

    int capacity() {
        return capacity;
    }

    /** Returns how many rows it was shown. */
    public long rows() {
        return rows;
    }

    /** Returns the rows that it keeps, in random order: any first few of them are a uniform sample. */
    public List<Row> shuffled() {
        return sorted(BY_PRIORITY);
    }

    /** Returns the rows that it keeps, in the order they were shown. */
    public List<Row> ordered() {
        return sorted(Comparator.comparingLong(Row::position));
    }

    private List<Row> sorted(Comparator<Row> order) {
        List<Row> all = new ArrayList<>(kept);
        all.sort(order);
        return List.copyOf(all);
    }

    private void keep(Row row) {
        kept.add(row);
        if (kept.size() > capacity) {
            kept.remove();
        }
    }

    private long priority(double[] values) {
        long hash = mixed(seed + rows * 0x9E3779B97F4A7C15L);
        for (double value : values) {
            hash = Long.rotateLeft((hash ^ Double.doubleToLongBits(value)) * 0x9E3779B97F4A7C15L, 29);
        }
        return mixed(hash);
    }

    /** The finisher of SplitMix64 (G. L. Steele, D. Lea and C. H. Flood, 2014). */
    private static long mixed(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

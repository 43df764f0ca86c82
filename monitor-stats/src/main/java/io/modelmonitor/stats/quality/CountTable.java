package io.modelmonitor.stats.quality;

import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.PackedDoubles;
import io.modelmonitor.stats.internal.PackedLongs;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * Counts of each distinct number, marked and unmarked: the scores of positive and negative rows, for example.
 *
 * <p>Exact while there are at most as many distinct numbers as the limit. Beyond, numbers whose bits agree but for the last
 * few share a cell, with just as few bits given up as the limit needs. As that depends on which numbers occurred and on
 * nothing else, any order, split and merge of the same numbers ends in the same cells. There are then still more than half
 * as many cells as the limit allows.
 *
 * <p>Takes constant time for each number and at most 100 bytes for each cell of the limit. Cells lie in an open-addressed
 * hash table, three longs each: the key, the marked and the unmarked count.
 */
final class CountTable {

    /** The most cells of a table, unless said otherwise. */
    static final int MOST_CELLS = 1 << 16;

    private static final int STRIDE = 3;
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private static final long LEAST = key(Double.NEGATIVE_INFINITY);
    private static final long GREATEST = key(Double.POSITIVE_INFINITY);

    private final int limit;
    private long[] cells = new long[64 * STRIDE];
    private int bits = 6;
    private int size;
    private int shift;

    /** Creates an empty table of at most so many cells, at least 2. */
    CountTable(int limit) {
        this.limit = limit;
    }

    /** Counts a number, which must not be NaN. */
    void add(double number, boolean marked) {
        long key = key(number) >> shift;
        if (marked) {
            add(key, 1, 0);
        } else {
            add(key, 0, 1);
        }
    }

    /** Adds another table, which stays as it is. */
    void merge(CountTable other) {
        if (other.shift > shift) {
            coarsen(other.shift - shift);
        }
        if (other.bits > bits) {
            // In a smaller table the numbers of the other, which come in the order of its cells, would all crowd into
            // the first cells.
            rebuild(other.bits, 0);
        }
        for (int i = 0; i < other.cells.length; i += STRIDE) {
            if (isUsed(other.cells, i)) {
                // The shift may grow on the way.
                add(other.cells[i] >> (shift - other.shift), other.cells[i + 1], other.cells[i + 2]);
            }
        }
    }

    void write(DataOutput out) throws IOException {
        long[] keys = keys();
        out.writeByte(shift);
        if (shift == 0) {
            PackedDoubles.write(
                    out, LongStream.of(keys).mapToDouble(CountTable::fromKey).toArray(), size);
        } else {
            PackedLongs.write(out, keys, size);
        }
        for (int side = 1; side < STRIDE; side++) {
            for (long key : keys) {
                Packed.writeCount(out, cells[slot(cells, bits, key) + side]);
            }
        }
    }

    /**
     * Receives what was written, in an empty table of the same limit.
     *
     * @return the marked and the unmarked total
     */
    long[] read(DataInput in) throws IOException {
        int dropped = in.readUnsignedByte();
        Packed.check(dropped < Long.SIZE, "cells", dropped, " bits are given up");
        // So many there may be before cells are joined.
        int most = Math.max(1 << 5, 2 * Integer.highestOneBit(2 * limit - 1));
        long[] keys = dropped == 0
                ? DoubleStream.of(PackedDoubles.read(in, "cells", most))
                        .mapToLong(CountTable::key)
                        .toArray()
                : PackedLongs.read(in, "cells", most);
        long[] marked = new long[keys.length];
        long[] unmarked = new long[keys.length];
        long[] totals = {Packed.readCounts(in, "cells", marked), Packed.readCounts(in, "cells", unmarked)};
        Packed.sum("cells", totals[0], totals[1]);
        shift = dropped;
        for (int i = 0; i < keys.length; i++) {
            boolean ascends = i == 0 || keys[i] > keys[i - 1];
            Packed.check(ascends, "cells", "they do not ascend");
            boolean isKey = keys[i] >= LEAST >> shift && keys[i] <= GREATEST >> shift;
            Packed.check(isKey && (marked[i] | unmarked[i]) != 0, "cells", "one is of no number, or holds none");
            add(keys[i], marked[i], unmarked[i]);
        }
        return totals;
    }

    /** Returns the cells in descending order of their numbers. Takes n log n time in the number of cells. */
    SortedCounts sorted() {
        if (size > limit) {
            coarsenToLimit();
        }
        long[] keys = keys();
        double[] numbers = new double[keys.length];
        long[] marked = new long[keys.length];
        long[] unmarked = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            long key = keys[keys.length - 1 - i];
            int slot = slot(cells, bits, key);
            numbers[i] = number(key, shift);
            marked[i] = cells[slot + 1];
            unmarked[i] = cells[slot + 2];
        }
        return new SortedCounts(numbers, marked, unmarked, shift);
    }

    private void add(long key, long marked, long unmarked) {
        int slot = slot(cells, bits, key);
        if (!isUsed(cells, slot)) {
            cells[slot] = key;
            size++;
        }
        cells[slot + 1] += marked;
        cells[slot + 2] += unmarked;
        if (size > 1 << (bits - 1)) {
            makeRoom();
        }
    }

    /** Twice the limit are kept until they have to go, so that going down to the limit is rare. */
    private void makeRoom() {
        if (size > 2 * limit) {
            coarsenToLimit();
        } else {
            rebuild(bits + 1, 0);
        }
    }

    /**
     * Gives up the fewest last bits that leave no more cells than the limit. Neighbours in order fall together as soon as the
     * highest bit in which they differ is given up, so counting these bits tells how many cells each choice leaves.
     */
    private void coarsenToLimit() {
        long[] keys = keys();
        int[] differing = new int[Long.SIZE];
        for (int i = 1; i < keys.length; i++) {
            differing[Long.SIZE - 1 - Long.numberOfLeadingZeros(keys[i] ^ keys[i - 1])]++;
        }
        int dropped = 0;
        int left = keys.length;
        while (left > limit) {
            left -= differing[dropped];
            dropped++;
        }
        coarsen(dropped);
    }

    private void coarsen(int dropped) {
        shift += dropped;
        rebuild(bits, dropped);
    }

    private void rebuild(int newBits, int dropped) {
        long[] old = cells;
        cells = new long[STRIDE << newBits];
        bits = newBits;
        size = 0;
        for (int i = 0; i < old.length; i += STRIDE) {
            if (isUsed(old, i)) {
                int slot = slot(cells, bits, old[i] >> dropped);
                size += isUsed(cells, slot) ? 0 : 1;
                cells[slot] = old[i] >> dropped;
                cells[slot + 1] += old[i + 1];
                cells[slot + 2] += old[i + 2];
            }
        }
    }

    private long[] keys() {
        long[] keys = new long[size];
        int count = 0;
        for (int i = 0; i < cells.length; i += STRIDE) {
            if (isUsed(cells, i)) {
                keys[count++] = cells[i];
            }
        }
        Arrays.sort(keys);
        return keys;
    }

    private static int slot(long[] cells, int bits, long key) {
        int mask = (1 << bits) - 1;
        int index = (int) ((key * GOLDEN_RATIO) >>> (Long.SIZE - bits));
        while (isUsed(cells, index * STRIDE) && cells[index * STRIDE] != key) {
            index = (index + 1) & mask;
        }
        return index * STRIDE;
    }

    private static boolean isUsed(long[] cells, int slot) {
        return (cells[slot + 1] | cells[slot + 2]) != 0;
    }

    /** Maps numbers to integers of the same order; 0.0 and −0.0 to the same. */
    private static long key(double number) {
        long raw = Double.doubleToRawLongBits(number + 0.0);
        return raw ^ (raw >> (Long.SIZE - 1) & Long.MAX_VALUE);
    }

    /** Returns the number of an exact cell, else the middle of the cell. */
    private static double number(long key, int shift) {
        long lowest = key << shift;
        long middle = shift == 0 ? lowest : lowest | 1L << (shift - 1);
        double number = fromKey(middle);
        return Double.isNaN(number) ? fromKey(lowest) : number;
    }

    private static double fromKey(long key) {
        return Double.longBitsToDouble(key ^ (key >> (Long.SIZE - 1) & Long.MAX_VALUE));
    }
}

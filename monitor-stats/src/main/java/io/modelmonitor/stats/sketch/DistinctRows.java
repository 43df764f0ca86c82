package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The share of whole rows that come again, from those different rows that have the {@value #SIZE} least hashes, each with the number of its
 * occurrences (Z. Bar-Yossef et al., Counting distinct elements in a data stream, RANDOM 2002; P. B. Gibbons, Distinct sampling for
 * highly-accurate answers to distinct values queries, VLDB 2001). All rows up to that many different ones, a random sample of the
 * different ones beyond.
 *
 * <p>Rows are equal if they have the same values of the same columns, numbers by value, whatever the order of the columns; a
 * missing value counts as a column that is not there. Merging is exact, associative and commutative. About 8 KB, twice while rows are
 * added. One thread may change a state at a time.
 */
public final class DistinctRows {

    /** The number of different rows that are remembered. */
    public static final int SIZE = 512;

    /** Up to how many characters texts are hashed one by one, which costs less than a good hash of them. */
    private static final int SHORT = 16;

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private static final int BUFFER = 2 * SIZE;

    /** Hashes in ascending order, and how often each occurred. */
    private long[] hashes = {};

    private long[] counts = {};

    private long[] waiting = {};
    private int waitingSize;
    /** Up to which a hash may be among the least ones. */
    private long greatest = Long.MAX_VALUE;

    private @Nullable Schema lastSchema;
    /** An odd number for each column, so that different values have different products. */
    private long[] factors = {};

    private long[] block = {};

    private DistinctRows() {}

    /** Returns the state of no rows. */
    public static DistinctRows create() {
        return new DistinctRows();
    }

    /** Adds the rows of a batch. */
    @SuppressWarnings("ReferenceEquality") // equal schemas are mostly the same one; comparing others costs time only
    public void add(Batch batch) {
        if (batch.schema() != lastSchema) {
            lastSchema = batch.schema();
            factors = batch.schema().names().stream()
                    .mapToLong(name -> Hashes.of(name) | 1)
                    .toArray();
        }
        int size = batch.size();
        block = block.length < size ? new long[size] : block;
        Arrays.fill(block, 0, size, 0);
        for (int column = 0; column < factors.length; column++) {
            hash(batch.column(column), factors[column], size);
        }
        for (int row = 0; row < size; row++) {
            long hash = Hashes.mix(block[row]);
            if (hash <= greatest) {
                await(hash);
            }
        }
    }

    private void await(long hash) {
        waiting = waiting.length == 0 ? new long[BUFFER] : waiting;
        waiting[waitingSize++] = hash;
        if (waitingSize == BUFFER) {
            DistinctRows counted = settled();
            hashes = counted.hashes;
            counts = counted.counts;
            greatest = counted.greatest;
            waitingSize = 0;
        }
    }

    /**
     * Adds the value of each row, times a number of the column, to its sum: multilinear hashing (J. L. Carter and M. N. Wegman,
     * Universal classes of hash functions, 1979), in any order of the columns.
     */
    private void hash(Column column, long factor, int size) {
        byte[] kinds = column.kinds();
        // Values of one kind are mostly next to each other, and loops without other branches are fast.
        for (int from = 0; from < size; ) {
            int to = from + 1;
            while (to < size && kinds[to] == kinds[from]) {
                to++;
            }
            switch (ValueKind.strict(kinds[from])) {
                case ValueKind.MISSING -> {}
                case ValueKind.FRACTIONAL -> hashNumbers(column.numbers(), factor, from, to);
                case ValueKind.INTEGRAL -> hashWhole(column, factor, from, to);
                default -> hashTexts(column, factor, from, to);
            }
            from = to;
        }
    }

    private void hashNumbers(double[] numbers, long factor, int from, int to) {
        for (int row = from; row < to; row++) {
            long bits = Hashes.bits(numbers[row]);
            // The last bits of most numbers are zeros, and a product has no fewer.
            block[row] += (bits ^ bits >>> Integer.SIZE) * factor;
        }
    }

    /** Adds whole numbers, of which those beyond the exact ones are told apart by their texts. */
    private void hashWhole(Column column, long factor, int from, int to) {
        double[] numbers = column.numbers();
        int start = from;
        for (int row = from; row < to; row++) {
            if (!(Math.abs(numbers[row]) < Categories.EXACT_INTEGERS)) {
                hashNumbers(numbers, factor, start, row);
                hashTexts(column, factor, row, row + 1);
                start = row + 1;
            }
        }
        hashNumbers(numbers, factor, start, to);
    }

    private void hashTexts(Column column, long factor, int from, int to) {
        for (int row = from; row < to; row++) {
            block[row] += text(column.text(row)) * factor;
        }
    }

    private static long text(@Nullable CharSequence text) {
        if (text == null || text.length() > SHORT) {
            return text == null ? 0 : Hashes.of(text);
        }
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * MULTIPLIER;
        }
        return hash ^ hash >>> Integer.SIZE;
    }

    /** Returns this with the hashes that wait counted; changes nothing, as others may read it. */
    private DistinctRows settled() {
        if (waitingSize == 0) {
            return this;
        }
        DistinctRows settled = new DistinctRows();
        settled.unite(hashes, counts);
        long[] sorted = Arrays.copyOf(waiting, waitingSize);
        Arrays.sort(sorted);
        long[] ones = new long[sorted.length];
        Arrays.fill(ones, 1);
        settled.unite(sorted, ones);
        return settled;
    }

    /** Adds hashes in ascending order, of which neighbours may be equal; the least ones stay. */
    private void unite(long[] more, long[] times) {
        long[] all = new long[SIZE];
        long[] sums = new long[SIZE];
        int size = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < hashes.length || theirs < more.length) {
            boolean isMine = theirs == more.length || (mine < hashes.length && hashes[mine] <= more[theirs]);
            long hash = isMine ? hashes[mine] : more[theirs];
            long count = isMine ? counts[mine++] : times[theirs++];
            if (size > 0 && all[size - 1] == hash) {
                sums[size - 1] += count;
            } else if (size < SIZE) {
                all[size] = hash;
                sums[size++] = count;
            } else {
                break;
            }
        }
        hashes = Arrays.copyOf(all, size);
        counts = Arrays.copyOf(sums, size);
        greatest = size == SIZE ? all[SIZE - 1] : Long.MAX_VALUE;
    }

    /** Returns the state of the rows of both; neither is changed. */
    public DistinctRows merge(DistinctRows other) {
        DistinctRows mine = settled();
        DistinctRows theirs = other.settled();
        DistinctRows merged = new DistinctRows();
        merged.unite(mine.hashes, mine.counts);
        merged.unite(theirs.hashes, theirs.counts);
        return merged;
    }

    /** Returns how many rows there are of those that are remembered. */
    public long rows() {
        return Arrays.stream(settled().counts).sum();
    }

    /** Returns how many of them are different. */
    public int distinct() {
        return settled().hashes.length;
    }

    /** Writes this state in bytes, from which {@link #read} makes an equal one. */
    public void write(DataOutput out) throws IOException {
        DistinctRows settled = settled();
        Packed.writeCount(out, settled.hashes.length);
        for (int i = 0; i < settled.hashes.length; i++) {
            out.writeLong(settled.hashes[i]);
            Packed.writeCount(out, settled.counts[i]);
        }
    }

    /**
     * Reads the state that {@link #write} wrote.
     *
     * @throws IllegalArgumentException if no state can be what is read; the message is one line
     */
    public static DistinctRows read(DataInput in) throws IOException {
        int size = Packed.readCount(in, "different rows", SIZE);
        long[] hashes = new long[size];
        long[] counts = new long[size];
        long total = 0;
        for (int i = 0; i < size; i++) {
            hashes[i] = in.readLong();
            Packed.check(i == 0 || hashes[i] > hashes[i - 1], "hashes of rows", "they do not ascend");
            counts[i] = Packed.readCount(in, "count of a row");
            Packed.check(counts[i] > 0, "count of a row", "0; at least 1 is expected");
            total = Packed.sum("count of a row", total, counts[i]);
        }
        DistinctRows read = new DistinctRows();
        read.unite(hashes, counts);
        return read;
    }

    @Override
    public String toString() {
        return "DistinctRows, " + distinct() + " of " + rows() + " remembered";
    }
}

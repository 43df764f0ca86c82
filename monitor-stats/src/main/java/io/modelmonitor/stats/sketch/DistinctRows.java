package io.modelmonitor.stats.sketch;

import io.modelmonitor.api.Batch;
import io.modelmonitor.api.Column;
import io.modelmonitor.api.Schema;
import io.modelmonitor.api.ValueKind;
import io.modelmonitor.stats.internal.Hashes;
import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The share of whole rows that come again, from those different rows that have the {@value #SIZE} least hashes, each with the number of its
 * occurrences (Z. Bar-Yossef et al., Counting distinct elements in a data stream, RANDOM 2002; P. B. Gibbons, Distinct sampling for
 * highly-accurate answers to distinct values queries, VLDB 2001). All rows up to that many different ones, a random sample of the
 * different ones beyond.
 *
 * <p>Rows are equal if they have the same values of the same columns, numbers by value, whatever the order of the columns; a
 * missing value and NaN count as a column that is not there. The upper half of a row's hash, by which most rows are passed over, is of
 * numbers and of the hashes that texts remember; the lower half, of numbers and whole texts. Merging is exact, associative and
 * commutative. About 8 KB, twice while rows are added. One thread may change a state at a time.
 */
public final class DistinctRows {

    /** The number of different rows that are remembered. */
    public static final int SIZE = 512;

    private static final long UPPER = -1L << Integer.SIZE;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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
            long upper = Hashes.mix(block[row]) & UPPER;
            if (upper <= greatest) {
                long hash = upper | (Hashes.mix(block[row] + texts(batch, row)) & ~UPPER);
                if (hash <= greatest) {
                    await(hash);
                }
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
        double[] numbers = column.numbers();
        boolean ordinary = true;
        for (int row = 0; row < size; row++) {
            double number = numbers[row];
            if (!Double.isNaN(number)) {
                ordinary &= Math.abs(number) < Categories.EXACT_INTEGERS;
                block[row] += number(number) * factor;
            }
        }
        if (ordinary && !holdTexts(kinds, size)) {
            return;
        }
        for (int row = 0; row < size; row++) {
            CharSequence text = isText(kinds[row], numbers[row]) ? column.text(row) : null;
            if (text != null) {
                block[row] += (Hashes.cached(text) - number(numbers[row])) * factor;
            }
        }
    }

    /**
     * Returns whether some kinds are not numbers nor missing, eight at a time: of these, whose numbers are at least 3, the sum with 5 has
     * the fourth bit.
     */
    private static boolean holdTexts(byte[] kinds, int size) {
        long sums = 0;
        int row = 0;
        for (; row + Long.BYTES <= size; row += Long.BYTES) {
            sums |= (long) EIGHT.get(kinds, row) + 0x0505050505050505L;
        }
        boolean some = (sums & 0x0808080808080808L) != 0;
        for (; row < size; row++) {
            some |= kinds[row] >= ValueKind.BOOLEAN;
        }
        return some;
    }

    /** Returns whether a value is told from others by its text: whole numbers, too, where the numbers next to them are equal. */
    private static boolean isText(byte kind, double number) {
        return kind >= ValueKind.BOOLEAN
                || (kind == ValueKind.INTEGRAL && Math.abs(number) >= Categories.EXACT_INTEGERS);
    }

    /** Returns the sum of the texts of a row, each times the number of its column. */
    private long texts(Batch batch, int row) {
        long sum = 0;
        for (int i = 0; i < factors.length; i++) {
            Column column = batch.column(i);
            CharSequence text = isText(column.kinds()[row], column.numbers()[row]) ? column.text(row) : null;
            sum += text == null ? 0 : Hashes.of(text) * factors[i];
        }
        return sum;
    }

    /** Returns a whole number for a number, 0 for NaN. The last bits of most are zeros, and a product has no fewer. */
    private static long number(double number) {
        long bits = Double.isNaN(number) ? 0 : Double.doubleToRawLongBits(number + 0.0);
        return bits ^ bits >>> Integer.SIZE;
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

    /**
     * Returns the state of those of these rows whose hashes are so small that another would remember them too: each row is in both
     * or in neither, however often it comes.
     */
    public DistinctRows within(DistinctRows other) {
        long limit = other.settled().greatest;
        DistinctRows mine = settled();
        int size = 0;
        while (size < mine.hashes.length && mine.hashes[size] <= limit) {
            size++;
        }
        DistinctRows within = new DistinctRows();
        within.unite(Arrays.copyOf(mine.hashes, size), Arrays.copyOf(mine.counts, size));
        return within;
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

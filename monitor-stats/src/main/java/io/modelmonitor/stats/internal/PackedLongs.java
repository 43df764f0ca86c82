package io.modelmonitor.stats.internal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Arrays of integers in few bytes, at least one bit for each element.
 *
 * <p>Three layouts compete and the shortest is taken: all elements in the same width; ascending runs, unless they are short; the sorted
 * elements and the rank of each. Steps of ascending elements are Golomb–Rice codes (R. F. Rice, 1979) with a parameter for each block of
 * {@value #BLOCK} steps, which suits data whose density changes slowly.
 */
public final class PackedLongs {

    private static final int EQUAL_WIDTH = 0;
    private static final int RUNS = 1;
    private static final int RANKS = 2;

    /** Runs of fewer elements on average are not tried: each begins with a whole element. */
    private static final int LEAST_RUN = 4;

    private static final int BLOCK = 64;
    private static final int PARAMETER_BITS = 6;
    private static final int MAX_PARAMETER = (1 << PARAMETER_BITS) - 1;
    /** A quotient of this many ones is followed by the whole step. */
    private static final int ESCAPE = 24;
    /** A step of so many bits more than the parameter is taken to need an escape if it has more. */
    private static final int LONGEST_QUOTIENT = 5;

    private PackedLongs() {}

    /** Writes the first elements of an array, in their order. */
    public static void write(DataOutput out, long[] values, int size) throws IOException {
        Packed.writeCount(out, size);
        if (size == 0) {
            return;
        }
        int layout = EQUAL_WIDTH;
        long least = least(values, size);
        int width = width(greatest(values, size) - least);
        long fewest = bytes((long) size * width);
        Bits.Writer shortest = null;
        int runCount = runCount(values, size);
        if (runCount == 1 || runCount <= size / LEAST_RUN) {
            Bits.Writer runs = runs(values, size, fewest);
            if (runs.bytes() < fewest) {
                layout = RUNS;
                fewest = runs.bytes();
                shortest = runs;
            }
        }
        // Ascending elements are one run, to which ranks would only be added; of others the ranks alone may be longer.
        if ((long) size * width(size - 1) / Byte.SIZE < fewest && runCount > 1) {
            Bits.Writer ranks = ranks(values, size);
            if (ranks.bytes() < fewest) {
                layout = RANKS;
                shortest = ranks;
            }
        }
        out.writeByte(layout);
        if (shortest == null) {
            writeEqualWidth(out, values, size, least, width);
        } else {
            Packed.writeCount(out, shortest.bytes());
            shortest.finish(out);
        }
    }

    /** Returns how many bytes hold so many bits. */
    private static long bytes(long bits) {
        return (bits + Byte.SIZE - 1) / Byte.SIZE;
    }

    private static int runCount(long[] values, int size) {
        int runs = 1;
        for (int i = 1; i < size; i++) {
            runs += values[i] < values[i - 1] ? 1 : 0;
        }
        return runs;
    }

    /**
     * Reads an array.
     *
     * @param what names the array in the message
     * @param most how many elements there may be
     * @throws IllegalArgumentException if there are more, or it is no such array
     */
    public static long[] read(DataInput in, String what, int most) throws IOException {
        int size = Packed.readCount(in, what, most);
        if (size == 0) {
            return new long[0];
        }
        int layout = in.readUnsignedByte();
        if (layout == EQUAL_WIDTH) {
            return readEqualWidth(in, what, size);
        }
        Packed.check(layout == RUNS || layout == RANKS, what, "there is no layout ", layout);
        long bytes = Packed.readCount(in, what);
        Packed.check(size / Byte.SIZE <= bytes, what, size, " elements in ", bytes, " bytes");
        Bits.Reader bits = new Bits.Reader(in, bytes);
        long[] values = layout == RUNS ? readRuns(bits, what, size) : readRanks(bits, what, size);
        bits.finish(what);
        return values;
    }

    private static void writeEqualWidth(DataOutput out, long[] values, int size, long least, int width)
            throws IOException {
        Packed.writeSigned(out, least);
        out.writeByte(width);
        Bits.Writer bits = new Bits.Writer();
        for (int i = 0; i < size; i++) {
            bits.write(values[i] - least, width);
        }
        bits.finish(out);
    }

    private static long least(long[] values, int size) {
        long least = values[0];
        for (int i = 1; i < size; i++) {
            least = Math.min(least, values[i]);
        }
        return least;
    }

    private static long greatest(long[] values, int size) {
        long greatest = values[0];
        for (int i = 1; i < size; i++) {
            greatest = Math.max(greatest, values[i]);
        }
        return greatest;
    }

    private static int width(long greatest) {
        return Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(greatest));
    }

    private static long[] readEqualWidth(DataInput in, String what, int size) throws IOException {
        long least = Packed.readSigned(in, what);
        int width = in.readUnsignedByte();
        Packed.check(width >= 1 && width <= Long.SIZE, what, "a width of ", width, " bits");
        Bits.Reader bits = new Bits.Reader(in, bytes((long) size * width));
        long[] values = new long[size];
        boolean fits = true;
        for (int i = 0; i < size; i++) {
            values[i] = least + bits.read(width);
            fits &= values[i] >= least;
        }
        Packed.check(fits, what, "an element exceeds 64 bits");
        bits.finish(what);
        return values;
    }

    /** Returns ascending runs; as soon as they have as many bytes as that, only the first of them. */
    private static Bits.Writer runs(long[] values, int size, long enough) {
        Bits.Writer bits = new Bits.Writer();
        for (int from = 0; from < size && bits.bytes() < enough; ) {
            int to = from + 1;
            while (to < size && values[to] >= values[to - 1]) {
                to++;
            }
            bits.writeGroups(to - from);
            writeRun(bits, values, from, to);
            from = to;
        }
        return bits;
    }

    private static long[] readRuns(Bits.Reader bits, String what, int size) throws IOException {
        long[] values = new long[size];
        for (int from = 0; from < size; ) {
            long length = bits.readGroups(what);
            Packed.check(length > 0 && length <= size - from, what, "a run of ", length, " elements");
            readRun(bits, what, values, from, from + (int) length);
            from += (int) length;
        }
        return values;
    }

    private static void writeRun(Bits.Writer bits, long[] values, int from, int to) {
        bits.writeGroups(Packed.folded(values[from]));
        for (int start = from + 1; start < to; start += BLOCK) {
            int end = Math.min(to, start + BLOCK);
            int parameter = bestParameter(values, start, end);
            bits.write(parameter, PARAMETER_BITS);
            for (int i = start; i < end; i++) {
                long step = values[i] - values[i - 1];
                long quotient = step >>> parameter;
                if (quotient >= 0 && quotient < ESCAPE) {
                    bits.write(-2, (int) quotient + 1);
                    bits.write(step, parameter);
                } else {
                    bits.write(-1, ESCAPE);
                    bits.write(step, Long.SIZE);
                }
            }
        }
    }

    /** Returns the parameter of the shortest code, taking steps of a bit length for its mean. */
    private static int bestParameter(long[] values, int from, int to) {
        int[] lengths = new int[Long.SIZE + 1 + LONGEST_QUOTIENT];
        int longest = 0;
        int shortest = Long.SIZE;
        for (int i = from; i < to; i++) {
            int length = Long.SIZE - Long.numberOfLeadingZeros(values[i] - values[i - 1]);
            lengths[length]++;
            longest = Math.max(longest, length);
            shortest = Math.min(shortest, length);
        }
        // Up to here every step is escaped, at the same cost; beyond the longest step, a parameter only makes each
        // longer.
        int escaping = Math.max(0, shortest - LONGEST_QUOTIENT - 1);
        int best = 0;
        long least = Long.MAX_VALUE;
        // Quotients of steps of 1, 2, 3, 4 and 5 bits more than the parameter have 1, 3, 6, 12 and 24 ones.
        long ones = 0;
        long escaped = 0;
        for (int parameter = longest; parameter >= escaping; parameter--) {
            long cost = (long) parameter * (to - from) + ones + escaped * (ESCAPE + Long.SIZE - parameter);
            if (parameter <= MAX_PARAMETER && cost <= least) {
                least = cost;
                best = parameter;
            }
            int escapedNext = lengths[parameter + LONGEST_QUOTIENT];
            ones = 2 * (ones - (3L << LONGEST_QUOTIENT >> 2) * escapedNext)
                    + lengths[parameter + 1]
                    + lengths[parameter];
            escaped += escapedNext;
        }
        return best == escaping ? 0 : best;
    }

    private static void readRun(Bits.Reader bits, String what, long[] values, int from, int to) throws IOException {
        values[from] = Packed.unfolded(bits.readGroups(what));
        boolean ascends = true;
        for (int start = from + 1; start < to; start += BLOCK) {
            int end = Math.min(to, start + BLOCK);
            int parameter = (int) bits.read(PARAMETER_BITS);
            ascends &= bits.readSteps(values, start, end, ESCAPE, parameter);
        }
        Packed.check(ascends, what, "a run does not ascend");
    }

    private static Bits.Writer ranks(long[] values, int size) {
        long[] sorted = Arrays.copyOf(values, size);
        new LongSorter().sort(sorted, size);
        Bits.Writer bits = new Bits.Writer();
        writeRun(bits, sorted, 0, size);
        int[] next = new int[size];
        int width = width(size - 1);
        for (int i = 0; i < size; i++) {
            int first = first(sorted, values[i]);
            bits.write(first + next[first]++, width);
        }
        return bits;
    }

    /** Returns where the first of equal elements is. */
    private static int first(long[] sorted, long value) {
        int first = 0;
        // Which half is next cannot be predicted, so no branch depends on it.
        for (int size = sorted.length; size > 1; size -= size >>> 1) {
            first += sorted[first + (size >>> 1) - 1] < value ? size >>> 1 : 0;
        }
        return first;
    }

    private static long[] readRanks(Bits.Reader bits, String what, int size) throws IOException {
        long[] sorted = new long[size];
        readRun(bits, what, sorted, 0, size);
        long[] values = new long[size];
        boolean[] seen = new boolean[size];
        int width = width(size - 1);
        for (int i = 0; i < size; i++) {
            int rank = (int) bits.read(width);
            if (rank >= size || seen[rank]) {
                throw Packed.impossible(what, "rank " + rank + " of " + size + " occurs twice or cannot be");
            }
            seen[rank] = true;
            values[i] = sorted[rank];
        }
        return values;
    }
}

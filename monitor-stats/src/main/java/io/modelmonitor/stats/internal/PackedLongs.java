package io.modelmonitor.stats.internal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * Arrays of integers in few bytes, at least one bit for each element.
 *
 * <p>Three layouts compete and the shortest is taken: all elements in the same width; ascending runs; the sorted elements and
 * the rank of each. Steps of ascending elements are Golomb–Rice codes (R. F. Rice, 1979) with a parameter for each block of
 * {@value #BLOCK} steps, which suits data whose density changes slowly.
 */
public final class PackedLongs {

    private static final int EQUAL_WIDTH = 0;
    private static final int RUNS = 1;
    private static final int RANKS = 2;

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
        int least = equalWidthBytes(values, size);
        byte[] shortest = null;
        byte[] runs = runs(values, size, least);
        if (runs.length < least) {
            layout = RUNS;
            least = runs.length;
            shortest = runs;
        }
        // Ascending elements are one run, to which ranks would only be added; of others the ranks alone may be longer.
        if ((long) size * width(size - 1) / Byte.SIZE < least && !isAscending(values, size)) {
            ByteBuilder ranks = new ByteBuilder();
            writeRanks(new DataOutputStream(ranks), values, size);
            if (ranks.size() < least) {
                layout = RANKS;
                shortest = ranks.toByteArray();
            }
        }
        out.writeByte(layout);
        if (shortest == null) {
            writeEqualWidth(out, values, size);
        } else {
            out.write(shortest);
        }
    }

    private static boolean isAscending(long[] values, int size) {
        for (int i = 1; i < size; i++) {
            if (values[i] < values[i - 1]) {
                return false;
            }
        }
        return true;
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
        return switch (layout) {
            case EQUAL_WIDTH -> readEqualWidth(in, what, size);
            case RUNS -> readRuns(in, what, size);
            case RANKS -> readRanks(in, what, size);
            default -> throw Packed.impossible(what, "there is no layout " + layout);
        };
    }

    private static void writeEqualWidth(DataOutput out, long[] values, int size) throws IOException {
        long least = least(values, size);
        int width = width(greatest(values, size) - least);
        Packed.writeSigned(out, least);
        out.writeByte(width);
        Bits.Writer bits = new Bits.Writer(out);
        for (int i = 0; i < size; i++) {
            bits.write(values[i] - least, width);
        }
        bits.finish();
    }

    /** Returns how many bytes {@link #writeEqualWidth} writes. */
    private static int equalWidthBytes(long[] values, int size) throws IOException {
        long least = least(values, size);
        ByteBuilder head = new ByteBuilder();
        Packed.writeSigned(new DataOutputStream(head), least);
        long bits = (long) size * width(greatest(values, size) - least);
        return Math.toIntExact(head.size() + 1 + (bits + Byte.SIZE - 1) / Byte.SIZE);
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
        Packed.check(width >= 1 && width <= Long.SIZE, what, "a width of " + width + " bits");
        Bits.Reader bits = new Bits.Reader(in);
        long[] values = {};
        for (int i = 0; i < size; i++) {
            values = roomFor(values, i, size);
            values[i] = least + bits.read(width);
            Packed.check(values[i] >= least, what, "an element exceeds 64 bits");
        }
        return values;
    }

    /** Returns an array with room for one element more; of the full size only when most of it is there. */
    private static long[] roomFor(long[] values, int present, int size) {
        return present < values.length ? values : Arrays.copyOf(values, Math.min(size, Math.max(64, 2 * present)));
    }

    /** Returns ascending runs as bytes; as soon as they are as many as that, only the first of them. */
    private static byte[] runs(long[] values, int size, int enough) throws IOException {
        ByteBuilder bytes = new ByteBuilder();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int from = 0; from < size && bytes.size() < enough; ) {
            int to = from + 1;
            while (to < size && values[to] >= values[to - 1]) {
                to++;
            }
            Packed.writeCount(out, to - from);
            writeRun(out, values, from, to);
            from = to;
        }
        return bytes.toByteArray();
    }

    private static long[] readRuns(DataInput in, String what, int size) throws IOException {
        long[] values = {};
        for (int from = 0; from < size; ) {
            int length = Packed.readCount(in, what, size - from);
            Packed.check(length > 0, what, "an empty run");
            values = readRun(in, what, values, from, from + length, size);
            from += length;
        }
        return values;
    }

    private static void writeRun(DataOutput out, long[] values, int from, int to) throws IOException {
        Packed.writeSigned(out, values[from]);
        Bits.Writer bits = new Bits.Writer(out);
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
        bits.finish();
    }

    /** Returns the parameter of the shortest code, taking steps of a bit length for its mean. */
    private static int bestParameter(long[] values, int from, int to) {
        int[] lengths = new int[Long.SIZE + 1];
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
        for (int parameter = escaping; parameter <= Math.min(longest, MAX_PARAMETER); parameter++) {
            long cost = (long) parameter * (to - from);
            for (int length = Math.max(shortest, parameter + 1); length <= longest; length++) {
                int beyond = length - parameter;
                cost += lengths[length]
                        * (beyond > LONGEST_QUOTIENT ? ESCAPE + Long.SIZE - (long) parameter : (3L << beyond) >> 2);
            }
            if (cost < least) {
                least = cost;
                best = parameter;
            }
        }
        return best == escaping ? 0 : best;
    }

    private static long[] readRun(DataInput in, String what, long[] before, int from, int to, int size)
            throws IOException {
        long[] values = roomFor(before, from, size);
        values[from] = Packed.readSigned(in, what);
        Bits.Reader bits = new Bits.Reader(in);
        int parameter = 0;
        for (int i = from + 1; i < to; i++) {
            if ((i - from - 1) % BLOCK == 0) {
                parameter = (int) bits.read(PARAMETER_BITS);
            }
            int quotient = 0;
            while (quotient < ESCAPE && bits.read(1) == 1) {
                quotient++;
            }
            long step =
                    quotient == ESCAPE ? bits.read(Long.SIZE) : ((long) quotient << parameter) | bits.read(parameter);
            values = roomFor(values, i, size);
            values[i] = values[i - 1] + step;
            Packed.check(values[i] >= values[i - 1], what, "a run does not ascend");
        }
        return values;
    }

    private static void writeRanks(DataOutput out, long[] values, int size) throws IOException {
        long[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        writeRun(out, sorted, 0, size);
        int[] next = new int[size];
        Bits.Writer bits = new Bits.Writer(out);
        for (int i = 0; i < size; i++) {
            int first = first(sorted, values[i]);
            bits.write(first + next[first]++, width(size - 1));
        }
        bits.finish();
    }

    /** Returns where the first of equal elements is. */
    private static int first(long[] sorted, long value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static long[] readRanks(DataInput in, String what, int size) throws IOException {
        long[] sorted = readRun(in, what, new long[0], 0, size, size);
        long[] values = new long[size];
        boolean[] seen = new boolean[size];
        Bits.Reader bits = new Bits.Reader(in);
        for (int i = 0; i < size; i++) {
            int rank = (int) bits.read(width(size - 1));
            if (rank >= size || seen[rank]) {
                throw Packed.impossible(what, "rank " + rank + " of " + size + " occurs twice or cannot be");
            }
            seen[rank] = true;
            values[i] = sorted[rank];
        }
        return values;
    }
}

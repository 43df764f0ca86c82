package io.modelmonitor.stats.internal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Bytes of uneven frequencies that are independent of each other, in little more bits than their entropy: a Huffman code (D. A. Huffman, 1952)
 * without long codes, in canonical order. The lengths of the codes come first, in four bits each, from the least byte that occurs to the
 * greatest.
 */
public final class PackedBytes {

    private static final int PLAIN = 0;
    private static final int SAME = 1;
    private static final int CODED = 2;

    private static final int VALUES = 1 << Byte.SIZE;
    private static final int LENGTH_BITS = 4;

    private PackedBytes() {}

    /** Writes bytes: as they are, if they are so few that the lengths of codes take more than codes save. */
    public static void write(DataOutput out, byte[] bytes) throws IOException {
        Packed.writeCount(out, bytes.length);
        if (bytes.length == 0) {
            return;
        }
        int[] counts = new int[VALUES];
        for (byte value : bytes) {
            counts[value & 0xFF]++;
        }
        int least = 0;
        while (counts[least] == 0) {
            least++;
        }
        int greatest = VALUES - 1;
        while (counts[greatest] == 0) {
            greatest--;
        }
        if (least == greatest) {
            out.writeByte(SAME);
            out.writeByte(least);
            return;
        }
        Bits.Writer bits = coded(bytes, counts, least, greatest);
        if (bits.bytes() < bytes.length) {
            out.writeByte(CODED);
            Packed.writeCount(out, bits.bytes());
            bits.finish(out);
        } else {
            out.writeByte(PLAIN);
            out.write(bytes);
        }
    }

    private static Bits.Writer coded(byte[] bytes, int[] counts, int least, int greatest) {
        int[] lengths = lengths(counts);
        Bits.Writer bits = new Bits.Writer();
        bits.write(least, Byte.SIZE);
        bits.write(greatest, Byte.SIZE);
        for (int value = least; value <= greatest; value++) {
            bits.write(lengths[value], LENGTH_BITS);
        }
        new CanonicalCode(lengths).write(bits, bytes);
        return bits;
    }

    /**
     * Reads bytes.
     *
     * @param most how many there may be
     * @throws IllegalArgumentException if there are more, or no bytes are written so
     */
    public static byte[] read(DataInput in, int most) throws IOException {
        int size = Packed.readCount(in, "bytes", most);
        if (size == 0) {
            return new byte[0];
        }
        int form = in.readUnsignedByte();
        return switch (form) {
            case SAME -> {
                byte[] bytes = new byte[size];
                Arrays.fill(bytes, in.readByte());
                yield bytes;
            }
            case PLAIN -> new Bits.Reader(in, size).toByteArray();
            case CODED -> readCoded(in, size);
            default -> throw Packed.impossible("bytes", "there is no form " + form);
        };
    }

    private static byte[] readCoded(DataInput in, int size) throws IOException {
        long length = Packed.readCount(in, "bytes");
        Packed.check(size / Byte.SIZE <= length, "bytes", size, " in ", length);
        Bits.Reader bits = new Bits.Reader(in, length);
        int least = (int) bits.read(Byte.SIZE);
        int greatest = (int) bits.read(Byte.SIZE);
        int[] lengths = new int[VALUES];
        for (int value = least; value <= greatest; value++) {
            lengths[value] = (int) bits.read(LENGTH_BITS);
            Packed.check(lengths[value] <= CanonicalCode.LONGEST, "bytes", "a code of too many bits");
        }
        CanonicalCode code = new CanonicalCode(lengths);
        Packed.check(code.isComplete(), "bytes", "lengths that no code has");
        byte[] bytes = new byte[size];
        code.read(bits, bytes);
        bits.finish("bytes");
        return bytes;
    }

    /** Returns the length of the code of each byte, 0 where it does not occur; at least two occur. */
    private static int[] lengths(int[] counts) {
        int[] weights = counts.clone();
        int[] lengths = huffman(weights);
        while (Arrays.stream(lengths).max().orElse(0) > CanonicalCode.LONGEST) {
            // Rare bytes are made less rare, until no code is too long.
            Arrays.setAll(weights, value -> (weights[value] + 1) / 2);
            lengths = huffman(weights);
        }
        return lengths;
    }

    private static int[] huffman(int[] weights) {
        // The first half are bytes, the others the nodes above them, in the order in which they are made.
        int[] parents = new int[2 * VALUES];
        long[] sums = new long[2 * VALUES];
        PriorityQueue<Integer> lightest = new PriorityQueue<>(
                Comparator.<Integer>comparingLong(node -> sums[node]).thenComparing(Comparator.naturalOrder()));
        for (int value = 0; value < VALUES; value++) {
            sums[value] = weights[value];
            if (weights[value] > 0) {
                lightest.add(value);
            }
        }
        int root = VALUES - 1;
        while (lightest.size() > 1) {
            int one = lightest.remove();
            int other = lightest.remove();
            root++;
            sums[root] = sums[one] + sums[other];
            parents[one] = root;
            parents[other] = root;
            lightest.add(root);
        }
        int[] depths = new int[2 * VALUES];
        for (int node = root - 1; node >= 0; node--) {
            depths[node] = parents[node] == 0 ? 0 : depths[parents[node]] + 1;
        }
        return Arrays.copyOf(depths, VALUES);
    }
}

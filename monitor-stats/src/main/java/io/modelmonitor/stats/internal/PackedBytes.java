package io.modelmonitor.stats.internal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Bytes of uneven frequencies that are independent of each other, in little more bits than their entropy: a canonical Huffman code of at
 * most {@value #LONGEST} bits (D. A. Huffman, 1952; E. S. Schwartz and B. Kallick, 1964). The lengths of the codes come first, in four
 * bits each, from the least byte that occurs to the greatest.
 */
public final class PackedBytes {

    private static final int PLAIN = 0;
    private static final int SAME = 1;
    private static final int CODED = 2;

    private static final int VALUES = 1 << Byte.SIZE;
    private static final int LENGTH_BITS = 4;
    private static final int LONGEST = (1 << LENGTH_BITS) - 1;

    /** Codes of so many bits at most are looked up, two at once where both are so short together. */
    private static final int QUICK = 12;

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
        int[] codes = new Code(lengths).codes;
        Bits.Writer bits = new Bits.Writer();
        bits.write(least, Byte.SIZE);
        bits.write(greatest, Byte.SIZE);
        for (int value = least; value <= greatest; value++) {
            bits.write(lengths[value], LENGTH_BITS);
        }
        for (byte value : bytes) {
            bits.write(codes[value & 0xFF], lengths[value & 0xFF]);
        }
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
        Packed.check(size / Byte.SIZE <= length, "bytes", size + " in " + length);
        Bits.Reader bits = new Bits.Reader(in, length);
        int least = (int) bits.read(Byte.SIZE);
        int greatest = (int) bits.read(Byte.SIZE);
        int[] lengths = new int[VALUES];
        for (int value = least; value <= greatest; value++) {
            lengths[value] = (int) bits.read(LENGTH_BITS);
        }
        Code code = new Code(lengths);
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
        while (Arrays.stream(lengths).max().orElse(0) > LONGEST) {
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

    /** A canonical code: shorter codes are before longer ones, those of the same length in the order of their bytes. */
    private static final class Code {

        /** Where in an entry of what is looked up the second byte is, whether there is one, and the length of all codes. */
        private static final int SECOND = Byte.SIZE;

        private static final int BOTH = 2 * Byte.SIZE;
        private static final int LENGTH = BOTH + 1;

        private final int[] codes = new int[VALUES];
        /** The number of codes of each length. */
        private final int[] numbers = new int[LONGEST + 2];
        /** The bytes in the order of their codes. */
        private final byte[] values = new byte[VALUES];

        private Code(int[] lengths) {
            for (int length : lengths) {
                numbers[length]++;
            }
            int[] next = new int[LONGEST + 2];
            int[] places = new int[LONGEST + 2];
            for (int length = 1; length <= LONGEST; length++) {
                next[length + 1] = (next[length] + numbers[length]) << 1;
                places[length + 1] = places[length] + numbers[length];
            }
            for (int value = 0; value < VALUES; value++) {
                int length = lengths[value];
                if (length == 0) {
                    continue;
                }
                codes[value] = next[length]++;
                values[places[length]++] = (byte) value;
            }
        }

        /** Returns whether every sequence of bits is one of codes. */
        private boolean isComplete() {
            int sum = 0;
            for (int length = 1; length <= LONGEST; length++) {
                sum += numbers[length] << (LONGEST - length);
            }
            return sum == 1 << LONGEST;
        }

        private void read(Bits.Reader bits, byte[] bytes) throws IOException {
            int[] known = known();
            int last = bytes.length - 1;
            int next = 0;
            while (next < last) {
                // As many codes as are ahead for sure are found by one look at the bits.
                long ahead = bits.ahead();
                int used = 0;
                while (used <= Bits.Reader.AHEAD - LONGEST && next < last) {
                    long left = ahead << used;
                    int entry = known[(int) (left >>> (Long.SIZE - QUICK))];
                    entry = entry != 0 ? entry : search((int) (left >>> (Long.SIZE - LONGEST)));
                    bytes[next] = (byte) entry;
                    bytes[next + 1] = (byte) (entry >>> SECOND);
                    next += 1 + ((entry >>> BOTH) & 1);
                    used += entry >>> LENGTH;
                }
                bits.skip(used);
            }
            if (next == last) {
                int entry = search((int) (bits.ahead() >>> (Long.SIZE - LONGEST)));
                bytes[next] = (byte) entry;
                bits.skip(entry >>> LENGTH);
            }
        }

        /** Returns the one or two bytes that each sequence of bits begins with, as {@link #search} does; 0 where a code is longer. */
        private int[] known() {
            int[] first = new int[1 << QUICK];
            int place = 0;
            int filled = 0;
            for (int length = 1; length <= QUICK; length++) {
                for (int i = 0; i < numbers[length]; i++) {
                    int to = filled + (1 << (QUICK - length));
                    Arrays.fill(first, filled, to, (length << LENGTH) | (values[place++] & 0xFF));
                    filled = to;
                }
            }
            int[] both = first.clone();
            for (int bits = 0; bits < filled; bits++) {
                int length = first[bits] >>> LENGTH;
                int second = first[(bits << length) & (first.length - 1)];
                int together = length + (second >>> LENGTH);
                if (second != 0 && together <= QUICK) {
                    both[bits] =
                            (together << LENGTH) | (1 << BOTH) | ((second & 0xFF) << SECOND) | (first[bits] & 0xFF);
                }
            }
            return both;
        }

        /** Returns the byte whose code the bits begin with, and the length of the code in the place {@value #LENGTH}. */
        private int search(int ahead) {
            int first = 0;
            int place = 0;
            int length = 1;
            int code = ahead >>> (LONGEST - length);
            while (code - first >= numbers[length]) {
                first = (first + numbers[length]) << 1;
                place += numbers[length];
                length++;
                code = ahead >>> (LONGEST - length);
            }
            return (length << LENGTH) | (values[place + code - first] & 0xFF);
        }
    }
}

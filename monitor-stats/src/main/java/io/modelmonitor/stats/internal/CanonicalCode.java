package io.modelmonitor.stats.internal;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A canonical prefix code of bytes (E. S. Schwartz and B. Kallick, 1964): shorter codes are before longer ones, those of the same length in
 * the order of their bytes.
 *
 * <p>Where a code begins is known only when the one before it has been read, which takes a processor longer than all else. So the bytes are
 * coded in {@value #PARTS} parts, one behind the other, of which it reads all at the same time.
 */
final class CanonicalCode {

    private static final int VALUES = 1 << Byte.SIZE;

    /** The number of parts, each of the same number of bytes but for rounding. */
    private static final int PARTS = 4;

    /** The most bits of a code; two codes are looked up at once where they have no more together. */
    static final int LONGEST = 12;

    /** So often codes are looked up before the bits ahead are fetched anew. */
    private static final int LOOKUPS = Bits.Reader.AHEAD / LONGEST;

    /** Where an entry of what is looked up has the number of its bytes, of which the first two are the lowest, and their bits. */
    private static final int NUMBER = 2 * Byte.SIZE;

    private static final int LENGTH = 3 * Byte.SIZE;
    private static final int MOST_AT_ONCE = 2 * LOOKUPS;
    private static final VarHandle TWO = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private final int[] lengths;
    private final int[] codes = new int[VALUES];
    /** The number of codes of each length. */
    private final int[] numbers = new int[LONGEST + 2];
    /** The bytes in the order of their codes. */
    private final byte[] values = new byte[VALUES];

    /** @param lengths the length of the code of each byte, at most {@value #LONGEST}; 0 where it does not occur */
    CanonicalCode(int[] lengths) {
        this.lengths = lengths;
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
    boolean isComplete() {
        int sum = 0;
        for (int length = 1; length <= LONGEST; length++) {
            sum += numbers[length] << (LONGEST - length);
        }
        return sum == 1 << LONGEST;
    }

    /** Writes the number of bits of each part but the last, and the codes of all bytes. */
    void write(Bits.Writer bits, byte[] bytes) {
        for (int part = 0; part < PARTS - 1; part++) {
            long length = 0;
            for (int i = start(part, bytes.length); i < start(part + 1, bytes.length); i++) {
                length += lengths[bytes[i] & 0xFF];
            }
            bits.writeGroups(length);
        }
        for (byte value : bytes) {
            bits.write(codes[value & 0xFF], lengths[value & 0xFF]);
        }
    }

    private static int start(int part, int size) {
        return (int) ((long) size * part / PARTS);
    }

    /**
     * Reads as many bytes as there is room for, of a code that is complete.
     *
     * @throws IllegalArgumentException if a part does not end where the next one begins
     */
    void read(Bits.Reader bits, byte[] bytes) throws IOException {
        long[] ends = new long[PARTS];
        for (int part = 0; part < PARTS - 1; part++) {
            ends[part] = bits.readGroups("bytes");
        }
        long[] at = new long[PARTS];
        int[] next = new int[PARTS];
        at[0] = bits.place();
        for (int part = 1; part < PARTS; part++) {
            Packed.check(ends[part - 1] <= bits.end() - at[part - 1], "bytes", "a part has more bits than are there");
            at[part] = at[part - 1] + ends[part - 1];
            ends[part - 1] = at[part];
            next[part] = start(part, bytes.length);
        }
        int[] known = known();
        // Each part has so many bytes at least; and of those read at once, none is beyond the end of its part.
        for (int left = bytes.length / PARTS; left >= MOST_AT_ONCE; ) {
            int most = 0;
            for (int part = 0; part < PARTS; part++) {
                int read = lookUp(bits.ahead(at[part]), known, bytes, next[part]);
                next[part] += read & 0xFF;
                at[part] = bits.checked(at[part] + (read >>> Byte.SIZE));
                most = Math.max(most, next[part] - start(part, bytes.length));
            }
            left = bytes.length / PARTS - most;
        }
        for (int part = 0; part < PARTS; part++) {
            at[part] = readRest(bits, at[part], known, bytes, next[part], start(part + 1, bytes.length));
            Packed.check(
                    part == PARTS - 1 || at[part] == ends[part], "bytes", "a part does not end where the next begins");
        }
        bits.goTo(at[PARTS - 1]);
    }

    /** Reads some bytes and returns their number and, from the second byte on, that of their bits. */
    private int lookUp(long ahead, int[] known, byte[] bytes, int from) {
        long left = ahead;
        int next = from;
        int read = 0;
        for (int i = 0; i < LOOKUPS; i++) {
            int entry = known[(int) (left >>> (Long.SIZE - LONGEST))];
            TWO.set(bytes, next, (short) entry);
            next += (entry >>> NUMBER) & 0xFF;
            left <<= entry >>> LENGTH;
            read += entry >>> NUMBER;
        }
        return read;
    }

    /** Reads the last bytes of a part from a place in the bits, and returns the place behind them. */
    private long readRest(Bits.Reader bits, long from, int[] known, byte[] bytes, int first, int end)
            throws EOFException {
        long at = from;
        for (int next = first; next < end; ) {
            long left = bits.ahead(at);
            int entry = known[(int) (left >>> (Long.SIZE - LONGEST))];
            bytes[next++] = (byte) entry;
            at = bits.checked(at + lengths[entry & 0xFF]);
        }
        return at;
    }

    /** Returns the one or two bytes that each sequence of bits begins with. */
    private int[] known() {
        int[] first = new int[1 << LONGEST];
        int place = 0;
        int filled = 0;
        for (int length = 1; length <= LONGEST; length++) {
            for (int i = 0; i < numbers[length]; i++) {
                int to = filled + (1 << (LONGEST - length));
                Arrays.fill(first, filled, to, entry(values[place++], length));
                filled = to;
            }
        }
        int[] both = first.clone();
        for (int bits = 0; bits < both.length; bits++) {
            int length = first[bits] >>> LENGTH;
            int second = first[(bits << length) & (first.length - 1)];
            if (length + (second >>> LENGTH) <= LONGEST) {
                // Numbers and lengths add up; the second byte is above the first.
                both[bits] = first[bits] + (second & -(1 << NUMBER)) + ((second & 0xFF) << Byte.SIZE);
            }
        }
        return both;
    }

    private static int entry(byte value, int length) {
        return (length << LENGTH) | (1 << NUMBER) | (value & 0xFF);
    }
}

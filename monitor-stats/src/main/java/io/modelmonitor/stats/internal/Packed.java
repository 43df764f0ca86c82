package io.modelmonitor.stats.internal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts, numbers and texts of saved states. Reading allocates in proportion to what is there, never to what is claimed, and
 * refuses what no state can hold with one line.
 */
public final class Packed {

    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private Packed() {}

    /** Writes a count of at least 0 in the fewest groups of seven bits, the lowest first. */
    public static void writeCount(DataOutput out, long count) throws IOException {
        if (count < 0) {
            throw impossible("count", count + " is negative");
        }
        writeGroups(out, count);
    }

    private static void writeGroups(DataOutput out, long bits) throws IOException {
        long left = bits;
        while (left >>> BITS != 0) {
            out.writeByte(((int) left & (MORE - 1)) | MORE);
            left >>>= BITS;
        }
        out.writeByte((int) left);
    }

    private static long readGroups(DataInput in, String what) throws IOException {
        long bits = 0;
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            int group = in.readUnsignedByte();
            bits |= (long) (group & (MORE - 1)) << shift;
            if (group < MORE) {
                // One form for each number: no group of zeros behind another, and no bit beyond the last.
                check(group > 0 || shift == 0, what, "it ends with zeros");
                check(shift + BITS < Long.SIZE || group == 1, what, "more than 64 bits");
                return bits;
            }
        }
        throw impossible(what, "more than 64 bits");
    }

    /** Reads a count of at least 0. */
    public static long readCount(DataInput in, String what) throws IOException {
        long count = readGroups(in, what);
        if (count < 0) {
            throw impossible(what, count + "; a number from 0 is expected");
        }
        return count;
    }

    /** Reads a count from 0 to a limit. */
    public static int readCount(DataInput in, String what, int most) throws IOException {
        long count = readCount(in, what);
        if (count > most) {
            throw impossible(what, count + "; at most " + most + " is expected");
        }
        return (int) count;
    }

    /** Writes a number that may be negative but is mostly small. */
    public static void writeSigned(DataOutput out, long value) throws IOException {
        writeGroups(out, folded(value));
    }

    /** Maps numbers to bits of which few are set in those near 0, and back. */
    static long folded(long value) {
        return (value << 1) ^ (value >> (Long.SIZE - 1));
    }

    static long unfolded(long bits) {
        return (bits >>> 1) ^ -(bits & 1);
    }

    /** Reads a number that may be negative. */
    public static long readSigned(DataInput in, String what) throws IOException {
        return unfolded(readGroups(in, what));
    }

    /** Writes counts whose number is known. */
    public static void writeCounts(DataOutput out, long[] counts) throws IOException {
        for (long count : counts) {
            writeCount(out, count);
        }
    }

    /**
     * Reads counts.
     *
     * @param counts receives them, and says how many there are
     * @return their sum
     * @throws IllegalArgumentException if it exceeds a long
     */
    public static long readCounts(DataInput in, String what, long[] counts) throws IOException {
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            counts[i] = readCount(in, what);
            sum = sum(what, sum, counts[i]);
        }
        return sum;
    }

    /**
     * Returns the sum of two counts.
     *
     * @throws IllegalArgumentException if it exceeds a long
     */
    public static long sum(String what, long one, long other) {
        long sum = one + other;
        check(sum >= 0, what, "they sum to more than ", Long.MAX_VALUE);
        return sum;
    }

    /** Reads a finite number. */
    public static double readFinite(DataInput in, String what) throws IOException {
        double number = in.readDouble();
        check(Double.isFinite(number), what, number, "; a finite number is expected");
        return number;
    }

    /** Reads a finite number of at least 0. */
    public static double readSize(DataInput in, String what) throws IOException {
        double number = readFinite(in, what);
        check(number >= 0, what, number, "; a number from 0 is expected");
        return number;
    }

    /** Reads a flag, of which no bit but the last may be set. */
    public static boolean readFlag(DataInput in, String what) throws IOException {
        int flag = in.readUnsignedByte();
        check(flag <= 1, what, flag, "; 0 or 1 is expected");
        return flag == 1;
    }

    /** Writes a text, one byte for each ASCII character, unpaired surrogates included. */
    public static void writeText(DataOutput out, String text) throws IOException {
        writeText(out, "", text);
    }

    /** Reads a text. */
    public static String readText(DataInput in, String what) throws IOException {
        return readText(in, what, "");
    }

    /** Writes a text that often begins as the one before it does. */
    public static void writeText(DataOutput out, String before, String text) throws IOException {
        int most = Math.min(before.length(), text.length());
        int shared = 0;
        while (shared < most && before.charAt(shared) == text.charAt(shared)) {
            shared++;
        }
        if (!before.isEmpty()) {
            writeCount(out, shared);
        }
        writeCount(out, text.length() - shared);
        for (int i = shared; i < text.length(); i++) {
            writeCount(out, text.charAt(i));
        }
    }

    /** Reads a text that often begins as the one before it does. */
    public static String readText(DataInput in, String what, String before) throws IOException {
        return readText(in, what, new StringBuilder(before));
    }

    /** Reads a text that often begins as the one before it does, and puts it in that one's place. */
    public static String readText(DataInput in, String what, StringBuilder text) throws IOException {
        int shared = text.isEmpty() ? 0 : readCount(in, what, text.length());
        int rest = readCount(in, what, Integer.MAX_VALUE - shared);
        text.setLength(shared);
        for (int i = 0; i < rest; i++) {
            text.append((char) readCount(in, what, Character.MAX_VALUE));
        }
        return text.toString();
    }

    /**
     * Checks what a state has to be.
     *
     * @param why one text after the other; they are joined only where the check fails, as numbers take longer to write than to read
     * @throws IllegalArgumentException if it is not; the message is one line
     */
    public static void check(boolean possible, String what, Object... why) {
        if (!possible) {
            throw impossible(what, Arrays.stream(why).map(String::valueOf).collect(Collectors.joining()));
        }
    }

    /** Writes the name of a constant, or of none. */
    public static void writeConstant(DataOutput out, @Nullable Enum<?> constant) throws IOException {
        writeText(out, constant == null ? "" : constant.name());
    }

    /** Reads one of these constants, or null for none. */
    public static <E extends Enum<E>> @Nullable E readConstant(DataInput in, String what, E[] constants)
            throws IOException {
        String name = readText(in, what);
        if (name.isEmpty()) {
            return null;
        }
        for (E constant : constants) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw impossible(what, "'" + name + "', which is none of " + Arrays.toString(constants));
    }

    /** Returns the complaint that a part of a state is impossible. */
    public static IllegalArgumentException impossible(String what, String why) {
        return new IllegalArgumentException(what + ": " + why);
    }
}

package io.modelmonitor.internal.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Eight bytes of a text in a {@code long}, the first one in the lowest byte, looked at together. What is searched for is told as
 * hits: a number in which the lowest bit that is set belongs to the first byte that was searched for; none is set if there is
 * no such byte. Other bits mean nothing.
 *
 * <p>The searches are by H. S. Warren, "Hacker's Delight" (2012), section 6-1: a byte below 128 from which {@code n} is taken
 * has its highest bit set afterwards, and not before, if it is below {@code n}. Only such a byte borrows from the next one, so
 * the first hit is always a true one.
 */
public final class EightBytes {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = ONES << 7;

    private EightBytes() {}

    /** Returns the bytes from an index on, of which there must be eight. */
    public static long at(byte[] bytes, int index) {
        return (long) WORD.get(bytes, index);
    }

    /** Searches for bytes below a limit, which is at most 128. */
    public static long below(long eight, int limit) {
        return (eight - ONES * limit) & ~eight & HIGHEST_BITS;
    }

    /** Searches for a character of ASCII. */
    public static long equalTo(long eight, char ascii) {
        return below(eight ^ (ONES * ascii), 1);
    }

    /** Searches for bytes that a string of JSON cannot hold as they are: quotes, backslashes, and those below the space. */
    public static long escapedInJson(long eight) {
        long quotes = (eight ^ (ONES * '"')) - ONES;
        long backslashes = (eight ^ (ONES * '\\')) - ONES;
        return ((eight - ONES * ' ') | quotes | backslashes) & ~eight & HIGHEST_BITS;
    }

    /** Searches for bytes beyond ASCII. */
    public static long beyondAscii(long eight) {
        return eight & HIGHEST_BITS;
    }

    /** Returns the place of the first hit, from 0; 8 if there is none. */
    public static int first(long hits) {
        return Long.numberOfTrailingZeros(hits) >>> 3;
    }

    /**
     * Returns whether all bytes are digits of ASCII: the upper half of each is 3, and still is when 6 has been added, which makes
     * 4 of it beyond 9.
     */
    public static boolean areDigits(long eight) {
        long upper = 0xF0F0_F0F0_F0F0_F0F0L;
        return ((eight & upper) | (((eight + 0x0606_0606_0606_0606L) & upper) >>> 4)) == 0x3333_3333_3333_3333L;
    }

    /**
     * Returns the number that eight digits are: neighbours are joined to groups of two, of four and of eight digits (D. Lemire,
     * "Number parsing at a gigabyte per second", 2021, section 5).
     */
    public static int number(long digits) {
        long ones = digits - ONES * '0';
        long twos = (ones * 10 + (ones >>> 8)) & 0x00FF_00FF_00FF_00FFL;
        long fours = (twos * 100 + (twos >>> 16)) & 0x0000_FFFF_0000_FFFFL;
        return (int) (fours * 10_000 + (fours >>> 32));
    }
}

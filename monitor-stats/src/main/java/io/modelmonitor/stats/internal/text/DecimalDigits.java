package io.modelmonitor.stats.internal.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Digits as ASCII characters. Each method returns where the text ends. */
final class DecimalDigits {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030_3030_3030_3030L;
    private static final long EIGHT = 100_000_000;
    private static final long[] POWERS = new long[19];
    private static final byte[] PAIRS = new byte[200];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    private DecimalDigits() {}

    /** Returns how many digits a number has that is not negative and below 10<sup>18</sup>. */
    static int count(long digits) {
        // 1233 / 4096 is a little less than log10(2), and near enough for numbers of 64 bits.
        int least = ((Long.SIZE - Long.numberOfLeadingZeros(digits | 1)) * 1233) >>> 12;
        return digits < POWERS[least] ? Math.max(1, least) : least + 1;
    }

    static int put(byte[] to, int at, char character) {
        to[at] = (byte) character;
        return at + 1;
    }

    static int put(byte[] to, int at, String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            to[at + i] = (byte) ascii.charAt(i);
        }
        return at + ascii.length();
    }

    /** Writes a number that has so many digits. */
    static int put(byte[] to, int at, long digits, int count) {
        int place = at + count;
        long left = digits;
        for (; place >= at + 8; place -= 8) {
            long rest = left / EIGHT;
            WORD.set(to, place - 8, word((int) (left - EIGHT * rest)));
            left = rest;
        }
        int small = (int) left;
        for (; place >= at + 2; place -= 2) {
            int rest = small / 100;
            int pair = 2 * (small - 100 * rest);
            to[place - 2] = PAIRS[pair];
            to[place - 1] = PAIRS[pair + 1];
            small = rest;
        }
        if (place > at) {
            to[at] = (byte) ('0' + small);
        }
        return at + count;
    }

    /**
     * Returns eight digits as characters, the first in the lowest byte: the number is halved three times, into groups of four,
     * of two and of one digit that are divided at once (P. Khuong, "How to print integers really fast", 2017). A group of four
     * is divided by 100 as {@code n * 10486 >> 20}, one of two by 10 as {@code n * 103 >> 10}, which is exact for both.
     */
    private static long word(int digits) {
        int high = digits / 10_000;
        long fours = high | (long) (digits - 10_000 * high) << 32;
        long hundreds = ((fours * 10_486) >>> 20) & 0x0000007F_0000007FL;
        long twos = hundreds | (fours - 100 * hundreds) << 16;
        long tens = ((twos * 103) >>> 10) & 0x000F_000F_000F_000FL;
        return (tens | (twos - 10 * tens) << 8) + ZEROS;
    }

    /**
     * Writes a number below 10<sup>7</sup> with a point among its digits, and at least one digit on either side of it.
     *
     * @param to has room for eight characters, all of which may change
     * @param decimals how many of the digits stand behind the point, at most 6
     */
    static int withPoint(byte[] to, int at, int digits, int decimals) {
        int places = Math.max(count(digits), decimals + 1);
        long word = word(digits) >>> (64 - 8 * places);
        int point = 8 * (places - decimals);
        long before = word & ((1L << point) - 1);
        WORD.set(to, at, before | (long) '.' << point | (word >>> point) << (point + 8));
        return at + places + 1;
    }

    /**
     * Writes digits with a point among them, and at least one digit on either side of it.
     *
     * @param before how many of the digits stand before the point; none or fewer, if zeros have to follow it
     */
    static int withPoint(byte[] to, int at, long digits, int count, int before) {
        if (before <= 0) {
            int end = put(to, at, "0.");
            for (int zeros = before; zeros < 0; zeros++) {
                end = put(to, end, '0');
            }
            return put(to, end, digits, count);
        }
        long enough = digits;
        int places = count;
        for (; places <= before; places++) {
            enough *= 10;
        }
        int end = put(to, at + 1, enough, places);
        for (int i = at; i < at + before; i++) {
            to[i] = to[i + 1];
        }
        to[at + before] = '.';
        return end;
    }
}

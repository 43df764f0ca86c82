package io.modelmonitor.stats.sketch;

/** Digits as ASCII characters. Each method returns where the text ends. */
final class DecimalDigits {

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
        while (place >= at + 2) {
            long rest = left / 100;
            int pair = 2 * (int) (left - 100 * rest);
            left = rest;
            place -= 2;
            to[place] = PAIRS[pair];
            to[place + 1] = PAIRS[pair + 1];
        }
        if (place > at) {
            to[at] = (byte) ('0' + left);
        }
        return at + count;
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

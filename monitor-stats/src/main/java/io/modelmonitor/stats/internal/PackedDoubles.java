package io.modelmonitor.stats.internal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Arrays of doubles in few bytes, bit for bit: as positions among numbers that the reader knows already, as decimals of the
 * same few digits, or as their bits in the order of the numbers.
 */
public final class PackedDoubles {

    private static final int KNOWN = 254;
    private static final int BITS = 255;
    private static final double LARGEST_WHOLE = 0x1p53;
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

    private PackedDoubles() {}

    /** Writes the first numbers of an array, in their order. */
    public static void write(DataOutput out, double[] values, int size) throws IOException {
        write(out, values, size, new double[0]);
    }

    /**
     * Writes the first numbers of an array, in their order.
     *
     * @param known distinct numbers in ascending order, which the reader will know
     */
    public static void write(DataOutput out, double[] values, int size, double[] known) throws IOException {
        long[] longs = new long[size];
        int form = form(values, size, known, longs);
        out.writeByte(form);
        PackedLongs.write(out, longs, size);
    }

    private static int form(double[] values, int size, double[] known, long[] longs) {
        if (known.length > 0 && size > 0 && arePositions(values, size, known, longs)) {
            return KNOWN;
        }
        for (int digits = 0; digits < POWERS.length; digits++) {
            if (areDecimals(values, size, POWERS[digits], longs)) {
                return digits;
            }
        }
        for (int i = 0; i < size; i++) {
            longs[i] = LongSorter.ordered(Double.doubleToRawLongBits(values[i]));
        }
        return BITS;
    }

    private static boolean arePositions(double[] values, int size, double[] known, long[] longs) {
        for (int i = 0; i < size; i++) {
            int position = position(known, values[i]);
            if (!same(known[position], values[i])) {
                return false;
            }
            longs[i] = position;
        }
        return true;
    }

    /** Returns where a number is if it is there. */
    private static int position(double[] known, double value) {
        int position = 0;
        // Which half is next cannot be predicted, so no branch depends on it.
        for (int size = known.length; size > 1; size -= size >>> 1) {
            position += known[position + (size >>> 1) - 1] < value ? size >>> 1 : 0;
        }
        return position;
    }

    private static boolean areDecimals(double[] values, int size, double power, long[] longs) {
        for (int i = 0; i < size; i++) {
            double scaled = Math.rint(values[i] * power);
            if (!(Math.abs(scaled) <= LARGEST_WHOLE) || !same((long) scaled / power, values[i])) {
                return false;
            }
            longs[i] = (long) scaled;
        }
        return true;
    }

    private static boolean same(double one, double other) {
        return Double.doubleToRawLongBits(one) == Double.doubleToRawLongBits(other);
    }

    /** Reads an array of at most so many numbers. */
    public static double[] read(DataInput in, String what, int most) throws IOException {
        return read(in, what, most, new double[0]);
    }

    /**
     * Reads an array.
     *
     * @param what names the array in the message
     * @param most how many numbers there may be
     * @param known the numbers that were known when it was written
     * @throws IllegalArgumentException if there are more, or it is no such array
     */
    public static double[] read(DataInput in, String what, int most, double[] known) throws IOException {
        int form = in.readUnsignedByte();
        Packed.check(form < POWERS.length || form == KNOWN || form == BITS, what, "there is no form ", form);
        long[] longs = PackedLongs.read(in, what, most);
        double[] values = new double[longs.length];
        if (form == BITS) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Double.longBitsToDouble(LongSorter.ordered(longs[i]));
            }
        } else if (form == KNOWN) {
            for (int i = 0; i < values.length; i++) {
                values[i] = known(what, known, longs[i]);
            }
        } else {
            double power = POWERS[form];
            for (int i = 0; i < values.length; i++) {
                values[i] = longs[i] / power;
            }
        }
        return values;
    }

    private static double known(String what, double[] known, long position) {
        if (position < 0 || position >= known.length) {
            throw Packed.impossible(what, "position " + position + " of " + known.length);
        }
        return known[(int) position];
    }
}

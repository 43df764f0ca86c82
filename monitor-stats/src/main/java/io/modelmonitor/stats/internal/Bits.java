package io.modelmonitor.stats.internal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Numbers of any width, one bit after the other, the highest of each byte first. */
final class Bits {

    private Bits() {}

    /** Writes bits; {@link #finish()} fills the last byte and hands all bytes on, in one piece. */
    static final class Writer {

        private final DataOutput out;
        private byte[] bytes = new byte[64];
        private int size;
        private long pending;
        private int present;

        Writer(DataOutput out) {
            this.out = out;
        }

        void write(long value, int width) {
            if (width > Integer.SIZE) {
                add(value >>> Integer.SIZE, width - Integer.SIZE);
                add(value, Integer.SIZE);
            } else {
                add(value, width);
            }
        }

        /** Adds at most 32 bits; fewer than 8 are pending before and after. */
        private void add(long value, int width) {
            pending = (pending << width) | (value & ((1L << width) - 1));
            present += width;
            while (present >= Byte.SIZE) {
                present -= Byte.SIZE;
                if (size == bytes.length) {
                    bytes = Arrays.copyOf(bytes, 2 * size);
                }
                bytes[size++] = (byte) (pending >>> present);
            }
        }

        void finish() throws IOException {
            if (present > 0) {
                add(0, Byte.SIZE - present);
            }
            out.write(bytes, 0, size);
            size = 0;
        }
    }

    /** Reads what a writer wrote, and no byte beyond. */
    static final class Reader {

        private final DataInput in;
        private int pending;
        private int present;

        Reader(DataInput in) {
            this.in = in;
        }

        long read(int width) throws IOException {
            long value = 0;
            int left = width;
            while (left > 0) {
                if (present == 0) {
                    pending = in.readUnsignedByte();
                    present = Byte.SIZE;
                }
                int some = Math.min(left, present);
                present -= some;
                left -= some;
                value = (value << some) | ((pending >>> present) & ((1 << some) - 1));
            }
            return value;
        }
    }
}

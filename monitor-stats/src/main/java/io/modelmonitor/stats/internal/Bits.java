package io.modelmonitor.stats.internal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Numbers of any width, one bit after the other, the highest of each byte first. */
final class Bits {

    private Bits() {}

    /** Writes bits; {@link #finish()} fills the last byte. */
    static final class Writer {

        private final DataOutput out;
        private int pending;
        private int free = Byte.SIZE;

        Writer(DataOutput out) {
            this.out = out;
        }

        void write(long value, int width) throws IOException {
            int left = width;
            while (left > 0) {
                int some = Math.min(left, free);
                left -= some;
                free -= some;
                pending |= ((int) (value >>> left) & ((1 << some) - 1)) << free;
                if (free == 0) {
                    out.writeByte(pending);
                    pending = 0;
                    free = Byte.SIZE;
                }
            }
        }

        void finish() throws IOException {
            if (free < Byte.SIZE) {
                write(0, free);
            }
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

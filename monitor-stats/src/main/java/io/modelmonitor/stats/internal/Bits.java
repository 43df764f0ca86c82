package io.modelmonitor.stats.internal;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers of any width, one bit after the other, the highest of each byte first. */
final class Bits {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int GROUP = 7;
    private static final int CHUNK = 1 << 14;
    private static final long MOST = 1L << 30;

    private Bits() {}

    /** Collects bits; {@link #finish} fills the last byte. */
    static final class Writer {

        private byte[] bytes = new byte[64];
        private int size;
        private long pending;
        private int present;

        /** Adds the lowest bits of a number; fewer than 64 are pending before and after. */
        void write(long value, int width) {
            long bits = width == Long.SIZE ? value : value & ((1L << width) - 1);
            int free = Long.SIZE - present;
            if (width < free) {
                pending = (pending << width) | bits;
                present += width;
            } else {
                // Nothing is pending where all 64 are free, so that it does not matter by how much that is shifted.
                int rest = width - free;
                store((pending << free) | (bits >>> rest));
                size += Long.BYTES;
                pending = bits & ((1L << rest) - 1);
                present = rest;
            }
        }

        private void store(long word) {
            if (size + Long.BYTES > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * bytes.length);
            }
            LONG.set(bytes, size, word);
        }

        /** Writes a number in the fewest groups of seven bits, each behind a bit that says whether more follow. */
        void writeGroups(long bits) {
            long left = bits;
            for (; left >>> GROUP != 0; left >>>= GROUP) {
                write(left | (1L << GROUP), GROUP + 1);
            }
            write(left, GROUP + 1);
        }

        /** Returns how many bytes there are, the last of which may not be full. */
        int bytes() {
            return size + (present + Byte.SIZE - 1) / Byte.SIZE;
        }

        /** Writes all bytes; nothing may be added afterwards. */
        void finish(DataOutput out) throws IOException {
            store(pending << (Long.SIZE - present));
            out.write(bytes, 0, bytes());
        }
    }

    /** Reads what a writer wrote, from a known number of bytes. */
    static final class Reader {

        /** The number of bits that can be looked at before they are read. */
        static final int AHEAD = Long.SIZE - Byte.SIZE + 1;

        private final byte[] bytes;
        private final long end;
        private long place;

        /**
         * Reads so many bytes, in memory that grows with those that are there.
         *
         * @throws EOFException if there are fewer
         */
        Reader(DataInput in, long length) throws IOException {
            Packed.check(length <= MOST, "bits", length, " bytes");
            // Behind the last byte are some that may be looked at, but not be read.
            byte[] read = new byte[(int) Math.min(length, CHUNK) + Long.BYTES];
            for (long next = 0; next < length; ) {
                int some = (int) Math.min(length - next, CHUNK);
                if (next + some + Long.BYTES > read.length) {
                    long doubled = Math.min(length, 2 * next) + Long.BYTES;
                    read = Arrays.copyOf(read, Math.toIntExact(doubled));
                }
                in.readFully(read, (int) next, some);
                next += some;
            }
            this.bytes = read;
            this.end = length * Byte.SIZE;
        }

        /** Returns the next bits from the highest on, {@value #AHEAD} at least, without going on; zeros are behind the last. */
        long ahead() {
            return ahead(place);
        }

        /** Returns the bits from a place on, which is at most the end. */
        long ahead(long at) {
            return (long) LONG.get(bytes, (int) (at >>> 3)) << (int) (at & 7);
        }

        /** Returns the place of the next bit. */
        long place() {
            return place;
        }

        /** Returns the place behind the last bit. */
        long end() {
            return end;
        }

        /** Goes to a place. */
        void goTo(long at) throws EOFException {
            place = checked(at);
        }

        /** Goes on by so many bits. */
        void skip(int width) throws EOFException {
            goTo(place + width);
        }

        /** Returns a place that is not beyond the end. */
        long checked(long at) throws EOFException {
            if (at > end) {
                throw new EOFException();
            }
            return at;
        }

        long read(int width) throws EOFException {
            if (width > Integer.SIZE) {
                long high = read(width - Integer.SIZE);
                return (high << Integer.SIZE) | read(Integer.SIZE);
            }
            long value = width == 0 ? 0 : ahead() >>> (Long.SIZE - width);
            skip(width);
            return value;
        }

        /** Returns all bytes. */
        byte[] toByteArray() {
            return Arrays.copyOf(bytes, (int) (end / Byte.SIZE));
        }

        /**
         * Reads ascending numbers by their steps, each as {@link #readRice} has it.
         *
         * @param values receives the numbers from a place to another, of which the first has one before it
         * @return whether none is less than the one before it
         */
        boolean readSteps(long[] values, int from, int to, int most, int lower) throws EOFException {
            long last = values[from - 1];
            boolean ascends = true;
            long at = place;
            // The bits from there on that were fetched and are left, and their number: they are several steps mostly,
            // and where a step begins
            // is known sooner than bits are fetched anew. Zeros follow them, so that ones that go on behind them are
            // not counted.
            long left = 0;
            int known = 0;
            for (int i = from; i < to; i++) {
                int ones = Long.numberOfLeadingZeros(~left);
                if (ones + 1 + lower > known) {
                    left = ahead(at);
                    known = AHEAD;
                    ones = Long.numberOfLeadingZeros(~left);
                }
                int width = ones + 1 + lower;
                long step;
                if (ones < most && width <= known) {
                    at = checked(at + width);
                    step = ((long) ones << lower) | (((left << (ones + 1)) >>> 1) >>> (Long.SIZE - 1 - lower));
                    left <<= width;
                    known -= width;
                } else {
                    place = at;
                    step = readRice(most, lower);
                    at = place;
                    known = 0;
                }
                long next = last + step;
                ascends &= next >= last;
                values[i] = next;
                last = next;
            }
            place = at;
            return ascends;
        }

        /**
         * Reads a number as the number of ones that its higher bits are and, behind a zero, its lower bits; the whole number is behind
         * the most ones.
         *
         * @param most the most ones, at most 24
         * @param lower how many the lower bits are
         */
        private long readRice(int most, int lower) throws EOFException {
            long ahead = ahead();
            int ones = Math.min(most, Long.numberOfLeadingZeros(~ahead));
            if (ones == most) {
                skip(most);
                return read(Long.SIZE);
            }
            skip(ones + 1);
            return ((long) ones << lower) | read(lower);
        }

        /** Reads a number that is in the fewest groups of seven bits. */
        long readGroups(String what) throws EOFException {
            long bits = 0;
            for (int shift = 0; shift < Long.SIZE; shift += GROUP) {
                long group = read(GROUP + 1);
                bits |= (group & ((1 << GROUP) - 1)) << shift;
                if (group < 1 << GROUP) {
                    Packed.check(group > 0 || shift == 0, what, "it ends with zeros");
                    Packed.check(shift + GROUP < Long.SIZE || group == 1, what, "more than 64 bits");
                    return bits;
                }
            }
            throw Packed.impossible(what, "more than 64 bits");
        }

        /**
         * Checks that nothing is left but zeros that fill the last byte.
         *
         * @throws IllegalArgumentException if there is
         */
        void finish(String what) throws EOFException {
            long left = end - place;
            Packed.check(left < Byte.SIZE && read((int) left) == 0, what, "something follows the last bit");
        }
    }
}

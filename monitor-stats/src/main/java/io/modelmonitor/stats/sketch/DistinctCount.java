package io.modelmonitor.stats.sketch;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import io.modelmonitor.stats.internal.Hashes;
import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.PackedBytes;
import io.modelmonitor.stats.internal.PackedLongs;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The number of distinct values of a stream: exact up to {@value #EXACT_LIMIT}, estimated by UltraLogLog beyond (Ertl,
 * <i>UltraLogLog: a practical and more space-efficient alternative to HyperLogLog</i>, PVLDB 17(7), 2024) with
 * 2<sup>14</sup> registers: a standard error of 0.61 %, whatever the number.
 *
 * <p>Values are known by 64-bit hashes; that two values share one, and count as one, is a matter of less than one in a
 * million for a million values. A text and a number are different values; numbers are equal as numbers are, {@code 0.0}
 * and {@code -0.0} included, and all NaNs are one value. Merging is associative, commutative and lossless: it gives the
 * state of one pass over both. An addition costs constant time and the hash; at most 80 KB. One thread may change a state at
 * a time.
 */
public final class DistinctCount {

    /** Up to how many different values the count is exact. */
    public static final int EXACT_LIMIT = 4096;

    private static final int PRECISION = 14;
    private static final double STANDARD_ERROR = 0.0061;

    private static final byte[] MERGED = mergedRegisters();

    private static final int EXACT = 0;
    private static final int ESTIMATED = 1;
    private static final int STATED = 2;

    /** An open-addressed set of the hashes seen, 0 for a free place; empty once they are too many. */
    private long[] hashes = new long[16];

    private int size;
    private @Nullable UltraLogLog registers;
    private double stated = Double.NaN;

    private DistinctCount() {}

    /** Returns the count of no values. */
    public static DistinctCount create() {
        return new DistinctCount();
    }

    /**
     * Returns a count that somebody else has made and of which only the result is known. Its error is unknown (NaN); merged
     * with another, the larger of both is what is left, a lower bound.
     *
     * @param estimate the number of different values, at least 0
     * @throws IllegalArgumentException if it is negative or NaN
     */
    public static DistinctCount stated(double estimate) {
        if (!(estimate >= 0)) {
            throw new IllegalArgumentException("estimate: " + estimate + "; a number from 0 is expected");
        }
        DistinctCount count = new DistinctCount();
        count.stated = estimate;
        return count;
    }

    /** Adds a text. */
    public void add(CharSequence text) {
        addHash(Hashes.of(text));
    }

    /** Adds a number. */
    public void add(double number) {
        addHash(Hashes.of(number));
    }

    /** Adds numbers. */
    void add(double[] numbers, int from, int to) {
        int next = from;
        while (registers == null && next < to) {
            addHash(Hashes.of(numbers[next++]));
        }
        UltraLogLog known = registers;
        if (known != null) {
            byte[] state = known.getState();
            for (; next < to; next++) {
                addTo(state, Hashes.of(numbers[next]));
            }
        }
    }

    /** Adds a value by its hash. */
    void addHash(long hash) {
        UltraLogLog known = registers;
        if (known != null) {
            addTo(known.getState(), hash);
            return;
        }
        long key = hash == 0 ? 1 : hash;
        int mask = hashes.length - 1;
        int place = (int) key & mask;
        while (hashes[place] != key) {
            if (hashes[place] == 0) {
                hashes[place] = key;
                if (++size > EXACT_LIMIT) {
                    estimate(hashes);
                } else if (2 * size > hashes.length) {
                    grow();
                }
                return;
            }
            place = place + 1 & mask;
        }
    }

    /**
     * Adds a hash to registers, as {@link UltraLogLog#add(long)} does, which computes the register anew: its first bits are the register's
     * number, the zeros that follow a register of its own, which is merged. Without a branch, which could not be predicted.
     */
    static void addTo(byte[] registers, long hash) {
        int index = (int) (hash >>> (Long.SIZE - PRECISION));
        int zeros = Long.numberOfLeadingZeros(hash << PRECISION | (1 << PRECISION) - 1);
        int alone = (zeros + PRECISION - 1) << 2;
        registers[index] = MERGED[(registers[index] & 0xFF) << Byte.SIZE | alone];
    }

    private void grow() {
        long[] old = hashes;
        hashes = new long[2 * old.length];
        size = 0;
        for (long hash : old) {
            if (hash != 0) {
                addHash(hash);
            }
        }
    }

    private void estimate(long[] known) {
        UltraLogLog made = UltraLogLog.create(PRECISION);
        for (long hash : known) {
            if (hash != 0) {
                addTo(made.getState(), hash);
            }
        }
        registers = made;
        hashes = new long[0];
        size = 0;
    }

    /** Returns the count of the values of both; neither is changed. */
    public DistinctCount merge(DistinctCount other) {
        DistinctCount merged = copy();
        merged.absorb(other);
        return merged;
    }

    /** Adds the values of another, which stays as it is. */
    void absorb(DistinctCount other) {
        if (isStated() || other.isStated()) {
            stated = Math.max(estimate(), other.estimate());
            return;
        }
        UltraLogLog theirs = other.registers;
        if (theirs != null) {
            if (registers == null) {
                estimate(hashes);
            }
            UltraLogLog ours = registers;
            if (ours != null) {
                merge(ours.getState(), theirs.getState());
            }
        }
        for (long hash : other.hashes) {
            if (hash != 0) {
                addHash(hash);
            }
        }
    }

    /** Merges registers into others, as {@link UltraLogLog#add(UltraLogLog)} does, which computes each anew. */
    static void merge(byte[] ours, byte[] theirs) {
        for (int i = 0; i < ours.length; i++) {
            ours[i] = MERGED[((ours[i] & 0xFF) << Byte.SIZE) | (theirs[i] & 0xFF)];
        }
    }

    /**
     * Returns every register merged with every other. A register is the place of the highest of the bits that occurred, and two bits
     * that say which of the two places below it did.
     */
    private static byte[] mergedRegisters() {
        byte[] merged = new byte[1 << (2 * Byte.SIZE)];
        for (int pair = 0; pair < merged.length; pair++) {
            int above = Math.max(pair >>> Byte.SIZE, pair & 0xFF);
            int below = Math.min(pair >>> Byte.SIZE, pair & 0xFF);
            int apart = Math.min(3, (above >>> 2) - (below >>> 2));
            merged[pair] = (byte) (above | (((4 | (below & 3)) >>> apart) & 3));
        }
        return merged;
    }

    DistinctCount copy() {
        DistinctCount copy = new DistinctCount();
        copy.hashes = hashes.clone();
        copy.size = size;
        copy.registers = registers == null ? null : registers.copy();
        copy.stated = stated;
        return copy;
    }

    /** Returns the number of different values: a whole number, exact or estimated. */
    public double estimate() {
        UltraLogLog known = registers;
        return isStated() ? stated : known == null ? size : Math.rint(known.getDistinctCountEstimate());
    }

    /** Returns the standard error of {@link #estimate()} as a share of it: 0 while exact, NaN when unknown. */
    public double relativeError() {
        return isStated() ? Double.NaN : isExact() ? 0 : STANDARD_ERROR;
    }

    /** Returns whether the count is exact. */
    public boolean isExact() {
        return registers == null && !isStated();
    }

    private boolean isStated() {
        return !Double.isNaN(stated);
    }

    /** Writes this state in bytes, from which {@link #read} makes an equal one. */
    public void write(DataOutput out) throws IOException {
        UltraLogLog known = registers;
        if (isStated()) {
            out.writeByte(STATED);
            out.writeDouble(stated);
        } else if (known != null) {
            out.writeByte(ESTIMATED);
            PackedBytes.write(out, known.getState());
        } else {
            out.writeByte(EXACT);
            long[] sorted =
                    LongStream.of(hashes).filter(hash -> hash != 0).sorted().toArray();
            PackedLongs.write(out, sorted, sorted.length);
        }
    }

    /**
     * Reads the state that {@link #write} wrote.
     *
     * @throws IllegalArgumentException if no state can be what is read; the message is one line
     */
    public static DistinctCount read(DataInput in) throws IOException {
        int kind = in.readUnsignedByte();
        DistinctCount read = new DistinctCount();
        switch (kind) {
            case STATED -> read.stated = Packed.readSize(in, "distinct values");
            case ESTIMATED -> {
                byte[] state = PackedBytes.read(in, 1 << PRECISION);
                Packed.check(state.length == 1 << PRECISION, "distinct values", state.length, " registers");
                checkRegisters(state);
                read.registers = UltraLogLog.wrap(state);
                read.hashes = new long[0];
            }
            case EXACT -> {
                for (long hash : PackedLongs.read(in, "hashes", EXACT_LIMIT)) {
                    int before = read.size;
                    read.addHash(hash);
                    Packed.check(hash != 0 && read.size > before, "hashes", "one is 0 or occurs twice");
                }
            }
            default -> throw Packed.impossible("distinct values", "there is no kind " + kind);
        }
        return read;
    }

    private static void checkRegisters(byte[] registers) {
        boolean[] occurs = new boolean[1 << Byte.SIZE];
        for (byte register : registers) {
            occurs[register & 0xFF] = true;
        }
        for (int register = 0; register < occurs.length; register++) {
            if (occurs[register] && !isPossible(register)) {
                throw Packed.impossible("distinct values", "a register holds " + register);
            }
        }
    }

    /** Six bits are the place of the first one in a hash, the others say whether the two places before occurred. */
    private static boolean isPossible(int register) {
        int first = 4 * (PRECISION - 1);
        return register == 0
                || register == first
                || register == first + 4
                || register == first + 6
                || register >= first + 8;
    }

    @Override
    public String toString() {
        return (isExact() ? "" : "about ") + estimate() + " distinct values";
    }
}

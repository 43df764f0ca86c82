package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The turns from values of one kind to those of another, of rows of which some are numbers, others texts that begin with a digit or other
 * texts: how often a value is equal to the last one of its kind though others came between them, so that it is not equal to that of the row
 * before.
 *
 * <p>Merging is exact if the parts are merged in the order of their rows. One thread at a time may change a state.
 */
final class KindTurns {

    /** The kinds; 0 is that of no value. */
    static final int NUMBER = 1;

    static final int DIGITS = 2;
    static final int OTHER = 3;

    private int first;
    private int last;
    private long apart;
    /** The last number; NaN if there is none. */
    private double number = Double.NaN;

    private KindTurns() {}

    /**
     * Returns the turns of values of one kind.
     *
     * @param kind the kind; 0 if there is no value
     * @param number the last number; NaN if there is none
     */
    static KindTurns of(int kind, double number) {
        KindTurns none = new KindTurns();
        none.first = kind;
        none.last = kind;
        none.number = number;
        return none;
    }

    /**
     * Adds values of a kind that follow each other.
     *
     * @param isEqual whether the first of them is equal to the last one of this kind before
     */
    void add(int kind, boolean isEqual) {
        apart += isEqual && last != kind ? 1 : 0;
        first = first == 0 ? kind : first;
        last = kind;
    }

    /** Adds a number; NaN is passed over. */
    void add(double next) {
        if (!Double.isNaN(next)) {
            add(NUMBER, next == number);
            number = next;
        }
    }

    /** Adds numbers that follow each other. */
    void add(double from, double to) {
        add(from);
        number = to;
    }

    /**
     * Returns the turns of these rows and of those that follow.
     *
     * @param areEqual of each kind whether the first value of those that follow is equal to the last one of these
     */
    KindTurns merge(KindTurns later, boolean[] areEqual) {
        KindTurns merged = new KindTurns();
        merged.first = first == 0 ? later.first : first;
        merged.last = later.last == 0 ? last : later.last;
        merged.apart = apart + later.apart;
        merged.number = Double.isNaN(later.number) ? number : later.number;
        for (int kind = NUMBER; kind <= OTHER; kind++) {
            merged.apart += areEqual[kind] && (last != kind || later.first != kind) ? 1 : 0;
        }
        return merged;
    }

    /** Returns how many values are equal to the last one of their kind, but not next to it. */
    long apart() {
        return apart;
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(4 * first + last);
        Packed.writeCount(out, apart);
    }

    /**
     * Reads turns; null if all values are of one kind.
     *
     * @param equals how many values are equal to the last one of their kind
     * @param lastNumber the last number; NaN if there is none
     * @param has whether there are values of each kind
     */
    static @Nullable KindTurns read(DataInput in, long equals, double lastNumber, boolean[] has) throws IOException {
        int kinds = in.readUnsignedByte();
        KindTurns read = new KindTurns();
        read.first = kinds / 4;
        read.last = kinds % 4;
        read.apart = Packed.readCount(in, "turns");
        read.number = lastNumber;
        int some = (has[NUMBER] ? 1 : 0) + (has[DIGITS] ? 1 : 0) + (has[OTHER] ? 1 : 0);
        boolean areKnown = kinds < 4 * (OTHER + 1) && (some > 0 ? has[read.first] && has[read.last] : kinds == 0);
        Packed.check(areKnown, "turns", "kinds ", kinds);
        Packed.check(read.apart <= (some > 1 ? equals : 0), "turns", read.apart, " of ", equals);
        return some > 1 ? read : null;
    }
}

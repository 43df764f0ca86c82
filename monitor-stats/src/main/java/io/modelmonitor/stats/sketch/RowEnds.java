package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.PackedDoubles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The first and the last {@value #MOST} numbers of a column in the order of their rows. Where these are no whole numbers,
 * {@value #FRACTIONS} at each end are written.
 *
 * <p>Merging is exact if the parts are merged in the order of their rows. One thread at a time may change a state.
 */
final class RowEnds {

    static final int MOST = 32;
    static final int FRACTIONS = 8;

    /** The number of those that are kept at each end. */
    private final int most;

    private long count;
    private double[] first = {};
    /** The last numbers, number {@code i} of all at the place {@code i % MOST}; empty while these are the first ones. */
    private double[] last = {};

    RowEnds() {
        this(MOST);
    }

    private RowEnds(int most) {
        this.most = most;
    }

    /** Adds numbers in the order of their rows; takes time for twice {@value #MOST} of them at most. */
    void add(double[] numbers, int size) {
        int atFirst = Math.min(most - first.length, size);
        if (atFirst > 0) {
            first = Arrays.copyOf(first, first.length + atFirst);
            System.arraycopy(numbers, 0, first, first.length - atFirst, atFirst);
        }
        if (last.length == 0 && count + size > most) {
            last = first.clone();
        }
        count += size;
        if (last.length == 0) {
            return;
        }
        int kept = Math.min(most, size);
        int place = (int) ((count - kept) % most);
        int untilEnd = Math.min(kept, most - place);
        System.arraycopy(numbers, size - kept, last, place, untilEnd);
        System.arraycopy(numbers, size - kept + untilEnd, last, 0, kept - untilEnd);
    }

    /** Returns how many numbers there are. */
    long count() {
        return count;
    }

    /** Returns the first number; NaN if there is none. */
    double first() {
        return count == 0 ? Double.NaN : first[0];
    }

    /** Returns the last number; NaN if there is none. */
    double last() {
        return count == 0 ? Double.NaN : last.length == 0 ? first[first.length - 1] : last[(int) ((count - 1) % most)];
    }

    /** Returns the first numbers, so many or as many as are known. */
    double[] first(int atMost) {
        return Arrays.copyOf(first, Math.min(atMost, first.length));
    }

    /** Returns the last numbers, so many or as many as are known. */
    double[] last(int atMost) {
        double[] all = lastInOrder();
        return Arrays.copyOfRange(all, Math.max(0, all.length - atMost), all.length);
    }

    private double[] lastInOrder() {
        if (last.length == 0) {
            return first;
        }
        int place = (int) (count % most);
        double[] all = new double[most];
        System.arraycopy(last, place, all, 0, most - place);
        System.arraycopy(last, 0, all, most - place, place);
        return all;
    }

    /** Returns the first and the last numbers, none of them twice. */
    double[] both() {
        double[] end = last((int) Math.min(most, count - first.length));
        double[] all = Arrays.copyOf(first, first.length + end.length);
        System.arraycopy(end, 0, all, first.length, end.length);
        return all;
    }

    /** Returns the ends of these rows and of those that follow. */
    RowEnds merge(RowEnds later) {
        int kept = Math.min(most, later.most);
        RowEnds merged = of(kept);
        if (later.count > 0) {
            double[] next = later.of(kept).both();
            merged.add(next, next.length);
            // The numbers between the ends of the later rows are missing, so that its last ones are at other places.
            double[] end = merged.lastInOrder();
            merged.count = count + later.count;
            merged.place(end);
        }
        return merged;
    }

    /** Returns these ends with so many numbers, or as many as are known. */
    private RowEnds of(int kept) {
        RowEnds of = new RowEnds(kept);
        of.count = count;
        of.first = first(kept);
        of.place(last(kept));
        return of;
    }

    private void place(double[] end) {
        if (count > most) {
            last = new double[most];
            for (int i = 0; i < most; i++) {
                last[(int) ((count - most + i) % most)] = end[i];
            }
        }
    }

    /**
     * Returns whether the first numbers, {@value #FRACTIONS} of them, are all at one end of the range of all, and the last ones at the other,
     * which of independent ones is so by no chance.
     *
     * @param least the least of all
     * @param greatest the greatest of all
     * @param share how much of the range is its end, from 0 to 1
     * @param late how many of either may be elsewhere, as rows are that come late
     */
    boolean leadFromEndToEnd(double least, double greatest, double share, int late) {
        double low = least + share * (greatest - least);
        double high = greatest - share * (greatest - least);
        double[] begin = first(FRACTIONS);
        double[] end = last(FRACTIONS);
        boolean isUp = FRACTIONS - atMost(begin, low) <= late && FRACTIONS - atLeast(end, high) <= late;
        boolean isDown = FRACTIONS - atLeast(begin, high) <= late && FRACTIONS - atMost(end, low) <= late;
        return begin.length == FRACTIONS && (isUp || isDown);
    }

    private static long atMost(double[] numbers, double limit) {
        return Arrays.stream(numbers).filter(number -> number <= limit).count();
    }

    private static long atLeast(double[] numbers, double limit) {
        return Arrays.stream(numbers).filter(number -> number >= limit).count();
    }

    /** @param areWhole whether all numbers of the column are whole */
    void write(DataOutput out, boolean areWhole) throws IOException {
        RowEnds written = areWhole ? this : of(FRACTIONS);
        out.writeBoolean(written.most == MOST);
        Packed.writeCount(out, count);
        double[] all = written.both();
        PackedDoubles.write(out, all, all.length);
    }

    static RowEnds read(DataInput in) throws IOException {
        RowEnds read = new RowEnds(Packed.readFlag(in, "ends") ? MOST : FRACTIONS);
        read.count = Packed.readCount(in, "ends");
        double[] all = PackedDoubles.read(in, "ends", 2 * read.most);
        Packed.check(all.length == Math.min(2L * read.most, read.count), "ends", all.length, " of ", read.count);
        read.first = Arrays.copyOf(all, Math.min(read.most, all.length));
        read.place(Arrays.copyOfRange(all, Math.max(0, all.length - read.most), all.length));
        return read;
    }
}

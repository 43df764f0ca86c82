package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import io.modelmonitor.stats.internal.PackedDoubles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The first and the last {@value #MOST} numbers of a column in the order of their rows.
 *
 * <p>Merging is exact if the parts are merged in the order of their rows. One thread at a time may change a state.
 */
final class RowEnds {

    static final int MOST = 32;

    private long count;
    private double[] first = {};
    /** The last numbers, number {@code i} of all at the place {@code i % MOST}; empty while these are the first ones. */
    private double[] last = {};

    RowEnds() {}

    /** Adds numbers in the order of their rows; takes time for {@value #MOST} of them at most. */
    void add(double[] numbers, int size) {
        int atFirst = Math.min(MOST - first.length, size);
        if (atFirst > 0) {
            first = Arrays.copyOf(first, first.length + atFirst);
            System.arraycopy(numbers, 0, first, first.length - atFirst, atFirst);
        }
        if (last.length == 0 && count + size > MOST) {
            last = first.clone();
        }
        count += size;
        if (last.length == 0) {
            return;
        }
        int kept = Math.min(MOST, size);
        int place = (int) ((count - kept) % MOST);
        int untilEnd = Math.min(kept, MOST - place);
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
        return count == 0 ? Double.NaN : last.length == 0 ? first[first.length - 1] : last[(int) ((count - 1) % MOST)];
    }

    /** Returns the first numbers, so many or as many as are known. */
    double[] first(int most) {
        return Arrays.copyOf(first, Math.min(most, first.length));
    }

    /** Returns the last numbers, so many or as many as are known. */
    double[] last(int most) {
        double[] all = lastInOrder();
        return Arrays.copyOfRange(all, Math.max(0, all.length - most), all.length);
    }

    private double[] lastInOrder() {
        if (last.length == 0) {
            return first;
        }
        int place = (int) (count % MOST);
        double[] all = new double[MOST];
        System.arraycopy(last, place, all, 0, MOST - place);
        System.arraycopy(last, 0, all, MOST - place, place);
        return all;
    }

    /** Returns the first and the last numbers, none of them twice. */
    double[] both() {
        double[] end = last((int) Math.min(MOST, count - first.length));
        double[] all = Arrays.copyOf(first, first.length + end.length);
        System.arraycopy(end, 0, all, first.length, end.length);
        return all;
    }

    /** Returns the ends of these rows and of those that follow. */
    RowEnds merge(RowEnds later) {
        RowEnds merged = new RowEnds();
        merged.first = first;
        merged.last = last.clone();
        merged.count = count;
        if (later.count > 0) {
            double[] next = later.both();
            merged.add(next, next.length);
            // The numbers between the ends of the later rows are missing, so that its last ones are at other places.
            double[] end = merged.lastInOrder();
            merged.count = count + later.count;
            merged.place(end);
        }
        return merged;
    }

    private void place(double[] end) {
        if (count > MOST) {
            last = new double[MOST];
            for (int i = 0; i < MOST; i++) {
                last[(int) ((count - MOST + i) % MOST)] = end[i];
            }
        }
    }

    void write(DataOutput out) throws IOException {
        Packed.writeCount(out, count);
        double[] all = both();
        PackedDoubles.write(out, all, all.length);
    }

    static RowEnds read(DataInput in) throws IOException {
        RowEnds read = new RowEnds();
        read.count = Packed.readCount(in, "ends");
        double[] all = PackedDoubles.read(in, "ends", 2 * MOST);
        Packed.check(all.length == Math.min(2 * MOST, read.count), "ends", all.length + " of " + read.count);
        read.first = Arrays.copyOf(all, Math.min(MOST, all.length));
        read.place(Arrays.copyOfRange(all, Math.max(0, all.length - MOST), all.length));
        return read;
    }
}

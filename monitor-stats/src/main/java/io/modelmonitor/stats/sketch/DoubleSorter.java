package io.modelmonitor.stats.sketch;

import java.util.Arrays;

/**
 * Sorts a few thousand numbers with memory of its own that is used again. Zeros of both signs are equal. One thread at a
 * time.
 *
 * <p>A few ascending runs are merged. Else numbers are taken as integers of the same order. Of these the leading bits that all share are
 * skipped, the next 20 are sorted by two passes of a radix sort from the least significant digit, and an insertion sort puts right what
 * they do not tell apart, which is little unless numbers crowd together in a few places; then the JDK's sort takes over.
 */
final class DoubleSorter {

    private static final int DIGIT_BITS = 10;
    private static final int DIGITS = 1 << DIGIT_BITS;
    private static final int MASK = DIGITS - 1;

    /** Below this size counting digits costs more than it saves. */
    private static final int SMALL = 256;

    /** The moves for each number that the insertion sort may take before it is given up. */
    private static final int PATIENCE = 12;

    /** The number of ascending runs that are merged instead. */
    private static final int MAX_RUNS = 4;

    private final int[] low = new int[DIGITS];
    private final int[] high = new int[DIGITS];
    private final int[] ends = new int[MAX_RUNS];
    private double[] run = {};
    private long[] keys = {};
    private long[] other = {};

    /** Sorts a part of an array; none of its numbers is NaN. */
    void sort(double[] values, int from, int to) {
        int size = to - from;
        if (size < SMALL) {
            Arrays.sort(values, from, to);
            return;
        }
        if (mergeRuns(values, from, to)) {
            return;
        }
        if (keys.length < size) {
            // No more than that, as a sorter that is used once would only clear the rest.
            keys = new long[size];
            other = new long[keys.length];
        }
        long differing = readKeys(values, from, size);
        if (differing == 0) {
            return;
        }
        int width = Long.SIZE - Long.numberOfLeadingZeros(differing);
        int shift = Math.max(0, width - 2 * DIGIT_BITS);
        distribute(size, shift);
        if (shift == 0 || insert(size)) {
            writeKeys(values, from, size);
        } else {
            Arrays.sort(values, from, to);
        }
    }

    /** Sorts what consists of a few ascending runs, as all levels but the first do, and returns whether that was so. */
    private boolean mergeRuns(double[] values, int from, int to) {
        int runs = 0;
        int end = from;
        while (end < to && runs < MAX_RUNS) {
            end = endOfRun(values, end, to);
            ends[runs++] = end;
        }
        if (end < to) {
            return false;
        }
        int size = to - from;
        if (run.length < size) {
            run = new double[size + size / 2];
        }
        for (int i = runs - 1; i > 0; i--) {
            merge(values, i == 1 ? from : ends[i - 2], ends[i - 1], to);
        }
        return true;
    }

    private static int endOfRun(double[] values, int from, int size) {
        int end = from + 1;
        while (end < size && values[end - 1] <= values[end]) {
            end++;
        }
        return end;
    }

    /** Merges two runs that lie one after the other. */
    private void merge(double[] values, int from, int middle, int to) {
        double[] left = run;
        int size = middle - from;
        System.arraycopy(values, from, left, 0, size);
        int next = 0;
        int right = middle;
        int place = from;
        while (next < size && right < to) {
            double a = left[next];
            double b = values[right];
            if (a <= b) {
                values[place++] = a;
                next++;
            } else {
                values[place++] = b;
                right++;
            }
        }
        System.arraycopy(left, next, values, place, size - next);
    }

    /** Reads numbers as integers of the same order, and returns the bits in which they are not all alike. */
    private long readKeys(double[] values, int from, int size) {
        long[] read = keys;
        long first = key(values[from]);
        long differing = 0;
        for (int i = 0; i < size; i++) {
            long key = key(values[from + i]);
            read[i] = key;
            differing |= key ^ first;
        }
        return differing;
    }

    /** Flips the bits of negative numbers but for the sign: the order of IEEE 754's total order. */
    private static long key(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    private void writeKeys(double[] values, int from, int size) {
        long[] sorted = keys;
        for (int i = 0; i < size; i++) {
            long key = sorted[i];
            values[from + i] = Double.longBitsToDouble(key ^ ((key >> 63) & Long.MAX_VALUE));
        }
    }

    private void distribute(int size, int shift) {
        int[] lowPlaces = low;
        int[] highPlaces = high;
        Arrays.fill(lowPlaces, 0);
        Arrays.fill(highPlaces, 0);
        long[] from = keys;
        // Negative keys come first; flipping the sign makes them small.
        long flip = Long.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            long bits = (from[i] ^ flip) >>> shift;
            lowPlaces[(int) bits & MASK]++;
            highPlaces[(int) (bits >>> DIGIT_BITS) & MASK]++;
        }
        int lowNext = 0;
        int highNext = 0;
        for (int i = 0; i < DIGITS; i++) {
            int lowCount = lowPlaces[i];
            lowPlaces[i] = lowNext;
            lowNext += lowCount;
            int highCount = highPlaces[i];
            highPlaces[i] = highNext;
            highNext += highCount;
        }
        long[] to = other;
        for (int i = 0; i < size; i++) {
            long key = from[i];
            to[lowPlaces[(int) ((key ^ flip) >>> shift) & MASK]++] = key;
        }
        int highShift = shift + DIGIT_BITS;
        for (int i = 0; i < size; i++) {
            long key = to[i];
            from[highPlaces[(int) ((key ^ flip) >>> highShift) & MASK]++] = key;
        }
    }

    /** Sorts keys that are nearly sorted, and returns whether that was so. */
    private boolean insert(int size) {
        long[] sorted = keys;
        int moves = PATIENCE * size;
        long last = sorted[0];
        for (int i = 1; i < size; i++) {
            long key = sorted[i];
            if (key >= last) {
                last = key;
                continue;
            }
            int place = i;
            do {
                sorted[place] = sorted[place - 1];
                place--;
            } while (place > 0 && sorted[place - 1] > key);
            sorted[place] = key;
            moves -= i - place;
            if (moves < 0) {
                return false;
            }
        }
        return true;
    }
}

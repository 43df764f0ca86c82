package io.modelmonitor.stats.internal;

import java.util.Arrays;

/**
 * Sorts a few thousand integers with memory of its own that is used again. One thread at a time.
 *
 * <p>The leading bits that all share are skipped, the next 20 are sorted by two passes of a radix sort from the least significant digit,
 * and an insertion sort puts right what they do not tell apart, which is little unless numbers crowd together in a few places; then
 * the JDK's sort takes over.
 */
public final class LongSorter {

    /** Below this size counting digits costs more than it saves. */
    public static final int SMALL = 256;

    private static final int DIGIT_BITS = 10;
    private static final int DIGITS = 1 << DIGIT_BITS;
    private static final int MASK = DIGITS - 1;

    /** The moves for each number that the insertion sort may take before it is given up. */
    private static final int PATIENCE = 12;

    private final int[] low = new int[DIGITS];
    private final int[] high = new int[DIGITS];
    private long[] other = {};

    /** Sorts the first integers of an array. */
    public void sort(long[] keys, int size) {
        if (size < SMALL) {
            Arrays.sort(keys, 0, size);
            return;
        }
        long differing = 0;
        for (int i = 1; i < size; i++) {
            differing |= keys[i] ^ keys[0];
        }
        if (differing == 0) {
            return;
        }
        if (other.length < size) {
            // No more than that, as a sorter that is used once would only clear the rest.
            other = new long[size];
        }
        int width = Long.SIZE - Long.numberOfLeadingZeros(differing);
        int shift = Math.max(0, width - 2 * DIGIT_BITS);
        distribute(keys, size, shift);
        if (shift > 0 && !insert(keys, size)) {
            Arrays.sort(keys, 0, size);
        }
    }

    /** Returns the bits of a number as an integer of the same order, and back: IEEE 754's total order. */
    public static long ordered(long bits) {
        return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
    }

    private void distribute(long[] keys, int size, int shift) {
        int[] lowPlaces = low;
        int[] highPlaces = high;
        Arrays.fill(lowPlaces, 0);
        Arrays.fill(highPlaces, 0);
        // Negative keys come first; flipping the sign makes them small.
        long flip = Long.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            long bits = (keys[i] ^ flip) >>> shift;
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
            long key = keys[i];
            to[lowPlaces[(int) ((key ^ flip) >>> shift) & MASK]++] = key;
        }
        int highShift = shift + DIGIT_BITS;
        for (int i = 0; i < size; i++) {
            long key = to[i];
            keys[highPlaces[(int) ((key ^ flip) >>> highShift) & MASK]++] = key;
        }
    }

    /** Sorts keys that are nearly sorted, and returns whether that was so. */
    private static boolean insert(long[] sorted, int size) {
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

package io.modelmonitor.stats.sketch;

import java.util.Arrays;

/** A table of numbers that have no spelling of their own, and how often they occur. */
final class NumberCounts {

    /** The bits of the numbers; a place is free while its count is 0. */
    private long[] bits = new long[16];

    private long[] counts = new long[16];
    private int size;
    private boolean fractional;

    int size() {
        return size;
    }

    /** Returns whether numbers are written with a point, because one of them came from a source of such numbers. */
    boolean isFractional() {
        return fractional;
    }

    void setFractional(boolean fractional) {
        this.fractional |= fractional;
    }

    void add(double number, long times) {
        long key = Hashes.bits(number);
        int mask = counts.length - 1;
        int place = (int) Hashes.mix(key) & mask;
        while (counts[place] != 0) {
            if (bits[place] == key) {
                counts[place] += times;
                return;
            }
            place = place + 1 & mask;
        }
        bits[place] = key;
        counts[place] = times;
        if (2 * ++size > counts.length) {
            grow();
        }
    }

    private void grow() {
        long[] oldBits = bits;
        long[] oldCounts = counts;
        bits = new long[2 * oldBits.length];
        counts = new long[2 * oldBits.length];
        size = 0;
        for (int i = 0; i < oldBits.length; i++) {
            if (oldCounts[i] != 0) {
                add(Double.longBitsToDouble(oldBits[i]), oldCounts[i]);
            }
        }
    }

    /** Returns the numbers in ascending order, NaN last. */
    double[] sorted() {
        double[] numbers = new double[size];
        int next = 0;
        for (int i = 0; i < bits.length; i++) {
            if (counts[i] != 0) {
                numbers[next++] = Double.longBitsToDouble(bits[i]);
            }
        }
        Arrays.sort(numbers);
        return numbers;
    }

    long count(double number) {
        long key = Hashes.bits(number);
        int mask = counts.length - 1;
        int place = (int) Hashes.mix(key) & mask;
        while (counts[place] != 0) {
            if (bits[place] == key) {
                return counts[place];
            }
            place = place + 1 & mask;
        }
        return 0;
    }

    /** Returns a number as text. */
    String text(double number) {
        return NumberText.of(number, fractional);
    }

    void addAll(NumberCounts other) {
        for (int i = 0; i < other.bits.length; i++) {
            if (other.counts[i] != 0) {
                add(Double.longBitsToDouble(other.bits[i]), other.counts[i]);
            }
        }
        fractional |= other.fractional;
    }
}

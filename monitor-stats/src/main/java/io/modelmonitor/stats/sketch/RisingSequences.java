package io.modelmonitor.stats.sketch;

import java.util.Arrays;

/**
 * The least number of sequences, each of which rises at every step, that numbers in the order of their rows are a mixture of, as those of
 * counters are: of branches, partitions of a log and devices. It is the length of the longest sequence of numbers that do not rise (R. P.
 * Dilworth, 1950).
 *
 * <p>Of {@code n} independent numbers it is about {@code 2 sqrt(n) - 1.77 n^(1/6)}, more if some are equal (C. A. Tracy and H. Widom, 1994;
 * J. Baik, P. Deift and K. Johansson, 1999), and at most {@code 2 sqrt(n) - 2.9 n^(1/6)} with a probability below 1 in 20, so twice below 1 in
 * 400 (for 20 to 32 numbers by simulation).
 */
final class RisingSequences {

    private RisingSequences() {}

    /** Returns how many there are, or how many falling ones; takes time {@code n log n}. */
    static int count(double[] numbers, boolean areFalling) {
        double[] heads = new double[numbers.length];
        int size = 0;
        for (double number : numbers) {
            double next = areFalling ? -number : number;
            // The last numbers of the sequences fall from the first to the last of these.
            int place = 0;
            for (int end = size; place < end; ) {
                int middle = (place + end) >>> 1;
                place = heads[middle] >= next ? middle + 1 : place;
                end = heads[middle] >= next ? end : middle;
            }
            heads[place] = next;
            size = Math.max(size, place + 1);
        }
        return size;
    }

    /** Returns whether there are fewer than independent numbers have but once in twenty times. */
    static boolean areFew(double[] numbers, boolean areFalling) {
        double least = 2 * Math.sqrt(numbers.length) - 2.9 * StrictMath.cbrt(Math.sqrt(numbers.length));
        return count(numbers, areFalling) <= least;
    }

    /** Returns numbers one after the other. */
    static double[] joined(double[] one, double[] other) {
        double[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    /** Returns a step within sequences: the lower quartile of the differences of different numbers in the order of size; NaN without any. */
    static double step(double[] numbers) {
        double[] sorted = Arrays.stream(numbers).sorted().distinct().toArray();
        double[] steps = new double[Math.max(0, sorted.length - 1)];
        Arrays.setAll(steps, i -> sorted[i + 1] - sorted[i]);
        Arrays.sort(steps);
        return steps.length == 0 ? Double.NaN : steps[steps.length / 4];
    }
}

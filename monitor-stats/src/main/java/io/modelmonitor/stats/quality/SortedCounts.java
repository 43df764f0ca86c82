package io.modelmonitor.stats.quality;

import java.util.SplittableRandom;

/** The cells of a {@link CountTable} in descending order of their numbers. The arrays must not be written to. */
final class SortedCounts {

    private final double[] numbers;
    private final long[] marked;
    private final long[] unmarked;
    private final int sharedBits;

    SortedCounts(double[] numbers, long[] marked, long[] unmarked, int sharedBits) {
        this.numbers = numbers;
        this.marked = marked;
        this.unmarked = unmarked;
        this.sharedBits = sharedBits;
    }

    int size() {
        return numbers.length;
    }

    /** Returns whether each cell holds one number only. */
    boolean isExact() {
        return sharedBits == 0;
    }

    /** Returns how far a number of a cell can be from its middle, as a share of it; 0 if each cell holds one number. */
    double relativeError() {
        // A number has 52 bits behind its first; the middle halves what its last shared bits make.
        return isExact() ? 0 : Math.scalb(1.0, sharedBits - 53);
    }

    /** Returns the number of each cell; its middle if it holds several. */
    double[] numbers() {
        return numbers;
    }

    /** Returns how often each cell's numbers occurred marked. */
    long[] marked() {
        return marked;
    }

    /** Returns how often each cell's numbers occurred unmarked. */
    long[] unmarked() {
        return unmarked;
    }

    long markedTotal() {
        return sum(marked);
    }

    long unmarkedTotal() {
        return sum(unmarked);
    }

    /** Returns the marked and the unmarked total. */
    long[] totals() {
        return new long[] {markedTotal(), unmarkedTotal()};
    }

    /** Returns what is left when every row stays with the probability of {@link Thinning}. */
    SortedCounts thinned(SplittableRandom random) {
        return new SortedCounts(numbers, Thinning.of(marked, random), Thinning.of(unmarked, random), sharedBits);
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}

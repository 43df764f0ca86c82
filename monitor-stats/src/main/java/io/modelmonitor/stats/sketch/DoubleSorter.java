package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.LongSorter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sorts a few thousand numbers with memory of its own that is used again. Zeros of both signs are equal. One thread at a
 * time.
 *
 * <p>A few ascending runs are merged. Else numbers are taken as integers of the same order, for {@link LongSorter}.
 */
final class DoubleSorter {

    /** The number of ascending runs that are merged instead. */
    private static final int MAX_RUNS = 4;

    private @Nullable LongSorter keySorter;
    private final int[] ends = new int[MAX_RUNS];
    private double[] run = {};
    private long[] keys = {};

    /** Sorts a part of an array; none of its numbers is NaN. */
    void sort(double[] values, int from, int to) {
        int size = to - from;
        if (size < LongSorter.SMALL) {
            Arrays.sort(values, from, to);
            return;
        }
        if (mergeRuns(values, from, to)) {
            return;
        }
        if (keys.length < size) {
            keys = new long[size];
        }
        for (int i = 0; i < size; i++) {
            keys[i] = LongSorter.ordered(Double.doubleToRawLongBits(values[from + i]));
        }
        LongSorter sorter = keySorter == null ? new LongSorter() : keySorter;
        keySorter = sorter;
        sorter.sort(keys, size);
        for (int i = 0; i < size; i++) {
            values[from + i] = Double.longBitsToDouble(LongSorter.ordered(keys[i]));
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

    /**
     * Merges two runs that lie one after the other, from both ends at once, which a processor does at the same time. Which run is next
     * cannot be predicted, so no branch depends on it.
     */
    private void merge(double[] values, int from, int middle, int to) {
        double[] both = run;
        System.arraycopy(values, from, both, 0, to - from);
        int left = 0;
        int leftEnd = middle - from;
        int right = leftEnd;
        int rightEnd = to - from;
        int place = from;
        int end = to;
        // So many from each end are more than neither run has.
        for (int steps = Math.min(leftEnd, rightEnd - right) / 2;
                steps > 0;
                steps = Math.min(leftEnd - left, rightEnd - right) / 2) {
            for (int i = 0; i < steps; i++) {
                int isRight = both[right] < both[left] ? 1 : 0;
                values[place++] = both[left + ((right - left) & -isRight)];
                right += isRight;
                left += 1 - isRight;
                int isLeft = both[leftEnd - 1] > both[rightEnd - 1] ? 1 : 0;
                values[--end] = both[rightEnd - 1 + ((leftEnd - rightEnd) & -isLeft)];
                leftEnd -= isLeft;
                rightEnd -= 1 - isLeft;
            }
        }
        while (left < leftEnd && right < rightEnd) {
            values[place++] = both[right] < both[left] ? both[right++] : both[left++];
        }
        System.arraycopy(both, left, values, place, leftEnd - left);
        System.arraycopy(both, right, values, place + leftEnd - left, rightEnd - right);
    }
}

package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Samples;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * A distribution on finitely many numbers: distinct values in ascending order, each with a weight. Immutable, and safe for use by several threads.
 *
 * <p>This is how a sketch, or an exact table of counts, is read: weights are numbers of observations, and equal values
 * have been added up ({@code -0.0} is {@code 0.0}). Look-ups cost a binary search.
 */
public final class WeightedValues {

    /** The most decimals that are looked for: beyond it, decimals are those of the binary representation. */
    public static final int MOST_DECIMALS = 9;

    /** The fewest: -6 are those of millions. */
    public static final int LEAST_DECIMALS = -6;

    /** A float that is no multiple of so many of its units in the last place has its last bits. */
    private static final int LAST_FLOATS = 16;

    private static final double[] TENS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

    private final double[] values;
    private final long[] cumulative;
    /** One more than {@link #rounded(int)} by decimals, where that was asked for: a baseline is asked with every window. */
    private final AtomicLongArray rounded = new AtomicLongArray(MOST_DECIMALS - LEAST_DECIMALS + 1);

    private WeightedValues(double[] values, long[] cumulative) {
        this.values = values;
        this.cumulative = cumulative;
    }

    /**
     * Returns the distribution of values in ascending order, of which neighbours may be equal.
     *
     * @param sorted values in ascending order; the distribution's own from now on
     * @param weights a weight of at least 1 for each; the distribution's own from now on
     */
    static WeightedValues ofSorted(double[] sorted, long[] weights) {
        int size = 0;
        long total = 0;
        for (int i = 0; i < sorted.length; i++) {
            total += weights[i];
            if (size > 0 && sorted[size - 1] == sorted[i]) {
                weights[size - 1] = total;
            } else {
                // Zero has one sign here.
                sorted[size] = sorted[i] + 0.0;
                weights[size++] = total;
            }
        }
        return size == sorted.length
                ? new WeightedValues(sorted, weights)
                : new WeightedValues(Arrays.copyOf(sorted, size), Arrays.copyOf(weights, size));
    }

    /** Returns values that occur so often each. */
    static WeightedValues of(SortedMap<Double, Long> counts) {
        return ofSorted(
                counts.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                counts.values().stream().mapToLong(Long::longValue).toArray());
    }

    /**
     * Returns the distribution of a sample: each value has weight 1.
     *
     * @param sample values in any order; not changed
     * @throws IllegalArgumentException if one is NaN
     */
    public static WeightedValues of(double... sample) {
        double[] sorted = sample.clone();
        Arrays.sort(sorted);
        if (sorted.length > 0 && Double.isNaN(sorted[sorted.length - 1])) {
            throw new IllegalArgumentException("sample: NaN; only numbers have an order");
        }
        long[] weights = new long[sorted.length];
        Arrays.fill(weights, 1);
        return ofSorted(sorted, weights);
    }

    /** Returns the number of distinct values. */
    public int size() {
        return values.length;
    }

    /** Returns the number of observations; 0 when empty. */
    public long total() {
        return cumulative.length == 0 ? 0 : cumulative[cumulative.length - 1];
    }

    /** Returns a distinct value, by its place in ascending order from 0. */
    public double value(int index) {
        return values[index];
    }

    /** Returns how many observations are at most {@link #value(int) value(index)}. */
    public long cumulativeWeight(int index) {
        return cumulative[index];
    }

    /** Returns how many observations equal {@link #value(int) value(index)}. */
    public long weight(int index) {
        return index == 0 ? cumulative[0] : cumulative[index] - cumulative[index - 1];
    }

    /** Returns the place of the value with the greatest weight, the first of several; -1 when empty. */
    public int mostFrequent() {
        int most = size() - 1;
        for (int i = size() - 2; i >= 0; i--) {
            most = weight(i) >= weight(most) ? i : most;
        }
        return most;
    }

    /** Returns the distribution of the values from a least one on, but for one. */
    public WeightedValues without(double value, double least) {
        int[] kept = IntStream.range(0, size())
                .filter(i -> values[i] != value && values[i] >= least)
                .toArray();
        return ofSorted(
                IntStream.of(kept).mapToDouble(i -> values[i]).toArray(),
                IntStream.of(kept).mapToLong(this::weight).toArray());
    }

    /**
     * Returns how many observations are the doubles nearest to numbers of so many decimals, as 0 is of any; not counting floats that have
     * few decimals only because they are large. Computed once, in proportion to {@link #size()}.
     *
     * @param decimals from {@value #LEAST_DECIMALS} to {@value #MOST_DECIMALS}; -1 are those of tens, -2 those of hundreds
     * @throws IndexOutOfBoundsException if it is not
     */
    public long rounded(int decimals) {
        long known = rounded.get(decimals - LEAST_DECIMALS);
        if (known == 0) {
            known = 1;
            for (int i = 0; i < values.length; i++) {
                known += isRounded(values[i], decimals) ? weight(i) : 0;
            }
            rounded.set(decimals - LEAST_DECIMALS, known);
        }
        return known - 1;
    }

    /**
     * Beyond 2^53, also of tenths, hundredths and so on, a double is no more exact than these are. A float has few decimals where it is large;
     * that is not rounding where it has its last bits, as all but one in {@value #LAST_FLOATS} floats of a continuous quantity have.
     */
    private static boolean isRounded(double value, int decimals) {
        if (decimals < 0) {
            return value % TENS[-decimals] == 0 || Math.abs(value) > 0x1p53;
        }
        double tens = TENS[decimals];
        double scaled = value * tens;
        return (Math.rint(scaled) / tens == value && !hasLastBits(value)) || Math.abs(scaled) > 0x1p53;
    }

    private static boolean hasLastBits(double value) {
        float single = (float) value;
        return single == value && value != Math.rint(value) && value % (LAST_FLOATS * (double) Math.ulp(single)) != 0;
    }

    /** Returns the distinct values in ascending order; a copy. */
    public double[] values() {
        return values.clone();
    }

    /** Returns, for each distinct value, how many observations are at most it; a copy. */
    public long[] cumulativeWeights() {
        return cumulative.clone();
    }

    /** Returns how many observations are at most a number; 0 for NaN. */
    public long countAtMost(double x) {
        return upTo(Samples.countUpTo(values, x));
    }

    /** Returns how many observations are below a number; 0 for NaN. */
    public long countBelow(double x) {
        return upTo(Samples.countBelow(values, x));
    }

    private long upTo(int distinct) {
        return distinct == 0 ? 0 : cumulative[distinct - 1];
    }

    /** Returns the share of observations that are at most a number, from 0 to 1; NaN when there are none. */
    public double rank(double x) {
        return (double) countAtMost(x) / total();
    }

    /** Returns the share of observations that are below a number, from 0 to 1; NaN when there are none. */
    public double rankBelow(double x) {
        return (double) countBelow(x) / total();
    }

    /**
     * Returns the inverse of the distribution function: the smallest value whose rank is at least {@code p}, which is the
     * order statistic number {@code ceil(p n)}, or the first for {@code p = 0} (type 1 of Hyndman and Fan 1996).
     *
     * @param p a share from 0 to 1
     * @return the quantile; NaN when there are no observations
     * @throws IllegalArgumentException if {@code p} is not from 0 to 1
     */
    public double quantile(double p) {
        checkShare(p);
        return total() == 0 ? Double.NaN : orderStatistic((long) Math.ceil(exactProduct(p, total())));
    }

    /**
     * Returns the quantile that interpolates linearly between order statistics: the one at {@code 1 + p (n - 1)} (type 7 of
     * Hyndman and Fan 1996, the default of NumPy and R).
     *
     * @param p a share from 0 to 1
     * @return the quantile; NaN when there are no observations
     * @throws IllegalArgumentException if {@code p} is not from 0 to 1
     */
    public double interpolatedQuantile(double p) {
        checkShare(p);
        if (total() == 0) {
            return Double.NaN;
        }
        double position = p * (total() - 1);
        long below = (long) position;
        double fraction = position - below;
        double low = orderStatistic(below + 1);
        double high = fraction == 0 ? low : orderStatistic(below + 2);
        // Weighing both ends cannot overflow, as their difference can.
        return low == high ? low : low * (1 - fraction) + high * fraction;
    }

    /** Returns an order statistic, counted from 1; places outside are drawn to the nearest end. */
    private double orderStatistic(long place) {
        long wanted = Math.max(1, Math.min(place, total()));
        int index = Arrays.binarySearch(cumulative, wanted);
        return values[index < 0 ? -index - 1 : index];
    }

    /**
     * Multiplies such that a product that is whole but for the rounding of {@code p} is whole: the 0.07-quantile of 100
     * values is the 7th, though 0.07 · 100 exceeds 7 in binary.
     */
    private static double exactProduct(double p, long n) {
        double product = p * n;
        double nearest = Math.rint(product);
        return Math.abs(product - nearest) <= 2 * Math.ulp(product) ? nearest : product;
    }

    private static void checkShare(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("p: " + p + "; a share from 0 to 1 is expected");
        }
    }

    /**
     * Counts observations in intervals of equal width. Bound i is {@code min + (max - min) * i / buckets}, evaluated in that
     * order, and the last bound is {@code max} itself. Intervals are closed below and open above, the last one closed at
     * both ends; observations outside are not counted. Where the range exceeds the largest double, bounds are weighted
     * means of both ends instead.
     *
     * @param min the lower end, finite
     * @param max the upper end, finite, at least {@code min}
     * @param buckets how many intervals, at least 1
     * @throws IllegalArgumentException if the ends are not finite or not in order, or there is no interval
     */
    public EqualWidthBuckets equalWidthBuckets(double min, double max, int buckets) {
        double[] bounds = EqualWidthBuckets.bounds(min, max, buckets);
        long[] counts = new long[buckets];
        long below = countBelow(min);
        for (int i = 0; i < buckets; i++) {
            long next = i == buckets - 1 ? countAtMost(max) : countBelow(bounds[i + 1]);
            counts[i] = next - below;
            below = next;
        }
        return new EqualWidthBuckets(bounds, counts);
    }

    /** Merges sorted runs, each of one weight, into one distribution. */
    static final class Merger {

        private final double[] sorted;
        private final long[] weights;
        private int size;

        /** Creates a merger of runs of so many numbers together. */
        Merger(int numbers) {
            sorted = new double[numbers];
            weights = new long[numbers];
        }

        /** Adds a run of numbers in ascending order. */
        void add(double[] run, long weight) {
            int left = size - 1;
            int right = run.length - 1;
            while (left >= 0 && right >= 0) {
                // Which one is next cannot be predicted, so no branch depends on it: all bits of a mask are set, or
                // none.
                long mask = sorted[left] > run[right] ? -1 : 0;
                long mine = Double.doubleToRawLongBits(sorted[left]);
                long theirs = Double.doubleToRawLongBits(run[right]);
                int place = left + right + 1;
                sorted[place] = Double.longBitsToDouble(theirs ^ ((theirs ^ mine) & mask));
                weights[place] = weight ^ ((weight ^ weights[left]) & mask);
                left += (int) mask;
                right -= 1 + (int) mask;
            }
            System.arraycopy(run, 0, sorted, 0, right + 1);
            Arrays.fill(weights, 0, right + 1, weight);
            size += run.length;
        }

        WeightedValues result() {
            return ofSorted(sorted, weights);
        }
    }

    @Override
    public String toString() {
        return size() + " distinct values of " + total();
    }
}

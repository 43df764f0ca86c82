package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.DoubleUnaryOperator;

/**
 * Count, sum, mean, variance, skewness, kurtosis and extremes of a stream of numbers.
 *
 * <p>Numbers that are not finite are counted apart and enter nothing else. Central sums are kept about a pivot, the first
 * number seen, and updated block by block with the formulas of Pébay, <i>Formulas for robust, one-pass parallel
 * computation of covariances and arbitrary-order statistical moments</i> (Sandia report SAND2008-6212), which for the
 * variance are those of Chan, Golub and LeVeque. A pivot inside the data makes the result independent of the data's offset:
 * the variance of 10<sup>9</sup> + u has the relative error of that of u. Sums are compensated (Neumaier 1974).
 *
 * <p>What is undefined is NaN: everything without a number, the sample variance of one, the shape of a constant, and what
 * exceeds the largest double on the way. Merging is commutative and associative but for rounding in the last digits;
 * counts and extremes are exact.
 *
 * <p>Adding takes constant time. One thread may change a state at a time.
 */
public final class Moments {

    /** The largest block whose sums are taken without compensation. */
    private static final int BLOCK = 256;

    /** Above this the sum of a block might exceed the largest double. */
    private static final double LARGE = 1e300;

    private static final double LEAST_POWER = 1e-290;

    private long count;
    private long zeros;
    private long negatives;
    private long nans;
    private long positiveInfinities;
    private long negativeInfinities;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private CompensatedSum sum = new CompensatedSum();
    private CompensatedSum absoluteSum = new CompensatedSum();
    private CentralSums central = new CentralSums();

    private Moments() {}

    /** Returns the moments of no numbers. */
    public static Moments create() {
        return new Moments();
    }

    /**
     * Returns moments of which only some are known, such as those of a statistics file; skewness and kurtosis are then
     * unknown (NaN), and so is the sum of absolute values, unless {@code min} and {@code max} settle it.
     *
     * @param count the number of numbers, at least 0
     * @param mean their mean
     * @param sum their sum
     * @param standardDeviation their population standard deviation, at least 0; given back to the last digit
     * @param min the smallest
     * @param max the largest
     * @param zeros how many are zero, as well as it is known
     * @param negatives how many are below zero, as well as it is known
     * @throws IllegalArgumentException if the count or the standard deviation is negative, or there are more zeros and
     *     negative numbers than numbers
     */
    public static Moments of(
            long count,
            double mean,
            double sum,
            double standardDeviation,
            double min,
            double max,
            long zeros,
            long negatives) {
        if (count < 0 || standardDeviation < 0) {
            throw new IllegalArgumentException(
                    "count, standardDeviation: " + count + ", " + standardDeviation + "; neither may be negative");
        }
        if (zeros < 0 || negatives < 0 || zeros > count - negatives) {
            throw new IllegalArgumentException("zeros, negatives: " + zeros + ", " + negatives
                    + "; numbers from 0, together at most " + count + ", are expected");
        }
        Moments moments = new Moments();
        if (count > 0) {
            moments.count = count;
            moments.sum.add(sum);
            moments.absoluteSum.add(min >= 0 ? sum : max <= 0 ? -sum : Double.NaN);
            moments.zeros = zeros;
            moments.negatives = negatives;
            moments.central = CentralSums.of(count, mean, standardDeviation);
            moments.min = min;
            moments.max = max;
        }
        return moments;
    }

    /** Adds a number. */
    public void add(double value) {
        add(new double[] {value}, 0, 1);
    }

    /**
     * Adds numbers.
     *
     * @param values holds the numbers; not changed
     * @param from the first place
     * @param to the place after the last
     */
    public void add(double[] values, int from, int to) {
        for (int next = from; next < to; next += BLOCK) {
            addBlock(values, next, Math.min(to, next + BLOCK));
        }
    }

    private void addBlock(double[] values, int from, int to) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double even = 0;
        double odd = 0;
        int i = from;
        for (; i < to - 1; i += 2) {
            double one = values[i];
            double other = values[i + 1];
            even += one;
            odd += other;
            low = one < low ? one : low;
            high = one > high ? one : high;
            low = other < low ? other : low;
            high = other > high ? other : high;
        }
        if (i < to) {
            double one = values[i];
            even += one;
            low = one < low ? one : low;
            high = one > high ? one : high;
        }
        double total = even + odd;
        // A sum of numbers that are not finite is not finite; neither is one of large numbers, perhaps.
        if (Double.isFinite(total) && low >= -LARGE && high <= LARGE) {
            addOrdinaryBlock(values, from, to, low, high, total);
        } else {
            addExtremeBlock(values, from, to);
        }
    }

    private void addOrdinaryBlock(double[] values, int from, int to, double low, double high, double total) {
        count += to - from;
        min = low < min ? low : min;
        max = high > max ? high : max;
        sum.add(total);
        central.add(values, from, to, total / (to - from));
        if (low > 0) {
            absoluteSum.add(total);
            return;
        }
        double absolute = 0;
        int zero = 0;
        int negative = 0;
        for (int i = from; i < to; i++) {
            double value = values[i];
            absolute += Math.abs(value);
            zero += value == 0 ? 1 : 0;
            negative += value < 0 ? 1 : 0;
        }
        absoluteSum.add(absolute);
        zeros += zero;
        negatives += negative;
    }

    /** Adds numbers of which some are not finite, or so large that their powers, or even sums, exceed the range. */
    private void addExtremeBlock(double[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            double value = values[i];
            if (Double.isNaN(value)) {
                nans++;
            } else if (value == Double.POSITIVE_INFINITY) {
                positiveInfinities++;
            } else if (value == Double.NEGATIVE_INFINITY) {
                negativeInfinities++;
            } else if (Math.abs(value) <= LARGE) {
                addOrdinaryBlock(values, i, i + 1, value, value, value);
            } else {
                addLarge(value);
            }
        }
    }

    private void addLarge(double value) {
        count++;
        negatives += value < 0 ? 1 : 0;
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum.add(value);
        absoluteSum.add(Math.abs(value));
        central.addLarge(value);
    }

    /** Returns the moments of the numbers of both; neither is changed. */
    public Moments merge(Moments other) {
        Moments merged = new Moments();
        merged.absorb(this);
        merged.absorb(other);
        return merged;
    }

    /** Returns these with other numbers in place of the least and the greatest; the others are taken to differ by next to nothing. */
    Moments withNumbers(DoubleUnaryOperator other) {
        Moments moments = merge(new Moments());
        moments.min = other.applyAsDouble(min);
        moments.max = other.applyAsDouble(max);
        return moments;
    }

    private void absorb(Moments other) {
        count += other.count;
        zeros += other.zeros;
        negatives += other.negatives;
        nans += other.nans;
        positiveInfinities += other.positiveInfinities;
        negativeInfinities += other.negativeInfinities;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        sum.add(other.sum);
        absoluteSum.add(other.absoluteSum);
        central.add(other.central);
    }

    /** Returns how many finite numbers were added. */
    public long count() {
        return count;
    }

    /** Returns how many zeros of either sign were added. */
    public long zeroCount() {
        return zeros;
    }

    /** Returns how many finite numbers below zero were added. */
    public long negativeCount() {
        return negatives;
    }

    /** Returns how many NaNs were added. */
    public long nanCount() {
        return nans;
    }

    /** Returns how often positive infinity was added. */
    public long positiveInfinityCount() {
        return positiveInfinities;
    }

    /** Returns how often negative infinity was added. */
    public long negativeInfinityCount() {
        return negativeInfinities;
    }

    /** Returns how many values that are not finite were added. */
    public long nonFiniteCount() {
        return nans + positiveInfinities + negativeInfinities;
    }

    /** Returns the smallest finite number; NaN when there is none. */
    public double min() {
        return count == 0 ? Double.NaN : min;
    }

    /** Returns the largest finite number; NaN when there is none. */
    public double max() {
        return count == 0 ? Double.NaN : max;
    }

    /** Returns the sum of the finite numbers, 0 when there are none; infinite when it exceeds the largest double. */
    public double sum() {
        double total = sum.value();
        return Double.isFinite(total) ? total : mean() * count;
    }

    /** Returns the sum of the absolute values; infinite when it exceeds the largest double. */
    public double sumOfAbsoluteValues() {
        return absoluteSum.value();
    }

    /** Returns the mean; NaN when there are no numbers. */
    public double mean() {
        if (count == 0) {
            return Double.NaN;
        }
        double total = sum.value();
        return Double.isFinite(total) ? Math.max(min, Math.min(max, total / count)) : central.mean();
    }

    /** Returns the second central moment, Σ(x − mean)² / n; NaN when there are no numbers. */
    public double variancePopulation() {
        return count == 0 ? Double.NaN : m2() / count;
    }

    /** Returns the unbiased estimate of the variance, Σ(x − mean)² / (n − 1); NaN for fewer than two numbers. */
    public double varianceSample() {
        return count < 2 ? Double.NaN : m2() / (count - 1);
    }

    /** Returns the square root of {@link #variancePopulation()}. */
    public double standardDeviationPopulation() {
        return Math.sqrt(variancePopulation());
    }

    /** Returns the square root of {@link #varianceSample()}. */
    public double standardDeviationSample() {
        return Math.sqrt(varianceSample());
    }

    /** Returns the skewness m3 / m2<sup>3/2</sup> of the population; NaN when all numbers are equal, there are none, or powers leave the range. */
    public double skewness() {
        double variance = variancePopulation();
        return standardised(central.m3(), variance * Math.sqrt(variance));
    }

    /** Returns the excess kurtosis m4 / m2² − 3 of the population; NaN when all numbers are equal, there are none, or powers leave the range. */
    public double excessKurtosis() {
        double variance = variancePopulation();
        return standardised(central.m4(), variance * variance) - 3;
    }

    /** NaN for a power that is zero, so small that it lost digits, or beyond the largest double. */
    private double standardised(double sum, double power) {
        return power >= LEAST_POWER && power <= Double.MAX_VALUE && Double.isFinite(sum)
                ? sum / count / power
                : Double.NaN;
    }

    private double m2() {
        return min == max ? 0 : central.m2();
    }

    /** Writes this state in bytes, from which {@link #read} makes an equal one. */
    public void write(DataOutput out) throws IOException {
        Packed.writeCounts(out, new long[] {count, zeros, negatives, nans, positiveInfinities, negativeInfinities});
        if (count > 0) {
            out.writeDouble(min);
            out.writeDouble(max);
            sum.write(out);
            absoluteSum.write(out);
            central.write(out);
        }
    }

    /**
     * Reads the state that {@link #write} wrote.
     *
     * @throws IllegalArgumentException if no state can be what is read; the message is one line
     */
    public static Moments read(DataInput in) throws IOException {
        long[] n = new long[6];
        Packed.readCounts(in, "counts of numbers", n);
        Packed.check(n[1] <= n[0] - n[2], "counts of numbers", n[1], " zeros and ", n[2], " negative ones of ", n[0]);
        Moments read = new Moments();
        read.count = n[0];
        read.zeros = n[1];
        read.negatives = n[2];
        read.nans = n[3];
        read.positiveInfinities = n[4];
        read.negativeInfinities = n[5];
        if (read.count > 0) {
            read.min = Packed.readFinite(in, "least number");
            read.max = Packed.readFinite(in, "greatest number");
            read.sum = CompensatedSum.read(in);
            read.absoluteSum = CompensatedSum.read(in);
            read.central = CentralSums.read(in, read.count);
            read.checkRange();
        }
        return read;
    }

    private void checkRange() {
        Packed.check(min <= max, "least number", min, " above the greatest, ", max);
        boolean ordinary = min >= -LARGE && max <= LARGE;
        Packed.check(
                !ordinary || (Double.isFinite(sum.value()) && Double.isFinite(central.mean())),
                "sum of numbers",
                sum.value(),
                ", mean ",
                central.mean(),
                " of numbers from ",
                min,
                " to ",
                max);
        Packed.check(!(absoluteSum.value() < 0), "sum of sizes", absoluteSum.value(), " is negative");
    }

    @Override
    public String toString() {
        return "Moments of " + count + " numbers, mean " + mean() + ", standard deviation "
                + standardDeviationPopulation();
    }
}

package io.modelmonitor.stats.sketch;

import io.modelmonitor.stats.internal.Packed;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Sums of powers of distances from the mean, in blocks and merged by the formulas of Pébay (SAND2008-6212). The mean itself
 * is kept as a distance from a pivot, so that all of it is as exact as if the data lay around zero.
 */
final class CentralSums {

    private long count;
    /** The first number; others are near it as far as the spread of the data goes. */
    private double pivot;

    private double mean;
    private double m2;
    private double m3;
    private double m4;

    /** Returns the sums of which only the mean and the variance are known. */
    static CentralSums of(long count, double mean, double standardDeviation) {
        CentralSums sums = new CentralSums();
        sums.count = count;
        sums.pivot = mean;
        sums.m2 = squares(standardDeviation, count);
        sums.m3 = Double.NaN;
        sums.m4 = Double.NaN;
        return sums;
    }

    /** Returns the sum of squares that gives a standard deviation back exactly, if rounding lets one do so. */
    private static double squares(double standardDeviation, long count) {
        double sum = standardDeviation * standardDeviation * count;
        for (double below = sum, above = sum, i = 0;
                i < 8;
                i++, below = Math.nextDown(below), above = Math.nextUp(above)) {
            if (Math.sqrt(below / count) == standardDeviation) {
                return below;
            }
            if (Math.sqrt(above / count) == standardDeviation) {
                return above;
            }
        }
        return sum;
    }

    /**
     * Adds finite numbers.
     *
     * @param center a number near their mean
     */
    void add(double[] values, int from, int to, double center) {
        if (count == 0) {
            pivot = values[from];
        }
        double first = pivot;
        double shift = center - first;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double t1 = 0;
        double t2 = 0;
        double t3 = 0;
        double t4 = 0;
        int i = from;
        // Two sums of each kind let a processor add two numbers at a time.
        for (; i < to - 1; i += 2) {
            double d = values[i] - first - shift;
            double e = values[i + 1] - first - shift;
            double dd = d * d;
            double ee = e * e;
            s1 += d;
            t1 += e;
            s2 += dd;
            t2 += ee;
            s3 += dd * d;
            t3 += ee * e;
            s4 += dd * dd;
            t4 += ee * ee;
        }
        if (i < to) {
            double d = values[i] - first - shift;
            double dd = d * d;
            s1 += d;
            s2 += dd;
            s3 += dd * d;
            s4 += dd * dd;
        }
        addAbout(shift, to - from, s1 + t1, s2 + t2, s3 + t3, s4 + t4);
    }

    /** Adds sums of powers of distances from {@code pivot + center}, which is near the mean but not the mean. */
    private void addAbout(double center, long size, double s1, double s2, double s3, double s4) {
        double r = s1 / size;
        // Rounding makes no variance negative.
        double b2 = s2 == Double.POSITIVE_INFINITY ? s2 : Math.max(0, s2 - s1 * r);
        double b3 = s3 - 3 * r * s2 + 2 * r * r * s1;
        double b4 = s4 - 4 * r * s3 + 6 * r * r * s2 - 3 * r * r * r * s1;
        combine(size, center + r, b2, b3, b4);
    }

    /** Adds a number so large that its powers exceed the range; only the mean can be kept. */
    void addLarge(double value) {
        if (count == 0) {
            pivot = value;
        }
        count++;
        mean += value / count - pivot / count - mean / count;
        m2 = Double.POSITIVE_INFINITY;
        m3 = Double.NaN;
        m4 = Double.NaN;
    }

    /** Adds the sums of other numbers. */
    void add(CentralSums other) {
        if (count == 0) {
            pivot = other.pivot;
        }
        if (other.count > 0) {
            combine(other.count, other.pivot - pivot + other.mean, other.m2, other.m3, other.m4);
        }
    }

    private void combine(long size, double otherMean, double b2, double b3, double b4) {
        if (count == 0) {
            count = size;
            mean = otherMean;
            m2 = b2;
            m3 = b3;
            m4 = b4;
            return;
        }
        double n = (double) count + size;
        double shareA = count / n;
        double shareB = size / n;
        double delta = otherMean - mean;
        double square = delta * delta;
        double cross = count * shareB;
        m4 += b4
                + square * square * cross * (shareA * shareA - shareA * shareB + shareB * shareB)
                + 6 * square * (shareA * shareA * b2 + shareB * shareB * m2)
                + 4 * delta * (shareA * b3 - shareB * m3);
        m3 += b3 + square * delta * cross * (shareA - shareB) + 3 * delta * (shareA * b2 - shareB * m2);
        m2 += b2 + square * cross;
        mean += delta * shareB;
        count += size;
    }

    double mean() {
        return pivot + mean;
    }

    double m2() {
        return m2;
    }

    double m3() {
        return m3;
    }

    double m4() {
        return m4;
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(pivot);
        out.writeDouble(mean);
        out.writeDouble(m2);
        out.writeDouble(m3);
        out.writeDouble(m4);
    }

    /** Reads the sums of so many numbers. */
    static CentralSums read(DataInput in, long count) throws IOException {
        CentralSums read = new CentralSums();
        read.count = count;
        read.pivot = Packed.readFinite(in, "pivot");
        read.mean = in.readDouble();
        read.m2 = in.readDouble();
        read.m3 = in.readDouble();
        read.m4 = in.readDouble();
        Packed.check(!(read.m2 < 0), "central sums", "a sum of squares of ", read.m2);
        return read;
    }
}
